(async () => {
  const $ = (id) => document.getElementById(id)
  const base = "/portales/"
  let token
  let idTransaccion

  const post = async (path, body) => {
    const r = await fetch(base + path, {
      method: "POST",
      headers: { "content-type": "application/json", ...(token ? { "X-oauth_token": token, "x-vt": "0" } : {}) },
      body: JSON.stringify(body)
    })
    return r.json()
  }
  const result = (kind, text) => {
    $("result").className = kind
    $("result").textContent = text
    window.scrollTo(0, 0)
  }
  const image = () => { $("imagenSeg").src = base + "seguridad/imagen?t=" + token + "&r=" + Date.now() }
  const fill = (id, list) => {
    $(id).innerHTML = '<option value="-1">-- Seleccione --</option>'
    for (const { clave, descripcion } of list) $(id).add(new Option(descripcion, clave))
  }

  ;({ accessToken: token } = await post("oauth/estilos", {}))

  $("btnContinuar").addEventListener("click", async () => {
    result("", "")
    const faltan = ["ticket", "monto", "rfc"].filter((id) => $(id).value.trim() === "")
    for (const id of ["ticket", "monto", "rfc"]) $(id).classList.toggle("mal", faltan.includes(id))
    if (faltan.length > 0) return result("error", "Capture los datos marcados en rojo.")
    $("btnContinuar").disabled = true
    result("info", "Validando su compra, un momento por favor...")
    const r = await post("invoice/validateCheck", { COMPROBANTE: $("ticket").value.trim(), RFC: $("rfc").value.trim().toUpperCase(), MONTO: $("monto").value.trim() })
    $("btnContinuar").disabled = false
    if (!r.success) return result("error", r.data.error_code_description)
    idTransaccion = r.response.id_transaccion
    $("rfcLectura").value = $("rfc").value.trim().toUpperCase()
    fill("regimenFiscal", r.response.regimenes)
    fill("usoCFDI", r.response.usos)
    image()
    result("", "")
    $("paso1").style.display = "none"
    $("paso2").style.display = "block"
  })

  $("otraImagen").addEventListener("click", async (event) => {
    event.preventDefault()
    await post("seguridad/nueva", {})
    image()
  })

  $("btnRegresar").addEventListener("click", () => {
    $("paso2").style.display = "none"
    $("paso1").style.display = "block"
  })

  $("btnGenerar").addEventListener("click", async () => {
    const ids = ["razonSocial", "codigoPostal", "regimenFiscal", "usoCFDI", "correo", "correoConfirmacion", "textoImagen"]
    const faltan = ids.filter((id) => ["", "-1"].includes($(id).value.trim()))
    for (const id of ids) $(id).classList.toggle("mal", faltan.includes(id))
    if (faltan.length > 0) return result("error", "Capture los datos marcados en rojo.")
    if ($("correo").value !== $("correoConfirmacion").value) return result("error", "Los correos capturados son distintos.")
    $("btnGenerar").disabled = true
    result("info", "Enviando su solicitud...")
    const r = await post("invoice/generaCFDiXTransaccion", {
      ID_TRANSACCION: idTransaccion,
      RAZON: $("razonSocial").value.trim(), CP: $("codigoPostal").value.trim(), REGIMEN: $("regimenFiscal").value,
      USO: $("usoCFDI").value, CORREO: $("correo").value.trim(), TEXTO: $("textoImagen").value.trim()
    })
    $("btnGenerar").disabled = false
    if (r.status_code === "0") {
      $("paso2").style.display = "none"
      return result("ok", r.description)
    }
    if (r.nueva_imagen) { $("textoImagen").value = ""; image() }
    result("error", r.description)
  })
})()

const $ = (id) => document.getElementById(id)
const campos = ["txtDomicilio", "contrasenia", "venta", "r", "n", "c", "g", "u", "e"]

const listar = (id, opciones) => $(id).replaceChildren(...opciones.map(([valor, texto]) => new Option(texto, valor)))

fetch("/guiones/listas.json")
  .then((r) => r.json())
  .then(({ regimenes, usos }) => {
    listar("g", regimenes)
    listar("u", usos)
  })

const avisar = (texto) => {
  $("texto").textContent = texto
  $("problema").showModal()
}

const enviar = (ruta) =>
  fetch(ruta, {
    method: "POST",
    body: JSON.stringify(Object.fromEntries(campos.map((campo) => [campo, $(campo).value])))
  }).then((r) => r.json())

$("facturar").addEventListener("click", async () => {
  const vacio = campos.find((campo) => !$(campo).value.trim())
  if (vacio) {
    $(vacio).focus()
    return avisar("Faltan datos por capturar.")
  }
  const { error } = await enviar("/nota/revisar")
  if (error) return avisar(error)
  $("datos").textContent =
    `Nota ${$("txtDomicilio").value} por $${$("venta").value}\nR. F. C. ${$("r").value.toUpperCase()}\n${$("n").value.toUpperCase()}\nC. P. ${$("c").value}\nRégimen ${$("g").selectedOptions[0].text}\nUso ${$("u").selectedOptions[0].text}`
  $("confirma").showModal()
})

$("si").addEventListener("click", async () => {
  const ventana = window.open("", "cfdi", "width=720,height=480")
  ventana.document.body.textContent = "Generando su factura, un momento..."
  const { error, uuid } = await enviar("/nota/facturar")
  $("confirma").close()
  if (error) {
    ventana.close()
    return avisar(error)
  }
  ventana.location.href = `/visor?cfdi=${uuid}`
  $("pie-forma").textContent = "Su factura se abrió en una ventana nueva."
})

$("no").addEventListener("click", () => $("confirma").close())
$("cerrar").addEventListener("click", () => $("problema").close())

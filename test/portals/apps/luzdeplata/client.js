import "./Adornos.js"

const forma = document.getElementById("f")
const pedir = (ruta) => fetch(ruta).then((r) => r.json())
let tocada = false

const llenar = (nombre, opciones) => {
  forma[nombre].replaceChildren(...opciones.map(([valor, texto]) => new Option(texto, valor)))
}

const hoy = new Date()
const meses = "Enero Febrero Marzo Abril Mayo Junio Julio Agosto Septiembre Octubre Noviembre Diciembre".split(" ")
llenar(
  "d",
  Array.from({ length: 31 }, (_, indice) => [indice + 1, indice + 1])
)
llenar(
  "m",
  meses.map((mes, indice) => [indice, mes])
)
llenar("a", [
  [0, hoy.getFullYear()],
  [1, hoy.getFullYear() - 1]
])
pedir("/svc/listas").then(({ regimenes, usos }) => {
  llenar("reg", [["", "Seleccione"], ...regimenes])
  llenar("uso", [["", "Seleccione"], ...usos])
})

addEventListener("input", () => {
  tocada = true
})
addEventListener("beforeunload", (evento) => {
  if (tocada) evento.preventDefault()
})

const faltante = () => {
  if (!forma.Rfc_Emisor.value) return "Capture el código de confirmación"
  if (!/^\d+(\.\d\d?)?$/.test(forma.imp.value)) return "Importe no válido, use el formato 0.00"
  if (!/^\d{5}$/.test(forma.codigo.value)) return "El código postal es de 5 dígitos"
  if (!forma.reg.value) return "Seleccione su régimen"
  if (!forma.uso.value) return "Seleccione el uso"
  return undefined
}

document.getElementById("gen").addEventListener("click", async () => {
  const falta = faltante()
  if (falta) return alert(falta)
  const datos = Object.fromEntries(new FormData(forma))
  datos.m = String(Number(datos.m) + 1)
  datos.a = String(hoy.getFullYear() - Number(datos.a))
  const respuesta = await fetch("/svc/factura", { method: "POST", body: JSON.stringify(datos) }).then((r) => r.json())
  if (respuesta.error) return alert(respuesta.error)
  const hecho = document.getElementById("hecho")
  hecho.innerHTML = `<h3>CFDI generado</h3><p>${respuesta.uuid}</p><a href="/svc/archivo.xml?id=${respuesta.uuid}">Guardar XML</a><a href="/svc/archivo.pdf?id=${respuesta.uuid}">Guardar PDF</a>`
  hecho.hidden = false
  forma.hidden = true
  forma.style.display = "none"
  alert("CFDI generado. Guarde sus archivos antes de cerrar esta página.")
})

const reloj = document.getElementById("reloj")
setInterval(() => {
  reloj.textContent = new Date().toLocaleTimeString("es-MX", {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    fractionalSecondDigits: 1
  })
}, 100)

const carteles = [
  ["La noche del ajolote", "#283593"],
  ["Rancho 13", "#4e342e"],
  ["Abuela al espacio", "#00695c"],
  ["Dos para Veracruz", "#ad1457"],
  ["El último tranvía", "#37474f"]
]
const tira = document.getElementById("tira")
tira.innerHTML = carteles.map(([titulo, color]) => `<div style="background:${color}">${titulo}</div>`).join("")
setInterval(() => {
  tira.append(tira.firstElementChild)
}, 1500)

const gente = document.getElementById("gente")
setInterval(() => {
  gente.textContent = String(120 + Math.floor(Math.random() * 90))
}, 700)

/** Long polling for seats sold: there is always one request that has not ended. */
const escuchar = async () => {
  const respuesta = await fetch("/svc/asientos").catch(() => undefined)
  await respuesta?.text().catch(() => "")
  setTimeout(escuchar, 1000)
}
escuchar()

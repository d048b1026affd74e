// What the shop's Vue 2 component leaves in the document: v-model on input and change, v-if as comments, :disabled by a computed.
const V = "data-v-5c1e02b8"
const state = { paso: 1, cargando: false, error: "", errors: {}, venta: {}, regimenes: [], usos: [], linkPdf: "", linkXml: "",
  busqueda: { venta: "", importe: "" }, form: { nombre: "", rfc: "", cp: "", regimen_fiscal: "", uso_cfdi: "", correo: "" } }
const root = document.getElementById("facturacion")
const esc = (s) => String(s).replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c])
const axios = async (method, url, data) => {
  const token = document.querySelector("meta[name=csrf-token]").content
  const r = await fetch(url, { method, headers: { "X-CSRF-TOKEN": token, "X-Requested-With": "XMLHttpRequest", accept: "application/json", ...(data ? { "content-type": "application/json" } : {}) }, body: data && JSON.stringify(data) })
  return { status: r.status, data: await r.json() }
}
const row = (label, control, error) => `<div ${V} class="md:flex md:items-center mb-6"><div ${V} class="md:w-1/3"><label ${V} for="${control.id}" class="block text-gray-500 font-bold md:text-right pr-4">${label}</label></div><div ${V} class="md:w-2/3">${control.html}${error ? `<p ${V} class="text-red-500 text-xs">${esc(error[0])}</p>` : "<!---->"}</div></div>`
const cls = "bg-gray-200 appearance-none border-2 border-gray-200 rounded w-full py-2 px-4 focus:border-purple-500"
const text = (model, key, id, more = "") => ({ id, html: `<input ${V} id="${id}" type="text" autocomplete="off" class="${cls}" data-m="${model}.${key}" ${more}>` })
const select = (key, id, list) => ({ id, html: `<select ${V} id="${id}" class="${cls}" data-m="form.${key}"><option ${V} disabled value="">Seleccione una opción</option>${list.map((o) => `<option ${V} value="${o.id}">${esc(o.nombre)}</option>`).join("")}</select>` })
const button = (name, label, off) => `<div ${V} class="md:flex md:items-center"><div ${V} class="md:w-1/3"></div><div ${V} class="md:w-2/3"><button ${V} type="button" data-on="${name}" class="shadow bg-purple-500 text-white font-bold py-2 px-4 rounded${off ? " opacity-50 cursor-not-allowed" : ""}" ${off ? "disabled" : ""}>${label}</button></div></div>`
const ready1 = () => state.busqueda.venta !== "" && state.busqueda.importe !== ""
const ready2 = () => Object.values(state.form).every((v) => v !== "")
const alertBox = () => (state.error ? `<div ${V} role="alert" class="bg-red-100 border-l-4 border-red-500 text-red-500 p-4 mb-6"><p ${V}>${esc(state.error)}</p></div>` : "<!---->")
const render = () => {
  const e = state.errors
  const inner = state.paso === 1
    ? `<form ${V} class="w-full max-w-lg bg-white p-8 shadow rounded"><h1 ${V} class="text-2xl mb-6">Solicita tu factura</h1>${alertBox()}${row("No. de venta", text("busqueda", "venta", "inline-venta"), e.venta)}${row("Importe pagado", text("busqueda", "importe", "inline-importe", 'placeholder="$0.00"'), e.importe)}${button("buscar", "Buscar venta", !ready1())}</form>`
    : state.paso === 2
      ? `<form ${V} class="w-full max-w-lg bg-white p-8 shadow rounded"><h1 ${V} class="text-2xl mb-6">Datos de facturación</h1><p ${V} class="mb-6">Venta <b ${V}>${esc(state.venta.folio)}</b> del ${esc(state.venta.fecha)} por <b ${V}>${esc(state.venta.total)}</b></p>${alertBox()}${row("Nombre o Razón Social", text("form", "nombre", "inline-full-name"), e.nombre)}${row("RFC", text("form", "rfc", "inline-full-name", 'maxlength="13"'), e.rfc)}${row("Código Postal", text("form", "cp", "inline-full-name", 'maxlength="5"'), e.cp)}${row("Régimen Fiscal", select("regimen_fiscal", "regimen_fiscal", state.regimenes), e.regimen_fiscal)}${row("Uso de CFDI", select("uso_cfdi", "uso_cfdi", state.usos), e.uso_cfdi)}${row("Correo", text("form", "correo", "inline-email"), e.correo)}${button("facturar", "Facturar", !ready2())}</form>`
      : `<div ${V} class="bg-white p-8 shadow rounded"><div ${V} class="bg-green-100 p-4 mb-6">La venta ${esc(state.venta.folio)} quedó facturada.</div><a ${V} href="${state.linkPdf}" target="_blank" class="shadow bg-purple-500 text-white font-bold py-2 px-4 rounded inline-block mr-2">Ver PDF</a><a ${V} href="${state.linkXml}" target="_blank" class="shadow bg-purple-500 text-white font-bold py-2 px-4 rounded inline-block">Ver XML</a></div>`
  root.innerHTML = inner + (state.cargando ? `<div ${V} class="fixed inset-0 veil"><span ${V}>Espere un momento...</span></div>` : "<!---->")
  for (const el of root.querySelectorAll("[data-m]")) {
    const [model, key] = el.getAttribute("data-m").split(".")
    el.removeAttribute("data-m")
    el.value = state[model][key]
    el.addEventListener(el.tagName === "SELECT" ? "change" : "input", () => {
      state[model][key] = el.value
      const b = root.querySelector("button"); const off = !(state.paso === 1 ? ready1() : ready2())
      b.disabled = off; b.classList.toggle("opacity-50", off); b.classList.toggle("cursor-not-allowed", off)
    })
    if (key === "rfc") el.addEventListener("change", catalogs)
  }
  for (const el of root.querySelectorAll("[data-on]")) { const name = el.getAttribute("data-on"); el.removeAttribute("data-on"); el.addEventListener("click", () => act[name]()) }
  for (const f of root.querySelectorAll("form")) f.addEventListener("submit", (x) => x.preventDefault())
}
// Only the two selects are patched, as a virtual DOM would do.
const catalogs = async () => {
  const { data } = await axios("GET", `/facturacion/catalogos?rfc=${encodeURIComponent(state.form.rfc)}`)
  for (const [key, list] of [["regimen_fiscal", data.regimenes], ["uso_cfdi", data.usos]]) {
    const el = document.getElementById(key)
    state[key === "uso_cfdi" ? "usos" : "regimenes"] = list
    for (const o of [...el.options].slice(1)) o.remove()
    for (const o of list) el.add(new Option(o.nombre, o.id))
    state.form[key] = ""
    el.value = ""
  }
}
const send = async (path, data, ok) => {
  state.cargando = true; state.error = ""; state.errors = {}; render()
  const r = await axios("POST", path, data).catch(() => ({ status: 500, data: { message: "Server Error" } }))
  state.cargando = false
  if (r.status === 422) state.errors = r.data.errors
  else if (r.status >= 400) state.error = r.data.message
  else ok(r.data)
  render()
}
const act = {
  buscar: () => send("/facturacion/buscar", state.busqueda, (d) => { state.venta = d; state.paso = 2 }),
  facturar: () => {
    if (!window.confirm(`Se generará la factura a nombre de ${state.form.nombre.toUpperCase()}, RFC ${state.form.rfc.toUpperCase()}. ¿Es correcto?`)) return
    send("/facturacion/generar", { ...state.form, venta: state.venta.folio }, (d) => { state.linkPdf = d.linkPdf; state.linkXml = d.linkXml; state.paso = 3 })
  }
}
render()

import * as compiler from "@angular/compiler"
import { afterNextRender, Component, provideZonelessChangeDetection, signal } from "@angular/core"
import { FormsModule } from "@angular/forms"
import { bootstrapApplication } from "@angular/platform-browser"

declare const jQuery: (selector: string) => unknown

Object.assign(globalThis, { ngv: compiler.VERSION.full })

type Reply = Record<string, string> & { regimenes?: Array<{ clave: string; texto: string }>; usos?: Array<{ clave: string; texto: string }> }

const api = async (path: string, body: object): Promise<Reply> => {
  const reply = await fetch(`/Facturacion/${path}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) })
  return (await reply.json()) as Reply
}

/** As alertify draws them: one box, at the end of the body. */
const alertify = (title: string, text: string, yes: string, no?: string) =>
  new Promise<boolean>((done) => {
    const box = document.createElement("div")
    box.className = "alertify"
    box.innerHTML = `<div class="ajs-dimmer"></div><div class="ajs-modal" tabindex="0"><div class="ajs-dialog"><div class="ajs-header"></div><div class="ajs-body"><div class="ajs-content"></div></div><div class="ajs-footer"><div class="ajs-primary ajs-buttons"></div></div></div></div>`
    const at = (name: string) => box.querySelector(`.${name}`) as HTMLElement
    at("ajs-header").textContent = title
    at("ajs-content").textContent = text
    for (const [label, answer] of [[yes, true], [no, false]] as const) {
      if (label === undefined) continue
      const button = document.createElement("button")
      button.className = `ajs-button ${answer ? "ajs-ok" : "ajs-cancel"}`
      button.textContent = label
      button.onclick = () => { box.remove(); done(answer) }
      at("ajs-buttons").append(button)
    }
    document.body.append(box)
  })

const brands = [
  { key: "MokambeCafe", name: "Mokambe Café", ask: "store" },
  { key: "MokambeGrill", name: "Mokambe Grill", ask: "total" },
  { key: "MokambeWok", name: "Mokambe Wok", ask: "store" }
]

const App = Component({
  selector: "app-root",
  imports: [FormsModule],
  template: `<nav class="navbar bg-dark"><span class="navbar-brand text-white ms-4">Grupo Mokambe · Facturación</span></nav>
  <div class="container py-4">
  @if (!brand()) {<h5 class="text-center">Selecciona el restaurante en el que realizaste tu consumo</h5><div class="row">@for (b of brands; track b.key) {<div class="col-4 p-3"><a class="marca" (click)="choose(b)"><img [src]="'/assets/' + b.key + '.svg'" [alt]="b.name" width="220" height="120"></a></div>}</div>}
  @else if (page() === 1) {<div class="card p-4"><h5>{{brand()!.name}} <small><a href="/" class="ms-3">cambiar</a></small></h5>
    <div class="mb-2"><label for="rfc">RFC</label><input id="rfc" name="rfc" class="form-control" [(ngModel)]="f.rfc" maxlength="13" (input)="f.rfc = f.rfc.toUpperCase()"></div>
    <div class="mb-2"><label for="ticket">Ticket</label><input id="ticket" name="ticket" class="form-control" [ngModel]="f.ticket" (ngModelChange)="mask($event)" placeholder="0000-0000-0000"></div>
    @if (brand()!.ask === 'store') {<div class="mb-2"><label for="tienda">Tienda</label><input id="tienda" name="tienda" class="form-control" [(ngModel)]="f.tienda" maxlength="5"></div>
    <div class="mb-2"><label for="dtFecha">Fecha de consumo</label><input id="dtFecha" name="fecha" class="form-control" autocomplete="off" placeholder="dd-mm-aaaa"></div>}
    @else {<div class="mb-2"><label for="total">Total (sin propina)</label><input id="total" name="total" class="form-control" [(ngModel)]="f.total"></div>}
    <button class="btn btn-danger" [disabled]="busy()" (click)="validate()">Siguiente</button></div>}
  @else if (page() === 2) {<div class="card p-4"><h5>Datos de facturación <small class="text-muted">RFC {{f.rfc}}</small></h5>
    @if (f.rfc.length === 13) {<div class="row"><div class="col-6 mb-2"><label>Nombre(s)</label><input name="nombres" class="form-control" [(ngModel)]="f.nombres"></div><div class="col-6 mb-2"><label>Apellidos</label><input name="apellidos" class="form-control" [(ngModel)]="f.apellidos"></div></div>}
    @else {<div class="mb-2"><label>Razón social (sin régimen de capital)</label><input name="razonSocial" class="form-control" [(ngModel)]="f.razonSocial"></div>}
    <div class="mb-2"><label>Código postal</label><input name="codigoPostal" class="form-control" [(ngModel)]="f.codigoPostal" maxlength="5"></div>
    <div class="mb-2"><label>Régimen fiscal</label><select name="regimenFiscal" class="form-select" [(ngModel)]="f.regimenFiscal"><option value="">Selecciona</option>@for (r of regimenes(); track r.clave) {<option [ngValue]="r.clave">{{r.texto}}</option>}</select></div>
    <div class="mb-2"><label>Uso de CFDI</label><select name="usoCfdi" class="form-select" [(ngModel)]="f.usoCfdi"><option value="">Selecciona</option>@for (u of usos(); track u.clave) {<option [ngValue]="u.clave">{{u.texto}}</option>}</select></div>
    <div class="mb-2"><label>Correo electrónico</label><input name="correoElectronico" class="form-control" [(ngModel)]="f.correoElectronico"></div>
    <button class="btn btn-danger" [disabled]="busy()" (click)="invoice()">Facturar</button></div>}
  @else {<div class="card p-4"><h5>Tu comprobante</h5><div [innerHTML]="html()"></div><a href="/">Inicio</a></div>}
  @if (busy()) {<div class="cargando"><div class="spinner-border text-danger"></div></div>}</div>`
})(class {
  brands = brands
  brand = signal<(typeof brands)[number] | undefined>(undefined)
  page = signal(1)
  busy = signal(false)
  html = signal("")
  regimenes = signal<Array<{ clave: string; texto: string }>>([])
  usos = signal<Array<{ clave: string; texto: string }>>([])
  f = { rfc: "", ticket: "", tienda: "", fecha: "", total: "", nombres: "", apellidos: "", razonSocial: "", codigoPostal: "", regimenFiscal: "", usoCfdi: "", correoElectronico: "" }
  constructor() {
    afterNextRender(() => {
      const chosen = brands.find(({ key }) => key === new URL(location.href).searchParams.get("opc"))
      if (chosen) this.choose(chosen)
    })
  }
  choose(b: (typeof brands)[number]) {
    this.brand.set(b)
    history.replaceState(null, "", `/?opc=${b.key}`)
    setTimeout(() => {
      const field = jQuery("#dtFecha") as unknown as { datepicker(o: object): void }
      field.datepicker({ format: "dd-mm-yyyy", autoclose: true, endDate: "0d", todayHighlight: true })
    }, 50)
  }
  mask(value: string) {
    this.f.ticket = value.replace(/\D/g, "").slice(0, 12).replace(/(\d{4})(?=\d)/g, "$1-")
    const box = document.getElementById("ticket") as HTMLInputElement
    if (box.value !== this.f.ticket) box.value = this.f.ticket
  }
  async ask(path: string, body: object) {
    this.busy.set(true)
    try { return await api(path, body) } finally { this.busy.set(false) }
  }
  async validate() {
    this.f.fecha = (document.getElementById("dtFecha") as HTMLInputElement | null)?.value ?? ""
    const body = { ...this.f, opc: this.brand()?.key }
    const r = await this.ask("ValidaPagina1", body)
    if (r["nivel"] === "5") {
      if (await alertify("Mokambe", r["mensaje"] ?? "", "Sí, obtener", "No")) {
        this.html.set((await this.ask("Obtener", body))["html"] ?? "")
        this.page.set(3)
      }
      return
    }
    if (r["nivel"] !== "2") return void alertify("Mokambe", r["mensaje"] ?? "", "OK")
    this.regimenes.set(r.regimenes ?? [])
    this.usos.set(r.usos ?? [])
    this.page.set(2)
  }
  async invoice() {
    if (!(await alertify("Confirmar", `¿Facturar a nombre de ${this.f.razonSocial || `${this.f.nombres} ${this.f.apellidos}`}?`, "Sí", "No"))) return
    const r = await this.ask("ValidaPagina2Facturar", { ...this.f, opc: this.brand()?.key })
    if (r["nivel"] !== "99") return void alertify("Mokambe", r["mensaje"] ?? "", "OK")
    this.html.set(r["html"] ?? "")
    this.page.set(3)
  }
})

bootstrapApplication(App, { providers: [provideZonelessChangeDetection()] }).catch((error) => console.error(error))

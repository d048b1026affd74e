import "@angular/compiler"
import { CommonModule } from "@angular/common"
import { Component, inject, signal } from "@angular/core"
import { FormsModule } from "@angular/forms"
import { bootstrapApplication, DomSanitizer } from "@angular/platform-browser"

declare const $: any

const api = async (path: string, body: unknown) => {
  const r = await fetch(`/api/autofactura/${path}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) })
  return r.json()
}

/** alertify.js: the markup it makes. */
const notify = (kind: string, text: string) => {
  const host = document.querySelector(".alertify-notifier") ?? document.body.appendChild(Object.assign(document.createElement("div"), { className: "alertify-notifier ajs-top ajs-right" }))
  const item = Object.assign(document.createElement("div"), { className: `ajs-message ajs-${kind} ajs-visible`, textContent: text })
  host.prepend(item)
  item.addEventListener("click", () => item.remove())
  setTimeout(() => item.remove(), 8000)
}
const confirmDialog = (title: string, text: string) =>
  new Promise<boolean>((resolve) => {
    const host = document.createElement("div")
    host.className = "alertify ajs-movable ajs-closable ajs-pulse"
    host.innerHTML = `<div class="ajs-dimmer"></div><div class="ajs-modal" tabindex="0"><div class="ajs-dialog" tabindex="0"><div class="ajs-commands"><button class="ajs-close">&times;</button></div><div class="ajs-header"></div><div class="ajs-body"><div class="ajs-content"></div></div><div class="ajs-footer"><div class="ajs-primary ajs-buttons"><button class="ajs-button ajs-ok">Continuar</button><button class="ajs-button ajs-cancel">Corregir</button></div></div></div></div>`
    host.querySelector(".ajs-header")!.textContent = title
    host.querySelector(".ajs-content")!.textContent = text
    const end = (value: boolean) => () => { host.remove(); resolve(value) }
    host.querySelector(".ajs-ok")!.addEventListener("click", end(true))
    for (const s of [".ajs-cancel", ".ajs-close"]) host.querySelector(s)!.addEventListener("click", end(false))
    document.body.append(host)
  })

@Component({
  selector: "app-root",
  standalone: true,
  imports: [CommonModule, FormsModule],
  template: `
  <div class="logo"><a href="/"><img [src]="'/assets/logo/' + opc + '.svg'" width="200" height="80" [alt]="marca()"></a></div>
  @if (cargando()) { <div class="cargando"><div class="spinner-border"></div><p>Espere por favor</p></div> }
  @if (pagina() === 1) {
  <form class="billing_form" #f="ngForm" (ngSubmit)="validar()" autocomplete="off">
    <h5 class="mb-3">Ingresa los datos de tu ticket</h5>
    <div class="mb-3"><label for="rfc">RFC</label><input id="rfc" name="rfc" type="text" class="form-control" maxlength="13" [(ngModel)]="d.rfc" (input)="d.rfc = d.rfc.toUpperCase()"></div>
    <div class="mb-3"><label for="ticket">Ticket</label> <span class="ayuda" title="9 dígitos al pie de tu ticket">?</span><input id="ticket" name="ticket" type="text" class="form-control" maxlength="9" [(ngModel)]="d.ticket" (input)="d.ticket = digitos(d.ticket)"></div>
    @if (!rapida()) {
    <div class="mb-3"><label for="tienda">Tienda</label> <span class="ayuda" title="5 dígitos">?</span><input id="tienda" name="tienda" type="text" class="form-control" maxlength="5" [(ngModel)]="d.tienda" (input)="d.tienda = digitos(d.tienda)"></div>
    <div class="mb-3"><label for="dtFecha">Fecha de consumo</label><input id="dtFecha" name="dtFecha" type="text" class="form-control" placeholder="dd/mm/aaaa" maxlength="10" [(ngModel)]="d.fecha" (input)="mascara()"></div>
    } @else {
    <div class="mb-3"><label for="tienda">Tienda</label><input id="tienda" name="tienda" type="text" class="form-control" maxlength="5" [(ngModel)]="d.tienda" (input)="d.tienda = digitos(d.tienda)"></div>
    <div class="mb-3"><label for="total">Total (sin propina)</label><input id="total" name="total" type="text" class="form-control" placeholder="0.00" [(ngModel)]="d.total"></div> }
    <button type="submit" class="btn w-100">Siguiente</button>
    <p class="small text-muted mt-3">Puedes facturar dentro del mes de tu consumo.</p>
  </form> }
  @if (pagina() === 2) {
  <form class="billing_form" #g="ngForm" (ngSubmit)="facturar()" autocomplete="off">
    <h5 class="mb-3">Datos de facturación</h5>
    <div class="mb-3"><label>RFC</label><input class="form-control" [value]="d.rfc" readonly></div>
    <div class="mb-3"><label for="persona">Persona</label><select id="persona" name="persona" class="form-select" [(ngModel)]="d.persona" disabled><option value="FISICA">FÍSICA</option><option value="MORAL">MORAL</option></select></div>
    @if (d.persona === 'FISICA') {
    <div class="row"><div class="col-6 mb-3"><label for="nombres">Nombre(s)</label><input id="nombres" name="nombres" class="form-control" [(ngModel)]="d.nombres"></div>
    <div class="col-6 mb-3"><label for="apellidos">Apellidos</label><input id="apellidos" name="apellidos" class="form-control" [(ngModel)]="d.apellidos"></div></div>
    } @else { <div class="mb-3"><label for="nombres">Razón social</label><input id="nombres" name="nombres" class="form-control" [(ngModel)]="d.nombres"></div> }
    <div class="mb-3"><label for="codigoPostal">Código postal</label><input id="codigoPostal" name="codigoPostal" class="form-control" maxlength="5" [(ngModel)]="d.codigoPostal"></div>
    <div class="mb-3"><label for="regimenFiscal">Régimen fiscal</label><select id="regimenFiscal" name="regimenFiscal" class="form-select" [(ngModel)]="d.regimenFiscal" (ngModelChange)="usosDe()"><option value="">-- Seleccione --</option>@for (r of regimenes(); track r.clave) { <option [value]="r.clave">{{ r.descripcion }}</option> }</select></div>
    <div class="mb-3"><label for="usoCfdi">Uso de CFDI</label><select id="usoCfdi" name="usoCfdi" class="form-select" [(ngModel)]="d.usoCfdi"><option value="">-- Seleccione --</option>@for (u of usos(); track u.clave) { <option [value]="u.clave">{{ u.descripcion }}</option> }</select></div>
    <div class="mb-3"><label for="correoElectronico">Correo electrónico</label><input id="correoElectronico" name="correoElectronico" class="form-control" [(ngModel)]="d.correoElectronico"></div>
    <button type="submit" class="btn w-100">Facturar</button>
  </form> }
  @if (pagina() === 3) { <div class="billing_form" [innerHTML]="mensaje()"></div> }`
})
class AppRoot {
  sanitizer = inject(DomSanitizer)
  opc = new URLSearchParams(location.search).get("opc") ?? ""
  marca = signal("")
  rapida = signal(false)
  pagina = signal(1)
  cargando = signal(true)
  regimenes = signal<any[]>([])
  usos = signal<any[]>([])
  mensaje = signal<any>("")
  d: any = { rfc: "", ticket: "", tienda: "", fecha: "", total: "", persona: "FISICA", nombres: "", apellidos: "", codigoPostal: "", regimenFiscal: "", usoCfdi: "", correoElectronico: "" }

  async ngOnInit() {
    const r = await api("Marca", { operador: this.opc })
    if (!r.nombre) return void (location.href = "/")
    this.marca.set(r.nombre)
    this.rapida.set(r.isFastFood)
    this.cargando.set(false)
    setTimeout(() => {
      $("#dtFecha").datepicker({ format: "dd/mm/yyyy", language: "es", autoclose: true, endDate: "0d", todayHighlight: true })
        .on("changeDate", () => { this.d.fecha = $("#dtFecha").val() })
    })
  }
  digitos(text: string) { return text.replace(/\D/g, "") }
  /** Cleave's date. */
  mascara() {
    const n = this.digitos(this.d.fecha).slice(0, 8)
    this.d.fecha = [n.slice(0, 2), n.slice(2, 4), n.slice(4)].filter((part) => part !== "").join("/")
  }
  async llama(path: string) {
    this.cargando.set(true)
    const r = await api(path, { ...this.d, operador: this.opc })
    this.cargando.set(false)
    if (r.exception) notify("error", r.exception.Message)
    return r
  }
  async validar() {
    if (!this.d.rfc || !this.d.ticket || !this.d.tienda) return notify("error", "Todos los datos son requeridos.")
    for (const path of ["ValidaPagina1RFC", "ValidaPagina1Ticket", "ValidaPagina1Fecha"]) {
      if ((await this.llama(path)).response !== true) return
    }
    this.d.persona = this.d.rfc.length === 12 ? "MORAL" : "FISICA"
    this.regimenes.set((await this.llama("Regimenes")).lista)
    this.pagina.set(2)
  }
  async usosDe() {
    this.d.usoCfdi = ""
    this.usos.set((await this.llama("Usos")).lista)
  }
  async facturar() {
    const needed = ["nombres", "codigoPostal", "regimenFiscal", "usoCfdi", "correoElectronico", ...(this.d.persona === "FISICA" ? ["apellidos"] : [])]
    if (needed.some((key) => this.d[key].trim() === "")) return notify("error", "Todos los datos son requeridos.")
    const sure = await confirmDialog("Revisa tus datos", `La factura se emitirá a ${this.d.nombres} ${this.d.apellidos} (${this.d.rfc}), C.P. ${this.d.codigoPostal}. Después no podrá cambiarse.`)
    if (!sure) return
    const r = await this.llama("ValidaPagina2Facturar")
    if (r.nivel !== 99) return
    this.mensaje.set(this.sanitizer.bypassSecurityTrustHtml(r.response))
    this.pagina.set(3)
  }
}
bootstrapApplication(AppRoot).catch((error) => console.error(error))

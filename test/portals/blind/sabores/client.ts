import "@angular/compiler"
import { NgClass } from "@angular/common"
import { Component, provideZonelessChangeDetection, signal } from "@angular/core"
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from "@angular/forms"
import { bootstrapApplication } from "@angular/platform-browser"

declare const $: any

const post = async (path: string, body: object) => {
  const response = await fetch(`/api/${path}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) })
  return (await response.json()) as Record<string, any>
}

/** alertify.js, as far as it goes here. */
const notify = (text: string, kind = "error") => {
  const holder = document.querySelector(".alertify-notifier") ?? document.body.appendChild(Object.assign(document.createElement("div"), { className: "alertify-notifier ajs-bottom ajs-right" }))
  const note = holder.appendChild(Object.assign(document.createElement("div"), { className: `ajs-message ajs-${kind} ajs-visible`, textContent: text }))
  note.addEventListener("click", () => note.remove())
  setTimeout(() => note.remove(), 7000)
}
const ask = (title: string, text: string) =>
  new Promise<boolean>((resolve) => {
    const box = document.createElement("div")
    box.className = "alertify ajs-movable ajs-closable"
    box.innerHTML = `<div class="ajs-dimmer"></div><div class="ajs-modal"><div class="ajs-dialog"><div class="ajs-header">${title}</div><div class="ajs-body"><div class="ajs-content">${text}</div></div><div class="ajs-footer"><div class="ajs-primary ajs-buttons"><button class="ajs-button ajs-cancel">No</button><button class="ajs-button ajs-ok">Sí</button></div></div></div></div>`
    box.addEventListener("click", (e) => {
      const button = (e.target as Element).closest("button")
      if (!button) return
      box.remove()
      resolve(button.classList.contains("ajs-ok"))
    })
    document.body.appendChild(box)
  })

const text = (...rules: Array<any>) => new FormControl("", { nonNullable: true, validators: [Validators.required, ...rules] })
const free = () => new FormControl("", { nonNullable: true })

@Component({
  selector: "app-root",
  imports: [ReactiveFormsModule, NgClass],
  template: `
<div class="container"><div class="text-center py-3"><img src="/assets/grupo.svg" height="40" alt="Grupo Sabores del Centro"></div>
@if (cargando()) { <div class="loading-overlay"><div class="spinner-border text-warning"></div></div> }
@if (pagina() === 0) { <h4 class="text-center mb-4">Selecciona la marca de tu consumo</h4><div class="row row-cols-3 g-4">@for (m of marcas(); track m.opc) { <div class="col text-center"><img class="logo-marca" [src]="'/assets/' + m.opc + '.svg'" [alt]="m.nombre" (click)="marca(m)"></div> }</div> }
@if (pagina() === 1) { <div class="card"><div class="card-header">{{ actual().nombre }} &mdash; Paso 1 de 2</div><div class="card-body"><form [formGroup]="uno" (ngSubmit)="valida()">
<div class="mb-3"><label for="rfc">RFC:</label><input id="rfc" class="form-control" formControlName="rfc" maxlength="13" autocomplete="off" [ngClass]="{ 'is-invalid': uno.controls.rfc.touched && uno.controls.rfc.invalid }"></div>
<div class="mb-3"><label for="ticket">Ticket:</label> <span class="ayuda" title="Consulta tu ticket">?</span><input id="ticket" class="form-control" formControlName="ticket" autocomplete="off"></div>
@if (actual().modo === 'fecha') {
<div class="mb-3"><label for="tienda">Tienda:</label><input id="tienda" class="form-control" formControlName="tienda" maxlength="5" autocomplete="off"></div>
<div class="mb-3"><label for="dtFecha">Fecha:</label><div class="input-group date"><input id="dtFecha" class="form-control" formControlName="fecha" placeholder="dd/mm/aaaa" autocomplete="off"></div></div> }
@else { <div class="mb-3"><label for="total">Total:</label><input id="total" class="form-control" formControlName="total" (input)="cleave()" autocomplete="off"></div> }
<button type="button" class="btn btn-outline-secondary" (click)="pagina.set(0)">Regresar</button> <button class="btn btn-warning" type="submit">Siguiente</button></form></div></div> }
@if (pagina() === 2) { <div class="card"><div class="card-header">{{ actual().nombre }} &mdash; Paso 2 de 2</div><div class="card-body"><form [formGroup]="dos" (ngSubmit)="facturar()">
<p>RFC <b>{{ uno.value.rfc }}</b> &nbsp; Ticket <b>{{ uno.value.ticket }}</b> &nbsp; Importe <b>\${{ importe() }}</b></p>
@if (fisica()) { <div class="row mb-3"><div class="col"><label>Nombre(s)</label><input name="nombres" class="form-control" formControlName="nombres"></div><div class="col"><label>Apellidos</label><input name="apellidos" class="form-control" formControlName="apellidos"></div></div> }
@else { <div class="mb-3"><label>Razón Social (sin tipo de sociedad)</label><input name="razonSocial" class="form-control" formControlName="razonSocial"></div> }
<div class="row mb-3"><div class="col-4"><label>Código Postal Fiscal</label><input name="codigoPostal" class="form-control" formControlName="codigoPostal" maxlength="5"></div><div class="col-8"><label>Régimen Fiscal</label><select name="regimenFiscal" class="form-select" formControlName="regimenFiscal" (change)="usosDe()"><option value="">Selecciona</option>@for (r of regimenes(); track r.id) { <option [value]="r.id">{{ r.texto }}</option> }</select></div></div>
<div class="mb-3"><label>Uso del CFDI</label><select name="usoCfdi" class="form-select" formControlName="usoCfdi"><option value="">Selecciona</option>@for (u of usos(); track u.id) { <option [value]="u.id">{{ u.texto }}</option> }</select></div>
<div class="mb-3"><label>Correo Electrónico</label><input name="correoElectronico" class="form-control" formControlName="correoElectronico"></div>
<button class="btn btn-warning" type="submit">Facturar</button></form></div></div> }
@if (pagina() === 99) { <div class="card"><div class="card-body text-center" [innerHTML]="salida()"></div></div> }
<p class="text-center text-muted small mt-4">Los consumos sólo se facturan dentro del mes en que se realizaron. Restaurantes Sabores del Centro S. de R.L. de C.V.</p></div>`
})
class App {
  readonly pagina = signal(0)
  readonly cargando = signal(false)
  readonly marcas = signal<Array<any>>([])
  readonly actual = signal<any>({})
  readonly importe = signal("")
  readonly fisica = signal(true)
  readonly regimenes = signal<Array<any>>([])
  readonly usos = signal<Array<any>>([])
  readonly salida = signal("")
  readonly uno = new FormGroup({ rfc: text(Validators.minLength(12)), ticket: text(), tienda: free(), fecha: free(), total: free() })
  readonly dos = new FormGroup({ nombres: free(), apellidos: free(), razonSocial: free(), codigoPostal: text(), regimenFiscal: text(), usoCfdi: text(), correoElectronico: text() })
  constructor() {
    void post("ObtieneMarcas", {}).then((r) => {
      this.marcas.set(r["marcas"])
      const opc = new URLSearchParams(location.search).get("opc")
      const one = r["marcas"].find((m: any) => m.opc === opc)
      if (one) this.marca(one)
    })
  }
  marca(m: any) {
    this.actual.set(m)
    history.replaceState(null, "", `/?opc=${m.opc}`)
    this.pagina.set(1)
    if (m.modo === "fecha")
      setTimeout(() => {
        $("#dtFecha").datepicker({ format: "dd/mm/yyyy", language: "es", autoclose: true, endDate: "0d" }).on("changeDate", (e: any) => this.uno.controls.fecha.setValue(e.format()))
      }, 60)
  }
  cleave() {
    const { total } = this.uno.controls
    const [whole = "", part] = total.value.replace(/[^0-9.]/g, "").split(".")
    total.setValue(whole.replace(/\B(?=(\d{3})+$)/g, ",") + (part === undefined ? "" : `.${part.slice(0, 2)}`))
  }
  private async llama(path: string, body: object) {
    this.cargando.set(true)
    const r = await post(path, body)
    this.cargando.set(false)
    return r
  }
  private datos() {
    return { opc: this.actual().opc, ...this.uno.getRawValue() }
  }
  async valida() {
    this.uno.markAllAsTouched()
    if (this.uno.invalid) return notify("Captura los datos solicitados")
    const r = await this.llama("ValidaPagina1", this.datos())
    if (r["nivel"] === 98) {
      if (!(await ask("Factura existente", r["mensaje"]))) return
      const old = await this.llama("RecuperaFactura", this.datos())
      if (old["nivel"] !== 99) return notify(old["mensaje"])
      this.salida.set(old["html"])
      return this.pagina.set(99)
    }
    if (r["nivel"] !== 2) return notify(r["mensaje"])
    this.importe.set(r["importe"])
    this.fisica.set(r["fisica"])
    this.regimenes.set(r["regimenes"])
    this.pagina.set(2)
  }
  async usosDe() {
    this.dos.controls.usoCfdi.setValue("")
    this.usos.set((await post("ObtieneUsos", { rfc: this.uno.value.rfc, regimenFiscal: this.dos.value.regimenFiscal }))["usos"])
  }
  async facturar() {
    if (this.dos.invalid) return notify("Captura los datos solicitados")
    const r = await this.llama("ValidaPagina2Facturar", { ...this.datos(), ...this.dos.getRawValue() })
    if (r["nivel"] !== 99) return notify(r["mensaje"])
    notify("Proceso terminado", "success")
    this.salida.set(r["html"])
    this.pagina.set(99)
  }
}

void bootstrapApplication(App, { providers: [provideZonelessChangeDetection()] })

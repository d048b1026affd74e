import "@angular/compiler"
import { Component, provideZonelessChangeDetection, signal } from "@angular/core"
import { FormControl, FormGroup, ReactiveFormsModule } from "@angular/forms"
import { bootstrapApplication } from "@angular/platform-browser"

declare const jQuery: (selector: string) => {
  chosen: (options: object) => { on: (event: string, act: () => void) => void }
  val: (value?: string) => string & { trigger: (event: string) => void }
}
declare const Swal: { fire: (options: object) => Promise<unknown> }

type Row = Record<string, string>

const api = async (path: string, body?: unknown) =>
  (await fetch(`/api/${path}`, body === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) })).json()

const Root = Component({
  selector: "app-root",
  imports: [ReactiveFormsModule],
  template: `<div class="top p-3 mb-3"><div class="container d-flex justify-content-between"><b>NUXA</b>@if (view() !== 'acceso') {<nav><a routerlink="facturar" href="#/facturar" (click)="go('facturar')">Facturar</a> &nbsp; <a href="#/mis-facturas" (click)="go('mis-facturas')">Mis Facturas</a> &nbsp; <a href="#/perfil">Mi perfil</a></nav>}</div></div>
<div class="container">
@switch (view()) {
@case ('acceso') {<div class="card mx-auto" style="max-width:420px"><div class="card-body"><h5>Bienvenido</h5><form [formGroup]="login" (ngSubmit)="enter()">
<input id="email" class="form-control mb-2" formControlName="email" type="email" placeholder="Correo electrónico" autocomplete="username"><input id="password" class="form-control mb-2" formControlName="password" type="password" placeholder="Contraseña" autocomplete="current-password">
@if (error()) {<div class="alert alert-danger py-1">{{error()}}</div>}<button class="btn btn-danger w-100">Entrar</button></form><p class="mt-3"><a href="#/registro">Regístrate</a> · <a href="#/recuperar">Recuperar contraseña</a></p></div></div>}
@case ('facturar') {<div class="card"><div class="card-body"><form [formGroup]="form" (ngSubmit)="request()"><div class="row g-3">
<div class="col-4"><label for="rfc">RFC</label><select id="rfc" class="form-control" formControlName="perfil" (change)="pickRfc()"><option value="">Selecciona</option>@for (p of profiles(); track p['id']) {<option [value]="p['id']">{{p['rfc']}}</option>}</select></div>
<div class="col-4"><label for="regimen_fiscal">Régimen fiscal</label><select id="regimen_fiscal" class="form-control" formControlName="regimen"><option value="">Selecciona</option>@for (r of regimes(); track r['id']) {<option [value]="r['id']">{{r['texto']}}</option>}</select></div>
<div class="col-4"><label for="usocfdi">Uso de CFDI</label><select id="usocfdi" class="form-control" formControlName="uso"><option value="">Selecciona</option>@for (u of uses(); track u['id']) {<option [value]="u['id']">{{u['texto']}}</option>}</select></div>
<div class="col-5"><label for="estacion">Estación</label><select id="estacion" data-placeholder="Selecciona la estación"><option value=""></option>@for (s of stations(); track s['id']) {<option [value]="s['id']">{{s['nombre']}}</option>}</select></div>
<div class="col-3"><label for="ticket">Folio</label><input id="ticket" class="form-control" formControlName="ticket" maxlength="10"></div>
<div class="col-2"><label for="monto">Monto</label><input id="monto" class="form-control" formControlName="monto"></div>
<div class="col-2 d-flex align-items-end"><button type="button" class="btn btn-outline-danger w-100" [disabled]="busy()" (click)="add()">Agregar</button></div></div>
@if (rows().length) {<table class="table mt-3"><thead><tr><th>Folio</th><th>Estación</th><th>Monto</th><th>Tipo de pago</th></tr></thead><tbody>@for (t of rows(); track t['id']) {<tr><td>{{t['folio']}}</td><td>{{t['estacion']}}</td><td>\${{t['monto']}}</td><td>
@for (k of kinds; track k[0]) {<label class="me-2"><input type="radio" [name]="'tipopago_' + t['id']" [value]="k[0]" (change)="pay.set(k[0] ?? '')"> {{k[1]}}</label>}</td></tr>}</tbody></table>}
@if (error()) {<div class="alert alert-danger mt-3">{{error()}}</div>}
<button type="submit" class="btn btn-danger mt-3" [disabled]="busy() || !rows().length">Solicitar CFDI</button></form></div></div>}
@case ('mis-facturas') {<h4>Mis Facturas</h4><table class="table bg-white"><thead><tr><th>Fecha</th><th>Folio</th><th>Total</th><th>Estatus</th><th></th></tr></thead><tbody>@for (f of invoices(); track f['uuid']) {<tr><td>{{f['fecha']}}</td><td>{{f['folio']}}</td><td>\${{f['total']}}</td><td>Timbrada</td><td><a class="pdf" [href]="'/descarga/pdf/' + f['uuid']"><img alt="PDF" width="20" height="20" src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='20' height='20'%3E%3Crect width='20' height='20' fill='%23c00'/%3E%3C/svg%3E"></a> <a class="xml" [href]="'/descarga/xml/' + f['uuid']"><img alt="XML" width="20" height="20" src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='20' height='20'%3E%3Crect width='20' height='20' fill='%23080'/%3E%3C/svg%3E"></a></td></tr>}</tbody></table>}}
</div>`
})(class {
  view = signal("")
  error = signal("")
  busy = signal(false)
  pay = signal("")
  profiles = signal<Array<Row>>([])
  regimes = signal<Array<Row>>([])
  uses = signal<Array<Row>>([])
  stations = signal<Array<Row>>([])
  rows = signal<Array<Row>>([])
  invoices = signal<Array<Row>>([])
  kinds = [["01", "Efectivo"], ["04", "Crédito"], ["28", "Débito"], ["05", "Monedero"]]
  login = new FormGroup({ email: new FormControl(""), password: new FormControl("") })
  form = new FormGroup({ perfil: new FormControl(""), regimen: new FormControl(""), uso: new FormControl(""), ticket: new FormControl(""), monto: new FormControl("") })
  constructor() {
    api("sesion").then(({ activa }) => this.go(activa ? (location.hash.slice(2) === "mis-facturas" ? "mis-facturas" : "facturar") : "acceso"))
  }
  async go(view: string) {
    this.error.set("")
    if (view === "mis-facturas") this.invoices.set(await api("facturas"))
    location.hash = `#/${view}`
    this.view.set(view)
    if (view !== "facturar") return
    const [profiles, uses, stations] = await Promise.all([api("perfiles"), api("usos"), api("estaciones")])
    this.profiles.set(profiles)
    this.uses.set(uses)
    this.stations.set(stations)
    this.rows.set([])
    setTimeout(() => jQuery("#estacion").chosen({ no_results_text: "Sin resultados para", search_contains: true }), 100)
  }
  async enter() {
    this.error.set("")
    const answer = await api("acceso", this.login.value)
    if (answer.ok) await this.go("facturar")
    else this.error.set(answer.mensaje)
  }
  async pickRfc() {
    this.form.controls.regimen.setValue("")
    this.regimes.set([])
    this.regimes.set(await api(`regimenes?perfil=${this.form.value.perfil}`))
  }
  async send(path: string, body: unknown) {
    this.error.set("")
    this.busy.set(true)
    const answer = await api(path, body)
    this.busy.set(false)
    if (!answer.ok) this.error.set(answer.mensaje)
    return answer
  }
  async add() {
    const answer = await this.send("tickets", { estacion: jQuery("#estacion").val(), ticket: this.form.value.ticket, monto: this.form.value.monto })
    if (answer.ok) this.rows.set([answer])
  }
  async request() {
    const { perfil, regimen, uso } = this.form.value
    const answer = await this.send("solicitudes", { perfil, regimen, uso, [`tipopago_${this.rows()[0]?.["id"]}`]: this.pay() })
    if (!answer.ok) return
    this.form.reset({ perfil: "", regimen: "", uso: "", ticket: "", monto: "" })
    this.rows.set([])
    this.pay.set("")
    jQuery("#estacion").val("").trigger("chosen:updated")
    await Swal.fire({ icon: "success", title: "Solicitud recibida", text: "Tu CFDI quedará disponible en Mis Facturas en un máximo de 48 horas.", confirmButtonText: "OK" })
  }
} as never)

bootstrapApplication(Root as never, { providers: [provideZonelessChangeDetection()] })

// @ts-nocheck
import "@angular/compiler"
import { Component, inject, signal, computed, forwardRef, HostListener, ElementRef } from "@angular/core"
import { bootstrapApplication } from "@angular/platform-browser"
import { ControlValueAccessor, FormBuilder, NG_VALUE_ACCESSOR, ReactiveFormsModule, Validators } from "@angular/forms"

const call = async (path: string, data: object) => {
  const r = await fetch(`/invoicing-api/${path}`, { method: "POST", headers: { "content-type": "application/json", "x-culture": "es-MX" }, body: JSON.stringify(data) })
  const body = await r.json()
  if (!r.ok) throw new Error(body.detail)
  return body
}

class SelectBase {
  items = signal([]); open = signal(false); value = signal(""); off = signal(false)
  text = computed(() => this.items().find((i) => i.id === this.value())?.text ?? "")
  host = inject(ElementRef)
  change = (_v) => {}; touched = () => {}
  writeValue(v) { this.value.set(v ?? "") }
  registerOnChange(f) { this.change = f }
  registerOnTouched(f) { this.touched = f }
  setDisabledState(b) { this.off.set(b) }
  toggle() { if (!this.off()) this.open.set(!this.open()) }
  pick(i) { this.value.set(i.id); this.change(i.id); this.touched(); this.open.set(false) }
  outside(e) { if (!this.host.nativeElement.contains(e.target)) this.open.set(false) }
}
const VxSelect = Component({
  selector: "vx-select", inputs: ["label", "list"], providers: [{ provide: NG_VALUE_ACCESSOR, useExisting: forwardRef(() => VxSelect), multi: true }], host: { "(document:click)": "outside($event)" },
  template: `<div class="vx-field vx-select" [class.vx-disabled]="off()" [class.vx-filled]="text()"><div class="vx-select__trigger" tabindex="0" (click)="toggle()" (keydown.enter)="toggle()"><span class="vx-select__value">{{ text() }}</span><span class="vx-label">{{ label }}</span><i class="vx-icon-chevron"></i></div>@if (open()) {<ul class="vx-select__menu">@for (i of items(); track i.id) {<li class="vx-select__option" (click)="pick(i)">{{ i.text }}</li>}</ul>}</div>`
})(class extends SelectBase { label = ""; set list(v) { this.items.set(v ?? []) } })

const fields = `<div class="vx-field"><input class="vx-input" [id]="'rfc'" formControlName="rfc" placeholder=" " maxlength="13"><label class="vx-label" for="rfc">RFC*</label></div>
<div class="vx-field"><input class="vx-input" id="legalName" formControlName="legalName" placeholder=" "><label class="vx-label" for="legalName">Nombre o razón social*</label></div>
<div class="vx-field"><input class="vx-input" id="zip" formControlName="zip" placeholder=" " maxlength="5"><label class="vx-label" for="zip">Código postal*</label></div>
<vx-select formControlName="regime" label="Régimen fiscal*" [list]="regimes()"></vx-select><vx-select formControlName="use" label="Uso de CFDI*" [list]="uses()"></vx-select>
<div class="vx-field"><input class="vx-input" id="email" formControlName="email" placeholder=" "><label class="vx-label" for="email">Correo electrónico*</label></div>
<div class="vx-field"><input class="vx-input" id="email2" formControlName="email2" placeholder=" "><label class="vx-label" for="email2">Repite tu correo*</label></div>`

const App = Component({
  selector: "vx-root", imports: [ReactiveFormsModule, VxSelect],
  template: `<header class="vx-header"><span class="vx-logo">velarix</span><nav><a href="#">Reserva</a><a href="#">Tu viaje</a><a href="#">Check-in</a><a href="#">Facturación</a></nav></header>
<main class="vx-main"><ol class="vx-steps"><li [class.active]="step() === 1">Reservación</li><li [class.active]="step() === 2">Cargos</li><li [class.active]="step() === 3">Datos fiscales</li><li [class.active]="step() === 4">Factura</li></ol>
@if (error()) {<div class="vx-banner vx-banner--error" role="alert"><i class="vx-icon"></i><span>{{ error() }}</span></div>}
@switch (step()) {
@case (1) {<h1>Factura tu viaje</h1><form [formGroup]="search" (ngSubmit)="find()"><div class="vx-field"><input class="vx-input" id="pnr" formControlName="pnr" placeholder=" " maxlength="6"><label class="vx-label" for="pnr">Clave de reservación*</label></div><div class="vx-field"><input class="vx-input" id="lastName" formControlName="lastName" placeholder=" "><label class="vx-label" for="lastName">Apellido paterno*</label></div><button class="vx-btn" type="submit" [disabled]="search.invalid || busy()">Buscar</button></form><p class="vx-note">Tienes 30 días después de tu vuelo para facturar. Las compras a bordo se facturan por separado.</p>}
@case (2) {<h1>Reservación {{ found().pnr }}</h1><p>{{ found().route }}</p><table class="vx-table"><thead><tr><th></th><th>Cargo</th><th>Fecha</th><th>Importe</th><th>Estatus</th></tr></thead><tbody>@for (c of found().charges; track c.id) {<tr><td><label class="vx-check"><input type="checkbox" [disabled]="c.invoiced" [checked]="chosen().includes(c.id)" (change)="tick(c.id)"><span class="vx-check__box"></span></label></td><td>{{ c.name }}</td><td>{{ c.date }}</td><td>{{ c.amount }}</td><td><span class="vx-chip" [class.vx-chip--done]="c.invoiced">{{ c.invoiced ? 'Facturado' : 'Por facturar' }}</span></td></tr>}</tbody></table><button class="vx-btn vx-btn--ghost" (click)="step.set(1)">Regresar</button> <button class="vx-btn" [disabled]="chosen().length === 0" (click)="next()">Continuar</button>}
@case (3) {<h1>Datos fiscales</h1><form [formGroup]="fiscal" (ngSubmit)="asking.set(true)">${fields}@if (fiscal.errors?.emails && fiscal.controls.email2.touched) {<p class="vx-error">Los correos no son iguales.</p>}<label class="vx-check"><input type="checkbox" formControlName="terms"><span class="vx-check__box"></span> He leído el aviso de privacidad</label><button class="vx-btn vx-btn--ghost" type="button" (click)="step.set(2)">Regresar</button> <button class="vx-btn" type="submit" [disabled]="fiscal.invalid || busy()">Continuar</button></form>}
@case (4) {<h1>Tu factura está lista</h1><p>Folio fiscal<br><b>{{ done().uuid }}</b></p><div class="vx-files"><div class="vx-file" (click)="get('pdf')"><i class="vx-icon-file"></i> PDF</div><div class="vx-file" (click)="get('xml')"><i class="vx-icon-file"></i> XML</div></div>}
}
@if (asking()) {<div class="vx-modal"><div class="vx-modal__backdrop"></div><div class="vx-modal__card"><h2>Revisa tus datos</h2><p>{{ fiscal.value.rfc }}<br>{{ fiscal.value.legalName }}<br>C.P. {{ fiscal.value.zip }}</p><p>Después de emitida, la factura no se puede modificar.</p><button class="vx-btn vx-btn--ghost" (click)="asking.set(false)">Modificar</button> <button class="vx-btn" (click)="issue()">Emitir factura</button></div></div>}
@if (busy()) {<div class="vx-loader"><div class="vx-plane">✈</div></div>}</main>`
})(class {
  fb = inject(FormBuilder)
  step = signal(1); busy = signal(false); error = signal(""); found = signal(null); chosen = signal([]); regimes = signal([]); uses = signal([]); asking = signal(false); done = signal(null)
  search = this.fb.group({ pnr: ["", [Validators.required, Validators.pattern(/^[A-Za-z0-9]{6}$/)]], lastName: ["", Validators.required] })
  fiscal = this.fb.group({ rfc: ["", [Validators.required, Validators.pattern(/^[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}$/i)]], legalName: ["", Validators.required], zip: ["", [Validators.required, Validators.pattern(/^\d{5}$/)]], regime: [{ value: "", disabled: true }, Validators.required], use: [{ value: "", disabled: true }, Validators.required], email: ["", [Validators.required, Validators.email]], email2: ["", Validators.required], terms: [false, Validators.requiredTrue] }, { validators: (g) => (g.value.email === g.value.email2 ? null : { emails: true }) })
  constructor() {
    this.fiscal.controls.rfc.valueChanges.subscribe(async (v) => { const c = this.fiscal.controls; c.regime.reset({ value: "", disabled: true }); c.use.reset({ value: "", disabled: true }); if (c.rfc.valid) { this.regimes.set(await call("regimes", { rfc: v.toUpperCase() })); c.regime.enable() } })
    this.fiscal.controls.regime.valueChanges.subscribe(async (v) => { const c = this.fiscal.controls; c.use.reset({ value: "", disabled: true }); if (v) { this.uses.set(await call("uses", { rfc: c.rfc.value.toUpperCase(), regime: v })); c.use.enable() } })
  }
  async run(work) { this.error.set(""); this.busy.set(true); try { await work() } catch (e) { this.error.set(e.message); scrollTo(0, 0) } finally { this.busy.set(false) } }
  find() { this.run(async () => { this.found.set(await call("booking", this.search.value)); this.chosen.set([]); this.step.set(2) }) }
  tick(id) { this.chosen.set(this.chosen().includes(id) ? this.chosen().filter((o) => o !== id) : [...this.chosen(), id]) }
  next() { this.error.set(""); this.step.set(3) }
  issue() { this.asking.set(false); this.run(async () => { this.done.set(await call("issue", { ...this.fiscal.getRawValue(), charge: this.chosen()[0] })); this.step.set(4) }) }
  async get(kind) { const r = await fetch(`/invoicing-api/files/${this.done().uuid}.${kind}`); const a = document.createElement("a"); a.href = URL.createObjectURL(await r.blob()); a.download = `${this.done().uuid}.${kind}`; a.click() }
})
bootstrapApplication(App).catch((e) => console.error(e))

import * as compiler from "@angular/compiler"
import { Component, inject, provideZonelessChangeDetection, signal } from "@angular/core"
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from "@angular/forms"
import { MatButtonModule } from "@angular/material/button"
import { MatDialog, MatDialogModule, MAT_DIALOG_DATA } from "@angular/material/dialog"
import { MatFormFieldModule } from "@angular/material/form-field"
import { MatInputModule } from "@angular/material/input"
import { MatProgressBarModule } from "@angular/material/progress-bar"
import { MatRadioModule } from "@angular/material/radio"
import { MatSelectModule } from "@angular/material/select"
import { bootstrapApplication } from "@angular/platform-browser"

Object.assign(globalThis, { ngv: compiler.VERSION.full })

const api = async (path: string, body: object) => {
  const reply = await fetch(`/api-facturacion/${path}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) })
  return reply.json()
}

const text = (pattern?: RegExp) => new FormControl("", { nonNullable: true, validators: pattern ? [Validators.required, Validators.pattern(pattern)] : [Validators.required] })

const Notice = Component({
  selector: "app-notice",
  imports: [MatDialogModule, MatButtonModule],
  template: `<h2 mat-dialog-title>{{data.title}}</h2><mat-dialog-content><p>{{data.text}}</p></mat-dialog-content>
    <mat-dialog-actions align="end">@if (data.ask) {<button mat-button [mat-dialog-close]="false">Revisar</button>}<button mat-flat-button [mat-dialog-close]="true">{{data.ask ? 'Confirmar' : 'Aceptar'}}</button></mat-dialog-actions>`
})(class { data = inject(MAT_DIALOG_DATA) })

const App = Component({
  selector: "app-root",
  imports: [ReactiveFormsModule, MatFormFieldModule, MatInputModule, MatRadioModule, MatSelectModule, MatButtonModule, MatProgressBarModule, MatDialogModule],
  template: `<div class="top"><span class="logo">papirenka</span> <span>Factura electrónica</span></div>
  @if (busy()) {<mat-progress-bar mode="indeterminate"></mat-progress-bar>}
  @switch (step()) {
  @case (1) {<form class="box" [formGroup]="ticket" (ngSubmit)="validate()" novalidate autocomplete="off"><h3>GENERA TU FACTURA</h3>
    <mat-radio-group formControlName="typeOrder"><mat-radio-button value="T">Compra en tienda</mat-radio-button><mat-radio-button value="W">Compra en línea o por teléfono</mat-radio-button></mat-radio-group>
    @if (ticket.controls.typeOrder.value === 'W') {<mat-form-field><mat-label>NÚMERO DE PEDIDO</mat-label><input matInput formControlName="itu"></mat-form-field>}
    @if (ticket.controls.typeOrder.value === 'T') {<mat-form-field><mat-label>INGRESA EL ITU</mat-label><input matInput formControlName="itu" name="itu" maxlength="24"><mat-hint>Número que aparece bajo el código de barras</mat-hint><mat-error>ITU de 20 dígitos</mat-error></mat-form-field>}
    <mat-form-field><mat-label>INGRESA EL MONTO</mat-label><span matTextPrefix>$&nbsp;</span><input matInput formControlName="amount" name="amount" inputmode="decimal"><mat-error>Monto con dos decimales, sin comas</mat-error></mat-form-field>
    <button mat-flat-button type="submit" [disabled]="ticket.invalid || busy()">CONTINUAR</button></form>}
  @case (2) {<form class="box" [formGroup]="client" (ngSubmit)="confirm()" novalidate autocomplete="off"><h3>DATOS FISCALES</h3>
    <mat-form-field><mat-label>RFC</mat-label><input matInput formControlName="rfc" name="rfc" maxlength="13" (blur)="lists()" style="text-transform:uppercase"><mat-error>RFC no válido</mat-error></mat-form-field>
    @if (person() === 'F') {<mat-form-field><mat-label>NOMBRE(S)</mat-label><input matInput formControlName="name" name="name"></mat-form-field><mat-form-field><mat-label>APELLIDO PATERNO</mat-label><input matInput formControlName="paternalSurname" name="paternalSurname"></mat-form-field><mat-form-field><mat-label>APELLIDO MATERNO</mat-label><input matInput formControlName="maternalSurname" name="maternalSurname"></mat-form-field>}
    @if (person() === 'M') {<mat-form-field><mat-label>RAZÓN SOCIAL</mat-label><input matInput formControlName="businessName" name="businessName"></mat-form-field>}
    <mat-form-field><mat-label>CÓDIGO POSTAL</mat-label><input matInput formControlName="zipCode" name="zipCode" maxlength="5"></mat-form-field>
    <mat-form-field><mat-label>RÉGIMEN FISCAL</mat-label><mat-select formControlName="regimenFiscal">@for (r of regimes(); track r.id) {<mat-option [value]="r.id">{{r.text}}</mat-option>}</mat-select></mat-form-field>
    <mat-form-field><mat-label>USO DE CFDI</mat-label><mat-select formControlName="useCfdi">@for (u of uses(); track u.id) {<mat-option [value]="u.id">{{u.text}}</mat-option>}</mat-select></mat-form-field>
    <mat-form-field><mat-label>CORREO ELECTRÓNICO</mat-label><input matInput type="email" formControlName="email" name="email"></mat-form-field>
    <div><button mat-button type="button" (click)="step.set(1)">REGRESAR</button><button mat-flat-button type="submit" [disabled]="client.invalid || busy()">FACTURAR</button></div></form>}
  @case (3) {<div class="box"><h3>¡GRACIAS POR TU COMPRA!</h3><p>Enviamos los archivos PDF y XML de tu factura con serie y folio <b>{{folio()}}</b> al correo <b>{{sent()}}</b>. Si no los ves, revisa tu bandeja de spam.</p><button mat-stroked-button (click)="again()">NUEVA FACTURA</button></div>}
  }<p class="foot">Tienes el mes de tu compra y el siguiente para facturar. Papirenka de México, S.A. de C.V.</p>`
})(class {
  dialog = inject(MatDialog)
  step = signal(1)
  busy = signal(false)
  person = signal("")
  regimes = signal<Array<{ id: number; text: string }>>([])
  uses = signal<Array<{ id: number; text: string }>>([])
  folio = signal("")
  sent = signal("")
  ticket = new FormGroup({ typeOrder: text(), itu: text(/^[\d ]{8,24}$/), amount: text(/^\d+\.\d{2}$/) })
  client = new FormGroup({ rfc: text(/^[A-Za-z&Ññ]{3,4}\d{6}[A-Za-z\d]{3}$/), name: text(), paternalSurname: text(), maternalSurname: new FormControl("", { nonNullable: true }), businessName: text(), zipCode: text(/^\d{5}$/), regimenFiscal: new FormControl<number | null>(null, Validators.required), useCfdi: new FormControl<number | null>(null, Validators.required), email: new FormControl("", { nonNullable: true, validators: [Validators.required, Validators.email] }) })
  open(data: object) { return this.dialog.open(Notice, { data, width: "420px" }) }
  async ask(path: string, body: object) {
    this.busy.set(true)
    try { return await api(path, body) } finally { this.busy.set(false) }
  }
  async validate() {
    const reply = await this.ask("validateTicket", this.ticket.getRawValue())
    if (reply.code !== "OK") { this.open({ title: "Aviso", text: reply.message }); return }
    this.step.set(2)
  }
  async lists() {
    const { rfc } = this.client.controls
    if (rfc.invalid) return
    const reply = await api("catalogs", { rfc: rfc.value.toUpperCase() })
    this.regimes.set(reply.regimes)
    this.uses.set(reply.uses)
    this.person.set(rfc.value.length === 13 ? "F" : "M")
    const { businessName, maternalSurname, name, paternalSurname } = this.client.controls
    for (const c of [name, paternalSurname, maternalSurname]) this.person() === "F" ? c.enable() : c.disable()
    this.person() === "M" ? businessName.enable() : businessName.disable()
  }
  confirm() {
    const v = this.client.getRawValue()
    const who = this.person() === "F" ? `${v.name} ${v.paternalSurname} ${v.maternalSurname}` : v.businessName
    this.open({ ask: true, title: "Confirma tus datos", text: `La factura se emitirá a ${who.toUpperCase()} con RFC ${v.rfc.toUpperCase()} y C.P. ${v.zipCode}.` }).afterClosed().subscribe(async (yes) => {
      if (!yes) return
      const reply = await this.ask("emitInvoice", { ...v, ...this.ticket.getRawValue() })
      if (reply.code !== "OK") { this.open({ title: "Aviso", text: reply.message }); return }
      this.folio.set(reply.folio)
      this.sent.set(v.email)
      this.step.set(3)
    })
  }
  again() { location.reload() }
})

bootstrapApplication(App, { providers: [provideZonelessChangeDetection()] }).catch((error) => console.error(error))

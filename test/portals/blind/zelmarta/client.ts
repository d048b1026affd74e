import * as compiler from "@angular/compiler"
import { Component, inject, provideZonelessChangeDetection, signal } from "@angular/core"
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from "@angular/forms"
import { MatAutocompleteModule } from "@angular/material/autocomplete"
import { MatButtonModule } from "@angular/material/button"
import { MatCheckboxModule } from "@angular/material/checkbox"
import { MatDialog, MatDialogModule, MAT_DIALOG_DATA } from "@angular/material/dialog"
import { MatFormFieldModule } from "@angular/material/form-field"
import { MatInputModule } from "@angular/material/input"
import { MatSelectModule } from "@angular/material/select"
import { MatSnackBar, MatSnackBarModule } from "@angular/material/snack-bar"
import { MatStepperModule } from "@angular/material/stepper"
import { bootstrapApplication } from "@angular/platform-browser"

Object.assign(globalThis, { ngv: compiler.VERSION.full })

const api = async (path: string, body: object) => {
  const reply = await fetch(`/emision-cfdiweb/api/${path}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) })
  return reply.json()
}
const text = (pattern?: RegExp) => new FormControl("", { nonNullable: true, validators: pattern ? [Validators.required, Validators.pattern(pattern)] : [Validators.required] })

const Notice = Component({
  selector: "app-aviso",
  imports: [MatDialogModule, MatButtonModule],
  template: `<mat-dialog-content><p>{{data.text}}</p></mat-dialog-content><mat-dialog-actions align="center"><button mat-raised-button mat-dialog-close>{{data.button}}</button></mat-dialog-actions>`
})(class { data = inject(MAT_DIALOG_DATA) })

const App = Component({
  selector: "app-root",
  imports: [ReactiveFormsModule, MatFormFieldModule, MatInputModule, MatAutocompleteModule, MatCheckboxModule, MatSelectModule, MatButtonModule, MatStepperModule, MatDialogModule, MatSnackBarModule],
  template: `<header><img src="/assets/zelmarta.svg" alt="" width="160" height="40"></header>
  @if (folio()) {<section class="fin"><h2>Solicitud atendida</h2><p>Su factura se emitió con el número de transacción <strong>{{folio()}}</strong> y se mandó a {{mail()}}.</p></section>}
  @else {<section [formGroup]="form">
   @if (paso() === 1) {<h2>Identificación</h2>
    <mat-form-field><mat-label>R.F.C.</mat-label><input matInput id="clieRfc" formControlName="clieRfc" maxlength="13"></mat-form-field>
    <div class="cap"><img [src]="captcha()" width="200" height="60" alt="captcha"><button mat-icon-button type="button" (click)="renew()" aria-label="Otra imagen">↻</button></div>
    <mat-form-field><mat-label>Caracteres de la imagen</mat-label><input matInput name="captchaInput" formControlName="captchaInput" autocomplete="off" maxlength="5"></mat-form-field>
    <button mat-raised-button color="primary" type="button" [disabled]="form.controls.clieRfc.invalid || form.controls.captchaInput.invalid || busy()" (click)="search()">Buscar</button>}
   @if (paso() === 2) {<h2>Datos del cliente</h2><p>R.F.C.: <b>{{form.controls.clieRfc.value.toUpperCase()}}</b></p>
    <mat-form-field><mat-label>Nombre, denominación o razón social</mat-label><input matInput name="clieNom" formControlName="clieNom"></mat-form-field>
    <mat-form-field><mat-label>Código postal del domicilio fiscal</mat-label><input matInput name="clieCp" formControlName="clieCp" maxlength="5"></mat-form-field>
    <mat-form-field><mat-label>Régimen</mat-label><mat-select formControlName="clieReg">@for (r of regimenes(); track r) {<mat-option [value]="r">{{r}}</mat-option>}</mat-select></mat-form-field>
    <mat-form-field><mat-label>Correo</mat-label><input matInput name="clieMail" formControlName="clieMail"></mat-form-field>
    <button mat-button type="button" (click)="paso.set(1)">Anterior</button><button mat-raised-button color="primary" type="button" [disabled]="busy()" (click)="next()">Siguiente</button>}
   @if (paso() === 3) {<h2>Ticket de compra</h2>
    <mat-form-field><mat-label>Ticket</mat-label><input matInput id="ticket" formControlName="ticket" placeholder="22 dígitos" maxlength="22"></mat-form-field>
    <mat-form-field><mat-label>Uso del CFDI</mat-label><input matInput id="usoCfdi" formControlName="uso" [matAutocomplete]="auto"><mat-autocomplete #auto="matAutocomplete">@for (u of filtered(); track u) {<mat-option [value]="u">{{u}}</mat-option>}</mat-autocomplete></mat-form-field>
    <mat-checkbox formControlName="ieps">Desglosar IEPS</mat-checkbox><mat-checkbox formControlName="revista">Quiero recibir la revista Sabor Zelmarta</mat-checkbox><mat-checkbox formControlName="correcto">Manifiesto que mis datos son correctos</mat-checkbox>
    <button mat-button type="button" (click)="paso.set(2)">Anterior</button><button mat-raised-button color="primary" type="button" [disabled]="!form.controls.correcto.value || busy()" (click)="send()">Enviar</button>}
  </section>}<footer>Zelmarta Hipermercados. Facture dentro de los 30 días naturales a partir de su compra.</footer>`
})(class {
  dialog = inject(MatDialog)
  snack = inject(MatSnackBar)
  paso = signal(1)
  busy = signal(false)
  captcha = signal("")
  regimenes = signal<Array<string>>([])
  usos: Array<string> = []
  filtered = signal<Array<string>>([])
  folio = signal("")
  mail = signal("")
  form = new FormGroup({ clieRfc: text(/^[A-Za-z&Ññ]{3,4}\d{6}[A-Za-z\d]{3}$/), captchaInput: text(/^\w{5}$/), clieNom: text(), clieCp: text(/^\d{5}$/), clieReg: text(), clieMail: text(), ticket: text(/^\d{22}$/), uso: text(), ieps: new FormControl(false), revista: new FormControl(false), correcto: new FormControl(false) })
  constructor() {
    this.dialog.open(Notice, { disableClose: true, width: "440px", data: { button: "Enterado", text: "La factura se emite con los datos de su Constancia de Situación Fiscal vigente. Verifíquelos antes de continuar." } })
    this.renew(true)
    this.form.controls.uso.valueChanges.subscribe((v) => this.filtered.set(this.usos.filter((u) => u.toLowerCase().includes(v.toLowerCase()))))
  }
  async renew(keep = false) { this.captcha.set((await api("captcha", { nueva: keep ? "" : "si" })).imagen) }
  async ask(path: string) {
    this.busy.set(true)
    try { return await api(path, this.form.getRawValue()) } finally { this.busy.set(false) }
  }
  async search() {
    const r = await this.ask("cliente")
    if (r.error) { this.snack.open(r.error, "OK", { duration: 8000 }); this.form.controls.captchaInput.setValue(""); this.renew(true); return }
    this.regimenes.set(r.regimenes)
    this.usos = r.usos
    this.filtered.set(r.usos)
    this.paso.set(2)
  }
  async next() {
    const r = await this.ask("receptor")
    if (r.error) { this.snack.open(r.error, "OK", { duration: 8000 }); return }
    this.paso.set(3)
  }
  async send() {
    const r = await this.ask("emitir")
    if (r.error) { this.dialog.open(Notice, { width: "440px", data: { button: "Cerrar", text: r.error } }); return }
    this.mail.set(this.form.controls.clieMail.value)
    this.folio.set(r.transaccion)
  }
})

bootstrapApplication(App, { providers: [provideZonelessChangeDetection()] }).catch((error) => console.error(error))

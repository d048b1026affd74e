import "@angular/compiler"
import { Component, inject, provideZonelessChangeDetection, signal } from "@angular/core"
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from "@angular/forms"
import { MatButtonModule } from "@angular/material/button"
import { MatCardModule } from "@angular/material/card"
import { MatCheckboxModule } from "@angular/material/checkbox"
import { MAT_DIALOG_DATA, MatDialog, MatDialogModule } from "@angular/material/dialog"
import { MatFormFieldModule } from "@angular/material/form-field"
import { MatInputModule } from "@angular/material/input"
import { MatRadioModule } from "@angular/material/radio"
import { MatSelectModule } from "@angular/material/select"
import { MatSnackBar, MatSnackBarModule } from "@angular/material/snack-bar"
import { MatToolbarModule } from "@angular/material/toolbar"
import { bootstrapApplication } from "@angular/platform-browser"

const post = async (path: string, body: object) => {
  const response = await fetch(`/api/${path}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) })
  return (await response.json()) as Record<string, any>
}

@Component({
  selector: "app-confirm",
  imports: [MatDialogModule, MatButtonModule],
  template: `<h2 mat-dialog-title>Verifica tu información</h2><mat-dialog-content><p>RFC: <b>{{ data.rfc }}</b></p><p>Nombre: <b>{{ data.name }}</b></p><p>Código postal: <b>{{ data.zipCode }}</b></p><p>Correo: <b>{{ data.email }}</b></p><p>Total: <b>{{ data.total }}</b></p></mat-dialog-content><mat-dialog-actions align="end"><button mat-button [mat-dialog-close]="false">Editar</button><button mat-flat-button color="warn" [mat-dialog-close]="true">Generar factura</button></mat-dialog-actions>`
})
class Confirm {
  readonly data = inject<Record<string, string>>(MAT_DIALOG_DATA)
}

const text = (...rules: Array<any>) => new FormControl("", { nonNullable: true, validators: [Validators.required, ...rules] })

@Component({
  selector: "app-root",
  imports: [ReactiveFormsModule, MatButtonModule, MatCardModule, MatCheckboxModule, MatDialogModule, MatFormFieldModule, MatInputModule, MatRadioModule, MatSelectModule, MatSnackBarModule, MatToolbarModule],
  template: `
<mat-toolbar class="roja"><b>El Tintero</b>&nbsp;papelería y oficina<span style="flex:1"></span>
<a mat-button (click)="ruta('inicio')">Inicio</a><a mat-button (click)="ruta('generaF')">Genera tu factura</a><a mat-button (click)="ruta('reenvio')">Reenvío</a></mat-toolbar>
<div class="centro">
@switch (vista()) {
@case ('inicio') { <h1>Facturación electrónica</h1><div class="tarjetas"><mat-card (click)="ruta('generaF')" class="liga"><mat-card-content><h3>GENERA TU FACTURA</h3><p>Ten a la mano tu ticket</p></mat-card-content></mat-card><mat-card class="liga" (click)="ruta('reenvio')"><mat-card-content><h3>REENVÍO DE FACTURA</h3><p>Recibe otra vez tus archivos</p></mat-card-content></mat-card></div> }
@case ('reenvio') { <h2>Reenvío de factura</h2><p>Escribe a facturacion&#64;eltintero.example con tu ITU y tu RFC.</p> }
@case ('generaF') {
<mat-card><mat-card-content>
<h3>Datos de la compra</h3>
<form [formGroup]="compra" (ngSubmit)="valida()">
<p><mat-radio-group formControlName="typeOrder"><mat-radio-button value="1">Compra en tienda</mat-radio-button><mat-radio-button value="2">Compra en línea o por teléfono</mat-radio-button></mat-radio-group></p>
@if (compra.controls.typeOrder.value === '1') {
<mat-form-field class="w"><mat-label>ITU</mat-label><input matInput name="itu" formControlName="itu" maxlength="20" (input)="soloNumeros()"><mat-hint>Identificador Único de Ticket (20 números)</mat-hint></mat-form-field>
<mat-form-field class="w"><mat-label>INGRESA EL MONTO</mat-label><span matTextPrefix>$&nbsp;</span><input matInput formControlName="amount" placeholder="0.00"></mat-form-field> }
@if (compra.controls.typeOrder.value === '2') {
<mat-form-field class="w"><mat-label>Número de pedido</mat-label><input matInput name="order" formControlName="order"></mat-form-field>
<mat-form-field class="w"><mat-label>INGRESA EL MONTO</mat-label><input matInput formControlName="amount"></mat-form-field> }
@if (!listo()) { <button mat-flat-button color="warn" [disabled]="!compra.controls.typeOrder.value || !compra.controls.amount.value">Continuar</button> }
</form>
@if (listo()) {
<h3>Datos fiscales</h3>
<form [formGroup]="fiscal" (ngSubmit)="confirma()">
<mat-form-field class="w"><mat-label>RFC</mat-label><input matInput name="rfc" formControlName="rfc" maxlength="13" style="text-transform:uppercase" (blur)="persona()"></mat-form-field>
@if (tipo() === 'F') {
<mat-form-field class="w"><mat-label>Nombre(s)</mat-label><input matInput name="name" formControlName="name"></mat-form-field>
<mat-form-field class="m"><mat-label>Apellido paterno</mat-label><input matInput name="paternalSurname" formControlName="paternalSurname"></mat-form-field>
<mat-form-field class="m"><mat-label>Apellido materno</mat-label><input matInput name="maternalSurname" formControlName="maternalSurname"></mat-form-field> }
@if (tipo() === 'M') { <mat-form-field class="w"><mat-label>Razón social</mat-label><input matInput name="businessName" formControlName="businessName"></mat-form-field> }
<mat-form-field class="m"><mat-label>Código postal</mat-label><input matInput name="zipCode" formControlName="zipCode" maxlength="5"></mat-form-field>
<mat-form-field class="m"><mat-label>Régimen fiscal</mat-label><mat-select name="regimenFiscal" formControlName="regimenFiscal" (selectionChange)="carga('usos')">@for (o of regimenes(); track o.v) { <mat-option [value]="o.v">{{ o.t }}</mat-option> }</mat-select></mat-form-field>
<mat-form-field class="w"><mat-label>Uso de CFDI</mat-label><mat-select name="useCfdi" formControlName="useCfdi">@for (o of usos(); track o.v) { <mat-option [value]="o.v">{{ o.t }}</mat-option> }</mat-select></mat-form-field>
<mat-form-field class="w"><mat-label>Correo electrónico</mat-label><input matInput name="email" formControlName="email" type="email"><mat-error>Correo inválido</mat-error></mat-form-field>
<p><mat-checkbox formControlName="privacy">Acepto los <a href="javascript:void(0)" (click)="terminos($event)">términos y el aviso de privacidad</a></mat-checkbox></p>
<button mat-stroked-button type="button" (click)="limpia()">Limpiar</button> <button mat-flat-button color="warn" [disabled]="fiscal.controls.rfc.invalid || fiscal.controls.email.invalid || !fiscal.controls.useCfdi.value || !fiscal.controls.privacy.value || enviando()">Generar factura</button>
</form> }
</mat-card-content></mat-card> }
@case ('listo') { <mat-card><mat-card-content><h2>¡Listo!</h2><p>Tu factura {{ folio() }} quedó emitida y va en camino a <b>{{ fiscal.controls.email.value }}</b>.</p><button mat-button (click)="recarga()">Facturar otra compra</button></mat-card-content></mat-card> }
}</div>`
})
class App {
  private readonly dialog = inject(MatDialog)
  private readonly snack = inject(MatSnackBar)
  readonly vista = signal(location.hash.slice(2) || "inicio")
  readonly listo = signal(false)
  readonly enviando = signal(false)
  readonly tipo = signal("")
  readonly folio = signal("")
  readonly regimenes = signal<Array<{ v: string; t: string }>>([])
  readonly usos = signal<Array<{ v: string; t: string }>>([])
  readonly compra = new FormGroup({ typeOrder: text(), itu: text(), order: text(), amount: text() })
  readonly fiscal = new FormGroup({ rfc: text(Validators.pattern(/^[A-Za-zÑñ&]{3,4}\d{6}[A-Za-z0-9]{3}$/)), name: text(), paternalSurname: text(), maternalSurname: new FormControl("", { nonNullable: true }), businessName: text(), zipCode: text(), regimenFiscal: text(), useCfdi: text(), email: text(Validators.email), privacy: new FormControl(false, { nonNullable: true }) })
  ruta(v: string) {
    location.hash = `#/${v}`
    this.vista.set(v)
  }
  soloNumeros() {
    const { itu } = this.compra.controls
    itu.setValue(itu.value.replace(/\D/g, ""))
  }
  private aviso(message: string) {
    this.snack.open(message, "Cerrar", { duration: 9000 })
  }
  async valida() {
    const r = await post("validateTicket", this.compra.value)
    if (r["message"]) return this.aviso(r["message"])
    this.compra.disable()
    this.listo.set(true)
  }
  async persona() {
    const rfc = this.fiscal.controls.rfc.value.trim().toUpperCase()
    this.fiscal.controls.rfc.setValue(rfc)
    const tipo = rfc.length === 13 ? "F" : rfc.length === 12 ? "M" : ""
    if (tipo === this.tipo()) return
    this.tipo.set(tipo)
    this.fiscal.controls.regimenFiscal.setValue("")
    this.fiscal.controls.useCfdi.setValue("")
    if (tipo) await this.carga("regimenes")
  }
  async carga(que: "regimenes" | "usos") {
    const r = await post(`catalog/${que}`, { rfc: this.fiscal.controls.rfc.value, regimenFiscal: this.fiscal.controls.regimenFiscal.value })
    this[que].set(r["list"])
  }
  terminos(event: Event) {
    event.preventDefault()
    event.stopPropagation()
    this.aviso("Consulta los términos en tu tienda El Tintero más cercana.")
  }
  limpia() {
    this.fiscal.reset()
    this.tipo.set("")
  }
  confirma() {
    const f = this.fiscal.getRawValue()
    const name = this.tipo() === "M" ? f.businessName : `${f.name} ${f.paternalSurname} ${f.maternalSurname}`
    this.dialog
      .open(Confirm, { data: { ...f, name, total: `$${this.compra.getRawValue().amount}` } })
      .afterClosed()
      .subscribe(async (yes) => {
        if (!yes) return
        this.enviando.set(true)
        const r = await post("emitInvoice", { ...this.compra.getRawValue(), ...f })
        this.enviando.set(false)
        if (r["message"]) return this.aviso(r["message"])
        this.folio.set(r["folio"])
        this.vista.set("listo")
      })
  }
  recarga() {
    location.href = "/"
  }
}

void bootstrapApplication(App, { providers: [provideZonelessChangeDetection()] })

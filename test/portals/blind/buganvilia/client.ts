import "@angular/compiler"
import { Component, inject, provideZonelessChangeDetection, signal } from "@angular/core"
import { FormsModule } from "@angular/forms"
import { MatButtonModule } from "@angular/material/button"
import { MatCardModule } from "@angular/material/card"
import { MatCheckboxModule } from "@angular/material/checkbox"
import { MatDialog, MatDialogModule } from "@angular/material/dialog"
import { MatFormFieldModule } from "@angular/material/form-field"
import { MatInputModule } from "@angular/material/input"
import { MatProgressSpinnerModule } from "@angular/material/progress-spinner"
import { MatSelectModule } from "@angular/material/select"
import { MatToolbarModule } from "@angular/material/toolbar"
import { bootstrapApplication } from "@angular/platform-browser"

@Component({
  selector: "app-aviso",
  imports: [MatDialogModule, MatButtonModule],
  template: `<h2 mat-dialog-title>Aviso importante</h2><mat-dialog-content><p>A partir de la versión 4.0 del CFDI es indispensable que su nombre y código postal coincidan con los de su Constancia de Situación Fiscal.</p><p>Sólo se facturan tickets del mes en curso.</p></mat-dialog-content><mat-dialog-actions align="end"><button mat-flat-button color="primary" mat-dialog-close>Enterado</button></mat-dialog-actions>`
})
class Aviso {}

const send = async (path: string, body: object) => {
  const response = await fetch(`/emision-cfdiwebangular/api/${path}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) })
  return (await response.json()) as Record<string, any>
}

@Component({
  selector: "app-root",
  imports: [FormsModule, MatButtonModule, MatCardModule, MatCheckboxModule, MatFormFieldModule, MatInputModule, MatProgressSpinnerModule, MatSelectModule, MatToolbarModule],
  template: `
<mat-toolbar color="primary"><span>Almacenes La Jacaranda</span><span style="flex:1"></span><a mat-button href="#/jacaranda">Emisión de CFDI</a><a mat-button href="#/consulta">Consulta</a></mat-toolbar>
<div class="centro">
@if (cargando()) { <div class="velo"><mat-spinner diameter="50"></mat-spinner></div> }
@if (paso() === 1) {
<mat-card><mat-card-header><mat-card-title>Identificación del cliente</mat-card-title></mat-card-header><mat-card-content>
<form #f1="ngForm" (ngSubmit)="buscar()">
<mat-form-field appearance="outline" class="w"><mat-label>RFC</mat-label><input matInput id="clieRfc" name="clieRfc" maxlength="13" [(ngModel)]="clieRfc" required (input)="clieRfc = clieRfc.toUpperCase()"><mat-error>El RFC es requerido</mat-error></mat-form-field>
<div class="captcha"><img [src]="'/emision-cfdiwebangular/api/captcha?' + vez()" width="200" height="60" alt="captcha"><button mat-icon-button type="button" aria-label="Refrescar" (click)="refrescar()">&#x21bb;</button></div>
<mat-form-field appearance="outline" class="w"><mat-label>Ingrese el texto de la imagen</mat-label><input matInput name="captchaInput" autocomplete="off" [(ngModel)]="captcha" required></mat-form-field>
@if (error()) { <p class="error">{{ error() }}</p> }
<button mat-flat-button color="primary" type="submit" [disabled]="!f1.valid">Buscar</button></form></mat-card-content></mat-card>
}
@if (paso() === 2) {
<mat-card><mat-card-header><mat-card-title>Datos del cliente</mat-card-title></mat-card-header><mat-card-content>
<p>{{ clieRfc }} &mdash; Correo registrado: <b>{{ correo() }}</b><br>Régimen: {{ regimen() }}</p>
<form #f2="ngForm" (ngSubmit)="siguiente()">
<mat-form-field appearance="outline" class="w"><mat-label>Nombre o Razón Social</mat-label><input matInput name="clieNom" [(ngModel)]="clieNom" required><mat-hint>Como aparece en su constancia, sin régimen de capital</mat-hint></mat-form-field>
<mat-form-field appearance="outline" class="w"><mat-label>Código Postal</mat-label><input matInput name="clieCp" maxlength="5" pattern="[0-9]{5}" [(ngModel)]="clieCp" required></mat-form-field>
@if (error()) { <p class="error">{{ error() }}</p> }
<button mat-button type="button" (click)="paso.set(1)">Regresar</button> <button mat-flat-button color="primary" type="submit" [disabled]="!f2.valid">Siguiente</button></form></mat-card-content></mat-card>
}
@if (paso() === 3) {
<mat-card><mat-card-header><mat-card-title>Datos de la compra</mat-card-title></mat-card-header><mat-card-content>
<form #f3="ngForm" (ngSubmit)="enviar()">
<mat-form-field appearance="outline" class="w"><mat-label>Número de ticket</mat-label><input matInput id="ticket" name="ticket" maxlength="21" [(ngModel)]="ticket" required><mat-hint>21 dígitos que aparecen bajo el código de barras</mat-hint></mat-form-field>
<mat-form-field appearance="outline" class="w"><mat-label>Uso de CFDI</mat-label><mat-select id="usoCfdi" name="usoCfdi" [(ngModel)]="uso" required>@for (u of usos(); track u.id) { <mat-option [value]="u.id">{{ u.texto }}</mat-option> }</mat-select></mat-form-field>
<div><mat-checkbox name="datos" [(ngModel)]="datos" required>Confirmo que mis datos fiscales son correctos</mat-checkbox></div>
<div><mat-checkbox name="promos" [(ngModel)]="promos">Quiero recibir el folleto de ofertas</mat-checkbox></div>
<div><mat-checkbox name="aviso" [(ngModel)]="aviso" required>He leído el aviso de privacidad</mat-checkbox></div>
@if (error()) { <p class="error">{{ error() }}</p> }
<button mat-flat-button color="primary" type="submit" [disabled]="!f3.valid || !datos || !aviso">Enviar</button></form></mat-card-content></mat-card>
}
@if (paso() === 4) { <mat-card><mat-card-content><h3>Solicitud atendida</h3><p>Su compra fue facturada con el número de transacción <b>{{ transaccion() }}</b>. El comprobante llegará al correo {{ correo() }}.</p><button mat-button (click)="otra()">Facturar otro ticket</button></mat-card-content></mat-card> }
</div>`
})
class App {
  readonly paso = signal(1)
  readonly cargando = signal(false)
  readonly error = signal("")
  readonly vez = signal(0)
  readonly correo = signal("")
  readonly regimen = signal("")
  readonly transaccion = signal("")
  readonly usos = signal<Array<{ id: number; texto: string }>>([])
  clieRfc = ""
  captcha = ""
  clieNom = ""
  clieCp = ""
  ticket = ""
  uso: number | null = null
  datos = false
  promos = false
  aviso = false
  constructor() {
    if (!location.hash) location.hash = "#/jacaranda"
    inject(MatDialog).open(Aviso, { disableClose: true, width: "480px" })
  }
  async refrescar() {
    await send("captcha/nuevo", {})
    this.vez.set(Date.now())
  }
  private async pide(path: string, body: object) {
    this.error.set("")
    this.cargando.set(true)
    const answer = await send(path, body)
    this.cargando.set(false)
    if (answer["mensaje"]) this.error.set(answer["mensaje"])
    return answer
  }
  async buscar() {
    const r = await this.pide("cliente", { clieRfc: this.clieRfc, captcha: this.captcha })
    if (r["mensaje"]) {
      this.captcha = ""
      this.vez.set(Date.now())
      return
    }
    this.correo.set(r["correo"])
    this.regimen.set(r["regimen"])
    this.usos.set(r["usos"])
    this.paso.set(2)
  }
  async siguiente() {
    const r = await this.pide("datos", { clieNom: this.clieNom, clieCp: this.clieCp })
    if (!r["mensaje"]) this.paso.set(3)
  }
  async enviar() {
    const r = await this.pide("emitir", { ticket: this.ticket, usoCfdi: this.uso, datos: this.datos, aviso: this.aviso })
    if (r["mensaje"]) return
    this.transaccion.set(r["transaccion"])
    this.paso.set(4)
  }
  otra() {
    location.reload()
  }
}

void bootstrapApplication(App, { providers: [provideZonelessChangeDetection()] })

import "@angular/compiler"
import { Component, inject, provideZonelessChangeDetection, signal } from "@angular/core"
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from "@angular/forms"
import { MatButtonModule } from "@angular/material/button"
import { MatCardModule } from "@angular/material/card"
import { MAT_DIALOG_DATA, MatDialog, MatDialogModule } from "@angular/material/dialog"
import { MatFormFieldModule } from "@angular/material/form-field"
import { MatInputModule } from "@angular/material/input"
import { MatSelectModule } from "@angular/material/select"
import { bootstrapApplication } from "@angular/platform-browser"

const post = async (path: string, body: unknown) =>
  (await fetch(`api/${path}`, { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } })).json()

const save = (base64: string, type: string, name: string) => {
  const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))
  const link = document.createElement("a")
  link.href = URL.createObjectURL(new Blob([bytes], { type }))
  link.download = name
  document.body.appendChild(link)
  link.click()
  link.remove()
}

const Confirm = Component({
  selector: "app-confirmar",
  imports: [MatDialogModule, MatButtonModule],
  template: `<h2 mat-dialog-title>Verifica tu información</h2>
<mat-dialog-content><p>Una vez generado el comprobante no podrá modificarse.</p>
<p><strong>RFC:</strong> {{data.rfc}}</p><p><strong>Nombre:</strong> {{data.nombre}}</p><p><strong>C.P.:</strong> {{data.codigoPostal}}</p>
<p><strong>Régimen:</strong> {{data.regimenTexto}}</p><p><strong>Uso:</strong> {{data.usoTexto}}</p><p><strong>Correo:</strong> {{data.correo}}</p></mat-dialog-content>
<mat-dialog-actions align="end"><button mat-button mat-dialog-close>Regresar</button><button mat-flat-button [mat-dialog-close]="true">Aceptar</button></mat-dialog-actions>`
})(class { data = inject(MAT_DIALOG_DATA) } as never)

const Message = Component({
  selector: "app-mensaje",
  imports: [MatDialogModule, MatButtonModule],
  template: `<h2 mat-dialog-title>Aviso</h2><mat-dialog-content>{{data}}</mat-dialog-content>
<mat-dialog-actions align="end"><button mat-flat-button mat-dialog-close>Cerrar</button></mat-dialog-actions>`
})(class { data = inject(MAT_DIALOG_DATA) } as never)

const Resend = Component({
  selector: "app-reenviar-factura",
  imports: [MatDialogModule, MatButtonModule],
  template: `<h2 mat-dialog-title>Reenviar factura</h2><mat-dialog-content>
<p>Este ticket cuenta con una factura emitida el {{data.fecha}} a nombre del RFC {{data.rfc}}.</p>
@if (data.propio) {<p>Folio fiscal: {{data.uuid}}</p><p>Puedes descargarla o solicitar el reenvío a {{data.correo}}.</p>}
@else {<p>Si no reconoces esta operación acude a tu tienda.</p>}
@if (sent()) {<p role="status">Factura reenviada.</p>}</mat-dialog-content>
<mat-dialog-actions align="end">@if (data.propio) {<button mat-button (click)="get('pdf')">Descargar PDF</button><button mat-button (click)="get('xml')">Descargar XML</button>
<button mat-button (click)="send()">Reenviar a correo</button>}<button mat-flat-button mat-dialog-close>Cerrar</button></mat-dialog-actions>`
})(class {
  data = inject(MAT_DIALOG_DATA)
  sent = signal(false)
  async get(kind: "pdf" | "xml") {
    const files = await post("factura/recuperar", { uuid: this.data.uuid })
    save(files[kind], kind === "xml" ? "text/xml" : "application/pdf", `${files.nombre}.${kind}`)
  }
  async send() {
    await post("factura/reenviar", { uuid: this.data.uuid })
    this.sent.set(true)
  }
} as never)

const Root = Component({
  selector: "app-root",
  imports: [ReactiveFormsModule, MatFormFieldModule, MatInputModule, MatSelectModule, MatButtonModule, MatCardModule],
  template: `<div class="hdr"><b>TLAPANACO</b><span>Facturación Web</span><a href="#/portalweb">Facturar</a><a href="#/consulta">Consulta tu factura</a></div>
@if (busy()) {<div class="veil"><span>Procesando, espera un momento...</span></div>}
<div class="wrap"><mat-card appearance="outlined"><mat-card-header><mat-card-title>Genera tu factura</mat-card-title></mat-card-header><mat-card-content>
@switch (step()) {
@case (1) {<p>Ingresa tu RFC y el número que aparece debajo del código de barras de tu ticket.</p>
<form [formGroup]="sale" (ngSubmit)="validate()" autocomplete="off"><div class="grid">
<mat-form-field><mat-label>RFC</mat-label><input matInput id="rfc" formControlName="rfc" maxlength="13" (input)="upper()">@if (sale.controls.rfc.touched && sale.controls.rfc.invalid) {<mat-error>RFC inválido</mat-error>}</mat-form-field>
<mat-form-field><mat-label>Número de ticket</mat-label><input matInput id="ticket" formControlName="ticket" maxlength="23" inputmode="numeric"><mat-hint align="end">23 dígitos</mat-hint>@if (sale.controls.ticket.touched && sale.controls.ticket.invalid) {<mat-error>El ticket debe tener 23 dígitos</mat-error>}</mat-form-field></div>
<button mat-flat-button type="submit" [disabled]="sale.invalid">Continuar</button></form>}
@case (2) {<p>Ticket {{ticket().ticket}} &nbsp; Fecha {{ticket().fecha}} &nbsp; Total $ {{ticket().total}}</p>
<form [formGroup]="buyer" (ngSubmit)="confirm()" autocomplete="off"><div class="grid">
<mat-form-field><mat-label>RFC</mat-label><input matInput [value]="sale.value.rfc" readonly></mat-form-field>
<mat-form-field><mat-label>Nombre o razón social</mat-label><input matInput id="nombre" formControlName="nombre"><mat-hint>Sin régimen de capital</mat-hint></mat-form-field>
<mat-form-field><mat-label>Código postal</mat-label><input matInput id="codigoPostal" formControlName="codigoPostal" maxlength="5"></mat-form-field>
<mat-form-field><mat-label>Régimen fiscal</mat-label><mat-select id="regimenFiscal" formControlName="regimenFiscal" (selectionChange)="loadUses($event.value)">@for (r of regimes(); track r.clave) {<mat-option [value]="r.clave">{{r.clave}} {{r.descripcion}}</mat-option>}</mat-select></mat-form-field>
<mat-form-field><mat-label>Uso de CFDI</mat-label><mat-select id="usoCfdi" formControlName="usoCfdi">@for (u of uses(); track u.clave) {<mat-option [value]="u.clave">{{u.clave}} {{u.descripcion}}</mat-option>}</mat-select></mat-form-field>
<mat-form-field><mat-label>Correo electrónico</mat-label><input matInput id="correo" type="email" formControlName="correo"></mat-form-field></div>
@if (error()) {<div class="err" role="alert">{{error()}}</div>}
<button mat-button type="button" (click)="step.set(1)">Cancelar</button> <button mat-flat-button type="submit" [disabled]="buyer.invalid">Continuar</button></form>}
@case (3) {<h3>¡Listo! Tu comprobante fue timbrado</h3><p>Folio fiscal: {{done().uuid}}</p><p>También lo enviamos a {{buyer.value.correo}}.</p>
<button mat-stroked-button (click)="get('pdf')">PDF</button> <button mat-stroked-button (click)="get('xml')">XML</button> <button mat-button (click)="restart()">Facturar otro ticket</button>}}
</mat-card-content></mat-card></div><footer>Puedes facturar tu compra hasta 60 días después de realizada. Consulta nuestro <a href="aviso">Aviso de privacidad</a>. ¿Ya tienes tu factura? Puedes reenviar o descargar desde Consulta tu factura.</footer>`
})(class {
  dialog = inject(MatDialog)
  step = signal(1)
  busy = signal(false)
  error = signal("")
  ticket = signal<Record<string, string>>({})
  done = signal<Record<string, string>>({})
  regimes = signal<Array<Record<string, string>>>([])
  uses = signal<Array<Record<string, string>>>([])
  sale = new FormGroup({
    rfc: new FormControl("", [Validators.required, Validators.pattern(/^[A-Za-z&Ññ]{3,4}\d{6}[A-Za-z0-9]{3}$/)]),
    ticket: new FormControl("", [Validators.required, Validators.pattern(/^\d{23}$/)])
  })
  buyer = new FormGroup({
    nombre: new FormControl("", Validators.required),
    codigoPostal: new FormControl("", [Validators.required, Validators.pattern(/^\d{5}$/)]),
    regimenFiscal: new FormControl("", Validators.required),
    usoCfdi: new FormControl({ value: "", disabled: true }, Validators.required),
    correo: new FormControl("", [Validators.required, Validators.email])
  })
  upper() {
    const { rfc } = this.sale.controls
    if (rfc.value !== rfc.value?.toUpperCase()) rfc.setValue(rfc.value?.toUpperCase() ?? "")
  }
  async validate() {
    this.busy.set(true)
    const answer = await post("ticket/validar", this.sale.value)
    this.busy.set(false)
    if (answer.codigo === 3) return void this.dialog.open(Resend as never, { data: answer, disableClose: true })
    if (answer.codigo !== 0) return void this.dialog.open(Message as never, { data: answer.mensaje })
    this.ticket.set(answer)
    this.buyer.reset()
    this.error.set("")
    this.step.set(2)
    this.regimes.set(await (await fetch(`api/catalogos/regimenFiscal?rfc=${encodeURIComponent(this.sale.value.rfc ?? "")}`)).json())
  }
  async loadUses(regimen: string) {
    this.buyer.controls.usoCfdi.reset()
    this.uses.set(await (await fetch(`api/catalogos/usoCfdi?regimen=${regimen}&rfc=${encodeURIComponent(this.sale.value.rfc ?? "")}`)).json())
    this.buyer.controls.usoCfdi.enable()
  }
  confirm() {
    const text = (list: Array<Record<string, string>>, key: string | null | undefined) => {
      const found = list.find(({ clave }) => clave === key)
      return `${found?.["clave"]} ${found?.["descripcion"]}`
    }
    const data = { rfc: this.sale.value.rfc, ...this.buyer.value, regimenTexto: text(this.regimes(), this.buyer.value.regimenFiscal), usoTexto: text(this.uses(), this.buyer.value.usoCfdi) }
    this.dialog.open(Confirm as never, { data, disableClose: true }).afterClosed().subscribe(async (yes: unknown) => {
      if (yes !== true) return
      this.busy.set(true)
      this.error.set("")
      const answer = await post("factura/timbrar", { ...this.buyer.value, rfc: this.sale.value.rfc })
      this.busy.set(false)
      if (answer.codigo !== 0) return this.error.set(answer.mensaje)
      this.done.set(answer)
      this.step.set(3)
    })
  }
  get(kind: "pdf" | "xml") {
    const files = this.done()
    save(files[kind] ?? "", kind === "xml" ? "text/xml" : "application/pdf", `${files["nombre"]}.${kind}`)
  }
  restart() {
    this.sale.reset()
    this.step.set(1)
  }
} as never)

if (location.hash === "") location.hash = "#/portalweb"
bootstrapApplication(Root as never, { providers: [provideZonelessChangeDetection()] })

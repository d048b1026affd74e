import "@angular/compiler"
import { Component, inject, provideZonelessChangeDetection, signal } from "@angular/core"
import { FormBuilder, ReactiveFormsModule, Validators } from "@angular/forms"
import { MatAutocompleteModule } from "@angular/material/autocomplete"
import { MatButtonModule } from "@angular/material/button"
import { MatCheckboxModule } from "@angular/material/checkbox"
import {
  DateAdapter,
  MAT_DATE_FORMATS,
  MAT_DATE_LOCALE,
  MAT_NATIVE_DATE_FORMATS,
  NativeDateAdapter
} from "@angular/material/core"
import { MatDatepickerModule } from "@angular/material/datepicker"
import { MAT_DIALOG_DATA, MatDialog, MatDialogModule } from "@angular/material/dialog"
import { MatInputModule } from "@angular/material/input"
import { MatProgressBarModule } from "@angular/material/progress-bar"
import { MatSelectModule } from "@angular/material/select"
import { MatSnackBar } from "@angular/material/snack-bar"
import { MatStepperModule } from "@angular/material/stepper"
import { MatTabsModule } from "@angular/material/tabs"
import { bootstrapApplication } from "@angular/platform-browser"
import template from "./app.html" with { type: "text" }

class FechasMexico extends NativeDateAdapter {
  parse(valor) {
    const partes = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(valor ?? "")
    return partes ? new Date(Number(partes[3]), Number(partes[2]) - 1, Number(partes[1])) : null
  }
}

const enviar = async (ruta, datos) => {
  const respuesta = await fetch(ruta, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(datos)
  })
  return respuesta.json()
}

const pedir = (ruta) => fetch(ruta).then((respuesta) => respuesta.json())

const iso = (fecha) =>
  [fecha.getFullYear(), fecha.getMonth() + 1, fecha.getDate()].map((n) => String(n).padStart(2, "0")).join("-")

class Aviso {
  mensaje = inject(MAT_DIALOG_DATA)
}
Component({
  selector: "enc-aviso",
  imports: [MatDialogModule, MatButtonModule],
  template: `<h2 mat-dialog-title>No fue posible timbrar</h2><mat-dialog-content>{{ mensaje }}</mat-dialog-content>
    <mat-dialog-actions align="end"><button mat-button mat-dialog-close>Cerrar</button></mat-dialog-actions>`
})(Aviso)

class Facturacion {
  fb = inject(FormBuilder)
  barra = inject(MatSnackBar)
  dialogo = inject(MatDialog)
  sucursales = signal([])
  visibles = signal([])
  regimenes = signal([])
  usos = signal([])
  ocupado = signal(false)
  ventaValida = signal(false)
  cfdi = signal(null)
  hoy = new Date()
  venta = this.fb.group({
    storeKey: ["", Validators.required],
    reservationId: ["", [Validators.required, Validators.pattern(/^\d{10}$/)]],
    businessDate: [null, Validators.required],
    amount: ["", [Validators.required, Validators.pattern(/^\d+(\.\d{1,2})?$/)]]
  })
  fiscal = this.fb.group({
    taxId: ["", [Validators.required, Validators.pattern(/^[A-Za-zÑñ&]{3,4}\d{6}[A-Za-z0-9]{3}$/)]],
    legalName: ["", Validators.required],
    zip: ["", [Validators.required, Validators.pattern(/^\d{5}$/)]],
    regime: [{ value: "", disabled: true }, Validators.required],
    cfdiUse: [{ value: "", disabled: true }, Validators.required],
    mail: ["", [Validators.required, Validators.email]]
  })
  privacidad = this.fb.control(false)
  promociones = this.fb.control(false)

  constructor() {
    pedir("/api/v2/sucursales").then((lista) => {
      this.sucursales.set(lista)
      this.visibles.set(lista)
    })
    this.fiscal.controls.regime.valueChanges.subscribe((clave) => this.pedirUsos(clave))
  }
  nombreDe = (sucursal) => (sucursal?.clave ? `${sucursal.clave} - ${sucursal.nombre}` : (sucursal ?? ""))
  filtrar(texto) {
    const buscado = texto.trim().toLowerCase()
    this.visibles.set(this.sucursales().filter((s) => this.nombreDe(s).toLowerCase().includes(buscado)))
  }
  textoDe(lista, clave) {
    return lista.find((opcion) => opcion.clave === clave)?.descripcion ?? ""
  }
  tipo() {
    return this.fiscal.value.taxId.trim().length === 12 ? "M" : "F"
  }
  async pedirRegimenes() {
    if (this.fiscal.controls.taxId.invalid) return
    this.regimenes.set(await pedir(`/api/v2/regimenes?tipo=${this.tipo()}`))
    this.fiscal.controls.regime.enable({ emitEvent: false })
  }
  async pedirUsos(clave) {
    this.fiscal.controls.cfdiUse.reset("")
    if (!clave) return
    this.usos.set(await pedir(`/api/v2/usos?tipo=${this.tipo()}&regimen=${clave}`))
    this.fiscal.controls.cfdiUse.enable()
  }
  datosVenta() {
    const { storeKey, businessDate, reservationId, amount } = this.venta.value
    return { storeKey: storeKey.clave, reservationId, amount, businessDate: iso(businessDate) }
  }
  async validar(pasos) {
    this.venta.markAllAsTouched()
    if (!this.venta.value.storeKey?.clave) this.venta.controls.storeKey.setErrors({ lista: true })
    if (this.venta.invalid) return
    this.ocupado.set(true)
    const respuesta = await enviar("/api/v2/venta", this.datosVenta())
    this.ocupado.set(false)
    this.ventaValida.set(respuesta.estatus === "OK")
    if (!this.ventaValida()) return this.barra.open(respuesta.mensaje, "Entendido", { duration: 9000 })
    setTimeout(() => pasos.next())
  }
  revisar(pasos) {
    this.fiscal.markAllAsTouched()
    if (this.fiscal.valid) pasos.next()
  }
  async timbrar() {
    this.ocupado.set(true)
    const respuesta = await enviar("/api/v2/cfdi", { ...this.datosVenta(), ...this.fiscal.getRawValue() })
    this.ocupado.set(false)
    if (respuesta.estatus === "OK") this.cfdi.set(respuesta)
    else this.dialogo.open(Aviso, { data: respuesta.mensaje, width: "460px" })
  }
  bajar(extension, base64, tipo) {
    const bytes = Uint8Array.from(atob(base64), (letra) => letra.charCodeAt(0))
    const enlace = document.createElement("a")
    enlace.href = URL.createObjectURL(new Blob([bytes], { type: tipo }))
    enlace.download = `${this.cfdi().archivo}.${extension}`
    enlace.click()
  }
}
Component({
  selector: "enc-facturacion",
  imports: [
    ReactiveFormsModule,
    MatAutocompleteModule,
    MatButtonModule,
    MatCheckboxModule,
    MatDatepickerModule,
    MatDialogModule,
    MatInputModule,
    MatProgressBarModule,
    MatSelectModule,
    MatStepperModule,
    MatTabsModule
  ],
  template
})(Facturacion)

bootstrapApplication(Facturacion, {
  providers: [
    provideZonelessChangeDetection(),
    { provide: MAT_DATE_LOCALE, useValue: "es-MX" },
    { provide: DateAdapter, useFactory: () => new FechasMexico() },
    { provide: MAT_DATE_FORMATS, useValue: MAT_NATIVE_DATE_FORMATS }
  ]
})

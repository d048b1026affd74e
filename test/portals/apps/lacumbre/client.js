import "zone.js"
import "@angular/compiler"
import { ChangeDetectionStrategy, Component, inject, provideZoneChangeDetection } from "@angular/core"
import { FormBuilder, ReactiveFormsModule, Validators } from "@angular/forms"
import { bootstrapApplication } from "@angular/platform-browser"
import { catchError, debounceTime, finalize, map, of, Subject } from "rxjs"
import { ajax } from "rxjs/ajax"
import template from "./app.html" with { type: "text" }

class App {
  fb = inject(FormBuilder)
  titulos = ["Ticket", "Datos fiscales", "Resumen", "Factura"]
  paso = 0
  cargando = 0
  mensaje = ""
  uuid = ""
  estaciones = []
  regimenes = []
  usos = []
  pagos = [
    [1, "EFECTIVO"],
    [2, "TARJETA DE CRÉDITO"],
    [3, "TARJETA DE DÉBITO"],
    [4, "VALES"]
  ]
  salioDelRfc = new Subject()
  ticket = this.fb.group({
    station: ["", Validators.required],
    despacho: ["", Validators.required],
    reference: ["", Validators.required]
  })
  cliente = this.fb.group({
    inputRfc2: ["", [Validators.required, Validators.pattern(/^[A-Za-zÑñ&]{3,4}\d{6}\w{3}$/)]],
    inputRazon: ["", Validators.required],
    inputCp: ["", Validators.pattern(/^\d{5}$/)],
    cmbRegimen: ["", Validators.required],
    cmbUsos: ["", Validators.required],
    cmbPago: ["", Validators.required],
    inputCorreo: ["", [Validators.required, Validators.email]]
  })

  constructor() {
    this.llamar("/gw/estaciones").subscribe((lista) => {
      this.estaciones = lista
    })
    this.salioDelRfc.pipe(debounceTime(900)).subscribe(() => this.llenarRegimenes())
    this.cliente.controls.cmbRegimen.valueChanges.subscribe((regimen) => this.llenarUsos(regimen))
  }
  llamar(url, datos) {
    this.cargando++
    const metodo = datos ? { method: "POST", body: datos, headers: { "content-type": "application/json" } } : {}
    return ajax({ url, ...metodo }).pipe(
      map(({ response }) => response),
      catchError(({ response }) => of(response)),
      finalize(() => {
        this.cargando--
      })
    )
  }
  llenarRegimenes() {
    const rfc = this.cliente.controls.inputRfc2
    if (rfc.invalid) return
    this.llamar(`/gw/regimenes/${encodeURIComponent(rfc.value)}`).subscribe((lista) => {
      this.regimenes = lista
      this.cliente.controls.cmbRegimen.reset("")
    })
  }
  llenarUsos(regimen) {
    this.usos = []
    this.cliente.controls.cmbUsos.reset("")
    if (!regimen) return
    this.llamar(`/gw/usos/${encodeURIComponent(this.cliente.value.inputRfc2)}/${regimen}`).subscribe((lista) => {
      this.usos = lista
    })
  }
  consultar() {
    this.mensaje = ""
    this.llamar("/gw/despacho", this.ticket.value).subscribe(({ ok, mensaje }) => {
      if (ok) this.paso = 1
      else this.mensaje = mensaje
    })
  }
  generar() {
    this.mensaje = ""
    this.llamar("/gw/generar", { ...this.ticket.value, ...this.cliente.value }).subscribe(({ ok, mensaje, uuid }) => {
      this.uuid = uuid
      this.mensaje = mensaje
      this.paso = ok ? 3 : 1
    })
  }
  abrir(tipo) {
    window.open(`/gw/ver/${this.uuid}.${tipo}`)
  }
}
Component({
  selector: "app-root",
  imports: [ReactiveFormsModule],
  changeDetection: ChangeDetectionStrategy.Eager,
  template
})(App)

bootstrapApplication(App, { providers: [provideZoneChangeDetection()] })

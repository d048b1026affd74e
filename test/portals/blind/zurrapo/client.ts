import "@angular/compiler"
import { Component, inject, provideZonelessChangeDetection, signal } from "@angular/core"
import { bootstrapApplication } from "@angular/platform-browser"
import { FormBuilder, ReactiveFormsModule, Validators } from "@angular/forms"
import Swal from "sweetalert2"

interface Option { clave: string; descripcion: string }
interface Files { xml: string; pdf: string; nombre: string; uuid: string }

const post = async (path: string, body: unknown) =>
  (await fetch(`/api/autofactura/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json, text/plain, */*" },
    body: JSON.stringify(body)
  })).json()

@Component({
  selector: "app-root",
  standalone: true,
  imports: [ReactiveFormsModule],
  template: `
<nav class="navbar navbar-dark" style="background:#1d1d3b"><div class="container"><span class="navbar-brand">zurrapo<sup>®</sup> <small class="text-warning">autofactura</small></span><a class="nav-link text-white" href="#/ayuda">¿Necesitas ayuda?</a></div></nav>
<div class="container py-5">
@if (loading()) {<div class="ngx-overlay foreground-closing loading-foreground"><div class="spinner-border text-light"></div></div>}
<div class="row justify-content-center"><div class="col-lg-7">
@switch (step()) {
@case ('ticket') {
<app-ticket class="d-block"><div class="card shadow-sm"><div class="card-body">
<h4 class="card-title">¡Factura tu consumo!</h4><p class="text-secondary">Captura los datos que vienen al pie de tu ticket.</p>
<form [formGroup]="ticket" (ngSubmit)="find()" novalidate>
<div class="form-floating mb-3"><input type="text" class="form-control" id="unicCode" formControlName="unicCode" placeholder="Código único" maxlength="14" style="text-transform:uppercase" autocomplete="off"><label for="unicCode">Código único</label>
@if (ticket.controls.unicCode.touched && ticket.controls.unicCode.invalid) {<small class="text-danger">El código único es de 12 caracteres</small>}</div>
<div class="form-floating mb-3"><input type="tel" class="form-control" id="folio" formControlName="folio" placeholder="Folio" autocomplete="off"><label for="folio">Folio</label>
@if (ticket.controls.folio.touched && ticket.controls.folio.invalid) {<small class="text-danger">Solo números</small>}</div>
<div class="form-floating mb-3"><input type="text" class="form-control" id="RFC" formControlName="rfc" placeholder="RFC" maxlength="13" style="text-transform:uppercase" autocomplete="off"><label for="RFC">RFC</label>
@if (ticket.controls.rfc.touched && ticket.controls.rfc.invalid) {<small class="text-danger">RFC no válido</small>}</div>
<button type="submit" class="btn btn-warning w-100" [disabled]="ticket.invalid || loading()">Facturar</button>
</form></div></div></app-ticket>
}
@case ('fiscal') {
<app-fiscal class="d-block"><div class="card shadow-sm"><div class="card-body">
<div class="d-flex justify-content-between"><h4>Datos de facturación</h4><a role="button" class="small" (click)="step.set('ticket')">‹ Regresar</a></div>
<div class="alert alert-light border">Restaurante <b>{{ sale().restaurante }}</b><br>Folio {{ sale().folio }} · Consumo <b>{{ sale().total }}</b></div>
<form [formGroup]="fiscal" (ngSubmit)="stamp()" novalidate>
<div class="mb-3"><label class="form-label">RFC</label><input class="form-control" [value]="ticket.value.rfc?.toUpperCase()" disabled></div>
<div class="mb-3"><label class="form-label" for="razonSocial">Nombre o razón social</label><input class="form-control" id="razonSocial" formControlName="razonSocial" autocomplete="off"></div>
<div class="row"><div class="col-4 mb-3"><label class="form-label" for="cp">C.P.</label><input class="form-control" id="cp" formControlName="cp" maxlength="5" inputmode="numeric"></div>
<div class="col-8 mb-3"><label class="form-label" for="regimen">Régimen fiscal</label><select class="form-select" id="regimen" formControlName="regimen" (change)="usesOf()"><option [ngValue]="null" disabled>Selecciona tu régimen</option>@for (r of regimes(); track r.clave) {<option [ngValue]="r">{{ r.clave }} - {{ r.descripcion }}</option>}</select></div></div>
<div class="mb-3"><label class="form-label" for="usoCfdi">Uso del CFDI</label><select class="form-select" id="usoCfdi" formControlName="uso"><option [ngValue]="null" disabled>Selecciona el uso</option>@for (u of uses(); track u.clave) {<option [ngValue]="u">{{ u.clave }} - {{ u.descripcion }}</option>}</select></div>
<div class="mb-3"><label class="form-label" for="email">Correo electrónico</label><input type="email" class="form-control" id="email" formControlName="email"></div>
<div class="form-check form-switch mb-3"><input class="form-check-input" type="checkbox" id="news" formControlName="promos"><label class="form-check-label" for="news">Quiero recibir promociones de restaurantes</label></div>
<button type="submit" class="btn btn-warning w-100" [disabled]="fiscal.invalid || loading()">Generar factura</button>
</form></div></div></app-fiscal>
}
@case ('lista') {
<app-lista class="d-block"><div class="card shadow-sm text-center"><div class="card-body py-5"><div class="display-3 text-success">✓</div><h4>{{ old() ? 'Aquí está tu factura' : '¡Listo! Tu factura fue timbrada' }}</h4><p class="text-secondary mb-1">Folio fiscal</p><p><code>{{ files().uuid }}</code></p>
<button type="button" class="btn btn-outline-danger m-1" (click)="save('pdf')">PDF</button><button type="button" class="btn btn-outline-success m-1" (click)="save('xml')">XML</button>
<div class="mt-4"><a role="button" class="link-secondary" (click)="again()">Facturar otro ticket</a></div></div></div></app-lista>
}
}
</div></div></div>
<footer class="text-center small text-secondary pb-4">zurrapo® autofactura v4.2.11 · Aviso de privacidad</footer>`
})
class AppComponent {
  fb = inject(FormBuilder)
  step = signal<"ticket" | "fiscal" | "lista">("ticket")
  loading = signal(false)
  old = signal(false)
  sale = signal({ restaurante: "", folio: "", total: "", token: "" })
  regimes = signal<Option[]>([])
  uses = signal<Option[]>([])
  files = signal<Files>({ xml: "", pdf: "", nombre: "", uuid: "" })
  ticket = this.fb.group({
    unicCode: ["", [Validators.required, Validators.pattern(/^[A-Za-z0-9-]{12,14}$/)]],
    folio: ["", [Validators.required, Validators.pattern(/^[0-9]{1,8}$/)]],
    rfc: ["", [Validators.required, Validators.pattern(/^[A-Za-zñÑ&]{3,4}[0-9]{6}[A-Za-z0-9]{3}$/)]]
  })
  fiscal = this.fb.group({
    razonSocial: ["", Validators.required],
    cp: ["", [Validators.required, Validators.pattern(/^[0-9]{5}$/)]],
    regimen: [null as Option | null, Validators.required],
    uso: [null as Option | null, Validators.required],
    email: ["", [Validators.required, Validators.email]],
    promos: [false]
  })

  async call(path: string, body: unknown) {
    this.loading.set(true)
    try {
      return await post(path, body)
    } catch {
      return { estatus: "error", mensaje: "Ocurrió un problema de conexión." }
    } finally {
      this.loading.set(false)
    }
  }

  async find() {
    const r = await this.call("ticket", this.ticket.value)
    if (r.estatus === "ok") {
      this.sale.set(r.venta)
      this.regimes.set(r.regimenes)
      this.uses.set([])
      this.fiscal.reset({ promos: false })
      this.step.set("fiscal")
    } else if (r.estatus === "facturado") {
      const { isConfirmed } = await Swal.fire({ icon: "info", title: "Ticket con factura", text: r.mensaje, showCancelButton: true, confirmButtonText: "Descargarla", cancelButtonText: "Cerrar" })
      if (!isConfirmed) return
      const d = await this.call("consulta", this.ticket.value)
      if (d.estatus !== "ok") return void Swal.fire({ icon: "error", title: "Lo sentimos", text: d.mensaje })
      this.files.set(d)
      this.old.set(true)
      this.step.set("lista")
    } else Swal.fire({ icon: r.estatus === "vencido" ? "warning" : "error", title: r.titulo ?? "Lo sentimos", text: r.mensaje, confirmButtonText: "Entendido" })
  }

  async usesOf() {
    this.fiscal.patchValue({ uso: null })
    const r = await this.call("usos", { rfc: this.ticket.value.rfc, regimen: this.fiscal.value.regimen?.clave })
    this.uses.set(r.usos ?? [])
  }

  async stamp() {
    const { isConfirmed } = await Swal.fire({ icon: "question", title: "¿Deseas continuar?", html: `Se emitirá la factura a nombre de <b>${(this.fiscal.value.razonSocial ?? "").toUpperCase().replace(/</g, "&lt;")}</b> con RFC <b>${this.ticket.value.rfc?.toUpperCase()}</b>.`, showCancelButton: true, confirmButtonText: "Continuar", cancelButtonText: "Revisar" })
    if (!isConfirmed) return
    const f = this.fiscal.value
    const r = await this.call("timbrar", { token: this.sale().token, rfc: this.ticket.value.rfc, razonSocial: f.razonSocial, cp: f.cp, regimen: f.regimen?.clave, uso: f.uso?.clave, email: f.email })
    if (r.estatus !== "ok") return void Swal.fire({ icon: "error", title: "No se pudo timbrar", text: r.mensaje, confirmButtonText: "Entendido" })
    this.files.set(r)
    this.old.set(false)
    this.step.set("lista")
  }

  save(kind: "pdf" | "xml") {
    const bytes = Uint8Array.from(atob(this.files()[kind]), (c) => c.charCodeAt(0))
    const a = document.createElement("a")
    a.href = URL.createObjectURL(new Blob([bytes], { type: kind === "pdf" ? "application/pdf" : "application/xml" }))
    a.download = `${this.files().nombre}.${kind}`
    a.click()
  }

  again() {
    this.ticket.reset()
    this.step.set("ticket")
  }
}

bootstrapApplication(AppComponent, { providers: [provideZonelessChangeDetection()] }).catch((e) => console.error(e))

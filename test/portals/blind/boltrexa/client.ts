import "@angular/compiler"
import { CommonModule } from "@angular/common"
import { Component, signal } from "@angular/core"
import { FormsModule } from "@angular/forms"
import { bootstrapApplication } from "@angular/platform-browser"
import Swal from "sweetalert2"

const api = async (path: string, body: unknown) => {
  const r = await fetch(`/FacturacionWeb/api/${path}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) })
  return r.json()
}
const wait = (title: string) => Swal.fire({ title, allowOutsideClick: false, showConfirmButton: false, didOpen: () => Swal.showLoading() })
const fault = (text: string) => Swal.fire({ icon: "error", title: "Aviso", text, confirmButtonText: "Aceptar", confirmButtonColor: "#f0592a" })

@Component({
  selector: "app-root",
  standalone: true,
  imports: [CommonModule, FormsModule],
  template: `
  <div class="hd">BOLTREXA</div>
  <div class="container py-4" style="max-width:820px">
    <div class="stp mb-4 text-center"><span [class.on]="view()==='portalweb'">1. Ticket</span><span [class.on]="view()==='datosfiscales'">2. Datos fiscales</span><span [class.on]="view()==='resultado'">3. Factura</span></div>
    @if (view() === 'portalweb') {
    <form #f="ngForm" (ngSubmit)="consultar()" autocomplete="off">
      <h4>Genera tu factura</h4>
      <p class="text-muted">Captura todos los dígitos que se encuentran debajo del código de barras de tu ticket, sin espacios.</p>
      <div class="mb-3"><label for="rfc" class="form-label">RFC</label><input id="rfc" name="rfc" class="form-control" [(ngModel)]="rfc" (input)="rfc = rfc.toUpperCase()" required maxlength="13" minlength="12"></div>
      <div class="mb-3"><label for="ticket" class="form-label">Número de ticket</label><input id="ticket" name="ticket" class="form-control" [(ngModel)]="ticket" required pattern="[0-9]{22,23}" maxlength="23">
      @if (ticket && !f.controls['ticket']?.valid) { <small class="text-danger">El número de ticket consta de 22 o 23 dígitos.</small> }</div>
      <button type="submit" class="btn btn-primary" [disabled]="f.invalid">Continuar</button>
      <p class="small text-muted mt-4">Dispones de 60 días posteriores a tu compra. Las devoluciones se facturan en tienda.</p>
    </form> }
    @if (view() === 'datosfiscales') {
    <form #g="ngForm" (ngSubmit)="confirmar()" autocomplete="off">
      <h4>Datos fiscales</h4>
      <div class="barcode mb-3">Tienda {{ compra().tienda }} &middot; {{ compra().fecha }} &middot; Total {{ compra().total | currency }}</div>
      <div class="row g-3">
      <div class="col-4"><label class="form-label">RFC</label><input class="form-control" [value]="rfc" disabled></div>
      <div class="col-8"><label for="nombre" class="form-label">Nombre / Razón social*</label><input id="nombre" name="nombre" class="form-control" [(ngModel)]="d.nombre" required></div>
      <div class="col-4"><label for="codigoPostal" class="form-label">Código postal*</label><input id="codigoPostal" name="codigoPostal" class="form-control" [(ngModel)]="d.codigoPostal" required pattern="[0-9]{5}" maxlength="5"></div>
      <div class="col-8"><label for="regimenFiscal" class="form-label">Régimen fiscal*</label><select id="regimenFiscal" name="regimenFiscal" class="form-select" [(ngModel)]="d.regimen" (ngModelChange)="cargarUsos()" required>
        <option [ngValue]="null">Selecciona una opción</option>@for (r of regimenes(); track r.clave) { <option [ngValue]="r">{{ r.clave }} - {{ r.nombre }}</option> }</select></div>
      <div class="col-6"><label for="usoCfdi" class="form-label">Uso CFDI*</label><select id="usoCfdi" name="usoCfdi" class="form-select" [(ngModel)]="d.uso" required [disabled]="usos().length === 0">
        <option [ngValue]="null">Selecciona una opción</option>@for (u of usos(); track u.clave) { <option [ngValue]="u">{{ u.clave }} - {{ u.nombre }}</option> }</select></div>
      <div class="col-6"><label for="correo" class="form-label">Correo electrónico*</label><input id="correo" name="correo" class="form-control" [(ngModel)]="d.correo" required email></div>
      </div>
      <div class="mt-4"><button type="button" class="btn btn-outline-secondary" (click)="ir('portalweb')">Regresar</button> <button type="submit" class="btn btn-primary" [disabled]="g.invalid">Continuar</button></div>
    </form> }
    @if (view() === 'resultado') {
      <h4>Tu factura está lista</h4><p>Folio fiscal {{ cfdi().uuid }}</p><p>Enviamos los archivos a {{ cfdi().correo }}.</p>
      <button type="button" class="btn btn-primary" (click)="guardar('xml')">XML</button> <button type="button" class="btn btn-primary" (click)="guardar('pdf')">PDF</button>
      <p class="mt-3"><a href="#/portalweb" (click)="nuevo()">Facturar otro ticket</a></p> }
  </div>`
})
class AppRoot {
  view = signal("portalweb")
  regimenes = signal<any[]>([])
  usos = signal<any[]>([])
  compra = signal<any>({})
  cfdi = signal<any>({})
  rfc = ""
  ticket = ""
  d: any = { nombre: "", codigoPostal: "", regimen: null, uso: null, correo: "" }

  constructor() {
    if (location.hash !== "#/portalweb") location.hash = "#/portalweb"
  }
  ir(view: string) {
    this.view.set(view)
    location.hash = `#/${view}`
  }
  nuevo() {
    this.ticket = ""
    this.ir("portalweb")
  }
  async consultar() {
    wait("Consultando ticket")
    const r = await api("ticket/consulta", { rfc: this.rfc, ticket: this.ticket })
    if (r.facturado) {
      const answer = await Swal.fire({
        icon: "info", title: "Ticket con factura", text: r.mensaje, showCancelButton: true,
        confirmButtonText: "Reenviar factura", cancelButtonText: "Cerrar", confirmButtonColor: "#f0592a"
      })
      if (!answer.isConfirmed) return
      this.cfdi.set(await api("cfdi/reenvio", { rfc: this.rfc, ticket: this.ticket }))
      return this.ir("resultado")
    }
    if (r.mensaje) return fault(r.mensaje)
    Swal.close()
    this.compra.set(r.compra)
    this.regimenes.set(r.regimenes)
    this.ir("datosfiscales")
  }
  async cargarUsos() {
    this.usos.set([])
    this.d.uso = null
    if (this.d.regimen !== null) this.usos.set((await api("catalogos/usos", { rfc: this.rfc, regimen: this.d.regimen.clave })).usos)
  }
  async confirmar() {
    const answer = await Swal.fire({
      icon: "question", title: "Confirma tus datos", html: `<b>${this.rfc}</b><br>${this.d.nombre.toUpperCase()}<br>C.P. ${this.d.codigoPostal}<br>${this.d.regimen.nombre}`,
      showCancelButton: true, confirmButtonText: "Aceptar", cancelButtonText: "Cancelar", confirmButtonColor: "#f0592a"
    })
    if (!answer.isConfirmed) return
    wait("Generando tu factura")
    const r = await api("cfdi/timbrado", {
      rfc: this.rfc, ticket: this.ticket, nombre: this.d.nombre, codigoPostal: this.d.codigoPostal,
      regimen: this.d.regimen.clave, uso: this.d.uso.clave, correo: this.d.correo
    })
    if (r.mensaje) return fault(r.mensaje)
    Swal.close()
    this.cfdi.set(r)
    this.ir("resultado")
  }
  guardar(kind: string) {
    const bytes = Uint8Array.from(atob(this.cfdi()[kind]), (c) => c.charCodeAt(0))
    const a = document.createElement("a")
    a.href = URL.createObjectURL(new Blob([bytes]))
    a.download = `${this.cfdi().uuid}.${kind}`
    a.click()
  }
}
bootstrapApplication(AppRoot).catch((error) => console.error(error))

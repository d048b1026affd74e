import "@angular/compiler"
import { CommonModule } from "@angular/common"
import { Component, inject, signal } from "@angular/core"
import { FormsModule } from "@angular/forms"
import { MatAutocompleteModule } from "@angular/material/autocomplete"
import { MAT_DATE_LOCALE, provideNativeDateAdapter } from "@angular/material/core"
import { MatDatepickerModule } from "@angular/material/datepicker"
import { MatFormFieldModule } from "@angular/material/form-field"
import { MatInputModule } from "@angular/material/input"
import { MatProgressBarModule } from "@angular/material/progress-bar"
import { MatProgressSpinnerModule } from "@angular/material/progress-spinner"
import { MatSelectModule } from "@angular/material/select"
import { MatSnackBar, MatSnackBarModule } from "@angular/material/snack-bar"
import { bootstrapApplication } from "@angular/platform-browser"

const api = async (path: string, body?: unknown) => {
  const r = await fetch(`/Selfservice/${path}`, body === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) })
  return r.json()
}

@Component({
  selector: "app-root",
  standalone: true,
  imports: [CommonModule, FormsModule, MatAutocompleteModule, MatDatepickerModule, MatFormFieldModule, MatInputModule, MatProgressBarModule, MatProgressSpinnerModule, MatSelectModule, MatSnackBarModule],
  template: `
  <div class="top">Wafelonia</div>
  @if (busy()) { <div class="veil"><mat-spinner diameter="48"></mat-spinner></div> }
  <div class="card">
  @if (step() > 0 && step() < 7) { <mat-progress-bar mode="determinate" [value]="step() * 15"></mat-progress-bar><br> }
  @switch (step()) {
    @case (-1) {
      <h2>¡Hola! ¿Qué quieres hacer?</h2>
      <div class="options"><div class="option" (click)="step.set(0)"><b>Facturación rápida</b><p>Sin crear una cuenta</p></div><div class="option" (click)="later()"><b>Tengo una cuenta</b><p>Guarda tus datos fiscales</p></div><div class="option" (click)="later()"><b>Consultar</b><p>Mis facturas</p></div></div>
    }
    @case (0) {
      <h2>Antes de empezar</h2><p>Ten a la mano tu ticket y tu Constancia de Situación Fiscal. Tienes hasta el último día del mes de tu consumo.</p>
      <div class="navigation-container" (click)="step.set(1)">Iniciar</div>
    }
    @case (1) {
      <h2>¿En qué sucursal nos visitaste?</h2>
      <mat-form-field><mat-label>Sucursal</mat-label><input type="text" matInput name="branch" [(ngModel)]="branchText" (ngModelChange)="typing($event)" [matAutocomplete]="auto">
      <mat-autocomplete #auto="matAutocomplete" [displayWith]="show" (optionSelected)="branch = $event.option.value">@for (b of found(); track b.code) { <mat-option [value]="b">{{ b.name }}</mat-option> }</mat-autocomplete></mat-form-field>
      <div class="navigation-container" [class.off]="!branch" (click)="step.set(2)">Siguiente</div>
    }
    @case (2) {
      <h2>¿Cuál es el número de tu ticket?</h2>
      <mat-form-field><mat-label>Número de ticket</mat-label><input matInput name="TicketNumber" inputmode="numeric" maxlength="9" [(ngModel)]="ticket"><mat-hint>Lo encuentras junto a "Check"</mat-hint></mat-form-field>
      <div class="navigation-container back" (click)="step.set(1)">Atrás</div><div class="navigation-container" [class.off]="!ticket" (click)="step.set(3)">Siguiente</div>
    }
    @case (3) {
      <h2>¿Qué día fue?</h2>
      <mat-calendar [selected]="date()" [maxDate]="today" (selectedChange)="date.set($event)"></mat-calendar>
      <div class="navigation-container back" (click)="step.set(2)">Atrás</div><div class="navigation-container" [class.off]="!date()" (click)="step.set(4)">Siguiente</div>
    }
    @case (4) {
      <h2>¿Cuánto pagaste?</h2>
      <mat-form-field><mat-label>Monto total sin propina</mat-label><span matTextPrefix>$&nbsp;</span><input matInput type="number" step="0.01" name="amount" [(ngModel)]="amount"></mat-form-field>
      @if (error()) { <div class="err">{{ error() }}</div> }
      <div class="navigation-container back" (click)="step.set(3)">Atrás</div><div class="navigation-container" [class.off]="!amount" (click)="validate()">Siguiente</div>
    }
    @case (5) {
      <h2>Tus datos fiscales</h2>
      <mat-form-field><mat-label>RFC</mat-label><input matInput name="TaxId" maxlength="13" [(ngModel)]="c.TaxId" (blur)="person()" required></mat-form-field>
      <mat-form-field><mat-label>Nombre o razón social</mat-label><input matInput name="LegalName" [(ngModel)]="c.LegalName" required></mat-form-field>
      <mat-form-field><mat-label>Código postal</mat-label><input matInput name="PostalCode" maxlength="5" [(ngModel)]="c.PostalCode" required></mat-form-field>
      <mat-form-field><mat-label>Régimen fiscal</mat-label><mat-select name="TaxRegime" [(ngModel)]="c.TaxRegime" required [disabled]="regimes().length === 0">@for (r of regimes(); track r.key) { <mat-option [value]="r.key">{{ r.text }}</mat-option> }</mat-select></mat-form-field>
      <mat-form-field><mat-label>Uso de CFDI</mat-label><mat-select name="UseCFDI" [(ngModel)]="c.UseCFDI" required [disabled]="uses().length === 0">@for (u of uses(); track u.key) { <mat-option [value]="u.key">{{ u.text }}</mat-option> }</mat-select></mat-form-field>
      <mat-form-field><mat-label>Correo electrónico</mat-label><input matInput name="Email" [(ngModel)]="c.Email" required></mat-form-field>
      @if (error()) { <div class="err">{{ error() }}</div> }
      <div class="navigation-container back" (click)="step.set(4)">Atrás</div><div class="navigation-container" (click)="preview()">Siguiente</div>
    }
    @case (6) {
      <h2>Revisa que todo esté bien</h2>
      <table class="res">@for (line of lines(); track line[0]) { <tr><td>{{ line[0] }}</td><td><b>{{ line[1] }}</b></td></tr> }</table>
      @if (error()) { <div class="err">{{ error() }}</div> }
      <div class="navigation-container back" (click)="step.set(5)">Atrás</div><div class="navigation-container" (click)="issue()">Generar factura</div>
    }
    @case (7) {
      <h2>¡Gracias, {{ c.LegalName }}!</h2><p>Ya puedes descargar los archivos de tu factura. También te los mandamos a {{ c.Email }}.</p>
      <div class="navigation-container" (click)="file()">Descargar archivos</div>
    }
  }
  </div>`
})
class AppRoot {
  snack = inject(MatSnackBar)
  step = signal(-1)
  busy = signal(false)
  error = signal("")
  found = signal<any[]>([])
  regimes = signal<any[]>([])
  uses = signal<any[]>([])
  lines = signal<string[][]>([])
  date = signal<Date | null>(null)
  today = new Date()
  branches: any[] = []
  branch: any = null
  branchText: any = ""
  ticket = ""
  amount: number | null = null
  internalId = 0
  c: any = { TaxId: "", LegalName: "", PostalCode: "", TaxRegime: null, UseCFDI: null, Email: "" }

  async ngOnInit() {
    const { model } = await api("GetSelfserviceSetup")
    this.branches = (await api("GetBranchListByIssuer", { IssuerTaxId: model.issuerTaxId, RegionCode: "" })).model
    this.found.set(this.branches)
  }
  show(b: any) { return b?.name ?? b ?? "" }
  later() { this.snack.open("Esta opción no está habilitada por ahora.", "Cerrar", { duration: 5000 }) }
  typing(value: any) {
    if (typeof value !== "string") return
    this.branch = null
    this.found.set(this.branches.filter((b) => b.name.toLowerCase().includes(value.toLowerCase())))
  }
  data() {
    const d = this.date() as Date
    return {
      BranchCode: this.branch.code, TicketNumber: this.ticket, PurchaseAmount: this.amount,
      PurchaseDate: `${d.getFullYear()}-${String(d.getMonth() + 1).padStart(2, "0")}-${String(d.getDate()).padStart(2, "0")}`
    }
  }
  async call(path: string, body: unknown) {
    this.error.set("")
    this.busy.set(true)
    const r = await api(path, body)
    this.busy.set(false)
    if (r.hasError) this.error.set(r.errorMessage)
    return r
  }
  async validate() {
    if (!(await this.call("ValidateTicketData", this.data())).hasError) this.step.set(5)
  }
  async person() {
    this.c.TaxId = this.c.TaxId.trim().toUpperCase()
    if (this.c.TaxId.length < 12) return
    const r = await api("GetTaxCatalogs", { TaxId: this.c.TaxId })
    this.regimes.set(r.model.regimes)
    this.uses.set(r.model.uses)
  }
  async preview() {
    if (Object.values(this.c).some((v) => !v)) return this.error.set("Completa tus datos para continuar.")
    const r = await this.call("GetDetailIssue", { ...this.data(), CustomerData: this.c })
    if (r.hasError) return
    this.lines.set(r.model)
    this.step.set(6)
  }
  async issue() {
    const r = await this.call("TicketIssuance", { ...this.data(), CustomerData: this.c })
    if (r.hasError) return
    this.internalId = r.model.internalId
    this.step.set(7)
  }
  async file() {
    const r = await this.call("GetFile", { internalIds: [this.internalId], fileType: [1, 2] })
    const bytes = Uint8Array.from(atob(r.fileContents), (ch) => ch.charCodeAt(0))
    const a = document.createElement("a")
    a.href = URL.createObjectURL(new Blob([bytes], { type: "application/zip" }))
    a.download = r.fileDownloadName
    a.click()
  }
}
bootstrapApplication(AppRoot, {
  providers: [provideNativeDateAdapter(), { provide: MAT_DATE_LOCALE, useValue: "es-MX" }]
}).catch((error) => console.error(error))

import "@angular/compiler"
import { Component, Injectable, LOCALE_ID, provideZonelessChangeDetection, signal, ViewChild } from "@angular/core"
import { registerLocaleData } from "@angular/common"
import esMx from "@angular/common/locales/es-MX"
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from "@angular/forms"
import { MatAutocompleteModule } from "@angular/material/autocomplete"
import { MatButtonModule } from "@angular/material/button"
import { DateAdapter, MAT_DATE_LOCALE, NativeDateAdapter, provideNativeDateAdapter } from "@angular/material/core"
import { MatDatepickerModule } from "@angular/material/datepicker"
import { MatFormFieldModule } from "@angular/material/form-field"
import { MatInputModule } from "@angular/material/input"
import { MatProgressBarModule } from "@angular/material/progress-bar"
import { MatSelectModule } from "@angular/material/select"
import { MatStepper, MatStepperModule } from "@angular/material/stepper"
import { bootstrapApplication } from "@angular/platform-browser"

registerLocaleData(esMx)

const call = async (method: string, body: object) => {
  const response = await fetch(`/api/Selfservice/${method}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) })
  return (await response.json()) as Record<string, any>
}

@Injectable()
class DayFirst extends NativeDateAdapter {
  override parse(value: any): Date | null {
    const found = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(String(value).trim())
    return found ? new Date(Number(found[3]), Number(found[2]) - 1, Number(found[1])) : value ? this.invalid() : null
  }
  override getFirstDayOfWeek() {
    return 1
  }
}

const asked = (...rules: Array<any>) => new FormControl("", { nonNullable: true, validators: [Validators.required, ...rules] })

@Component({
  selector: "app-root",
  imports: [ReactiveFormsModule, MatAutocompleteModule, MatButtonModule, MatDatepickerModule, MatFormFieldModule, MatInputModule, MatProgressBarModule, MatSelectModule, MatStepperModule],
  template: `
<header><img src="/assets/logo.svg" height="54" alt="Don Carbón"><h2>Autofacturación</h2></header>
@if (busy()) { <mat-progress-bar mode="indeterminate"></mat-progress-bar> }
@if (setup()) {
<mat-horizontal-stepper linear #stepper class="wizard">
<mat-step [stepControl]="ticket" [editable]="!issued()" label="Ticket">
<form [formGroup]="ticket" class="rejilla">
<mat-form-field appearance="outline"><mat-label>Sucursal</mat-label><input matInput formControlName="Branch" [matAutocomplete]="auto"><mat-autocomplete #auto="matAutocomplete" [displayWith]="nombre">@for (b of visibles(); track b.Code) { <mat-option [value]="b">{{ b.Code }} | {{ b.Name }}</mat-option> }</mat-autocomplete></mat-form-field>
<mat-form-field appearance="outline"><mat-label>Número de ticket</mat-label><input matInput formControlName="TicketNumber" name="TicketNumber"></mat-form-field>
<mat-form-field appearance="outline"><mat-label>Fecha de consumo</mat-label><input matInput [matDatepicker]="pk" formControlName="Date" placeholder="DD/MM/AAAA" [max]="hoy"><mat-datepicker-toggle matIconSuffix [for]="pk"></mat-datepicker-toggle><mat-datepicker #pk></mat-datepicker></mat-form-field>
<mat-form-field appearance="outline"><mat-label>Total (sin propina)</mat-label><input matInput formControlName="Total" inputmode="decimal"></mat-form-field>
</form>
@if (error()) { <div class="alerta" role="alert">{{ error() }}</div> }
@if (old()) { <div class="alerta">Indique el RFC al que se expidió para obtener los archivos: <mat-form-field><mat-label>RFC</mat-label><input matInput #viejo></mat-form-field> <button mat-stroked-button (click)="recover(viejo.value)">Obtener archivos</button></div> }
<button mat-raised-button color="primary" [disabled]="ticket.invalid || busy()" (click)="check()">Siguiente</button>
</mat-step>
<mat-step [stepControl]="receiver" [editable]="!issued()" label="Datos fiscales">
<form [formGroup]="receiver" class="rejilla">
<mat-form-field appearance="outline"><mat-label>RFC</mat-label><input matInput name="TaxId" formControlName="TaxId" maxlength="13"></mat-form-field>
<mat-form-field appearance="outline"><mat-label>Nombre o razón social</mat-label><input matInput name="LegalName" formControlName="LegalName"></mat-form-field>
<mat-form-field appearance="outline"><mat-label>Código postal</mat-label><input matInput name="ZipCode" formControlName="ZipCode" maxlength="5"></mat-form-field>
<mat-form-field appearance="outline"><mat-label>Uso de CFDI</mat-label><mat-select name="UseCFDI" formControlName="UseCFDI">@for (u of setup().Uses; track u.Id) { <mat-option [value]="u.Id">{{ u.Text }}</mat-option> }</mat-select></mat-form-field>
<mat-form-field appearance="outline"><mat-label>Régimen fiscal</mat-label><mat-select name="TaxRegime" formControlName="TaxRegime">@for (u of setup().Regimes; track u.Id) { <mat-option [value]="u.Id">{{ u.Text }}</mat-option> }</mat-select></mat-form-field>
<mat-form-field appearance="outline"><mat-label>Correo electrónico</mat-label><input matInput name="Email" formControlName="Email"></mat-form-field>
</form>
<button mat-button matStepperPrevious>Atrás</button><button mat-raised-button color="primary" [disabled]="receiver.invalid" matStepperNext>Siguiente</button>
</mat-step>
<mat-step label="Revisión" [completed]="issued()" [editable]="!issued()">
<table class="resumen"><tr><td>Ticket</td><td>{{ ticket.value.TicketNumber }}</td></tr><tr><td>Total</td><td>$ {{ ticket.value.Total }}</td></tr><tr><td>RFC</td><td>{{ receiver.value.TaxId }}</td></tr><tr><td>Nombre</td><td>{{ receiver.value.LegalName }}</td></tr><tr><td>C.P.</td><td>{{ receiver.value.ZipCode }}</td></tr><tr><td>Correo</td><td>{{ receiver.value.Email }}</td></tr></table>
@if (error()) { <div class="alerta" role="alert">{{ error() }}</div> }
<button mat-button matStepperPrevious>Atrás</button><button mat-raised-button color="primary" [disabled]="busy()" (click)="issue()">Emitir</button>
</mat-step>
<mat-step label="Descarga" [editable]="!!issued()">
<p>Comprobante {{ issued()?.Serie }} disponible.</p><button mat-raised-button color="primary" (click)="file()">Descargar archivos</button>
</mat-step>
</mat-horizontal-stepper> }
<footer>Don Carbón Hamburguesas S.A. de C.V. &middot; Plataforma CDC</footer>`
})
class App {
  @ViewChild("stepper") stepper: MatStepper | undefined
  readonly hoy = new Date()
  readonly setup = signal<any>(undefined)
  readonly visibles = signal<Array<{ Code: string; Name: string }>>([])
  readonly busy = signal(false)
  readonly error = signal("")
  readonly old = signal(false)
  readonly issued = signal<any>(undefined)
  readonly ticket = new FormGroup({ Branch: new FormControl<any>(null, { validators: [Validators.required, (c) => (c.value && typeof c.value === "object" ? null : { lista: true })] }), TicketNumber: asked(Validators.pattern(/^\d+$/)), Date: new FormControl<Date | null>(null, Validators.required), Total: asked(Validators.pattern(/^\d+(\.\d{1,2})?$/)) })
  readonly receiver = new FormGroup({ TaxId: asked(Validators.minLength(12)), LegalName: asked(), ZipCode: asked(Validators.pattern(/^\d{5}$/)), UseCFDI: asked(), TaxRegime: asked(), Email: asked(Validators.email) })
  constructor() {
    void this.load()
    this.ticket.controls.Branch.valueChanges.subscribe((value) => {
      const text = (typeof value === "string" ? value : "").toLowerCase()
      this.visibles.set((this.setup()?.Branches ?? []).filter((b: any) => `${b.Code} | ${b.Name}`.toLowerCase().includes(text)))
    })
  }
  async load() {
    const setup = await call("GetSelfserviceSetup", { Domain: location.hostname })
    this.setup.set(setup)
    this.visibles.set(setup["Branches"])
  }
  nombre(b: any) {
    return b && b.Code ? `${b.Code} | ${b.Name}` : (b ?? "")
  }
  private body() {
    const { Branch, Date: day, ...rest } = this.ticket.getRawValue()
    const two = (n: number) => String(n).padStart(2, "0")
    return { ...rest, BranchCode: Branch.Code, Date: day ? `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}` : "" }
  }
  private async ask(method: string, body: object) {
    this.busy.set(true)
    this.error.set("")
    this.old.set(false)
    const answer = await call(method, body)
    this.busy.set(false)
    this.error.set(answer["Error"] ?? "")
    return answer
  }
  async check() {
    const r = await this.ask("ValidateTicket", this.body())
    this.old.set(r["Invoiced"] === true)
    if (!r["Error"]) setTimeout(() => this.stepper?.next())
  }
  async issue() {
    const r = await this.ask("TicketIssuance", { ...this.body(), ...this.receiver.getRawValue() })
    if (r["Error"]) return
    this.issued.set(r)
    setTimeout(() => this.stepper?.next(), 50)
  }
  async recover(TaxId: string) {
    const r = await this.ask("RecoverTicket", { ...this.body(), TaxId })
    if (r["Error"]) return this.old.set(true)
    this.issued.set(r)
    await this.file()
  }
  async file() {
    const response = await fetch("/api/Selfservice/GetFile", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ Id: this.issued().Id }) })
    const a = document.createElement("a")
    a.href = URL.createObjectURL(await response.blob())
    a.download = `${this.issued().Serie}.zip`
    a.click()
  }
}

void bootstrapApplication(App, { providers: [provideZonelessChangeDetection(), provideNativeDateAdapter(), { provide: LOCALE_ID, useValue: "es-MX" }, { provide: MAT_DATE_LOCALE, useValue: "es-MX" }, { provide: DateAdapter, useClass: DayFirst }] })

import type { Intervention, Profile, Step, TaskDetail } from "../../../src/monitor/Wire.ts"

export const email = "contadora@example.mx"
export const password = "correct horse battery"

export const profile = {
  rfc: "EKU9003173C9",
  full_name: "ESCUELA KEMPER URGATE",
  fiscal_regime: "601",
  postal_code: "42501",
  cfdi_use: "G03",
  email,
  company_details: { Calle: "Reforma 10" },
  privacy_version: "2026-11-01",
  privacy_accepted_at: "2026-11-02T16:00:00Z",
  warnings: []
} satisfies Profile

export const incomplete: Profile = {
  ...profile,
  rfc: "ABC123456XYZ",
  full_name: null,
  cfdi_use: null,
  company_details: null,
  privacy_version: null,
  privacy_accepted_at: null,
  warnings: ["RFC_DATE", "RFC_CHECK_DIGIT"]
}

const at = (second: number) => new Date(Date.UTC(2026, 10, 20, 17, 4, second)).toISOString()

export const step = (seq: number, message: string, more: Partial<Step> = {}): Step => ({
  seq,
  id: `00000000-0000-4000-8000-${String(seq).padStart(12, "0")}`,
  step_type: "input",
  message,
  content: null,
  screenshot_url: null,
  duration_ms: null,
  created_at: at(seq),
  ...more
})

export const newTask = (more: Partial<TaskDetail> = {}): TaskDetail => ({
  id: crypto.randomUUID(),
  vendor_url: "https://facturacion.jacaranda.mx/ticket",
  status: "RUNNING",
  created_at: at(0),
  updated_at: at(0),
  completed_at: null,
  failure_code: null,
  failure_reason: null,
  retry_count: 0,
  next_attempt_at: null,
  current_live_url: null,
  result: null,
  ticket_details: { Folio: "4521887", "Web ID": "99A7-X", Fecha: "2026-11-20", Total: "348.50" },
  cfdi_use: "G03",
  priority: 0,
  taken_over: false,
  steps: [],
  artifacts: [],
  intervention: null,
  sessions: [],
  ...more
})

export const screenshotOf = (task: TaskDetail) => `/api/v1/tasks/${task.id}/artifacts/screenshot`

export const captcha: Intervention = {
  id: "00000000-0000-4000-8000-0000000000aa",
  kind: "captcha",
  message: "El portal pide resolver un captcha.",
  fields: [{ name: "captcha", label: "Escriba el texto de la imagen", type: "text" }],
  image_url: "",
  expires_at: new Date(Date.now() + 86_400_000).toISOString()
}

export const files = {
  "factura.xml": `<?xml version="1.0"?><cfdi:Comprobante xmlns:cfdi="http://www.sat.gob.mx/cfd/4" Total="348.50"/>`,
  "factura.pdf": "%PDF-1.7"
} as const

export const completed = (more: Partial<TaskDetail> = {}): TaskDetail => {
  const artifacts = [
    { id: "factura.xml", kind: "xml", filename: "JAC-20931.xml", size: 4213, sha256: "0" },
    { id: "factura.pdf", kind: "pdf", filename: "JAC-20931.pdf", size: 88_120, sha256: "0" }
  ] as const
  return newTask({
    status: "COMPLETED",
    completed_at: at(41),
    artifacts,
    result: {
      delivery: "download",
      cfdi: {
        uuid: "5B1F3A52-9F0C-4C55-8B6E-0D3C6A3F7E11",
        total: "348.50",
        issuer_rfc: "JAC850101AB1",
        receiver_rfc: profile.rfc,
        issued_at: "2026-11-20T11:04:38"
      },
      warnings: ["RECEIVER_POSTAL_CODE"],
      artifacts
    },
    ...more
  })
}

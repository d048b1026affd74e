/** Why a fiscal profile cannot be typed into a portal yet. */
export interface ProfileProblem {
  readonly field: "rfc" | "full_name" | "fiscal_regime" | "postal_code" | "cfdi_use" | "email"
  readonly code: ProfileProblemCode
  readonly detail: string
}

export type ProfileProblemCode = keyof typeof texts

export type Language = "es" | "en"

const texts = {
  RFC_MISSING: { field: "rfc", es: "Falta el RFC.", en: "The RFC is missing." },
  RFC_FORMAT: { field: "rfc", es: "El RFC no tiene la forma correcta.", en: "The RFC is not well formed." },
  RFC_DATE: { field: "rfc", es: "La fecha dentro del RFC no existe.", en: "The date inside the RFC does not exist." },
  RFC_GENERIC: {
    field: "rfc",
    es: "Un RFC genérico no puede recibir la factura: se necesita el propio.",
    en: "A generic RFC cannot receive the invoice: it takes your own."
  },
  NAME_MISSING: {
    field: "full_name",
    es: "Falta el nombre o razón social, como aparece en la constancia de situación fiscal.",
    en: "The name is missing, as the tax certificate (constancia de situación fiscal) has it."
  },
  NAME_FORMAT: {
    field: "full_name",
    es: "El nombre debe tener de 1 a 300 caracteres y no llevar «|».",
    en: "The name must have 1 to 300 characters and no “|”."
  },
  REGIME_MISSING: { field: "fiscal_regime", es: "Falta el régimen fiscal.", en: "The fiscal regime is missing." },
  REGIME_UNKNOWN: {
    field: "fiscal_regime",
    es: "El régimen fiscal no está en el catálogo del SAT.",
    en: "The fiscal regime is not in SAT's catalogue."
  },
  REGIME_PERSON_TYPE: {
    field: "fiscal_regime",
    es: "El régimen fiscal no corresponde al tipo de persona del RFC.",
    en: "The fiscal regime is not for the RFC's type of person."
  },
  POSTAL_CODE_MISSING: {
    field: "postal_code",
    es: "Falta el código postal del domicilio fiscal.",
    en: "The postal code of the fiscal address is missing."
  },
  POSTAL_CODE_FORMAT: {
    field: "postal_code",
    es: "El código postal debe tener cinco dígitos.",
    en: "The postal code must have five digits."
  },
  USE_MISSING: { field: "cfdi_use", es: "Falta el uso del CFDI.", en: "The CFDI use is missing." },
  USE_UNKNOWN: {
    field: "cfdi_use",
    es: "El uso del CFDI no está en el catálogo del SAT.",
    en: "The CFDI use is not in SAT's catalogue."
  },
  USE_REGIME: {
    field: "cfdi_use",
    es: "El uso del CFDI no se permite para una compra con este régimen fiscal.",
    en: "The CFDI use is not allowed for a purchase under this fiscal regime."
  },
  EMAIL_MISSING: { field: "email", es: "Falta el correo electrónico.", en: "The e-mail address is missing." },
  EMAIL_FORMAT: {
    field: "email",
    es: "El correo electrónico no tiene la forma correcta.",
    en: "The e-mail address is not well formed."
  }
} as const

export const profileProblem = (code: ProfileProblemCode, language: Language): ProfileProblem => ({
  field: texts[code].field,
  code,
  detail: texts[code][language]
})

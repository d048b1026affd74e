import type { Page } from "playwright-core"

/** What has to come of one ticket at one portal. */
export type Expected =
  /** By one stamp, or by none where the ticket's old invoice is `recovered`. */
  | { readonly status: "COMPLETED"; readonly delivery: "download" | "email"; readonly recovered?: true }
  | { readonly status: "FAILED"; readonly code: string }
  /** The agent has to ask; `answers` are what a person would reply, by a word of the field's label. */
  | {
      readonly status: "ASKED"
      readonly kind: "captcha" | "login" | "otp" | "missing_data" | "choice"
      readonly answers: Readonly<Record<string, string>>
      readonly then: Expected
    }

export interface PortalCase {
  readonly name: string
  readonly ticket: Readonly<Record<string, string | number>>
  readonly expected: Expected
}

export interface Stamped {
  readonly uuid: string
  readonly ticket: string
  readonly receiverRfc: string
  readonly totalCents: bigint
}

export interface LoggedRequest {
  readonly method: string
  readonly path: string
  readonly body: string
  /** When it came, in milliseconds of this process. */
  readonly at: number
}

export interface RunningPortal {
  readonly url: URL
  readonly stamps: () => ReadonlyArray<Stamped>
  readonly log: () => ReadonlyArray<LoggedRequest>
  readonly stop: () => Promise<void>
}

/** Somebody else's portal, as strict and as odd as the real ones, with the tickets to try it with. */
export interface TestPortal {
  readonly id: string
  /** Which traps of shared/domain.md section 2, and which widgets, it stands for. */
  readonly traps: ReadonlyArray<string>
  readonly start: () => Promise<RunningPortal>
  /** An ok case first, then at least two that must not stamp. */
  readonly cases: ReadonlyArray<PortalCase>
  /** Which taxpayer: most use the person, some the company. */
  readonly profile: "person" | "company"
  /** The ok case done by hand: what a programmer who knows this portal would write; the bench's yardstick. */
  readonly script: (page: Page, ticket: PortalCase["ticket"], profile: Profile) => Promise<void>
}

export interface Profile {
  readonly rfc: string
  readonly fullName: string
  readonly fiscalRegime: string
  readonly postalCode: string
  readonly cfdiUse: string
  readonly email: string
}

export const profiles: Readonly<Record<"person" | "company", Profile>> = {
  person: {
    rfc: "CACX7605101P8",
    fullName: "XOCHILT CASAS CHAVEZ",
    fiscalRegime: "612",
    postalCode: "36257",
    cfdiUse: "G03",
    email: "xochilt@example.com"
  },
  company: {
    rfc: "EKU9003173C9",
    fullName: "ESCUELA KEMPER URGATE",
    fiscalRegime: "601",
    postalCode: "42501",
    cfdiUse: "G03",
    email: "facturas@kemper.example"
  }
}

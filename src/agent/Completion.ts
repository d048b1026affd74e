import type { Invoice } from "../cfdi/Invoice.ts"

/** How a run ended well: with a proven invoice, or with the portal's word that it was sent by e-mail. */
export type Completion =
  | {
      readonly delivery: "download"
      readonly invoice: Invoice
      readonly warnings: ReadonlyArray<string>
      readonly artifacts: ReadonlyArray<string>
    }
  | { readonly delivery: "email"; readonly warnings: ReadonlyArray<string>; readonly artifacts: ReadonlyArray<string> }

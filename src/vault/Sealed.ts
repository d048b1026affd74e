/** A column that the vault seals, and which of its row's columns its context is made of. */
export interface SealedColumn {
  readonly table: string
  readonly column: string
  /** The column that names the row. */
  readonly row: string
  /** Whether the row belongs to a user, by `user_id`. */
  readonly owned: boolean
}

/** All of them: a key is rotated through these, and a test finds any that is missing here. */
export const sealedColumns: ReadonlyArray<SealedColumn> = [
  { table: "user_profiles", column: "rfc", row: "user_id", owned: true },
  { table: "user_profiles", column: "company_details", row: "user_id", owned: true },
  { table: "automation_tasks", column: "receiver_rfc", row: "id", owned: true },
  { table: "artifacts", column: "sealed", row: "id", owned: true },
  { table: "interventions", column: "answers", row: "id", owned: true },
  { table: "user_vendor_credentials", column: "secret", row: "id", owned: true },
  { table: "webhooks", column: "secret", row: "id", owned: true },
  { table: "retained_invoices", column: "facts", row: "id", owned: false }
]

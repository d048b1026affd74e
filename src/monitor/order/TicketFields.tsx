import type { FieldError } from "../Problem.ts"
import { text } from "../Text.ts"
import { Field } from "../ui/Field.tsx"
import type { Bound } from "../ui/Form.ts"
import { filled, type Pair, Pairs, pair } from "../ui/Pairs.tsx"
import { understand, weigh, write } from "./Ticket.ts"
import { TicketPreview } from "./TicketPreview.tsx"

type Mode = "paste" | "table"

export interface TypedTicket {
  readonly mode: Mode
  readonly pasted: string
  readonly pairs: ReadonlyArray<Pair>
}

export const blankTicket: TypedTicket = { mode: "paste", pasted: "", pairs: [] }

const usual = ["Folio", "Fecha", "Total"]

/** The two ways hold the same ticket, so what was written in one is there in the other. */
const inMode = (ticket: TypedTicket, mode: Mode): TypedTicket => {
  if (mode === ticket.mode) return ticket
  if (mode === "paste")
    return { ...ticket, mode, pasted: write(filled(ticket.pairs).filter(({ value }) => value !== "")) }
  const pairs = understand(ticket.pasted).entries.map(({ label, value }) => pair(label, value))
  return { ...ticket, mode, pairs: pairs.length > 0 ? pairs : usual.map((label) => pair(label)) }
}

export const understood = ({ mode, pairs, pasted }: TypedTicket) =>
  mode === "paste" ? understand(pasted) : weigh(filled(pairs))

interface Props {
  readonly field: Bound<TypedTicket>
  readonly errors: ReadonlyArray<FieldError>
}

const Paste = ({ field, error }: { readonly field: Bound<TypedTicket>; readonly error: string | undefined }) => {
  const t = text.value.order
  const ticket = field.value
  return (
    <div class="columns">
      <Field label={t.lines} hint={t.linesHint} error={error}>
        {(described) => (
          <textarea
            {...described}
            name={field.name}
            rows={8}
            spellcheck={false}
            autocorrect="off"
            placeholder={t.example}
            value={ticket.pasted}
            onInput={({ currentTarget }) => field.change({ ...ticket, pasted: currentTarget.value })}
          />
        )}
      </Field>
      <TicketPreview understood={understood(ticket)} />
    </div>
  )
}

const Table = ({ field, error }: { readonly field: Bound<TypedTicket>; readonly error: string | undefined }) => (
  <>
    <Pairs
      legend={text.value.order.ticket}
      pairs={field.value.pairs}
      onChange={(pairs) => field.change({ ...field.value, pairs })}
    />
    {error && <p class="field-error">{error}</p>}
  </>
)

export const TicketFields = ({ field, errors }: Props) => {
  const t = text.value.order
  const { mode } = field.value
  const error = errors.length === 0 ? undefined : errors.map(({ detail }) => detail).join(" ")
  return (
    <fieldset>
      <legend>{t.ticket}</legend>
      <div class="segments" role="radiogroup" aria-label={t.how}>
        {(["paste", "table"] as const).map((way) => (
          <label key={way} class="segment">
            <input
              type="radio"
              name="mode"
              checked={mode === way}
              onChange={() => field.change(inMode(field.value, way))}
            />
            <span>{t[way]}</span>
          </label>
        ))}
      </div>
      {mode === "paste" ? <Paste field={field} error={error} /> : <Table field={field} error={error} />}
    </fieldset>
  )
}

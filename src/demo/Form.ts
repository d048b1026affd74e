import { Array as Arr, Data, Effect, ParseResult, Schema } from "effect"

/** A text field as it arrives; one that was not sent counts as left empty, as an unticked box does. */
export const textField = Schema.optionalWith(Schema.String, { default: () => "" })

export interface FieldProblem {
  readonly campo: string
  readonly mensaje: string
}

export class FormRefused extends Data.TaggedError("FormRefused")<{
  readonly problems: ReadonlyArray<FieldProblem>
}> {
  get text() {
    return this.problems.map(({ mensaje }) => mensaje).join("\n")
  }
}

/** One message per field, the first that is wrong with it. */
const refused = (error: ParseResult.ParseError) =>
  new FormRefused({
    problems: Arr.dedupeWith(
      ParseResult.ArrayFormatter.formatErrorSync(error).map(({ message, path }) => ({
        campo: path.map(String).join("."),
        mensaje: message
      })),
      (a, b) => a.campo === b.campo
    )
  })

/** Decodes what was typed and collects every problem, as a form shows them side by side. */
export const readForm = <A, I>(schema: Schema.Schema<A, I>) => {
  const decode = Schema.decodeUnknown(schema, { errors: "all" })
  return (typed: unknown) => Effect.mapError(decode(typed), refused)
}

export const says = (message: string) => ({ message: () => message })

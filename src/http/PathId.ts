import { HttpApiSchema } from "@effect/platform"
import { identity, Schema } from "effect"

const isUuid = Schema.is(Schema.UUID)
const nobodys = "00000000-0000-0000-0000-000000000000"

/** An id in a path. Text that is no UUID becomes an id that nothing has, so that both are answered alike. */
export const pathId = <const Name extends string, A>(name: Name, id: Schema.Schema<A, string>) =>
  HttpApiSchema.param(
    name,
    Schema.transform(Schema.String, id, {
      strict: true,
      decode: (text) => (isUuid(text) ? text : nobodys),
      encode: identity
    })
  )

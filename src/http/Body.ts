import { Schema } from "effect"

/** A request's fields, of which all that are wrong are told at once. */
export const body = <Fields extends Schema.Struct.Fields>(fields: Fields) =>
  Schema.Struct(fields).annotations({ parseOptions: { errors: "all" } })

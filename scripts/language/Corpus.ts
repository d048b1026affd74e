import { FileSystem, Path } from "@effect/platform"
import { Effect, Schema } from "effect"
import { featuresOf as featuresOfPress } from "../../src/agent/portal/PressModel.ts"
import { featuresOf as featuresOfSaying } from "../../src/agent/portal/SayingModel.ts"

/** One text as a portal may show it, and what it tells. `after`: said once the invoice was asked for. */
const Saying = Schema.Struct({
  text: Schema.NonEmptyString,
  outcome: Schema.NullOr(
    Schema.Literal(
      "already_invoiced",
      "expired",
      "not_found",
      "not_yet",
      "data_rejected",
      "closed",
      "down",
      "captcha_wrong",
      "login_failed",
      "success",
      "emailed"
    )
  ),
  after: Schema.Boolean
})

/** What stands on one button, and what pressing it is for. */
const Button = Schema.Struct({
  text: Schema.NonEmptyString,
  press: Schema.Literal(
    "stamp",
    "next",
    "accept",
    "dismiss",
    "back",
    "download_xml",
    "download_pdf",
    "download",
    "start",
    "recover",
    "login",
    "none"
  )
})

/** All that stands in a folder beside this file, in the order of its files. */
const read = Effect.fn("corpus")(function* <A, I>(name: string, example: Schema.Schema<A, I>) {
  const fs = yield* FileSystem.FileSystem
  const path = yield* Path.Path
  const folder = new URL(name, import.meta.url).pathname
  const files = (yield* fs.readDirectory(folder)).filter((file) => file.endsWith(".json")).sort()
  const texts = yield* Effect.forEach(files, (file) => fs.readFileString(path.join(folder, file)))
  const all = yield* Effect.forEach(texts, (text) => Schema.decode(Schema.parseJson(Schema.Array(example)))(text))
  return all.flat()
})

export const sayings = Effect.map(read("sayings", Saying), (all) =>
  all.map(({ after, outcome, text }) => ({ features: featuresOfSaying(text, after), kind: outcome ?? "none" }))
)

export const presses = Effect.map(read("presses", Button), (all) =>
  all.map(({ press, text }) => ({ features: featuresOfPress(text), kind: press }))
)

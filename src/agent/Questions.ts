import { Effect } from "effect"
import { Aborted, CaptchaUnsolved } from "./AgentError.ts"
import type { Assignment } from "./Assignment.ts"
import type { Desk, Question } from "./Desk.ts"
import * as InPage from "./page/InPage.ts"
import { call } from "./page/PageError.ts"
import type { Tab } from "./page/Tab.ts"
import type { Field } from "./portal/Fields.ts"

const maxCaptchas = 3

/** What only a person can tell, asked so that it can be answered without seeing the portal. */
export class Questions {
  readonly answers: Record<string, string>
  private captchas = 0

  constructor(
    private readonly desk: Desk,
    assignment: Assignment
  ) {
    this.answers = { ...assignment.answers }
  }

  /** False where the user took the page over instead of answering: then it has to be looked at again. */
  private ask(question: Question) {
    return this.desk.ask(question).pipe(
      Effect.flatMap((answer) => {
        if (answer.action === "abort") return new Aborted({ reason: "El usuario decidió no continuar." })
        if (answer.action === "continue") Object.assign(this.answers, answer.answers)
        return Effect.succeed(answer.action === "continue")
      })
    )
  }

  /** Data that the portal requires and the task does not have. */
  missing(fields: ReadonlyArray<Field>) {
    return this.ask({
      kind: "missing_data",
      message: `El portal pide ${fields.length === 1 ? "un dato" : "datos"} que el ticket y el perfil no tienen.`,
      fields: fields.map(describe)
    })
  }

  /** A list that has no item for what is wanted. */
  choice(field: Field, offered: ReadonlyArray<string>) {
    return this.ask({
      kind: "choice",
      message: `Ninguna opción de «${label(field)}» corresponde a los datos de la tarea: elige una.`,
      fields: [{ name: field.key, label: label(field), type: "select", options: offered.slice(0, 100) }]
    })
  }

  awaited(fields: ReadonlyArray<Field>) {
    const [first] = fields
    const offered = first
      ? [...first.control.options.map(({ text }) => text), ...first.radios.map(({ label }) => label)]
      : []
    return first && offered.length > 1 ? this.choice(first, offered) : this.missing(fields)
  }

  confirm(button: string) {
    return this.ask({ kind: "confirm_submit", message: `Todo está listo. ¿Se envía con «${button}»?`, fields: [] })
  }

  login({ username, password }: { readonly username: Field; readonly password: Field }) {
    return this.ask({
      kind: "login",
      message: "El portal pide iniciar sesión.",
      fields: [describe(username), { name: password.key, label: label(password), type: "password" }]
    })
  }

  /** The image beside the field goes with the question; a new image is a new question, three times at most. */
  captcha(tab: Tab, field: Field) {
    return Effect.gen(this, function* () {
      if (++this.captchas > maxCaptchas)
        return yield* new CaptchaUnsolved({ reason: "El captcha no se resolvió en tres intentos." })
      const image = yield* captchaImage(tab, field)
      yield* this.ask({
        kind: "captcha",
        message: "El portal pide resolver un captcha.",
        fields: [{ name: field.key, label: label(field), type: "text" }],
        image
      })
    })
  }

  /** A wrong answer to a captcha is not given again. */
  forget(field: Field) {
    delete this.answers[field.key]
  }
}

const label = ({ control, key }: Field) => control.label || control.group || control.placeholder || key

const describe = (field: Field): Question["fields"][number] => {
  const options = [...field.control.options.map(({ text }) => text), ...field.radios.map(({ label }) => label)].filter(
    (text) => text !== ""
  )
  if (options.length > 0)
    return { name: field.key, label: label(field), type: "select", options: options.slice(0, 100) }
  const type = field.control.type === "date" ? "date" : field.control.type === "number" ? "number" : "text"
  return { name: field.key, label: label(field), type }
}

const captchaImage = Effect.fnUntraced(function* (tab: Tab, { control }: Field) {
  const handle = yield* InPage.element(control.frame, control.ref)
  return yield* call("captcha", async () => {
    const page = tab.page()
    const box = await handle.boundingBox()
    if (!box) return new Uint8Array(await page.screenshot())
    // The picture stands beside, above or below its field.
    const clip = {
      x: Math.max(0, box.x - 320),
      y: Math.max(0, box.y - 180),
      width: box.width + 640,
      height: box.height + 360
    }
    return new Uint8Array(await page.screenshot({ clip }))
  })
})

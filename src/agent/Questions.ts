import { Effect, Option, Redacted } from "effect"
import { isSatHost } from "../cfdi/SatHost.ts"
import { Aborted, CaptchaUnsolved, LoginFailed, UnsupportedPortal } from "./AgentError.ts"
import { describe, hostOf, label, maxOptions, optionsOf } from "./AskedField.ts"
import { captchaPicture, pagePicture } from "./AskedPicture.ts"
import type { Assignment } from "./Assignment.ts"
import type { Desk, Question } from "./Desk.ts"
import type { Captcha } from "./page/Look.ts"
import type { Tab } from "./page/Tab.ts"
import { Advice } from "./plan/Advice.ts"
import type { Form } from "./plan/Form.ts"
import type { LanguageModel } from "./plan/Llm.ts"
import type { LoginWall } from "./plan/LoginWall.ts"
import type { Field } from "./portal/Fields.ts"
import { isPlaceholder } from "./portal/Options.ts"
import type { Outcome } from "./portal/Outcome.ts"
import { isPersonal } from "./portal/Personal.ts"
import { plain } from "./portal/Plain.ts"
import { mask } from "./portal/Speech.ts"

const maxTries = 3

/** What only a person can tell, asked so that it can be answered without seeing the portal. */
export class Questions {
  private readonly answers: Record<string, string>
  private readonly tries = new Map<string, number>()
  /** Answers for one time that were given and not pressed on yet, and fields whose answer the portal has refused. */
  private readonly fresh = new Set<string>()
  private readonly refused = new Set<string>()
  private readonly refusals = new Set<string>()
  private readonly names = new Map<"captcha" | "code", string>()
  /** Secrets, and the host whose pages they were given for. */
  private readonly bound = new Map<string, string>()
  private logins: "untried" | "kept" | "asked" = "untried"
  readonly advice: Advice

  constructor(
    private readonly desk: Desk,
    assignment: Assignment,
    llm: Option.Option<LanguageModel>
  ) {
    this.answers = { ...assignment.answers }
    this.advice = new Advice(llm, desk, assignment, this.answers)
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

  /** True as often as something may be asked again. */
  private mayTry(what: string) {
    const tries = (this.tries.get(what) ?? 0) + 1
    this.tries.set(what, tries)
    return tries <= maxTries
  }

  /** Data that no rule knows: the language model may know where the ticket tells them, and else a person is asked. */
  lacking(form: Form, fields: ReadonlyArray<Field>) {
    return Effect.gen(this, function* () {
      const rest = yield* Effect.filter(fields, (field) => this.advice.knows(field, form), { negate: true })
      if (rest.length > 0) yield* this.missing(rest)
    })
  }

  /** A person says what is right where the portal refuses what the language model took. False where nothing changes. */
  doubt(outcome: Outcome) {
    return Effect.gen(this, function* () {
      const taken = this.advice.withdrawn(outcome)
      if (taken.size > 0) yield* this.missing([...taken.keys()])
      return [...taken].some(([{ key }, value]) => this.answers[key] !== value)
    })
  }

  /** Data that the portal requires and the task does not have. */
  missing(fields: ReadonlyArray<Field>) {
    const [first] = fields
    if (first && fields.length === 1 && optionsOf(first).length > 1) {
      return this.choice(first, optionsOf(first), `El portal pide elegir «${label(first)}».`)
    }
    const names = fields.map((field) => `«${label(field)}»`).join(", ")
    return this.ask({
      kind: "missing_data",
      message: `El portal pide ${fields.length === 1 ? "un dato" : "datos"} que ni el ticket ni el perfil tienen: ${names}.`,
      fields: fields.map((field) => ({ ...describe(field), ...(isPersonal(field) ? { remember: true } : {}) }))
    })
  }

  /** A list that has no item for what is wanted. */
  choice(
    field: Field,
    offered: ReadonlyArray<string>,
    message = `Ninguna opción de «${label(field)}» corresponde a los datos de la tarea: elija una.`
  ) {
    const options = offered.filter((text) => !isPlaceholder(text)).slice(0, maxOptions)
    return this.ask({
      kind: "choice",
      message,
      fields: [{ name: field.key, label: label(field), type: "select", options }]
    })
  }

  awaited(fields: ReadonlyArray<Field>) {
    const [first] = fields
    const offered = first ? optionsOf(first) : []
    return first && offered.length > 1 ? this.choice(first, offered) : this.missing(fields)
  }

  /** The page as it will be sent, and what its fields hold now. */
  confirm(tab: Tab, { fields }: Form, button: string) {
    return Effect.gen(this, function* () {
      const held = fields.flatMap((field) => {
        const value = field.radios.find(({ checked }) => checked)?.label ?? field.control.value
        return value === "" || field.control.kind === "password" ? [] : [`${label(field)}: ${mask(field.role, value)}`]
      })
      return yield* this.ask({
        kind: "confirm_submit",
        message: [`Todo está listo. ¿Se envía con «${button}»?`, ...held].join("\n"),
        fields: [],
        ...(yield* pagePicture(tab))
      })
    })
  }

  /** What the user has told before or had kept, once; after that the user is asked. */
  login({ username, password }: LoginWall) {
    return Effect.gen(this, function* () {
      const host = hostOf(password)
      if (isSatHost(host))
        return yield* new UnsupportedPortal({ reason: "La página pide la contraseña del SAT, que aquí nunca se usa." })
      this.refused.delete(password.key)
      for (const { key } of [username, password]) this.bound.set(key, host)
      const kept = this.logins === "untried" ? yield* this.desk.login(host) : Option.none()
      this.logins = Option.isSome(kept) ? "kept" : "asked"
      if (Option.isSome(kept)) {
        yield* this.desk.step({ type: "thinking", message: `Uso el acceso que se guardó para ${host}` })
        this.answers[username.key] = Redacted.value(kept.value.username)
        this.answers[password.key] = Redacted.value(kept.value.password)
        return
      }
      yield* this.ask({
        kind: "login",
        message: "El portal pide iniciar sesión.",
        host,
        fields: [
          { ...describe(username), remember: true },
          { name: password.key, label: label(password), type: "password", remember: true }
        ]
      })
    })
  }

  /** Did the portal refuse a log-in that nobody was asked for? Then somebody is. */
  get hasTriedKeptLogin() {
    return this.logins === "kept"
  }

  wantsLogin({ password }: LoginWall) {
    return password.control.value === "" || this.refused.has(password.key)
  }

  /** What was told for this field. A secret goes into no page but those of the host that it was given for. */
  answerTo(field: Field): string | undefined {
    const host = this.bound.get(field.key)
    return host === undefined || host === hostOf(field) ? this.answers[field.key] : undefined
  }

  /** Wants this field an answer that is good for one time, since it is empty or what it holds was refused? */
  isOpen(field: Field) {
    return this.answerTo(field) === undefined && (field.control.value === "" || this.refused.has(field.key))
  }

  /** What the portal has sent to its user; a wrong one is asked for again, three times at most. */
  code(field: Field) {
    return Effect.gen(this, function* () {
      if (!this.mayTry("code"))
        return yield* new LoginFailed({ reason: "El portal no aceptó el código en tres intentos." })
      yield* this.ask({
        kind: "otp",
        message: "El portal envió un código a su correo o teléfono: escríbalo.",
        fields: [{ ...describe(field), label: label(field) || "Código" }]
      })
      this.given("code", field)
    })
  }

  /** The image beside the field goes with the question; a new image is a new question, three times at most. */
  captcha(tab: Tab, field: Field) {
    return Effect.gen(this, function* () {
      if (!this.mayTry("captcha")) return yield* this.unsolved
      yield* this.ask({
        kind: "captcha",
        message: "El portal pide resolver un captcha.",
        fields: [{ name: field.key, label: label(field), type: "text" }],
        image: yield* captchaPicture(tab, field)
      })
      this.given("captcha", field)
    })
  }

  /** A captcha that no text answers: somebody has to take the browser over. */
  foreignCaptcha({ service }: Captcha) {
    return Effect.gen(this, function* () {
      if (!this.mayTry("foreign captcha")) return yield* this.unsolved
      yield* this.ask({
        kind: "takeover",
        message: `El portal pide resolver un captcha (${service}): tome el control del navegador, resuélvalo y continúe.`,
        fields: []
      })
    })
  }

  private readonly unsolved = new CaptchaUnsolved({ reason: "El captcha no se resolvió en tres intentos." })

  private given(what: "captcha" | "code", field: Field) {
    this.names.set(what, field.key)
    this.refused.delete(field.key)
    this.fresh.add(field.key)
  }

  /** The page was pressed on: a captcha's letters and a code are of no use again. */
  spend() {
    for (const key of this.fresh) delete this.answers[key]
    this.fresh.clear()
  }

  /** What was given for one time was wrong, in these words. */
  refuse(name: string, words: string) {
    this.refused.add(name)
    if (words !== "") this.refusals.add(plain(words))
  }

  readonly wasRefused = ({ key }: Field) => this.refused.has(key)

  /** Words that refused an earlier answer stand there again, and the field is empty again. */
  isRefusedAgain(field: Field, texts: ReadonlyArray<string>) {
    return !this.refused.has(field.key) && this.isOpen(field) && texts.some((text) => this.refusals.has(plain(text)))
  }

  /** The name of the field whose captcha, or code, the user was asked for last. */
  asked(what: "captcha" | "code") {
    return this.names.get(what)
  }
}

import { Schema } from "effect"

const Box = Schema.Tuple(Schema.Number, Schema.Number, Schema.Number, Schema.Number)

/** Something that takes a value. `ref` names the element to the frame it stands in. */
export const Control = Schema.Struct({
  ref: Schema.Int,
  /** Its place in the document, among controls and buttons alike. */
  order: Schema.Int,
  /** `chooser`: a list that is not a native select; `combobox`: a list that can be typed into. */
  kind: Schema.Literal("text", "password", "file", "select", "chooser", "combobox", "checkbox", "radio"),
  type: Schema.String,
  label: Schema.String,
  group: Schema.String,
  /** Of a tick box in a table or list: all that its row says. */
  row: Schema.String,
  placeholder: Schema.String,
  title: Schema.String,
  /** What is said beside or below it: how to write, where to find it on the ticket. */
  hint: Schema.String,
  name: Schema.String,
  id: Schema.String,
  autocomplete: Schema.String,
  pattern: Schema.String,
  /** −1: no limit. */
  maxLength: Schema.Int,
  step: Schema.String,
  /** Of a select, the text of its chosen option. */
  value: Schema.String,
  checked: Schema.Boolean,
  options: Schema.Array(Schema.Struct({ text: Schema.String, value: Schema.String, disabled: Schema.Boolean })),
  required: Schema.Boolean,
  enabled: Schema.Boolean,
  readOnly: Schema.Boolean,
  invalid: Schema.Boolean,
  /** 0: in no form, in no dialog. */
  form: Schema.Int,
  dialog: Schema.Int,
  covered: Schema.Boolean,
  /** x, y, width, height on the page of its frame. */
  box: Box
})
export type Control = typeof Control.Type

/** Something to press. */
export const Button = Schema.Struct({
  ref: Schema.Int,
  order: Schema.Int,
  text: Schema.String,
  label: Schema.String,
  /** What the row of a list that it stands in says; empty outside, and in a row that asks for something. */
  row: Schema.String,
  id: Schema.String,
  role: Schema.String,
  submits: Schema.Boolean,
  popup: Schema.String,
  className: Schema.String,
  href: Schema.String,
  download: Schema.Boolean,
  enabled: Schema.Boolean,
  form: Schema.Int,
  dialog: Schema.Int,
  covered: Schema.Boolean,
  box: Box
})
export type Button = typeof Button.Type

/** One visible line or paragraph. */
export const Text = Schema.Struct({
  ref: Schema.Int,
  text: Schema.String,
  tone: Schema.Literal("plain", "alert", "success"),
  dialog: Schema.Int
})
export type Text = typeof Text.Type

/** A captcha of another's service; `solved` once it has given the page its word for it. */
export const Captcha = Schema.Struct({ service: Schema.String, form: Schema.Int, solved: Schema.Boolean })
export type Captcha = typeof Captcha.Type

export const FrameLook = Schema.Struct({
  url: Schema.String,
  title: Schema.String,
  changes: Schema.Int,
  controls: Schema.Array(Control),
  buttons: Schema.Array(Button),
  texts: Schema.Array(Text),
  /** What the rows of lists say, those apart that ask for something. */
  rows: Schema.Array(Schema.String),
  /** Every message that was put up in this document, in order, gone or not. */
  spoken: Schema.Array(Schema.String),
  dialogs: Schema.Array(Schema.Struct({ ref: Schema.Int, text: Schema.String, framed: Schema.Boolean })),
  captchas: Schema.Array(Captcha)
})
export type FrameLook = typeof FrameLook.Type

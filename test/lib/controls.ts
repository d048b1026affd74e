import type { Control } from "../../src/agent/page/Look.ts"

/** A text control with nothing to it but what is given. */
export const control = (part: Partial<Control>): Control => ({
  ref: 1,
  order: 1,
  kind: "text",
  type: "text",
  label: "",
  group: "",
  row: "",
  placeholder: "",
  title: "",
  hint: "",
  name: "",
  id: "",
  autocomplete: "",
  pattern: "",
  maxLength: -1,
  step: "",
  value: "",
  checked: false,
  options: [],
  required: false,
  enabled: true,
  readOnly: false,
  invalid: false,
  form: 0,
  dialog: 0,
  covered: false,
  box: [0, 0, 100, 20],
  ...part
})

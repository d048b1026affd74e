import { Option } from "effect"
import { parseDate } from "../agent/portal/Dates.ts"
import { parseMoney } from "../cfdi/Money.ts"
import type { InterventionField } from "./Event.ts"

type Answers = Readonly<Record<string, string>>

const texts = {
  es: {
    REQUIRED: "Falta esta respuesta.",
    UNKNOWN_FIELD: "Nadie lo preguntó.",
    OPTION: "No es una de las opciones.",
    NUMBER: "Debe ser un número.",
    DATE: "Debe ser una fecha (AAAA-MM-DD).",
    TOO_LONG: "El portal no admite un texto tan largo."
  },
  en: {
    REQUIRED: "This answer is missing.",
    UNKNOWN_FIELD: "Nobody asked this.",
    OPTION: "This is not one of the options.",
    NUMBER: "This must be a number.",
    DATE: "This must be a date (YYYY-MM-DD).",
    TOO_LONG: "The portal takes no text as long as this."
  }
}

type Code = keyof typeof texts.es

const problem = ({ max_length, options, type }: InterventionField, value: string | undefined): Code | undefined => {
  if (value === undefined || value.trim() === "") return "REQUIRED"
  if (options !== undefined && !options.includes(value)) return "OPTION"
  if (max_length !== undefined && value.trim().length > max_length) return "TOO_LONG"
  if (type === "number" && !/^\d+$/.test(value) && Option.isNone(parseMoney(value))) return "NUMBER"
  return type === "date" && parseDate(value) === undefined ? "DATE" : undefined
}

/** What keeps answers from being those to these fields, told in the language of whoever gave them. */
export const answerProblems = (
  fields: ReadonlyArray<InterventionField>,
  answers: Answers,
  language: keyof typeof texts
) =>
  [
    ...fields.map((field) => ({ name: field.name, code: problem(field, answers[field.name]) })),
    ...Object.keys(answers)
      .filter((name) => !fields.some((field) => field.name === name))
      .map((name) => ({ name, code: "UNKNOWN_FIELD" as const }))
  ].flatMap(({ code, name }) =>
    code === undefined
      ? []
      : [
          {
            pointer: `/answers/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`,
            code,
            detail: texts[language][code]
          }
        ]
  )

import { Option } from "effect"
import { paymentFormName } from "../../cfdi/Catalogs.ts"
import { spelled } from "./Abbreviations.ts"
import type { Fact } from "./Facts.ts"

/** How tickets print c_FormaPago. */
const paidBy: ReadonlyArray<readonly [RegExp, string]> = [
  [/efectivo|\bcash\b/, "01"],
  [/cheque/, "02"],
  [/transferencia|\bspei\b/, "03"],
  [/debito|\btdd\b|\bdebit\b/, "28"],
  [/credito|\btdc\b|\bcredit\b|\bamex\b|american express/, "04"],
  [/monedero/, "05"],
  [/vales/, "08"]
]

export const paymentCode = (text: string) =>
  /^\d{1,2}$/.test(text) ? text.padStart(2, "0") : paidBy.find(([pattern]) => pattern.test(spelled(text)))?.[1]

/** What a ticket says of how it was paid, as a fact that lists may know by its code or its name. */
export const payment = (label: string, said: string): ReadonlyArray<Fact> => {
  const code = paymentCode(said)
  return code === undefined
    ? []
    : [
        {
          roles: new Map([["payment", 10]]),
          label,
          value: code,
          names: [said, ...Option.toArray(paymentFormName(code))]
        }
      ]
}

/** Of a card that a ticket prints with all but its end hidden. */
export const lastDigits = (value: string) => /(?:^|\s)[*x•.\s-]{2,}(\d{4})$/i.exec(value.trim())?.[1]

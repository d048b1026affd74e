import { text } from "../Text.ts"

/** A code that this page does not know is shown as it is rather than kept back. */
const said = (code: string) => new Map(Object.entries(text.value.warnings)).get(code) ?? code

export const WarningList = ({ codes }: { readonly codes: ReadonlyArray<string> }) => (
  <ul>
    {codes.map((code) => (
      <li key={code}>{said(code)}</li>
    ))}
  </ul>
)

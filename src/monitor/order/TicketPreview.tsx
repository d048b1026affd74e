import { text } from "../Text.ts"
import type { Understood } from "./Ticket.ts"

/** What was understood of a pasted ticket, and what was not. */
export const TicketPreview = ({ understood }: { readonly understood: Understood }) => {
  const t = text.value.order
  const { entries, ignored } = understood
  return (
    <div class="preview" aria-live="polite">
      {entries.length === 0 && ignored.length === 0 && <p class="hint">{t.nothing}</p>}
      {entries.length > 0 && (
        <table>
          <caption>{t.understood(entries.length)}</caption>
          <tbody>
            {entries.map(({ label, value }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td>{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {ignored.length > 0 && (
        <div class="ignored">
          <p>{t.ignored}</p>
          <ul>
            {ignored.map(({ line, trouble }, index) => (
              <li key={`${index} ${line}`}>
                <q>{line}</q> <span>({t[trouble]})</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}

import type { Control } from "../page/Look.ts"
import { plain, words } from "./Plain.ts"

const secrets =
  /\bciec\b|\be ?[.-]? ?firma\b|(contrasena|password|nip)( \w+){0,3} sat\b|(llave|clave) privada|(contrasena|password)( \w+){0,3} (fiel|csd|sello|certificado)|private ?key/
// "Clave SAT" stands before the codes of a catalogue as well; what is typed hidden is none.
const hidden = /\bsat\b|\bfiel\b|certificado/

/**
 * Does it ask for what opens the taxpayer's account with SAT, or signs in their name? No shop needs it for an invoice:
 * it is neither typed nor asked for.
 */
export const asksForTaxSecret = ({
  id,
  kind,
  label,
  name,
  placeholder,
  title
}: Pick<Control, "id" | "kind" | "label" | "name" | "placeholder" | "title">) =>
  [plain(label || placeholder || title), words(name), words(id)].some(
    (text) => secrets.test(text) || (kind === "password" && hidden.test(text))
  )

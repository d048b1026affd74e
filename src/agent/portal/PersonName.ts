import { plain } from "./Plain.ts"

const particles = new Set(["de", "del", "la", "las", "los", "y", "san", "santa", "mc", "van", "von", "da", "do", "dos"])

/** "María de la Luz Pérez" as ["María", "de la Luz", "Pérez"]. */
const parts = (name: string) => {
  const found: Array<string> = []
  let open = ""
  for (const word of name.trim().split(/\s+/)) {
    const joined = open === "" ? word : `${open} ${word}`
    if (particles.has(plain(word))) open = joined
    else {
      found.push(joined)
      open = ""
    }
  }
  return open === "" ? found : [...found, open]
}

const initial = (part: string | undefined) => {
  const word =
    plain(part ?? "")
      .split(" ")
      .find((word) => !particles.has(word)) ?? plain(part ?? "")
  return word.charAt(0).toUpperCase()
}

export interface PersonName {
  readonly firstName: string
  readonly paternalSurname: string
  readonly maternalSurname: string
}

/**
 * A person's name, written "nombre paterno materno", in its three parts. The RFC begins with the paternal surname's
 * first two letters and the maternal one's first, which tells one surname from two.
 */
export const splitName = (fullName: string, rfc: string): PersonName => {
  const all = parts(fullName)
  const make = (surnames: number): PersonName => ({
    firstName: all.slice(0, all.length - surnames).join(" "),
    paternalSurname: all[all.length - surnames] ?? "",
    maternalSurname: surnames > 1 ? all.slice(all.length - surnames + 1).join(" ") : ""
  })
  const fits = ({ paternalSurname, maternalSurname }: PersonName) =>
    initial(paternalSurname) === rfc.charAt(0) && (maternalSurname === "" || initial(maternalSurname) === rfc.charAt(2))
  const candidates = [2, 1, 3].filter((surnames) => all.length > surnames).map(make)
  return candidates.find(fits) ?? candidates[0] ?? { firstName: fullName, paternalSurname: "", maternalSurname: "" }
}

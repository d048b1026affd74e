// The régimen societario as it is written, without dots and spaces; a trailing "de C.V." is taken off before.
const companyForms = new Set([
  ...["SA", "SAB", "SAPI", "SAPIB", "SAS", "SOCIEDADANONIMA", "SOCIEDADANONIMABURSATIL"],
  ...["SOCIEDADANONIMAPROMOTORADEINVERSION", "SOCIEDADPORACCIONESSIMPLIFICADA"],
  ...["SDERL", "SDERLMI", "SOCIEDADDERESPONSABILIDADLIMITADA", "SCDERL", "SPRDERL", "SPRDERI", "SDESS"],
  ...["SENC", "SENCPORA", "SENNC", "SNC", "SC", "SOCIEDADCIVIL", "AC", "ASOCIACIONCIVIL"],
  ...["IAP", "IBP", "ABP", "INSTITUCIONDEASISTENCIAPRIVADA"]
])

const variableCapital = new Set(["DECV", "DECAPITALVARIABLE"])

// Enough for "S. A. P. I. B." and for every name written in full.
const longestForm = 6

const withoutEnding = (words: ReadonlyArray<string>, endings: ReadonlySet<string>) => {
  for (let count = Math.min(longestForm, words.length - 1); count > 0; count--) {
    if (endings.has(words.slice(-count).join(""))) return words.slice(0, -count)
  }
  return words
}

const words = (name: string) =>
  name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toUpperCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")

const essence = (name: string) => withoutEnding(withoutEnding(words(name), variableCapital), companyForms).join("")

/** Whether two names are one taxpayer's, whatever the case, accents, punctuation and régimen societario. */
export const sameName = (one: string, other: string) => essence(one) === essence(other)

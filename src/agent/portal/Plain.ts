/** Text as it is compared: lower case, without accents, white space squeezed. `Ñ` becomes `n`, "T O T A L" one word. */
export const plain = (text: string) =>
  text
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/\s+/g, " ")
    .replace(/(?<!\S)[a-z](?: [a-z]){3,}(?!\S)/g, (spaced) => spaced.replaceAll(" ", ""))
    .trim()

/** A name from the page's code (`txtRfcCliente`, `form:fecha_input`) as words. */
export const words = (identifier: string) =>
  plain(
    identifier
      .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
      .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
      .replace(/[^\p{L}\d]+/gu, " ")
  )

/** Letters and digits alone, upper case: how two codes are compared whatever a mask put between. */
export const bare = (text: string) =>
  text
    .normalize("NFD")
    .replace(/[^\p{L}\d&Ññ]/gu, "")
    .toUpperCase()

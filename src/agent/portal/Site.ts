import { registeredPart } from "../../egress/PublicSuffix.ts"

/** The registrable domain of an address, by the public suffixes; where it has none, its whole origin. */
export const siteOf = (address: string) => {
  const url = URL.parse(address)
  if (url === null) return ""
  return registeredPart(url.hostname) ?? url.origin
}

import { registeredPart } from "../egress/PublicSuffix.ts"

/**
 * What a secret that is typed into a page belongs to: the part of its host that somebody registered. A host of which
 * nobody can tell, an address or a name without a public suffix, stands for itself alone.
 */
export const registrable = (host: string) => {
  const name = host.toLowerCase()
  return registeredPart(name) ?? name
}

// Laid out when it is first asked: the list takes longer than all of Effect to evaluate, and starts rarely need it.
const list = (): typeof import("tldts") => require("tldts")

const settings = { allowPrivateDomains: true, validateHostname: false } as const

/** The part of a host's name that somebody registered; none of an address or of what has no public suffix. */
export const registeredPart = (host: string) => list().getDomain(host, settings)

/** Whether names are registered below this one, so that it belongs to no one of their owners. */
export const isPublicSuffix = (host: string) => {
  const { domain, isIp, publicSuffix } = list().parse(host, settings)
  return domain === null && isIp !== true && publicSuffix === host
}

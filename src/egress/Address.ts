import ipaddr from "ipaddr.js"

// All that is routed on the internet is given out from here; what special use has a part of it, ipaddr.js knows.
const globalUnicast = ipaddr.parseCIDR("2000::/3")
// Reserved since ipaddr.js drew its list: documentation, and what IETF protocols use among themselves.
const reserved = ["3fff::/20", "2001::/23"].map((range) => ipaddr.IPv6.parseCIDR(range))
// Azure answers here to its own machines only, as others do on link-local addresses.
const metadata = new Set(["168.63.129.16"])

const isPublicIpv4 = (address: ipaddr.IPv4) => address.range() === "unicast" && !metadata.has(address.toString())

const isPublicIpv6 = (address: ipaddr.IPv6) => {
  const bytes = address.toByteArray()
  switch (address.range()) {
    // Addresses that speak for an IPv4 one are judged by it: NAT64 and 6to4 would reach it.
    case "rfc6052":
      return isPublicIpv4(new ipaddr.IPv4(bytes.slice(12)))
    case "6to4":
      return isPublicIpv4(new ipaddr.IPv4(bytes.slice(2, 6)))
    case "unicast":
      return address.match(globalUnicast) && !reserved.some((range) => address.match(range))
    default:
      return false
  }
}

/** Whether an address, in any notation, is one of the public internet. */
export const isPublicAddress = (text: string) => {
  const address = ipaddr.process(text)
  return address instanceof ipaddr.IPv6 ? isPublicIpv6(address) : isPublicIpv4(address)
}

const privateSuffix =
  /(?:^|\.)(?:localhost|localdomain|local|internal|intranet|lan|home|corp|private|flycast|onion|arpa|test|invalid)$/

/** A name without a dot, or under a suffix that only private networks resolve, is never a shop's portal. */
export const isPublicName = (name: string) => name.includes(".") && !privateSuffix.test(name)

export const isAddress = (host: string) => ipaddr.isValid(host)

/** The one way of writing an address: what is compared must be written alike. */
export const canonical = (address: string) => ipaddr.process(address).toString()

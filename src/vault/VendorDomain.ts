import { Effect, Either, Option } from "effect"
import { isSatHost } from "../cfdi/SatHost.ts"
import { Egress } from "../egress/Egress.ts"
import { isPublicSuffix } from "../egress/PublicSuffix.ts"
import { RequestInfo } from "../http/RequestInfo.ts"
import { VendorDomainRefused } from "./VendorCredential.ts"

const refusals = {
  VENDOR_DOMAIN: {
    es: "Debe ser el dominio de un portal, como facturacion.ejemplo.com.mx.",
    en: "This must be the host name of a portal."
  },
  SAT_CREDENTIALS: {
    es: "Aquí nunca se guarda la contraseña del SAT ni la e.firma.",
    en: "The SAT password and the e.firma are never kept here."
  }
}

/** Says which portals a log-in may be kept for; gives the host as the URL parser writes it. */
export class VendorDomain extends Effect.Service<VendorDomain>()("vault/VendorDomain", {
  effect: Effect.gen(function* () {
    const egress = yield* Egress

    const judge = (text: string): Either.Either<string, keyof typeof refusals> => {
      const host = text.trim()
      const url = /[/?#@\\\s]/.test(host) ? Option.none() : Either.getRight(egress.parse(`http://${host}/`))
      if (Option.isNone(url)) return Either.left("VENDOR_DOMAIN")
      const { hostname } = url.value
      if (isSatHost(hostname)) return Either.left("SAT_CREDENTIALS")
      // What whole towns of sites end in belongs to none of them. A name that only this network knows was allowed above.
      if (hostname.includes(".") && isPublicSuffix(hostname)) return Either.left("VENDOR_DOMAIN")
      return Either.right(hostname)
    }

    const parse = Effect.fn("VendorDomain.parse")(function* (text: string) {
      const { language } = yield* RequestInfo
      return yield* Effect.mapError(
        judge(text),
        (code) =>
          new VendorDomainRefused({ errors: [{ pointer: "/vendor_domain", code, detail: refusals[code][language] }] })
      )
    })

    return { parse } as const
  })
}) {}

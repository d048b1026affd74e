import { regimes, uses } from "../catalogs/Catalog.ts"

/**
 * What `/catalogs` says, for the page. Called as a macro: who registers cannot ask yet, and has no use for the code behind it.
 */
export const catalogs = () => ({
  regimes: regimes().map(({ code, name, individual, moral, cfdi_uses }) => ({
    code,
    name,
    individual,
    moral,
    uses: { individual: [...cfdi_uses.individual], moral: [...cfdi_uses.moral] }
  })),
  uses: uses()
    .filter(({ for_purchases }) => for_purchases)
    .map(({ code, name }) => ({ code, name }))
})

import { formatMoney } from "../../../../src/cfdi/Money.ts"
import { captchaCode } from "../../lib/CaptchaImage.ts"
import type { TestPortal } from "../../lib/Portal.ts"
import { download, printed } from "../../lib/ScriptTools.ts"
import { daysAgo } from "../../lib/TicketDates.ts"
import { type Sale, start } from "./Site.ts"

const open: Sale = {
  ticket: "700418226",
  branch: "0381",
  cents: 101499n,
  description: "Artículos de supermercado",
  paymentForm: "28"
}

const old: Sale = { ...open, ticket: "700297713", cents: 45050n, expired: true }

const mistyped: Sale = { ...open, ticket: "700418311", cents: 23780n }

const ticketOf = (sale: Sale, days: number, transaction = sale.ticket) => ({
  Tienda: sale.branch,
  Caja: "09",
  Transacción: transaction,
  Operador: "5512",
  Fecha: daysAgo(days).dayMonthYear,
  TOTAL: formatMoney(sale.cents),
  "T. DEBITO": formatMoney(sale.cents)
})

const completed = { status: "COMPLETED", delivery: "download" } as const

export const portal: TestPortal = {
  id: "colibri",
  traps: [
    "an image captcha before the stamp; a wrong one says Captcha incorrecto and brings another image",
    "a link that renews the image"
  ],
  profile: "person",
  start: () => start([open, old, mistyped]),
  cases: [
    {
      name: "ok",
      ticket: ticketOf(open, 4),
      expected: {
        status: "ASKED",
        kind: "captcha",
        answers: { captcha: captchaCode(open.ticket, 0) },
        // biome-ignore lint/suspicious/noThenProperty: the portals' interface names it so, and nothing awaits a case.
        then: completed
      }
    },
    {
      name: "another transaction",
      ticket: ticketOf(open, 4, "700418262"),
      expected: { status: "FAILED", code: "TICKET_NOT_FOUND" }
    },
    { name: "expired", ticket: ticketOf(old, 52), expected: { status: "FAILED", code: "TICKET_EXPIRED" } },
    {
      name: "the captcha mistyped once",
      ticket: ticketOf(mistyped, 4),
      expected: {
        status: "ASKED",
        kind: "captcha",
        answers: { captcha: "AAAAA" },
        // biome-ignore lint/suspicious/noThenProperty: as above.
        then: {
          status: "ASKED",
          kind: "captcha",
          answers: { captcha: captchaCode(mistyped.ticket, 1) },
          // biome-ignore lint/suspicious/noThenProperty: as above.
          then: completed
        }
      }
    }
  ],
  script: async (page, ticket, profile) => {
    const transaction = printed(ticket, "Transacción")
    await page.locator("#t1").fill(printed(ticket, "Tienda"))
    await page.locator("#t2").fill(transaction)
    await page.locator("#t3").fill(printed(ticket, "TOTAL"))
    await page.getByText("Validar", { exact: true }).click()
    await page.locator("#d1").fill(profile.rfc)
    await page.locator("#d2").fill(profile.fullName)
    await page.locator("#d3").fill(profile.postalCode)
    await page.locator("#d4").selectOption(profile.fiscalRegime)
    await page.locator("#d5").selectOption(profile.cfdiUse)
    await page.locator("#d6").fill(profile.email)
    await page.locator("#codigo").fill(captchaCode(transaction, 0))
    await page.getByText("Generar Factura").click()
    await download(page, () => page.getByRole("link", { name: "XML" }).click())
  }
}

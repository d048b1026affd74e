import { captchaCode, captchaImage } from "../lib/CaptchaImage.ts"
import type { Visit } from "../lib/ShopServer.ts"
import type { TillSale } from "../lib/Till.ts"
import { openCounter, type Session } from "./Shop.ts"

const logo = `<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40"><rect width="120" height="40" fill="#fbc02d"/></svg>`

/** What a captcha of another's looks like in a page: its box, its frame and the field that it fills when it is solved. */
const widgets = {
  none: "",
  checkbox: `<div class="g-recaptcha" data-sitekey="x"><iframe title="reCAPTCHA" width="304" height="78" src="/recaptcha/api2/anchor?k=x&size=normal"></iframe><textarea name="g-recaptcha-response" style="display:none"></textarea></div>`,
  invisible: `<div class="grecaptcha-badge" style="position:fixed;right:0;bottom:14px;width:256px;height:60px"><iframe title="reCAPTCHA" width="256" height="60" src="/recaptcha/api2/anchor?k=x&size=invisible"></iframe><textarea name="g-recaptcha-response" style="display:none"></textarea></div>`
} as const

export const open = { ticket: "M-4417", cents: 25850n, description: "Abarrotes", paymentForm: "01" } satisfies TillSale

export const ticket = { Folio: open.ticket, Total: "258.50", Pago: "EFECTIVO" }

/** The letters of the image that a visitor sees after so many wrong ones. */
export const letters = (wrong: number) => captchaCode(open.ticket, wrong)

/** An image of letters before the ticket is looked up: a wrong answer brings another image. */
export const start = (widget: keyof typeof widgets = "none") => {
  let wrong = 0
  return openCounter({
    name: "SUPER MAIZAL",
    sales: [open],
    routes: ({ fiscalForm, look, show }) => {
      const form = ({ field }: Visit<Session>, error: string) =>
        show("captcha.html", {
          error,
          folio: field("folio"),
          total: field("total"),
          v: String(wrong),
          widget: widgets[widget]
        })
      return {
        "GET /": (visit) => form(visit, ""),
        "GET /logo.svg": () => new Response(logo, { headers: { "content-type": "image/svg+xml" } }),
        "GET /imagen": () => captchaImage(letters(wrong)),
        "GET /recaptcha/api2/anchor": () =>
          new Response("<p>No soy un robot</p>", { headers: { "content-type": "text/html; charset=utf-8" } }),
        "POST /buscar": (visit) => {
          const { field, session } = visit
          if (field("letras").toUpperCase() !== letters(wrong)) {
            wrong += 1
            return form(visit, "Las letras no coinciden con la imagen, intente de nuevo.")
          }
          if (widget === "checkbox" && field("g-recaptcha-response") === "")
            return form(visit, "Marque la casilla No soy un robot.")
          const found = look(visit)
          if (typeof found === "string") return form(visit, found)
          session.sale = found
          return fiscalForm(visit, "")
        }
      }
    }
  })
}

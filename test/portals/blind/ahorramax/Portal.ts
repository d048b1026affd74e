import {
  ago,
  attachment,
  captchaCode,
  captchaImage,
  cfdiUses,
  completed,
  download,
  escaped,
  failed,
  fiscalRegimes,
  html,
  isStamped,
  money,
  openTill,
  options,
  pdfBytes,
  plain,
  printed,
  seeOther,
  shop,
  stampOf,
  type TestPortal,
  type TillSale,
  type Typed,
  template,
  typedAs,
  wrongOf,
  xmlText
} from "../kit/kit.ts"

interface Sale extends TillSale {
  readonly late?: true
}
const open: Sale = { ticket: "0082917734", cents: 128763n, description: "Abarrotes", paymentForm: "28" }
const late: Sale = { ...open, ticket: "0082104490", cents: 60890n, late: true }
const sales = [open, late]
const seed = "ahorramax-blind"
const words = {
  empty: "FALTAN DATOS.",
  rfc: "RFC MAL FORMADO.",
  name: "NOMBRE DISTINTO AL DE LA CONSTANCIA.",
  postalCode: "COD. POSTAL DISTINTO AL DE LA CONSTANCIA.",
  regime: "REGIMEN DISTINTO AL DE LA CONSTANCIA.",
  use: "USO NO PERMITIDO.",
  email: "CORREO MAL FORMADO."
}
const ticketOf = (sale: Sale, days: number, tr = sale.ticket) => ({
  TIENDA: "AHORRAMAX VILLAS DEL SOL",
  SUC: "0217",
  CAJA: "008",
  "TR#": tr,
  "OP#": "00031447",
  FECHA: ago(days).short,
  HORA: "20:11",
  ARTICULOS: "34",
  "TOTAL A PAGAR": `$ ${money(sale.cents)}`,
  "TARJETA DEBITO": money(sale.cents)
})
interface Session {
  tries: number
  sale: Sale | undefined
  typed: Typed | undefined
}
const show = async (step: 1 | 2 | 3, contenido: string, error = "") =>
  html(
    await template(import.meta.dir, "page.html", {
      [`u${step}`]: "on",
      contenido,
      error: error === "" ? "" : `<div class="e">${escaped(error)}</div>`
    })
  )
const asked = (then: ReturnType<typeof failed> | typeof completed) =>
  ({
    status: "ASKED",
    kind: "captcha",
    answers: {
      codigo: captchaCode(seed, 0),
      captcha: captchaCode(seed, 0),
      imagen: captchaCode(seed, 0),
      caracteres: captchaCode(seed, 0)
    },
    then
  }) as const
export const portal: TestPortal = {
  id: "ahorramax",
  profile: "person",
  traps: [
    "an image captcha on the first step, named CODIGO DE VERIFICACION",
    "the stamp on a third page of confirmation",
    "a newsletter's e-mail beside",
    "labels without accents, fields c1…c5",
    "OP# beside TR#"
  ],
  start: () => {
    const till = openTill(
      { rfc: "AHM980401TT2", name: "AHORRAMAX TIENDAS", regime: "601", postalCode: "64000" },
      "50192100"
    )
    const one = async ({ field, session }: { field: (n: string) => string; session: Session }, error: string) =>
      show(
        1,
        await template(import.meta.dir, "uno.html", {
          c1: field("c1"),
          c2: field("c2"),
          c3: field("c3"),
          c4: field("c4"),
          v: String(session.tries)
        }),
        error
      )
    const two = async ({ field }: { field: (n: string) => string }, error: string) =>
      show(
        2,
        await template(import.meta.dir, "dos.html", {
          f1: field("f1"),
          f2: field("f2"),
          f3: field("f3"),
          f6: field("f6"),
          regs: options(
            fiscalRegimes.map(({ code, name }) => ({ value: code, text: plain(`${code} ${name}`).toUpperCase() })),
            field("f4")
          ),
          usos: options(
            cfdiUses.map(({ code, name }) => ({ value: code, text: plain(`${code} ${name}`).toUpperCase() })),
            field("f5")
          )
        }),
        error
      )
    return shop<Session>({
      till,
      cookie: "sid",
      fresh: () => ({ tries: 0, sale: undefined, typed: undefined }),
      routes: {
        "GET /": (visit) => one(visit, ""),
        "GET /reimpresion": () => show(1, "<p>Teclee su folio fiscal: <input></p>"),
        "GET /folleto": () => show(1, "<p>Gracias por suscribirse</p>"),
        "GET /imagen.aspx": ({ session }) => captchaImage(captchaCode(seed, session.tries)),
        "GET /paso1": () => seeOther("/"),
        "GET /paso2": () => seeOther("/"),
        "POST /paso1": (visit) => {
          const { field, session } = visit
          if (["c1", "c2", "c3", "c4", "c5"].some((n) => field(n) === ""))
            return one(visit, "TODOS LOS CAMPOS SON OBLIGATORIOS.")
          if (field("c5").toUpperCase() !== captchaCode(seed, session.tries)) {
            session.tries++
            return one(visit, "LOS CARACTERES NO COINCIDEN CON LA IMAGEN.")
          }
          const sale = sales.find(
            ({ ticket, cents }) =>
              ticket === field("c1") && field("c4") === money(cents) && field("c2") === "0217" && field("c3") === "008"
          )
          if (sale === undefined) return one(visit, "LA TRANSACCION NO APARECE EN NUESTROS REGISTROS DE VENTA.")
          if (sale.late)
            return one(visit, "COMPRA CON MAS DE 15 DIAS NATURALES, LA FACTURACION POR INTERNET YA NO PROCEDE.")
          if (isStamped(till, sale)) return one(visit, "LA TRANSACCION YA TIENE CFDI.")
          session.sale = sale
          return two({ field: () => "" }, "")
        },
        "POST /paso2": async (visit) => {
          const { field, session } = visit
          if (session.sale === undefined) return seeOther("/")
          const raw = typedAs(field, { rfc: "f1", name: "f2", postalCode: "f3", regime: "f4", use: "f5", email: "f6" })
          const typed = { ...raw, rfc: raw.rfc.toUpperCase() }
          const wrong = wrongOf(typed)
          if (wrong !== undefined) return two(visit, words[wrong])
          session.typed = typed
          return show(
            3,
            `<h3>VERIFIQUE SU INFORMACION</h3><table>${Object.values(typed)
              .map((v) => `<tr><td>${escaped(v)}</td></tr>`)
              .join(
                ""
              )}<tr><td>IMPORTE: $${money(session.sale.cents)}</td></tr></table><form method="post" action="/paso3"><input type="submit" value="GENERAR CFDI"></form>`
          )
        },
        "POST /paso3": async ({ session }) => {
          const { sale, typed } = session
          if (sale === undefined || typed === undefined) return seeOther("/")
          session.sale = undefined
          const { uuid } = await stampOf(till, sale, typed)
          return show(
            3,
            `<h3>CFDI GENERADO CON FOLIO FISCAL ${uuid}</h3><a href="/bajar?d=x&f=${uuid}"><img alt="XML" src="/ico?XML"></a> <a href="/bajar?d=p&f=${uuid}"><img alt="PDF" src="/ico?PDF"></a>`
          )
        },
        "GET /ico": ({ url }) =>
          new Response(
            `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"><rect width="60" height="40" fill="#ddd"/><text x="10" y="26">${url.search.slice(1)}</text></svg>`,
            { headers: { "content-type": "image/svg+xml" } }
          ),
        "GET /bajar": async ({ field }) => {
          const made = till.find(field("f"))
          return made === undefined
            ? html("404", 404)
            : field("d") === "x"
              ? attachment(await xmlText(made), "text/xml", `${made.fileName}.xml`)
              : attachment(await pdfBytes(made), "application/pdf", `${made.fileName}.pdf`)
        }
      }
    })
  },
  cases: [
    { name: "ok", ticket: ticketOf(open, 3), expected: asked(completed) },
    {
      name: "not in the records",
      ticket: ticketOf({ ...open, cents: 44120n }, 3, "0082917743"),
      expected: asked(failed("TICKET_NOT_FOUND"))
    },
    { name: "late", ticket: ticketOf(late, 33), expected: asked(failed("TICKET_EXPIRED")) }
  ],
  script: async (page, ticket, profile) => {
    await page.locator("[name=c1]").fill(printed(ticket, "TR#"))
    await page.locator("[name=c2]").fill(printed(ticket, "SUC"))
    await page.locator("[name=c3]").fill(printed(ticket, "CAJA"))
    await page.locator("[name=c4]").fill(printed(ticket, "TOTAL A PAGAR").replace("$ ", ""))
    await page.locator("[name=c5]").fill(captchaCode(seed, 0))
    await page.getByRole("button", { name: "SIGUIENTE" }).click()
    await page.locator("[name=f1]").fill(profile.rfc)
    await page.locator("[name=f2]").fill(profile.fullName)
    await page.locator("[name=f3]").fill(profile.postalCode)
    await page.locator("[name=f4]").selectOption(profile.fiscalRegime)
    await page.locator("[name=f5]").selectOption(profile.cfdiUse)
    await page.locator("[name=f6]").fill(profile.email)
    await page.getByRole("button", { name: "SIGUIENTE" }).click()
    await page.getByRole("button", { name: "GENERAR CFDI" }).click()
    await download(page, () => page.getByRole("link", { name: "XML" }).click())
  }
}
export const says = { "not in the records": /NO APARECE EN NUESTROS REGISTROS/, late: /YA NO PROCEDE/ }

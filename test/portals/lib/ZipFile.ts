import { strToU8, zipSync } from "fflate"
import type { Invoice } from "./Till.ts"

/** XML and PDF in one archive, as many portals hand them out. */
export const zipFile = ({ fileName, pdf, xml }: Invoice) =>
  new Response(new Uint8Array(zipSync({ [`${fileName}.xml`]: strToU8(xml), [`${fileName}.pdf`]: pdf })), {
    headers: { "content-type": "application/zip", "content-disposition": `attachment; filename="${fileName}.zip"` }
  })

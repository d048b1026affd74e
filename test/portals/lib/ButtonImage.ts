/** A button that is only a picture of its text, as old portals have them. */
export const buttonImage = (text: string, options: { readonly background: string; readonly width: number }) => {
  const { background, width } = options
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="30">
<rect x="0.5" y="0.5" width="${width - 1}" height="29" rx="4" fill="${background}" stroke="#0006"/>
<text x="${width / 2}" y="20" font-family="Verdana,Arial,sans-serif" font-size="13" font-weight="bold" fill="#fff"
 text-anchor="middle">${Bun.escapeHTML(text)}</text></svg>`
  return new Response(svg, { headers: { "content-type": "image/svg+xml", "cache-control": "max-age=600" } })
}

import { Effect } from "effect"

const page = `<!doctype html><html><body>
  <a id="link" href="/file/link">enlace</a>
  <a id="blank" target="_blank" href="/file/blank">ventana</a>
  <form method="post" action="/file/post"><button id="post">enviar</button></form>
  <form method="post" action="/file/posted-blank" target="_blank"><button id="posted-blank">enviar</button></form>
  <button id="frame">marco</button>
  <button id="vanishing">archivo</button>
  <script>
    document.getElementById("frame").onclick = () => {
      const frame = document.createElement("iframe")
      frame.src = "/file/frame"
      document.body.append(frame)
    }
    document.getElementById("vanishing").onclick = () => {
      const link = document.createElement("a")
      link.href = URL.createObjectURL(new Blob(["<cfdi>vanishing</cfdi>"]))
      link.download = "vanishing.xml"
      link.click()
      window.fetch = () => Promise.reject(new Error("gone"))
    }
  </script>
</body></html>`

/** A page that hands out files in every way there is, each with the name of the way inside. */
export const portal = Effect.acquireRelease(
  Effect.sync(() =>
    Bun.serve({
      port: 0,
      hostname: "127.0.0.1",
      fetch: (request) => {
        const way = /^\/file\/(.*)$/.exec(new URL(request.url).pathname)?.[1]
        return way === undefined
          ? new Response(page, { headers: { "content-type": "text/html" } })
          : new Response(`<cfdi>${way}</cfdi>`, {
              headers: { "content-type": "application/xml", "content-disposition": `attachment; filename=${way}.xml` }
            })
      }
    })
  ),
  (server) => Effect.promise(() => server.stop(true))
).pipe(Effect.map((server) => server.url.href))

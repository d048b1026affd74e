import { getDocumentProxy } from "unpdf"

// Runs in a worker of its own: what a stranger's PDF makes of the reader's time is ended from outside.
declare const self: Worker

export interface Request {
  readonly bytes: Uint8Array
  readonly uuid: string
  readonly maxPages: number
}

export type Reply =
  | { readonly _tag: "Read"; readonly holds: boolean }
  | { readonly _tag: "Unreadable"; readonly reason: string }

/** Lines break inside a UUID, and some fonts write another dash. */
const bare = (text: string) => text.replace(/[\s\p{Pd}]/gu, "").toUpperCase()

const holds = async ({ bytes, maxPages, uuid }: Request) => {
  const document = await getDocumentProxy(bytes, { verbosity: 0 })
  const pages = Math.min(document.numPages, maxPages)
  for (let number = 1; number <= pages; number++) {
    const { items } = await (await document.getPage(number)).getTextContent()
    const text = items.map((item) => ("str" in item ? item.str : "")).join("")
    if (bare(text).includes(bare(uuid))) return true
  }
  return false
}

const reply = (message: Reply) => self.postMessage(message)

self.onmessage = ({ data }: MessageEvent<Request>) =>
  void holds(data).then(
    (holds) => reply({ _tag: "Read", holds }),
    (error: unknown) => reply({ _tag: "Unreadable", reason: String(error) })
  )

import type { ServerWebSocket } from "bun"

export interface Client {
  readonly session: string
  /** A page has been opened in the browser. */
  readonly isDriven: () => boolean
  readonly toBrowser: (message: string) => void
  readonly close: () => void
}

const setsDownloads = "Browser.setDownloadBehavior"

interface Command {
  readonly method: string
  readonly params?: { readonly downloadPath?: string }
}

/** What a client writes to its own disk would be written to the browser's machine: `downloads` is the synchronized folder. */
const onTheFarm = (message: string, folder: string) => {
  if (!message.includes(setsDownloads)) return message
  const command: Command = JSON.parse(message)
  if (command.method !== setsDownloads || command.params?.downloadPath === undefined) return message
  const downloadPath = `${folder}/${command.params.downloadPath === "downloads" ? "downloads" : "elsewhere"}`
  return JSON.stringify({ ...command, params: { ...command.params, downloadPath } })
}

/** Passes CDP messages between one client and the browser of its session. */
export const relay = (
  { session, url, folder }: { readonly session: string; readonly url: string; readonly folder: string },
  socket: () => ServerWebSocket<Client> | undefined
): Client => {
  const waiting: Array<string> = []
  let driven = false
  const browser = new WebSocket(url)
  browser.addEventListener("open", () => {
    for (const message of waiting.splice(0)) browser.send(message)
  })
  browser.addEventListener("message", ({ data }) => void socket()?.send(data))
  browser.addEventListener("close", () => socket()?.close(1001, "the session is over"))
  return {
    session,
    isDriven: () => driven,
    toBrowser: (message) => {
      driven ||= message.includes('"Page.navigate"')
      const out = onTheFarm(message, folder)
      if (browser.readyState === WebSocket.OPEN) browser.send(out)
      else waiting.push(out)
    },
    close: () => browser.close()
  }
}

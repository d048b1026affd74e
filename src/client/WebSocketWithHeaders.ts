/** Bun's WebSocket takes headers; the types of the DOM, which a dependency brings along, know nothing of them. */
export const WebSocketWithHeaders = {
  make: (url: URL, headers: Readonly<Record<string, string>>): WebSocket => {
    const options: Bun.WebSocketOptions = { headers: { ...headers } }
    return Reflect.construct(WebSocket, [url, options])
  }
}

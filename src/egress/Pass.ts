import { timingSafeEqual } from "node:crypto"
import type { Socket } from "node:net"
import { Redacted } from "effect"

export interface Credentials {
  readonly username: string
  readonly password: Redacted.Redacted
}

export interface Limits {
  /** Connections at a time; Chromium itself opens 32 to one proxy. */
  readonly connections: number
  /** Bytes received in all. */
  readonly bytes: number
}

const sameText = (one: string, other: string) => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** The right of one run to go through the proxy, with what it may use. Whatever it has open ends with it. */
export class Pass {
  readonly credentials: Credentials = {
    username: crypto.randomUUID(),
    password: Redacted.make(Buffer.from(crypto.getRandomValues(new Uint8Array(24))).toString("base64url"))
  }
  private readonly sockets = new Set<Socket>()
  private received = 0
  private over = false

  constructor(private readonly limits: Limits) {}

  admits(password: string) {
    return sameText(password, Redacted.value(this.credentials.password))
  }

  get isSpent() {
    return this.over || this.sockets.size >= this.limits.connections
  }

  /** A connection to the outside that ends with this pass. */
  hold(socket: Socket) {
    this.sockets.add(socket)
    socket.once("close", () => this.sockets.delete(socket))
  }

  /** Past the limit everything of this pass ends. */
  count(bytes: number) {
    this.received += bytes
    if (this.received > this.limits.bytes) this.revoke()
  }

  revoke() {
    this.over = true
    for (const socket of this.sockets) socket.destroy()
  }
}

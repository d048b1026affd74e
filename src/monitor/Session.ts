import { effect, signal } from "@preact/signals"
import { failure, type Result, success } from "./Problem.ts"
import { body, send } from "./Send.ts"
import { text } from "./Text.ts"
import type { Grant } from "./Wire.ts"

interface Session {
  readonly email: string
  readonly token: string
  readonly refreshToken: string
  /** Milliseconds since 1970, on this machine's clock. */
  readonly expiresAt: number
}

const key = "timbra.session"

const stored = (): Session | undefined => {
  const kept = sessionStorage.getItem(key)
  return kept === null ? undefined : (JSON.parse(kept) as Session)
}

export const session = signal(stored())

/** Why the user has to log in again, where they did not log out themselves. */
export const expired = signal(false)

effect(() => {
  if (session.value === undefined) sessionStorage.removeItem(key)
  else sessionStorage.setItem(key, JSON.stringify(session.value))
})

const sessionOf = (email: string, grant: Grant): Session => ({
  email,
  token: grant.token,
  refreshToken: grant.refresh_token,
  expiresAt: Date.now() + grant.expires_in * 1000
})

// A duplicated tab starts with a copy of this session. Of two tabs that use one refresh token the server would revoke
// both, so whoever renews tells the others.
const tabs = new BroadcastChannel(key)
tabs.onmessage = ({ data }: MessageEvent<{ readonly used: string; readonly next: Session }>) => {
  if (session.value?.refreshToken === data.used) session.value = data.next
}

export const logIn = async (email: string, password: string): Promise<Result<true>> => {
  const granted = await body<Grant>(send("/api/v1/auth/login", { method: "POST", json: { email, password } }))
  if (!granted.ok) return granted
  expired.value = false
  session.value = sessionOf(email, granted.value)
  return success(true)
}

export const logOut = async () => {
  const token = session.value?.token
  session.value = undefined
  expired.value = false
  if (token !== undefined) await send("/api/v1/auth/logout", { method: "POST", token })
}

const loggedOut = () => failure({ status: 401, code: "LOGGED_OUT", detail: text.value.login.expired, errors: [] })

const refresh = async ({ email, refreshToken }: Session): Promise<Result<string>> => {
  const granted = await body<Grant>(
    send("/api/v1/auth/refresh", { method: "POST", json: { refresh_token: refreshToken } })
  )
  // Another tab may have renewed it, or the user may have logged out, while this was on its way.
  if (session.value?.refreshToken !== refreshToken) return session.value ? success(session.value.token) : loggedOut()
  if (!granted.ok) {
    if (granted.problem.status !== 401) return granted
    expired.value = true
    session.value = undefined
    return loggedOut()
  }
  const next = sessionOf(email, granted.value)
  session.value = next
  tabs.postMessage({ used: refreshToken, next })
  return success(next.token)
}

let renewal: Promise<Result<string>> | undefined

/** A token other than `stale`. All who ask at the same time wait for the same one. */
export const renewed = async (stale: string): Promise<Result<string>> => {
  if (session.value === undefined) return loggedOut()
  if (session.value.token !== stale) return success(session.value.token)
  renewal ??= refresh(session.value).finally(() => {
    renewal = undefined
  })
  return renewal
}

const margin = 30_000

/** A token that will not expire on its way. */
export const freshToken = async (): Promise<Result<string>> => {
  if (session.value === undefined) return loggedOut()
  const { token, expiresAt } = session.value
  return Date.now() < expiresAt - margin ? success(token) : renewed(token)
}

import { Effect } from "effect"
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from "jose"

export const anonKey = "the anon key of the stand-in"
export const legacySecret = "the legacy secret of the stand-in, long enough"

/** A forger leaves out what he likes. */
type Claims = { readonly [Name in keyof JWTPayload]: JWTPayload[Name] | undefined }

interface Account {
  readonly id: string
  readonly email: string
  readonly password: string
  readonly confirmed: boolean
}

export interface SigningKey {
  readonly kid: string
  readonly alg: "ES256" | "RS256"
  readonly privateKey: CryptoKey
  readonly jwk: JWK
}

export const newKey = (alg: SigningKey["alg"]) =>
  Effect.promise(async (): Promise<SigningKey> => {
    const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
    const kid = crypto.randomUUID()
    return { kid, alg, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: "sig" } }
  })

const refuse = (status: number, error_code: string) =>
  Response.json({ code: status, error_code, msg: error_code }, { status })

/** Supabase Auth as its documentation describes it, with real keys: sign-up, both grants, logout and the key set. */
export const supabase = Effect.gen(function* () {
  const accounts = new Map<string, Account>()
  const refreshTokens = new Map<string, { readonly account: Account; readonly session: string }>()
  const state = {
    current: yield* newKey("ES256"),
    published: [] as Array<SigningKey>,
    autoConfirm: true,
    fault: undefined as undefined | ((path: string) => Response | undefined),
    asked: [] as Array<string>
  }
  state.published = [state.current]

  const claimsOf = (account: Account, session: string, now = Math.floor(Date.now() / 1000)): JWTPayload => ({
    iss: `${server.url.origin}/auth/v1`,
    aud: "authenticated",
    sub: account.id,
    email: account.email,
    role: "authenticated",
    aal: "aal1",
    session_id: session,
    is_anonymous: false,
    iat: now,
    exp: now + 3600
  })

  const sign = (claims: Claims, key: SigningKey = state.current) =>
    new SignJWT({ ...claims } as JWTPayload)
      .setProtectedHeader({ alg: key.alg, kid: key.kid, typ: "JWT" })
      .sign(key.privateKey)

  const signLegacy = (claims: Claims, secret = legacySecret) =>
    new SignJWT({ ...claims } as JWTPayload)
      .setProtectedHeader({ alg: "HS256", typ: "JWT" })
      .sign(new TextEncoder().encode(secret))

  const userOf = ({ id, email }: Account) => ({ id, aud: "authenticated", email, identities: [{ id }] })

  const grant = async (account: Account, session: string = crypto.randomUUID()) => {
    const refresh_token = crypto.randomUUID()
    refreshTokens.set(refresh_token, { account, session })
    const access_token = await sign(claimsOf(account, session))
    return Response.json({
      access_token,
      token_type: "bearer",
      expires_in: 3600,
      expires_at: Math.floor(Date.now() / 1000) + 3600,
      refresh_token,
      user: userOf(account)
    })
  }

  const signUp = ({ email = "", password = "" }: Record<string, string>) => {
    const known = accounts.get(email)
    if (password === "weak but long") return refuse(422, "weak_password")
    if (known !== undefined && state.autoConfirm) return refuse(422, "user_already_exists")
    if (known !== undefined) return Response.json({ id: crypto.randomUUID(), email, identities: [] })
    const account = { id: crypto.randomUUID(), email, password, confirmed: state.autoConfirm }
    accounts.set(email, account)
    return state.autoConfirm ? grant(account) : Response.json(userOf(account))
  }

  const logIn = ({ email = "", password = "" }: Record<string, string>) => {
    const account = accounts.get(email)
    if (account === undefined || account.password !== password) return refuse(400, "invalid_credentials")
    return account.confirmed ? grant(account) : refuse(400, "email_not_confirmed")
  }

  const refresh = ({ refresh_token = "" }: Record<string, string>) => {
    const held = refreshTokens.get(refresh_token)
    refreshTokens.delete(refresh_token)
    return held === undefined ? refuse(400, "refresh_token_not_found") : grant(held.account, held.session)
  }

  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: async (request) => {
      const { pathname, searchParams } = new URL(request.url)
      state.asked.push(pathname)
      const fault = state.fault?.(pathname)
      if (fault !== undefined) return fault
      if (pathname === "/auth/v1/.well-known/jwks.json") {
        return Response.json({ keys: state.published.map(({ jwk }) => jwk) })
      }
      if (request.headers.get("apikey") !== anonKey) return refuse(401, "no_authorization")
      const body = (await request.json()) as Record<string, string>
      if (pathname === "/auth/v1/signup") return signUp(body)
      if (pathname === "/auth/v1/logout") return new Response(null, { status: 204 })
      if (pathname !== "/auth/v1/token") return refuse(404, "not_found")
      return searchParams.get("grant_type") === "password" ? logIn(body) : refresh(body)
    }
  })
  yield* Effect.addFinalizer(() => Effect.promise(() => server.stop(true)))

  return { url: server.url.origin, accounts, state, claimsOf, sign, signLegacy }
})

export type Supabase = Effect.Effect.Success<typeof supabase>

import type { Profile, Registration } from "../../../src/monitor/Wire.ts"
import { notice } from "../../../src/privacy/Notice.ts"
import type { Received, Timbra } from "./Timbra.ts"

export const problem = (status: number, code: string, detail: string, more: object = {}) =>
  Response.json(
    { type: "about:blank", title: code, status, code, detail, request_id: "request-1", ...more },
    { status, headers: { "Content-Type": "application/problem+json" } }
  )

const wrong = (pointer: string, detail: string) => ({ pointer, code: "INVALID", detail })

const refused = (errors: ReadonlyArray<object>) =>
  problem(400, "VALIDATION", "La petición no es válida: vea errors.", { errors })

const register = (timbra: Timbra, { body }: Received) => {
  const account = body as unknown as Registration
  const errors = [
    ...(account.email.includes("@") ? [] : [wrong("/email", "No es una dirección de correo.")]),
    ...(account.password.length < 8 ? [wrong("/password", "Use al menos 8 caracteres.")] : []),
    ...(/^.{12,13}$/.test(account.rfc) ? [] : [wrong("/rfc", "El RFC no tiene la forma correcta.")]),
    ...(/^\d{5}$/.test(account.postal_code) ? [] : [wrong("/postal_code", "Debe tener cinco dígitos.")])
  ]
  if (errors.length > 0) return refused(errors)
  if (timbra.accounts.has(account.email)) return problem(409, "EMAIL_TAKEN", "Ya hay una cuenta con este correo.")
  timbra.open(account, notice.version)
  const warnings = timbra.accounts.get(account.email)?.profile.warnings ?? []
  return Response.json({ message: "User registered", ...(warnings.length > 0 ? { warnings } : {}) }, { status: 201 })
}

const logIn = (timbra: Timbra, { body }: Received) =>
  timbra.accounts.get(String(body.email))?.password === body.password
    ? Response.json(timbra.grant())
    : problem(401, "INVALID_CREDENTIALS", "El correo o la contraseña no son correctos.")

const refresh = (timbra: Timbra, { body }: Received) =>
  timbra.refreshTokens.delete(String(body.refresh_token))
    ? Response.json(timbra.grant())
    : problem(401, "INVALID_REFRESH_TOKEN", "El token de renovación ya no es válido.")

const changeProfile = (timbra: Timbra, { body }: Received) => {
  const [account] = timbra.accounts.values()
  if (account === undefined) return problem(404, "NOT_FOUND", "No hay perfil.")
  const { accept_privacy, ...change } = body
  if (typeof change.postal_code === "string" && !/^\d{5}$/.test(change.postal_code))
    return refused([wrong("/postal_code", "Debe tener cinco dígitos.")])
  const consent: Partial<Profile> =
    accept_privacy === undefined
      ? {}
      : accept_privacy
        ? { privacy_version: notice.version, privacy_accepted_at: new Date().toISOString() }
        : { privacy_version: null, privacy_accepted_at: null }
  account.profile = { ...account.profile, ...change, ...consent, warnings: [] }
  return Response.json(account.profile)
}

const profile = (timbra: Timbra) => Response.json([...timbra.accounts.values()][0]?.profile)

type Answer = (timbra: Timbra, request: Received) => Response

/** What needs no token. */
export const open: Readonly<Record<string, Answer>> = {
  "POST /auth/register": register,
  "POST /auth/login": logIn,
  "POST /auth/refresh": refresh,
  "GET /privacy-notice": () => Response.json({ ...notice })
}

export const accounts: Readonly<Record<string, Answer>> = {
  "POST /auth/logout": () => new Response(null, { status: 204 }),
  "GET /profile": profile,
  "PUT /profile": changeProfile
}

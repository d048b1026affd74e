import { Effect, Option, Redacted, Ref } from "effect"
import { AuthUnavailable } from "./Account.ts"
import { commonPasswords } from "./CommonPasswords.ts" with { type: "macro" }

// OWASP ASVS 5.0 asks for at least 19 MiB at two passes. One hash takes about 0.2 s and 64 MiB.
const options = { algorithm: "argon2id", memoryCost: 65_536, timeCost: 2 } as const

const atATime = 2
const longestQueue = 100

const noise = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes)).toBase64().replaceAll("=", "")

// What an account's hash looks like: as dear to verify, and not 0.2 s to make.
const nobodys = `$argon2id$v=19$m=${options.memoryCost},t=${options.timeCost},p=1$${noise(32)}$${noise(32)}`

const common = new Set(commonPasswords())

export class Passwords extends Effect.Service<Passwords>()("auth/Passwords", {
  effect: Effect.gen(function* () {
    const semaphore = yield* Effect.makeSemaphore(atATime)
    const queued = yield* Ref.make(0)

    const hash = (password: Redacted.Redacted) =>
      Effect.withSpan(
        Effect.promise(() => Bun.password.hash(Redacted.value(password), options)),
        "Passwords.hash"
      )

    /** Takes as long for an account that does not exist, and fails as surely. */
    const verify = Effect.fn("Passwords.verify")((password: Redacted.Redacted, stored: Option.Option<string>) =>
      Effect.promise(() =>
        Bun.password.verify(
          Redacted.value(password),
          Option.getOrElse(stored, () => nobodys)
        )
      )
    )

    const isCommon = (password: Redacted.Redacted) => common.has(Redacted.value(password).toLowerCase())

    /**
     * Hashing goes on only inside a turn, of which few go on at a time: each costs memory and a core. Whoever finds a
     * queue of about ten seconds is sent away rather than kept waiting.
     */
    const turn = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
      Effect.acquireUseRelease(
        Ref.updateAndGet(queued, (count) => count + 1),
        (count): Effect.Effect<A, E | AuthUnavailable, R> =>
          count > longestQueue ? new AuthUnavailable() : semaphore.withPermits(1)(effect),
        () => Ref.update(queued, (count) => count - 1)
      )

    return { hash, verify, isCommon, turn } as const
  })
}) {}

import { mkdirSync, readdirSync, readFileSync, statSync } from "node:fs"
import { FileSystem } from "@effect/platform"
import { Effect, ExecutionStrategy, Exit, Scope } from "effect"
import { zipSync } from "fflate"
import { environment } from "../../../src/agent/browser/ChromiumProcess.ts"
import { chromiumPath, findChromium } from "../../../src/agent/browser/FindChromium.ts"
import { startWithPort } from "../../lib/chromiumPort.ts"

export interface Wanted {
  readonly keepAlive: boolean
  readonly timeout: number
  readonly userMetadata: Readonly<Record<string, unknown>>
  readonly asked: Readonly<Record<string, unknown>>
}

export interface FarmSession extends Wanted {
  readonly id: string
  readonly secret: string
  readonly url: string
  readonly folder: string
  readonly startedAt: Date
  status: "RUNNING" | "COMPLETED" | "TIMED_OUT" | "ERROR"
  endedAt?: Date
}

/** Real Chromiums of this machine, one for each session. */
export const makeFarm = Effect.gen(function* () {
  const fs = yield* FileSystem.FileSystem
  const chromium = yield* findChromium(yield* chromiumPath)
  const inherited = yield* environment
  const root = yield* fs.makeTempDirectoryScoped({ prefix: "timbra-farm-" })
  const parent = yield* Effect.scope
  const sessions = new Map<string, FarmSession>()
  const scopes = new Map<string, Scope.CloseableScope>()

  const start = Effect.fnUntraced(function* (wanted: Wanted) {
    const id = crypto.randomUUID()
    const folder = `${root}/${id}`
    mkdirSync(`${folder}/downloads`, { recursive: true })
    const scope = yield* Scope.fork(parent, ExecutionStrategy.sequential)
    const { url } = yield* Scope.extend(startWithPort(chromium, inherited), scope)
    const session: FarmSession = {
      ...wanted,
      id,
      secret: crypto.randomUUID(),
      url,
      folder,
      startedAt: new Date(),
      status: "RUNNING"
    }
    sessions.set(id, session)
    scopes.set(id, scope)
    return session
  })

  const end = Effect.fnUntraced(function* (id: string, status: "COMPLETED" | "TIMED_OUT" | "ERROR" = "COMPLETED") {
    const session = sessions.get(id)
    if (session?.status !== "RUNNING") return
    session.status = status
    session.endedAt = new Date()
    const scope = scopes.get(id)
    if (scope) yield* Scope.close(scope, Exit.void)
  })

  /** What has been synchronized, which is what is older than `delayMs`. */
  const zip = ({ folder }: FarmSession, delayMs: number) =>
    zipSync(
      Object.fromEntries(
        readdirSync(`${folder}/downloads`).flatMap((name) => {
          const path = `${folder}/downloads/${name}`
          const written = statSync(path).mtimeMs
          if (name.endsWith(".crdownload") || Date.now() - written < delayMs) return []
          const [, stem = name, extension = ""] = /^(.*?)(\.\w+)?$/.exec(name) ?? []
          return [[`${stem}-${Math.round(written)}${extension}`, new Uint8Array(readFileSync(path))]]
        })
      )
    )

  return { sessions: sessions as ReadonlyMap<string, FarmSession>, start, end, zip } as const
})

export type Farm = Effect.Effect.Success<typeof makeFarm>

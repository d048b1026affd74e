import Browserbase, { APIConnectionError, APIError, RateLimitError } from "@browserbasehq/sdk"
import type { SessionCreateParams } from "@browserbasehq/sdk/resources/sessions/sessions"
import { Config, Duration, Effect, Option, Redacted, Schedule } from "effect"
import { BrowserLost, FileLost, NoVacancy, type RemoteSession } from "./Browser.ts"
import { viewport } from "./OpenSession.ts"

const flag = (name: string, otherwise: boolean) => Config.boolean(name).pipe(Config.withDefault(otherwise))

export const browserbaseSettings = Config.all({
  apiKey: Config.redacted("BROWSERBASE_API_KEY"),
  projectId: Config.option(Config.nonEmptyString("BROWSERBASE_PROJECT_ID")),
  baseURL: Config.option(Config.url("BROWSERBASE_BASE_URL")),
  region: Config.option(
    Config.literal("us-west-2", "us-east-1", "eu-central-1", "ap-southeast-1")("BROWSERBASE_REGION")
  ),
  proxyCountry: Config.option(Config.nonEmptyString("BROWSERBASE_PROXY_COUNTRY")),
  keepAlive: flag("BROWSERBASE_KEEP_ALIVE", true),
  record: flag("BROWSERBASE_RECORD", false),
  solveCaptchas: flag("BROWSERBASE_SOLVE_CAPTCHAS", false),
  liveUrls: flag("BROWSERBASE_LIVE_URLS", false)
})

/** A run, and the ten minutes that its browser is kept for a user who is asked, three times over. */
const sessionTimeout = Duration.minutes(40)

const defaultWait = Duration.seconds(10)
const longestWait = Duration.minutes(1)

const waitOf = ({ headers }: RateLimitError, now: number) => {
  const asked = headers["retry-after"] ?? headers["x-ratelimit-reset"] ?? ""
  const seconds = asked === "" ? Number.NaN : Number(asked)
  const millis = Number.isNaN(seconds) ? Date.parse(asked) - now : seconds * 1000
  return Number.isNaN(millis) ? defaultWait : Duration.clamp({ minimum: "1 second", maximum: longestWait })(millis)
}

const failure = (cause: unknown) => {
  if (cause instanceof RateLimitError) return new NoVacancy({ retryAfter: waitOf(cause, Date.now()) })
  if (cause instanceof APIError && cause.status !== undefined && cause.status < 500) {
    return new BrowserLost({ reason: "refused", detail: `Browserbase answers ${cause.message}` })
  }
  return new BrowserLost({
    reason: "not-started",
    detail: cause instanceof APIConnectionError ? "Browserbase cannot be reached" : "Browserbase fails",
    cause
  })
}

const passes = (error: BrowserLost | NoVacancy) => error._tag === "NoVacancy" || error.reason === "not-started"

/** For what must be done in the end: about ten seconds. */
const persistent = Schedule.exponential("300 millis", 2).pipe(Schedule.jittered, Schedule.intersect(Schedule.recurs(5)))

/** The part of Browserbase's API that is used, each call with its deadline. */
export class BrowserbaseApi extends Effect.Service<BrowserbaseApi>()("agent/browser/BrowserbaseApi", {
  effect: Effect.gen(function* () {
    const settings = yield* browserbaseSettings
    const projectId = Option.getOrUndefined(settings.projectId)
    const client = new Browserbase({
      apiKey: Redacted.value(settings.apiKey),
      ...Option.match(settings.baseURL, {
        onNone: () => ({}),
        onSome: ({ href }) => ({ baseURL: href.replace(/\/$/, "") })
      }),
      // A repeated create is a second session, and a 429 is for the queue to wait for.
      maxRetries: 0,
      timeout: 30_000,
      // Its compressed answers have been seen to end early.
      defaultHeaders: { "accept-encoding": "identity" }
    })

    const call = <A>(run: (options: { signal: AbortSignal }) => Promise<A>) =>
      Effect.tryPromise({ try: (signal) => run({ signal }), catch: failure })

    const params: SessionCreateParams = {
      ...(projectId === undefined ? {} : { projectId }),
      api_timeout: Duration.toSeconds(sessionTimeout),
      keepAlive: settings.keepAlive,
      ...Option.match(settings.region, { onNone: () => ({}), onSome: (region) => ({ region }) }),
      ...Option.match(settings.proxyCountry, {
        onNone: () => ({}),
        onSome: (country) => ({ proxies: [{ type: "browserbase" as const, geolocation: { country } }] })
      }),
      browserSettings: {
        viewport,
        recordSession: settings.record,
        logSession: settings.record,
        solveCaptchas: settings.solveCaptchas
      }
    }

    /** A session that carries `mark`, by which it is known as ours. */
    const create = Effect.fn("Browserbase.create")((mark: string) =>
      call((options) => client.sessions.create({ ...params, userMetadata: { app: "timbra", session: mark } }, options))
    )

    const release = Effect.fn("Browserbase.release")((id: string) =>
      call(
        (options): Promise<RemoteSession> =>
          client.sessions.update(
            id,
            { status: "REQUEST_RELEASE", ...(projectId === undefined ? {} : { projectId }) },
            options
          )
      ).pipe(Effect.retry({ schedule: persistent, while: passes }))
    )

    const retrieve = Effect.fn("Browserbase.retrieve")((id: string) =>
      call((options): Promise<RemoteSession> => client.sessions.retrieve(id, options))
    )

    const listed = (status: "PENDING" | "RUNNING", q: string) =>
      call((options): Promise<ReadonlyArray<RemoteSession>> => client.sessions.list({ status, q }, options))

    /** Those of any Timbra, or the one with this mark. */
    const open = Effect.fn("Browserbase.open")((mark?: string) => {
      const query = mark === undefined ? "user_metadata['app']:'timbra'" : `user_metadata['session']:'${mark}'`
      return Effect.map(Effect.all([listed("PENDING", query), listed("RUNNING", query)]), (lists) =>
        lists.flat().filter(({ userMetadata }) => mark === undefined || userMetadata?.session === mark)
      )
    })

    const debugUrl = Effect.fn("Browserbase.liveUrl")((id: string, validFor: Duration.Duration) =>
      Effect.map(
        call((options) => client.sessions.debug(id, { expiresIn: Duration.toSeconds(validFor) }, options)),
        ({ debuggerFullscreenUrl, pages }) =>
          Redacted.make(pages.at(-1)?.debuggerFullscreenUrl ?? debuggerFullscreenUrl)
      )
    )

    const liveUrl = settings.liveUrls ? Option.some(debugUrl) : Option.none()

    /** All files that the session has downloaded and synchronized so far, as a ZIP. */
    const downloads = Effect.fn("Browserbase.downloads")((id: string) =>
      call((options) => client.sessions.downloads.list(id, options)).pipe(
        Effect.flatMap((response) => call(async () => new Uint8Array(await response.arrayBuffer()))),
        Effect.mapError((cause) => new FileLost({ cause }))
      )
    )

    /** Whether the key is good. */
    const check = Effect.fn("Browserbase.check")(() => call((options) => client.projects.list(options)))

    return { create, release, retrieve, open, liveUrl, downloads, check } as const
  })
}) {}

/*
 * Three processes in network namespaces of their own, one of which is cut off for a minute. Two minutes long, so not among
 * the tests that always run; as root:
 *   unshare --net --mount bun test --timeout 400000 ./test/e2e/Partition.ts
 */
import { expect } from "bun:test"
import { connect, createServer } from "node:net"
import { Command } from "@effect/platform"
import { BunContext } from "@effect/platform-bun"
import { Effect, Schedule, Schema } from "effect"
import { NoSuchElementException } from "effect/Cause"
import { privatePostgres } from "../../scripts/lib/Postgres.ts"
import { run } from "../../scripts/lib/Run.ts"
import * as Portals from "../../src/demo/Portals.ts"
import * as it from "../lib/effect.ts"
import { request, serve } from "../lib/serve.ts"

const hub = "10.77.0.1"

const ip = (line: string) => run(Command.make("ip", ...line.split(" ")))

/** A network namespace on the bridge, with one address. */
const namespace = Effect.fnUntraced(function* (name: string, address: string) {
  yield* Effect.acquireRelease(ip(`netns add ${name}`), () => Effect.orDie(ip(`netns delete ${name}`)))
  yield* ip(`link add to-${name} type veth peer name eth0 netns ${name}`)
  yield* ip(`link set to-${name} master hub up`)
  yield* ip(`-n ${name} addr add ${address}/24 dev eth0`)
  yield* ip(`-n ${name} link set eth0 up`)
  yield* ip(`-n ${name} link set lo up`)
})

/** Our private PostgreSQL listens on the loopback alone: this takes the bridge's connections there. */
const forwarder = (port: number) =>
  Effect.acquireRelease(
    Effect.sync(() =>
      createServer((incoming) => {
        const onward = connect(port, "127.0.0.1")
        // An end that is cut off ends the other one too, and that is all there is to say of it.
        incoming.on("error", () => onward.destroy())
        onward.on("error", () => incoming.destroy())
        incoming.pipe(onward).pipe(incoming)
      }).listen(5432, hub)
    ),
    (listener) => Effect.sync(() => listener.close())
  )

const Login = Schema.parseJson(Schema.Struct({ token: Schema.String }))
const Placed = Schema.parseJson(Schema.Struct({ taskId: Schema.UUID }))
const Task = Schema.parseJson(
  Schema.Struct({
    status: Schema.String,
    failure_code: Schema.NullOr(Schema.String),
    steps: Schema.Array(Schema.Struct({ seq: Schema.Int }))
  })
)

const person = {
  email: "ana@example.mx",
  password: "una clave muy larga",
  rfc: "CACX7605101P8",
  full_name: "XOCHILT CASAS CHAVEZ",
  fiscal_regime: "612",
  postal_code: "36257",
  cfdi_use: "G03",
  accept_privacy: true
}

it.live(
  "a process that is cut off for a minute costs no task and stamps no ticket twice, and serves again afterwards",
  () =>
    Effect.gen(function* () {
      yield* run(Command.make("mount", "-t", "tmpfs", "none", "/run"))
      yield* ip("link set lo up")
      yield* ip("link add hub type bridge")
      yield* ip(`addr add ${hub}/24 dev hub`)
      yield* ip("link set hub up")
      const database = new URL(yield* privatePostgres)
      yield* forwarder(Number(database.port))
      const { portals } = yield* Portals.start({ host: hub })

      const start = Effect.fnUntraced(function* (name: string, address: string) {
        yield* namespace(name, address)
        const env = {
          DATABASE_URL: Object.assign(new URL(database), { host: `${hub}:5432` }).href,
          HOST: "0.0.0.0",
          PORT: "8080",
          VENDOR_HOSTS_ALLOWED: hub,
          WORKER_CONCURRENCY: "1",
          USER_CONCURRENCY: "3",
          RETRY_BASE: "1 second"
        }
        yield* serve(env, ["ip", "netns", "exec", name])
        return new URL(`http://${address}:8080`)
      })
      // One after the other: the first one migrates.
      const a = yield* start("timbra-a", "10.77.0.2")
      const b = yield* start("timbra-b", "10.77.0.3")
      const c = yield* start("timbra-c", "10.77.0.4")

      yield* request(a, "POST", "/api/v1/auth/register", { json: person })
      const login = yield* request(b, "POST", "/api/v1/auth/login", { json: person })
      const { token } = yield* Schema.decode(Login)(login.text)
      const orders = portals.flatMap(({ sales, url }) =>
        sales
          .filter(({ state }) => state === "open")
          .map(({ ticket }) => ({ vendor_url: url.href, ticket_details: ticket }))
      )
      const tasks = yield* Effect.forEach(orders, (json, index) =>
        request([a, b, c][index % 3] ?? a, "POST", "/api/v1/tasks", { token, json }).pipe(
          Effect.flatMap(({ text }) => Schema.decode(Placed)(text))
        )
      )
      const look = (from: URL, id: string) =>
        Effect.flatMap(request(from, "GET", `/api/v1/tasks/${id}`, { token }), ({ text }) => Schema.decode(Task)(text))
      const until = <A, E>(effect: Effect.Effect<A, E>, right: (value: A) => boolean) =>
        effect.pipe(
          Effect.filterOrFail(right, () => new NoSuchElementException()),
          Effect.retry(Schedule.spaced("200 millis"))
        )

      const all = (from: URL) => Effect.forEach(tasks, ({ taskId }) => look(from, taskId))
      yield* until(all(a), (views) => views.filter(({ status }) => status === "RUNNING").length >= 3)
      yield* ip("link set to-timbra-c down")
      yield* Effect.sleep("60 seconds")
      yield* ip("link set to-timbra-c up")

      const ended = yield* until(all(a), (views) => views.every(({ status }) => /COMPLETED|FAILED/.test(status)))
      const outcomes = ended.map(({ status, failure_code }) => failure_code ?? status)
      expect(outcomes.filter((outcome) => outcome !== "COMPLETED" && outcome !== "SUBMIT_UNCERTAIN")).toEqual([])

      const stamps = (yield* Effect.forEach(portals, ({ stamps }) => stamps)).flat()
      const folios = stamps.map(({ folio }) => folio)
      expect(new Set(folios).size).toBe(folios.length)

      yield* until(request(c, "GET", "/ready"), ({ status }) => status === 200)
      expect(yield* all(c)).toEqual(ended)
      for (const { steps } of ended)
        expect(steps.map(({ seq }) => seq)).toEqual(steps.map(({ seq }) => seq).toSorted((x, y) => x - y))
    }).pipe(Effect.provide(BunContext.layer))
)

import { expect } from "bun:test"
import { Array as Arr, Cause, Duration, Effect, Exit, Option } from "effect"
import { Invoice } from "../../src/cfdi/Invoice.ts"
import * as Failure from "../../src/tasks/Failure.ts"
import { HandRepo } from "../../src/tasks/HandRepo.ts"
import { RunRepo } from "../../src/tasks/RunRepo.ts"
import { TasksRepo } from "../../src/tasks/TasksRepo.ts"
import { TaskViews } from "../../src/tasks/TaskViews.ts"
import * as it from "../lib/effect.ts"
import { addTask, addUser, addWorker, claimFor, claimOne, logOf } from "./lib/Fixtures.ts"
import { ReposTest } from "./lib/Repos.ts"

const day = Duration.hours(24)
const email = { delivery: "email", warnings: [], artifacts: [] } as const
const question = { kind: "missing_data", message: "¿Cuál es la caja?", fields: [] } as const

const invoiceOf = (uuid: string) =>
  new Invoice({
    version: "4.0",
    type: "I",
    stamps: 1,
    uuid: uuid.toUpperCase(),
    issuedAt: "2026-11-23T08:00:00",
    stampedAt: "2026-11-23T08:00:05",
    subtotal: 10_000n,
    total: 11_600n,
    currency: "MXN",
    issuer: { rfc: "EKU9003173C9", name: "ESCUELA KEMPER URGATE", regime: "601" },
    receiver: {
      rfc: "XIA190128J61",
      name: "XENON INDUSTRIAL ARTICLES",
      postalCode: "76343",
      regime: "601",
      use: "G03"
    },
    global: false,
    sealMatches: true,
    sealEnd: "c2VsbG8="
  })

it.layer(ReposTest)("what a run writes", (it) => {
  it.live("D4: a stale token writes nothing at all", () =>
    Effect.gen(function* () {
      const runs = yield* RunRepo
      const userId = yield* addUser
      const id = yield* addTask(userId)
      const worker = yield* addWorker
      const stale = yield* claimOne(worker)
      yield* runs.handBack(stale)
      yield* claimOne(worker)
      const before = yield* logOf(userId, id)
      const step = { type: "click", message: "clic" } as const
      const document = {
        kind: "xml",
        filename: "a.xml",
        contentType: "application/xml",
        bytes: new Uint8Array([1])
      } as const
      expect(yield* runs.step(stale, step)).toEqual(Option.none())
      expect(yield* runs.keep(stale, document)).toEqual(Option.none())
      expect(yield* runs.keep(stale, { ...document, kind: "screenshot" })).toEqual(Option.none())
      expect(yield* runs.intend(stale)).toEqual(Option.none())
      expect(yield* runs.ask(stale, question, day)).toEqual(Option.none())
      expect(yield* runs.complete(stale, email)).toEqual([])
      expect(yield* runs.fail(stale, Failure.internal)).toEqual([])
      expect(yield* runs.again(stale, Duration.zero)).toEqual([])
      expect(yield* runs.handBack(stale)).toEqual([])
      expect(yield* logOf(userId, id)).toEqual(before)
      expect(Option.getOrThrow(yield* (yield* TaskViews).snapshot(userId, id)).view).toMatchObject({
        artifacts: [],
        intervention: null
      })
      yield* (yield* TasksRepo).cancel(userId, id)
    })
  )

  it.live("the numbers of a task's events have no gap, however many write at once", () =>
    Effect.gen(function* () {
      const runs = yield* RunRepo
      const userId = yield* addUser
      const id = yield* addTask(userId)
      const claim = yield* claimOne(yield* addWorker)
      const bytes = new Uint8Array([1, 2, 3])
      const steps = Arr.makeBy(30, (n) => runs.step(claim, { type: "click", message: `clic ${n}`, screenshot: bytes }))
      const files = Arr.makeBy(10, (n) =>
        runs.keep(claim, { kind: "pdf", filename: `${n}.pdf`, contentType: "application/pdf", bytes })
      )
      yield* Effect.all([...steps, ...files], { concurrency: "unbounded" })
      const log = yield* logOf(userId, id)
      expect(log).toHaveLength(41)
      expect(log.filter((event) => event.type === "artifact")).toHaveLength(10)
      const { view, lastSeq } = Option.getOrThrow(yield* (yield* TaskViews).snapshot(userId, id))
      expect([view.steps.length, view.artifacts.length, lastSeq]).toEqual([30, 10, 41])
      yield* (yield* TasksRepo).cancel(userId, id)
    })
  )

  it.live("is kept whole although a page holds what PostgreSQL's text cannot", () =>
    Effect.gen(function* () {
      const runs = yield* RunRepo
      const userId = yield* addUser
      const id = yield* addTask(userId)
      const claim = yield* claimOne(yield* addWorker)
      yield* runs.step(claim, { type: "error", message: "uno\0dos", content: "\\u0000 y \0" })
      const fields = [{ name: "a", label: "Caja\0", type: "text" }] as const
      yield* runs.ask(claim, { kind: "missing_data", message: "¿\0?", fields }, day)
      const { view } = Option.getOrThrow(yield* (yield* TaskViews).snapshot(userId, id))
      expect(view.steps).toMatchObject([{ message: "unodos", content: "\\u0000 y " }])
      expect(view.intervention).toMatchObject({ message: "¿?", fields: [{ label: "Caja" }] })
    })
  )

  it.live("a question that wants its user at the wheel says where the browser is to be seen; another does not", () =>
    Effect.gen(function* () {
      const runs = yield* RunRepo
      const hand = yield* HandRepo
      const userId = yield* addUser
      const asked = Effect.fnUntraced(function* (kind: "takeover" | "missing_data") {
        const id = yield* addTask(userId)
        const workerId = yield* addWorker
        const claim = yield* claimOne(workerId)
        yield* hand.show({ id, workerId }, "http://127.0.0.1:8080/")
        yield* runs.ask(claim, { ...question, kind }, day)
        const event = (yield* logOf(userId, id)).at(-1)
        const { view } = yield* Effect.flatten((yield* TaskViews).snapshot(userId, id))
        expect(event).toMatchObject({ type: "intervention", intervention: { ...view.intervention } })
        return { shown: view.intervention?.live_url, at: view.current_live_url }
      })
      const { at, shown } = yield* asked("takeover")
      expect(at).toContain("/live")
      expect(shown).toBe(`${at}`)
      expect((yield* asked("missing_data")).shown).toBeUndefined()
    })
  )

  it.live(
    "is written with what other runs write at once, and if it is refused it keeps none of them from being written",
    () =>
      Effect.gen(function* () {
        const runs = yield* RunRepo
        const [userId, worker] = [yield* addUser, yield* addWorker]
        const invoice = invoiceOf(crypto.randomUUID())
        const completion = { delivery: "download", invoice, warnings: [], artifacts: [] } as const
        yield* Effect.repeatN(addTask(userId), 9)
        const claims = yield* claimFor(worker)
        const exits = yield* Effect.forEach(
          claims,
          (claim, index) => Effect.exit(runs.complete(claim, index === 3 || index === 6 ? completion : email)),
          { concurrency: "unbounded" }
        )
        expect(exits.filter(Exit.isSuccess)).toHaveLength(9)
        const [refused] = exits.filter(Exit.isFailure).map(({ cause }) => Cause.squash(cause))
        expect(refused).toMatchObject({ _tag: "InvoiceTaken" })
      })
  )

  it.live("of two tasks of one user only one can have a CFDI as its result", () =>
    Effect.gen(function* () {
      const runs = yield* RunRepo
      const userId = yield* addUser
      const completion = {
        delivery: "download",
        invoice: invoiceOf(crypto.randomUUID()),
        warnings: [],
        artifacts: []
      } as const
      yield* addTask(userId)
      expect(yield* runs.complete(yield* claimOne(yield* addWorker), completion)).toHaveLength(1)
      const second = yield* addTask(userId)
      const claim = yield* claimOne(yield* addWorker)
      expect(yield* Effect.flip(runs.complete(claim, completion))).toMatchObject({ _tag: "InvoiceTaken" })
      yield* runs.fail(claim, Failure.foreignInvoice(completion.invoice.uuid))
      expect((yield* logOf(userId, second)).at(-1)).toMatchObject({
        status: "FAILED",
        failure_code: "INVOICE_MISMATCH"
      })
    })
  )
})

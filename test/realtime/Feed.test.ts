import { expect } from "bun:test"
import { Array as Arr, Duration, Effect, FastCheck, Fiber, Runtime } from "effect"
import { feed } from "../../src/realtime/Feed.ts"
import * as Frame from "../../src/realtime/Frame.ts"
import { Outbox } from "../../src/realtime/Outbox.ts"
import * as it from "../lib/effect.ts"
import { claims, taskId, world } from "./lib/World.ts"

/** Some three events; no message is larger than the second. */
const [high, largest] = [600, 900]

/** A network that takes only what it is asked to. */
const network = () => {
  const sent: Array<string> = []
  let unread = 0
  let most = 0
  const wire = {
    send: (data: string | Uint8Array) => {
      sent.push(String(data))
      unread += data.length
      most = Math.max(most, unread)
      return -1
    },
    getBufferedAmount: () => unread
  }
  const outbox = new Outbox(wire, high, Duration.minutes(1))
  const take = (bytes: number) => {
    unread = Math.max(0, unread - bytes)
    outbox.drain()
  }
  const seqs = () => sent.map((text) => JSON.parse(text).seq as number | undefined).filter((seq) => seq !== undefined)
  return { outbox, take, seqs, most: () => most } as const
}

type Places = { readonly world: ReturnType<typeof world>; readonly network: ReturnType<typeof network> }
type Act = (places: Places) => Effect.Effect<void> | void

const { constant, nat, oneof, record } = FastCheck

const tell = ({ world }: Places, seq: number, whole: boolean) => {
  const event = world.log[seq - 1]
  if (event !== undefined) world.tell(whole ? { seq, frame: Frame.ofEvent(event) } : { seq })
}

const act: FastCheck.Arbitrary<Act> = oneof(
  constant<Act>((places) => tell(places, places.world.step(), true)),
  constant<Act>((places) => tell(places, places.world.step(), false)),
  constant<Act>(({ world }) => void world.step()),
  record({ back: nat({ max: 5 }), whole: FastCheck.boolean() }).map(
    ({ back, whole }): Act =>
      (places) =>
        tell(places, places.world.log.length - back, whole)
  ),
  constant<Act>(({ world }) => {
    world.move()
    world.tell({ seq: 0 })
  }),
  nat({ max: 800 }).map(
    (bytes): Act =>
      ({ network }) =>
        network.take(bytes)
  ),
  nat({ max: 6 }).map(
    (turns): Act =>
      () =>
        Effect.repeatN(Effect.yieldNow(), turns)
  )
)

/** One visit, in which this happens, to the reader's leaving or the task's end; gives what the reader heard. */
const visit = Effect.fnUntraced(function* (
  world: Places["world"],
  after: number,
  acts: ReadonlyArray<Act>,
  last: boolean
) {
  const places = { world, network: network() }
  const { most, outbox, seqs, take } = places.network
  const reader = yield* Effect.fork(Effect.provide(feed({ userId: claims.userId, taskId, after }, outbox), world.layer))
  for (const act of acts) yield* act(places) ?? Effect.void
  if (last) {
    tell(places, world.end(), false)
    const drain = Effect.zipRight(
      Effect.sync(() => take(1_000)),
      Effect.yieldNow()
    )
    yield* Effect.raceFirst(Fiber.join(reader), Effect.forever(drain))
  }
  yield* Fiber.interrupt(reader)
  expect(most()).toBeLessThanOrEqual(high + largest)
  return seqs()
})

it.live(
  "whatever is lost, late, repeated or slowly taken, a reader who comes back now and then hears exactly the log",
  () =>
    Effect.gen(function* () {
      const run = Runtime.runPromise(yield* Effect.runtime())
      const visits = FastCheck.array(FastCheck.array(act, { maxLength: 30, size: "max" }), {
        minLength: 1,
        maxLength: 4
      })
      const play = Effect.fnUntraced(function* (visits: ReadonlyArray<ReadonlyArray<Act>>) {
        const here = world()
        const heard: Array<number> = []
        for (const [n, acts] of visits.entries()) {
          heard.push(...(yield* visit(here, heard.at(-1) ?? 0, acts, n === visits.length - 1)))
        }
        expect(heard).toEqual(Arr.range(1, here.log.length))
      })
      const plays = FastCheck.asyncProperty(visits, (visits) => run(play(visits)))
      yield* Effect.promise(() => FastCheck.assert(plays, { numRuns: 150, endOnFailure: true }))
    }),
  30_000
)

it.live("a reader who is level with the log has an event before anyone else's turn, and the last before the end", () =>
  Effect.gen(function* () {
    const here = world()
    const { outbox, seqs, take } = network()
    const places = { world: here, network: network() }
    const reader = yield* Effect.fork(
      Effect.provide(feed({ userId: claims.userId, taskId, after: undefined }, outbox), here.layer)
    )
    yield* Effect.repeatN(Effect.yieldNow(), 20)
    take(largest)
    tell(places, here.step(), true)
    expect(seqs()).toEqual([1])
    tell(places, here.end(), true)
    tell(places, here.step(), true)
    expect(seqs()).toEqual([1, 2])
    yield* Fiber.join(reader)
    expect(seqs()).toEqual([1, 2])
  })
)

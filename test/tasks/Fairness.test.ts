import { expect } from "bun:test"
import { Array as Arr, Effect } from "effect"
import type { UserId } from "../../src/auth/User.ts"
import { RunRepo } from "../../src/tasks/RunRepo.ts"
import * as it from "../lib/effect.ts"
import { addTask, addUser, addWorker, claimFor } from "./lib/Fixtures.ts"
import { ReposTest } from "./lib/Repos.ts"

const finish = Effect.fnUntraced(function* (claims: Effect.Effect.Success<ReturnType<typeof claimFor>>) {
  const runs = yield* RunRepo
  yield* Effect.forEach(claims, (claim) => runs.complete(claim, { delivery: "email", warnings: [], artifacts: [] }))
})

/** The users in the order in which a worker with one slot serves them. */
const served = Effect.fnUntraced(function* (turns: number) {
  const worker = yield* addWorker
  const order: Array<UserId> = []
  for (let turn = 0; turn < turns; turn++) {
    const claims = yield* claimFor(worker, { free: 1, perUser: 2, served: order })
    order.push(...claims.map((claim) => claim.userId))
    yield* finish(claims)
  }
  return order
})

it.layer(ReposTest)("between users", (it) => {
  it.live(
    "A8: the single task of one starts next, although another's thousand are older and one slot is all there is",
    () =>
      Effect.gen(function* () {
        const [hog, single] = [yield* addUser, yield* addUser]
        yield* Effect.forEach(Arr.range(1, 30), () => addTask(hog))
        yield* addTask(single)
        const order = yield* served(4)
        expect(order).toEqual([hog, single, hog, hog])
        yield* finish(yield* claimFor(yield* addWorker))
      })
  )

  it.live("who waits longest comes first among those who were not served yet", () =>
    Effect.gen(function* () {
      const users = yield* Effect.all(Arr.makeBy(6, () => addUser))
      for (const user of users) yield* addTask(user)
      for (const user of users) yield* addTask(user)
      expect(yield* served(12)).toEqual([...users, ...users])
    })
  )

  it.live("none of a hundred is left out, though a claim looks at no more than some of them", () =>
    Effect.gen(function* () {
      const users = yield* Effect.all(Arr.makeBy(100, () => addUser))
      yield* Effect.forEach(users, (user) => Effect.zipRight(addTask(user), addTask(user)), { discard: true })
      const order = yield* served(200)
      expect(new Set(order.slice(0, 140)).size).toBe(100)
      expect(order).toHaveLength(200)
    })
  )

  it.live("a saturated user at the front hides nobody behind", () =>
    Effect.gen(function* () {
      const worker = yield* addWorker
      const hog = yield* addUser
      yield* Effect.forEach(Arr.range(1, 50), () => addTask(hog, { priority: 5 }))
      expect(yield* claimFor(worker, { perUser: 2 })).toHaveLength(2)
      const other = yield* addUser
      yield* addTask(other)
      const [claim, ...more] = yield* claimFor(worker, { free: 10, perUser: 2 })
      expect([claim?.userId, more.length]).toEqual([other, 0])
    })
  )

  it.live("a user's share counts over all priorities", () =>
    Effect.gen(function* () {
      const worker = yield* addWorker
      const user = yield* addUser
      yield* Effect.forEach([3, 2, 1, 0], (priority) => addTask(user, { priority }))
      const claims = (yield* claimFor(worker, { perUser: 3 })).filter((claim) => claim.userId === user)
      expect(claims).toHaveLength(3)
    })
  )
})

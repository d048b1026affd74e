import { expect } from "bun:test"
import { SqlClient } from "@effect/sql"
import { Effect, Exit, Layer, Redacted } from "effect"
import { Rls } from "../../src/db/Rls.ts"
import { contextOf as fileContext } from "../../src/tasks/File.ts"
import { contextOf as receiverContext } from "../../src/tasks/Receiver.ts"
import { Keyring, makeKeyring } from "../../src/vault/Keyring.ts"
import { Rotation } from "../../src/vault/Rotation.ts"
import { RotationRepo } from "../../src/vault/RotationRepo.ts"
import { Vault } from "../../src/vault/Vault.ts"
import * as it from "../lib/effect.ts"
import { PgTest } from "../lib/postgres.ts"

const key = (id: string) => `${id}:${Buffer.alloc(32, id).toString("base64")}`
const keyring = (...ids: ReadonlyArray<string>) =>
  Layer.effect(Keyring, makeKeyring(Redacted.make(ids.map(key).join(","))))

const vaultOf = (...ids: ReadonlyArray<string>) =>
  Effect.provide(Vault, Layer.fresh(Vault.Default).pipe(Layer.provide(keyring(...ids))))

/** A rotation by a process with these keys; `around` stands between it and its vault. */
const rotation = (ids: ReadonlyArray<string>, around: (vault: Vault) => Partial<Vault> = () => ({})) =>
  Effect.provide(
    Rotation,
    Layer.fresh(Rotation.Default).pipe(
      Layer.provide(RotationRepo.Default),
      Layer.provide(
        Layer.effect(
          Vault,
          Effect.map(vaultOf(...ids), (vault) => Vault.make({ ...vault, ...around(vault) }))
        )
      ),
      Layer.provide(keyring(...ids))
    )
  )

const at = (user: string) => ({ user, table: "user_profiles", row: user, column: "rfc" })

const seal = (user: string, ids: ReadonlyArray<string>, text = user) =>
  Effect.flatMap(vaultOf(...ids), (vault) => vault.encrypt(at(user), Redacted.make(text)))

/** Users whose RFC is their id, sealed under the first of these keys. */
const users = (count: number, ...ids: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    yield* sql`DELETE FROM users`
    return yield* Effect.forEach(Array.from({ length: count }), () =>
      Effect.gen(function* () {
        const id = crypto.randomUUID()
        const rfc = Buffer.from(yield* seal(id, ids))
        yield* sql`INSERT INTO users ${sql.insert({ id, email: id })}`
        yield* sql`INSERT INTO user_profiles ${sql.insert({ userId: id, email: id, rfc })}`
        return id
      })
    )
  })

const stored = (user: string) =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const [row] = yield* sql<{ rfc: Uint8Array }>`SELECT rfc FROM user_profiles WHERE user_id = ${user}`
    return row?.rfc ?? new Uint8Array()
  })

const opened = (user: string, ...ids: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    const vault = yield* vaultOf(...ids)
    return Redacted.value(yield* vault.decrypt(at(user), yield* stored(user)))
  })

it.layer(Rls.Default.pipe(Layer.provideMerge(PgTest)))("K3: rotation", (it) => {
  it.live("moves all that is sealed to the first key, once, and says which keys are free", () =>
    Effect.gen(function* () {
      const ids = yield* users(230, "1")
      const { rotate, spare, check } = yield* rotation(["2", "1"])
      yield* check
      expect(yield* spare()).toEqual([])
      expect(yield* rotate()).toBe(230)
      expect(yield* rotate()).toBe(0)
      expect(yield* spare()).toEqual(["1"])
      for (const id of ids) expect(yield* opened(id, "2")).toBe(id)
    })
  )

  it.live("moves files byte by byte, and the RFCs of results", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const [user = ""] = yield* users(1, "1")
      const [id, file] = [crypto.randomUUID(), crypto.randomUUID()]
      const contexts = { rfc: receiverContext(user, id), file: fileContext(user, file) }
      const bytes = Uint8Array.from({ length: 256 }, (_, at) => at)
      const { encrypt, encryptBytes } = yield* vaultOf("1")
      yield* sql`INSERT INTO automation_tasks ${sql.insert({
        id,
        userId: user,
        vendorUrl: "https://x.mx/",
        vendorHost: "x.mx",
        ticketDetails: "{}",
        cfdiUse: "G03",
        ticketKey: id,
        receiverRfc: Buffer.from(yield* encrypt(contexts.rfc, Redacted.make("EKU9003173C9")))
      })}`
      const described = {
        kind: "pdf",
        filename: "a.pdf",
        contentType: "application/pdf",
        size: 256,
        sha256: "",
        stored: true
      }
      const sealed = Buffer.from(yield* encryptBytes(contexts.file, Redacted.make(bytes)))
      yield* sql`INSERT INTO artifacts ${sql.insert({ id: file, userId: user, taskId: id, ...described, sealed })}`
      expect(yield* (yield* rotation(["2", "1"])).rotate()).toBe(3)

      const [row] = yield* sql<{ rfc: Uint8Array; file: Uint8Array }>`
        SELECT t.receiver_rfc AS rfc, a.sealed AS file FROM automation_tasks t JOIN artifacts a ON a.task_id = t.id`
      const { decrypt, decryptBytes } = yield* vaultOf("2")
      expect(Redacted.value(yield* decrypt(contexts.rfc, row?.rfc ?? bytes))).toBe("EKU9003173C9")
      expect(new Uint8Array(Redacted.value(yield* decryptBytes(contexts.file, row?.file ?? bytes)))).toEqual(bytes)
    })
  )

  it.live("goes on where it was ended", () =>
    Effect.gen(function* () {
      const ids = yield* users(130, "1")
      let left = 110
      const ended = yield* rotation(["2", "1"], ({ encryptBytes }) => ({
        encryptBytes: (...args) => (left-- > 0 ? encryptBytes(...args) : Effect.interrupt)
      }))
      expect(Exit.isInterrupted(yield* Effect.exit(ended.rotate()))).toBe(true)
      for (const id of ids) expect(yield* opened(id, "2", "1")).toBe(id)
      expect(yield* (yield* rotation(["2", "1"])).rotate()).toBe(20)
    })
  )

  it.live("what somebody writes meanwhile stands", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const [id = ""] = yield* users(1, "1")
      const meanwhile = Effect.gen(function* () {
        const rfc = Buffer.from(yield* seal(id, ["1", "2"], "written meanwhile"))
        yield* sql`UPDATE user_profiles SET rfc = ${rfc} WHERE user_id = ${id}`
      }).pipe(Effect.orDie)
      const { rotate } = yield* rotation(["2", "1"], ({ encryptBytes }) => ({
        encryptBytes: (...args) =>
          Effect.zipRight(
            Effect.orDie(Effect.provideService(meanwhile, SqlClient.SqlClient, sql)),
            encryptBytes(...args)
          )
      }))
      expect(yield* rotate()).toBe(0)
      expect(yield* opened(id, "1")).toBe("written meanwhile")
    })
  )

  it.live("a key in use may not be dropped: the start is refused with its name and how much needs it", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const [id = ""] = yield* users(3, "1")
      const refused = yield* Effect.flip((yield* rotation(["2"])).check)
      expect(String(refused)).toContain('key "1" is missing, and 3 values are sealed under it')
      const torn = Buffer.from(yield* stored(id))
      torn.writeUInt8(torn.readUInt8(20) ^ 1, 20)
      yield* sql`UPDATE user_profiles SET rfc = ${torn} WHERE user_id = ${id}`
      const { rotate, spare } = yield* rotation(["2", "1"])
      expect(yield* rotate()).toBe(2)
      expect(yield* spare()).toEqual([])
    })
  )
})

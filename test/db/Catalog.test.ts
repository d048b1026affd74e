import { expect } from "bun:test"
import { SqlClient } from "@effect/sql"
import { Effect } from "effect"
import { sealedColumns } from "../../src/vault/Sealed.ts"
import * as it from "../lib/effect.ts"
import { PgTest } from "../lib/postgres.ts"

const roles = ["timbra_api", "timbra_worker", "timbra_keeper"]

const query = (text: string) => Effect.flatMap(SqlClient.SqlClient, (sql) => sql.unsafe<Record<string, unknown>>(text))

// Nobody's data: which processes there are, and which migrations ran.
const nobodys = ["workers", "effect_sql_migrations"]

it.layer(PgTest)("A4: the catalogue", (it) => {
  it.live("no role of ours is above row-level security, owns a table or can log in", () =>
    Effect.gen(function* () {
      const found = yield* query(`
        SELECT rolname, rolsuper, rolbypassrls, rolcanlogin, rolcreaterole, rolcreatedb,
               EXISTS (SELECT 1 FROM pg_class c WHERE c.relowner = r.oid) AS owner
        FROM pg_roles r WHERE rolname LIKE 'timbra\\_%' ORDER BY rolname`)
      const none = {
        rolsuper: false,
        rolbypassrls: false,
        rolcanlogin: false,
        rolcreaterole: false,
        rolcreatedb: false
      }
      expect(found).toEqual(roles.toSorted().map((rolname) => ({ rolname, ...none, owner: false })))
    })
  )

  it.live("every table but those that are nobody's forces row-level security and has a policy for the API's role", () =>
    Effect.gen(function* () {
      const open = yield* query(`
        SELECT c.relname FROM pg_class c
        WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
          AND c.relname NOT IN (${nobodys.map((name) => `'${name}'`).join()})
          AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid))`)
      expect(open).toEqual([])
    })
  )

  it.live("what the API's role may touch it sees by the user alone", () =>
    Effect.gen(function* () {
      const loose = yield* query(`
        SELECT p.tablename, p.policyname, p.qual FROM pg_policies p
        WHERE 'timbra_api' = ANY(p.roles) AND p.qual NOT LIKE '%= app_user_id()%' AND p.policyname <> 'login'`)
      expect(loose).toEqual([])
      const shared = yield* query(`
        SELECT c.relname FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
          AND has_any_column_privilege('timbra_api', c.oid, 'SELECT, INSERT, UPDATE')
          AND NOT EXISTS (SELECT 1 FROM pg_policies p WHERE p.tablename = c.relname AND 'timbra_api' = ANY(p.roles))`)
      expect(shared).toEqual([])
    })
  )

  it.live("no view and no function runs with its owner's rights, and everybody may do nothing", () =>
    Effect.gen(function* () {
      const views = yield* query(`
        SELECT relname FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace
          AND NOT coalesce(reloptions::text LIKE '%security_invoker=%', false)`)
      const functions = yield* query(`
        SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef`)
      const everybody = yield* query(`
        SELECT table_name FROM information_schema.role_table_grants
        WHERE grantee = 'PUBLIC' AND table_schema = 'public'`)
      expect([views, functions, everybody]).toEqual([[], [], []])
    })
  )

  it.live("A6: a unique key begins with the user, or is a random id, so it tells of nobody else's rows", () =>
    Effect.gen(function* () {
      const telling = yield* query(`
        SELECT i.indexrelid::regclass::text AS index FROM pg_index i
        JOIN pg_class c ON c.oid = i.indrelid
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
        WHERE i.indisunique AND c.relnamespace = 'public'::regnamespace
          AND c.relname NOT IN (${nobodys.map((name) => `'${name}'`).join()})
          AND NOT (a.attname = 'user_id' OR a.atttypid = 'uuid'::regtype)`)
      // Whether an e-mail has an account is what register answers by contract.
      expect(telling).toEqual([{ index: "users_email_key" }])
    })
  )

  it.live("K3: every column of bytes is sealed and can be moved to a new key, a hash, or a file on its way", () =>
    Effect.gen(function* () {
      const bytes = yield* query(`
        SELECT table_name || '.' || column_name AS name FROM information_schema.columns
        WHERE table_schema = 'public' AND data_type = 'bytea' ORDER BY 1`)
      const known = [
        ...sealedColumns.map(({ table, column }) => `${table}.${column}`),
        "refresh_tokens.token_hash",
        "artifacts.content"
      ]
      expect(bytes.map(({ name }) => name)).toEqual(known.toSorted())
      for (const { table, column } of sealedColumns) {
        const [may] = yield* query(`
          SELECT has_column_privilege('timbra_keeper', '${table}', '${column}', 'SELECT')
            AND has_column_privilege('timbra_keeper', '${table}', '${column}', 'UPDATE') AND EXISTS (
            SELECT 1 FROM pg_policies WHERE tablename = '${table}' AND 'timbra_keeper' = ANY(roles)) AS may`)
        expect([table, column, may]).toEqual([table, column, { may: true }])
      }
    })
  )

  it.live("A5: over one connection no user's sight outlives their transaction, however it ends", () =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const [ana, eva] = [crypto.randomUUID(), crypto.randomUUID()]
      for (const id of [ana, eva]) yield* sql`INSERT INTO users ${sql.insert({ id, email: id })}`
      yield* sql.reserve.pipe(
        Effect.flatMap((connection) =>
          Effect.gen(function* () {
            const run = (text: string) => connection.executeRaw(text, [])
            for (let round = 0; round < 200; round++) {
              const id = round % 2 === 0 ? ana : eva
              yield* run("BEGIN")
              yield* run(`SELECT set_config('role', 'timbra_api', true), set_config('app.user_id', '${id}', true)`)
              expect(yield* run("SELECT id FROM users")).toMatchObject({ rows: [{ id }] })
              if (round % 3 === 0) yield* Effect.flip(run("SELECT 1 / 0"))
              yield* run(round % 3 === 1 ? "COMMIT" : "ROLLBACK")
              const after = "SELECT current_user <> 'timbra_api' AS ours, current_setting('app.user_id', true) AS user"
              expect(yield* run(after)).toMatchObject({ rows: [{ ours: true, user: "" }] })
            }
          })
        ),
        Effect.scoped
      )
    })
  )
})

import { expect, test } from "bun:test"

const root = `${import.meta.dir}/../..`

const names = async (file: string, pattern: RegExp) =>
  new Set([...(await Bun.file(`${root}/${file}`).text()).matchAll(pattern)].flatMap(([, name = ""]) => name))

const used = /\b(timbra_[a-z_]+?)(?:_bucket|_sum|_count)?\b(?![a-z_.])/g

test("the dashboard, the alerts and the docs speak only of what is measured, and the dashboard of all of it", async () => {
  const measured = await names("src/telemetry/Measures.ts", /"(timbra_[a-z_]+)"/g)
  const dashboard = await names("docs/grafana/timbra.json", used)
  const roles = new Set(["timbra_api", "timbra_worker"])
  const others = [
    await names("docs/grafana/alerts.yaml", used),
    (await names("docs/deploy.md", used)).difference(roles)
  ]
  for (const mentioned of [dashboard, ...others]) expect([...mentioned.difference(measured)]).toEqual([])
  expect([...measured.difference(dashboard)]).toEqual(["timbra_database_up"])
})

test("there are five alerts, and each says what to do", async () => {
  const rules = Bun.YAML.parse(await Bun.file(`${root}/docs/grafana/alerts.yaml`).text())
  expect(rules).toMatchObject({ groups: [{ rules: Array(5).fill({ annotations: { do: expect.any(String) } }) }] })
})

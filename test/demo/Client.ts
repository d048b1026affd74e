import { Effect } from "effect"
import type { DemoPortal } from "../../src/demo/Portal.ts"

/** SAT's public test taxpayer. */
export const receiver = {
  rfc: "EKU9003173C9",
  nombre: "ESCUELA KEMPER URGATE",
  cp: "42501",
  regimen: "601",
  uso: "G03",
  correo: "compras@kemper.example"
}

const request = (portal: DemoPortal, path: string, init?: RequestInit) =>
  Effect.promise((signal) => fetch(new URL(path, portal.url), { redirect: "manual", signal, ...init }))

export const get = (portal: DemoPortal, path: string) => request(portal, path)

export const postForm = (portal: DemoPortal, path: string, fields: Readonly<Record<string, string>>) =>
  request(portal, path, { method: "POST", body: new URLSearchParams(fields) })

export const postJson = (portal: DemoPortal, path: string, body: unknown) =>
  request(portal, path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body)
  })

export const text = (response: Response) => Effect.promise(() => response.text())
export const json = (response: Response) => Effect.promise((): Promise<unknown> => response.json())

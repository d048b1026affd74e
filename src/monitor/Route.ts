import { signal } from "@preact/signals"
import type { ListQuery } from "./Api.ts"
import type { TaskStatus } from "./Wire.ts"

export type Route =
  | { readonly view: "tasks"; readonly query: ListQuery }
  | { readonly view: "task" | "live"; readonly id: string }
  | { readonly view: "new" | "profile" | "register" | "privacy" | "unknown" }

const statuses: ReadonlySet<string> = new Set<TaskStatus>([
  "PENDING",
  "RUNNING",
  "PAUSED",
  "INTERVENTION_NEEDED",
  "COMPLETED",
  "FAILED"
])

const isStatus = (text: string | null): text is TaskStatus => text !== null && statuses.has(text)

const listQuery = (query: URLSearchParams): ListQuery => {
  const page = Number(query.get("page") ?? 1)
  const status = query.get("status")
  return { page: Number.isSafeInteger(page) && page > 0 ? page : 1, status: isStatus(status) ? status : "all" }
}

export const parse = (hash: string): Route => {
  const { pathname, searchParams } = new URL(hash.replace(/^#/, "") || "/", "http://page")
  const [first = "", second, ...rest] = pathname.split("/").slice(1)
  if (first === "tasks" && second !== undefined && rest.join("/") === "live") {
    return { view: "live", id: decodeURIComponent(second) }
  }
  if (rest.length > 0) return { view: "unknown" }
  if (first === "tasks" && second === "new") return { view: "new" }
  if (first === "tasks" && second !== undefined) return { view: "task", id: decodeURIComponent(second) }
  if (second !== undefined) return { view: "unknown" }
  if (first === "" || first === "tasks") return { view: "tasks", query: listQuery(searchParams) }
  if (first === "profile" || first === "register" || first === "privacy") return { view: first }
  return { view: "unknown" }
}

/** What stands after `#` is the view, so the server has one page. */
export const route = signal(parse(location.hash))

addEventListener("hashchange", () => {
  route.value = parse(location.hash)
})

export const hrefs = {
  new: "#/tasks/new",
  profile: "#/profile",
  register: "#/register",
  privacy: "#/privacy",
  home: "#/",
  task: (id: string) => `#/tasks/${encodeURIComponent(id)}`,
  tasks: ({ page, status }: ListQuery) => {
    const query = new URLSearchParams()
    if (status !== "all") query.set("status", status)
    if (page > 1) query.set("page", String(page))
    return query.size === 0 ? "#/" : `#/tasks?${query}`
  }
}

export const go = (href: string) => {
  location.hash = href
}

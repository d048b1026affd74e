import { Context } from "effect"

export type Language = "es" | "en"

/** What an answer depends on besides the request itself; given by the server for each request. */
export class RequestInfo extends Context.Reference<RequestInfo>()("http/RequestInfo", {
  defaultValue: (): { readonly id: string; readonly language: Language; readonly address: string } => ({
    id: "none",
    language: "es",
    address: "unknown"
  })
}) {}

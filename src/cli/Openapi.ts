import { Command } from "@effect/cli"
import { OpenApi } from "@effect/platform"
import { Console, Effect } from "effect"
import { Api } from "../Api.ts"

export const openapi = Command.make("openapi", {}, () =>
  Effect.suspend(() => Console.log(JSON.stringify(OpenApi.fromApi(Api), null, 2)))
).pipe(Command.withDescription("Print the OpenAPI 3.1 document of the API."))

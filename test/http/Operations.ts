import { OpenApi } from "@effect/platform"
import { Api } from "../../src/Api.ts"

export interface Operation {
  readonly method: string
  /** `/api/v1/tasks/{taskId}` */
  readonly path: string
  readonly params: ReadonlyArray<string>
  readonly query: ReadonlyArray<string>
  readonly isPublic: boolean
}

/** Every operation that `/openapi.json` tells of. */
export const operations: ReadonlyArray<Operation> = Object.entries(OpenApi.fromApi(Api).paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, { parameters = [], security = [] }]) => ({
    method: method.toUpperCase(),
    path,
    params: parameters.filter((parameter) => parameter.in === "path").map(({ name }) => name),
    query: parameters.filter((parameter) => parameter.in === "query").map(({ name }) => name),
    isPublic: security.length === 0
  }))
)

export const addressed = ({ path }: Operation, values: (param: string) => string) =>
  path.replace(/\{(\w+)\}/g, (_, param: string) => values(param))

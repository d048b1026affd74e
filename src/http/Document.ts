import { Predicate, Record as Rec } from "effect"
import { contentType } from "../Problem.ts"

const renamed = (response: unknown) => {
  if (!Predicate.hasProperty(response, "content") || !Predicate.isRecord(response.content)) return response
  const { "application/json": json, ...others } = response.content
  return json === undefined ? response : { ...response, content: { ...others, [contentType]: json } }
}

const operation = (value: unknown) => {
  if (!Predicate.hasProperty(value, "responses") || !Predicate.isRecord(value.responses)) return value
  const responses = Rec.map(value.responses, (response, status) =>
    Number(status) >= 400 ? renamed(response) : response
  )
  return { ...value, responses }
}

/** Where two problems share a status the generator calls them plain JSON: here every error is problem+json again. */
export const describeProblems = (spec: Record<string, unknown>) => ({
  ...spec,
  paths: Predicate.isRecord(spec.paths)
    ? Rec.map(spec.paths, (path) => (Predicate.isRecord(path) ? Rec.map(path, operation) : path))
    : {}
})

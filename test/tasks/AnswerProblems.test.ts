import { expect, test } from "bun:test"
import { answerProblems } from "../../src/tasks/AnswerProblems.ts"
import type { InterventionField } from "../../src/tasks/Event.ts"

const codes = (field: Omit<InterventionField, "name" | "label">, value: string) =>
  answerProblems([{ name: "x", label: "X", ...field }], { x: value }, "es").map(({ code }) => code)

test("an answer fits the field that it was asked for with", () => {
  expect(codes({ type: "text", max_length: 3 }, "abcd")).toEqual(["TOO_LONG"])
  expect(codes({ type: "text", max_length: 3 }, " abc ")).toEqual([])
  expect(codes({ type: "select", options: ["a", "b"] }, "c")).toEqual(["OPTION"])
  expect(codes({ type: "number" }, "doce")).toEqual(["NUMBER"])
  expect(codes({ type: "number" }, "1,200.50")).toEqual([])
  expect(codes({ type: "date" }, "ayer")).toEqual(["DATE"])
  expect(codes({ type: "date" }, "2026-11-20")).toEqual([])
  expect(codes({ type: "text" }, "  ")).toEqual(["REQUIRED"])
})

test("what nobody asked is told, in the language of whoever answers", () => {
  expect(answerProblems([], { "a/b": "1" }, "en")).toEqual([
    { pointer: "/answers/a~1b", code: "UNKNOWN_FIELD", detail: "Nobody asked this." }
  ])
})

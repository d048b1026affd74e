import { Effect, Option, Schema } from "effect"
import type { Frame, JSHandle } from "playwright-core"
import { bundle } from "./inpage/bundle.ts" with { type: "macro" }
import type { eyes } from "./inpage/main.ts"
import { FrameLook } from "./Look.ts"
import { call, PageMoved } from "./PageError.ts"

/** Runs in every document before its own scripts. */
export const source: string = bundle()

type Eyes = typeof eyes

const key = "globalThis[Symbol.for('timbra.eyes')]"

const absent = "timbra.absent"

const ask = (expression: string) => `${key} ? ${key}.${expression} : "${absent}"`

/** Asks the in-page code; a document that was there before the init script, as about:blank may be, gets it now. */
const evaluate = <A>(frame: Frame, during: string, expression: string) =>
  call(during, async () => {
    const first = await frame.evaluate<A | typeof absent>(ask(expression))
    if (first !== absent) return first
    await frame.evaluate(source)
    return (await frame.evaluate(ask(expression))) as A
  })

const decode = Schema.decodeUnknown(FrameLook)

export const look = (frame: Frame) =>
  evaluate<unknown>(frame, "look", "look()").pipe(
    Effect.flatMap(decode),
    Effect.catchTag("ParseError", (cause) => new PageMoved({ during: "look", cause }))
  )

/** How often the document has changed. */
export const changes = (frame: Frame) => evaluate<ReturnType<Eyes["changes"]>>(frame, "changes", "changes()")

/** Done once the document has changed since its count was `since`, or after `limitMs`. */
export const changed = (frame: Frame, since: number, limitMs: number) =>
  evaluate<void>(frame, "changed", `changed(${since}, ${limitMs})`)

/** Done once nothing has changed for `quietMs`, or after `limitMs` of unrest; false where the page says that it works. */
export const rest = (frame: Frame, quietMs: number, limitMs: number, mayFade: boolean) =>
  evaluate<boolean>(frame, "rest", `rest(${quietMs}, ${limitMs}, ${mayFade})`)

/** Where the document has changed since its count was `since`: done once it no longer does. Gives the new count. */
export const calm = (frame: Frame, since: number, quietMs: number, limitMs: number) =>
  evaluate<number>(frame, "calm", `calm(${since}, ${quietMs}, ${limitMs})`)

export const bearing = (frame: Frame, holder?: number) =>
  evaluate<ReturnType<Eyes["bearing"]>>(frame, "bearing", `bearing(${holder ?? ""})`)

/** The calendar that lies open over the page. */
export const calendar = (frame: Frame) => evaluate<ReturnType<Eyes["calendar"]>>(frame, "calendar", "calendar()")

export const calendarIsOpen = (frame: Frame, ref: number) =>
  evaluate<boolean>(frame, "calendar", `calendarIsOpen(${ref})`)

export const dayInFocus = (frame: Frame) => evaluate<ReturnType<Eyes["dayInFocus"]>>(frame, "calendar", "dayInFocus()")

/** Goes into a text field to write over what it holds; false where that has to be done key by key. */
export const enter = (frame: Frame, ref: number) => evaluate<boolean>(frame, "enter", `enter(${ref})`)

export const valueAt = (frame: Frame, ref: number) =>
  evaluate<string | undefined>(frame, "value", `valueAt(${ref})`).pipe(Effect.map((value) => value ?? ""))

/** What a press at this point of the frame's window meets. */
export const under = (frame: Frame, x: number, y: number) =>
  evaluate<ReturnType<Eyes["under"]>>(frame, "under", `under(${x}, ${y})`)

/** A point of the document where a press meets nothing. */
export const blank = (frame: Frame) => evaluate<ReturnType<Eyes["blank"]>>(frame, "blank", "blank()")

/** What the keys go to, if it is in this frame. */
export const focused = (frame: Frame) => evaluate<ReturnType<Eyes["focused"]>>(frame, "focused", "focused()")

const handle = (frame: Frame, expression: string) =>
  call("find", () => frame.evaluateHandle(`${key}?.${expression}`)).pipe(
    Effect.flatMap((found: JSHandle) =>
      Option.match(Option.fromNullable(found.asElement()), {
        onNone: () => new PageMoved({ during: "find", cause: expression }),
        onSome: Effect.succeed
      })
    )
  )

/** The element as long as it can be seen; one that was hidden since is waited for by nobody. */
export const element = (frame: Frame, ref: number) => handle(frame, `shown(${ref})`)

/** The icon beside a field that opens what the field itself does not. */
export const opener = (frame: Frame, ref: number) => handle(frame, `opener(${ref})`)

/** The picture whose letters a field asks for. */
export const imageBeside = (frame: Frame, ref: number) => handle(frame, `imageBeside(${ref})`)

/** What a person presses for it: of a styled tick box, its label. */
export const face = (frame: Frame, ref: number) => handle(frame, `face(${ref})`)

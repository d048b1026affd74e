import { Data, Effect } from "effect"

/** The tab, its context or its whole browser is gone. */
export class PageClosed extends Data.TaggedError("PageClosed")<{ readonly cause: unknown }> {}

/** The page did not answer in time: it hangs, or what was to be pressed never became pressable. */
export class PageStuck extends Data.TaggedError("PageStuck")<{ readonly during: string }> {}

/** The element or its document is no longer there: look again. */
export class PageMoved extends Data.TaggedError("PageMoved")<{ readonly during: string; readonly cause: unknown }> {}

export type PageError = PageClosed | PageStuck | PageMoved

/** May another look at the page find it usable again? */
export const isPassing = <E>(error: E): error is Extract<E, PageStuck | PageMoved> =>
  error instanceof PageStuck || error instanceof PageMoved

const closed = /has been closed|crashed|disconnected|browser.*closed/i
const slow = /timeout \d+ms exceeded/i

const classify =
  (during: string) =>
  (cause: unknown): PageError => {
    const message = cause instanceof Error ? cause.message : String(cause)
    if (closed.test(message)) return new PageClosed({ cause })
    return slow.test(message) ? new PageStuck({ during }) : new PageMoved({ during, cause })
  }

/** One call to the page with a deadline of its own: `page.evaluate` has none. */
export const call = <A>(during: string, run: () => Promise<A>) =>
  Effect.tryPromise({ try: run, catch: classify(during) }).pipe(
    Effect.timeoutFail({ duration: "10 seconds", onTimeout: () => new PageStuck({ during }) })
  )

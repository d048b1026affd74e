import { type Signal, useSignal } from "@preact/signals"
import { useEffect } from "preact/hooks"
import type { Result } from "../Problem.ts"

export interface Loader<A> {
  /** Undefined while it is on its way. */
  readonly state: Signal<Result<A> | undefined>
  readonly load: () => void
}

export const useLoaded = <A>(ask: () => Promise<Result<A>>): Loader<A> => {
  const state = useSignal<Result<A> | undefined>(undefined)
  const load = async () => {
    state.value = undefined
    state.value = await ask()
  }
  useEffect(() => {
    load()
  }, [])
  return { state, load }
}

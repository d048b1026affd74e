import { useSignal } from "@preact/signals"
import { useEffect } from "preact/hooks"
import { file } from "../Api.ts"
import type { Problem } from "../Problem.ts"

/** An image that takes the token to fetch, as an address for an `img`. The last one stays until the next is there. */
export const usePrivateFile = (path: string | undefined) => {
  const shown = useSignal<string | undefined>(undefined)
  const loading = useSignal(false)
  const problem = useSignal<Problem | undefined>(undefined)

  const show = (url: string | undefined) => {
    if (shown.value !== undefined) URL.revokeObjectURL(shown.value)
    shown.value = url
  }

  useEffect(() => {
    if (path === undefined) return show(undefined)
    const abort = new AbortController()
    loading.value = true
    file(path, abort.signal).then((loaded) => {
      if (abort.signal.aborted) return
      loading.value = false
      problem.value = loaded.ok ? undefined : loaded.problem
      if (loaded.ok) show(URL.createObjectURL(loaded.value))
    })
    return () => abort.abort()
  }, [path])

  useEffect(() => () => show(undefined), [])

  return { shown, loading, problem }
}

import { useSignal } from "@preact/signals"
import { useEffect } from "preact/hooks"

/** The time, a second at a time. */
export const useNow = () => {
  const now = useSignal(Date.now())
  useEffect(() => {
    const timer = setInterval(() => {
      now.value = Date.now()
    }, 1000)
    return () => clearInterval(timer)
  }, [])
  return now.value
}

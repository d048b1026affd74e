import { type Signal, useSignal } from "@preact/signals"
import { errorsAt, type Problem, type Result } from "../Problem.ts"

/** What a control shows and changes. */
export interface Bound<A> {
  readonly name: string
  readonly value: A
  /** What the server said of it. */
  readonly error: string | undefined
  readonly change: (value: A) => void
}

export interface Form<V> {
  readonly values: Signal<V>
  readonly problem: Signal<Problem | undefined>
  readonly busy: Signal<boolean>
  readonly field: <K extends keyof V & string>(name: K) => Bound<V[K]>
  /** Sends it unless it is being sent; gives what came back where it was taken. */
  readonly submit: <A>(send: () => Promise<Result<A>>) => Promise<A | undefined>
}

export const useForm = <V extends object>(initial: V): Form<V> => {
  const values = useSignal(initial)
  const problem = useSignal<Problem | undefined>(undefined)
  const busy = useSignal(false)

  const field = <K extends keyof V & string>(name: K): Bound<V[K]> => ({
    name,
    value: values.value[name],
    error: problem.value && errorsAt(problem.value, `/${name}`)[0]?.detail,
    change: (value) => {
      values.value = { ...values.value, [name]: value }
    }
  })

  const submit = async <A>(send: () => Promise<Result<A>>) => {
    if (busy.value) return undefined
    busy.value = true
    problem.value = undefined
    const sent = await send()
    busy.value = false
    if (sent.ok) return sent.value
    problem.value = sent.problem
    return undefined
  }

  return { values, problem, busy, field, submit }
}

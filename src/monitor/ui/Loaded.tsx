import type { ComponentChildren } from "preact"
import { text } from "../Text.ts"
import { ProblemAlert } from "./Alert.tsx"
import { Button } from "./Button.tsx"
import type { Loader } from "./Loader.ts"
import { Loading } from "./Loading.tsx"

interface Props<A> {
  readonly loader: Loader<A>
  readonly children: (value: A) => ComponentChildren
}

/** What is fetched once for a view: the wait, the value, or what went wrong and a way to try again. */
export const Loaded = <A,>({ loader, children }: Props<A>) => {
  const state = loader.state.value
  if (state === undefined) return <Loading />
  if (state.ok) return <>{children(state.value)}</>
  return (
    <ProblemAlert problem={state.problem}>
      <Button icon="retry" onClick={loader.load}>
        {text.value.page.retry}
      </Button>
    </ProblemAlert>
  )
}

import type { Signal } from "@preact/signals"
import { useLayoutEffect, useRef } from "preact/hooks"
import { text } from "../Text.ts"
import type { Step } from "../Wire.ts"
import { StepItem } from "./StepItem.tsx"

interface Props {
  readonly steps: ReadonlyArray<Step>
  readonly running: boolean
  readonly pinned: Signal<number | undefined>
}

const near = 48

/** The log of what is done. It keeps to its end unless the reader has gone back to an earlier step. */
export const Steps = ({ steps, running, pinned }: Props) => {
  const t = text.value.task
  const log = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  useLayoutEffect(() => {
    if (log.current && atEnd.current) log.current.scrollTop = log.current.scrollHeight
  }, [steps])
  const pictured = steps.filter(({ screenshot_url }) => screenshot_url !== null)
  const newest = pictured.at(-1)?.seq
  return (
    <section class="steps">
      <h2>{t.steps}</h2>

      <div
        class="log"
        ref={log}
        role="log"
        aria-label={t.stepsLead}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be within the reach of the keyboard.
        tabIndex={0}
        onScroll={({ currentTarget: { clientHeight, scrollHeight, scrollTop } }) => {
          atEnd.current = scrollHeight - scrollTop - clientHeight < near
        }}
      >
        {steps.length === 0 && <p class="hint">{t.noSteps}</p>}
        <ol>
          {steps.map((step) => (
            <StepItem
              key={step.seq}
              step={step}
              shown={(pinned.value ?? newest) === step.seq}
              onShow={() => {
                pinned.value = step.seq === newest ? undefined : step.seq
              }}
            />
          ))}
        </ol>
        {running && (
          <p class="at-work" aria-hidden="true">
            <span />
            <span />
            <span />
          </p>
        )}
      </div>
    </section>
  )
}

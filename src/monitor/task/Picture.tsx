import type { Signal } from "@preact/signals"
import { hostOf } from "../Format.ts"
import { Screen } from "../live/Screen.tsx"
import { text } from "../Text.ts"
import { Icon } from "../ui/Icon.tsx"
import { usePrivateFile } from "../ui/PrivateFile.ts"
import type { Step, TaskDetail } from "../Wire.ts"

interface Props {
  readonly task: TaskDetail
  readonly steps: ReadonlyArray<Step>
  readonly pinned: Signal<number | undefined>
}

const isWeb = (url: string) =>
  URL.canParse(url, location.href) && /^https?:$/.test(new URL(url, location.href).protocol)

/** The vendor's portal as the agent sees it: after its newest step, or after the one that was picked. */
export const Picture = ({ task, steps, pinned }: Props) => {
  const t = text.value.task
  const pictured = steps.filter(({ screenshot_url }) => screenshot_url !== null)
  const step = pictured.find(({ seq }) => seq === pinned.value) ?? pictured.at(-1)
  const { loading, problem, shown } = usePrivateFile(step?.screenshot_url ?? undefined)
  const live = task.current_live_url
  const watched = live !== null && pinned.value === undefined
  const waiting = task.status === "PENDING" || task.status === "RUNNING"
  return (
    <section class="browser" aria-label={t.browser}>
      <header class="browser-bar">
        <span class="dots" aria-hidden="true" />
        <span class="address" title={task.vendor_url}>
          {hostOf(task.vendor_url)}
        </span>
        {live && isWeb(live) && (
          <a href={live} target="_blank" rel="noopener noreferrer">
            {t.live} <Icon name="external" />
            <span class="hidden">{text.value.privacy.newTab}</span>
          </a>
        )}
        {pinned.value !== undefined && (
          <button type="button" class="button quiet" onClick={() => (pinned.value = undefined)}>
            {t.latest}
          </button>
        )}
      </header>
      {watched && <Screen task={task} />}
      <div hidden={watched} class={`screen ${task.status.toLowerCase()}`} aria-busy={loading.value}>
        {(loading.value || task.status === "RUNNING") && <div class="progress" aria-hidden="true" />}
        {step && shown.value !== undefined ? (
          <img src={shown.value} alt={t.screenshot(step.message)} />
        ) : (
          <p class="no-picture">
            {waiting && <span class="spinner" aria-hidden="true" />}
            {problem.value?.detail ?? t.noPicture[task.status]}
          </p>
        )}
      </div>
    </section>
  )
}

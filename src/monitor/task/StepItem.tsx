import { clock, seconds } from "../Format.ts"
import { text } from "../Text.ts"
import { Icon } from "../ui/Icon.tsx"
import type { Step } from "../Wire.ts"

interface Props {
  readonly step: Step
  /** Its picture is the one to be seen. */
  readonly shown: boolean
  readonly onShow: () => void
}

/** What the agent says is Spanish in whatever language the page is. */
export const StepItem = ({ step, shown, onShow }: Props) => {
  const t = text.value
  const { content, created_at, duration_ms, message, screenshot_url, step_type } = step
  return (
    <li class={`step ${step_type}`}>
      <span class="step-icon">
        <Icon name={step_type} />
      </span>
      <div class="step-body">
        <p>
          <span class="hidden">{t.steps[step_type]}: </span>
          <span lang="es-MX">{message}</span>
        </p>
        {content && (
          <p class="step-content" lang="es-MX">
            {content}
          </p>
        )}
        <p class="step-meta">
          <time dateTime={created_at}>{clock(created_at)}</time>
          {duration_ms !== null && <span>{seconds(duration_ms)}</span>}
          {screenshot_url && (
            <button
              type="button"
              class="step-see"
              aria-pressed={shown}
              aria-label={t.task.see(message)}
              onClick={onShow}
            >
              <Icon name="image" /> {t.task.image}
            </button>
          )}
        </p>
      </div>
    </li>
  )
}

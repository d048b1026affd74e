import type { ComponentChildren } from "preact"
import { Icon, type IconName } from "./Icon.tsx"

interface Props {
  readonly children: ComponentChildren
  readonly kind?: "primary" | "plain" | "danger" | "quiet"
  readonly icon?: IconName
  readonly type?: "button" | "submit"
  /** At work: it keeps the focus, and a second click does nothing. */
  readonly busy?: boolean
  readonly label?: string | undefined
  readonly onClick?: () => void
}

export const Button = ({ children, kind = "plain", icon, type = "button", busy = false, label, onClick }: Props) => (
  <button
    type={type}
    class={`button ${kind}`}
    aria-disabled={busy}
    aria-busy={busy}
    aria-label={label}
    onClick={(event) => {
      if (busy) event.preventDefault()
      else onClick?.()
    }}
  >
    {busy ? <span class="spinner" aria-hidden="true" /> : icon && <Icon name={icon} />}
    {children}
  </button>
)

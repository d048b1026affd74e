import { useSignal } from "@preact/signals"
import { text } from "../Text.ts"
import { Icon } from "../ui/Icon.tsx"

/** Only where the browser lets a page write the clipboard, which it does over https and on this machine. */
export const Copy = ({ value }: { readonly value: string }) => {
  const t = text.value.outcome
  const copied = useSignal(false)
  if (!isSecureContext) return null
  const copy = () =>
    navigator.clipboard.writeText(value).then(
      () => {
        copied.value = true
      },
      // Refused by the user, who can still select the text.
      () => {
        copied.value = false
      }
    )
  return (
    <>
      <button type="button" class="icon-button" aria-label={t.copy} onClick={copy}>
        <Icon name={copied.value ? "completed" : "copy"} />
      </button>
      <span role="status" class="hidden">
        {copied.value && t.copied}
      </span>
    </>
  )
}

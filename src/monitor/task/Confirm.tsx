import { text } from "../Text.ts"
import { Button } from "../ui/Button.tsx"
import { Dialog } from "../ui/Dialog.tsx"

interface Props {
  readonly action: "cancel" | "retry"
  readonly onYes: (action: "cancel" | "retry") => void
  readonly onClose: () => void
}

/** Before an invoice is given up, or asked for where it may exist already. */
export const Confirm = ({ action, onYes, onClose }: Props) => {
  const t = text.value.task
  const says =
    action === "cancel"
      ? { title: t.cancelTitle, lead: t.cancelLead, yes: t.cancelYes, no: t.cancelNo }
      : { title: t.uncertainTitle, lead: t.uncertainLead, yes: t.uncertainYes, no: t.uncertainNo }
  return (
    <Dialog title={says.title} onClose={onClose}>
      <p>{says.lead}</p>
      <div class="row end">
        <Button onClick={onClose}>{says.no}</Button>
        <Button
          kind="danger"
          onClick={() => {
            onClose()
            onYes(action)
          }}
        >
          {says.yes}
        </Button>
      </div>
    </Dialog>
  )
}

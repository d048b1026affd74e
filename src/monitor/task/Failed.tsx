import { hrefs } from "../Route.ts"
import { text } from "../Text.ts"
import { Alert } from "../ui/Alert.tsx"
import type { FailureCode } from "../Wire.ts"

interface Props {
  readonly code: FailureCode
  readonly reason: string | null
}

/** Why there is no invoice, in the portal's own words where it said any, and what can be done. */
export const Failed = ({ code, reason }: Props) => {
  const t = text.value
  const [title, advice] = t.failures[code]
  return (
    <Alert kind={code === "CANCELLED" ? "info" : code === "SUBMIT_UNCERTAIN" ? "warning" : "error"} title={title}>
      {reason && code !== "CANCELLED" && (
        <p>
          {t.task.portalSaid}: <q lang="es-MX">{reason}</q>
        </p>
      )}
      <p>{advice}</p>
      {code === "DATA_REJECTED" && <a href={hrefs.profile}>{t.task.toProfile}</a>}
    </Alert>
  )
}

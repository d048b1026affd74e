import type { Problem } from "../Problem.ts"
import { hrefs } from "../Route.ts"
import { text } from "../Text.ts"

/** Where to go to make an order possible that was refused. */
export const OrderHelp = ({ problem }: { readonly problem: Problem }) => {
  const t = text.value.order
  switch (problem.code) {
    case "PROFILE_INCOMPLETE":
      return <a href={hrefs.profile}>{t.toProfile}</a>
    case "CONSENT_REQUIRED":
      return <a href={hrefs.profile}>{t.toConsent}</a>
    case "DUPLICATE_TICKET":
      return problem.task_id === undefined ? null : <a href={hrefs.task(problem.task_id)}>{t.toDuplicate}</a>
    default:
      return null
  }
}

import { best, readLabel } from "./Classify.ts"
import { isPersonalRole } from "./Personal.ts"

/** Which of the taxpayer's details a label speaks of: a telephone, a street. */
export const detailOf = (label: string) => {
  const role = best(readLabel(label))?.role
  return isPersonalRole(role) ? role : undefined
}

import { signal } from "@preact/signals"
import { text } from "../Text.ts"
import { Alert } from "../ui/Alert.tsx"
import { WarningList } from "../ui/WarningList.tsx"

/** What registering found odd: told on the view that comes after it. */
export const warnings = signal<ReadonlyArray<string>>([])

export const RegisterWarnings = () =>
  warnings.value.length > 0 ? (
    <Alert kind="warning" title={text.value.register.done}>
      <WarningList codes={warnings.value} />
    </Alert>
  ) : null

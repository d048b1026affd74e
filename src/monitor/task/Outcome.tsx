import { moment, money } from "../Format.ts"
import { text } from "../Text.ts"
import { Alert } from "../ui/Alert.tsx"
import { Icon } from "../ui/Icon.tsx"
import { WarningList } from "../ui/WarningList.tsx"
import type { Outcome as Result, TaskDetail } from "../Wire.ts"
import { Copy } from "./Copy.tsx"
import { Download } from "./Download.tsx"

interface Props {
  readonly task: TaskDetail
  readonly result: Result
}

const Cfdi = ({ cfdi }: { readonly cfdi: NonNullable<Result["cfdi"]> }) => {
  const t = text.value.outcome
  return (
    <dl>
      <div class="whole">
        <dt>{t.uuid}</dt>
        <dd class="code">
          {cfdi.uuid} <Copy value={cfdi.uuid} />
        </dd>
      </div>
      <div>
        <dt>{t.total}</dt>
        <dd class="amount">{money(cfdi.total)}</dd>
      </div>
      <div>
        <dt>{t.issuer}</dt>
        <dd class="code">{cfdi.issuer_rfc}</dd>
      </div>
      <div>
        <dt>{t.receiver}</dt>
        <dd class="code">{cfdi.receiver_rfc}</dd>
      </div>
      <div>
        <dt>{t.issued}</dt>
        <dd>{moment(cfdi.issued_at)}</dd>
      </div>
    </dl>
  )
}

/** What the task was for: the invoice's facts as they were proven, and its files. */
export const Outcome = ({ task, result }: Props) => {
  const t = text.value.outcome
  const { artifacts, cfdi, warnings } = result
  return (
    <section class="card outcome">
      <h2>
        <Icon name="completed" />
        {t.title}
      </h2>
      <p>{cfdi ? t.proven : t.byEmail}</p>
      {cfdi && <Cfdi cfdi={cfdi} />}
      {warnings.length > 0 && (
        <Alert kind="warning" title={t.warnings}>
          <WarningList codes={warnings} />
        </Alert>
      )}
      {artifacts.length > 0 && (
        <>
          <h3>{t.files}</h3>
          <ul class="files">
            {artifacts.map((artifact) => (
              <li key={artifact.id}>
                <Download taskId={task.id} artifact={artifact} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

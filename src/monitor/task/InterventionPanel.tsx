import { useEffect, useRef } from "preact/hooks"
import { answer } from "../Api.ts"
import { until } from "../Format.ts"
import { isInHand } from "../live/Screen.tsx"
import { text } from "../Text.ts"
import { Button } from "../ui/Button.tsx"
import { CheckField } from "../ui/Fields.tsx"
import { useForm } from "../ui/Form.ts"
import { FormBody } from "../ui/FormBody.tsx"
import { Icon } from "../ui/Icon.tsx"
import { useNow } from "../ui/Now.ts"
import type { Intervention, TaskDetail } from "../Wire.ts"
import { AskedField } from "./AskedField.tsx"
import { AskedImage } from "./AskedImage.tsx"

interface Props {
  readonly task: TaskDetail
  readonly ask: Intervention
  readonly onDone: () => Promise<void>
}

const Expires = ({ at }: { readonly at: string }) => <p class="hint">{text.value.ask.expires(until(at, useNow()))}</p>

/** What only the user can tell. It takes the focus when it comes, for the agent waits. */
export const InterventionPanel = ({ task, ask, onDone }: Props) => {
  const t = text.value
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const form = useForm({ answers: Object.fromEntries(ask.fields.map(({ name }) => [name, ""])), remember: false })
  const abort = useForm({})
  const answers = form.field("answers")
  const remember = form.field("remember")
  const keeps = ask.fields.some((field) => field.remember === true)

  const submit = async () => {
    const told =
      ask.fields.length === 0
        ? { action: "continue" as const }
        : { answers: answers.value, ...(remember.value ? { remember: true } : {}) }
    const taken = await form.submit(() => answer(task.id, { intervention_id: ask.id, ...told }))
    if (taken || form.problem.value?.status === 409) await onDone()
  }

  const giveUp = async () => {
    await abort.submit(() => answer(task.id, { intervention_id: ask.id, action: "abort" }))
    await onDone()
  }

  const send = ask.kind === "confirm_submit" ? t.ask.confirm : ask.fields.length === 0 ? t.ask.done : t.ask.send
  return (
    <section class="card ask" aria-labelledby="ask">
      <h2 id="ask" ref={heading} tabIndex={-1}>
        <Icon name="user_intervention" />
        {t.interventions[ask.kind]}
      </h2>
      <p class="asked-message" lang="es-MX">
        {ask.message}
      </p>
      {ask.image_url && <AskedImage path={ask.image_url} />}
      {isInHand(task) && task.current_live_url && <p class="hint">{t.live.asked}</p>}
      {ask.live_url && ask.live_url !== task.current_live_url && (
        <p>
          <a href={ask.live_url} target="_blank" rel="noopener noreferrer">
            {t.ask.live} <Icon name="external" />
          </a>
        </p>
      )}
      <FormBody form={form} onSubmit={submit}>
        {ask.fields.map((field) => (
          <AskedField
            key={field.name}
            field={field}
            value={answers.value[field.name] ?? ""}
            problem={form.problem.value}
            onChange={(value) => answers.change({ ...answers.value, [field.name]: value })}
          />
        ))}
        {keeps && (
          <CheckField
            {...remember}
            label={t.ask.remember}
            hint={ask.kind === "login" ? t.ask.rememberLogin : t.ask.rememberData}
          />
        )}
        <div class="row">
          <Button kind="primary" type="submit" busy={form.busy.value}>
            {send}
          </Button>
          <Button kind="quiet" busy={abort.busy.value} onClick={giveUp}>
            {t.ask.abort}
          </Button>
        </div>
      </FormBody>
      <Expires at={ask.expires_at} />
    </section>
  )
}

import { useSignal } from "@preact/signals"
import { artifactPath, file } from "../Api.ts"
import { size } from "../Format.ts"
import type { Problem } from "../Problem.ts"
import { text } from "../Text.ts"
import { Icon } from "../ui/Icon.tsx"
import type { Artifact } from "../Wire.ts"

const save = (blob: Blob, filename: string) => {
  const url = URL.createObjectURL(blob)
  const link = document.createElement("a")
  link.href = url
  link.download = filename
  link.click()
  URL.revokeObjectURL(url)
}

interface Props {
  readonly taskId: string
  readonly artifact: Artifact
}

/** A plain link could not carry the token, so the file is fetched and then handed to the browser. */
export const Download = ({ taskId, artifact }: Props) => {
  const busy = useSignal(false)
  const problem = useSignal<Problem | undefined>(undefined)
  const { filename, id, kind } = artifact

  const download = async () => {
    if (busy.value) return
    busy.value = true
    const loaded = await file(artifactPath(taskId, id))
    busy.value = false
    problem.value = loaded.ok ? undefined : loaded.problem
    if (loaded.ok) save(loaded.value, filename)
  }

  return (
    <>
      <button type="button" class="file" aria-disabled={busy.value} onClick={download}>
        <span class="hidden">{text.value.outcome.download}</span>
        <span class={`file-kind ${kind}`}>{kind === "other" ? <Icon name="file" /> : kind.toUpperCase()}</span>
        <span class="file-name" title={filename}>
          {filename}
        </span>
        <span class="hint">{size(artifact.size)}</span>
        {busy.value ? <span class="spinner" aria-hidden="true" /> : <Icon name="download" />}
      </button>
      {problem.value && (
        <p class="field-error" role="alert">
          {problem.value.detail}
        </p>
      )}
    </>
  )
}

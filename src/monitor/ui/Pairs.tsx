import { text } from "../Text.ts"
import { Button } from "./Button.tsx"
import { Icon } from "./Icon.tsx"

export interface Pair {
  /** Of the row, whatever is typed into it. */
  readonly key: number
  readonly label: string
  readonly value: string
}

let made = 0

export const pair = (label = "", value = ""): Pair => ({ key: made++, label, value })

/** Rows that say something; what has neither label nor value is a row not used yet. */
export const filled = (pairs: ReadonlyArray<Pair>) =>
  pairs
    .map(({ label, value }) => ({ label: label.trim(), value: value.trim() }))
    .filter(({ label, value }) => label !== "" || value !== "")

interface Props {
  readonly legend: string
  readonly pairs: ReadonlyArray<Pair>
  readonly onChange: (pairs: ReadonlyArray<Pair>) => void
}

/** A small table of label and value to be filled in. */
export const Pairs = ({ legend, pairs, onChange }: Props) => {
  const t = text.value.pairs
  const change = (key: number, part: Partial<Pair>) =>
    onChange(pairs.map((row) => (row.key === key ? { ...row, ...part } : row)))
  return (
    <fieldset class="pairs">
      <legend class="hidden">{legend}</legend>
      {pairs.length > 0 && (
        <div class="pair pair-head" aria-hidden="true">
          <span>{t.label}</span>
          <span>{t.value}</span>
        </div>
      )}
      {pairs.map(({ key, label, value }, index) => (
        <div class="pair" key={key}>
          <input
            aria-label={`${t.label} ${index + 1}`}
            value={label}
            maxLength={100}
            onInput={({ currentTarget }) => change(key, { label: currentTarget.value })}
          />
          <input
            aria-label={`${t.value} ${index + 1}`}
            value={value}
            maxLength={500}
            onInput={({ currentTarget }) => change(key, { value: currentTarget.value })}
          />
          <button
            type="button"
            class="icon-button"
            aria-label={t.remove(label)}
            onClick={() => onChange(pairs.filter((row) => row.key !== key))}
          >
            <Icon name="cancel" />
          </button>
        </div>
      ))}
      <Button kind="quiet" icon="plus" onClick={() => onChange([...pairs, pair()])}>
        {t.add}
      </Button>
    </fieldset>
  )
}

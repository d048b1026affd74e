import type { Look, SeenButton, SeenControl } from "../page/Tab.ts"

/** The part of the page that can be used now: a dialog that lies over the rest, or all of it. */
export interface Front {
  /** 0: no dialog is in the way. */
  readonly dialog: number
  readonly dialogText: string
  readonly texts: ReadonlyArray<string>
  readonly controls: ReadonlyArray<SeenControl>
  readonly buttons: ReadonlyArray<SeenButton>
}

/** A dialog blocks where it covers what stands behind it; a toast does not. */
export const frontOf = (look: Look): Front => {
  const dialog = look.dialogs.findLast(
    ({ ref, frame }) =>
      look.buttons.some((button) => button.dialog === ref && button.frame === frame) ||
      look.controls.some((control) => control.dialog === ref && control.frame === frame)
  )
  const behind = [...look.controls, ...look.buttons].filter(
    (seen) => dialog && !(seen.dialog === dialog.ref && seen.frame === dialog.frame)
  )
  const blocks = dialog !== undefined && (behind.length === 0 || behind.some(({ covered }) => covered))
  if (!blocks) {
    const texts = look.texts.map(({ text }) => text)
    return { dialog: 0, dialogText: "", texts, controls: look.controls, buttons: look.buttons }
  }
  const inside = (seen: SeenControl | SeenButton) => seen.dialog === dialog.ref && seen.frame === dialog.frame
  return {
    dialog: dialog.ref,
    dialogText: dialog.text,
    texts: look.texts
      .filter((text) => text.dialog === dialog.ref && text.frame === dialog.frame)
      .map(({ text }) => text),
    controls: look.controls.filter(inside),
    buttons: look.buttons.filter(inside)
  }
}

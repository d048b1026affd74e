import type { Look, SeenButton, SeenControl, SeenDialog } from "../page/Tab.ts"

/** The part of the page that can be used now: a dialog that lies over the rest, or all of it. */
export interface Front {
  /** 0: no dialog is in the way. */
  readonly dialog: number
  readonly dialogText: string
  readonly texts: ReadonlyArray<string>
  readonly controls: ReadonlyArray<SeenControl>
  readonly buttons: ReadonlyArray<SeenButton>
}

/** Does it stand in the dialog, or in a page that the dialog shows in a frame of its own? */
const isIn = (dialog: SeenDialog, seen: Pick<SeenButton, "dialog" | "frame">) =>
  (seen.dialog === dialog.ref && seen.frame === dialog.frame) ||
  (dialog.framed && seen.frame !== dialog.frame && seen.frame.parentFrame() === dialog.frame)

/** A dialog blocks where it covers what stands behind it; a toast does not. */
export const frontOf = (look: Look): Front => {
  const dialog = look.dialogs.findLast((open) => [...look.buttons, ...look.controls].some((seen) => isIn(open, seen)))
  const behind = [...look.controls, ...look.buttons].filter((seen) => dialog && !isIn(dialog, seen))
  const blocks = dialog !== undefined && (behind.length === 0 || behind.some(({ covered }) => covered))
  if (!blocks) {
    const texts = look.texts.map(({ text }) => text)
    return { dialog: 0, dialogText: "", texts, controls: look.controls, buttons: look.buttons }
  }
  return {
    dialog: dialog.ref,
    dialogText: dialog.text,
    texts: look.texts.filter((text) => isIn(dialog, text)).map(({ text }) => text),
    controls: look.controls.filter((seen) => isIn(dialog, seen)),
    buttons: look.buttons.filter((seen) => isIn(dialog, seen))
  }
}

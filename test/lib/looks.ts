import type { Frame } from "playwright-core"
import type { Look, SeenButton } from "../../src/agent/page/Tab.ts"

/** A frame of which nothing is asked but where it is. */
export const seenFrame = (url: string) => ({ url: () => url, parentFrame: () => null }) as Partial<Frame> as Frame

const page = seenFrame("https://portal.example.mx/")

/** A button with nothing to it but what is given. */
export const button = (part: Partial<SeenButton>): SeenButton => ({
  ref: 1,
  order: part.ref ?? 1,
  text: "",
  label: "",
  row: "",
  id: "",
  role: "button",
  submits: false,
  popup: "",
  className: "",
  href: "",
  download: false,
  enabled: true,
  form: 0,
  dialog: 0,
  covered: false,
  box: [0, 0, 100, 20],
  frame: page,
  ...part
})

/** A look at a page that shows nothing but what is given. */
export const look = (part: Partial<Look>): Look => ({
  url: page.url(),
  title: "",
  controls: [],
  buttons: [],
  texts: [],
  rows: [],
  dialogs: [],
  spoken: [],
  captchas: [],
  ...part
})

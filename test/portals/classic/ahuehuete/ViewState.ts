import { createHmac, timingSafeEqual } from "node:crypto"

export interface ViewState {
  readonly step: "capture" | "fiscal" | "done"
  readonly ticket: string
  readonly uuid: string
}

const machineKey = crypto.randomUUID()

const macOf = (text: string) => createHmac("sha1", machineKey).update(text).digest()

export const sealed = (state: ViewState) => {
  const text = JSON.stringify(state)
  return Buffer.concat([macOf(text), Buffer.from(text)]).toString("base64")
}

const isStep = (step: unknown) => step === "capture" || step === "fiscal" || step === "done"

const isViewState = (value: unknown): value is ViewState =>
  typeof value === "object" && value !== null && "step" in value && isStep(value.step)

/** Nothing where it was not sealed here: ASP.NET then says that the validation of viewstate MAC failed. */
export const opened = (viewstate: string): ViewState | undefined => {
  const bytes = Buffer.from(viewstate, "base64")
  const text = bytes.subarray(20).toString()
  if (bytes.length < 21 || !timingSafeEqual(bytes.subarray(0, 20), macOf(text))) return undefined
  const state: unknown = JSON.parse(text)
  return isViewState(state) ? state : undefined
}

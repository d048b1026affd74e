import type { Frame } from "./Frame.ts"

/** That the log of a task has reached `seq`, with the event itself where it is at hand; 0: how it is seen has changed. */
export interface Hint {
  readonly seq: number
  readonly frame?: Frame
}

/** For how many milliseconds a way that hints take is not trusted after it was opened or broken. */
export const doubt = 3_000

const ends = new Map([
  ["-", undefined],
  ["0", false],
  ["1", true]
])

/** One line of what it is, then the event as it goes to the sockets. */
export const encode = (from: string, id: string, { seq, frame }: Hint) =>
  `${from} ${id} ${seq} ${frame?.ends === undefined ? "-" : Number(frame.ends)} ${frame?.at ?? 0}\n${frame?.text ?? ""}`

export const decode = (message: string) => {
  const end = message.indexOf("\n")
  const [from = "", id = "", number, last = "-", at] = message.slice(0, end).split(" ")
  const text = message.slice(end + 1)
  const seq = Number(number)
  const hint: Hint = text === "" ? { seq } : { seq, frame: { seq, text, at: Number(at), ends: ends.get(last) } }
  return { from, id, hint }
}

/** A client may say this much at once, and this much a second for good. */
export interface Rate {
  readonly burst: number
  readonly perSecond: number
}

/** Tells of each message whether it is still within the rate. */
export const within = ({ burst, perSecond }: Rate) => {
  let left = burst
  let at = performance.now()
  return () => {
    const now = performance.now()
    left = Math.min(burst, left + ((now - at) / 1000) * perSecond) - 1
    at = now
    return left >= 0
  }
}

interface ByteRange {
  readonly from: number
  /** The first byte that is not wanted any more. */
  readonly to: number
}

/**
 * The one range that a `Range` header asks of `size` bytes (RFC 9110, 14.1.2). None for what need not be understood,
 * several ranges among it: the whole file is then the answer.
 */
export const parse = (header: string | undefined, size: number): ByteRange | "unsatisfiable" | undefined => {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "") ?? []
  if (first === "" && last === "") return undefined
  if (first === "") {
    const from = Math.max(0, size - Number(last))
    return from < size ? { from, to: size } : "unsatisfiable"
  }
  const from = Number(first)
  if (last !== "" && Number(last) < from) return undefined
  return from < size ? { from, to: last === "" ? size : Math.min(size, Number(last) + 1) } : "unsatisfiable"
}

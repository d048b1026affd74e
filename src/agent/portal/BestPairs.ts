/**
 * Which column each row takes so that the sum of what the pairs are worth is the greatest, by the Hungarian method; 0 is
 * no pair. Gives a column for each row, −1 for none.
 */
export const bestPairs = (worth: ReadonlyArray<ReadonlyArray<number>>): ReadonlyArray<number> => {
  const rows = worth.length
  const columns = Math.max(rows, worth[0]?.length ?? 0)
  const cost = (row: number, column: number) => -(worth[row - 1]?.[column - 1] ?? 0)
  const rowPrice = new Array<number>(rows + 1).fill(0)
  const columnPrice = new Array<number>(columns + 1).fill(0)
  const takenBy = new Array<number>(columns + 1).fill(0)
  const at = (list: ReadonlyArray<number>, index: number) => list[index] ?? 0
  for (let row = 1; row <= rows; row++) {
    takenBy[0] = row
    const slack = new Array<number>(columns + 1).fill(Number.POSITIVE_INFINITY)
    const before = new Array<number>(columns + 1).fill(0)
    const seen = new Array<boolean>(columns + 1).fill(false)
    let column = 0
    do {
      seen[column] = true
      const holder = at(takenBy, column)
      let step = Number.POSITIVE_INFINITY
      let next = 0
      for (let other = 1; other <= columns; other++) {
        if (seen[other]) continue
        const reduced = cost(holder, other) - at(rowPrice, holder) - at(columnPrice, other)
        if (reduced < at(slack, other)) {
          slack[other] = reduced
          before[other] = column
        }
        if (at(slack, other) < step) {
          step = at(slack, other)
          next = other
        }
      }
      for (let other = 0; other <= columns; other++) {
        if (seen[other]) {
          const own = at(takenBy, other)
          rowPrice[own] = at(rowPrice, own) + step
          columnPrice[other] = at(columnPrice, other) - step
        } else slack[other] = at(slack, other) - step
      }
      column = next
    } while (at(takenBy, column) !== 0)
    for (; column !== 0; column = at(before, column)) takenBy[column] = at(takenBy, at(before, column))
  }
  const found = new Array<number>(rows).fill(-1)
  for (let column = 1; column <= columns; column++) {
    const row = at(takenBy, column)
    if (row > 0 && cost(row, column) < 0) found[row - 1] = column - 1
  }
  return found
}

/**
 * How far an index is below its running peak, for each of its figures: index ÷ peak − 1, never positive; −0.25 is a
 * quarter lost. Null where the index is. The peak begins with the first figure that is there, or with `from`.
 *
 * finance.md, "Drawdown".
 */
export function underwater(index: readonly (number | null)[], from = 0): (number | null)[] {
  let peak = from
  return index.map((figure) => {
    if (figure === null) return null
    peak = Math.max(peak, figure)
    return peak > 0 ? figure / peak - 1 : 0
  })
}

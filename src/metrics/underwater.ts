/**
 * Returns how far each figure of an index is below the running peak: index ÷ peak − 1, never positive; −0.25 is a
 * quarter lost. It is null where the index is null. The peak begins with the first known figure, or with `from`
 * (finance.md, "Drawdown").
 */
export function underwater(index: readonly (number | null)[], from = 0): (number | null)[] {
  let peak = from
  return index.map((figure) => {
    if (figure === null) return null
    peak = Math.max(peak, figure)
    return peak > 0 ? figure / peak - 1 : 0
  })
}

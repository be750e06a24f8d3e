import { fromNumber, text } from '../portfolio/decimal.ts'
import { textCell } from './text-cell.ts'
import { csv } from './write-statement.ts'

/** A month as metrics/months.ts has it: ratios are numbers, unknown figures are null. */
type Month = {
  name: string
  to: string
  twr: number | null
  benchmarks: Readonly<Record<string, number | null>>
  excess: Readonly<Record<string, number | null>>
}

/**
 * Writes the returns of the months as a CSV file, oldest first: of the portfolio, of each benchmark, and the portfolio's
 * less that. It is a report and no account statement. Percentages and percentage points (pp) are a ratio times 100. An
 * unknown figure is an empty cell.
 */
export function monthsReport(months: readonly Month[], benchmarks: readonly string[]): string {
  const heads = benchmarks.flatMap((symbol) => [`${symbol} %`, `vs ${symbol} pp`])
  return csv(
    ['Month', 'Until', 'Return %', ...heads.map(textCell)],
    months.map(({ name, to, twr, benchmarks: theirs, excess }) => [
      name,
      to,
      percent(twr),
      ...benchmarks.flatMap((symbol) => [percent(theirs[symbol]), percent(excess[symbol])]),
    ]),
  )
}

function percent(ratio: number | null | undefined): string {
  return ratio === null || ratio === undefined ? '' : text(100n * fromNumber(ratio))
}

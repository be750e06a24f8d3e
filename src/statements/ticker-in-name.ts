import type { Column } from './column-shape.ts'
import type { Cells } from './mapping.ts'
import { isIsin } from './security.ts'

/** `VFV - Vanguard S&P 500`, `Apple Inc (AAPL)`, `オラクル ORCL / New York Stock Exchange`. */
const TICKER_IN_NAME =
  /^([A-Z][A-Z0-9.]{0,7}) [-–] \S|[([]((?:[A-Z]{2,6}:)?[A-Z][A-Z0-9.]{0,7})[)\]]$| ([A-Z][A-Z0-9.]{0,7}) \/ [A-Z]\w/

/** True for a column of names that have a ticker in each of them. */
export function isNamedWithTickers({ cells }: Column): boolean {
  const filled = cells.filter((cell) => cell !== '')
  return filled.length > 1 && filled.every((cell) => TICKER_IN_NAME.test(cell) && !isIsin(cell))
}

/** The row with the ticker that stands in its name. */
export function withTicker(cells: Cells): Cells {
  const [, ...tickers] = TICKER_IN_NAME.exec(cells.name) ?? []
  return { ...cells, symbol: tickers.find(Boolean) ?? '' }
}

import type { Day } from '../portfolio/day.ts'
import { type Money, sum, text } from '../portfolio/decimal.ts'
import { type Holding, holdings } from '../portfolio/holding.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import { priceGainOf } from '../metrics/gains.ts'
import { changeOfAll } from '../metrics/today.ts'
import { type GapSummary, gapSummary } from './gap-summary.ts'
import { partsBySymbol } from './group-facts.ts'
import { type HoldingRow, holdingRow, type OwnFigures, ownFigures, type Quoting } from './holding-row.ts'
import { type LotRow, lotRows } from './lot-row.ts'

export type Totals = {
  market_value: string | null
  cost_basis: string | null
  unrealized_gain: string | null
  realized_gain: string | null
  price_gain: string | null
  currency_gain: string | null
  dividends: string | null
  /** The rows and sums of today, or of a past day. */
  day_change: string | null
  /** Symbols that lack one of the two prices, and are not in this sum. */
  left_out: string[]
  contribution: string | null
  /** Amounts that belong to no holding, such as account fees; with `contribution` they are the total gain. */
  unassigned: string | null
  /** Symbols for which a figure is not known; they are not in its sum. */
  without: string[]
}

const pastDay: Quoting = { quoteFetchedAt: new Map(), held: new Map() }

/** Returns the open and closed positions of a day, for the API's `as_of`. With `withLots`, each has its open lots. */
export function holdingsOn(
  ledger: Ledger,
  asOf: Day,
  withLots = false,
): { holdings: HoldingRow[]; closed: HoldingRow[]; totals: Totals; lots: Record<string, LotRow[]> } {
  const valued = holdings(ledger, asOf)
  const open = withLots ? valued.filter(isOpen) : []
  return {
    ...tableOf(ledger, valued, pastDay, asOf),
    lots: Object.fromEntries(open.map((holding) => [holding.symbol, lotRows(ledger, holding, asOf)])),
  }
}

/** Returns the row of one symbol as of now; null when it was never held. */
export function holdingNow(
  ledger: Ledger,
  symbol: string,
  about: Quoting,
): { holding: Holding; row: HoldingRow } | null {
  const valued = holdings(ledger, ledger.today)
  const holding = valued.find((each) => each.symbol === symbol)
  if (!holding) return null
  return { holding, row: holdingRow(ledger, holding, ownFigures(ledger, valued, ledger.today), about) }
}

/** Makes one row for each open and closed position, and their sums. */
export function tableOf(ledger: Ledger, valued: readonly Holding[], quoting: Quoting, asOf = ledger.today) {
  const own = ownFigures(ledger, valued, asOf)
  const parts = partsBySymbol(ledger, asOf)
  const rows = (some: readonly Holding[]) =>
    some.map((holding): HoldingRow => {
      const row = holdingRow(ledger, holding, own, quoting, asOf)
      const held = parts.get(holding.symbol)
      return held ? { ...row, parts: held } : row
    })
  return {
    holdings: rows(valued.filter(isOpen)),
    closed: rows(valued.filter((holding) => !isOpen(holding))),
    totals: totals(ledger, valued, own, asOf),
    gaps: gapSummaries(valued, own),
  }
}

function isOpen({ position }: Holding): boolean {
  return position.shares > 0n
}

function gapSummaries(valued: readonly Holding[], { gaps }: OwnFigures): Record<string, GapSummary> {
  const rows = new Set(valued.map(({ symbol }) => symbol))
  return Object.fromEntries(gaps.map((each) => [each.benchmark, gapSummary(each, rows)]))
}

function totals(ledger: Ledger, valued: readonly Holding[], { contribution }: OwnFigures, asOf: Day): Totals {
  const without = new Set<string>()
  // unknown amounts are left out and named; a sum without any known amount is null
  const all = (of: (holding: Holding) => Money | null) => {
    const known = valued.flatMap((holding) => of(holding) ?? [])
    for (const holding of valued) if (of(holding) === null) without.add(holding.symbol)
    return known.length === 0 && valued.length > 0 ? null : text(sum(known))
  }
  const { change, leftOut } = changeOfAll(ledger, valued, asOf)
  return {
    market_value: all((holding) => holding.value),
    cost_basis: all(({ position }) => (position.unknown.cost === undefined ? position.cost : null)),
    unrealized_gain: all((holding) => holding.unrealizedGain),
    realized_gain: all(({ position }) =>
      position.unknown.realized === undefined ? position.realizedGain : null,
    ),
    price_gain: all(priceGainOf),
    currency_gain: all((holding) => holding.currencyGain),
    dividends: all(({ position }) => (position.unknown.dividends === undefined ? position.dividends : null)),
    day_change: text(change),
    left_out: leftOut,
    contribution: all((holding) => contribution.of.get(holding.symbol) ?? null),
    unassigned: text(contribution.unassigned),
    without: [...without],
  }
}

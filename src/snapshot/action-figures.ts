import { cashDays } from '../portfolio/cash.ts'
import { type Decimal, type Money, sum, text } from '../portfolio/decimal.ts'
import { type Holding, holdings } from '../portfolio/holding.ts'
import type { Ledger } from '../portfolio/ledger.ts'

/** A figure before and after an answer to a proposal; null where it is not known. */
export type BeforeAfter = { before: string | null; after: string | null }

/** What an answer to a proposal would change. Money is in the base currency, at the latest prices. */
export type ActionFigures = {
  symbols: { symbol: string; shares: BeforeAfter; cost: BeforeAfter; value: BeforeAfter }[]
  realized_gain: BeforeAfter
  cash: BeforeAfter
  value: BeforeAfter
  /** Symbols that nobody has a price of yet: they count at what was paid, or what came along. */
  at_cost: string[]
}

/** Compares two ledgers of the same day in the figures of some symbols and in the totals. */
export function actionFigures(before: Ledger, after: Ledger, symbols: readonly string[]): ActionFigures {
  const [was, is] = [standing(before), standing(after)]
  const both = (of: (each: Standing) => Decimal | null): BeforeAfter => ({
    before: text(of(was)),
    after: text(of(is)),
  })
  const ofSymbol = (symbol: string, of: (each: Holding) => Decimal | null) =>
    both(({ held }) => {
      const found = held.get(symbol)
      return found ? of(found) : 0n
    })
  return {
    symbols: symbols.map((symbol) => ({
      symbol,
      shares: ofSymbol(symbol, ({ position }) => position.shares),
      cost: ofSymbol(symbol, ({ position }) => (position.unknown.cost === undefined ? position.cost : null)),
      value: ofSymbol(symbol, ({ value }) => value),
    })),
    realized_gain: both(({ realized }) => realized),
    cash: both(({ cash }) => cash),
    value: both(({ cash, value }) => value + cash),
    at_cost: symbols.filter((symbol) => {
      const found = is.held.get(symbol)
      return found !== undefined && found.position.shares > 0n && found.priceFrom !== 'market'
    }),
  }
}

type Standing = { held: ReadonlyMap<string, Holding>; value: Money; cash: Money; realized: Money | null }

function standing(ledger: Ledger): Standing {
  const all = holdings(ledger, ledger.today)
  const isKnown = all.every(({ position }) => position.unknown.realized === undefined)
  return {
    held: new Map(all.map((each) => [each.symbol, each])),
    // what has no price is in no total
    value: sum(all.map(({ value }) => value ?? 0n)),
    cash: cashDays(ledger.transactions).at(-1)?.balance ?? 0n,
    realized: isKnown ? sum(all.map(({ position }) => position.realizedGain)) : null,
  }
}

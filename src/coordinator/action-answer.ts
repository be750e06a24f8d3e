import { withoutDismissed } from '../market/verdict/dismissed-split.ts'
import { type Day, dayOf } from '../portfolio/day.ts'
import { toNumber } from '../portfolio/decimal.ts'
import type { Entry } from '../portfolio/entry.ts'
import type { StoredMarket } from '../portfolio/ledger.ts'
import { prepareLedger } from '../portfolio/prepared-ledger.ts'
import { priceHistory } from '../portfolio/price-history.ts'
import { type ActionFigures, actionFigures } from '../snapshot/action-figures.ts'
import type { Recorded } from '../storage/transactions.ts'
import type { PreparedRead } from './ledger-cache.ts'
import { delisted } from './snapshot-builder.ts'

/**
 * What somebody says of a proposal (portfolio/action-proposal.ts): the row that it makes, with the day of the split that was
 * none, or the ticker that a symbol's rows get.
 */
export type ActionAnswer = BookedAnswer | { symbol: string; to: string }

export type BookedAnswer = { symbol: string; entry: Entry; withoutSplit: Day | null }

/** Compares what a portfolio is worth with what it would be, had it the rows that an answer makes. Pure. */
export function figuresAfter(
  read: PreparedRead,
  transactions: readonly Recorded[],
  answer: ActionAnswer,
): ActionFigures {
  const { symbol } = answer
  const markets = new Map(read.raw.markets)
  const own = markets.get(symbol)
  const other = 'to' in answer ? answer.to : (answer.entry.new_symbol ?? '')
  // until the new ticker's prices are here, the old one's are as good as it gets
  if ('to' in answer && own && !markets.get(other)?.quote) markets.set(other, own)
  if ('withoutSplit' in answer && answer.withoutSplit !== null && own)
    markets.set(symbol, withoutSplitOn(own, answer.withoutSplit))
  const after = prepareLedger({ ...read.raw, transactions, markets }, delisted(read)).ledger
  return actionFigures(read.ledger, after, other === '' ? [symbol] : [symbol, other])
}

function withoutSplitOn(market: StoredMarket, day: Day): StoredMarket {
  const { instrument, quote, splits, dividends, bars } = market
  if (!instrument || !quote) return { ...market, splits: splits.filter((split) => split.day !== day) }
  const history = {
    instrument,
    quote,
    splits,
    dividends,
    bars: Array.from(bars.days, (each, i) => ({ day: dayOf(each), close: toNumber(bars.closes[i]!) })),
  }
  const dismissed = splits.filter((split) => split.day === day)
  const left = withoutDismissed(history, { dismissed })
  return { ...market, splits: left.splits, dividends: left.dividends, bars: priceHistory(left.bars) }
}

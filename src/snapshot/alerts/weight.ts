import { cashBook } from '../../portfolio/cash-book.ts'
import { unconvertedBy } from '../../portfolio/currency.ts'
import { ONE, stored, sum, toNumber } from '../../portfolio/decimal.ts'
import { holdings } from '../../portfolio/holding.ts'
import { rebalancing } from '../../portfolio/rebalancing.ts'
import { readTargets } from '../../portfolio/target.ts'
import type { AlertFamily } from './family.ts'
import { says } from './says.ts'

/** What a holding is of all holdings with a price, as its row says. */
export const weightAbove: AlertFamily = {
  asks: { subject: 'holding', level: 'percent' },
  read: ({ subject, level }, { snapshot }) => {
    const values = snapshot.holdings.flatMap(({ symbol, market_value }) =>
      market_value === null ? [] : [{ symbol, value: stored(market_value) }],
    )
    const own = values.find(({ symbol }) => symbol === subject)
    const total = sum(values.map(({ value }) => value))
    if (!own || total <= 0n) return null
    const weight = toNumber(own.value) / toNumber(total)
    return {
      isBeyond: own.value * 100n * ONE > level! * total,
      says: says('{symbol} rose above {level} of the holdings: {weight} now.', {
        symbol: subject!,
        level: { ratio: toNumber(level!) / 100 },
        weight: { ratio: weight },
      }),
    }
  },
}

/** How many percentage points a part of the portfolio is off its target (finance.md, "Targets"). */
export const drift: AlertFamily = {
  asks: { subject: 'target', level: 'percent' },
  read: ({ subject, level }, { ledger, snapshot }) => {
    const read = readTargets(snapshot.portfolio.targets ?? '')
    if (read === null || 'reason' in read || unconvertedBy(ledger, ledger.today) !== null) return null
    if (!read.targets.weights.some(({ name }) => name === subject)) return null
    const cash = cashBook(ledger, ledger.today).at(-1)?.balance ?? 0n
    const { parts } = rebalancing(ledger, holdings(ledger, ledger.today), cash, read.targets, 0n)
    const { weight, target } = parts.find(({ name }) => name === subject)!
    const off = weight - target
    return {
      isBeyond: (off < 0n ? -off : off) * 100n > level!,
      says: says(
        `{part} is {points} points ${off < 0n ? 'below' : 'above'} its target of {target}: {weight} now.`,
        {
          part: subject!,
          points: { points: 100 * toNumber(off < 0n ? -off : off) },
          target: { ratio: toNumber(target) },
          weight: { ratio: toNumber(weight) },
        },
      ),
    }
  },
}

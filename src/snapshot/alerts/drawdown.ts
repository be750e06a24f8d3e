import { dayNumber } from '../../portfolio/day.ts'
import { toNumber } from '../../portfolio/decimal.ts'
import { type Ledger, positions } from '../../portfolio/ledger.ts'
import { wholeIndex } from '../../metrics/twr.ts'
import { underwater } from '../../metrics/underwater.ts'
import type { AlertFamily, AlertFacts } from './family.ts'
import type { Reading } from './crossing.ts'
import { highestSince, latestPrice } from './price.ts'
import { priceOf, says } from './says.ts'

/**
 * How far the portfolio is below its peak, by its time-weighted index (finance.md, "Drawdown"), or how far a holding is below its
 * highest close since its oldest shares of now were bought.
 */
export const drawdown: AlertFamily = {
  asks: { subject: 'holding', subjectIsOptional: true, level: 'percent' },
  read: ({ subject, level }, facts) =>
    subject === null ? ofAll(toNumber(level!), facts) : ofHolding(subject, level!, facts.ledger),
}

function ofAll(percent: number, { series, snapshot }: AlertFacts): Reading {
  const index = wholeIndex(series)
  const now = underwater(index).at(-1) ?? null
  if (now === null) return null
  const peak = index.reduce<number>(
    (best, each, i) => (each !== null && each >= (index[best] ?? 0) ? i : best),
    0,
  )
  return {
    isBeyond: now * 100 <= -percent,
    says: says('{portfolio} fell {level} or more below its peak of {day}: {fall} now.', {
      portfolio: snapshot.portfolio.name,
      level: { ratio: percent / 100 },
      day: { day: series.days[peak]! },
      fall: { ratio: -now },
    }),
  }
}

function ofHolding(symbol: string, percent: bigint, ledger: Ledger): Reading {
  const lots = positions(ledger, ledger.today).find((each) => each.symbol === symbol)?.lots ?? []
  const now = latestPrice(ledger, symbol)
  if (lots.length === 0 || now === null) return null
  const since = lots.reduce((first, { date }) => (date < first ? date : first), ledger.today)
  const peak = highestSince(ledger, symbol, dayNumber(since)) ?? now
  const { price, currency, when } = now
  const fallen = 1 - toNumber(price) / toNumber(peak.price)
  return {
    // price ÷ peak ≤ 1 − percent ÷ 100, without a quotient
    isBeyond: price * HUNDRED <= peak.price * (HUNDRED - percent),
    says: says(
      '{symbol} fell {level} or more below its highest close of {peak} on {day}: {price} {when}, {fall} below.',
      {
        symbol,
        level: { ratio: toNumber(percent) / 100 },
        peak: priceOf(peak.price, currency),
        day: { day: peak.day },
        price: priceOf(price, currency),
        when,
        fall: { ratio: fallen },
      },
    ),
  }
}

const HUNDRED = 100n * 10_000_000_000n

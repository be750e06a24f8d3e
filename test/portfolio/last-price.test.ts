import { expect, it } from 'vitest'
import { totalReturn } from '../../src/portfolio/benchmark.ts'
import type { Day } from '../../src/portfolio/day.ts'
import { text } from '../../src/portfolio/decimal.ts'
import { holdings } from '../../src/portfolio/holding.ts'
import { type Ledger, priceOn } from '../../src/portfolio/ledger.ts'
import { valuations } from '../../src/portfolio/valuation.ts'
import { closes, ledger } from '../notation.ts'

const story = '2024-01-04 buy 5 OLD @ 20\n2024-01-04 buy 1 VOO @ 390'
const markets = closes({
  OLD: '2024-01-04 20, 2024-01-05 21',
  VOO: '2024-01-04 390, 2024-01-05 391, 2024-03-01 400, 2024-03-04 402',
})
const delisted = new Map([['OLD', '2024-01-08']])

const values = (of: Ledger) => {
  const { days, value } = valuations(of, of.today)
  return Object.fromEntries(days.map((day, i) => [day, value[i] === null ? null : text(value[i]!)]))
}

it('of a symbol that is no longer quoted stands for every later day, in values as well', () => {
  // known to be delisted or not
  expect(values(ledger(story, { markets }))).toMatchObject({ '2024-03-01': '505', '2024-03-04': '507' })
  const kept = values(ledger(story, { markets, delisted }))
  // 5 × 21 + VOO
  expect(kept).toMatchObject({ '2024-01-05': '496', '2024-03-01': '505', '2024-03-04': '507' })
})

it('moves nothing on those days', () => {
  const held = ledger(story, { markets, delisted })
  const changeOn = (day: Day) => {
    const old = holdings(held, day).find(({ symbol }) => symbol === 'OLD')!
    return old.dayChange && [text(old.dayChange.amount), text(old.dayChange.base)]
  }
  expect(changeOn('2024-01-05')).toEqual(['5', '100'])
  expect(changeOn('2024-03-01')).toEqual(['0', '105'])
  expect(changeOn('2024-03-04')).toEqual(['0', '105'])
})

it('in another currency is still converted at the rate of each day', () => {
  const foreign = closes({
    OLD: 'in EUR, 2024-01-04 20, 2024-01-05 21',
    'EURUSD=X': '2024-01-04 1.10, 2024-01-05 1.12, 2024-02-29 1.20, 2024-03-01 1.25',
  })
  const old = '2024-01-04 buy 5 OLD @ 20'
  const kept = ledger(old, { markets: foreign, today: '2024-03-04', delisted })
  expect(priceOn(kept, 'OLD', '2024-02-29')).toMatchObject({ price: 252_000_000_000n, day: '2024-01-05' })
  expect(priceOn(kept, 'OLD', '2024-03-01')).toMatchObject({ price: 262_500_000_000n })
  // 21 × 1.12: the rate is carried as well
  expect(priceOn(kept, 'OLD', '2024-01-20')).toMatchObject({ price: 235_200_000_000n, day: '2024-01-05' })
})

it.each([
  ['in the portfolio’s currency', markets],
  [
    'in another',
    closes({
      OLD: 'in EUR, 2024-01-04 20, 2024-01-05 21',
      'EURUSD=X': '2024-01-04 1, 2024-01-05 1, 2024-02-29 1, 2024-03-01 1, 2024-03-04 1',
      VOO: '2024-01-04 390, 2024-01-05 391, 2024-03-01 400, 2024-03-04 402',
    }),
  ],
])('of a benchmark is carried, %s, as that of a holding is', (_, listed) => {
  const held = ledger(story, { markets: listed, benchmarks: ['OLD'], today: '2024-03-04', delisted })
  const index = totalReturn(held, 'OLD')
  expect([index('2024-01-05'), index('2024-01-12'), index('2024-03-01')]).toEqual([21, 21, 21])
  expect(index('2024-03-04')).toBe(21)
  expect(values(held)).toMatchObject({ '2024-03-01': '505', '2024-03-04': '507' })
  expect(held.markets.get('OLD')!.delisted).toBe('2024-01-08')
})

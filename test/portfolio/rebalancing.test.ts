import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Money, sum, text } from '../../src/portfolio/decimal.ts'
import { holdings } from '../../src/portfolio/holding.ts'
import type { Ledger } from '../../src/portfolio/ledger.ts'
import { rebalancing } from '../../src/portfolio/rebalancing.ts'
import { readTargets, type Targets } from '../../src/portfolio/target.ts'
import { valuations } from '../../src/portfolio/valuation.ts'
import { closes, dec, ledger } from '../notation.ts'
import { history, ledgerOf, seeded } from './random-ledger.ts'

const targets = (typed: string): Targets => (readTargets(typed) as { targets: Targets }).targets
const cashOf = (own: Ledger) => valuations(own, own.today).cash.at(-1) ?? 0n
const planned = (own: Ledger, typed: string, money: string) =>
  rebalancing(own, holdings(own, own.today), cashOf(own), targets(typed), dec(money))

/** 5 VOO at 100 and 3 BND at 100, no cash: 500 and 300. finance.md, "Targets". */
const two = ledger('2024-01-02 buy 5 VOO @ 80\n2024-01-02 buy 3 BND @ 90', {
  markets: closes({ VOO: '2024-01-02 80, 2024-01-05 100', BND: '2024-01-02 90, 2024-01-05 100' }),
  today: '2024-01-05',
})
const of = ({ parts }: ReturnType<typeof planned>, what: 'buy' | 'trade' | 'weight') =>
  Object.fromEntries(parts.map((part) => [part.name, text(part[what])]))

describe('new money', () => {
  it('buys what is furthest below its target first, until all are as near', () => {
    // BND is at 3/4 of 400, VOO at 5/6 of 600: 33.33 to BND, and 166.67 to both by 60 to 40
    const plan = planned(two, 'VOO 60, BND 40', '200')
    expect(of(plan, 'buy')).toEqual({ VOO: '100', BND: '100' })
    expect(of(planned(two, 'VOO 60, BND 40', '30'), 'buy')).toEqual({ VOO: '0', BND: '30' })
    expect(text(plan.kept)).toBe('0')
  })

  it('leaves to cash what cash is to be', () => {
    // of 1000, 540 and 360 and 100: cash has nothing, then BND, then VOO
    const plan = planned(two, 'VOO 54, BND 36', '200')
    expect([of(plan, 'buy'), text(plan.kept)]).toEqual([{ VOO: '40', BND: '60' }, '100'])
  })

  it('buys what is not held yet', () => {
    const plan = planned(two, 'VOO 50, BND 30, GLD 20', '200')
    expect(of(plan, 'buy')).toEqual({ VOO: '0', BND: '0', GLD: '200' })
    expect(plan.orders.find(({ symbol }) => symbol === 'GLD')).toMatchObject({ shares: null })
  })
})

describe('a whole rebalancing', () => {
  it('sells what is above its target, and says what that realizes', () => {
    const plan = planned(two, 'VOO 60, BND 40', '0')
    // of 800, 480 and 320; 0.2 VOO that cost 16 are sold for 20
    expect(of(plan, 'trade')).toEqual({ VOO: '-20', BND: '20' })
    expect(of(plan, 'weight')).toEqual({ VOO: '0.625', BND: '0.375' })
    expect(plan.orders.map(({ symbol, shares, realized }) => [symbol, text(shares), text(realized)])).toEqual(
      [
        ['VOO', '0.2', '4'],
        ['BND', '0.2', null],
      ],
    )
    expect(text(plan.realized)).toBe('4')
  })

  it('sells all of what has no target', () => {
    const plan = planned(two, 'VOO 100', '0')
    expect(of(plan, 'trade')).toEqual({ VOO: '300', BND: '-300' })
    expect(plan.orders[0]).toMatchObject({ symbol: 'BND', shares: dec('3'), realized: dec('30') })
  })

  it('has nothing to divide where there is nothing', () => {
    const empty = ledger('', { markets: closes({}), today: '2024-01-05' })
    const plan = planned(empty, 'VOO 60, BND 40', '0')
    expect([of(plan, 'weight'), of(plan, 'trade'), plan.orders]).toEqual([
      { VOO: '0', BND: '0' },
      { VOO: '0', BND: '0' },
      [],
    ])
  })

  it('by kind sells of each holding by its value, and leaves open what to buy', () => {
    const plan = planned(two, 'kind: ETFs 50', '0')
    expect(of(plan, 'trade')).toEqual({ ETFs: '400', Stocks: '-800' })
    expect(plan.orders.map(({ symbol, amount }) => [symbol, text(amount)])).toEqual([
      ['VOO', '-500'],
      ['BND', '-300'],
    ])
  })
})

it('holds for any ledger and targets: money is neither made nor lost, and what is bought is at most what there is', () => {
  const weights = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 40 }))
  fc.assert(
    fc.property(history, weights, fc.integer({ min: 0, max: 5000 }), (random, [a, b], money) => {
      const own = ledgerOf(random)
      const names = [...new Set(own.transactions.flatMap(({ symbol }) => symbol ?? []))]
      const first = names[0] ?? 'AAA'
      const plan = planned(own, `${first} ${a}, OTHER ${b}`, String(money))
      const buys = plan.parts.map(({ buy }) => buy)
      expect(sum(buys) + plan.kept).toBe(dec(String(money)))
      expect(buys.every((buy) => buy >= 0n && buy <= dec(String(money)))).toBe(true)
      const cash = cashOf(own) + dec(String(money))
      const after: Money = sum(plan.parts.map(({ value, trade }) => value + trade))
      const left = plan.total - after
      // what remains is the cash that no target asks for
      expect(plan.total).toBe(sum(plan.parts.map(({ value }) => value)) + cash)
      expect(Number(text(left)) / Number(text(plan.total || 1n))).toBeCloseTo(
        plan.total > 0n ? 1 - (a + b) / 100 : 0,
        6,
      )
    }),
    seeded,
  )
})

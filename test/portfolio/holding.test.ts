import { describe, expect, it } from 'vitest'
import { text, toNumber } from '../../src/portfolio/decimal.ts'
import { type Holding, holdings } from '../../src/portfolio/holding.ts'
import type { Ledger } from '../../src/portfolio/ledger.ts'
import { closes, ledger } from '../notation.ts'

const only = (of: Ledger, asOf = of.today): Holding => holdings(of, asOf)[0]!
const change = (of: Ledger) => {
  const { dayChange } = only(of)
  return dayChange && `${text(dayChange.amount)} on ${text(dayChange.base)}`
}

describe('a holding', () => {
  const markets = closes({ VOO: '2024-01-02 400, 2024-01-03 420', QQQ: '2024-01-02 300, 2024-01-03 330' })

  it('is worth its shares at the price, and gained that less what its open lots cost', () => {
    const held = only(ledger('2024-01-02 buy 10 VOO @ 400 fee 5\n2024-01-03 sell 4 VOO @ 410', { markets }))
    // 6 × 420 − 6/10 × 4005 = 117; 117/2403
    expect([text(held.price!), text(held.value!), text(held.unrealizedGain!)]).toEqual(['420', '2520', '117'])
    expect(held.gainRatio).toBeCloseTo(117 / 2403, 15)
  })

  it('that nobody quotes is worth what was paid', () => {
    const held = only(ledger('2024-01-02 buy 10 NEW @ 40 fee 5', { today: '2024-01-03' }))
    expect(held).toMatchObject({ priceFrom: 'paid', priceDay: '2024-01-02', weight: 1, reason: null })
    expect([text(held.price!), text(held.value!), text(held.unrealizedGain!)]).toEqual(['40', '400', '-5'])
  })

  it('without an exchange rate has no value and says why', () => {
    const held = only(ledger('2024-01-02 buy 10 NEW @ 40 in EUR', { today: '2024-01-03' }))
    expect(held).toMatchObject({
      price: null,
      value: null,
      unrealizedGain: null,
      gainRatio: null,
      weight: null,
      dayChange: null,
      reason: 'no exchange rate from EUR to USD yet',
    })
  })

  it('sold out is worth 0, with or without a price', () => {
    const story = '2024-01-02 buy 1 GONE @ 40\n2024-01-03 sell 1 GONE @ 50'
    expect(only(ledger(story))).toMatchObject({
      value: 0n,
      unrealizedGain: 0n,
      gainRatio: null,
      reason: null,
    })
  })

  it('weighs its part of all that has a price', () => {
    const all = holdings(
      ledger('2024-01-02 buy 1 VOO @ 400\n2024-01-02 buy 4 QQQ @ 300\n2024-01-02 buy 9 NEW @ 1 in EUR', {
        markets,
      }),
      '2024-01-03',
    )
    // 420 and 1320 of 1740
    expect(all.map((held) => held.weight)).toEqual([420 / 1740, 1320 / 1740, null])
  })

  it('on a past day is valued at that day’s close', () => {
    const of = ledger('2024-01-02 buy 1 VOO @ 390', { markets })
    expect(text(only(of, '2024-01-02').value!)).toBe('400')
  })
})

describe('the change of a day', () => {
  it('on a Monday is since Friday’s close', () => {
    const markets = closes({ VOO: '2024-01-04 390, 2024-01-05 400, 2024-01-08 410' })
    // 2 × (410 − 400)
    expect(change(ledger('2024-01-02 buy 2 VOO @ 400', { markets }))).toBe('20 on 800')
  })

  it('on a Sunday is still Friday’s, since Thursday’s close', () => {
    const markets = closes({ VOO: '2024-01-04 390, 2024-01-05 400' })
    expect(change(ledger('2024-01-02 buy 2 VOO @ 400', { markets, today: '2024-01-07' }))).toBe('20 on 780')
  })

  it('takes the source’s own previous close, after a holiday for instance', () => {
    const markets = closes({ VOO: '2024-01-10 380, quote 2024-01-16T15:00Z 410 after 400' })
    expect(change(ledger('2024-01-02 buy 2 VOO @ 400', { markets }))).toBe('20 on 800')
  })

  it('leaves out what was paid in: shares bought at 405 gain from there', () => {
    const markets = closes({ VOO: '2024-01-05 400, 2024-01-08 410' })
    // 3 × 410 − 2 × 400 − 405
    expect(change(ledger('2024-01-05 buy 2 VOO @ 400\n2024-01-08 buy 1 VOO @ 405', { markets }))).toBe(
      '25 on 1205',
    )
  })

  it('keeps what was sold: shares sold at 405 gained up to there', () => {
    const markets = closes({ VOO: '2024-01-05 400, 2024-01-08 410' })
    // 1 × 410 + 405 − 2 × 400
    expect(change(ledger('2024-01-05 buy 2 VOO @ 400\n2024-01-08 sell 1 VOO @ 405', { markets }))).toBe(
      '15 on 800',
    )
  })

  it('has what was bought since at its price, before the first quote of that day', () => {
    const markets = closes({ VOO: '2024-01-04 390, 2024-01-05 400' })
    // Monday morning, before the first quote: 2 × (400 − 390) of what was held on Friday, 400 − 401 of the new share
    const story = '2024-01-02 buy 2 VOO @ 380\n2024-01-08 buy 1 VOO @ 401'
    expect(change(ledger(story, { markets, today: '2024-01-08' }))).toBe('19 on 1181')
    const sold = '2024-01-02 buy 2 VOO @ 380\n2024-01-08 sell 1 VOO @ 401'
    // 400 + 401 − 2 × 390
    expect(change(ledger(sold, { markets, today: '2024-01-08' }))).toBe('21 on 780')
  })

  it('of a past day does not know what was bought later', () => {
    const markets = closes({ VOO: '2024-01-04 390, 2024-01-05 400' })
    const of = ledger('2024-01-02 buy 2 VOO @ 380\n2024-01-08 buy 1 VOO @ 401', { markets })
    expect(text(only(of, '2024-01-07').dayChange!.amount)).toBe('20')
  })

  it('over a split is that of the value', () => {
    const markets = closes({ AAPL: '2020-08-28 124.8, 2020-08-31 129, 2020-08-31 split 4:1' })
    // 40 × (129 − 124.8)
    expect(change(ledger('2020-08-28 buy 10 AAPL @ 499.23', { markets }))).toBe('168 on 4992')
  })

  describe('over a split that only the owner recorded', () => {
    // the source has not heard of it: its closes are those of the day's own shares
    const markets = closes({ XYZ: '2024-01-04 90, 2024-01-05 100, 2024-01-08 34' })
    const split = '2024-01-04 buy 10 XYZ @ 90\n2024-01-08 split XYZ 3:1'

    it('is that of the value', () => {
      // 30 × 34 − 10 × 100
      expect(change(ledger(split, { markets }))).toBe('20 on 1000')
    })

    it('takes out what was bought and sold that day, in new shares', () => {
      const story = `${split}\n2024-01-08 sell 6 XYZ @ 33\n2024-01-08 buy 3 XYZ @ 35`
      // (30 − 6 + 3) × 34 − 10 × 100 + 6 × 33 − 3 × 35
      expect(change(ledger(story, { markets }))).toBe('11 on 1105')
      // 30 × 33 − 10 × 100
      expect(change(ledger(`${split}\n2024-01-08 sell 30 XYZ @ 33`, { markets }))).toBe('-10 on 1000')
    })

    it('is exact where the shares do not come out even', () => {
      const reverse = '2024-01-04 buy 10 XYZ @ 90\n2024-01-08 split XYZ 1:3'
      const known = closes({ XYZ: '2024-01-05 100, 2024-01-08 300' })
      // 3.3333333333 × 300 − 10 × 100
      expect(change(ledger(reverse, { markets: known }))).toBe('-0.00000001 on 1000')
    })

    it('is Friday’s until Monday has a price', () => {
      const friday = closes({ XYZ: '2024-01-04 90, 2024-01-05 100' })
      // 10 × (100 − 90), but for the last digit of 30 × 100 ÷ 3
      expect(change(ledger(split, { markets: friday, today: '2024-01-08' }))).toBe('99.999999999 on 900')
    })

    it('is no other once the source tells of the split', () => {
      // closes before it are then in new shares
      const told = closes({ XYZ: '2024-01-05 33.5, 2024-01-08 34, 2024-01-08 split 3:1' })
      // 30 × (34 − 33.5)
      expect(change(ledger(split, { markets: told }))).toBe('15 on 1005')
    })
  })

  it('is on nothing for what another holding’s shares have become, which were there before', () => {
    const markets = closes({ X: '2024-01-05 100', Z: '2024-01-05 45, 2024-01-08 52' })
    const of = ledger('2024-01-05 buy 10 X @ 100\n2024-01-08 exchange X into Z ratio 2:1', { markets })
    const all = holdings(of, of.today).map(({ symbol, dayChange }) => [
      symbol,
      ...Object.values(dayChange!).map(text),
    ])
    // 20 × 52 − 10 × 100 on 10 × 100
    expect(all).toEqual([
      ['X', '40', '1000'],
      ['Z', '0', '0'],
    ])
  })

  it('needs no close before for what was bought in the session: its gain is since the purchase', () => {
    // 2 × (400 − 399)
    expect(change(ledger('2024-01-02 buy 2 VOO @ 399', { markets: closes({ VOO: '2024-01-02 400' }) }))).toBe(
      '2 on 798',
    )
  })

  it('is since the price paid where there is no close before', () => {
    const markets = closes({ VOO: '2024-01-05 400' })
    expect(change(ledger('2024-01-02 buy 2 VOO @ 399', { markets }))).toBe('2 on 798')
  })

  it('is none where the close before cannot be converted', () => {
    const markets = closes({
      'SAP.DE': '2024-01-04 100, 2024-01-05 101, in EUR',
      'EURUSD=X': '2024-01-05 1.1',
    })
    expect(change(ledger('2024-01-04 buy 2 SAP.DE @ 110 in USD', { markets }))).toBeNull()
  })
})

describe('the benchmark of a holding', () => {
  const markets = closes({
    XYZ: '2024-01-02 10, 2024-01-03 10, 2024-01-04 12',
    VOO: '2024-01-02 400, 2024-01-03 440, 2024-01-04 484',
  })

  it('is what its open lots’ money would have made, bought on the same days', () => {
    const of = ledger('2024-01-02 buy 10 XYZ @ 10\n2024-01-03 buy 30 XYZ @ 10', {
      markets,
      benchmarks: ['VOO'],
    })
    // (100 × 484/400 + 300 × 484/440) / 400 − 1 = (121 + 330)/400 − 1
    expect(only(of).benchmarks['VOO']).toBeCloseTo(451 / 400 - 1, 14)
  })

  it('counts the lots that are left only', () => {
    const story = '2024-01-02 buy 10 XYZ @ 10\n2024-01-03 buy 30 XYZ @ 10\n2024-01-04 sell 10 XYZ @ 12'
    const of = ledger(story, { markets, benchmarks: ['VOO'] })
    // 484/440 − 1
    expect(only(of).benchmarks['VOO']).toBeCloseTo(0.1, 14)
  })

  it('is none when the benchmark had no price then, or nothing is left', () => {
    const early = ledger('2023-06-01 buy 10 XYZ @ 10', { markets, benchmarks: ['VOO'] })
    expect(only(early).benchmarks).toEqual({ VOO: null })
    const gone = ledger('2024-01-02 buy 1 XYZ @ 10\n2024-01-03 sell 1 XYZ @ 10', {
      markets,
      benchmarks: ['VOO'],
    })
    expect(only(gone).benchmarks).toEqual({ VOO: null })
  })

  it('in itself is its own gain', () => {
    const of = ledger('2024-01-02 buy 1 VOO @ 400\n2024-01-03 buy 2 VOO @ 440', {
      markets,
      benchmarks: ['VOO'],
    })
    expect(only(of).benchmarks['VOO']).toBeCloseTo(only(of).gainRatio!, 14)
    expect(toNumber(only(of).value!)).toBe(1452)
  })
})

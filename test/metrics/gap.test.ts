import { describe, expect, it } from 'vitest'
import { gap, type Gap } from '../../src/metrics/gap.ts'
import { trail } from '../../src/metrics/gap-trail.ts'
import { type Money, rounded, sum, text } from '../../src/portfolio/decimal.ts'
import { closes, dec, ledger } from '../notation.ts'

/** To four decimals, as the examples are written. */
const shown = (amount: Money | null) => amount && text(rounded(amount, 4))
const gaps = (found: Gap) =>
  Object.fromEntries(
    found.parts.map((part) => [part.lot === undefined ? part.symbol : `${part.lot}`, shown(part.gap)]),
  )
const total = ({ parts, cashDrag, fees, interest, uncovered }: Gap) =>
  sum([...parts.map((part) => part.gap), cashDrag, fees, interest, uncovered])

/** finance.md, "Total-return index" and "The gap, explained". */
const X = '2024-01-02 100, 2024-01-03 101.5, 2024-01-04 100.5, 2024-01-04 dividend 1.50, 2024-01-05 102'
const Y = '2024-01-02 50, 2024-01-03 51, 2024-01-04 52, 2024-01-05 55'
const T = '2024-01-05'

describe('the gap, explained', () => {
  const example = ledger(
    `2024-01-02 deposit 1000
     2024-01-02 buy 5 X @ 100
     2024-01-04 dividend X 7.50`,
    { markets: closes({ X, Y }), benchmarks: ['Y'] },
  )

  it('is that of the example: X −32.0673 and cash drag −50.4327', () => {
    const found = gap(example, 'Y', { asOf: T })
    expect(found).toMatchObject({
      benchmark: 'Y',
      asOf: T,
      from: null,
      value: dec('1017.5'),
      benchmarkValue: dec('1100'),
      gap: dec('-82.5'),
      fees: 0n,
      interest: 0n,
      uncovered: 0n,
      reasons: {},
    })
    // 510 − 550 + 7.5 × 55 ÷ 52
    expect(gaps(found)).toEqual({ X: '-32.0673' })
    expect(found.parts[0]).toMatchObject({
      value: dec('510'),
      paid: dec('500'),
      received: 0n,
      dividends: dec('7.5'),
      reason: null,
    })
    // 507.5 − 500 × 1.1 − 7.5 × 55 ÷ 52
    expect(shown(found.cashDrag)).toBe('-50.4327')
    expect(total(found)).toBe(found.gap)
  })

  it('is the same where only the owner knows of the benchmark’s split', () => {
    const story = `2024-01-02 deposit 1000
      2024-01-02 buy 5 X @ 100
      2024-01-04 dividend X 7.50`
    // 50, 51, 52, 55 in shares of the day: two of the last two days are one of before
    const told = ledger(`${story}\n2024-01-04 split Y 2:1`, {
      markets: closes({ X, Y: '2024-01-02 100, 2024-01-03 102, 2024-01-04 52, 2024-01-05 55' }),
      benchmarks: ['Y'],
    })
    const found = gap(told, 'Y', { asOf: T })
    expect(found).toMatchObject({ benchmarkValue: dec('1100'), gap: dec('-82.5') })
    expect(gaps(found)).toMatchObject({ X: '-32.0673' })
    expect(total(found)).toBe(found.gap)
  })

  it('tells the flows of each figure, with their days and index values', () => {
    const found = gap(example, 'Y', { asOf: T })
    const made = trail(example, found, found.parts[0]!)
    expect(made).toMatchObject({ value: dec('510'), until: T, index: 55, gap: found.parts[0]!.gap })
    expect(made.flows).toMatchObject([
      {
        day: '2024-01-02',
        kind: 'buy',
        transaction: '2',
        amount: dec('-500'),
        index: 50,
        carried: dec('-550'),
      },
      { day: '2024-01-04', kind: 'dividend', transaction: '3', amount: dec('7.5'), index: 52 },
    ])
    expect(shown(made.flows[1]!.carried)).toBe('7.9327')

    const cash = trail(example, found, 'cashDrag')
    expect(cash).toMatchObject({ value: dec('507.5'), gap: found.cashDrag })
    expect(cash.flows.map(({ day, amount }) => [day, text(amount)])).toEqual([
      ['2024-01-02', '-500'],
      ['2024-01-04', '-7.5'],
    ])
  })

  it('takes fees from the symbol that they name, and else from a line of their own', () => {
    const charged = ledger(
      `2024-01-02 deposit 1000
       2024-01-02 buy 5 X @ 100
       2024-01-03 fee 10
       2024-01-04 fee 13`,
      { markets: closes({ X, Y }), benchmarks: ['Y'] },
    )
    charged.transactions = charged.transactions.map((each) =>
      each.id === '4' ? { ...each, symbol: 'X' } : each,
    )
    const found = gap(charged, 'Y', { asOf: T })
    // 510 − 500 × 1.1 − 13 × 55 ÷ 52
    expect(gaps(found)).toEqual({ X: '-53.75' })
    expect(found.parts[0]!.paid).toBe(dec('513'))
    // −10 × 55 ÷ 51
    expect(shown(found.fees)).toBe('-10.7843')
    // 477 − 500 × 1.1 + 10 × 55 ÷ 51 + 13 × 55 ÷ 52
    expect(shown(found.cashDrag)).toBe('-48.4657')
    expect(found.gap).toBe(dec('-113'))
    expect(total(found)).toBe(found.gap)
    expect(trail(charged, found, 'fees').flows).toMatchObject([
      { transaction: '3', amount: dec('-10'), index: 51 },
    ])
  })

  it('shows the part of withdrawals that the benchmark could not pay', () => {
    const lucky = ledger(
      `2024-01-02 buy 10 X @ 50
       2024-01-04 sell 10 X @ 100
       2024-01-04 withdrawal 1000`,
      { markets: closes({ X, Y }), benchmarks: ['Y'] },
    )
    const found = gap(lucky, 'Y', { asOf: T })
    // 500 in Y had become 520; 480 were missing, and would have grown to 480 × 55 ÷ 52
    expect(found).toMatchObject({ value: 0n, benchmarkValue: 0n, gap: 0n })
    expect(shown(found.uncovered)).toBe('-507.6923')
    // −500 × 1.1 + 1000 × 55 ÷ 52
    expect(gaps(found)).toEqual({ X: '507.6923' })
    expect(total(found)).toBe(0n)
    expect(trail(lucky, found, 'uncovered').flows).toMatchObject([
      { day: '2024-01-04', amount: dec('-480'), index: 52 },
    ])
  })

  it('begins a period with what was held and the cash at the close of its first day', () => {
    const found = gap(example, 'Y', { asOf: T, from: '2024-01-03' })
    // 510 − 507.5 × 55 ÷ 51 + 7.5 × 55 ÷ 52
    expect(gaps(found)).toEqual({ X: '-29.3712' })
    expect(found.parts[0]).toMatchObject({ paid: dec('507.5'), dividends: dec('7.5') })
    // 507.5 − 500 × 55 ÷ 51 − 7.5 × 55 ÷ 52
    expect(shown(found.cashDrag)).toBe('-39.6484')
    // 1017.5 − 1007.5 × 55 ÷ 51
    expect(shown(found.gap)).toBe('-69.0196')
    expect(total(found)).toBe(found.gap)
    expect(trail(example, found, found.parts[0]!).flows[0]).toMatchObject({
      day: '2024-01-03',
      kind: 'start',
      amount: dec('-507.5'),
      index: 51,
    })
  })

  it('divides a symbol among its lots', () => {
    const traded = ledger(
      `2024-01-02 buy 6 X @ 100
       2024-01-03 buy 2 X @ 101.5
       2024-01-04 sell 7 X @ 100.5
       2024-01-05 dividend X 12`,
      { markets: closes({ X, Y }), benchmarks: ['Y'] },
    )
    const found = gap(traded, 'Y', { asOf: T, by: 'lot' })
    // the sale took 6 of the first, 1 of the second, and the dividend belongs to what the second has left
    expect(gaps(found)).toEqual({
      // −600 × 1.1 + 6 × 100.5 × 55 ÷ 52
      1: '-22.2115',
      // 102 − 203 × 55 ÷ 51 + 100.5 × 55 ÷ 52 + 12
      2: '1.3765',
    })
    expect(found.parts.map(({ lot, date }) => [lot, date])).toEqual([
      ['2', '2024-01-03'],
      ['1', '2024-01-02'],
    ])
    expect(total(found)).toBe(found.gap)
    expect(
      trail(traded, found, found.parts[0]!).flows.map(({ kind, amount }) => [kind, text(amount)]),
    ).toEqual([
      ['buy', '-203'],
      ['sell', '100.5'],
      ['dividend', '12'],
    ])
  })

  it('gives a dividend that comes after the last sale to the lots that it took', () => {
    const late = ledger(
      `2024-01-02 buy 3 X @ 100
       2024-01-02 buy 1 X @ 100
       2024-01-03 sell 4 X @ 101.5
       2024-01-05 dividend X 8`,
      { markets: closes({ X, Y }), benchmarks: ['Y'] },
    )
    const { parts } = gap(late, 'Y', { asOf: T, by: 'lot' })
    expect(parts.map(({ lot, dividends }) => [lot, text(dividends)])).toEqual(
      expect.arrayContaining([
        ['1', '6'],
        ['2', '2'],
      ]),
    )
  })

  it('assigns the proceeds of oversold shares to no lot', () => {
    const over = ledger(
      `2024-01-02 buy 1 X @ 100
       2024-01-05 sell 4 X @ 102`,
      { markets: closes({ X, Y }), benchmarks: ['Y'] },
    )
    const found = gap(over, 'Y', { asOf: T, by: 'lot' })
    // −100 × 1.1 + 102, and 306
    expect(gaps(found)).toEqual({ null: '306', 1: '-8' })
    expect(total(found)).toBe(found.gap)
    const nothing = ledger('2024-01-04 sell 2 X @ 100.5\n2024-01-05 dividend X 3', {
      markets: closes({ X, Y }),
    })
    // 201 × 55 ÷ 52 + 3
    expect(gaps(gap(nothing, 'Y', { asOf: T, by: 'lot' }))).toEqual({ null: '215.5962' })
  })

  it('divides a symbol among the years, each the change since the end of the one before', () => {
    const market = {
      X: '2022-01-03 100, 2022-12-30 120, 2023-12-29 120, 2024-06-28 150',
      Y: '2022-01-03 50, 2022-12-30 55, 2023-12-29 66, 2024-06-28 66',
    }
    const held = ledger('2022-01-03 buy 5 X @ 100', { markets: closes(market), benchmarks: ['Y'] })
    const found = gap(held, 'Y', { asOf: '2024-06-28', by: 'year' })
    // gap at the end of each year: 600 − 550, 600 − 660, 750 − 660
    expect(
      found.parts.map(({ year, gap: own, paid, value }) => [year, text(own), text(paid), text(value)]),
    ).toEqual([
      ['2022', '50', '500', '600'],
      ['2023', '-110', '600', '600'],
      ['2024', '150', '600', '750'],
    ])
    expect(total(found)).toBe(found.gap)
    const made = trail(held, found, found.parts[1]!)
    expect(made).toMatchObject({ until: '2023-12-31', index: 66, value: dec('600') })
    // 600 − 600 × 1.2, and the 50 of the year before that would have grown by a fifth
    expect(made.flows).toMatchObject([
      { kind: 'start', day: '2022-12-31', amount: dec('-600'), index: 55, carried: dec('-720') },
      { kind: 'before', day: '2022-12-31', amount: dec('50'), carried: dec('10') },
    ])
  })

  it('counts a foreign share at the rate of each day', () => {
    const foreign = ledger('2024-01-02 buy 10 SAP.DE @ 100', {
      markets: closes({
        'SAP.DE': 'in EUR, 2024-01-02 100, 2024-01-05 110',
        'EURUSD=X': '2024-01-02 1.1, 2024-01-05 1.2',
        Y,
      }),
      benchmarks: ['Y'],
    })
    const found = gap(foreign, 'Y', { asOf: T })
    // 10 × 110 × 1.2 − 10 × 100 × 1.1 × 55 ÷ 50
    expect(gaps(found)).toEqual({ 'SAP.DE': '110' })
    expect(found.gap).toBe(dec('110'))
  })
})

describe('a gap that cannot be calculated', () => {
  it('has no answer while there are no transactions', () => {
    const found = gap(ledger('', { markets: closes({ Y }) }), 'Y', { asOf: T })
    expect(found).toMatchObject({
      value: 0n,
      gap: null,
      parts: [],
      reasons: { gap: 'there are no transactions yet' },
    })
  })

  it('names the day on which the benchmark had no price', () => {
    const early = ledger('2023-06-01 buy 5 X @ 100\n2024-01-02 buy 1 Z @ 10', {
      markets: closes({ X, Y, Z: '2024-01-02 10, 2024-01-05 12' }),
      benchmarks: ['Y'],
    })
    const found = gap(early, 'Y', { asOf: T })
    expect(found).toMatchObject({ value: dec('522'), benchmarkValue: null, gap: null, cashDrag: 0n })
    expect(found.reasons.gap).toBe('no price for Y on 2023-06-01')
    // 12 − 10 × 1.1: what can be answered is
    expect(gaps(found)).toEqual({ Z: '1', X: null })
    expect(found.parts[1]!.reason).toBe('no price for Y on 2023-06-01')
  })

  it('keeps the other parts when a holding has no value', () => {
    const unpriced = ledger('2024-01-02 buy 5 X @ 100\n2024-01-02 buy 1 Z @ 10 in USD', {
      markets: closes({ X, Y, Z: '2024-01-02 9, in EUR' }),
      benchmarks: ['Y'],
    })
    const found = gap(unpriced, 'Y', { asOf: T })
    expect(found).toMatchObject({ value: null, gap: null, benchmarkValue: dec('561') })
    expect(found.reasons.gap).toBe('no exchange rate from EUR to USD yet')
    expect(gaps(found)).toEqual({ X: '-40', Z: null })
  })

  it('keeps the other parts when an amount has no exchange rate', () => {
    const unconverted = ledger('2024-01-02 buy 5 X @ 100\n2024-01-02 buy 1 Z @ 10 in CHF', {
      markets: closes({ X, Y, Z: '2024-01-02 10' }),
      benchmarks: ['Y'],
    })
    const found = gap(unconverted, 'Y', { asOf: T })
    const reason = 'no exchange rate from CHF to USD yet'
    expect(found).toMatchObject({ value: null, gap: null, cashDrag: null, fees: 0n })
    expect(found.reasons).toMatchObject({ gap: reason, cashDrag: reason })
    expect(gaps(found)).toEqual({ X: '-40', Z: null })
    expect(found.parts[1]).toMatchObject({ paid: null, reason })
  })

  it('joins a year at whose end there was no rate to the next', () => {
    const market = {
      X: '2022-01-03 100, 2024-06-28 150, in EUR',
      'EURUSD=X': '2024-06-28 1',
      Y: '2022-01-03 50, 2022-12-30 55, 2023-12-29 66, 2024-06-28 66',
    }
    const held = ledger('2022-01-03 buy 5 X @ 100 in USD', { markets: closes(market), benchmarks: ['Y'] })
    const found = gap(held, 'Y', { asOf: '2024-06-28', by: 'year' })
    expect(
      found.parts.map(({ year, gap: own, since, reason }) => [year, own && text(own), since, reason]),
    ).toEqual([
      ['2022', null, null, 'no exchange rate from EUR to USD on 2022-12-31'],
      ['2023', null, null, 'no exchange rate from EUR to USD on 2023-12-31'],
      ['2024', '90', null, null],
    ])
  })
})

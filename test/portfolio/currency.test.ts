import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cashFlows } from '../../src/metrics/cash-flows.ts'
import { chart } from '../../src/metrics/chart.ts'
import { holdingsOn } from '../../src/snapshot/holdings-table.ts'
import { adjustedCloses, totalReturn } from '../../src/portfolio/benchmark.ts'
import { currencyPairs, inBaseCurrency, penceNotes } from '../../src/portfolio/currency.ts'
import { addDays } from '../../src/portfolio/day.ts'
import { text } from '../../src/portfolio/decimal.ts'
import { type CostBasis, costBases } from '../../src/portfolio/lot.ts'
import { type Ledger, priceOn, positions } from '../../src/portfolio/ledger.ts'
import { valuations } from '../../src/portfolio/valuation.ts'
import { closes, dec, instrument, ledger, measured } from '../notation.ts'
import { history, ledgerOf, seeded } from './random-ledger.ts'

const sap = {
  'SAP.DE': '2024-01-02 100, 2024-02-01 120, in EUR',
  'EURUSD=X': '2024-01-02 1.10, 2024-02-01 1.05',
}
const row = (of: Ledger, symbol: string, asOf = of.today) =>
  [...holdingsOn(of, asOf).holdings, ...holdingsOn(of, asOf).closed].find((each) => each.symbol === symbol)!

describe('a share that trades in another currency', () => {
  const of = ledger('2024-01-02 buy 10 SAP.DE @ 100 fee 2', { markets: closes(sap) })

  it('is valued at the day’s rate, and cost what it cost at the rate of its own day', () => {
    expect(row(of, 'SAP.DE')).toMatchObject({
      price: '120',
      currency: 'EUR',
      // 10 × 120 × 1.05
      market_value: '1260',
      // (10 × 100 + 2) × 1.10
      cost_basis: '1102.2',
      unrealized_gain: '157.8',
      // (1200 − 1002) × 1.05, and 1002 × (1.05 − 1.10)
      price_gain: '207.9',
      currency_gain: '-50.1',
    })
  })

  it('has no currency gain while it stands at the price paid, at the rate of that day', () => {
    const markets = closes({ ...sap, 'SAP.DE': '2024-03-01 120, in EUR' })
    const unquoted = ledger('2024-01-02 buy 10 SAP.DE @ 100', { markets, today: '2024-02-05' })
    const gains = { unrealized_gain: '0', price_gain: '0', currency_gain: '0' }
    expect(row(unquoted, 'SAP.DE')).toMatchObject({ price_from: 'paid', market_value: '1100', ...gains })
    expect(measured(unquoted)).toMatchObject(gains)
    const more = ledger('2024-01-02 buy 10 SAP.DE @ 100\n2024-02-01 buy 10 SAP.DE @ 120', {
      markets,
      today: '2024-02-05',
    })
    // 20 × 120 × 1.05 − 1100 − 1260, and 1000 × (1.05 − 1.10) of the first
    expect(row(more, 'SAP.DE')).toMatchObject({
      unrealized_gain: '160',
      price_gain: '210',
      currency_gain: '-50',
    })
  })

  it('is paid for by a deposit in the portfolio’s currency', () => {
    expect(measured(of)).toMatchObject({
      invested: '1102.2',
      cash: '0',
      value: '1260',
      total_gain: '157.8',
      price_gain: '207.9',
      currency_gain: '-50.1',
      fees: '2.2',
    })
  })

  it('tells price and currency gain apart in what was sold too', () => {
    const sold = ledger('2024-01-02 buy 10 SAP.DE @ 100 fee 2\n2024-02-01 sell 4 SAP.DE @ 120', {
      markets: closes(sap),
    })
    const { realized_gain, price_gain, currency_gain } = row(sold, 'SAP.DE')
    // 4 × 120 × 1.05 − 4/10 × 1102.2
    expect(realized_gain).toBe('63.12')
    // all of the above: nothing changes hands by selling at the day's price
    expect([price_gain, currency_gain]).toEqual(['207.9', '-50.1'])
  })

  it('tells them apart since a day', () => {
    const grown = ledger('2024-01-02 buy 10 SAP.DE @ 100', {
      markets: closes({
        'SAP.DE': '2024-01-02 100, 2024-02-01 120, 2024-03-01 120, in EUR',
        'EURUSD=X': '2024-01-02 1.10, 2024-02-01 1.05, 2024-03-01 1.20',
      }),
    })
    // only the rate moved: of price gain at 1.05, 200 × 1.05, there is 200 × 1.20; of the cost 1000 × 0.15
    expect(measured(grown, '2024-02-01')).toMatchObject({
      total_gain: '180',
      price_gain: '30',
      currency_gain: '150',
    })
  })

  it.each(Object.keys(costBases) as CostBasis[])(
    'sold out has no cost left in either, under %s',
    (costBasis) => {
      const out = ledger(
        `2024-01-02 buy 10 SAP.DE @ 0.001
       2024-01-03 buy 7 SAP.DE @ 0.003
       2024-02-01 sell 3 SAP.DE @ 120
       2024-02-01 sell 13.9 SAP.DE @ 120
       2024-02-02 sell 0.1 SAP.DE @ 120`,
        { markets: closes(sap), costBasis },
      )
      const [position] = positions(out, '2024-02-02')
      expect([position!.shares, position!.cost, position!.lots]).toEqual([0n, 0n, []])
    },
  )

  it('moves with the rate on its exchange’s holiday, and keeps the day its price is from', () => {
    const easter = ledger('', {
      markets: closes({ 'SAP.DE': '2024-03-28 100, in EUR', 'EURUSD=X': '2024-03-28 1.10, 2024-04-01 1.20' }),
    })
    expect(priceOn(easter, 'SAP.DE', '2024-04-01')).toEqual({
      price: dec('120'),
      day: '2024-03-28',
      from: 'market',
    })
  })

  it('has its change since the session before at that session’s rate', () => {
    const tuesday = ledger('2024-01-05 buy 10 SAP.DE @ 100', {
      markets: closes({
        'SAP.DE': '2024-01-05 100, quote 2024-01-09T16:00Z 110 after 105, in EUR',
        'EURUSD=X': '2024-01-05 1.10, 2024-01-08 1.20, 2024-01-09 1.30',
      }),
    })
    // 10 × (110 × 1.30 − 105 × 1.20): Monday's bar has not arrived, but the quote tells its close
    expect(row(tuesday, 'SAP.DE').day_change).toBe('170')
  })
})

describe('an amount', () => {
  const euros = { 'EURUSD=X': '2024-01-02 1.10, 2024-01-05 1.20' }

  it('recorded in another currency converts at its own day’s rate', () => {
    const of = ledger('2024-01-02 deposit 100 in EUR\n2024-01-05 withdrawal 50 in EUR', {
      markets: closes(euros),
    })
    // 100 × 1.10 − 50 × 1.20
    expect(measured(of)).toMatchObject({ invested: '50', cash: '50', value: '50' })
  })

  it('paid in the portfolio’s currency for a share that trades in another is what was paid', () => {
    const of = ledger('2024-01-02 buy 10 SAP.DE @ 110 in USD', { markets: closes(sap) })
    // 1100 USD were 1000 EUR: (1200 − 1000) × 1.05 and 1000 × (1.05 − 1.10)
    expect(row(of, 'SAP.DE')).toMatchObject({ cost_basis: '1100', price_gain: '210', currency_gain: '-50' })
  })

  it('in pence is kept in pounds', () => {
    const of = ledger('2024-01-02 buy 10 SHEL.L @ 2550.5 fee 100 in GBp', {
      markets: closes({ 'SHEL.L': '2024-01-02 25.505, in GBP', 'GBPUSD=X': '2024-01-02 1.25' }),
    })
    // 10 × 25.505 × 1.25 + 1 × 1.25
    expect(row(of, 'SHEL.L').cost_basis).toBe('320.0625')
  })

  it('is shown as it was recorded', () => {
    const of = ledger('2024-01-02 deposit 2000\n2024-01-02 buy 10 SAP.DE @ 100', { markets: closes(sap) })
    expect(cashFlows(of, 'portfolio', of.today).rows.at(-1)).toMatchObject({
      description: 'Bought 10 SAP.DE (1000 EUR)',
      price: '110',
      amount: '-1100',
      balance: '900',
    })
  })
})

it('a trade that looks like pence is named, and one that says so is not', () => {
  const shell = { markets: closes({ 'SHEL.L': '2024-01-02 25.5, in GBP', 'GBPUSD=X': '2024-01-02 1.25' }) }
  const notes = (text: string) => penceNotes(ledger(text, shell))
  expect(notes('2024-01-02 buy 10 SHEL.L @ 2550')).toEqual([
    'SHEL.L on 2024-01-02: the price is about 100 times that day’s close. If it is in pence, edit the transaction and set its currency to GBp.',
  ])
  expect(notes('2024-01-02 buy 10 SHEL.L @ 2550 in GBp')).toEqual([])
  expect(notes('2024-01-02 buy 10 SHEL.L @ 25.5')).toEqual([])
})

describe('a rate', () => {
  const late = { markets: closes({ 'EURUSD=X': '2024-01-10 1.10, 2024-02-01 9' }) }

  it.each(['2024-01-10', '2024-01-17', '2024-01-31'])('is carried, however old: to %s', (day) => {
    expect(measured(ledger(`${day} deposit 100 in EUR`, late), null, day).cash).toBe('110')
  })

  it('before the first is none, never a later one and never 1.0', () => {
    const of = ledger('2024-01-03 deposit 5\n2024-01-09 deposit 100 in EUR', late)
    const { value, invested, xirr, reasons } = measured(of)
    expect({ value, invested, xirr }).toEqual({ value: null, invested: null, xirr: null })
    expect(reasons).toMatchObject({
      value: 'no exchange rate from EUR to USD on 2024-01-09',
      invested: 'no exchange rate from EUR to USD on 2024-01-09',
    })
  })

  it('that is missing leaves the other cash standing, and the row is named', () => {
    const of = ledger('2024-01-03 deposit 5\n2024-01-09 deposit 100 in EUR', late)
    const { cash, reasons } = measured(of)
    expect([cash, reasons['cash']]).toEqual([
      '5',
      'excludes the deposit on 2024-01-09 (100 EUR): no exchange rate from EUR to USD on 2024-01-09',
    ])
  })

  it('that is missing leaves the days before it whole', () => {
    const of = ledger('2024-01-03 deposit 5\n2024-01-09 deposit 100 in EUR', late)
    expect(measured(of, null, '2024-01-08').value).toBe('5')
    const { days, value, invested } = chart(of, valuations(of, '2024-01-09'))
    expect({ days, value, invested }).toEqual({
      days: ['2024-01-03', '2024-01-09'],
      value: [500, null],
      invested: [500, null],
    })
  })

  it('that is missing takes the cost of its own symbol only', () => {
    const of = ledger('2024-01-02 buy 1 VOO @ 400\n2024-01-02 buy 10 SAP.DE @ 100', {
      markets: closes({ 'SAP.DE': '2024-01-02 100, in EUR', VOO: '2024-01-02 400' }),
    })
    expect(row(of, 'VOO').cost_basis).toBe('400')
    expect(row(of, 'SAP.DE')).toMatchObject({
      market_value: null,
      cost_basis: null,
      unrealized_gain: null,
      realized_gain: null,
      contribution: null,
      xirr: null,
      reason: 'no exchange rate from EUR to USD yet',
    })
    expect(holdingsOn(of, of.today).totals).toMatchObject({
      cost_basis: '400',
      market_value: '400',
      without: ['SAP.DE'],
    })
    expect(cashFlows(of, 'portfolio', of.today)).toMatchObject({
      reason: 'no exchange rate from EUR to USD yet',
      totals: { purchase: null, dividend: '0' },
    })
  })

  it('converts a close that is carried, and none before the first rate', () => {
    const of = ledger('', {
      markets: closes({
        'SAP.DE': '2024-01-02 100, 2024-03-01 130, 2024-03-20 140, in EUR',
        'EURUSD=X': '2024-01-05 1.20, 2024-01-08 1.30, 2024-01-12 1.40, 2024-03-20 1',
      }),
    })
    const said = (day: string) => {
      const priced = priceOn(of, 'SAP.DE', day)
      return 'reason' in priced ? priced.reason : text(priced.price)
    }
    expect(said('2024-01-04')).toBe('no exchange rate from EUR to USD on 2024-01-04')
    expect(said('2024-01-09')).toBe('130')
    // the close is 10 days old, then the rate 49
    expect(said('2024-01-12')).toBe('140')
    expect(said('2024-03-02')).toBe('182')
    expect(said('2024-03-20')).toBe('140')
  })
})

describe('a benchmark in another currency', () => {
  it('returns what it returned at home times what the rate did, dividends reinvested at home', () => {
    // finance.md, "Total-return index": adj(d1) = 98.5221674877
    const of = ledger('2024-01-02 deposit 1000', {
      baseCurrency: 'EUR',
      benchmarks: ['VOO'],
      markets: closes({
        VOO: '2024-01-02 100, 2024-01-03 101.5, 2024-01-04 100.5, 2024-01-04 dividend 1.50, 2024-01-05 102',
        'USDEUR=X': '2024-01-02 0.8, 2024-01-03 0.81, 2024-01-04 0.82, 2024-01-05 0.9',
      }),
    })
    expect(adjustedCloses(of.markets.get('VOO')!)[0]).toBeCloseTo(98.5221674877 * 0.8, 9)
    // 1000 EUR = 1250 USD on d1, worth 1250 × 1.0353 USD on d4 at 0.9
    expect(Number(measured(of).benchmarks.VOO!.value)).toBeCloseTo(1250 * 1.0353 * 0.9, 6)
    expect(totalReturn(of, 'VOO')('2024-01-05')).toBeCloseTo(102 * 0.9, 12)
  })
})

describe('conversion', () => {
  const stage = 'with last prices'

  it('asks for the rate of each currency there is, and of no other', () => {
    const of = ledger(
      '2024-01-02 deposit 100 in CHF\n2024-01-02 buy 1 SAP.DE @ 1\n2024-01-02 buy 1 VOO @ 1',
      {
        markets: closes({ 'SAP.DE': '2024-01-02 1, in EUR', VOO: '2024-01-02 1' }),
      },
    )
    expect(currencyPairs(of)).toEqual(['CHFUSD=X', 'EURUSD=X'])
  })

  it('twice is conversion once', () => {
    const of = ledger('2024-01-02 buy 10 SAP.DE @ 100', { markets: closes(sap) })
    expect(inBaseCurrency({ ...of, stage })).toEqual({ ...of, stage: 'in base currency' })
  })

  it('at a rate of 2 doubles the gains of any ledger, and none of them is the rate’s', () => {
    fc.assert(
      fc.property(history, (told) => {
        const home = ledgerOf(told)
        const days = home.markets.values().next().value!.prices.days
        const rates = Array.from({ length: days.at(-1)! - days[0]! + 1 }, (_, i) => ({
          day: addDays('1970-01-01', days[0]! + i),
        }))
        const converted = inBaseCurrency({
          ...home,
          stage,
          baseCurrency: 'XXX',
          transactions: home.transactions.map((each) => ({ ...each, currency: 'USD' })),
          markets: new Map([
            ...home.markets,
            ...closes({ 'USDXXX=X': `${rates.map(({ day }) => `${day} 2`).join(', ')}, in XXX` }),
          ]),
        })
        const abroad: Ledger = { ...converted, stage: 'ready' }
        const [one, two] = [measured(home), measured(abroad)]
        // deposits are inferred up to the cent, of either currency
        expect(Math.abs(Number(two.invested) - 2 * Number(one.invested))).toBeLessThanOrEqual(
          0.02 * (1 + told.text.split('\n').length),
        )
        expect(two.twr === null).toBe(one.twr === null)
        // each of the amounts is rounded once, in its 10th decimal
        expect(Number(two.realized_gain)).toBeCloseTo(2 * Number(one.realized_gain), 8)
        expect(Number(two.unrealized_gain)).toBeCloseTo(2 * Number(one.unrealized_gain), 8)
        expect(Number(two.currency_gain)).toBeCloseTo(0, 8)
      }),
      seeded,
    )
  })

  it('does not touch a ledger without other currencies', () => {
    const of = ledger('2024-01-02 buy 1 VOO @ 400', { markets: closes({ VOO: '2024-01-02 400' }) })
    const after = inBaseCurrency({ ...of, stage })
    expect(after.transactions).toBe(of.transactions)
    expect(after.markets).toBe(of.markets)
    expect(instrument('VOO').currency).toBe('USD')
  })
})

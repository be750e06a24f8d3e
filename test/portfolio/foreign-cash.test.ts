import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cashFlows } from '../../src/metrics/cash-flows.ts'
import { explanation } from '../../src/metrics/explain.ts'
import { gap } from '../../src/metrics/gap.ts'
import { performance } from '../../src/metrics/performance.ts'
import { today as changeToday } from '../../src/metrics/today.ts'
import { variantGap } from '../../src/metrics/variant-gap.ts'
import { variantTrail } from '../../src/metrics/variant-trail.ts'
import { leftOutRows } from '../../src/portfolio/currency.ts'
import { text, times } from '../../src/portfolio/decimal.ts'
import { rateOn } from '../../src/portfolio/exchange-rate.ts'
import { keptIn } from '../../src/portfolio/foreign-cash.ts'
import { holdings } from '../../src/portfolio/holding.ts'
import type { Ledger } from '../../src/portfolio/ledger.ts'
import { pastLedger } from '../../src/portfolio/past-ledger.ts'
import { inOrder } from '../../src/portfolio/transaction.ts'
import { readWhatIf } from '../../src/portfolio/what-if-spelling.ts'
import { variantLedger } from '../../src/portfolio/what-if.ts'
import { dayChanges } from '../../src/portfolio/day-change.ts'
import { unitedLedger } from '../../src/portfolio/united-ledger.ts'
import { settledBefore, valuations } from '../../src/portfolio/valuation.ts'
import { closes, dec, entered, ledger, measured } from '../notation.ts'
import { everyKind, type History, seeded } from './random-ledger.ts'

// A portfolio in euros, in a group in dollars: finance.md, "Groups".

const benchmarks = ['IDX']

/** What a group in dollars is told of portfolios that are kept in euros. */
function inDollars(told: readonly string[], market: Record<string, string>): Ledger {
  const markets = closes(market)
  const members = told.map((each, i) => {
    const rows = entered(each).map((row) => ({
      ...row,
      id: `${i} ${row.id}`,
      ...(row.symbol === null && row.currency === null && { currency: 'EUR' }),
    }))
    const transactions = inOrder(rows, (symbol) => markets.get(symbol)?.splits ?? [])
    const own = ledger(each, { markets, benchmarks, transactions })
    return { id: `${i}`, name: `${i}`, ledger: own }
  })
  const today = members
    .map((each) => each.ledger.today)
    .toSorted()
    .at(-1)!
  const kept = members.map((each) => ({ ...each, ledger: keptIn({ ...each.ledger, today }, 'EUR') }))
  return unitedLedger(kept, { baseCurrency: 'USD', benchmarks, today })
}

const rates = { 'EURUSD=X': '2023-12-29 1.08, 2024-01-02 1.10, 2024-02-01 1.20, 2024-03-01 1.15' }
const index = { IDX: '2024-01-02 100, 2024-02-01 110, 2024-03-01 115' }
const plain = (of: Ledger) => {
  const { days, value, invested } = valuations(of, of.today)
  return days.map((day, i) => [day, text(value[i]!), text(invested[i]!)])
}

it('of a portfolio whose currency has no rate is named, also where its first row is in dollars', () => {
  const told = ledger('2024-01-02 buy 2 IDX @ 100', { markets: closes(index), benchmarks })
  expect(leftOutRows(keptIn(told, 'EUR'), told.today)).toMatch(
    /^excludes the buy of IDX on 2024-01-02 \(200 USD\): /,
  )
})

it('has of the latest session what that day’s rate did to cash, and not what the day before did', () => {
  const of = inDollars(['2024-01-02 deposit 1000'], {
    'EURUSD=X': '2024-01-02 1.10, 2024-02-01 1.20, 2024-02-02 1.15',
    IDX: '2024-01-02 100, 2024-02-01 110, 2024-02-02 111',
  })
  // 1000 × (1.15 − 1.20)
  expect(text(dayChanges(of, [], '2024-02-02').unassigned)).toBe('-50')
})

describe('cash in another currency than the group’s', () => {
  const of = inDollars(['2024-01-02 deposit 1000\n2024-02-01 withdrawal 200'], { ...rates, ...index })

  it('is worth its balance at each day’s rate, and what rates do to it is no flow', () => {
    expect(plain(of)).toEqual([
      // 1000 at 1.10
      ['2024-01-02', '1100', '1100'],
      // 800 at 1.20, after 200 at 1.20 were taken
      ['2024-02-01', '960', '860'],
      ['2024-03-01', '920', '860'],
    ])
    // 1100 × (1200 ÷ 1100) and 960 × (920 ÷ 960)
    expect(measured(of).twr).toBeCloseTo((1200 / 1100) * (920 / 960) - 1, 12)
    expect(measured(of)).toMatchObject({ cash: '920', invested: '860', total_gain: '60' })
  })

  it('stands in what the cash is explained by, and the sum is the cash', () => {
    const series = valuations(of, of.today)
    for (const from of [null, '2024-02-01']) {
      const explained = explanation('cash', performance(of, series, from))!
      const sum = explained.inputs.reduce((total, { label, value }) => {
        const sign = /^(Purchases|Fees|Taxes|Withdrawals)/.test(label) ? -1 : 1
        return total + sign * Number(value ?? 0)
      }, 0)
      expect([from, sum]).toEqual([from, 920])
    }
  })

  it('belongs to the cash in the gap to a benchmark', () => {
    // 1100 × 115/100 − 240 × 115/110 is 1014.0909 in the index, and nothing but cash is behind it
    const { gap: whole, cashDrag, parts, interest } = gap(of, 'IDX', { asOf: of.today })
    expect(Number(text(whole))).toBeCloseTo(920 - (1265 - (240 * 115) / 110), 6)
    expect([cashDrag, parts, interest]).toEqual([whole, [], 0n])
  })

  it('is with the interest in the gap to a what-if, and moves no symbol', () => {
    const market = { ...rates, ...index, SAP: '2024-01-02 100, 2024-03-01 110, in EUR' }
    const held = inDollars(['2024-01-02 deposit 1000\n2024-01-02 buy 1 SAP @ 100'], market)
    const rule = readWhatIf('no SAP')
    const variant = 'reason' in rule ? rule : variantLedger(held, rule)
    const found = variantGap(held, variant as Ledger, { asOf: held.today })
    // 1010 euros instead of 1000, at 1.15: SAP paid 126.50 for 110, and 100 euros more of cash would have gained 5
    expect([found.gap, found.interest, found.putIn].map((each) => text(each))).toEqual(['11.5', '-5', '0'])
    expect(found.parts.map(({ symbol, gap: own }) => [symbol, text(own)])).toEqual([['SAP', '16.5']])
    const { flows } = variantTrail(held, variant as Ledger, found, 'interest')
    expect(text(flows.reduce((sum, { adds }) => sum + adds!, 0n))).toBe('-5')
  })

  it('has a row in the cash book for what rates did until something else moved', () => {
    const { rows, totals } = cashFlows(of, 'portfolio', of.today)
    expect(rows.map(({ date, type, amount, balance }) => [date, type, amount, balance])).toEqual([
      ['2024-01-02', 'deposit', '1100', '1100'],
      ['2024-02-01', 'currency', '100', '1200'],
      ['2024-02-01', 'withdrawal', '-240', '960'],
      ['2024-03-01', 'currency', '-40', '920'],
    ])
    expect(totals).toMatchObject({ deposit: '1100', currency: '60', withdrawal: '-240' })
  })

  it('is of a past day what it was', () => {
    expect(plain(pastLedger(of, '2024-02-15')).at(-1)).toEqual(['2024-02-15', '960', '860'])
    expect(plain(pastLedger(of, '2024-01-15')).at(-1)).toEqual(['2024-01-15', '1100', '1100'])
  })

  it('is part of the day’s change', () => {
    const held = inDollars(['2024-01-02 deposit 1000\n2024-01-02 buy 1 SAP @ 100'], {
      ...rates,
      ...index,
      SAP: '2024-01-02 100, 2024-02-29 100, 2024-03-01 110, in EUR',
    })
    const series = valuations(held, held.today)
    const { change } = changeToday(held, holdings(held, held.today), series, measured(held))
    // 1010 at 1.15 after 1000 at 1.20
    expect(change).toBe('-38.5')
  })

  it('pays for purchases in its own currency: rates alone make no deposit', () => {
    const market = { ...rates, ...index, SAP: '2024-01-02 100, 2024-02-01 100, 2024-03-01 100, in EUR' }
    const spent = inDollars(['2024-01-02 deposit 1000\n2024-02-01 buy 10 SAP @ 100'], market)
    expect(measured(spent)).toMatchObject({ cash: '0', invested: '1100', value: '1150' })
    // without the deposit, the 1000 euros came on the day of the purchase
    const inferred = inDollars(['2024-02-01 buy 10 SAP @ 100'], market)
    expect(measured(inferred)).toMatchObject({ cash: '0', invested: '1200' })
  })

  it('keeps its value on the way from one portfolio to the other', () => {
    const moved = ['2024-01-02 deposit 1000\n2024-01-30 withdrawal 400', '2024-02-02 deposit 400']
    const { cash, invested, value } = measured(inDollars(moved, { ...rates, ...index }))
    expect({ cash, invested, value }).toEqual({ cash: '1150', invested: '1100', value: '1150' })
  })

  it('without a known rate has no value, and says why', () => {
    const { value, reasons } = measured(inDollars(['2024-01-02 deposit 1000'], index))
    expect([value, reasons.value]).toEqual([null, 'no exchange rate from EUR to USD yet'])
    // nor where all that happened is in dollars
    const apple = { ...index, AAPL: '2024-01-02 100' }
    const traded = measured(inDollars(['2024-01-02 buy 1 AAPL @ 100 in USD'], apple))
    expect([traded.value, traded.reasons.value]).toEqual([null, 'no exchange rate from EUR to USD yet'])
  })
})

it('the value of a group is that of its portfolio at each day’s rate, and so is each flow, of any history', () => {
  const fx = 'EURUSD=X'
  const moving = {
    [fx]: '2019-12-20 1.10, 2020-01-06 1.25, 2020-01-20 0.95, 2020-02-10 1.4, 2020-03-20 1.02',
  }
  fc.assert(
    fc.property(everyKind, (random) => {
      const market = inEuros(random)
      const group = inDollars([random.text], { ...market, ...moving })
      const own = ledger(random.text, { baseCurrency: 'EUR', markets: closes(market), today: group.today })
      const rate = (day: string) => rateOn({ rates: group.markets.get(fx)!.prices }, day)!
      const [ours, theirs] = [valuations(group, group.today), valuations(own, own.today)]
      const apart = ours.days.flatMap((day, i) => {
        const at = theirs.days.findLastIndex((each) => each <= day)
        if (ours.value[i] == null || theirs.value[at] == null) return []
        const flowsOf = (flows: readonly bigint[]) => (theirs.days[at] === day ? flows[at]! : 0n)
        return [
          [ours.value[i], theirs.value[at]] as const,
          [ours.cash[i]!, theirs.cash[at]!] as const,
          [ours.deposits[i]!, flowsOf(theirs.deposits)] as const,
          [ours.withdrawals[i]!, flowsOf(theirs.withdrawals)] as const,
        ].map(([here, there]) => Math.abs(Number(here - times(there, rate(day)))))
      })
      // each amount is rounded once more than there
      expect(Math.max(0, ...apart)).toBeLessThanOrEqual(Number(dec('0.00001')))
      // what was valued before is taken over
      const settled = settledBefore(ours, ours.days[1] ?? group.today)
      expect(valuations(group, group.today, settled)).toEqual(ours)
    }),
    { ...seeded, numRuns: 60 },
  )
})

const inEuros = ({ market }: History) =>
  Object.fromEntries(Object.entries(market).map(([symbol, known]) => [symbol, `${known}, in EUR`]))

it('the value of a group is the sum of its portfolios’ values at the day’s rate', () => {
  const moving = { 'EURUSD=X': '2019-12-20 1.10, 2020-01-16 1.25, 2020-02-20 0.95' }
  fc.assert(
    fc.property(everyKind, everyKind, (one, other) => {
      const both = [one, renamed(other)]
      const market = Object.assign({}, ...both.map(inEuros)) as Record<string, string>
      const told = both.map(({ text: each }) => each)
      const group = inDollars(told, { ...market, ...moving })
      const { today } = group
      const own = told.map((each) => {
        const alone = ledger(each, { baseCurrency: 'EUR', markets: closes(market), today })
        return valuations(alone, today).value.at(-1) ?? 0n
      })
      const rate = rateOn({ rates: group.markets.get('EURUSD=X')!.prices }, today)!
      const sum = own.reduce((total, each) => total + times(each, rate), 0n)
      const value = valuations(group, today).value.at(-1) ?? 0n
      expect(Math.abs(Number(value - sum))).toBeLessThanOrEqual(Number(dec('0.0001')))
    }),
    { ...seeded, numRuns: 60 },
  )
})

function renamed({ text: told, market }: History): History {
  const named = (each: string) => each.replaceAll('AAA', 'CCC').replaceAll('BBB', 'DDD')
  const markets = Object.entries(market).map(([symbol, known]) => [named(symbol), known])
  return { text: named(told), market: Object.fromEntries(markets) as Record<string, string> }
}

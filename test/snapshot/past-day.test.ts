import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cashFlows } from '../../src/metrics/cash-flows.ts'
import { chart } from '../../src/metrics/chart.ts'
import { gap } from '../../src/metrics/gap.ts'
import { performance } from '../../src/metrics/performance.ts'
import { priceSeries } from '../../src/metrics/price-series.ts'
import { addDays, type Day } from '../../src/portfolio/day.ts'
import type { Ledger } from '../../src/portfolio/ledger.ts'
import { pastLedger } from '../../src/portfolio/past-ledger.ts'
import { valuations } from '../../src/portfolio/valuation.ts'
import { dividendBook } from '../../src/snapshot/dividend-book.ts'
import { factsheet } from '../../src/snapshot/factsheet.ts'
import { gapReport } from '../../src/snapshot/gap-report.ts'
import { holdingsOn } from '../../src/snapshot/holdings-table.ts'
import { transactionRows } from '../../src/snapshot/transaction-row.ts'
import { closes, ledger } from '../notation.ts'
import { everyKind, type History, ledgerOf, seeded } from '../portfolio/random-ledger.ts'
import { savings, snapshotOf } from './savings.ts'

const benchmarks = { benchmarks: ['AAA', 'BBB'] }

/** A random history, and one of its days or the day before it begins. */
const onSomeDay = fc.tuple(everyKind, fc.nat(120)).map(([history, at]) => {
  const whole = ledgerOf(history, benchmarks)
  const first = whole.transactions[0]?.date ?? whole.today
  const day = addDays(first, at - 1)
  return { history, whole, day: day > whole.today ? whole.today : day }
})

describe('as of a past day, today’s ledger', () => {
  it('says what each calculation says of that day, to the last digit', () => {
    fc.assert(
      fc.property(onSomeDay, ({ whole, day }) => {
        const past = pastLedger(whole, day)
        const series = valuations(whole, day)
        // of no day at all the whole ledger would say what it says of today
        const figures = performance(series.days.length > 0 ? whole : past, series)
        expect(performance(past, valuations(past, day))).toEqual(figures)
        const { holdings, closed, totals } = holdingsOn(whole, day)
        expect(holdingsOn(past, past.today)).toMatchObject({ holdings, closed, totals })
        expect(chart(past, valuations(past, day))).toEqual(chart(whole, valuations(whole, day)))
        expect(cashFlows(past, 'portfolio', day)).toEqual(cashFlows(whole, 'portfolio', day))
        expect(dividendBook(past, day)).toEqual(dividendBook(whole, day))
        for (const by of ['symbol', 'lot', 'year'] as const) {
          const of = { asOf: day, from: null, by }
          expect(gapReport(gap(past, 'AAA', of))).toEqual(gapReport(gap(whole, 'AAA', of)))
        }
      }),
      { ...seeded, numRuns: 60 },
    )
  })

  it('is what the pages said on that day', () => {
    fc.assert(
      fc.property(onSomeDay, ({ history, whole, day }) => {
        // a later split re-bases all closes before it, which the source did not know then
        fc.pre(Object.values(history.market).every((known) => !/split/.test(later(known, day))))
        const then = ledgerThen(history, day)
        const past = pastLedger(whole, day)
        expect(rounded(snapshotOf(past))).toEqual(rounded(snapshotOf(then)))
        expect(rounded(transactionRows(past))).toEqual(rounded(transactionRows(then)))
        for (const symbol of ['AAA', 'BBB']) {
          expect(rounded(factsheet(past, symbol, savings))).toEqual(rounded(factsheet(then, symbol, savings)))
          expect(priceSeries(past, symbol, '3m')).toEqual(priceSeries(then, symbol, '3m'))
        }
      }),
      { ...seeded, numRuns: 60 },
    )
  })

  it('knows no quote that came later', () => {
    const markets = closes({ VOO: '2024-01-02 400, 2024-01-03 410, quote 2024-01-05T15:00Z 430 after 420' })
    const now = ledger('2024-01-02 buy 2 VOO @ 400', { markets, today: '2024-01-05' })
    const [row] = snapshotOf(pastLedger(now, '2024-01-03')).holdings
    expect(row).toMatchObject({ price: '410', price_day: '2024-01-03', price_as_of: null })
    expect(snapshotOf(now).holdings[0]).toMatchObject({
      price: '430',
      price_as_of: Date.parse('2024-01-05T15:00Z'),
    })
    expect(factsheet(pastLedger(now, '2024-01-03'), 'VOO', savings)).toMatchObject({ price: '410' })
  })

  it('is the ledger itself on its own day and later, and empty before the first transaction', () => {
    const now = ledger('2024-01-02 buy 2 VOO @ 400', { markets: closes({ VOO: '2024-01-02 400' }) })
    expect(pastLedger(now, now.today)).toBe(now)
    expect(pastLedger(now, '2030-01-01')).toBe(now)
    const before = snapshotOf(pastLedger(now, '2023-12-29'))
    expect(before).toMatchObject({ holdings: [], transaction_count: 0, summary: { value: '0' } })
  })
})

/** The same ledger with only what the market had said by that day. */
function ledgerThen({ text, market }: History, day: Day): Ledger {
  const known = Object.entries(market).map(([symbol, all]) => [symbol, earlier(all, day)] as const)
  const own = text.split('\n').filter((line) => line.slice(0, 10) <= day)
  return ledgerOf({ text: own.join('\n'), market: Object.fromEntries(known) }, { ...benchmarks, today: day })
}

const items = (text: string) => text.split(',').map((each) => each.trim())
const earlier = (text: string, day: Day) =>
  items(text)
    .filter((each) => each.slice(0, 10) <= day)
    .join(', ')
const later = (text: string, day: Day) =>
  items(text)
    .filter((each) => each.slice(0, 10) > day)
    .join(', ')

/** Returns are quotients of an index that ends elsewhere: equal to eleven digits. */
function rounded(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, each: unknown) =>
      typeof each === 'number' && !Number.isInteger(each) ? Number(each.toPrecision(9)) : each,
    ),
  )
}

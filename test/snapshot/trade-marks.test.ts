import { beforeAll, describe, expect, it } from 'vitest'
import { addDays } from '../../src/portfolio/day.ts'
import { prepareLedger, type RawLedger } from '../../src/portfolio/prepared-ledger.ts'
import type { Ledger } from '../../src/portfolio/ledger.ts'
import { type TradeMark, tradeMarks } from '../../src/snapshot/trade-marks.ts'
import { recomputed } from '../bench/measure.ts'
import { randomPortfolio } from '../bench/random-portfolio.ts'

const kinds = ['buy', 'sell', 'dividend']
const bytes = (value: unknown) => Buffer.byteLength(typeof value === 'string' ? value : JSON.stringify(value))
const LARGE = { transactions: 60_000, symbols: 250, years: 12 }
const ledgerOf = (raw: RawLedger): Ledger => prepareLedger(raw, new Map()).ledger
/** How many trades the marks stand for, themselves among them. */
const countOf = (marks: readonly TradeMark[]) =>
  marks.reduce((count, { others }) => count + 1 + (others?.count ?? 0), 0)

describe('the marks of few trades', () => {
  const ledger = ledgerOf(randomPortfolio({ transactions: 200, symbols: 5, years: 3 }))
  it('are all of them, and none stands for another', () => {
    const trades = ledger.transactions.filter(({ type }) => kinds.includes(type))
    const marks = tradeMarks(ledger)
    expect(marks.map(({ date, symbol, type }) => [date, symbol, type])).toEqual(
      trades.map(({ date, symbol, type }) => [date, symbol, type]),
    )
    expect(marks.every(({ others }) => others === undefined)).toBe(true)
  })
})

describe('the marks of 60,000 rows of 250 symbols in twelve years', () => {
  let raw: RawLedger
  let ledger: Ledger
  let marks: TradeMark[]
  beforeAll(() => {
    raw = randomPortfolio(LARGE)
    ledger = ledgerOf(raw)
    marks = tradeMarks(ledger)
  })

  it('are 60 kB at most', () => expect(bytes(marks)).toBeLessThanOrEqual(60_000))

  it.each(kinds)('stand for every %s, and for all of their money', (kind) => {
    const trades = ledger.transactions.filter(({ type }) => type === kind)
    const own = marks.filter(({ type }) => type === kind)
    expect(countOf(own)).toBe(trades.length)
    const money = own.reduce(
      (sum, { amount, others }) => sum + Number(amount) + Number(others?.amount ?? 0),
      0,
    )
    expect(money).toBeCloseTo(
      trades.reduce((sum, { amount }) => sum + Number(amount) / 1e10, 0),
      0,
    )
  })

  it('of a range are those of its days, all of them where a picture has room', () => {
    const to = ledger.today
    const [year, week] = [addDays(to, -365), addDays(to, -7)]
    const between = (from: string) =>
      ledger.transactions.filter(({ type, date }) => kinds.includes(type) && date >= from && date <= to)
    expect(countOf(tradeMarks(ledger, year, to))).toBe(between(year).length)
    const ofWeek = tradeMarks(ledger, week, to)
    expect(ofWeek).toHaveLength(between(week).length)
    expect(ofWeek.every(({ date }) => date >= week && date <= to)).toBe(true)
  })

  it('fit in a row of D1 with the chart and the snapshot: production takes two megabytes', () => {
    const { made } = recomputed(raw)
    const row = { snapshot: bytes(made.snapshot), chart: bytes(made.chart) }
    console.log(`the row of 60,000 trades, in bytes: ${JSON.stringify(row)}`)
    expect(row.snapshot + row.chart).toBeLessThan(1_500_000)
  })
})

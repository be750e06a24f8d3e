import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { demoBook } from '../../src/demo/prices.ts'
import { toNumber } from '../../src/portfolio/decimal.ts'
import type { TransactionDraft } from '../../src/portfolio/entry.ts'
import type { Split } from '../../src/portfolio/instrument.ts'
import { oversales } from '../../src/portfolio/oversale.ts'
import { demoStatements } from '../../src/demo/statement.ts'
import { readStatement } from '../../src/statements/read-statement.ts'

function bookings(csv: string): TransactionDraft[] {
  const read = readStatement(csv, '2026-11-20')
  if ('problem' in read) throw new Error(read.problem)
  expect([read.rejected, read.skipped, read.warnings]).toEqual([[], [], []])
  return read.rows.map(({ transaction }) => transaction)
}

/** A close in today's share units, as it was traded: what four shares cost before they became one is four times that. */
const asTraded = (close: number, day: string, splits: readonly Split[]) =>
  splits.filter((split) => split.day > day).reduce((price, { numerator: n }) => price * n, close)

const split = (day: string, numerator: number): Split => ({ day, numerator, denominator: 1 })
const traded = (all: readonly TransactionDraft[]) => all.filter(({ price }) => price !== null)

describe.each(Object.entries(demoStatements))('the statement of %s prices', (_, csv) => {
  it('has purchases and a sale over some years, each of shares that were there', () => {
    const all = bookings(csv).map((booking, i) => ({ id: `${i}`, ...booking }))
    const count = (wanted: string) => all.filter(({ type }) => type === wanted).length
    expect(count('buy')).toBeGreaterThanOrEqual(8)
    expect(count('sell')).toBeGreaterThanOrEqual(1)
    const years = new Set(all.map(({ date }) => date.slice(0, 4)))
    expect(years.size).toBeGreaterThanOrEqual(4)
    for (const symbol of new Set(all.map((each) => each.symbol!))) {
      const own = all.filter((each) => each.symbol === symbol)
      expect([symbol, oversales(own, symbol, demoBook.find(symbol)!.splits)]).toEqual([symbol, []])
    }
  })
})

describe('the prices of the demo', () => {
  it('are the closes of the demo market', () => {
    const trades = traded(bookings(demoStatements.invented))
    const strange = trades.filter(({ symbol, date, price }) => {
      const listing = demoBook.find(symbol!)!
      const [bar] = listing.bars(date, date)
      return !bar || Math.abs(toNumber(price!) / asTraded(bar.close, date, listing.splits) - 1) > 0.001
    })
    expect(strange.map(({ symbol, date }) => `${symbol} ${date}`)).toEqual([])
  })

  // recorded from Yahoo
  const shared = new URL('../../../shared/market/', import.meta.url)
  it.skipIf(!existsSync(shared))('are the real closes where prices are real (needs ../shared)', () => {
    const splits: Record<string, Split[]> = {
      TSLA: [split('2020-08-31', 5), split('2022-08-25', 3)],
      NVDA: [split('2021-07-20', 4), split('2024-06-10', 10)],
    }
    for (const { symbol, date, price } of traded(bookings(demoStatements.real))) {
      const { closes } = JSON.parse(readFileSync(new URL(`${symbol}.json`, shared), 'utf8'))
      const [, close] = closes.find(([day]: [string]) => day === date)
      // the recordings have four decimals, of which a split leaves fewer
      const paid = asTraded(close, date, splits[symbol!] ?? [])
      expect([symbol, date, Math.abs(toNumber(price!) - paid) < 0.02]).toEqual([symbol, date, true])
    }
  })
})

import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { gaps } from '../../src/metrics/gap.ts'
import { holdingXirrs } from '../../src/metrics/holding-xirr.ts'
import { chart, splitLastDay } from '../../src/metrics/chart.ts'
import { addDays } from '../../src/portfolio/day.ts'
import { fromNumber, text } from '../../src/portfolio/decimal.ts'
import { holdings } from '../../src/portfolio/holding.ts'
import type { Instrument } from '../../src/portfolio/instrument.ts'
import type { StoredMarket } from '../../src/portfolio/ledger.ts'
import type { Ledger } from '../../src/portfolio/ledger.ts'
import { prepareLedger, type RawLedger } from '../../src/portfolio/prepared-ledger.ts'
import { priceHistory } from '../../src/portfolio/price-history.ts'
import { revalued, type Valued } from '../../src/portfolio/revaluation.ts'
import { dividendBook } from '../../src/snapshot/dividend-book.ts'
import { holdingsOn } from '../../src/snapshot/holdings-table.ts'
import { snapshot, type SnapshotContext } from '../../src/snapshot/snapshot.ts'
import { variantOf } from '../../src/snapshot/variant.ts'
import { readWhatIf } from '../../src/portfolio/what-if-spelling.ts'
import { instrument, transactions } from '../notation.ts'
import { seeded } from '../portfolio/random-ledger.ts'
import { savings } from './savings.ts'

const FIRST = '2022-01-03'
const DAYS = 600
const symbols = ['AAA', 'BBB', 'CCC']
const pair = 'EURUSD=X'
const dayAt = (index: number) => addDays(FIRST, index)

function stored(start: number, about: Partial<StoredMarket> = {}): StoredMarket {
  const bars = Array.from({ length: DAYS / 10 }, (_, i) => ({ day: dayAt(10 * i), close: start + (i % 7) }))
  return { instrument: null, bars: priceHistory(bars), splits: [], dividends: [], quote: null, ...about }
}

function quoteOf(of: Instrument, price: number, day: number) {
  const at = Date.parse(`${dayAt(day)}T18:00Z`)
  return {
    symbol: of.symbol,
    price: text(fromNumber(price)),
    currency: of.currency,
    previousClose: null,
    at,
  }
}

const dividends = [70, 170, 270, 370].map((day) => ({ day: dayAt(day), amount: 0.37 }))

function opening(currency: string): RawLedger {
  const [own, foreign, cash] = [instrument('AAA'), instrument('BBB', currency), instrument('CCC')]
  return {
    baseCurrency: 'USD',
    costBasis: 'fifo',
    benchmarks: ['VOO', 'CCC', '60 AAA + 40 VOO quarterly', '4 %'],
    dividendRule: { counting: 'automatic', withholding: 0n, dismissed: new Set() },
    today: dayAt(DAYS),
    transactions: transactions(
      `${dayAt(1)} deposit 500\n${dayAt(1)} buy 3 AAA @ 40\n${dayAt(9)} buy 5 BBB @ 20\n${dayAt(30)} fee 2`,
    ),
    markets: new Map([
      ['AAA', stored(40, { instrument: own, dividends, quote: quoteOf(own, 44.5, DAYS) })],
      ['BBB', stored(20, { instrument: foreign, dividends })],
      ['CCC', stored(90, { instrument: cash })],
      ['VOO', stored(300, { instrument: instrument('VOO'), dividends })],
      [pair, stored(1, { instrument: instrument(pair) })],
    ]),
  }
}

type Edit = (raw: RawLedger, step: number) => RawLedger

const symbol = fc.constantFrom(...symbols)
const day = fc.nat(DAYS)
const amount = fc.integer({ min: 1, max: 9999 }).map((cents) => `${cents / 100}`)

const written = fc.oneof(
  fc
    .record({ symbol, day, type: fc.constantFrom('buy', 'buy', 'sell'), shares: amount, price: amount })
    .map((row) => `${dayAt(row.day)} ${row.type} ${row.shares} ${row.symbol} @ ${row.price} fee 0.5`),
  fc.record({ symbol, day, amount }).map((row) => `${dayAt(row.day)} dividend ${row.symbol} ${row.amount}`),
  fc
    .record({ day, amount, type: fc.constantFrom('deposit', 'withdrawal', 'fee') })
    .map((row) => `${dayAt(row.day)} ${row.type} ${row.amount}`),
  fc.record({ symbol, day }).map((row) => `${dayAt(row.day)} split ${row.symbol} 2:1`),
)

const changed = (raw: RawLedger, name: string, of: (market: StoredMarket) => StoredMarket): RawLedger => ({
  ...raw,
  markets: new Map(raw.markets).set(name, of(raw.markets.get(name)!)),
})

const edit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 4, arbitrary: written.map(entered) },
  fc.nat().map((at): Edit => (raw) => ({
    ...raw,
    transactions: raw.transactions.filter((_, i) => i !== at % raw.transactions.length || i === 0),
  })),
  fc.nat().map((at): Edit => (raw) => ({
    ...raw,
    transactions: raw.transactions.map((row, i) =>
      i === at % raw.transactions.length && row.type !== 'split' ? { ...row, amount: row.amount + 7n } : row,
    ),
  })),
  fc
    .record({ name: fc.constantFrom('AAA', 'BBB', 'VOO', pair), price: fc.integer({ min: 1, max: 999 }) })
    .map(
      ({ name, price }): Edit =>
        (raw) =>
          changed(raw, name, (known) => ({ ...known, quote: quoteOf(known.instrument!, price / 7, DAYS) })),
    ),
  fc.record({ name: fc.constantFrom('AAA', 'VOO', ...symbols), at: day }).map(
    ({ name, at }): Edit =>
      (raw) =>
        changed(raw, name, (known) => ({
          ...known,
          splits: [{ day: dayAt(at), numerator: 3, denominator: 1 }],
        })),
  ),
  fc.record({ name: symbol, at: day }).map(
    ({ name, at }): Edit =>
      (raw) =>
        changed(raw, name, (known) => ({ ...known, dividends: [{ day: dayAt(at), amount: 1.01 }] })),
  ),
  fc.constantFrom<Edit>(
    (raw) => ({ ...raw, today: addDays(raw.today, 1) }),
    (raw) => ({ ...raw, costBasis: raw.costBasis === 'fifo' ? 'average' : 'fifo' }),
    (raw) => ({ ...raw, benchmarks: raw.benchmarks.toReversed() }),
    (raw) => ({ ...raw, dividendRule: { ...raw.dividendRule!, withholding: 1_500_000_000n } }),
    (raw) => ({
      ...raw,
      dividendRule: { ...raw.dividendRule!, dismissed: new Set([`AAA@${dayAt(170)}`]) },
    }),
    (raw) => ({
      ...raw,
      dividendRule: {
        ...raw.dividendRule!,
        counting: raw.dividendRule!.counting === 'automatic' ? 'recorded' : 'automatic',
      },
    }),
  ),
)

function entered(line: string): Edit {
  return (raw, step) => {
    const [row] = transactions(line)
    return { ...raw, transactions: [...raw.transactions, { ...row!, id: `step ${step}` }] }
  }
}

/** Whatever is kept is kept by objects, so nothing is known of a copy. */
const copyOf = (raw: RawLedger): RawLedger => structuredClone(raw)

function figures(raw: RawLedger, before: Valued | null) {
  const { ledger, ...decided } = prepareLedger(raw, new Map())
  const valued = revalued(ledger, before)
  const past = addDays(raw.today, -250)
  const found = {
    ...decided,
    snapshot: snapshot(ledger, valued.series, splitLastDay(chart(ledger, valued.series)).last, about),
    past: holdingsOn(ledger, past, true),
    dividends: dividendBook(ledger, raw.today),
    byLot: gaps(ledger, ledger.benchmarks, { asOf: raw.today, by: 'lot' }),
    ofYear: gaps(ledger, ledger.benchmarks, { asOf: raw.today, from: past, by: 'year' }),
    // a look leaves what is kept as it is
    variants: ['BBB kept', 'VOO for AAA'].map((whatIf) => variant(ledger, whatIf)),
  }
  return { found, valued }
}

/** What would be, but for the ledger itself. */
function variant(of: Ledger, whatIf: string) {
  const rule = readWhatIf(whatIf)
  if ('reason' in rule) throw new Error(rule.reason)
  const found = variantOf(of, rule)
  return 'reason' in found ? found : { ...found, ledger: null }
}

const about: SnapshotContext = {
  ...savings,
  portfolio: { ...savings.portfolio, benchmarks: [], dividends: 'automatic' },
}

it('after any edits every figure is that of a copy of which nothing was known, to the last digit', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('USD', 'EUR'),
      fc.array(edit, { minLength: 1, maxLength: 6 }),
      (currency, edits) => {
        let raw = opening(currency)
        let { valued } = figures(raw, null)
        edits.forEach((change, step) => {
          raw = change(raw, step)
          const now = figures(raw, valued)
          expect(now.found).toEqual(figures(copyOf(raw), null).found)
          ;({ valued } = now)
        })
      },
    ),
    { ...seeded, numRuns: 50 },
  )
})

it('an edit of one symbol solves no other symbol’s rate and reads no other’s dividends again', () => {
  const raw = opening('USD')
  const made = (of: RawLedger) => {
    const { ledger } = prepareLedger(of, new Map())
    const rates = holdingXirrs(ledger, holdings(ledger, ledger.today), ledger.today)
    const derived = ledger.transactions.filter((row) => row.derived && row.symbol === 'AAA')
    return { rates, derived }
  }
  const before = made(raw)
  const after = made(entered(`${dayAt(400)} buy 1 BBB @ 20`)(raw, 0))
  // the same object: it was not made again
  expect(after.rates.get('AAA')).toBe(before.rates.get('AAA'))
  expect(after.rates.get('BBB')).not.toBe(before.rates.get('BBB'))
  expect(before.derived).toHaveLength(4)
  expect(after.derived.every((row, i) => row === before.derived[i])).toBe(true)
})

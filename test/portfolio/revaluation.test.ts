import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../../src/portfolio/day.ts'
import { firstDayChanged, revalued } from '../../src/portfolio/revaluation.ts'
import type { Ledger } from '../../src/portfolio/ledger.ts'
import { valuations } from '../../src/portfolio/valuation.ts'
import { closes, ledger } from '../notation.ts'
import { countedProducts } from './counted-products.ts'
import { type History, everyKind, ledgerOf, seeded } from './random-ledger.ts'

const story = '2024-01-02 buy 10 VOO @ 400\n2024-01-03 buy 5 SAP.DE @ 100'
const voo = '2024-01-02 400, 2024-01-03 401, 2024-01-04 402'
const sap = 'in EUR, 2024-01-02 100, 2024-01-03 101, 2024-01-04 102'
const rates = '2024-01-02 1.1, 2024-01-03 1.2, 2024-01-04 1.3'
type About = Parameters<typeof ledger>[1] & { voo?: string; sap?: string; rates?: string }

const state = (own: string = story, about: About = {}): Ledger =>
  ledger(own, {
    markets: closes({
      VOO: about.voo ?? voo,
      'SAP.DE': about.sap ?? sap,
      'EURUSD=X': about.rates ?? rates,
    }),
    benchmarks: ['VOO'],
    today: '2024-01-04',
    ...about,
  })

describe('the first day whose valuation may have changed', () => {
  const cases: [string, Ledger, string | null][] = [
    ['of nothing new is today', state(), '2024-01-04'],
    [
      'of a new quote is its day',
      state(story, { voo: `${voo}, 2024-01-05 410`, today: '2024-01-05' }),
      '2024-01-04',
    ],
    ['of a corrected close is its day', state(story, { voo: voo.replace('401', '399') }), '2024-01-03'],
    ['of a corrected rate is its day', state(story, { rates: rates.replace('1.2', '1.25') }), '2024-01-03'],
    ['of a later row is the row’s', state(`${story}\n2024-01-03 deposit 5`), '2024-01-03'],
    ['of an edited row is the row’s', state(story.replace('buy 5', 'buy 6')), '2024-01-03'],
    ['of a row that moves is the earlier day', state(story.replace('01-03 buy', '01-02 buy')), '2024-01-02'],
    [
      'of a price that stands from now on is its day',
      state(story, { delisted: new Map([['VOO', '2024-01-05']]) }),
      '2024-01-04',
    ],
    ['of another symbol is its first trade’s', state(`${story}\n2024-01-04 buy 1 QQQ @ 1`), '2024-01-04'],
    [
      'of another split is the symbol’s first trade’s',
      state(story, { sap: `${sap}, 2024-01-04 split 2:1` }),
      '2024-01-03',
    ],
    ['of a symbol’s first prices is its first trade’s', state(story, { sap: 'in EUR' }), '2024-01-03'],
    ['of a pair’s first rates is its symbol’s first trade’s', state(story, { rates: '' }), '2024-01-03'],
    ['is any, with another benchmark', state(story, { benchmarks: ['SAP.DE'] }), null],
    ['is any, with another currency', state(story, { baseCurrency: 'EUR' }), null],
    ['is any, with a split of a benchmark', state(story, { voo: `${voo}, 2024-01-04 split 2:1` }), null],
    ['is any, with a benchmark’s first prices', state(story, { voo: '' }), null],
  ]
  it.each(cases)('%s', (_, after, day) => {
    expect(firstDayChanged(state(), after)).toBe(day)
    expect(firstDayChanged(after, state())).toBe(day)
  })
})

describe('an edit of today', () => {
  const days = Array.from({ length: 250 }, (_, i) => addDays('2024-01-02', i))
  const known = (symbols: string[]) =>
    closes(Object.fromEntries(symbols.map((symbol) => [symbol, days.map((day) => `${day} 10`).join(', ')])))
  const held = '2024-01-02 buy 10 VOO @ 10\n2024-01-03 buy 5 QQQ @ 10'
  const today = days.at(-1)!

  it.each([
    ['of what is held', `${held}\n${today} buy 1 QQQ @ 10`, ['VOO', 'QQQ'], 2],
    ['of another symbol', `${held}\n${today} buy 1 NEW @ 10`, ['VOO', 'QQQ', 'NEW'], 3],
    ['that sells all of a symbol', `${held}\n${today} sell 5 QQQ @ 10`, ['VOO', 'QQQ'], 1],
    ['of cash', `${held}\n${today} deposit 100`, ['VOO', 'QQQ'], 2],
  ])('%s values what is held today, and no other day', (_, story, symbols, products) => {
    const before = revalued(ledger(held, { markets: known(['VOO', 'QQQ']), benchmarks: ['VOO'] }), null)
    const after = ledger(story, { markets: known(symbols), benchmarks: ['VOO'] })
    expect(countedProducts(() => revalued(after, before))).toBe(products)
    expect(revalued(after, before).series).toEqual(valuations(after, after.today))
  })
})

/** One state of a everyKind: how much of it is there, and how the rest stands. */
const anyState = fc.record({
  rows: fc.integer({ min: 1, max: 40 }),
  prices: fc.integer({ min: 1, max: 60 }),
  moved: fc.oneof(fc.constant(100), fc.nat(60)),
  rate: fc.constantFrom('1.1', '1.1', '2'),
  isDelisted: fc.boolean(),
  later: fc.nat(9),
})
type State = typeof anyState extends fc.Arbitrary<infer Of> ? Of : never

function stateOf(
  { text, market }: History,
  base: string,
  { rows, prices, moved, rate, ...at }: State,
): Ledger {
  const lines = text.split('\n').slice(0, rows)
  // nothing is known of what nobody has traded yet
  const traded = Object.entries(market).filter(([symbol]) => lines.some((line) => line.includes(symbol)))
  const known = traded.map(([symbol, items]) => {
    const kept = items
      .split(', ')
      .slice(0, prices)
      .map((item, i) => (i >= moved ? item.replace(/ ([\d.]+)$/, ' 1$1') : item))
    return [symbol, kept.join(', ')]
  })
  const rates = `in XXX, 2020-01-02 ${rate}, 2020-01-09 1.5, 2020-01-20 1.6`
  const own = { text: lines.join('\n'), market: Object.fromEntries(known) }
  const about = {
    baseCurrency: base,
    ...(at.isDelisted ? { delisted: new Map([['AAA', '2020-01-10']]) } : {}),
  }
  const ledger = ledgerOf({ ...own, market: { ...own.market, 'USDXXX=X': rates } }, about)
  return { ...ledger, today: addDays(ledger.today, at.later) }
}

it('a series of which some days stand is the whole one, to the last digit', () => {
  let reused = 0
  fc.assert(
    fc.property(
      everyKind,
      fc.constantFrom('USD', 'XXX'),
      anyState,
      fc.array(fc.constantFrom<keyof State>('rows', 'prices', 'moved', 'rate', 'isDelisted', 'later'), {
        maxLength: 2,
      }),
      anyState,
      (told, base, one, fields, other) => {
        const changes = Object.fromEntries(fields.map((field) => [field, other[field]]))
        const [before, after] = [stateOf(told, base, one), stateOf(told, base, { ...one, ...changes })]
        const valued = revalued(before, null)
        const changed = firstDayChanged(before, after)
        if (changed !== null && changed > valued.series.days[0]!) reused++
        expect(revalued(after, valued).series).toEqual(valuations(after, after.today))
      },
    ),
    { ...seeded, numRuns: 600 },
  )
  // more than half of them have days that stand
  expect(reused).toBeGreaterThan(300)
})

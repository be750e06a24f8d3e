import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cashFlows } from '../../src/metrics/cash-flows.ts'
import { decisions } from '../../src/metrics/decisions.ts'
import { gap } from '../../src/metrics/gap.ts'
import { performance } from '../../src/metrics/performance.ts'
import { cashBook } from '../../src/portfolio/cash-book.ts'
import { text as plain } from '../../src/portfolio/decimal.ts'
import type { Ledger, Market } from '../../src/portfolio/ledger.ts'
import { pastLedger } from '../../src/portfolio/past-ledger.ts'
import { inOrder } from '../../src/portfolio/transaction.ts'
import { unitedLedger } from '../../src/portfolio/united-ledger.ts'
import { readWhatIf } from '../../src/portfolio/what-if-spelling.ts'
import { variantLedger } from '../../src/portfolio/what-if.ts'
import { valuations } from '../../src/portfolio/valuation.ts'
import { holdingsOn } from '../../src/snapshot/holdings-table.ts'
import { closes, dec, entered, ledger, measured } from '../notation.ts'
import { everyKind, type History, oneADay, seeded } from './random-ledger.ts'

const benchmarks = ['IDX']
const index = { IDX: '2020-01-01 100, 2020-01-20 90, 2020-02-10 130, 2020-03-20 120' }

/** The union of portfolios that are told in the notation, all of which have the same market. */
function union(texts: Record<string, string>, markets: Map<string, Market>): Ledger {
  const members = Object.entries(texts).map(([id, told]) => member(id, told, markets))
  const today = members
    .map(({ today: own }) => own)
    .toSorted()
    .at(-1)!
  const same = members.map((own, i) => ({ id: `${i}`, name: `${i}`, ledger: { ...own, today } }))
  return unitedLedger(same, { baseCurrency: 'USD', benchmarks, today })
}

/** Rows whose ids no other portfolio has. */
const rows = (id: string, told: string) => entered(told).map((row) => ({ ...row, id: `${id}${row.id}` }))

function member(id: string, told: string, markets: Map<string, Market>): Ledger {
  const transactions = inOrder(rows(id, told), (symbol) => markets.get(symbol)?.splits ?? [])
  return ledger(told, { markets, benchmarks, transactions })
}

/** One portfolio with the rows of all. */
function whole(texts: Record<string, string>, markets: Map<string, Market>): Ledger {
  const all = Object.entries(texts).flatMap(([id, told]) => rows(id, told))
  const transactions = inOrder(all, (symbol) => markets.get(symbol)?.splits ?? [])
  return ledger(Object.values(texts).join('\n'), { markets, benchmarks, transactions })
}

/** The same history with every deposit that it needed recorded. */
function paidIn({ text, market }: History): History {
  const told = ledger(text, { markets: closes(market) })
  const deposits = cashBook(told, told.today)
    .filter(({ inferred }) => inferred > 0n)
    .map(({ day, inferred }) => `${day} deposit ${plain(inferred)}`)
  return { text: [text, ...deposits].join('\n'), market }
}

/** The same history of two other symbols. */
function renamed({ text, market }: History): History {
  const named = (told: string) => told.replaceAll('AAA', 'CCC').replaceAll('BBB', 'DDD')
  const markets = Object.entries(market).map(([symbol, told]) => [named(symbol), told])
  return { text: named(text), market: Object.fromEntries(markets) }
}

/** Every figure; lots are named by what they are of, and what parts have no row has none of either. */
function figures(of: Ledger) {
  const series = valuations(of, of.today)
  return {
    performance: performance(of, series),
    series,
    // whose they are, one portfolio does not say
    holdings: JSON.parse(
      JSON.stringify(holdingsOn(of, of.today, true), (name, value: unknown) =>
        name === 'parts' ? undefined : value,
      ),
    ) as object,
    bySymbol: gap(of, 'IDX', { asOf: of.today, from: null, by: 'symbol' }),
    byLot: gap(of, 'IDX', { asOf: of.today, from: null, by: 'lot' }),
    byYear: gap(of, 'IDX', { asOf: of.today, from: null, by: 'year' }),
    cash: cashFlows(of, 'portfolio', of.today).totals,
  }
}

describe('the union of portfolios is one portfolio with all rows (finance.md, "Groups")', () => {
  it('in every figure, to the last digit', () => {
    fc.assert(
      fc.property(everyKind, everyKind, (one, other) => {
        const [a, b] = [paidIn(one), paidIn(renamed(other))]
        const markets = closes({ ...a.market, ...b.market, ...index })
        const texts = { a: a.text, b: b.text }
        fc.pre(!mayBeTransfers(texts))
        expect(figures(union(texts, markets))).toEqual(figures(whole(texts, markets)))
      }),
      seeded,
    )
  })

  it('also where both hold the same, but for the lots, which are of one portfolio each', () => {
    fc.assert(
      fc.property(oneADay, oneADay, (one, other) => {
        fc.pre(![one, other].some(({ market }) => Object.values(market).join().includes('split')))
        const [a, b] = [paidIn(one), paidIn(other)]
        const markets = closes({ ...a.market, ...index })
        const texts = { a: a.text, b: b.text }
        fc.pre(!mayBeTransfers(texts))
        const [united, all] = [union(texts, markets), whole(texts, markets)]
        expect(valuations(united, united.today)).toEqual(valuations(all, all.today))
        expect(withoutLots(united)).toEqual(withoutLots(all))
      }),
      seeded,
    )
  })

  it('the value is the sum of theirs, whatever each had to assume of its deposits', () => {
    fc.assert(
      fc.property(everyKind, everyKind, (one, other) => {
        const market = { ...one.market, ...renamed(other).market }
        const markets = closes({ ...market, ...index })
        const texts = { a: one.text, b: renamed(other).text }
        fc.pre(!mayBeTransfers(texts))
        const united = union(texts, markets)
        const parts = united.members!.map((each) => measured(each.ledger))
        const all = measured(united)
        for (const figure of ['cash', 'invested', 'realized_gain', 'unrealized_gain', 'dividends'] as const)
          expect(dec(all[figure]!)).toBe(parts.reduce((sum, part) => sum + dec(part[figure]!), 0n))
        // each of them was rounded once
        const sum = parts.reduce((value, part) => value + dec(part.value!), 0n)
        expect(Math.abs(Number(dec(all.value!) - sum))).toBeLessThanOrEqual(2)
      }),
      seeded,
    )
  })
})

describe('what moves between two members is no flow (finance.md, "Groups")', () => {
  const markets = closes({
    X: '2024-01-02 100, 2024-03-01 150, 2024-03-05 160, 2024-06-03 200',
    IDX: '2024-01-02 10, 2024-03-01 12, 2024-03-05 11, 2024-06-03 13',
  })
  const bought = '2024-01-02 deposit 1000\n2024-01-02 buy 10 X @ 100'

  it('shares that leave one and arrive in the other days later keep their lots, and nobody paid for them', () => {
    const moved = union(
      { a: `${bought}\n2024-03-01 transfer_out 4 X`, b: '2024-03-05 transfer_in 4 X' },
      markets,
    )
    const alone = union({ a: bought, b: '2024-06-03 interest 1' }, markets)
    const stayed = union({ a: bought }, markets)
    expect(withoutLots(moved)).toEqual(withoutLots(stayed))
    expect(measured(moved)).toMatchObject({ invested: '1000', value: '2000', unrealized_gain: '1000' })
    expect(measured(alone).invested).toBe('1000')
    const [holding] = holdingsOn(moved, '2024-06-03', true).holdings
    expect(holding).toMatchObject({ shares: '10', cost_basis: '1000' })
    const { xirr, twr } = measured(moved)
    expect({ xirr, twr }).toEqual({ xirr: measured(stayed).xirr, twr: measured(stayed).twr })
  })

  it('shares that arrive on the day they left keep their lots as well', () => {
    const moved = union(
      { a: `${bought}\n2024-03-01 transfer_out 4 X`, b: '2024-03-01 transfer_in 4 X' },
      markets,
    )
    expect(measured(moved)).toMatchObject({ invested: '1000', unrealized_gain: '1000' })
  })

  it('shares on which capital had come back go on comparing with what was paid', () => {
    const a = `${bought}\n2024-02-01 return_of_capital X 100`
    const kept = union({ a, b: '2024-03-01 deposit 1' }, markets)
    const b = '2024-03-05 transfer_in 10 X\n2024-03-01 deposit 1'
    const moved = union({ a: `${a}\n2024-03-01 transfer_out 10 X`, b }, markets)
    const [holding] = holdingsOn(moved, moved.today).holdings
    // 10 of them cost 1000, and are worth 2000
    expect(holding).toMatchObject({ cost_basis: '900', total_return: 1 })
    expect(holding!.total_return).toBe(holdingsOn(kept, kept.today).holdings[0]!.total_return)
  })

  it('a file that names each lot that arrived is one transfer', () => {
    const moved = union(
      {
        a: `${bought}\n2024-03-01 transfer_out 4 X`,
        b: '2024-03-05 transfer_in 3 X acquired 2024-01-02 cost 300\n2024-03-05 transfer_in 1 X cost 7',
      },
      markets,
    )
    expect(measured(moved)).toMatchObject({ invested: '1000', unrealized_gain: '1000' })
  })

  it('money that one pays out and the other takes in is cash of the group all the time', () => {
    const a = '2024-01-02 deposit 1000\n2024-03-01 withdrawal 400'
    const moved = union({ a, b: '2024-03-05 deposit 400' }, markets)
    expect(withoutLots(moved)).toEqual(withoutLots(union({ a: '2024-01-02 deposit 1000' }, markets)))
    expect(valuations(moved, '2024-06-03').value.every((value) => value === dec('1000'))).toBe(true)
  })

  it('what does not arrive within ten days, or is another amount, left the group', () => {
    const a = '2024-01-02 deposit 1000\n2024-03-01 withdrawal 400'
    const all = measured(union({ a: '2024-01-02 deposit 1000' }, markets)).benchmarks['IDX']!.value
    for (const b of ['2024-03-01 deposit 400', '2024-03-11 deposit 400'])
      expect(measured(union({ a, b }, markets)).benchmarks['IDX']!.value).toBe(all)
    for (const b of ['2024-03-12 deposit 400', '2024-03-02 deposit 400.01', '2024-02-29 deposit 400'])
      expect(measured(union({ a, b }, markets)).benchmarks['IDX']!.value).not.toBe(all)
    // what one portfolio pays out and takes in again is a flow of its own
    const again = union({ a: `${a}\n2024-03-05 deposit 400`, b: '2024-06-03 interest 1' }, markets)
    expect(measured(again).benchmarks['IDX']!.value).not.toBe(all)
  })

  it('a past day does not know that what has left will arrive', () => {
    const texts = { a: `${bought}\n2024-03-01 transfer_out 4 X`, b: '2024-03-05 transfer_in 4 X' }
    const between = pastLedger(union(texts, markets), '2024-03-02')
    // 1000 came, and 4 shares left at 150
    expect(measured(between)).toMatchObject({ invested: '400', value: '900' })
    expect(measured(pastLedger(union(texts, markets), '2024-03-05')).invested).toBe('1000')
  })
})

it('a what-if is one of each of its portfolios: what sold a symbol pays in what it lacks then', () => {
  const markets = closes({ X: '2024-01-02 10, 2024-03-01 30', Y: '2024-01-02 20, 2024-03-01 25', ...index })
  const texts = {
    a: '2024-01-02 buy 1 X @ 10\n2024-02-01 sell 1 X @ 20\n2024-02-01 buy 1 Y @ 20',
    b: '2024-01-02 buy 1 Y @ 20',
  }
  const rule = readWhatIf('no X')
  if ('reason' in rule) throw new Error(rule.reason)
  const variant = variantLedger(union(texts, markets), rule)
  if ('reason' in variant) throw new Error(variant.reason)
  // 10 are not put in for X, but 20 for Y, which the sale had paid
  expect(measured(variant)).toMatchObject({ value: '50', invested: '40', cash: '0' })
  expect(variantLedger(union(texts, markets), { ...rule, symbol: 'Z' } as never)).toEqual({
    reason: 'there is no transaction of Z',
  })
})

describe('the lots of a group', () => {
  it('a sale takes those of its own portfolio, by its own cost basis', () => {
    const markets = closes({ X: '2024-01-02 10, 2024-02-02 20, 2024-03-01 30', ...index })
    const united = union(
      { a: '2024-01-02 buy 1 X @ 10', b: '2024-02-02 buy 1 X @ 20\n2024-03-01 sell 1 X @ 30' },
      markets,
    )
    // FIFO of both together would have sold the share that cost 10
    expect(measured(united)).toMatchObject({ realized_gain: '10', unrealized_gain: '20' })
  })

  it('a split that both have recorded, and the source does not know, counts once', () => {
    const markets = closes({ X: '2024-01-02 100, 2024-02-05 50', ...index })
    const split = '2024-01-02 buy 1 X @ 100\n2024-02-01 split X 2:1'
    const united = union({ a: split, b: split }, markets)
    expect(measured(united).value).toBe('200')
  })

  it('a sale misses the stock dividend of its own portfolio, once', () => {
    const markets = closes({ X: '2024-01-02 10, 2024-03-01 8', ...index })
    const a = '2024-01-02 buy 10 X @ 10\n2024-01-03 sell 4 X @ 11\n2024-02-01 stock_dividend 3 X'
    const b = '2024-01-02 buy 4 X @ 10\n2024-02-01 stock_dividend 2 X'
    const judged = (of: Ledger) =>
      decisions(of, gap(of, 'IDX', { asOf: '2024-03-01', from: null, by: 'lot' })).find(
        ({ type }) => type === 'sell',
      )!.gap
    // 44 − 6 × 8: the 4 would be 6, as its other 6 became 9
    expect(judged(member('a', a, markets))).toBe(dec('-4'))
    expect(judged(union({ a, b }, markets))).toBe(dec('-4'))
  })

  it('an exchange takes the shares of its own portfolio', () => {
    const markets = closes({ X: '2024-01-02 100', Y: '2024-01-02 40, 2024-02-05 50', ...index })
    const bought = '2024-01-02 buy 1 X @ 100'
    const united = union({ a: `${bought}\n2024-02-01 exchange X into Y ratio 2:1`, b: bought }, markets)
    expect(measured(united).value).toBe('200')
    expect(holdingsOn(united, united.today, false).holdings.map(({ shares }) => shares)).toEqual(['1', '2'])
  })
})

/** The figures that do not depend on which lots a sale took. */
function withoutLots(of: Ledger) {
  const { value, cash, invested, total_gain, dividends, xirr, twr, modified_dietz, benchmarks } = measured(of)
  const parts = gap(of, 'IDX', { asOf: of.today, from: null, by: 'symbol' })
  const bySymbol = { ...parts, parts: parts.parts.map(({ symbol, gap: own }) => ({ symbol, own })) }
  return { value, cash, invested, total_gain, dividends, xirr, twr, modified_dietz, benchmarks, bySymbol }
}

/** True where an amount that one withdraws is deposited in the other. */
function mayBeTransfers(texts: Record<string, string>): boolean {
  const all = Object.values(texts)
  const amounts = (type: string, told: string) =>
    [...told.matchAll(new RegExp(`${type} ([\\d.]+)`, 'g'))].map(([, amount]) => amount)
  return all.some((one, i) =>
    amounts('withdrawal', one).some((amount) =>
      all.some((other, j) => i !== j && amounts('deposit', other).includes(amount)),
    ),
  )
}

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cashFlows } from '../../src/metrics/cash-flows.ts'
import { addDays } from '../../src/portfolio/day.ts'
import { decimal, times } from '../../src/portfolio/decimal.ts'
import { kinds, transactionTypes } from '../../src/portfolio/kind.ts'
import { type Ledger, positions } from '../../src/portfolio/ledger.ts'
import { withMovedLots } from '../../src/portfolio/moved-lots.ts'
import { inOrder, type Transaction } from '../../src/portfolio/transaction.ts'
import { valuations } from '../../src/portfolio/valuation.ts'
import { rowsOf } from '../../src/statements/csv.ts'
import { readStatement, type Statement } from '../../src/statements/read-statement.ts'
import { knownRows, rowKeys } from '../../src/statements/row-key.ts'
import { cashFlowsFile, dividendsFile, transactionsFile } from '../../src/statements/write-statement.ts'
import { closes, ledger, transactions } from '../notation.ts'
import { type History, history, ledgerOf, seeded, withTransfers } from '../portfolio/random-ledger.ts'

const FAR = '2100-01-01'

function read(file: string): Statement {
  const statement = readStatement(file, FAR)
  if ('problem' in statement) throw new Error(statement.problem)
  expect(statement.rejected).toEqual([])
  return statement
}

const bookings = (file: string) => read(file).rows.map(({ transaction }) => transaction)
const anonymous = (all: readonly Transaction[]) =>
  all.map(({ id: _id, worth: _worth, ...booking }) => booking)
/** The rows of a file, under the names that their originals had. */
const named = (file: string, like: readonly Transaction[]) =>
  bookings(file).map((booking, i): Transaction => ({ id: like[i]!.id, ...booking }))

const decoration = fc.record({
  rank: fc.nat(),
  copies: fc.constantFrom(1, 1, 1, 2),
  /** Decimals that nobody types, but the ledger keeps. */
  dust: fc.bigInt({ min: 0n, max: 99n }),
  currency: fc.constantFrom(null, 'USD', 'EUR'),
  note: fc.oneof(
    fc.constantFrom('', 'rent', '=1+1', '-5', "'=1", '@me, "you"\n+1', '\tx', 'a\r\nb', '\u200Bö\u00A01'),
    fc.string({ unit: 'binary', maxLength: 12 }),
  ),
  unitsDay: fc.option(fc.nat(900)),
  review: fc.option(fc.nat({ max: 900 })),
})

/** Any history, with what else a ledger keeps, some rows twice, entered in any order. */
const ledgerFrom = (histories: fc.Arbitrary<History>): fc.Arbitrary<Ledger> =>
  fc.tuple(histories, fc.infiniteStream(decoration)).map(([random, decorations]) => {
    const of = ledgerOf(random)
    const entered = of.transactions.flatMap((each) => {
      const { copies, rank, ...more } = decorations.next().value
      const decorated = { ...decorate(each, more), rank }
      return Array.from({ length: copies }, (_, i) => ({ ...decorated, id: `${each.id}.${i}` }))
    })
    const byRank = entered.toSorted((a, b) => a.rank - b.rank)
    return { ...of, transactions: byRank.map(({ rank: _rank, ...transaction }) => transaction) }
  })

const anyLedger = ledgerFrom(withTransfers)
/** The cash alone does not tell which sale waits for shares that were transferred. */
const withoutTransfers = ledgerFrom(history)

function decorate(
  each: Transaction,
  more: {
    dust: bigint
    currency: string | null
    note: string
    unitsDay: number | null
    review: number | null
  },
): Transaction {
  const { dust, currency } = more
  const review = more.review === null ? {} : { review: addDays(each.date, 1 + more.review) }
  const about = { ...each, currency, note: more.note.trim(), ...review }
  if (each.type === 'split' || each.type.startsWith('transfer')) return about
  if (each.shares === null || each.price === null) return { ...about, amount: each.amount + dust }
  const price = each.price + dust
  return {
    ...about,
    price,
    fee: each.fee + dust,
    amount: times(each.shares, price),
    ...(more.unitsDay === null ? {} : { unitsDay: addDays(each.date, more.unitsDay) }),
  }
}

const story = transactions(`
  2020-01-02 deposit 1000.005 first, "and" last
  2020-01-03 buy 0.0000000123 TSLA @ 430.1234567891 fee 0.0000000001
  2020-08-31 split TSLA 5:1
  2020-09-01 sell 0.00000005 TSLA @ 475.05
  2020-09-21 dividend QQQ 0.35
  2020-12-31 fee 12 custody
  2021-01-04 withdrawal 500 =HYPERLINK("http://x")
`)

it('every kind is read as it was written, and asked only once', () => {
  const rows = transactions(`
    2024-01-02 deposit 100
    2024-01-02 buy 10 AAA @ 30 fee 1
    2024-01-02 buy 1 AAA @ 0
    2024-01-02 transfer_in 4 BBB acquired 2020-03-02 cost 0
    2024-01-03 dividend AAA 5
    2024-01-03 reinvested 0.5 AAA @ 31 in EUR
    2024-01-03 return_of_capital AAA 2.50
    2024-01-03 interest 7
    2024-01-03 tax AAA 1
    2024-01-03 fee 2 custody
    2024-01-04 stock_dividend 1 AAA
    2024-01-04 split BBB 3:1
    2024-01-05 spin_off AAA into CCC shares 8 takes 0.25
    2024-01-05 sell 3 AAA @ 32 lots 2024-01-02:2,2024-01-03
    2024-01-05 price HOUSE 310000
    2024-01-08 exchange CCC into DDD ratio 1:4 shares 2 cash 3.10
    2024-01-08 transfer_out 2 BBB
    2024-01-08 withdrawal 3
  `)
  expect(new Set(rows.map(({ type }) => type))).toEqual(new Set(transactionTypes))
  const file = transactionsFile(rows)
  expect(bookings(file)).toEqual(anonymous(rows))
  expect(transactionsFile(named(file, rows))).toBe(file)
  expect(knownRows(bookings(file), rows, new Map())).toEqual(rows.map(() => true))
})

it('a lot of one of two purchases of a day is named by its place in the day', () => {
  const rows = transactions(`
    2024-01-02 buy 10 OLD @ 30
    2024-01-02 buy 10 NEW @ 30
    2024-01-02 buy 10 NEW @ 40
    2024-01-04 exchange OLD into NEW ratio 1:1 shares 10
    2024-01-05 sell 6 NEW @ 50
    2024-01-08 sell 9 NEW @ 50
  `).map((each) => {
    const lot = { date: '2024-01-02', shares: decimal('4'), transaction: '3' }
    if (each.id === '5') return { ...each, terms: { lots: [lot] } }
    // the first of the day are shares that another ticker's became; a purchase that is gone is named by its day
    const others = [
      { ...lot, shares: null, transaction: '1' },
      { ...lot, transaction: 'gone' },
    ]
    return each.id === '6' ? { ...each, terms: { lots: others } } : each
  })
  const file = transactionsFile(rows)
  expect(file).toContain('2024-01-02#3 4')
  expect(file).toContain('2024-01-02#1, 2024-01-02 4')
  expect(
    bookings(file).flatMap(({ terms }) => terms?.lots?.map(({ transaction }) => transaction) ?? []),
  ).toEqual(['#3', '#1', undefined])
})

describe('the file of transactions', () => {
  it('has every type, the columns that others read first', () => {
    const decided = story.map((each) => (each.type === 'buy' ? { ...each, unitsDay: '2020-08-31' } : each))
    expect(transactionsFile(decided)).toBe(
      [
        'Ticker,Type,Date,Price,Shares,Fee,Amount,Ratio,Currency,Note,Units Day',
        ',deposit,2020-01-02,,,,1000.005,,,"first, ""and"" last",',
        'TSLA,buy,2020-01-03,430.1234567891,0.0000000123,0.0000000001,,,,,2020-08-31',
        'TSLA,split,2020-08-31,,,,,5:1,,,',
        'TSLA,sell,2020-09-01,475.05,0.00000005,0,,,,,',
        'QQQ,dividend,2020-09-21,,,,0.35,,,,',
        ',fee,2020-12-31,,,,12,,,custody,',
        `,withdrawal,2021-01-04,,,,500,,,"'=HYPERLINK(""http://x"")",`,
        '',
      ].join('\r\n'),
    )
    expect(anonymous(decided)).toEqual(bookings(transactionsFile(decided)))
  })

  it('of an empty ledger has its header', () => {
    expect(read(transactionsFile([]))).toMatchObject({ format: 'Transactions', rows: [] })
  })

  it('is the ledger again: its rows in their order, positions, cash and every day’s value', () => {
    fc.assert(
      fc.property(anyLedger, (of) => {
        const file = transactionsFile(of.transactions)
        const again = { ...of, transactions: named(file, of.transactions) }
        expect(anonymous(again.transactions)).toEqual(anonymous(of.transactions))
        expect(figures(again)).toEqual(figures(of))
        expect(transactionsFile(again.transactions)).toBe(file)
      }),
      seeded,
    )
  })

  it('adds nothing to the ledger that it comes from', () => {
    fc.assert(
      fc.property(anyLedger, ({ transactions: own }) => {
        const keys = rowKeys(own)
        const known = knownRows(
          bookings(transactionsFile(own)),
          own,
          new Map(own.map(({ id }, i) => [id, keys[i]!])),
        )
        expect(known).not.toContain(false)
      }),
      seeded,
    )
  })
})

describe('the file of dividends', () => {
  it('has Ticker,Date,Amount first', () => {
    expect(dividendsFile(story)).toBe('Ticker,Date,Amount,Currency,Note\r\nQQQ,2020-09-21,0.35,,\r\n')
  })

  it('is the dividends again', () => {
    fc.assert(
      fc.property(anyLedger, ({ transactions: own }) => {
        const file = dividendsFile(own)
        expect(read(file).format).toBe('Dividends')
        expect(bookings(file)).toEqual(anonymous(own.filter(({ type }) => type === 'dividend')))
      }),
      seeded,
    )
  })
})

describe('the file of cash flows', () => {
  it('tells the cash each transaction moved, and what had to be paid in for it', () => {
    const of = ledger('2024-01-02 buy 10 VOO @ 400 fee 1\n2024-02-01 sell 5 VOO @ 410')
    expect(flowsFile(of)).toBe(
      [
        'Ticker,Type,Date,Price,Shares,Fee,Amount,Ratio,Currency,Note,Units Day,Cash,Balance',
        ',inferred deposit,2024-01-02,,,,,,,,,4001,4001',
        'VOO,buy,2024-01-02,400,10,1,,,,,,-4001,0',
        'VOO,sell,2024-02-01,410,5,0,,,,,,2050,2050',
        '',
      ].join('\r\n'),
    )
    expect(read(flowsFile(of)).warnings).toEqual([
      '1 row was skipped (line 2): an inferred deposit is not a transaction, and is inferred again from what was spent.',
    ])
  })

  it('is every transaction that moves cash again, and the same file', () => {
    fc.assert(
      fc.property(withoutTransfers, (of) => {
        const file = flowsFile(of)
        const ordered = inOrder(of.transactions).filter(({ type }) => kinds[type].cash !== 'none')
        expect(bookings(file)).toEqual(anonymous(ordered))
        expect(flowsFile({ ...of, transactions: inOrder(named(file, ordered)) })).toBe(file)
      }),
      seeded,
    )
  })

  it('of a benchmark adds no transaction, and says why', () => {
    const markets = closes({ VOO: '2024-01-02 400, 2024-02-01 410' })
    const file = flowsFile(
      ledger('2024-01-02 buy 10 QQQ @ 400\n2024-02-01 withdrawal 10', { markets }),
      'VOO',
    )
    expect(file.split('\r\n')[2]).toBe('VOO,hypothetical purchase,2024-01-02,400,10,,,,,,,-4000,0')
    const { rows, warnings } = read(file)
    expect(rows).toEqual([])
    expect(warnings).toEqual([
      expect.stringMatching(/^6 rows were skipped .+ is a comparison, not a transaction\.$/),
    ])
  })
})

it('no cell of any file starts a formula', () => {
  fc.assert(
    fc.property(anyLedger, (of) => {
      const files = [transactionsFile(of.transactions), dividendsFile(of.transactions), flowsFile(of)]
      for (const file of files)
        for (const cell of cellsOf(file)) expect(cell).not.toMatch(/^[\s\p{C}]*[=+\-@]/u)
    }),
    seeded,
  )
})

function flowsFile(of: Ledger, view = 'portfolio'): string {
  const ordered = { ...of, transactions: inOrder(of.transactions) }
  return cashFlowsFile(cashFlows(ordered, view, of.today).rows, of.transactions, view)
}

/** All cells but plain numbers, which mean themselves. */
function cellsOf(file: string): string[] {
  const read = rowsOf(file)
  if ('problem' in read) throw new Error(read.problem)
  return read.rows.flatMap(({ cells }) => cells).filter((cell) => !/^-?\d+(\.\d+)?$/.test(cell))
}

/** What transferred shares are worth is in no file. */
function worthAgain(of: Ledger): Ledger {
  return { ...withMovedLots({ ...of, stage: 'in share units' }), stage: 'ready' }
}

function figures(of: Ledger) {
  const ordered = worthAgain({ ...of, transactions: inOrder(of.transactions) })
  return {
    days: valuations(ordered, of.today),
    positions: positions(ordered, of.today),
    flows: cashFlows(ordered, 'portfolio', of.today),
  }
}

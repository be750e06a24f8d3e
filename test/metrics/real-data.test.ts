import { priceHistory } from '../../src/portfolio/price-history.ts'
import { Big } from 'big.js'
import { existsSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Performance } from '../../src/metrics/performance.ts'
import { type Ledger, market } from '../../src/portfolio/ledger.ts'
import { inOrder } from '../../src/portfolio/transaction.ts'
import { readStatement } from '../../src/statements/read-statement.ts'
import { instrument, ledger, measured } from '../notation.ts'

/**
 * The owner's nine years against a second calculation in plain arithmetic: its own CSV splitting, its own loop
 * over the days, money in big.js, units of the benchmarks that grow on each ex-date instead of adjusted closes.
 */
const shared = new URL('../../../shared/', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, shared), 'utf8')

type Recorded = {
  closes: [string, number][]
  adjcloses: [string, number][]
  splits: [string, number, number][]
  dividends: [string, number][]
}

const recorded = (symbol: string): Recorded => JSON.parse(read(`market/${symbol}.json`))

function ledgerOf(transactions: Ledger['transactions'], today: string): Ledger {
  const markets = ['TSLA', 'QQQ', 'VOO'].map((symbol) => {
    const { closes, splits, dividends } = recorded(symbol)
    const known = market({
      instrument: instrument(symbol),
      bars: priceHistory(closes.map(([day, close]) => ({ day, close }))),
      splits: splits.map(([day, numerator, denominator]) => ({ day, numerator, denominator })),
      dividends: dividends.map(([day, amount]) => ({ day, amount })),
      quote: null,
    })
    return [symbol, known] as const
  })
  return ledger('', { transactions, markets: new Map(markets), benchmarks: ['VOO', 'QQQ'], today })
}

/** Prices and dividends of a day, the split factor after it, read from the recording alone. */
function tape(symbol: string) {
  const { closes, splits, dividends } = recorded(symbol)
  const days = closes.map(([day]) => day)
  return {
    close: (day: string) => closes[days.findLastIndex((each) => each <= day)]![1],
    factor: (day: string) =>
      splits.reduce((all, [at, many, one]) => (at > day ? (all * many) / one : all), 1),
    /** What one unit became between the ends of two days by reinvesting at the close before less the dividend. */
    growth: (from: string, to: string) =>
      dividends
        .filter(([day]) => day > from && day <= to)
        .reduce((units, [day, amount]) => {
          const before = closes[days.findLastIndex((each) => each < day)]![1]
          return (units * before) / (before - amount)
        }, 1),
  }
}

const years = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000 / 365

/** The yearly rate of what one unit became. */
const yearly = (unit: number, from: string, to: string) => unit ** (1 / years(from, to)) - 1

/** Halving between −90 % and 900 % a year: flows that only go in have one root. */
function rateOf(flows: [string, number][], value: number, asOf: string): number {
  const worth = (rate: number) =>
    flows.reduce((all, [day, amount]) => all + amount * (1 + rate) ** years(day, asOf), 0) - value
  let [low, high] = [-0.9, 9]
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2
    if (worth(middle) < 0) low = middle
    else high = middle
  }
  return low
}

const asOf = '2020-12-10'

/** A file's cells without the spelling of money. */
const cellsOf = (path: string) =>
  read(path)
    .replace('\uFEFF', '')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) =>
      [...line.matchAll(/"([^"]*)"|([^,]+)/g)].map((cell) => (cell[1] ?? cell[2]!).replace(/[$, ]/g, '')),
    )

/** Shares, cash and deposits at the end of 2020-12-10, from the two files. */
function secondOpinion() {
  const trades = cellsOf('sample/transactions.csv').map(([symbol, day, type, shares, price]) => ({
    symbol: symbol!,
    day: day!,
    sign: type === 'Buy' ? 1 : -1,
    shares: new Big(shares!),
    amount: new Big(shares!).times(price!),
  }))
  const paid = cellsOf('sample/dividends.csv').map(([, day, amount]) => ({
    day: day!,
    amount: new Big(amount!),
  }))
  const held: Record<string, Big> = { TSLA: new Big(0), QQQ: new Big(0) }
  const deposits: [string, number][] = []
  let invested = new Big(0)
  let cash = new Big(0)
  for (const day of [...new Set([...trades, ...paid].map((each) => each.day))].toSorted()) {
    for (const { amount } of paid.filter((each) => each.day === day)) cash = cash.plus(amount)
    for (const trade of trades.filter((each) => each.day === day)) {
      const shares = trade.shares.times(tape(trade.symbol).factor(day)).times(trade.sign)
      held[trade.symbol] = held[trade.symbol]!.plus(shares)
      cash = cash.minus(trade.amount.times(trade.sign))
    }
    if (cash.lt(0)) {
      const missing = new Big(0).minus(cash).round(2, 3)
      deposits.push([day, missing.toNumber()])
      invested = invested.plus(missing)
      cash = cash.plus(missing)
    }
  }
  const holdings = Object.entries(held).reduce(
    (all, [symbol, shares]) => all.plus(shares.times(tape(symbol).close(asOf))),
    new Big(0),
  )
  return { holdings, cash, invested, deposits }
}

describe.skipIf(!existsSync(shared))('the owner’s portfolio on 2020-12-10 (needs ../shared)', () => {
  let transactions: Ledger['transactions']
  let figures: Performance
  let opinion: ReturnType<typeof secondOpinion>

  beforeAll(() => {
    const rows = ['sample/transactions.csv', 'sample/dividends.csv'].flatMap((path) => {
      const statement = readStatement(read(path), asOf)
      if ('problem' in statement) throw new Error(statement.problem)
      return statement.rows
    })
    transactions = inOrder(rows.map(({ transaction }, i) => ({ id: `${i}`, ...transaction })))
    figures = measured(ledgerOf(transactions, '2021-07-16'), null, asOf)
    opinion = secondOpinion()
  })

  it('is 146 trades and 35 dividends', () => {
    expect(transactions).toHaveLength(181)
    expect(opinion.deposits.length).toBeGreaterThan(50)
  })

  it('has the same deposits and cash, exactly', () => {
    expect(figures.invested).toBe(opinion.invested.toFixed())
    expect(figures.cash).toBe(opinion.cash.toFixed())
  })

  it('has the same value, exactly to the last of ten decimals', () => {
    const value = opinion.holdings.plus(opinion.cash)
    expect(figures.value).toBe(value.round(10, 2).toFixed())
    expect(figures.total_gain).toBe(value.minus(opinion.invested).round(10, 2).toFixed())
  })

  it('has the same XIRR', () => {
    const value = opinion.holdings.plus(opinion.cash).toNumber()
    expect(figures.xirr).toBeCloseTo(rateOf(opinion.deposits, value, asOf), 9)
  })

  it.each(['VOO', 'QQQ'])('has the same equivalent in %s', (symbol) => {
    const { close, growth } = tape(symbol)
    const worth = opinion.deposits.reduce(
      (all, [day, amount]) => all + (amount / close(day)) * growth(day, asOf) * close(asOf),
      0,
    )
    const benchmark = figures.benchmarks[symbol]!
    expect(Number(benchmark.value)).toBeCloseTo(worth, 4)
    expect(benchmark.xirr).toBeCloseTo(rateOf(opinion.deposits, worth, asOf), 9)
    expect(Number(benchmark.gap)).toBeCloseTo(Number(figures.value) - worth, 4)
  })

  it.each(['VOO', 'QQQ'])(
    'has the time-weighted return of %s that its own adjusted closes have',
    (symbol) => {
      const adjusted = new Map(recorded(symbol).adjcloses)
      // from the first trade's day; the recording's dividends are rounded to a tenth of a cent
      const growth = adjusted.get(asOf)! / adjusted.get('2012-01-03')!
      expect((1 + figures.benchmarks[symbol]!.twr!) / growth).toBeCloseTo(1, 4)
    },
  )
})

describe.skipIf(!existsSync(shared))(
  'VOO alone from 2010-09-09, dividends reinvested (needs ../shared)',
  () => {
    const [first, today] = ['2010-09-09', '2021-07-16']

    /** 100 shares; each dividend buys more on its ex-date, to the last 1e-8 that it pays for. */
    function reinvested(priceOf: (close: number, before: number, dividend: number) => number) {
      const { closes, dividends } = recorded('VOO')
      let held = new Big(100)
      const story = [`${closes[0]![0]} buy 100 VOO @ ${closes[0]![1]}`]
      closes.forEach(([day, close], i) => {
        const paid = dividends.find(([ex]) => ex === day)?.[1]
        if (!paid || i === 0) return
        const price = priceOf(close, closes[i - 1]![1], paid).toFixed(3)
        const cash = held.times(paid)
        const shares = cash.div(price).round(8, 0)
        story.push(
          `${day} dividend VOO ${cash.round(10, 0).toFixed()}`,
          `${day} buy ${shares.toFixed()} VOO @ ${price}`,
        )
        held = held.plus(shares)
      })
      return measured({ ...ledgerOf([], today), transactions: ledger(story.join('\n')).transactions })
    }

    /** What one dollar became: closes, and units that grow. */
    let total: number

    beforeAll(() => {
      const { close, growth } = tape('VOO')
      total = (growth(first, today) * close(today)) / close(first)
    })

    it('has the total return of VOO when reinvested at the close before, less the dividend', () => {
      const { twr, invested, benchmarks } = reinvested((_, before, dividend) => before - dividend)
      expect(invested).toBe('10132')
      expect((1 + twr!) / total).toBeCloseTo(1, 6)
      expect((1 + benchmarks['VOO']!.twr!) / total).toBeCloseTo(1, 9)
    })

    it('has it to 0.0001 a year when reinvested at the ex-date’s own close', () => {
      const { twr, xirr } = reinvested((ex) => ex)
      expect(Math.abs(yearly(1 + twr!, first, today) - yearly(total, first, today))).toBeLessThan(1e-4)
      // one deposit, nothing out: money-weighted and time-weighted are one
      expect(xirr).toBeCloseTo(yearly(1 + twr!, first, today), 9)
    })

    it('has a total return within 0.0001 of that of the recording’s adjusted closes', () => {
      const { adjcloses } = recorded('VOO')
      expect(Math.abs(total / (adjcloses.at(-1)![1] / adjcloses[0]![1]) - 1)).toBeLessThan(1e-4)
    })

    it('needs no other money: what a dividend did not buy stays as cash', () => {
      const { invested, cash, dividends } = reinvested((ex) => ex)
      expect([invested, Number(cash) < 0.0001]).toEqual(['10132', true])
      // the new shares were paid as well as the first hundred
      const paid = recorded('VOO').dividends.reduce((all, [, amount]) => all + 100 * amount, 0)
      expect(Number(dividends)).toBeGreaterThan(paid * 1.05)
    })
  },
)

import { describe, expect, it } from 'vitest'
import { performance } from '../../src/metrics/performance.ts'
import { valuations } from '../../src/portfolio/valuation.ts'
import { disagreements, ledgerOf } from './agreement.ts'
import { derivedDisagreements } from './derived-dividends.ts'
import { notationOf } from './notation-of.ts'
import { type Case, randomCase } from './random-case.ts'
import { smallest } from './smallest.ts'

/** FUZZ_SEED and FUZZ_CASES say which and how many; `npm run fuzz` takes many more. */
const SEED = Number(process.env.FUZZ_SEED ?? 20_240_102)
const CASES = Number(process.env.FUZZ_CASES ?? 40)
const cases = Array.from({ length: CASES }, (_, i) => randomCase(SEED + i))

describe('the engine and a plain calculation of the definitions', () => {
  it(`agree on ${CASES} random ledgers from seed ${SEED} on`, () => {
    for (const each of cases) {
      const found = disagreements(each)
      expect(found.length > 0 ? [...found, notationOf(smallest(each))] : []).toEqual([])
    }
  }, 120_000)

  it(`agree where dividends count by themselves, with and without withholding`, () => {
    const some = cases.slice(0, 10)
    for (const [i, each] of some.entries())
      expect([i, ...derivedDisagreements(each, i % 2 === 0 ? '0.15' : '0')]).toEqual([i])
    // and it is noticed when they do not
    expect(some.filter((each) => derivedDisagreements(each, '0.15', '0').length > 0)).not.toEqual([])
  }, 120_000)

  it('have what is hard among these ledgers', () => {
    const seen = Object.fromEntries(
      Object.entries(hard).map(([what, isIn]) => [what, cases.filter(isIn).length]),
    )
    expect(Object.entries(seen).filter(([, count]) => count === 0)).toEqual([])
  })
})

const figuresOf = (of: Case) => {
  const own = ledgerOf(of)
  return performance(own, valuations(own, of.asOf), of.from)
}

const hard: Record<string, (of: Case) => boolean> = {
  'a sale of what its day bought': (of) => {
    const { transactions } = ledgerOf(of)
    return transactions.some(
      ({ type, date, symbol }, i) =>
        type === 'sell' &&
        transactions
          .slice(0, i)
          .some((each) => each.type === 'buy' && each.date === date && each.symbol === symbol),
    )
  },
  'a split': ({ market }) => Object.values(market).some((items) => / split /.test(items.join())),
  'a split of the owner’s': ({ story }) => story.some((line) => / split /.test(line)),
  'a recorded dividend': ({ story }) => story.some((line) => / dividend /.test(line)),
  'a transfer in at its cost': ({ story }) => story.some((line) => / transfer_in .* cost /.test(line)),
  'a transfer in at the close': ({ story }) => story.some((line) => / transfer_in (?!.* cost)/.test(line)),
  'a transfer out': ({ story }) => story.some((line) => / transfer_out /.test(line)),
  'a reinvested dividend': ({ story }) => story.some((line) => / reinvested /.test(line)),
  'capital that is returned': ({ story }) => story.some((line) => / return_of_capital /.test(line)),
  'a stock dividend': ({ story }) => story.some((line) => / stock_dividend /.test(line)),
  'a sale that names its lots': ({ story }) => story.some((line) => / lots /.test(line)),
  'a spin-off': ({ story }) => story.some((line) => / spin_off /.test(line)),
  'an exchange with cash': ({ story }) => story.some((line) => / exchange .* cash /.test(line)),
  'an exchange without cash': ({ story }) => story.some((line) => / exchange (?!.* cash)/.test(line)),
  'interest of a symbol': ({ story }) => story.some((line) => / interest [A-Z]/.test(line)),
  'a tax of no symbol': ({ story }) => story.some((line) => / tax \d/.test(line)),
  'a trade in a third currency': ({ story }) => story.some((line) => / fee .* in /.test(line)),
  'a foreign share': ({ market, baseCurrency }) => market.AAA![0] !== `in ${baseCurrency}`,
  'a delisted symbol': ({ delisted }) => Object.keys(delisted).length > 0,
  'a past day': (of) => of.asOf < ledgerOf(of).today,
  'a period': ({ from }) => from !== null,
  'a rate of more than a year': (of) => figuresOf(of).xirr !== null,
  'withdrawals that the benchmark cannot pay': (of) =>
    /run out/.test(Object.values(figuresOf(of).reasons).join()),
  'an average cost': ({ costBasis }) => costBasis === 'average',
  'the highest cost': ({ costBasis }) => costBasis === 'hifo',
}

describe('the comparison', () => {
  const of: Case = {
    story: [
      '2024-01-02 buy 10 AAA @ 90 fee 1',
      '2024-01-03 buy 4 AAA @ 120 fee 1',
      '2024-01-04 sell 5 AAA @ 110 fee 1',
      '2024-02-05 dividend AAA 3.20',
      '2024-03-01 withdrawal 20',
    ],
    market: {
      AAA: [
        'in EUR',
        '2024-01-02 100',
        '2024-01-04 104',
        '2024-01-05 dividend 2',
        '2024-01-05 101',
        '2024-01-09 107',
      ],
      BBB: ['in USD'],
      CCC: ['in USD'],
      IDX: ['in USD', '2024-01-02 50', '2024-01-05 dividend 1', '2024-01-05 51', '2024-01-09 52'],
      'EURUSD=X': ['in USD', '2024-01-02 1.1', '2024-01-05 1.2', '2024-01-09 1.15'],
    },
    delisted: {},
    baseCurrency: 'USD',
    costBasis: 'fifo',
    benchmarks: ['IDX'],
    asOf: '2024-01-09',
    from: null,
  }
  const replaced = (symbol: string, from: string, to: string): Case => ({
    ...of,
    market: { ...of.market, [symbol]: of.market[symbol]!.map((item) => item.replace(from, to)) },
  })
  const figures = (other: Case) => disagreements(of, ledgerOf(other)).map((each) => each.replace(/:.*/, ''))

  it('finds nothing where there is nothing', () => {
    expect(figures(of)).toEqual([])
  })

  it.each([
    ['the order in which lots are sold', { ...of, costBasis: 'lifo' }, 'realized gain of AAA'],
    [
      'a fee',
      { ...of, story: of.story.map((line) => line.replace('110 fee 1', '110 fee 2')) },
      'cash on 2024-01-04',
    ],
    ['a deposit', { ...of, story: ['2024-01-02 deposit 1', ...of.story] }, 'inferred deposit of 2024-01-02'],
    ['the last digit of a close', replaced('AAA', '-09 107', '-09 107.0000000001'), 'market value of AAA'],
    ['a rate of one day', replaced('EURUSD=X', '1.2', '1.2000001'), 'value on 2024-01-05'],
    ['a split', replaced('AAA', '05 dividend 2', '05 split 2:1'), 'shares of AAA'],
    ['a dividend of a share', replaced('AAA', 'dividend 2', 'dividend 2.1'), 'total return of AAA'],
    ['its entitlement', replaced('AAA', '2024-01-05 dividend', '2024-01-02 dividend'), 'total return of AAA'],
    ['a dividend of the benchmark', replaced('IDX', 'dividend 1', 'dividend 1.000001'), 'value in IDX'],
  ] satisfies [string, Case, string][])('notices %s', (_, other, figure) => {
    expect(figures(other)).toContain(figure)
  })
})

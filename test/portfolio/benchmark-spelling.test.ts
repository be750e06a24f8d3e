import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  benchmarkOf,
  benchmarksIn,
  priceIndexesIn,
  readBenchmark,
  symbolsIn,
} from '../../src/portfolio/benchmark-spelling.ts'

const spelled = (typed: string) => {
  const read = readBenchmark(typed)
  return 'reason' in read ? read.reason : read.spelling
}

describe('a benchmark is spelled in one way, however it is typed', () => {
  it.each([
    ['voo', 'VOO'],
    [' ^gspc ', '^GSPC'],
    ['005930.KS', '005930.KS'],
    ['60 voo + 40 bnd', '60 VOO + 40 BND'],
    ['60% VOO+40%BND', '60 VOO + 40 BND'],
    // an address that is typed by hand makes a space of the +
    ['60 VOO   40 BND', '60 VOO + 40 BND'],
    ['60 VOO + 40 BND yearly', '60 VOO + 40 BND'],
    ['60 VOO + 40 BND rebalanced quarterly', '60 VOO + 40 BND quarterly'],
    ['60 VOO+40 BND,rebalanced quarterly', '60 VOO + 40 BND quarterly'],
    ['60 VOO + 40 BND, never rebalanced', '60 VOO + 40 BND never'],
    ['33.3333 A + 33.3333 B + 33.3334 C never', '33.3333 A + 33.3333 B + 33.3334 C never'],
    // a symbol that is named twice is one part
    ['30 VOO + 40 BND + 30 VOO monthly', '60 VOO + 40 BND monthly'],
    ['4%', '4 %'],
    ['4.50 % a year', '4.5 %'],
    ['4,5 %', '4.5 %'],
    ['savings at 4 %', '4 %'],
    ['0 %', '0 %'],
    ['S&P 500', 'VOO'],
    ['nasdaq 100', 'QQQ'],
    ['60/40', '60 VOO + 40 BND'],
  ])('%s is %s', (typed, spelling) => {
    expect(spelled(typed)).toBe(spelling)
    // what is stored, shown and in an address is read as itself
    expect(spelled(spelling)).toBe(spelling)
    expect(benchmarkOf(spelling)).toEqual(readBenchmark(typed))
  })

  it('a blend of one symbol is that symbol', () => {
    expect(readBenchmark('100 VOO never')).toEqual({ kind: 'symbol', spelling: 'VOO', symbol: 'VOO' })
    expect(readBenchmark('50 VOO + 50 VOO')).toEqual({ kind: 'symbol', spelling: 'VOO', symbol: 'VOO' })
  })

  it.each([
    ['<B>', '“<B>” is not a ticker. A blend is written as 60 VOO + 40 BND, a yearly rate as 4 %'],
    ['60 VOO + 30 BND', '“60 VOO + 30 BND” is not a blend: its weights add up to 90, not 100'],
    ['60 VOO', '“60 VOO” is not a blend: its weights add up to 60, not 100'],
    ['60 VOO + BND', '“60 VOO + BND” is not a blend: “BND” is not a weight and a ticker, such as 60 VOO'],
    ['100 VOO + 0 BND', '“100 VOO + 0 BND” is not a blend: the weight of BND is 0'],
    ['60 VOO + 40 <b>', '“60 VOO + 40 <b>” is not a blend: “<B>” is not a ticker'],
    [
      '60 VOO + 40 4 %',
      '“60 VOO + 40 4 %” is not a blend: “40 4 %” is not a weight and a ticker, such as 60 VOO',
    ],
    ['+', '“+” is not a blend: “” is not a weight and a ticker, such as 60 VOO'],
    [
      '20 A + 20 B + 20 C + 20 D + 10 E + 5 F + 5 G',
      '“20 A + 20 B + 20 C + 20 D + 10 E + 5 F + 5 G” is not a blend: it has more than 6 parts',
    ],
    ['-1 %', '“-1 %” is not a rate from 0 to 100 %, with at most four decimals'],
    ['101 %', '“101 %” is not a rate from 0 to 100 %, with at most four decimals'],
    ['4.00001 %', '“4.00001 %” is not a rate from 0 to 100 %, with at most four decimals'],
  ])('%s is refused with its reason', (typed, reason) => {
    expect(spelled(typed)).toBe(reason)
  })

  it('any weights that add up to 100 are read back as they are written', () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 999_999 }), { minLength: 1, maxLength: 5 })
    const rebalanced = fc.constantFrom('yearly', 'quarterly', 'monthly', 'never')
    fc.assert(
      fc.property(cuts, rebalanced, (at, how) => {
        const ends = [...at.toSorted((a, b) => a - b), 1_000_000]
        const weights = ends.map((end, i) => (end - (ends[i - 1] ?? 0)) / 1e4)
        const typed = `${weights.map((weight, i) => `${weight} ${'ABCDEF'[i]}`).join(' + ')} ${how}`
        const read = readBenchmark(typed)
        if ('reason' in read || read.kind !== 'blend') throw new Error(typed)
        expect(read.rebalanced).toBe(how)
        expect(read.parts.map(({ weight }) => Math.round(weight * 1e6) / 1e4)).toEqual(weights)
        expect(readBenchmark(read.spelling)).toEqual(read)
      }),
      { seed: 16 },
    )
  })
})

it('a list is divided at commas, semicolons and lines, and tickers at spaces too', () => {
  expect(benchmarksIn('VOO QQQ')).toEqual(['VOO', 'QQQ'])
  expect(benchmarksIn('VOO, 60 VOO + 40 BND quarterly,4 %; ^GSPC\nS&P 500,')).toEqual([
    'VOO',
    '60 VOO + 40 BND quarterly',
    '4 %',
    '^GSPC',
    'S&P 500',
  ])
  expect(benchmarksIn('4,5 %, VOO')).toEqual(['4,5 %', 'VOO'])
  const rebalanced = '60 VOO + 40 BND, rebalanced quarterly'
  expect(benchmarksIn(`VOO, ${rebalanced}, 4 %`)).toEqual(['VOO', rebalanced, '4 %'])
  // what is wrong with it is told of the whole
  expect(benchmarksIn('60 VOO 30 BND')).toEqual(['60 VOO 30 BND'])
})

it('says which symbols need prices, and which of them are indexes without dividends', () => {
  expect(symbolsIn('60 VOO + 40 ^GSPC')).toEqual(['VOO', '^GSPC'])
  expect(symbolsIn('4 %')).toEqual([])
  expect(priceIndexesIn('60 VOO + 40 ^GSPC')).toEqual(['^GSPC'])
  expect(priceIndexesIn('^SP500TR')).toEqual([])
})

it('what an older version stored, and no spelling is, stands for a symbol without prices', () => {
  expect(benchmarkOf('60 VOO')).toEqual({ kind: 'symbol', spelling: '60 VOO', symbol: '60 VOO' })
})

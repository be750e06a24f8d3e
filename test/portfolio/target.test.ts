import { describe, expect, it } from 'vitest'
import { text } from '../../src/portfolio/decimal.ts'
import { readTargets } from '../../src/portfolio/target.ts'

const read = (typed: string) => readTargets(typed)
const spelled = (typed: string) => {
  const found = read(typed)
  return found && 'spelling' in found ? [found.spelling, text(found.targets.rest)] : found
}

describe('targets', () => {
  it.each([
    ['VOO 60, BND 40', 'VOO 60, BND 40', '0'],
    ['voo 60%\nbnd: 30', 'VOO 60, BND 30', '0.1'],
    ['60% VOO + 40 % BND', 'VOO 60, BND 40', '0'],
    ['BRK-B 33.3333; BTC-USD 5', 'BRK-B 33.3333, BTC-USD 5', '0.616667'],
    ['kind: etf 70, stocks 20', 'kind: ETFs 70, Stocks 20', '0.1'],
    ['by type: Crypto 5', 'kind: Crypto 5', '0.95'],
    ['Currency: usd 70, EUR 30', 'currency: USD 70, EUR 30', '0'],
  ])('%j are %s, and the rest is cash', (typed, spelling, rest) => {
    expect(spelled(typed)).toEqual([spelling, rest])
    expect(spelled(spelling)).toEqual([spelling, rest])
  })

  it.each(['', '  ', ' , \n'])('%j are none', (typed) => expect(read(typed)).toBeNull())

  it.each([
    ['VOO', '“VOO” is not a target such as VOO 60'],
    ['VOO 60, 40', '“40” is not a target such as VOO 60'],
    ['VOO 60 BND 40', '“VOO 60 BND” is not a ticker'],
    ['VOO 0', 'the target of VOO must be more than 0'],
    ['VOO -5', '“VOO -5” is not a target such as VOO 60'],
    ['VOO 60, voo 20', 'VOO has two targets'],
    ['VOO 60, BND 40.01', 'the targets are 100.01 % together, which is more than 100 %'],
    [
      'kind: houses 20',
      '“houses” is not one of Stocks, ETFs, Funds, Indexes, Crypto, Currencies, Futures, Other',
    ],
    ['currency: dollars 20', '“dollars” is not a currency code such as USD'],
    ['kind:', 'there are no targets behind the colon'],
    [Array.from({ length: 51 }, (_, i) => `S${i} 1`).join(','), 'there can be at most 50 targets'],
  ])('%s are refused with a reason', (typed, reason) => {
    expect(read(typed)).toEqual({ reason })
  })

  it('of any length are read in one pass', () => {
    expect(read(`${' '.repeat(100_000)}x${'\t'.repeat(100_000)}`)).toHaveProperty('reason')
  })
})

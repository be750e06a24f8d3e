import { expect, it } from 'vitest'
import { simpleReturn } from '../../src/metrics/simple-return.ts'
import { dec, ledger, measured } from '../notation.ts'

it('is the gain on all the money put in', () => {
  expect(simpleReturn(dec('25'), dec('100'))).toBe(0.25)
  expect(simpleReturn(dec('-100'), dec('100'))).toBe(-1)
})

it('is null without a gain, or without money put in', () => {
  expect(simpleReturn(null, dec('100'))).toBeNull()
  expect(simpleReturn(dec('5'), 0n)).toBeNull()
})

it('does not fall when money is taken out, of a portfolio', () => {
  // 1000 in, 500 of dividends, all of which leaves
  const of = ledger('2024-01-02 deposit 1000\n2024-02-01 dividend VOO 500\n2024-03-01 withdrawal 500')
  expect(measured(of).simple_return).toBe(0.5)
})

import { expect, it } from 'vitest'
import { text } from '../../src/portfolio/decimal.ts'
import { looksLikeSpinOff, spinOffProposals } from '../../src/portfolio/spin-off-proposal.ts'
import { closes, ledger } from '../notation.ts'

const market = closes({ GE: '2023-01-03 80, 2023-01-04 split 1281:1000' })
const proposed = (rows: string) =>
  spinOffProposals(ledger(rows, { markets: market })).map(
    ({ symbol, day, costShare }) => `${symbol} ${day} ${text(costShare)}`,
  )

it.each([
  // as the source lists GE and AT&T, and plain splits, stock dividends and reverse splits
  [1281, 1000, true],
  [331, 250, true],
  [4, 1, false],
  [3, 2, false],
  [21, 20, false],
  [105, 100, false],
  [1, 8, false],
])('%d for %d: %s', (numerator, denominator, expected) => {
  expect(looksLikeSpinOff({ day: '2023-01-04', numerator, denominator })).toBe(expected)
})

it('is proposed to those who held shares before the day, with the part of the price that left', () => {
  // 281 ÷ 1281
  expect(proposed('2022-05-02 buy 10 GE @ 75')).toEqual(['GE 2023-01-04 0.2194'])
  expect(proposed('2023-01-04 buy 10 GE @ 65')).toEqual([])
  expect(proposed('2022-05-02 buy 10 GE @ 75\n2022-12-01 sell 10 GE @ 80')).toEqual([])
})

it('is answered by a spin-off or a split of within ten days', () => {
  const bought = '2022-05-02 buy 10 GE @ 75\n'
  expect(proposed(`${bought}2023-01-14 spin_off GE into GEHC shares 3 takes 0.22`)).toEqual([])
  expect(proposed(`${bought}2023-01-15 spin_off GE into GEHC shares 3 takes 0.22`)).toHaveLength(1)
  expect(proposed(`${bought}2023-01-04 split GE 1281:1000`)).toEqual([])
  expect(proposed(`${bought}2023-01-04 split GE 5:4`)).toHaveLength(1)
})

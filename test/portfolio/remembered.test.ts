import { expect, it, vi } from 'vitest'
import { rowsBySymbol } from '../../src/portfolio/own-rows.ts'
import { remembered } from '../../src/portfolio/remembered.ts'
import { transactions } from '../notation.ts'

it('is calculated once as long as nothing that it takes changes', () => {
  const cost = vi.fn<(lots: readonly number[], price: bigint) => bigint>(
    (lots, price) => BigInt(lots.length) * price,
  )
  const costOf = remembered(cost)
  const [lots, others] = [[1, 2], [3]]
  expect([costOf(lots, 5n), costOf(others, 5n), costOf(lots, 5n)]).toEqual([10n, 5n, 10n])
  expect(cost).toHaveBeenCalledTimes(2)
  expect(costOf(lots, 7n)).toBe(14n)
  expect(costOf(lots, 5n)).toBe(10n)
  expect(cost).toHaveBeenCalledTimes(4)
})

it('the rows of a symbol are the same list after another symbol’s edit, and another one after its own', () => {
  const rows = transactions(
    '2024-01-02 buy 1 VOO @ 400\n2024-01-03 buy 5 QQQ @ 100\n2024-01-04 sell 1 QQQ @ 9',
  )
  const before = rowsBySymbol(rows)
  const after = rowsBySymbol([...rows.slice(0, 2), { ...rows[2]!, note: 'edited' }])
  expect(after.get('VOO')).toBe(before.get('VOO'))
  expect(after.get('QQQ')).not.toBe(before.get('QQQ'))
  expect(after.get('QQQ')!.map(({ note }) => note)).toEqual(['', 'edited'])
})

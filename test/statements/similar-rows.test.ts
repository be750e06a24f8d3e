import { expect, it } from 'vitest'
import { decimal } from '../../src/portfolio/decimal.ts'
import type { Transaction } from '../../src/portfolio/transaction.ts'
import { similarRows } from '../../src/statements/similar-rows.ts'

const buy = (id: string, date: string, price: string, shares = '3'): Transaction => ({
  id,
  type: 'buy',
  symbol: 'KO',
  date,
  shares: decimal(shares)!,
  price: decimal(price)!,
  fee: 0n,
  amount: decimal(price)!,
  currency: null,
  ratio: null,
  note: '',
})

const resembled = (rows: Transaction[], ledger: Transaction[]) =>
  similarRows(rows, ledger, new Map()).map((each) => each?.id ?? null)

it('a trade at most three days and a hundredth of the price away is resembled', () => {
  const ledger = [buy('a', '2024-01-10', '100')]
  expect(resembled([buy('x', '2024-01-13', '101')], ledger)).toEqual(['a'])
  expect(resembled([buy('x', '2024-01-07', '99.01')], ledger)).toEqual(['a'])
  expect(resembled([buy('x', '2024-01-14', '100')], ledger)).toEqual([null])
  expect(resembled([buy('x', '2024-01-10', '101.02')], ledger)).toEqual([null])
  expect(resembled([buy('x', '2024-01-10', '100.5', '4')], ledger)).toEqual([null])
})

it('one trade is resembled by one row, and none that the file has itself', () => {
  const ledger = [buy('a', '2024-01-10', '100')]
  const [one, two] = [buy('x', '2024-01-11', '100'), buy('y', '2024-01-12', '100')]
  expect(resembled([one, two], ledger)).toEqual(['a', null])
  expect(resembled([buy('x', '2024-01-10', '100'), two], ledger)).toEqual([null, null])
})

import { expect, it } from 'vitest'
import { incomeReport } from '../../src/statements/income-report.ts'
import { readStatement } from '../../src/statements/read-statement.ts'

const declared = {
  symbol: 'KO',
  name: 'The Coca-Cola Company',
  ex_date: '2025-03-14',
  shares: '10',
  per_share: '0.51',
  currency: 'USD',
  expected: '5.104',
  follows: '2024-03-14',
  late: false,
  pay_date: '2025-04-01',
  basis: 'declared' as const,
  declares: { ex_date: true, per_share: true },
}
const file = incomeReport(
  [
    declared,
    { ...declared, declares: { ex_date: true, per_share: false } },
    { ...declared, basis: 'last_year', pay_date: null, late: true, expected: null },
  ],
  'USD',
)

it('has a row for each expected dividend, which says on what it rests', () => {
  const [, ...rows] = file.trim().split('\r\n')
  const first = 'KO,The Coca-Cola Company,2025-03-14,10,0.51,USD'
  expect(rows).toEqual([
    `${first},5.1,USD,declared,2024-03-14,2025-04-01`,
    `${first},5.1,USD,"declared; last year’s amount",2024-03-14,2025-04-01`,
    `${first},,USD,"last year’s pattern, late",2024-03-14,`,
  ])
})

it('is no account statement, long after its days either: nothing of it was paid', () => {
  expect(readStatement(file, '2030-01-01')).toHaveProperty('problem')
})

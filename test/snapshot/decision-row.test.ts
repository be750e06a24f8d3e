import { expect, it } from 'vitest'
import type { Decision } from '../../src/metrics/decisions.ts'
import { bestAndWorst } from '../../src/snapshot/decision-row.ts'
import { dec } from '../notation.ts'

const decided = (transaction: string, gap: string | null): Decision => ({
  transaction,
  type: 'buy',
  symbol: 'KO',
  date: '2024-01-03',
  shares: dec('10'),
  amount: dec('500'),
  gap: gap === null ? null : dec(gap),
  reason: gap === null ? 'no price for KO' : null,
})

it('the best come best first and the worst worst first; what is level or unknown is neither', () => {
  const all = [
    decided('a', '90'),
    decided('b', '20'),
    decided('c', '10'),
    decided('d', '0'),
    decided('e', '-5'),
    decided('f', '-7.5'),
    decided('g', null),
  ]
  const { best, worst } = bestAndWorst(all, 2)
  expect(best.map(({ transaction, gap }) => [transaction, gap])).toEqual([
    ['a', '90'],
    ['b', '20'],
  ])
  expect(worst.map(({ transaction, gap }) => [transaction, gap])).toEqual([
    ['f', '-7.5'],
    ['e', '-5'],
  ])
  expect(best[0]).toMatchObject({ shares: '10', amount: '500', symbol: 'KO', date: '2024-01-03' })
})

import { describe, expect, it } from 'vitest'
import { text } from '../../src/portfolio/decimal.ts'
import { declaredDividend } from '../../src/portfolio/declared-dividend.ts'
import type { PaidDividend } from '../../src/portfolio/paid-dividend.ts'
import { dec } from '../notation.ts'

const paid = (amounts: Record<string, string>, more: Partial<PaidDividend> = {}): PaidDividend[] =>
  Object.entries(amounts).map(([exDay, each]) => ({
    exDay,
    perShare: dec(each),
    currency: 'USD',
    isNet: false,
    ...more,
  }))

/** KO in finance.md, "Income ahead". */
const KO = paid({ '2024-03-14': '0.485', '2024-06-14': '0.485', '2024-09-13': '0.44', '2024-11-29': '0.485' })

type Said = { exDay?: string; payDay?: string; dividendRate?: string; currency?: string }

/** `2024-03-14 again: ex 2025-03-20, paid null, 0.51`. */
const declared = (said: Said, pattern = KO, asOf = '2025-01-15') => {
  const found = declaredDividend({ currency: 'USD', ...said }, pattern, pattern, asOf)
  return (
    found && `${found.follows.exDay} again: ex ${found.exDay}, paid ${found.payDay}, ${text(found.perShare)}`
  )
}

describe('a declared dividend (finance.md, "Income ahead")', () => {
  it.each<[Said, string | null]>([
    [
      { exDay: '2025-03-14', payDay: '2025-04-01', dividendRate: '2.04' },
      '2024-03-14 again: ex 2025-03-14, paid 2025-04-01, 0.51',
    ],
    // the ex-date says of which season it is, as far as 30 days
    [{ exDay: '2025-04-13', dividendRate: '2' }, '2024-03-14 again: ex 2025-04-13, paid null, 0.5'],
    [{ exDay: '2025-04-14' }, null],
    // the payment is that of the dividend before
    [{ exDay: '2025-03-14', payDay: '2025-02-01' }, '2024-03-14 again: ex 2025-03-14, paid null, null'],
    // it has gone ex already
    [{ exDay: '2025-01-14', payDay: '2025-03-15' }, null],
    [{ exDay: '2025-01-15' }, null],
    // an ex-date of long ago says nothing of the payment to come
    [{ exDay: '2024-11-29', payDay: '2025-04-01' }, '2024-03-14 again: ex null, paid 2025-04-01, null'],
    [{ payDay: '2025-04-01' }, '2024-03-14 again: ex null, paid 2025-04-01, null'],
    [{ dividendRate: '2.04' }, null],
    [{}, null],
  ])('of %j is %s', (said, expected) => {
    expect(declared(said)).toBe(expected)
  })

  it.each<[string, PaidDividend[], Said]>([
    ['a small and a large one', paid({ '2024-03-14': '0.1', '2024-09-13': '0.3' }), { dividendRate: '0.44' }],
    ['three of a year', KO.slice(1), { exDay: '2025-06-14', dividendRate: '2.04' }],
    ['a rate in pence', KO, { dividendRate: '204' }],
    ['a rate of before a split', KO, { dividendRate: '3.88' }],
    ['no rate', KO, { dividendRate: '0' }],
    ['what its owner recorded', paid({ '2024-03-14': '0.485' }, { isNet: true }), { dividendRate: '0.5' }],
    ['another currency than the price', KO, { dividendRate: '2.04', currency: 'EUR' }],
  ])('of %s keeps the amount of last year', (_, pattern, said) => {
    expect(declared({ exDay: '2025-03-14', ...said }, pattern)).toMatch(/paid null, null$/)
  })

  it('of the only one of a year is its rate', () => {
    expect(declared({ exDay: '2025-05-09', dividendRate: '2.35' }, paid({ '2024-05-16': '2.2' }))).toBe(
      '2024-05-16 again: ex 2025-05-09, paid null, 2.35',
    )
  })
})

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { carried, spanOf } from '../../src/metrics/carried-flow.ts'
import type { Flow } from '../../src/metrics/movement.ts'
import { addDays } from '../../src/portfolio/day.ts'
import { divide } from '../../src/portfolio/decimal.ts'
import { closes, ledger } from '../notation.ts'
import { seeded } from '../portfolio/random-ledger.ts'

describe('flows carried to the end', () => {
  // from a ten-thousandth of a cent to a price that makes the growth 1e9
  // Node 22 has 10 ** -4 as 0.00009999999999999999
  const level = fc.integer({ min: 0, max: 10 }).map((digits) => Number(`1e${digits - 4}`))
  const amount = fc
    .tuple(fc.bigInt(-(10n ** 24n), 10n ** 24n), fc.integer({ min: 0, max: 20 }))
    .map(([value, places]) => value / 10n ** BigInt(places))
  const flow = fc.record({ at: fc.nat(9), amount })

  it('are the sum of each amount × I(T) ÷ I(d), rounded once, to the last digit', () => {
    fc.assert(
      fc.property(
        fc.array(level, { minLength: 10, maxLength: 10 }),
        fc.array(flow, { maxLength: 60 }),
        (levels, moved) => {
          const days = levels.map((_, i) => addDays('2024-01-01', i))
          const own = ledger('2024-01-01 deposit 1', {
            markets: closes({ Y: levels.map((close, i) => `${days[i]} ${close.toFixed(6)}`).join(', ') }),
            benchmarks: ['Y'],
          })
          const span = spanOf(own, 'Y', days.at(-1)!, null)
          const flows = moved.map(({ at, amount: each }): Flow => ({
            day: days[at]!,
            kind: 'cash',
            transaction: null,
            amount: each,
          }))
          const plain = moved.reduce((sum, { at, amount: each }) => {
            const growth = BigInt(Math.round((levels.at(-1)! / levels[at]!) * 1e15))
            return sum + each * growth
          }, 0n)
          expect(carried(flows, span)).toBe(divide(plain, 10n ** 15n))
        },
      ),
      seeded,
    )
  })

  it('are not known where an amount is not, or the benchmark has no price', () => {
    const own = ledger('2024-01-01 deposit 1', { markets: closes({ Y: '2024-01-02 50, 2024-01-03 51' }) })
    const span = spanOf(own, 'Y', '2024-01-03', null)
    const of = (day: string, each: Flow['amount']): Flow[] => [
      { day, kind: 'buy', transaction: null, amount: each },
    ]
    expect(carried(of('2024-01-01', 1n), span)).toBe('no price for Y on 2024-01-01')
    expect(carried(of('2024-01-02', 'no rate'), span)).toBe('no rate')
    expect(carried(of('2024-01-02', 100n), span)).toBe(102n)
  })
})

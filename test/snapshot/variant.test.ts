import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withLine } from '../../src/metrics/chart.ts'
import { type Money, stored, sum, text } from '../../src/portfolio/decimal.ts'
import type { Ledger } from '../../src/portfolio/ledger.ts'
import { readWhatIf } from '../../src/portfolio/what-if-spelling.ts'
import type { Snapshot } from '../../src/snapshot/snapshot.ts'
import { variantOf, variantReport, withVariant } from '../../src/snapshot/variant.ts'
import { waterfall } from '../../src/snapshot/waterfall.ts'
import { everyKind, ledgerOf, seeded } from '../portfolio/random-ledger.ts'
import { savings, snapshotOf } from './savings.ts'

const about = { ...savings, portfolio: { ...savings.portfolio, benchmarks: ['BBB'] } }

/** The snapshot of a ledger, and the same by a what-if; null where the what-if is refused. */
function looked(of: Ledger, whatIf: string): { saved: Snapshot; seen: Snapshot; gap: Money | null } | null {
  const saved = snapshotOf(of, about)
  const rule = readWhatIf(whatIf)
  if ('reason' in rule) throw new Error(rule.reason)
  const variant = variantOf(of, rule)
  if ('reason' in variant) return null
  const { put_in = null, ...report } = variantReport(rule, variant.gap)
  const lines = [report.fees, report.interest, put_in, ...report.parts.map((part) => part.gap)]
  // the report adds up to the last digit
  const all = sum(lines.map((each) => (each === null ? null : stored(each))))
  expect(report.gap === null ? null : text(all)).toBe(report.gap)
  return { saved, seen: withVariant(saved, variant, { vs: null, whatIf }), gap: variant.gap.gap }
}

const cases = fc.record({
  told: everyKind,
  whatIf: fc.constantFrom('no AAA', 'BBB for AAA', 'AAA kept', '50 AAA + 50 BBB each time', '4 % each time'),
})

describe('a what-if in a snapshot (finance.md, "What if")', () => {
  it('is its first benchmark, whose steps lead to the cent from one value to the other', () => {
    fc.assert(
      fc.property(cases, ({ told, whatIf }) => {
        const found = looked(ledgerOf(told, { benchmarks: ['BBB'] }), whatIf)
        if (found === null) return
        const { saved, seen, gap } = found
        expect(seen.portfolio.benchmarks).toEqual([whatIf, 'BBB'])
        expect(Object.keys(seen.last.benchmarks)).toEqual([whatIf, 'BBB'])
        expect(seen.summary.benchmarks[whatIf]!.gap).toBe(text(gap))
        const steps = waterfall(seen, whatIf)
        if (typeof steps === 'string') return
        expect(steps.isVariant).toBe(true)
        expect(steps.start + sum(steps.steps.map(({ amount }) => amount))).toBe(steps.end)
        // what is saved is as it was
        expect(waterfall(seen, 'BBB')).toEqual(waterfall(saved, 'BBB'))
        expect(seen.summary.benchmarks.BBB).toEqual(saved.summary.benchmarks.BBB)
      }),
      { ...seeded, numRuns: 80 },
    )
  })
})

it('a line of other days has on each what it had last, and nothing before its first', () => {
  const whole = (days: string[], value: (number | null)[]) => ({
    days,
    value,
    invested: value,
    twr: value,
    benchmarks: {},
  })
  const lines = withLine(
    whole(['2024-01-02', '2024-01-04', '2024-01-05', '2024-01-08'], [1, 2, 3, 4]),
    'no X',
    whole(['2024-01-03', '2024-01-05'], [7, 8]),
  )
  expect(lines.benchmarks['no X']!.value).toEqual([null, 7, 8, 8])
})

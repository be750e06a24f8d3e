import { describe, expect, it } from 'vitest'
import { gapInCents } from '../../src/snapshot/gap-in-cents.ts'
import type { GapReport } from '../../src/snapshot/gap-report.ts'
import type { Snapshot } from '../../src/snapshot/snapshot.ts'
import { dividedWaterfall, waterfall, type Waterfall } from '../../src/snapshot/waterfall.ts'
import { sum, text } from '../../src/portfolio/decimal.ts'
import { dec } from '../notation.ts'

type Parts = Record<string, string | null>

/** What the waterfall reads of a snapshot: values in cents, parts by symbol, and the other lines. */
function seen(own: number, theirs: number, parts: Parts, lines: Parts = {}): Snapshot {
  const row = ([symbol, amount]: [string, string | null]) => ({
    symbol,
    vs_money: { VOO: amount },
    reasons: amount === null ? { 'vs_money.VOO': `no price for ${symbol}` } : {},
  })
  return {
    holdings: Object.entries(parts).map(row),
    closed: [],
    gaps: {
      VOO: {
        gap: '',
        reason: null,
        cash_drag: '0',
        fees: '0',
        interest: '0',
        uncovered: '0',
        elsewhere: '0',
        ...lines,
      },
    },
    last: { value: [own], benchmarks: { VOO: { value: [theirs] } } },
  } as unknown as Snapshot
}

function steps(found: Waterfall | string): Waterfall {
  if (typeof found === 'string') throw new Error(found)
  return found
}

const told = ({ steps: all }: Waterfall) => all.map(({ name, amount }) => [name, text(amount)])

describe('the waterfall', () => {
  it('is of the one gap in cents that the page’s parts share, and leaves it as it is', () => {
    // the parts round to a cent less than the gap
    const snapshot = seen(100_001, 100_000, { A: '0.004', B: '0.004' }, { fees: '0.002' })
    const shared = gapInCents(snapshot, 'VOO')
    const before = structuredClone(shared)
    expect(told(steps(waterfall(snapshot, 'VOO', 2)))).toEqual(told(steps(waterfall(snapshot, 'VOO', 2))))
    expect(gapInCents(snapshot, 'VOO')).toBe(shared)
    expect(shared).toEqual(before)
  })

  it('leads from the benchmark’s value to the portfolio’s, the best step first, cash and fees last', () => {
    const parts = { JPM: '-30', TSLA: '120', V: '15' }
    const found = steps(waterfall(seen(109_500, 100_000, parts, { cash_drag: '-8', fees: '-2' }), 'VOO'))
    expect(told(found)).toEqual([
      ['TSLA', '120'],
      ['V', '15'],
      ['JPM', '-30'],
      ['Cash drag', '-8'],
      ['Fees', '-2'],
    ])
    expect(found.steps.map(({ from, to }) => [text(from), text(to)])).toEqual([
      ['1000', '1120'],
      ['1120', '1135'],
      ['1135', '1105'],
      ['1105', '1097'],
      ['1097', '1095'],
    ])
    expect([text(found.start), text(found.end), text(found.gap)]).toEqual(['1000', '1095', '95'])
    expect([found.helped, found.hurt]).toEqual([['TSLA', 'V'], ['JPM']])
  })

  it('gathers the smallest where there are more than eight, and tells the five largest', () => {
    const parts = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`S${i}`, `${(i - 3) * 10}`]))
    // Σ (i − 3) × 10 for i = 0 … 11 is 300, less 5
    const found = steps(waterfall(seen(129_500, 100_000, parts, { fees: '-5' }), 'VOO'))
    expect(told(found)).toEqual([
      ['S11', '80'],
      ['S10', '70'],
      ['S9', '60'],
      ['S8', '50'],
      ['S7', '40'],
      // of −30, −20, −10, 0, 10, 20 and 30 the last six, of which −30 or 30 is shown by name
      ...found.steps.slice(5, 7).map(({ name, amount }) => [name, text(amount)]),
      ['Fees', '-5'],
    ])
    expect(found.steps).toHaveLength(8)
    expect(found.steps.find(({ kind }) => kind === 'others')!.name).toBe('6 others')
    expect(found.steps.filter(({ isLarge }) => isLarge).map(({ name }) => name)).toEqual([
      'S11',
      'S10',
      'S9',
      'S8',
      'S7',
    ])
    expect(text(sum(found.steps.map(({ amount }) => amount)))).toBe('295')
  })

  it('adds up to the cent though each step is rounded: the largest takes what is left', () => {
    // three times a third of a cent too little
    const parts = { A: '33.333333', B: '33.333333', C: '33.333334' }
    const found = steps(waterfall(seen(20_000, 10_000, parts), 'VOO'))
    expect(told(found).map(([, amount]) => amount)).toEqual(['33.34', '33.33', '33.33'])
    expect(found.steps.at(-1)!.to).toBe(dec('200'))
  })

  it('shows a portfolio that is level without a step that is 0', () => {
    const found = steps(waterfall(seen(5, 5, {}), 'VOO'))
    expect(found).toMatchObject({ gap: 0n, steps: [], helped: [], hurt: [] })
  })

  it('is a sentence where a part is not known', () => {
    expect(waterfall(seen(1, 1, { XYZ: null }), 'VOO')).toBe('no price for XYZ')
  })
})

describe('the waterfall of a gap that is divided otherwise', () => {
  const report = (parts: Partial<GapReport['parts'][number]>[], about: Partial<GapReport> = {}) =>
    ({
      benchmark: 'VOO',
      value: '1095.004',
      benchmark_value: '1000.001',
      cash_drag: '-8',
      fees: '0',
      interest: '0',
      uncovered: '0',
      reasons: {},
      parts,
      ...about,
    }) as GapReport

  it('names the purchases that did most, two of one symbol apart, and gathers the others', () => {
    const lots = [
      { symbol: 'TSLA', lot: '1', date: '2020-01-02', gap: '90.001' },
      { symbol: 'TSLA', lot: '2', date: '2021-01-04', gap: '30.002' },
      { symbol: 'V', lot: null, gap: '1' },
      { symbol: 'JPM', lot: '3', date: '2022-01-03', gap: '-18' },
    ]
    const found = steps(dividedWaterfall(report(lots), 'lot', 4))
    expect(told(found)).toEqual([
      ['TSLA', '90'],
      ['TSLA', '30'],
      ['2 others', '-17'],
      ['Cash drag', '-8'],
    ])
    expect(found.steps.slice(0, 2)).toMatchObject([{ lot: '1', date: '2020-01-02' }, { lot: '2' }])
    expect([text(found.start), text(found.end), found.steps.at(-1)!.to]).toEqual(['1000', '1095', found.end])
    expect(found.helped).toEqual([])
  })

  it('adds up the symbols of each year, and keeps the years in their order', () => {
    const years = [
      { symbol: 'V', year: '2021', gap: '10.005' },
      { symbol: 'TSLA', year: '2020', gap: '-20' },
      { symbol: 'TSLA', year: '2021', gap: '100' },
      // no price at its end: the next year has it
      { symbol: 'V', year: '2020', gap: null },
      { symbol: 'V', year: '2022', gap: '12.995' },
    ]
    const found = steps(dividedWaterfall(report(years), 'year', 4))
    expect(told(found)).toEqual([
      ['2020', '-20'],
      ['2021', '110'],
      ['2022', '13'],
      ['Cash drag', '-8'],
    ])
    expect([found.helped, found.hurt]).toEqual([['2021', '2022'], ['2020']])
  })

  it('is a sentence where the gap, or a purchase’s part, is not known', () => {
    const none = report([], { value: null, reasons: { gap: 'no price for VOO on 2020-01-02' } })
    expect(dividedWaterfall(none, 'year', 4)).toBe('no price for VOO on 2020-01-02')
    const unknown = report([{ symbol: 'XYZ', lot: '1', gap: null, reason: 'no price for XYZ' }])
    expect(dividedWaterfall(unknown, 'lot', 4)).toBe('no price for XYZ')
  })
})

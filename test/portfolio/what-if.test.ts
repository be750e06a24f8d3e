import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { performance } from '../../src/metrics/performance.ts'
import { variantGap } from '../../src/metrics/variant-gap.ts'
import { variantTrail } from '../../src/metrics/variant-trail.ts'
import { addDays } from '../../src/portfolio/day.ts'
import { sum, text, toNumber } from '../../src/portfolio/decimal.ts'
import type { Ledger } from '../../src/portfolio/ledger.ts'
import { withRows } from '../../src/portfolio/prepared-ledger.ts'
import { valuations } from '../../src/portfolio/valuation.ts'
import { variantLedger } from '../../src/portfolio/what-if.ts'
import { readWhatIf } from '../../src/portfolio/what-if-spelling.ts'
import { closes, ledger, measured } from '../notation.ts'
import { history, ledgerOf, seeded, withTransfers } from './random-ledger.ts'

const ruleOf = (typed: string) => {
  const read = readWhatIf(typed)
  if ('reason' in read) throw new Error(read.reason)
  return read
}
const reasonOf = (of: Ledger, typed: string) => {
  const found = variantLedger(of, ruleOf(typed))
  return 'reason' in found ? found.reason : null
}
const by = (of: Ledger, typed: string): Ledger => {
  const found = variantLedger(of, ruleOf(typed))
  if ('reason' in found) throw new Error(found.reason)
  return found
}
const valueOf = (of: Ledger) => {
  const { value } = valuations(of, of.today)
  return value.length > 0 ? value.at(-1)! : 0n
}
const gapTo = (of: Ledger, other: Ledger) => variantGap(of, other, { asOf: of.today })

/** Each row is rounded once, to the ten-thousand-millionth. */
const ROUNDINGS = 1000

describe('a what-if is spelled in one way', () => {
  it.each([
    ['No tsla', 'no TSLA'],
    ['voo  for tsla', 'VOO for TSLA'],
    ['60 voo + 40 bnd for TSLA', '60 VOO + 40 BND for TSLA'],
    ['4% for TSLA', '4 % for TSLA'],
    ['tsla kept', 'TSLA kept'],
    ['TSLA kept on 2024-03-01', 'TSLA kept on 2024-03-01'],
    ['S&P 500 each time', 'VOO each time'],
    ['tsla of 2024-03-01 on 2024-06-03', 'TSLA of 2024-03-01 on 2024-06-03'],
  ])('%s is %s', (typed, spelling) => {
    expect(ruleOf(typed).spelling).toBe(spelling)
    expect(ruleOf(spelling)).toEqual(ruleOf(typed))
  })

  it.each([
    ['sell everything', /is no what-if\. Write no TSLA/],
    ['no <b>', /“<b>” is not a ticker/],
    ['60 VOO for TSLA', /its weights add up to 60, not 100/],
    ['TSLA kept on May', /“May” is not a date/],
    ['TSLA of 2024-06-03 on 2024-03-01', /is before/],
  ])('%s is refused', (typed, reason) => {
    expect(readWhatIf(typed)).toEqual({ reason: expect.stringMatching(reason) as string })
  })
})

// X: 100, 120, 150 and V: 50, 55, 60
const markets = closes({
  X: '2024-01-02 100, 2024-02-01 120, 2024-03-01 150',
  V: '2024-01-02 50, 2024-02-01 55, 2024-03-01 60',
})

describe('what if (finance.md, "What if")', () => {
  const of = ledger('2024-01-02 buy 10 X @ 100\n2024-02-01 sell 4 X @ 120', { markets })

  it('I had not bought it: nothing was put in, and nothing is there', () => {
    const other = by(of, 'no X')
    expect(other.transactions).toEqual([])
    // 6 × 150 + 480 = 1380, of which 1000 were put in and 380 gained
    const { gap, parts, putIn } = gapTo(of, other)
    expect([text(gap), text(putIn)]).toEqual(['1380', '1000'])
    expect(parts.map((part) => [part.symbol, text(part.gap)])).toEqual([['X', '380']])
    const rest = ledger('2024-01-02 buy 1 V @ 50\n2024-01-02 buy 10 X @ 100\n2024-02-01 sell 4 X @ 120', {
      markets,
    })
    const found = gapTo(rest, by(rest, 'no X'))
    expect([text(found.gap), text(found.putIn)]).toEqual(['1380', '1000'])
    expect(found.parts.map((part) => [part.symbol, text(part.gap)])).toEqual([
      ['X', '380'],
      ['V', '0'],
    ])
  })

  it('I had put it into V: the same money at the closes of the same days', () => {
    // 1000 buy 20 V @ 50; the 480 of the sale sell 480 ÷ 55 of them; 11.2727… are left at 60
    const other = by(of, 'V for X')
    const left = (20 - 480 / 55) * 60 + 480
    expect(toNumber(valueOf(other)!)).toBeCloseTo(left, 6)
    const { gap, parts, putIn } = gapTo(of, other)
    expect(toNumber(gap!)).toBeCloseTo(1380 - left, 6)
    expect(text(putIn)).toBe('0')
    // X has added 380, and V would have added its own gain
    const added = parts.map((part) => [part.symbol, toNumber(part.gap!)] as const)
    expect(added.map(([symbol]) => symbol)).toEqual(['X', 'V instead'])
    expect(added[0]![1]).toBeCloseTo(380, 6)
    expect(added[1]![1]).toBeCloseTo(1000 - left, 6)
  })

  it('I had kept it: 10 X @ 150, without the 480 of cash', () => {
    expect(text(valueOf(by(of, 'X kept')))).toBe('1500')
    expect(text(valueOf(by(of, 'X kept on 2024-02-01')))).toBe('1500')
    expect(reasonOf(of, 'X kept on 2024-02-02')).toBe('there is no sale of X on 2024-02-02')
  })

  it('I had bought V each time: the benchmark itself', () => {
    const other = by(of, 'V each time')
    // 20 V @ 60
    expect(text(valueOf(other))).toBe('1200')
  })

  it('I had waited until March: 4 X sold @ 150; 1000 would have bought 6.67 X', () => {
    expect(text(valueOf(by(of, 'X of 2024-02-01 on 2024-03-01')))).toBe('1500')
    const bought = ledger('2024-01-02 buy 10 X @ 100', { markets })
    expect(toNumber(valueOf(by(bought, 'X of 2024-01-02 on 2024-02-01'))!)).toBeCloseTo(1250, 6)
    expect(reasonOf(of, 'X of 2024-01-02 on 2024-03-01')).toBe(
      'more of X would be sold than held before 2024-03-01',
    )
    expect(reasonOf(of, 'X of 2024-01-03 on 2024-03-01')).toBe(
      'there is no purchase or sale of X on 2024-01-03',
    )
    expect(reasonOf(of, 'X of 2024-02-01 on 2024-03-02')).toBe('2024-03-02 is in the future')
  })

  it('counts shares across a split, and dividends by themselves', () => {
    const rule = { counting: 'automatic' as const, withholding: 0n, dismissed: new Set<string>() }
    const split = ledger('2024-01-02 buy 10 X @ 200\n2024-02-01 sell 10 X @ 240', {
      markets: closes({
        X: '2024-01-02 100, 2024-02-01 120, 2024-03-01 150, 2024-02-15 split 2:1, 2024-02-20 dividend 1',
      }),
      dividendRule: rule,
    })
    // 20 of today's shares @ 150, and 1 for each
    expect(text(valueOf(by(split, 'X kept')))).toBe('3020')
    // the dividend came before the sale: 20 @ 150 and 20 for them
    expect(text(valueOf(by(split, 'X of 2024-02-01 on 2024-03-01')))).toBe('3020')
  })

  it('is refused of a symbol that became another, and of one that is not there', () => {
    const became = ledger('2024-01-02 buy 10 X @ 100\n2024-02-01 exchange X into V ratio 1:1 shares 10', {
      markets,
    })
    expect(reasonOf(became, 'no X')).toContain('shares of X became V on 2024-02-01')
    expect(reasonOf(became, 'no V')).toContain('shares of X became V')
    expect(reasonOf(of, 'no NOPE')).toBe('there is no transaction of NOPE')
    expect(reasonOf(of, 'NOPE for X')).toBe('no price for NOPE on 2024-01-02')
  })
})

describe('the gap to a what-if, divided', () => {
  // Y: 10 at the end of 2023, 12, 18; it pays 0.50 in February
  const recorded = ledger('2023-12-01 buy 10 Y @ 8\n2024-01-02 buy 10 Y @ 12\n2024-02-15 sell 5 Y @ 12', {
    markets: closes({
      Y: '2023-12-01 8, 2023-12-29 10, 2024-01-02 12, 2024-02-15 12, 2024-03-01 18, 2024-02-01 dividend 0.5',
    }),
    dividendRule: { counting: 'automatic' as const, withholding: 0n, dismissed: new Set<string>() },
  })
  const of = withRows(recorded, recorded.transactions)
  const divided = (typed: string, about: Partial<Parameters<typeof variantGap>[2]>) => {
    const found = variantGap(of, by(of, typed), { asOf: of.today, ...about })
    return [
      text(found.gap),
      text(found.putIn),
      ...found.parts.map((part) => `${part.date ?? part.year ?? part.symbol} ${text(part.gap)}`),
    ]
  }

  it('among purchases: what each has become, less what it would have', () => {
    // 5 of the first 10 were sold @ 12: 5 × 18 + 60 + 5 − 80 = 75. The second: 10 × 18 + 5 − 120 = 65
    expect(divided('no Y', { by: 'lot' })).toEqual(['340', '200', '2023-12-01 75', '2024-01-02 65'])
    // kept, the 5 would be worth 90 and not the 60 that they brought
    expect(divided('Y kept', { by: 'lot' })).toEqual(['-30', '0', '2024-01-02 0', '2023-12-01 -30'])
  })

  it('among years: what each has added', () => {
    // 10 × (10 − 8) in 2023; then 15 × 18 + 60 + 10 − 120 − 100 in 2024
    expect(divided('no Y', { by: 'year' })).toEqual(['340', '200', '2023 20', '2024 120'])
  })

  it('over a period: what has been added to it since', () => {
    // 5 fewer shares since February, which have gone from 12 to 18
    expect(divided('Y kept', { from: '2024-01-02' })).toEqual(['-30', '0', 'Y -30'])
    // 340 now, 20 × 12 on January 2: of the 100 the dividend is 10, the sale 60 and the rest the price
    expect(divided('no Y', { from: '2024-01-02' })).toEqual(['100', '0', 'Y 100'])
  })

  it('is shown to its flows, without those that both have', () => {
    const other = by(of, 'Y kept')
    const found = gapTo(of, other)
    const { value, flows, gap } = variantTrail(of, other, found, found.parts[0]!)
    // 15 × 18 − 20 × 18 + 60
    expect([text(value), text(gap)]).toEqual(['-90', '-30'])
    expect(flows.map(({ day, kind, isHere, adds }) => [day, kind, isHere, text(adds)])).toEqual([
      ['2024-02-15', 'sell', true, '60'],
    ])
    const none = by(of, 'no Y')
    const putIn = variantTrail(of, none, gapTo(of, none), 'put_in')
    expect(putIn.flows.map(({ day, adds }) => [day, text(adds)])).toEqual([
      ['2023-12-01', '80'],
      ['2024-01-02', '120'],
    ])
  })
})

describe('laws of any ledger', () => {
  it('a what-if that changes nothing changes nothing', () => {
    fc.assert(
      fc.property(history, (told) => {
        const of = ledgerOf(told, {
          benchmarks: ['AAA'],
          dividendRule: { counting: 'automatic', withholding: 0n, dismissed: new Set() },
        })
        const same = withRows(
          of,
          of.transactions.filter(({ derived }) => !derived),
        )
        const figures = (each: Ledger) => performance(each, valuations(each, each.today))
        expect(figures(same)).toEqual(
          figures(
            withRows(
              same,
              same.transactions.filter(({ derived }) => !derived),
            ),
          ),
        )
        const { gap, parts, putIn, fees, interest } = gapTo(same, withRows(same, same.transactions))
        expect(
          [gap ?? 0n, putIn, fees, interest, ...parts.map((part) => part.gap)].every((each) => each === 0n),
        ).toBe(true)
        const own = of.transactions.find(({ symbol, type }) => symbol !== null && type === 'buy')
        const typed = own
          ? [`${own.symbol} for ${own.symbol}`, `${own.symbol} of ${own.date} on ${own.date}`]
          : []
        for (const each of typed) expect(by(of, each)).toBe(of)
      }),
      { ...seeded, numRuns: 60 },
    )
  })

  it('is the ledger that somebody would have written who had not bought, not sold, or waited', () => {
    fc.assert(
      fc.property(history, fc.nat(40), (told, later) => {
        const of = ledgerOf(told)
        const lines = told.text.split('\n')
        const written = (rewritten: readonly string[]) =>
          ledgerOf({ ...told, text: rewritten.join('\n') }, { today: of.today })
        const same = (typed: string, rewritten: readonly string[]) => {
          const other = variantLedger(of, ruleOf(typed))
          if ('reason' in other) return
          const figures = (each: Ledger) => performance(each, valuations(each, of.today))
          expect(figures(other)).toEqual(figures(written(rewritten)))
        }
        same(
          'no AAA',
          lines.filter((line) => !line.includes('AAA')),
        )
        same(
          'AAA kept',
          lines.filter((line) => !/ sell \S+ AAA/.test(line)),
        )
        const sale = lines.findLast((line) => / sell \S+ AAA/.test(line))
        const closesOf = told.market.AAA!.split(', ').filter((each) => !/split/.test(each))
        const close = closesOf[later % closesOf.length]!.split(' ')
        // a split between would make other shares of them
        if (!sale || close[0]! <= sale.slice(0, 10) || told.market.AAA!.includes('split')) return
        const day = sale.slice(0, 10)
        const isOf = (line: string) => line.startsWith(day) && / (buy|sell) \S+ AAA/.test(line)
        if (lines.filter(isOf).length > 1) return
        same(
          `AAA of ${day} on ${close[0]}`,
          lines.map((line) =>
            isOf(line) ? line.replace(day, close[0]!).replace(/@ \S+/, `@ ${close[1]}`) : line,
          ),
        )
      }),
      { ...seeded, numRuns: 100 },
    )
  })

  it('its parts add up to the gap, whatever the rule', () => {
    const rules = [
      'no AAA',
      'BBB for AAA',
      '60 AAA + 40 BBB for BBB',
      'AAA kept',
      'BBB each time',
      '4 % each time',
    ]
    const asked = fc.record({
      typed: fc.constantFrom(...rules),
      by: fc.constantFrom('symbol' as const, 'lot' as const, 'year' as const),
      back: fc.constantFrom(null, 3, 30, 400),
    })
    fc.assert(
      fc.property(withTransfers, asked, (told, { typed, by: divided, back }) => {
        const of = ledgerOf(told)
        const other = variantLedger(of, ruleOf(typed))
        if ('reason' in other) return
        const from = back === null ? null : addDays(of.today, -back)
        const found = variantGap(of, other, { asOf: of.today, from, by: divided })
        const { gap, parts, putIn, fees, interest } = found
        const all = sum([...parts.map((part) => part.gap ?? 0n), putIn, fees, interest])
        expect(gap === null ? null : all).toBe(gap)
        const known = divided === 'year' ? [] : parts.filter((part) => part.gap !== null)
        // each part is its worth + what came − what went, whatever it is divided among
        const off = (part: (typeof parts)[number], made: bigint | null) => Math.abs(Number(part.gap! - made!))
        for (const part of known) {
          const { value, received, dividends, paid } = part
          expect(off(part, value! + received! + dividends! - paid!)).toBeLessThan(ROUNDINGS)
        }
        if (from !== null) return
        const values: (bigint | null)[] = [of, other].map(valueOf)
        expect(gap).toBe(values.includes(null) ? null : values[0]! - values[1]!)
        for (const part of known) {
          const { value, flows } = variantTrail(of, other, found, part)
          const adds = sum(flows.map((flow) => flow.adds))
          expect(off(part, adds === null ? null : value! + adds)).toBeLessThan(ROUNDINGS)
        }
        const added = sum(variantTrail(of, other, found, 'put_in').flows.map(({ adds }) => adds))
        expect(added).toBe(putIn)
      }),
      { ...seeded, numRuns: 150 },
    )
  })

  it('every deposit into a benchmark is worth what the benchmark is', () => {
    fc.assert(
      fc.property(history, fc.constantFrom('AAA', '60 AAA + 40 BBB monthly', '4 %'), (told, benchmark) => {
        const of = ledgerOf(told, { benchmarks: [benchmark] })
        const instead = measured(of).benchmarks[benchmark]!.value
        if (instead === null || of.transactions.length === 0) return
        const value = valueOf(by(of, `${benchmark} each time`)) ?? 0n
        expect(Math.abs(toNumber(value) - Number(instead))).toBeLessThan(0.01 + 1e-8 * Number(instead))
      }),
      { ...seeded, numRuns: 60 },
    )
  })
})

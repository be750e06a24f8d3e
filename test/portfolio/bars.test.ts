import { describe, expect, it } from 'vitest'
import { mergeBars } from '../../src/portfolio/bars.ts'
import type { Bar } from '../../src/portfolio/instrument.ts'

/** `2: 100, 3: 101` are closes of days in March. */
function bars(line: string): Bar[] {
  if (line === '') return []
  return line.split(', ').map((each) => {
    const [day = '', close] = each.split(': ')
    return { day: `2026-03-${day.padStart(2, '0')}`, close: Number(close) }
  })
}

describe('stored bars that are continued', () => {
  it.each([
    ['by later ones', '2: 100', '3: 101', '2: 100, 3: 101'],
    ['by nothing stay', '2: 100', '', '2: 100'],
    ['from nothing are what is given', '', '2: 100', '2: 100'],
    ['by earlier ones come behind them', '4: 102', '2: 100', '2: 100, 4: 102'],
    [
      'by an answer with a hole keep the day',
      '2: 100, 3: 101, 4: 102',
      '2: 100, 4: 102',
      '2: 100, 3: 101, 4: 102',
    ],
    ['by what fills a hole have it', '2: 100, 4: 102', '2: 100, 3: 101, 4: 102', '2: 100, 3: 101, 4: 102'],
    ['by another close have that', '2: 100, 3: 101', '3: 99', '2: 100, 3: 99'],
    ['by the same but for rounding stay', '2: 129.0399932861', '2: 129.04', '2: 129.0399932861'],
  ])('%s', (_, stored, given, expected) => {
    expect(mergeBars(bars(stored), bars(given)).bars).toEqual(bars(expected))
  })

  it('name the days that were told otherwise, and not those that are new or rounded', () => {
    const { corrected } = mergeBars(
      bars('2: 100, 3: 129.0399932861, 4: 7'),
      bars('2: 100.01, 3: 129.04, 4: 7, 5: 8'),
    )
    expect(corrected).toEqual(['2026-03-02'])
  })

  it('are brought to the units of a split that has happened since, where they are not given anew', () => {
    // three for two on the 4th: 100 → 100 × 2 ÷ 3 = 66.6666666667 to ten decimals
    const split = { day: '2026-03-04', numerator: 3, denominator: 2 }
    expect(mergeBars(bars('2: 100, 3: 102, 4: 68'), bars('3: 68, 5: 69'), [split])).toEqual({
      bars: bars('2: 66.6666666667, 3: 68, 4: 68, 5: 69'),
      corrected: [],
    })
  })
})

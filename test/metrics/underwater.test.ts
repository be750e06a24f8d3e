import { describe, expect, it } from 'vitest'
import { underwater } from '../../src/metrics/underwater.ts'
import { chart } from '../../src/metrics/chart.ts'
import { valuations } from '../../src/portfolio/valuation.ts'
import { closes, ledger, measured } from '../notation.ts'

describe('the drawdown of each day', () => {
  it('is measured from the highest point before', () => {
    // 0.9/1.2 − 1, 1.5/2 − 1
    expect(underwater([1, 1.2, 0.9, 2, 1.5])).toEqual([0, 0, expect.closeTo(-0.25, 12), 0, -0.25])
  })

  it('is null where the index is null, and the peak remains', () => {
    expect(underwater([null, 2, null, 1])).toEqual([null, 0, null, -0.5])
  })

  it('may begin with a fall from where the index stood before', () => {
    expect(underwater([0.8, 1.1], 1)).toEqual([expect.closeTo(-0.2, 12), 0])
  })

  it('is empty for an empty index, and −1 after a total loss', () => {
    expect(underwater([])).toEqual([])
    expect(underwater([1, 0])).toEqual([0, -1])
  })

  it('reaches the maximum drawdown at its lowest', () => {
    const of = ledger('2024-01-02 buy 10 XYZ @ 100\n2024-01-04 deposit 500', {
      markets: closes({
        XYZ: '2024-01-02 100, 2024-01-03 130, 2024-01-04 91, 2024-01-05 117, 2024-01-08 150',
      }),
    })
    const { twr } = chart(of, valuations(of, of.today))
    const falls = underwater(
      twr.map((value) => (value === null ? null : 1 + value)),
      1,
    )
    expect(Math.min(...(falls as number[]))).toBeCloseTo(measured(of).max_drawdown!, 7)
    // (910 + 500)/(1300 + 500) − 1
    expect(falls[2]).toBeCloseTo(-0.2166667, 7)
  })
})

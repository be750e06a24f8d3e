import { describe, expect, it } from 'vitest'
import { otherSourceHistoryDoubt, otherSourceVerdict } from '../../../src/market/verdict/other-source.ts'
import type { History, Quote, Split } from '../../../src/portfolio/instrument.ts'
import { acme, known, noon, priced } from './acme.ts'

const quote = (price: string, day: string, previousClose?: string) => priced(price, noon(day), previousClose)
const verdict = (next: Quote, about = known) =>
  otherSourceVerdict(about, { instrument: acme, quote: next }, 'Finnhub', next.at)

describe('a price of a second source', () => {
  it('that agrees is taken', () => {
    expect(verdict(quote('103', '2026-03-09', '100'))).toEqual({ status: 'ok' })
  })

  it.each([
    ['a price by half', quote('50', '2026-03-09')],
    ['a close before by a tenth and more', quote('88', '2026-03-09', '88')],
    ['a hundredfold', quote('10000', '2026-03-09', '10000')],
  ])('that differs by %s is held for review', (_, next) => {
    expect(verdict(next)).toMatchObject({
      status: 'quarantined',
      held: { reason: expect.stringContaining('Finnhub counts in other units') },
    })
  })

  it('is held again when it is repeated the next day: a source repeats its units', () => {
    const first = verdict(quote('50', '2026-03-09'))
    if (first.status !== 'quarantined') throw new Error('it was not held')
    expect(verdict(quote('50', '2026-03-10'), { ...known, held: first.held }).status).toBe('quarantined')
  })

  it('that is older than ours is no news, however old', () => {
    expect(verdict(quote('99', '2026-03-05'))).toEqual({ status: 'older' })
  })
})

describe('a history of a second source', () => {
  const doubt = (closes: [string, number][], splits: Split[] = [], about = known) => {
    const history: History = {
      instrument: acme,
      quote: quote(String(closes.at(-1)![1]), closes.at(-1)![0]),
      bars: closes.map(([day, close]) => ({ day, close })),
      splits,
      dividends: [],
    }
    return otherSourceHistoryDoubt(about, history, '2026-03-02', 'Tiingo')
  }

  it('that has our closes is believed', () => {
    expect(
      doubt([
        ['2026-03-06', 100.01],
        ['2026-03-09', 103],
      ]),
    ).toBeNull()
  })

  it('with a later split is believed when its closes are in the new units', () => {
    const split = { day: '2026-03-09', numerator: 4, denominator: 1 }
    expect(
      doubt(
        [
          ['2026-03-06', 25],
          ['2026-03-09', 26],
        ],
        [split],
      ),
    ).toBeNull()
    expect(
      doubt(
        [
          ['2026-03-06', 100],
          ['2026-03-09', 26],
        ],
        [split],
      ),
    ).toContain('other units')
  })

  it('with other closes, a split that we do not know or without one that we know is not', () => {
    expect(
      doubt([
        ['2026-03-06', 50],
        ['2026-03-09', 51],
      ]),
    ).toContain('Tiingo counts in other units: 50 beside our 100')
    const split = { day: '2026-03-05', numerator: 2, denominator: 1 }
    expect(
      doubt(
        [
          ['2026-03-06', 100],
          ['2026-03-09', 103],
        ],
        [split],
      ),
    ).toContain('that we do not know of')
    const knowing = { ...known, splits: [split] }
    expect(
      doubt(
        [
          ['2026-03-06', 100],
          ['2026-03-09', 103],
        ],
        [],
        knowing,
      ),
    ).toContain('does not know the split')
  })
})

import { describe, expect, it } from 'vitest'
import { closeInUnitsOfToday, inUnitsOfToday } from '../../../src/market/verdict/late-split.ts'
import {
  type Bar,
  type History,
  notStored,
  type Quote,
  type Split,
  type StoredSymbol,
} from '../../../src/portfolio/instrument.ts'
import { acme, noon, priced } from './acme.ts'

const split: Split = { day: '2026-03-06', numerator: 4, denominator: 1 }

const quote = (day: string, price: string, previousClose: string) => priced(price, noon(day), previousClose)

/** Closes such as `2026-03-05 100, 2026-03-06 25`, and a price with the close before it. */
function told(closes: string, latest: Quote, splits = [split]): History {
  const bars = closes.split(', ').map((each): Bar => {
    const [day, close] = each.split(' ')
    return { day: day!, close: Number(close) }
  })
  return { instrument: acme, quote: latest, bars, splits, dividends: [{ day: '2026-03-04', amount: 2 }] }
}
const levels = ({ bars }: History) => bars.map(({ close }) => close)

const friday = quote('2026-03-06', '26', '100')

describe('a split that is news', () => {
  const known: StoredSymbol = { ...notStored, instrument: acme, lastBar: { day: '2026-03-05', close: 100 } }

  it('and whose last close before it is told as it was stored brings all before it to the new units', () => {
    const found = inUnitsOfToday(told('2026-03-04 99, 2026-03-05 100', friday), known)
    expect(levels(found)).toEqual([24.75, 25])
    expect(found.dividends).toEqual([{ day: '2026-03-04', amount: 0.5 }])
    expect(found.quote).toMatchObject({ price: '26', previousClose: '25' })
  })

  it('is late before its first price as well, which is in old units then', () => {
    const found = inUnitsOfToday(told('2026-03-05 100', quote('2026-03-05', '100', '99')), known)
    expect([levels(found), found.quote.price, found.quote.previousClose]).toEqual([[25], '25', '24.75'])
  })

  it.each(['26', '12'])('is not late when that close is told in the new units, at a price of %s', (price) => {
    const history = told('2026-03-04 24.75, 2026-03-05 25', quote('2026-03-06', price, '25'))
    expect(inUnitsOfToday(history, known)).toBe(history)
  })

  it('is not news when its ratio alone was corrected', () => {
    const three = {
      ...known,
      lastBar: { day: '2026-03-05', close: 33 },
      splits: [{ ...split, numerator: 3 }],
    }
    const history = told('2026-03-05 25', quote('2026-03-06', '26', '25'))
    expect(inUnitsOfToday(history, three)).toBe(history)
  })

  it('of ten old shares to one new multiplies', () => {
    const reverse = { ...split, numerator: 1, denominator: 10 }
    const history = told('2026-03-05 100', quote('2026-03-06', '1010', '100'), [reverse])
    expect(levels(inUnitsOfToday(history, known))).toEqual([1000])
  })
})

describe('a split that is known, or of a symbol of which nothing is stored', () => {
  const known: StoredSymbol = {
    ...notStored,
    instrument: acme,
    lastBar: { day: '2026-03-06', close: 25 },
    splits: [split],
  }
  const monday = quote('2026-03-09', '26', '25')

  it.each([known, notStored])('is late while the price jumps by its ratio on its day', (stored) => {
    const history = told('2026-03-05 100, 2026-03-06 25', monday)
    expect(levels(inUnitsOfToday(history, stored))).toEqual([25, 25])
  })

  it.each([known, notStored])('is not when it does not', (stored) => {
    const history = told('2026-03-05 25, 2026-03-06 24', monday)
    expect(inUnitsOfToday(history, stored)).toBe(history)
  })

  it('is late before its first price when the last close is told in old units', () => {
    const before: StoredSymbol = { ...known, lastBar: { day: '2026-03-05', close: 25 } }
    const late = told('2026-03-05 100', quote('2026-03-05', '100', '100'))
    expect(levels(inUnitsOfToday(late, before))).toEqual([25])
    const done = told('2026-03-05 25', quote('2026-03-05', '25', '25'))
    expect(inUnitsOfToday(done, before)).toBe(done)
  })

  it('is believed of long ago, and where its ratio is no more than a day’s move', () => {
    const old = told('2025-06-05 100, 2025-06-06 25, 2026-03-06 25', monday, [
      { ...split, day: '2025-06-06' },
    ])
    const small = told('2026-03-05 100, 2026-03-06 82', monday, [{ ...split, numerator: 5, denominator: 4 }])
    for (const history of [old, small]) expect(inUnitsOfToday(history, notStored)).toBe(history)
  })
})

describe('the close before a price', () => {
  const known: StoredSymbol = {
    ...notStored,
    instrument: acme,
    lastBar: { day: '2026-03-05', close: 25 },
    splits: [split],
  }
  const before = (latest: Quote, stored = known) =>
    closeInUnitsOfToday({ instrument: acme, quote: latest }, stored).quote.previousClose

  it('of a split’s day is brought to its units where the source has not', () => {
    expect(before(friday)).toBe('25')
    expect(before(quote('2026-03-06', '26', '25.1'))).toBe('25.1')
  })

  it('is left alone on other days', () => {
    expect(before(quote('2026-03-06', '26', '100'), { ...known, splits: [] })).toBe('100')
    expect(before(quote('2026-03-05', '26', '100'))).toBe('100')
  })
})

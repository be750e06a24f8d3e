import { describe, expect, it } from 'vitest'
import { historyVerdict, isLeap, quoteVerdict } from '../../../src/market/verdict/quarantine.ts'
import { isRebased, newSplits } from '../../../src/market/verdict/rebased-history.ts'
import { addDays } from '../../../src/portfolio/day.ts'
import type {
  Bar,
  QuarantinedQuote,
  History,
  Instrument,
  StoredSymbol,
  Quote,
  Split,
} from '../../../src/portfolio/instrument.ts'
import { acme, known as stored, noon, priced } from './acme.ts'

const monday = noon('2026-03-09')
const tuesday = noon('2026-03-10')

const quote = (price: string, at = monday, currency = 'USD'): Quote => ({ ...priced(price, at), currency })

/** What is stored of it, apart from some fields. */
const known = (about: Partial<StoredSymbol> = {}): StoredSymbol => ({ ...stored, ...about })

function verdict(about: StoredSymbol, next: Quote, now = next.at) {
  return quoteVerdict(about, { instrument: { ...acme, currency: next.currency }, quote: next }, now)
}

function heldBack(about: StoredSymbol, next: Quote, now = next.at): QuarantinedQuote {
  const found = verdict(about, next, now)
  if (found.status !== 'quarantined') throw new Error(`${next.price} was ${found.status}`)
  return found.held
}

describe('a price', () => {
  it('of a symbol that nothing is known of is believed', () => {
    const nothing = known({ instrument: null, quote: null, lastBar: null, fromDay: null })
    expect(verdict(nothing, quote('0.0001'))).toEqual({ status: 'ok' })
  })

  it.each(['500', '20', '100'])('of %s after 100 is believed', (price) => {
    expect(verdict(known(), quote(price))).toEqual({ status: 'ok' })
  })

  it.each(['500.01', '19.99'])('of %s after 100 is held, and says why', (price) => {
    expect(heldBack(known(), quote(price))).toEqual({
      price,
      currency: 'USD',
      at: monday,
      reason: 'it is more than five times above or below the 100 USD of 2026-03-06, and no split is known',
      since: '2026-03-09',
    })
  })

  it.each(['0', '-1', 'NaN', 'Infinity', ''])('of %j is none', (price) => {
    expect(heldBack(known(), quote(price)).reason).toContain('is not a valid price')
  })

  it('in another currency is held', () => {
    expect(heldBack(known(), quote('100', monday, 'EUR')).reason).toBe('its currency changed from USD to EUR')
  })

  it('in another currency is not believed for being repeated: the bars are in the old one', () => {
    const held = heldBack(known(), quote('100', monday, 'EUR'))
    expect(verdict(known({ held }), quote('100', tuesday, 'EUR')).status).toBe('quarantined')
  })

  it('of the same instant is stored: it may be the corrected close', () => {
    expect(verdict(known(), quote('101', noon('2026-03-06'))).status).toBe('ok')
  })

  it('of an hour before is older and no more than that; earlier still it goes back in time', () => {
    const friday = noon('2026-03-06')
    expect(verdict(known(), quote('99', friday - 3_600_000), friday).status).toBe('older')
    expect(heldBack(known(), quote('99', friday - 3_600_001), friday).reason).toBe(
      'it is older than the price we have',
    )
  })

  it('from the future is held; one that was stored long ago locks nothing out', () => {
    expect(heldBack(known(), quote('100', monday + 3_600_001), monday).reason).toContain('future')
    const poisoned = known({ quote: quote('100', Date.parse('2040-01-01')) })
    expect(verdict(poisoned, quote('101')).status).toBe('ok')
  })
})

describe('a close before that is told otherwise', () => {
  // four for one on Monday: Friday's 100 is given as 25
  const told = (previousClose: string, about: Partial<StoredSymbol> = {}, price = '25.5') =>
    verdict(known(about), { ...quote(price), previousClose })

  it('may be a split, however near the price: it is held until the history is there', () => {
    expect(told('25')).toMatchObject({
      status: 'quarantined',
      mayBeSplit: true,
      held: { reason: 'the close of 2026-03-06 is now given as 25 USD, but was 100' },
    })
  })
  it('by less than a tenth is a correction', () => {
    expect(told('95', {}, '96').status).toBe('ok')
  })
  it('of another session than the last stored one says nothing', () => {
    expect(told('25', { lastBar: { day: '2026-03-05', close: 100 } }).status).toBe('ok')
  })
  it('of what is never split says nothing', () => {
    expect(told('25', { instrument: { ...acme, kind: 'crypto' } }).status).toBe('quarantined')
    const coin = {
      instrument: { ...acme, kind: 'crypto' as const },
      quote: { ...quote('25.5'), previousClose: '25' },
    }
    expect(quoteVerdict(known(), coin, monday).status).toBe('ok')
  })
  it('and told so again on the next day is believed', () => {
    const first = told('25')
    const held = first.status === 'quarantined' ? first.held : null
    const again = { ...quote('25.8', tuesday), previousClose: '25.5' }
    expect(verdict(known({ held, lastBar: { day: '2026-03-09', close: 100 } }), again).status).toBe('ok')
  })
})

describe('a jump that is real is accepted', () => {
  // ten for one on Monday: 100 becomes 10
  const split: Split = { day: '2026-03-09', numerator: 10, denominator: 1 }

  it('when a split explains it', () => {
    expect(verdict(known({ splits: [split] }), quote('10.2')).status).toBe('ok')
  })

  it('when a reverse split is reported later', () => {
    const reverse: Split = { day: '2026-03-09', numerator: 1, denominator: 20 }
    const held = heldBack(known(), quote('1990'))
    expect(verdict(known({ held, splits: [reverse] }), quote('1995', monday + 60_000)).status).toBe('ok')
  })

  it('not for a split of another day', () => {
    const old: Split = { ...split, day: '2026-03-06' }
    expect(verdict(known({ splits: [old] }), quote('10.2')).status).toBe('quarantined')
  })

  it('when the stored bars have come there', () => {
    const lastBar: Bar = { day: '2026-03-09', close: 1000 }
    expect(verdict(known({ lastBar }), quote('1100', tuesday)).status).toBe('ok')
  })

  it('when the source says it again on a later day, and not the same day', () => {
    const first = heldBack(known(), quote('1000'))
    const again = heldBack(known({ held: first }), quote('1300', monday + 3_600_000))
    expect(again).toMatchObject({ price: '1300', since: '2026-03-09' })
    expect(verdict(known({ held: again }), quote('1250', tuesday)).status).toBe('ok')
  })

  it('not when the later day says something else again', () => {
    const held = heldBack(known(), quote('1000'))
    expect(heldBack(known({ held }), quote('9000', tuesday)).since).toBe('2026-03-10')
  })

  it('not for being repeated when it looks like pence for pounds', () => {
    const pounds = known({
      instrument: { ...acme, currency: 'GBP' },
      quote: quote('3', noon('2026-03-06'), 'GBP'),
      lastBar: null,
    })
    const held = heldBack(pounds, quote('305', monday, 'GBP'))
    expect(verdict({ ...pounds, held }, quote('304', tuesday, 'GBP')).status).toBe('quarantined')
    expect(verdict({ ...pounds, held }, quote('3.04', tuesday, 'GBP')).status).toBe('ok')
  })
})

/** Closes of successive days from 2026-03-02 on. */
function history(closes: number[], about: Partial<History> = {}): History {
  const bars = closes.map((close, index) => ({ day: addDays('2026-03-02', index), close }))
  return {
    instrument: acme,
    quote: quote(String(closes.at(-1)), noon(bars.at(-1)?.day ?? '2026-03-09')),
    bars,
    splits: [],
    dividends: [],
    ...about,
  }
}

const fresh = known({ instrument: null, quote: null, lastBar: null, fromDay: null })

function judged(found: History, about: StoredSymbol = fresh, from = '2020-01-01') {
  return historyVerdict(about, found, from, noon('2026-04-01'))
}

function closesKept(found: History, about: StoredSymbol = fresh) {
  const answer = judged(found, about)
  if (answer.status !== 'ok') throw new Error(answer.held.reason)
  return answer.history.bars.map(({ close }) => close)
}

describe('of the bars of a history', () => {
  it.each([
    ['all are kept while none jumps', [100, 120, 90], [100, 120, 90]],
    ['one that comes straight back is left out', [100, 10_000, 101], [100, 101]],
    ['one near nothing is left out', [100, 0.01, 101], [100, 101]],
    ['a week of them that comes back is left out', [100, 9e3, 9e3, 9e3, 9e3, 9e3, 101], [100, 101]],
    ['a new level that stays is kept', [100, 1000, 1100, 900], [100, 1000, 1100, 900]],
    ['the last one waits for the next session', [100, 101, 1000], [100, 101]],
    ['two mistakes in a row are two', [100, 9000, 0.5, 101], [100, 101]],
    ['none of none is left', [], []],
  ])('%s', (_, closes, kept) => {
    expect(closesKept(history(closes))).toEqual(kept)
  })

  it.each([
    ['one that leaps up and is back is left out', [100, 330, 101], [100, 101]],
    ['one that leaps down and is back is left out', [100, 50, 90], [100, 90]],
    ['just within a quarter is back', [100, 181, 125], [100, 125]],
    ['1.8 times is no leap', [100, 180, 100], [100, 180, 100]],
    ['a level that stays for two sessions is the price', [100, 200, 200, 100], [100, 200, 200, 100]],
    ['one that comes back by half is the price', [100, 300, 130], [100, 300, 130]],
    ['two in a row, each back, are left out', [100, 330, 101, 30, 99], [100, 101, 99]],
    ['the last one is kept until the next session tells', [100, 330], [100, 330]],
    ['the first one has nothing before it', [330, 100, 101], [330, 100, 101]],
  ])('%s', (_, closes, kept) => {
    expect(closesKept(history(closes))).toEqual(kept)
  })

  it('a brief leap at a split is no mistake', () => {
    const day = history([100, 200, 100]).bars[1]!.day
    const splits = [{ day, numerator: 2, denominator: 1 }]
    expect(closesKept(history([100, 200, 100], { splits }))).toEqual([100, 200, 100])
  })

  it('the close before the quote is the last one that is kept', () => {
    const { bars } = history([100, 101, 330, 102])
    const quoted = { ...quote('103', noon(bars[3]!.day)), previousClose: '330' }
    const answer = judged(history([100, 101, 330, 102], { quote: quoted }))
    expect(answer).toMatchObject({ status: 'ok', history: { quote: { previousClose: '101' } } })
  })

  it('those left out are named with their reason', () => {
    expect(judged(history([100, 10_000, 101]))).toMatchObject({
      left: [
        {
          bar: { day: '2026-03-03', close: 10_000 },
          reason:
            'it is more than five times above or below the 100 USD of 2026-03-02, and no split is known',
        },
      ],
    })
  })

  it('the last one is kept when a split explains it', () => {
    const splits = [{ day: '2026-03-04', numerator: 1, denominator: 10 }]
    expect(closesKept(history([100, 101, 1000], { splits }))).toEqual([100, 101, 1000])
  })

  it('the first is measured on the stored one before it', () => {
    const before = known({ lastBar: { day: '2026-02-27', close: 100 } })
    expect(closesKept(history([10_000, 101]), before)).toEqual([101])
  })

  it('pounds that turn into pence wait a week to be believed', () => {
    const pounds = { instrument: { ...acme, currency: 'GBP' } }
    expect(closesKept(history([3, 300, 301, 302, 303, 304], pounds))).toEqual([3])
    expect(closesKept(history([3, 300, 301, 302, 303, 304, 305], pounds))).toHaveLength(7)
  })
})

describe('a history', () => {
  it('has a quote with a verdict of its own, by its last bar', () => {
    const jumped = history([100, 101], { quote: quote('9000', noon('2026-03-04')) })
    expect(judged(jumped)).toMatchObject({ status: 'ok', quote: { status: 'quarantined' } })
    // stored a year ago at 10, and the bars have gone all the way since
    const old = known({ quote: quote('10', noon('2025-03-06')), lastBar: { day: '2025-03-06', close: 10 } })
    const since = history([50, 100, 101], { quote: quote('102', noon('2026-03-05')) })
    const grown = { ...since, bars: [{ day: '2025-03-06', close: 10 }, ...since.bars] }
    expect(judged(grown, old, '2025-03-01')).toMatchObject({ status: 'ok', quote: { status: 'ok' } })
  })

  it('that says otherwise of a stored day is held, until it is repeated on a later day', () => {
    const stored = known({ lastBar: { day: '2026-03-03', close: 100 }, quote: null })
    const answer = judged(history([1000, 1000, 1000]), stored)
    expect(answer).toMatchObject({ status: 'quarantined', held: { since: '2026-03-04' } })
    const held = answer.status === 'quarantined' ? answer.held : null
    expect(judged(history([1000, 1000, 1000, 1000]), { ...stored, held }).status).toBe('ok')
  })

  it('that is re-based by a new split is believed', () => {
    const stored = known({ lastBar: { day: '2026-03-03', close: 100 }, quote: null })
    const splits = [{ day: '2026-03-04', numerator: 10, denominator: 1 }]
    expect(judged(history([10, 10, 10.1], { splits }), stored).status).toBe('ok')
  })

  it('in another currency is held until it is repeated, and then taken whole only', () => {
    const instrument = { ...acme, currency: 'EUR' }
    const stored = known({ lastBar: { day: '2026-03-03', close: 195 }, quote: quote('195', 0) })
    const first = history([100, 100], { instrument, quote: quote('100', monday, 'EUR') })
    const answer = judged(first, stored)
    expect(answer).toMatchObject({ held: { reason: 'its currency changed from USD to EUR' } })
    const held = answer.status === 'quarantined' ? answer.held : null
    const second = history([100, 100], { instrument, quote: quote('101', tuesday, 'EUR') })
    expect(judged(second, { ...stored, held }, '2026-03-01').status).toBe('quarantined')
    expect(judged(second, { ...stored, held }, '2020-01-01')).toMatchObject({
      status: 'ok',
      quote: { status: 'ok' },
    })
  })
})

describe('a history re-bases what is stored before it', () => {
  const split: Split = { day: '2026-03-04', numerator: 4, denominator: 1 }
  const stored = known({ lastBar: { day: '2026-03-03', close: 100 } })

  it('when it knows of a split that is not stored, or of another ratio', () => {
    expect(isRebased(stored, history([25, 25, 25], { splits: [split] }), '2020-01-01')).toBe(true)
    const small = { ...split, numerator: 21, denominator: 20 }
    expect(isRebased(stored, history([95, 95], { splits: [small] }), '2020-01-01')).toBe(true)
    const corrected = { ...stored, splits: [{ ...split, numerator: 2 }] }
    expect(newSplits(corrected, history([25], { splits: [split] }))).toEqual([split])
  })
  it('when it no longer knows of a split that is stored of its days', () => {
    const split5 = { ...stored, splits: [split] }
    expect(isRebased(split5, history([100, 100, 100, 100, 100]), '2020-01-01')).toBe(true)
    expect(isRebased(split5, history([100, 100, 100, 100, 100]), '2026-03-05')).toBe(false)
  })
  it('and is believed when the closes are back by that split, however large', () => {
    const ten = { day: '2026-03-04', numerator: 10, denominator: 1 }
    const before = known({
      splits: [ten],
      lastBar: { day: '2026-03-03', close: 10 },
      quote: quote('10', noon('2026-03-03')),
    })
    const found = judged(history([100, 100, 100, 100]), before)
    expect(found).toMatchObject({ status: 'ok', quote: { status: 'ok' } })
  })
  it('not when it repeats one, however written', () => {
    const repeated = { ...stored, splits: [{ ...split, numerator: 8, denominator: 2 }] }
    expect(isRebased(repeated, history([100, 100], { splits: [split] }), '2020-01-01')).toBe(false)
  })
  it('when it tells the last close a tenth off, and not when it corrects it', () => {
    expect(isRebased(stored, history([89, 89]), '2020-01-01')).toBe(true)
    expect(isRebased(stored, history([95, 95]), '2020-01-01')).toBe(false)
  })
  it('when it is in another currency', () => {
    expect(
      isRebased(stored, history([100, 100], { instrument: { ...acme, currency: 'EUR' } }), '2020-01-01'),
    ).toBe(true)
  })
  it('a split that is stored counts once', () => {
    // 100 → 25 is within five times, 100 → 10 is not: explained by ten for one, not by a hundred for one
    const ten = { ...split, numerator: 10 }
    const found = history([100, 100, 1], { splits: [ten] })
    expect(closesKept(found, { ...fresh, splits: [ten] })).toEqual([100, 100])
  })
})

describe('a leap', () => {
  const leaps = (price: string, kind: Instrument['kind'] = 'equity') =>
    isLeap(known(), { instrument: { ...acme, kind }, quote: quote(price) })

  it('is what a split of three for two, or one for two, would look like', () => {
    expect(['67', '200', '26'].map((price) => leaps(price))).toEqual([true, true, true])
    expect(['72', '139'].map((price) => leaps(price))).toEqual([false, false])
  })

  it('is none of a coin, nor of what had no price', () => {
    expect(leaps('50', 'crypto')).toBe(false)
    expect(isLeap(known({ quote: null }), { instrument: acme, quote: quote('50') })).toBe(false)
  })
})

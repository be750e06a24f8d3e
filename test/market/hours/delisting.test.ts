import { describe, expect, it } from 'vitest'
import { delistedSince, inDelistedBackoff } from '../../../src/market/hours/delisting.ts'
import type { SymbolState } from '../../../src/portfolio/symbol-state.ts'

const HOUR = 3_600_000
const at = (text: string) => Date.parse(`${text}Z`)

// 2026-03-06 is a Friday; all times are in New York's morning unless told otherwise
const quoted: SymbolState = {
  symbol: 'OLD',
  kind: 'equity',
  timeZone: 'America/New_York',
  fromDay: '2020-01-01',
  toDay: '2026-03-06',
  quoteAt: at('2026-03-06T21:00'),
  quoteFetchedAt: at('2026-03-06T21:30'),
  historyFetchedAt: at('2026-03-06T22:15'),
  retryAt: null,
  refusedFrom: null,
}

describe('a symbol that the source refuses', () => {
  const refused = (when: string): SymbolState => ({ ...quoted, retryAt: at(when) + HOUR })

  it('on the next session is not delisted yet: it may be a slip', () => {
    expect(delistedSince(refused('2026-03-09T15:00'), '2026-03-09')).toBeNull()
  })
  it('after a session without a price is, since that session', () => {
    expect(delistedSince(refused('2026-03-10T15:00'), '2026-03-10')).toBe('2026-03-09')
    expect(delistedSince(refused('2026-03-12T15:00'), '2026-03-12')).toBe('2026-03-09')
  })
  it('stays so however long nobody asks', () => {
    expect(delistedSince(refused('2026-03-10T15:00'), '2027-01-04')).toBe('2026-03-09')
  })
  it('is not by a slip that nobody asked about since', () => {
    expect(delistedSince(refused('2026-03-06T21:45'), '2026-06-01')).toBeNull()
  })
  it('over a weekend and a holiday has missed nothing: Good Friday 2026-04-03', () => {
    const thursday = { toDay: '2026-04-02', quoteAt: at('2026-04-02T20:00') }
    const slip = { ...quoted, ...thursday, retryAt: at('2026-04-06T15:00') }
    expect(delistedSince(slip, '2026-04-06')).toBeNull()
  })
  it('is quoted again as soon as a price comes', () => {
    const again = { ...refused('2026-03-10T15:00'), quoteFetchedAt: at('2026-03-11T16:01') }
    expect(delistedSince(again, '2026-03-11')).toBeNull()
  })
  it('was never quoted when no price of it is known', () => {
    const unknown = { ...refused('2026-03-10T15:00'), toDay: null, quoteAt: null }
    expect(
      delistedSince({ ...unknown, quoteFetchedAt: null, historyFetchedAt: null }, '2026-03-20'),
    ).toBeNull()
  })
})

describe('a symbol that the source lists with an old price', () => {
  // fetched again and again, and the price stays that of March 6
  const silent = (fetched: string): SymbolState => ({
    ...quoted,
    quoteFetchedAt: at(fetched),
    historyFetchedAt: at(fetched),
  })

  it('may go ten sessions without one: March 9–20', () => {
    expect(delistedSince(silent('2026-03-23T15:00'), '2026-03-23')).toBeNull()
  })
  it('is delisted after the eleventh, since the first', () => {
    expect(delistedSince(silent('2026-03-24T15:00'), '2026-03-24')).toBe('2026-03-09')
  })
  it('is not while it is we who have not asked', () => {
    expect(delistedSince(quoted, '2026-12-31')).toBeNull()
  })
  it('has missed more days where there is no weekend: crypto, since the Saturday', () => {
    expect(delistedSince({ ...silent('2026-03-18T15:00'), kind: 'crypto' }, '2026-03-18')).toBe('2026-03-07')
  })
  it('has missed fewer of New York’s than of a currency’s, which trades on Good Friday', () => {
    // since Thursday April 2: eleven weekdays, ten sessions
    const april = { toDay: '2026-04-02', quoteAt: at('2026-04-02T20:00') }
    const heard = { ...silent('2026-04-20T15:00'), ...april }
    expect(delistedSince(heard, '2026-04-20')).toBeNull()
    expect(delistedSince({ ...heard, kind: 'currency' }, '2026-04-20')).toBe('2026-04-03')
  })
  it('keeps its own exchange’s days: Tokyo trades on Good Friday', () => {
    const april = { toDay: '2026-04-02', quoteAt: at('2026-04-02T06:00') }
    const heard = { ...silent('2026-04-20T06:00'), ...april, timeZone: 'Asia/Tokyo' }
    expect(delistedSince(heard, '2026-04-20')).toBe('2026-04-03')
  })
  it('counts by the newer of bar and quote', () => {
    const traded = { ...silent('2026-03-24T15:00'), quoteAt: at('2026-03-23T20:00') }
    expect(delistedSince(traded, '2026-03-24')).toBeNull()
  })
})

describe('a delisted symbol is asked for once a day', () => {
  const refusedAt = at('2026-03-10T15:00')
  const refused: SymbolState = { ...quoted, retryAt: refusedAt + HOUR }

  it('a day after the refusal', () => {
    expect(inDelistedBackoff(refused, refusedAt + 24 * HOUR - 1)).toBe(true)
    expect(inDelistedBackoff(refused, refusedAt + 24 * HOUR)).toBe(false)
  })
  it('one that is merely refused rests for its hour alone', () => {
    const slip = { ...quoted, retryAt: at('2026-03-09T16:00') }
    expect(inDelistedBackoff(slip, at('2026-03-09T16:00'))).toBe(false)
  })
  it('and one that is quoted does not rest', () => {
    expect(inDelistedBackoff(quoted, at('2026-03-09T15:00'))).toBe(false)
  })
})

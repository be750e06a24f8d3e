import { describe, expect, it } from 'vitest'
import { historyTakenOver, takenOver } from '../../../src/market/verdict/takeover.ts'
import type { History, StoredSymbol } from '../../../src/portfolio/instrument.ts'

const instrument = {
  symbol: 'TKR',
  name: 'Old Mining Corp.',
  currency: 'USD',
  kind: 'equity' as const,
  exchange: 'NYSE',
  timeZone: 'America/New_York',
}
const quote = { symbol: 'TKR', price: '9', currency: 'USD', previousClose: null, at: 0 }
const known: StoredSymbol = {
  instrument,
  quote,
  fromDay: '2020-01-01',
  firstBarDay: '2020-01-02',
  lastBar: { day: '2024-05-31', close: 10 },
  splits: [],
  dismissed: [],
  sameSince: null,
  held: null,
}
const now = (name: string, firstTradeDay?: string) => ({
  instrument: { ...instrument, name },
  quote,
  ...(firstTradeDay && { firstTradeDay }),
})

describe('a name that has changed', () => {
  it('with a later first trade is another company', () => {
    expect(takenOver(known, now('New Software Inc.', '2025-09-10'))).toBe(
      'New Software Inc. has only traded since 2025-09-10, but the stored prices from 2020-01-02 on belong to Old Mining Corp.',
    )
  })
  it.each([
    ['with the old first trade', now('Old Mining & Metals', '1998-03-02')],
    ['with a first trade on the first stored day', now('Old Mining & Metals', '2020-01-02')],
    ['without a first trade', now('Old Mining & Metals')],
    ['that has not changed', now('Old Mining Corp.', '2025-09-10')],
  ])('%s is none', (_, found) => expect(takenOver(known, found)).toBeNull())
  it('is none once the owner has said so, until the next takeover', () => {
    const said = { ...known, sameSince: '2025-10-01' }
    expect(takenOver(said, now('New Software Inc.', '2025-09-10'))).toBeNull()
    expect(takenOver(said, now('Newer Software Inc.', '2026-02-02'))).not.toBeNull()
  })
  it('is none of a symbol that nothing is stored of', () => {
    expect(takenOver({ ...known, instrument: null }, now('New', '2025-09-10'))).toBeNull()
    expect(takenOver({ ...known, firstBarDay: null }, now('New', '2025-09-10'))).toBeNull()
  })
})

describe('a history', () => {
  const history = (...days: string[]): History => ({
    ...now('Old Mining Corp.'),
    bars: days.map((day) => ({ day, close: 9 })),
    splits: [],
    dividends: [],
  })
  it('that begins after the stored one has ended is another company’s', () => {
    expect(historyTakenOver(known, history('2025-09-10'), '2024-05-24')).toBe(
      'its history begins on 2025-09-10, after the stored history ended on 2024-05-31',
    )
  })
  it.each([
    ['that goes on from the stored one', history('2024-05-31', '2025-09-10'), '2024-05-24'],
    ['that leaves two weeks out', history('2024-06-14'), '2024-05-24'],
    ['that has nothing new', history(), '2024-05-24'],
    ['that was asked for from later on', history('2024-06-03'), '2024-06-03'],
  ])('%s is not', (_, found, from) => expect(historyTakenOver(known, found, from)).toBeNull())
  it('is not once the owner has said so', () => {
    expect(
      historyTakenOver({ ...known, sameSince: '2025-09-10' }, history('2025-09-10'), '2024-05-24'),
    ).toBeNull()
  })
})

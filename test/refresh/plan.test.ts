import { describe, expect, it } from 'vitest'
import { historyFrom, messagesOf, plan, type Wanted } from '../../src/refresh/plan.ts'

// Friday 2026-03-06: New York opens 14:30Z and closes 21:00Z
const friday = (time: string) => Date.parse(`2026-03-06T${time}:00Z`)

const voo: Wanted = {
  symbol: 'VOO',
  from: '2020-01-01',
  kind: 'etf',
  timeZone: 'America/New_York',
  quoteFetchedAt: friday('15:00'),
  fromDay: '2020-01-01',
  toDay: '2026-03-05',
  historyFetchedAt: friday('12:00'),
  retryAt: null,
}

describe('what is due while New York trades', () => {
  it('a quote taken within the minute is left alone while somebody looks', () => {
    expect(plan([voo], friday('15:00') + 59_000, { watched: true })).toEqual({ quotes: [], histories: [] })
  })
  it('after a minute it is asked for', () => {
    expect(plan([voo], friday('15:01'), { watched: true }).quotes).toEqual(['VOO'])
  })
  it('with nobody looking it may be five minutes old', () => {
    expect(plan([voo], friday('15:04'), { watched: false }).quotes).toEqual([])
    expect(plan([voo], friday('15:05'), { watched: false }).quotes).toEqual(['VOO'])
  })
  it('a share in London is left alone once London has closed', () => {
    const session = { opens: 480, closes: 990 }
    const ocado: Wanted = { ...voo, kind: 'equity', timeZone: 'Europe/London', session, toDay: '2026-03-06' }
    const taken = { ...ocado, quoteFetchedAt: friday('17:00') }
    expect(plan([taken], friday('19:00'), { watched: true }).quotes).toEqual([])
    expect(
      plan([{ ...taken, timeZone: 'America/New_York' }], friday('19:00'), { watched: true }).quotes,
    ).toEqual(['VOO'])
  })
  it('the button asks for all but what came in the last seconds', () => {
    expect(plan([voo], friday('15:00') + 9_000, { watched: true, freshFor: 10_000 }).quotes).toEqual([])
    expect(plan([voo], friday('15:00') + 10_000, { watched: true, freshFor: 10_000 }).quotes).toEqual(['VOO'])
  })
})

describe('histories', () => {
  it('one that is missing is fetched whole, and no quote besides', () => {
    const unknown = { ...voo, quoteFetchedAt: null, fromDay: null, toDay: null, historyFetchedAt: null }
    expect(plan([unknown], friday('15:00'), { watched: true })).toEqual({
      quotes: [],
      histories: [{ symbol: 'VOO', from: '2020-01-01' }],
    })
  })
  it('one that begins too late is fetched from the earlier day', () => {
    expect(plan([{ ...voo, from: '2012-01-01' }], friday('15:00'), { watched: true }).histories).toEqual([
      { symbol: 'VOO', from: '2012-01-01' },
    ])
  })
  it('one that lacks the last session is continued from a week before its end', () => {
    // half an hour after Friday's close its bar is final
    expect(plan([voo], friday('21:29'), { watched: true }).histories).toEqual([])
    expect(plan([voo], friday('21:30'), { watched: true }).histories).toEqual([
      { symbol: 'VOO', from: '2026-02-26' },
    ])
  })
  it('is due by the exchange’s own day: Tokyo’s before New York opens', () => {
    const tokyo: Wanted = {
      ...voo,
      symbol: '7203.T',
      kind: 'equity',
      timeZone: 'Asia/Tokyo',
      session: { opens: 540, closes: 930 },
      historyFetchedAt: friday('05:00'),
    }
    // 15:30 there is 06:30Z
    expect(plan([tokyo], friday('06:59'), { watched: true }).histories).toEqual([])
    expect(plan([tokyo], friday('07:00'), { watched: true }).histories).toEqual([
      { symbol: '7203.T', from: '2026-02-26' },
    ])
  })
  it('a symbol that had no bar for the last session is not asked for it again', () => {
    const delisted = { ...voo, toDay: '2020-12-10', historyFetchedAt: friday('21:31') }
    expect(plan([delisted], Date.parse('2026-03-08T12:00:00Z'), { watched: true }).histories).toEqual([])
  })
  it('a benchmark of a portfolio without transactions needs no history', () => {
    const mere = { ...voo, from: null, fromDay: null, toDay: null, quoteFetchedAt: null }
    expect(plan([mere], friday('15:00'), { watched: true })).toEqual({ quotes: ['VOO'], histories: [] })
  })
})

it('a symbol the source refused is left alone until it may be asked again', () => {
  const refused = { ...voo, fromDay: null, quoteFetchedAt: null, retryAt: friday('16:00') }
  expect(plan([refused], friday('15:59'), { watched: true }).histories).toEqual([])
  expect(plan([refused], friday('16:00'), { watched: true }).histories).toHaveLength(1)
})

it('quotes travel a hundred in a message, histories one by one', () => {
  const quotes = Array.from({ length: 107 }, (_, i) => `S${i}`)
  const messages = messagesOf({ quotes, histories: [{ symbol: 'VOO', from: '2020-01-01' }] }, [])
  expect(
    messages.map((message) => [message.kind, message.kind === 'quotes' ? message.symbols.length : 1]),
  ).toEqual([
    ['history', 1],
    ['quotes', 100],
    ['quotes', 7],
  ])
})

it('a history begins with a year, early enough for the close before the first transaction', () => {
  expect(historyFrom('2012-06-15')).toBe('2012-01-01')
  expect(historyFrom('2012-01-03')).toBe('2011-01-01')
})

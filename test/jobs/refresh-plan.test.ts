import { describe, expect, it } from 'vitest'
import {
  historyFrom,
  messagesOf,
  overlapFrom,
  plan,
  type Wanted,
  wantedFor,
} from '../../src/jobs/refresh-plan.ts'

// Friday 2026-03-06: New York opens 14:30Z and closes 21:00Z
const friday = (time: string) => Date.parse(`2026-03-06T${time}:00Z`)

const voo: Wanted = {
  symbol: 'VOO',
  from: '2020-01-01',
  kind: 'etf',
  timeZone: 'America/New_York',
  quoteFetchedAt: friday('15:00'),
  quoteAt: friday('15:00'),
  fromDay: '2020-01-01',
  toDay: '2026-03-05',
  historyFetchedAt: friday('12:00'),
  retryAt: null,
  refusedFrom: null,
}

describe('what is due while New York trades', () => {
  it('a quote taken within the minute is left alone while somebody looks', () => {
    expect(plan([voo], friday('15:00') + 59_000, { attention: 'watched' })).toEqual({
      quotes: [],
      histories: [],
    })
  })
  it('after a minute it is asked for', () => {
    expect(plan([voo], friday('15:01'), { attention: 'watched' }).quotes).toEqual(['VOO'])
  })
  it('with nobody looking it may be five minutes old', () => {
    expect(plan([voo], friday('15:04'), { attention: 'recent' }).quotes).toEqual([])
    expect(plan([voo], friday('15:05'), { attention: 'recent' }).quotes).toEqual(['VOO'])
  })
  it('a share in London is left alone once London has closed', () => {
    const session = { opens: 480, closes: 990 }
    const ocado: Wanted = { ...voo, kind: 'equity', timeZone: 'Europe/London', session, toDay: '2026-03-06' }
    const taken = { ...ocado, quoteFetchedAt: friday('17:00') }
    expect(plan([taken], friday('19:00'), { attention: 'watched' }).quotes).toEqual([])
    expect(
      plan([{ ...taken, timeZone: 'America/New_York' }], friday('19:00'), { attention: 'watched' }).quotes,
    ).toEqual(['VOO'])
  })
  it('the button asks for all but what came in the last seconds', () => {
    expect(plan([voo], friday('15:00') + 9_000, { attention: 'watched', freshFor: 10_000 }).quotes).toEqual(
      [],
    )
    expect(plan([voo], friday('15:00') + 10_000, { attention: 'watched', freshFor: 10_000 }).quotes).toEqual([
      'VOO',
    ])
  })
})

describe('histories', () => {
  it('one that is missing is fetched whole, and no quote besides', () => {
    const unknown = { ...voo, quoteFetchedAt: null, fromDay: null, toDay: null, historyFetchedAt: null }
    expect(plan([unknown], friday('15:00'), { attention: 'watched' })).toEqual({
      quotes: [],
      histories: [{ symbol: 'VOO', from: '2020-01-01' }],
    })
  })
  it('one that begins too late is fetched from the earlier day', () => {
    expect(
      plan([{ ...voo, from: '2012-01-01' }], friday('15:00'), { attention: 'watched' }).histories,
    ).toEqual([{ symbol: 'VOO', from: '2012-01-01' }])
  })
  it('one that lacks the last session is continued, its last five sessions anew', () => {
    // half an hour after Friday's close its bar is final
    expect(plan([voo], friday('21:29'), { attention: 'watched' }).histories).toEqual([])
    expect(plan([voo], friday('21:30'), { attention: 'watched' }).histories).toEqual([
      { symbol: 'VOO', from: '2026-02-27' },
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
    expect(plan([tokyo], friday('06:59'), { attention: 'watched' }).histories).toEqual([])
    expect(plan([tokyo], friday('07:00'), { attention: 'watched' }).histories).toEqual([
      { symbol: '7203.T', from: '2026-02-25' },
    ])
  })
  it('a symbol that had no bar for the last session is not asked for it again', () => {
    const delisted = { ...voo, toDay: '2020-12-10', historyFetchedAt: friday('21:31') }
    expect(plan([delisted], Date.parse('2026-03-08T12:00:00Z'), { attention: 'watched' }).histories).toEqual(
      [],
    )
  })
  it('a benchmark of a portfolio without transactions needs no history', () => {
    const mere = { ...voo, from: null, fromDay: null, toDay: null, quoteFetchedAt: null }
    expect(plan([mere], friday('15:00'), { attention: 'watched' })).toEqual({
      quotes: ['VOO'],
      histories: [],
    })
  })
})

it('a symbol the source refused is left alone until it may be asked again', () => {
  const refused = {
    ...voo,
    fromDay: null,
    quoteFetchedAt: null,
    retryAt: friday('16:00'),
    refusedFrom: voo.from,
  }
  expect(plan([refused], friday('15:59'), { attention: 'watched' }).histories).toEqual([])
  expect(plan([refused], friday('16:00'), { attention: 'watched' }).histories).toHaveLength(1)
})

it('quotes travel a hundred in a message, histories one by one', () => {
  const quotes = Array.from({ length: 107 }, (_, i) => `S${i}`)
  const messages = messagesOf({ quotes, histories: [{ symbol: 'VOO', from: '2020-01-01' }] }, null)
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

describe('what a portfolio needs', () => {
  const states = ['AAPL', 'EURUSD=X', 'VOO'].map((symbol) => ({ ...voo, symbol }))
  const trades = [
    { symbol: 'AAPL', date: '2024-02-01' },
    { symbol: 'VOO', date: '2024-03-01' },
    { symbol: null, date: '2022-06-01' },
    { symbol: 'AAPL', date: '2023-05-01' },
  ]
  const from = (benchmarks: string[], transactions: typeof trades) =>
    wantedFor(states, benchmarks, transactions).map((wanted) => `${wanted.symbol} ${wanted.from}`)

  it('a symbol is needed from its own first transaction, a rate from the portfolio’s', () => {
    expect(from([], trades)).toEqual(['AAPL 2023-01-01', 'EURUSD=X 2022-01-01', 'VOO 2024-01-01'])
  })
  it('a benchmark from the portfolio’s, though it was traded as well', () => {
    expect(from(['VOO'], trades)[2]).toBe('VOO 2022-01-01')
  })
  it('without transactions the latest price will do', () => {
    expect(from(['VOO'], [])).toEqual(['AAPL null', 'EURUSD=X null', 'VOO null'])
  })
})

it('a symbol that is no longer quoted is left alone for a day, by the minute and by the button', () => {
  // refused on Friday; its last price is of Tuesday, so it missed Wednesday and Thursday
  const gone: Wanted = {
    ...voo,
    toDay: '2026-03-03',
    quoteAt: Date.parse('2026-03-03T21:00:00Z'),
    quoteFetchedAt: Date.parse('2026-03-03T21:30:00Z'),
    historyFetchedAt: Date.parse('2026-03-03T22:15:00Z'),
    retryAt: friday('16:00'),
  }
  const none = { quotes: [], histories: [] }
  expect(plan([gone], friday('20:00'), { attention: 'watched' })).toEqual(none)
  expect(plan([gone], friday('20:00'), { attention: 'watched', freshFor: 10_000 })).toEqual(none)
  expect(plan([gone], friday('15:00') + 86_400_000, { attention: 'watched' }).histories).toHaveLength(1)
})

describe('five sessions are asked for again', () => {
  it.each([
    ['a plain week', '2026-03-06', '2026-03-02'],
    ['over a weekend', '2026-03-05', '2026-02-27'],
    // closed on 25 December and on 1 January
    ['over Christmas and New Year', '2026-01-02', '2025-12-26'],
    ['over Good Friday', '2026-04-07', '2026-03-31'],
    ['after the four days of September 2001', '2001-09-17', '2001-09-05'],
  ])('%s', (_, last, from) => {
    expect(overlapFrom(last, voo)).toBe(from)
  })
  it('days for what never rests', () => {
    expect(overlapFrom('2026-03-08', { kind: 'crypto', timeZone: 'UTC' })).toBe('2026-03-04')
  })
  it('and two weekdays more where the holidays are not known', () => {
    expect(overlapFrom('2026-03-06', { kind: 'equity', timeZone: 'Europe/London' })).toBe('2026-02-26')
  })
})

describe('older bars of a symbol that rests', () => {
  const gone: Wanted = {
    ...voo,
    from: '2012-01-01',
    toDay: '2020-12-10',
    quoteAt: Date.parse('2020-12-10T21:00:00Z'),
    historyFetchedAt: friday('12:00'),
  }
  const asked = (want: Wanted) => plan([want], friday('15:30'), { attention: 'watched' })
  const none = { quotes: [], histories: [] }
  const older = { quotes: [], histories: [{ symbol: 'VOO', from: '2012-01-01' }] }

  it('are asked for when it is delisted, and when it was refused', () => {
    expect(asked(gone)).toEqual(older)
    expect(asked({ ...gone, retryAt: friday('16:00') })).toEqual(older)
  })
  it('are asked for when only its latest price was ever asked for', () => {
    expect(asked({ ...gone, fromDay: null, toDay: null, historyFetchedAt: null })).toEqual(older)
  })
  it('are not asked for again where they were answered or refused', () => {
    expect(asked({ ...gone, fromDay: '2012-01-01' })).toEqual(none)
    expect(asked({ ...gone, retryAt: friday('16:00'), refusedFrom: '2012-01-01' })).toEqual(none)
    expect(asked({ ...gone, retryAt: friday('16:00'), refusedFrom: '2011-01-01' })).toEqual(none)
    expect(asked({ ...gone, retryAt: friday('16:00'), refusedFrom: '2015-01-01' })).toEqual(older)
  })
  it('are not asked for when the source never knew the symbol', () => {
    const never = { ...gone, fromDay: null, toDay: null, quoteAt: null, retryAt: friday('16:00') }
    expect(asked(never)).toEqual(none)
  })
})

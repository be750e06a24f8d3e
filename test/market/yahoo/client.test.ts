import { describe, expect, it } from 'vitest'
import { inCurrencyOf } from '../../../src/market/source.ts'
import type { UpstreamCall } from '../../../src/market/http/polite-fetch.ts'
import { callOf } from '../../../src/market/yahoo/endpoints.ts'
import { rewritten } from '../../../src/market/http/rewritten.ts'
import { yahoo } from '../../../src/market/yahoo/client.ts'
import { chart, chartError, row, rows, seconds, upstream } from '../fake-upstream.ts'

// Monday, an hour and a half into the session
const now = Date.parse('2026-03-09T15:00:00Z')

function source(fetch: typeof globalThis.fetch, changes: { now?: number; timeout?: number } = {}) {
  const calls: UpstreamCall[] = []
  const options = {
    fetch,
    now: () => changes.now ?? now,
    sleep: async () => {},
    timeout: changes.timeout ?? 1000,
    onCall: (call: UpstreamCall) => calls.push(call),
  }
  return Object.assign(yahoo(options), { calls })
}

describe('quotes', () => {
  it('come with the instrument they belong to', async () => {
    const market = source(upstream({ quote: () => rows(row('AAPL', { longName: 'Apple Inc.' })) }).fetch)
    expect((await market.quotes(['AAPL'])).get('AAPL')).toEqual({
      status: 'ok',
      value: {
        instrument: {
          symbol: 'AAPL',
          name: 'Apple Inc.',
          currency: 'USD',
          kind: 'equity',
          exchange: 'NasdaqGS',
          timeZone: 'America/New_York',
        },
        quote: { symbol: 'AAPL', price: '150.5', currency: 'USD', previousClose: '148.7', at: 1773068400000 },
      },
    })
  })

  it('say what has been declared, days at midnight in UTC, in the same call', async () => {
    const declared = { dividendDate: 1742169600, exDividendDate: 1741564800, dividendRate: 0.8 }
    const fake = upstream({
      quote: () => rows(row('GOOG', declared), row('AMZN', { dividendDate: 'soon', dividendRate: -1 })),
    })
    const answers = await source(fake.fetch).quotes(['GOOG', 'AMZN'])
    expect(answers.get('GOOG')).toMatchObject({
      value: { quote: { payDay: '2025-03-17', exDay: '2025-03-10', dividendRate: '0.8' } },
    })
    for (const field of ['payDay', 'exDay', 'dividendRate'])
      expect(answers.get('AMZN')).not.toHaveProperty(`value.quote.${field}`)
    expect(fake.count('quote')).toBe(1)
    expect(fake.asked.at(-1)?.searchParams.get('fields')).toContain(
      'dividendDate,exDividendDate,dividendRate',
    )
  })

  it('ask Yahoo once for all symbols, each once', async () => {
    const fake = upstream({ quote: () => rows(row('AAPL'), row('^GSPC'), row('EURUSD=X')) })
    const answers = await source(fake.fetch).quotes(['AAPL', '^GSPC', 'AAPL', 'EURUSD=X'])
    expect([...answers.keys()]).toEqual(['AAPL', '^GSPC', 'EURUSD=X'])
    expect(fake.count('quote')).toBe(1)
    expect(fake.asked.at(-1)?.searchParams.get('symbols')).toBe('AAPL,^GSPC,EURUSD=X')
  })

  it('answer for every symbol: those without a row are unknown', async () => {
    const market = source(
      upstream({ quote: () => rows(row('AAPL'), row('OLD', { quoteType: 'NONE' })) }).fetch,
    )
    const answers = await market.quotes(['AAPL', 'NOPE', 'OLD'])
    expect(answers.get('AAPL')?.status).toBe('ok')
    expect(answers.get('NOPE')).toEqual({ status: 'rejected', reason: 'Yahoo doesn’t know the symbol NOPE' })
    expect(answers.get('OLD')).toEqual({ status: 'rejected', reason: 'Yahoo doesn’t know the symbol OLD' })
  })

  it.each([
    ['no price', { regularMarketPrice: undefined }, /not a valid price/],
    ['a price of zero', { regularMarketPrice: 0 }, /not a valid price: 0/],
    ['a negative price', { regularMarketPrice: -37.63 }, /not a valid price: -37.63/],
    ['words for a price', { regularMarketPrice: 'abc' }, /not a valid price: abc/],
    ['a price beyond all prices', { regularMarketPrice: 1e308 }, /not a valid price: 1e\+308/],
    ['a price too small to be written', { regularMarketPrice: 1e-11 }, /not a valid price/],
    ['no time', { regularMarketTime: null }, /when BAD traded/],
    ['a time zone that is none', { exchangeTimezoneName: 'Mars/Olympus' }, /no time zone/],
  ])('a row with %s is rejected and spoils no other', async (_, changes, reason) => {
    const market = source(upstream({ quote: () => rows(row('BAD', changes), row('AAPL'), null) }).fetch)
    const answers = await market.quotes(['BAD', 'AAPL'])
    expect(answers.get('BAD')).toEqual({
      status: 'rejected',
      reason: expect.stringMatching(reason),
      noData: true,
    })
    expect(answers.get('AAPL')?.status).toBe('ok')
  })

  it.each([
    ['an object for its kind', { quoteType: { toString: 1 } }],
    ['a list for its kind', { quoteType: [['EQUITY']] }],
    ['null for its names', { longName: null, shortName: null, fullExchangeName: null, exchange: null }],
  ])('a row with %s is read all the same, and spoils no other', async (_, changes) => {
    const market = source(upstream({ quote: () => rows(row('ODD', changes), row('AAPL')) }).fetch)
    const answers = await market.quotes(['ODD', 'AAPL'])
    expect(answers.get('AAPL')?.status).toBe('ok')
    expect(answers.get('ODD')).toMatchObject({ status: 'ok', value: { quote: { price: '150.5' } } })
  })

  it.each([
    ['an object for its price', { regularMarketPrice: { toString: 1 } }],
    ['an object for its symbol', { symbol: { toString: 1 } }],
  ])('a row with %s spoils no other', async (_, changes) => {
    const market = source(upstream({ quote: () => rows(row('ODD', changes), row('AAPL')) }).fetch)
    const answers = await market.quotes(['ODD', 'AAPL'])
    expect([answers.get('ODD')?.status, answers.get('AAPL')?.status]).toEqual(['rejected', 'ok'])
  })

  it('of a market in New York that gives no currency are in dollars', async () => {
    const market = source(upstream({ quote: () => rows(row('LUCYW', { currency: null })) }).fetch)
    expect((await market.quotes(['LUCYW'])).get('LUCYW')).toMatchObject({
      value: { instrument: { currency: 'USD' }, quote: { price: '150.5', currency: 'USD' } },
    })
  })

  it('without a currency are handed on to who knows the instrument', async () => {
    const abroad = { currency: null, market: 'de_market', exchangeTimezoneName: 'Europe/Berlin' }
    const market = source(upstream({ quote: () => rows(row('X.DE', abroad), row('AAPL')) }).fetch)
    const answers = await market.quotes(['X.DE', 'AAPL'])
    expect(answers.get('AAPL')?.status).toBe('ok')
    const answer = answers.get('X.DE')!
    expect(answer).toMatchObject({
      status: 'rejected',
      reason: 'Yahoo gives no currency for X.DE',
      noData: true,
      lacksCurrency: { quote: { price: '150.5' } },
    })
    expect(inCurrencyOf(answer, null)).toBe(answer)
    expect(inCurrencyOf(answer, { currency: 'EUR' })).toMatchObject({
      status: 'ok',
      value: { instrument: { symbol: 'X.DE', currency: 'EUR' }, quote: { price: '150.5', currency: 'EUR' } },
    })
  })

  it.each([
    // Meta, which was FB until 2022-06-09; of two rows that nobody asked for none is known to be it
    [['FB', 'AAPL'], ['META', 'AAPL'], { reason: 'Yahoo answers for FB with META', listedAs: 'META' }],
    [['FB', 'AAPL'], ['META', 'TWTR'], { reason: 'Yahoo doesn’t know the symbol FB' }],
  ])('of %s that are answered by %s are no prices of FB', async (asked, answered, refusal) => {
    const fake = upstream({
      quote: () => rows(...answered.map((each) => row(each))),
      chart: () => chart({ bars: [], meta: { symbol: answered[0] } }),
    })
    const market = source(fake.fetch)
    expect((await market.quotes(asked)).get('FB')).toMatchObject({ status: 'rejected', ...refusal })
    const history = await market.history('FB', '2026-03-01')
    expect(history).toMatchObject({ status: 'rejected', listedAs: 'META' })
  })

  it.each(['M&M.NS', 'J&KBANK.NS', 'GOOGLX260116C00180000'])('are asked for %s', async (symbol) => {
    const fake = upstream({ quote: () => rows(row(symbol)), chart: () => chart({ bars: [] }) })
    const market = source(fake.fetch)
    expect((await market.quotes([symbol])).get(symbol)?.status).toBe('ok')
    expect(callOf(fake.asked.at(-1)!.href).symbols).toEqual([symbol])
    expect((await market.history(symbol, '2026-03-01')).status).toBe('ok')
    expect(callOf(fake.asked.at(-1)!.href).symbols).toEqual([symbol])
  })

  it.each([
    ['GBp', 308.8, 'GBP', '3.088'],
    ['GBX', 1, 'GBP', '0.01'],
    ['ZAc', 12_345, 'ZAR', '123.45'],
    ['ILA', 1050, 'ILS', '10.5'],
    ['EUR', 0.00000001, 'EUR', '0.00000001'],
    // as doubles 123456789.1 ÷ 100 is 1234567.8909999998
    ['GBp', 123_456_789.1, 'GBP', '1234567.891'],
    ['KRW', 123_456_789.1, 'KRW', '123456789.1'],
    ['IDR', 1_000_000, 'IDR', '1000000'],
  ])('%s %d is %s %s', async (currency, price, major, text) => {
    const market = source(
      upstream({ quote: () => rows(row('X', { currency, regularMarketPrice: price })) }).fetch,
    )
    const answer = (await market.quotes(['X'])).get('X')
    expect(answer).toMatchObject({
      value: { instrument: { currency: major }, quote: { price: text, currency: major } },
    })
  })

  it('convert the previous close as well, and do without one', async () => {
    const market = source(
      upstream({
        quote: () =>
          rows(
            row('A.L', { currency: 'GBp', regularMarketPreviousClose: 315.2 }),
            row('B', { regularMarketPreviousClose: undefined }),
          ),
      }).fetch,
    )
    const answers = await market.quotes(['A.L', 'B'])
    expect(answers.get('A.L')).toMatchObject({ value: { quote: { previousClose: '3.152' } } })
    expect(answers.get('B')).toMatchObject({ value: { quote: { previousClose: null } } })
  })

  it('are not asked for what cannot be a symbol', async () => {
    const fake = upstream({})
    const answers = await source(fake.fetch).quotes(['A B', '../x', ''])
    expect(answers.get('../x')).toEqual({ status: 'rejected', reason: '"../x" is not a symbol' })
    expect(answers.size).toBe(3)
    expect(fake.asked).toEqual([])
  })

  it('do not say when the exchange trades', async () => {
    const market = source(upstream({ quote: () => rows(row('AAPL')) }).fetch)
    expect((await market.quotes(['AAPL'])).get('AAPL')).not.toHaveProperty('value.instrument.session')
  })
})

const refused = () =>
  Response.json(
    { finance: { result: null, error: { code: 'Unauthorized', description: 'Invalid Crumb' } } },
    { status: 401 },
  )

describe('the crumb', () => {
  it('is fetched once for many calls', async () => {
    const fake = upstream({ quote: () => rows(row('AAPL')) })
    const market = source(fake.fetch)
    await market.quotes(['AAPL'])
    await market.quotes(['AAPL'])
    expect([fake.count('cookie'), fake.count('crumb'), fake.count('quote')]).toEqual([1, 1, 2])
  })

  it('is fetched anew when Yahoo no longer takes it', async () => {
    let crumbs = 0
    const fake = upstream({
      crumb: () => new Response(`crumb.${(crumbs += 1)}`),
      quote: (url) => (url.searchParams.get('crumb') === 'crumb.2' ? rows(row('AAPL')) : refused()),
    })
    const market = source(fake.fetch)
    expect((await market.quotes(['AAPL'])).get('AAPL')?.status).toBe('ok')
    expect(fake.count('quote')).toBe(2)
    expect(market.calls.filter(({ endpoint }) => endpoint === 'quote').map(({ outcome }) => outcome)).toEqual(
      ['crumb', 'ok'],
    )
  })

  it('is not fought over: refused twice, the quotes are unavailable', async () => {
    const fake = upstream({ quote: refused })
    expect((await source(fake.fetch).quotes(['AAPL'])).get('AAPL')).toEqual({
      status: 'unavailable',
      reason: 'Yahoo did not accept our crumb',
    })
    expect(fake.count('quote')).toBe(2)
  })

  it.each([
    [401, '<html>Unauthorized</html>'],
    [403, 'Forbidden'],
    [403, '{"finance":{"result":null,"error":{"code":"Forbidden","description":"no"}}}'],
    [200, '{"finance":{"result":null,"error":{"code":"Unauthorized","description":"Invalid Crumb"}}}'],
  ])('refused with %d %j is thrown away, and fetched anew once', async (status, body) => {
    let crumbs = 0
    const fake = upstream({
      crumb: () => new Response(`crumb.${(crumbs += 1)}`),
      quote: () => new Response(body, { status }),
    })
    const market = source(fake.fetch)
    expect((await market.quotes(['AAPL'])).get('AAPL')).toEqual({
      status: 'unavailable',
      reason: 'Yahoo did not accept our crumb',
    })
    const sent = fake.asked.flatMap((url) => url.searchParams.get('crumb') ?? [])
    expect(sent).toEqual(['crumb.1', 'crumb.2'])
    expect([fake.count('cookie'), fake.count('crumb')]).toEqual([2, 2])
  })

  it('refused to two calls at once is fetched anew once for both', async () => {
    let crumbs = 0
    const fake = upstream({
      crumb: () => new Response(`crumb.${(crumbs += 1)}`),
      quote: (url) => (url.searchParams.get('crumb') === 'crumb.1' ? refused() : rows(row('A'), row('B'))),
    })
    const market = source(fake.fetch)
    const answers = await Promise.all([market.quotes(['A']), market.quotes(['B'])])
    expect([answers[0].get('A')?.status, answers[1].get('B')?.status]).toEqual(['ok', 'ok'])
    expect(fake.count('crumb')).toBe(2)
  })

  it.each(['Too Many Requests', '<html>sorry</html>', '', 'x'.repeat(65)])(
    '%j is none, and is not kept',
    async (text) => {
      let isPoisoned = true
      const fake = upstream({
        crumb: () => new Response(isPoisoned ? text : 'good'),
        quote: () => rows(row('AAPL')),
      })
      const market = source(fake.fetch)
      expect((await market.quotes(['AAPL'])).get('AAPL')).toMatchObject({
        status: 'unavailable',
        retryAfter: 60,
      })
      expect(fake.count('quote')).toBe(0)
      expect(market.calls.at(-1)).toMatchObject({ endpoint: 'crumb', outcome: '429' })
      isPoisoned = false
      expect((await market.quotes(['AAPL'])).get('AAPL')?.status).toBe('ok')
      expect(fake.asked.at(-1)?.searchParams.get('crumb')).toBe('good')
    },
  )

  it('is not needed for a chart', async () => {
    const fake = upstream({ chart: () => chart({ bars: [] }) })
    await source(fake.fetch).history('X', '2026-03-01')
    expect(fake.asked.length).toBe(1)
  })
})

describe.each(['quote', 'chart'] as const)('when at %s Yahoo', (endpoint) => {
  async function asked(respond: () => Response | Promise<Response>, timeout?: number) {
    const fake = upstream({ [endpoint]: respond })
    const market = source(fake.fetch, timeout === undefined ? {} : { timeout })
    const answer =
      endpoint === 'quote'
        ? (await market.quotes(['AAPL'])).get('AAPL')
        : await market.history('AAPL', '2026-03-01')
    const outcomes = market.calls.filter((call) => call.endpoint === endpoint).map((call) => call.outcome)
    return { answer, outcomes }
  }

  it('answers 429, it is left alone for as long as it says', async () => {
    const { answer, outcomes } = await asked(
      () => new Response('Too Many Requests', { status: 429, headers: { 'retry-after': '30' } }),
    )
    expect(answer).toEqual({
      status: 'unavailable',
      reason: 'Yahoo asks us to slow down (429)',
      retryAfter: 30,
    })
    expect(outcomes).toEqual(['429'])
  })

  it('answers 429 with a date, that is understood', async () => {
    const { answer } = await asked(
      () => new Response('', { status: 429, headers: { 'retry-after': 'Mon, 09 Mar 2026 15:02:00 GMT' } }),
    )
    expect(answer).toMatchObject({ retryAfter: 120 })
  })

  it('answers 429 without a word, a minute is assumed', async () => {
    const { answer } = await asked(() => new Response('', { status: 429 }))
    expect(answer).toMatchObject({ retryAfter: 60 })
  })

  it('is in trouble, it is asked three times in all', async () => {
    const { answer, outcomes } = await asked(() => new Response('<html>oops</html>', { status: 503 }))
    expect(answer).toEqual({ status: 'unavailable', reason: 'Yahoo is having problems (HTTP 503)' })
    expect(outcomes).toEqual(['5xx', '5xx', '5xx'])
  })

  it('stumbles once, nobody notices', async () => {
    let tries = 0
    const { answer, outcomes } = await asked(() => {
      tries += 1
      if (tries === 1) throw new TypeError('fetch failed')
      return endpoint === 'quote' ? rows(row('AAPL')) : chart({ bars: [] })
    })
    expect(answer?.status).toBe('ok')
    expect(outcomes).toEqual(['network', 'ok'])
  })

  it('cannot be reached, that is the reason', async () => {
    const { answer, outcomes } = await asked(() => Promise.reject(new TypeError('fetch failed')))
    expect(answer).toEqual({ status: 'unavailable', reason: 'Yahoo cannot be reached: fetch failed' })
    expect(outcomes).toEqual(['network', 'network', 'network'])
  })

  it('never answers, that is waited for once', async () => {
    const { answer, outcomes } = await asked(() => new Promise(() => {}), 5)
    expect(answer).toEqual({ status: 'unavailable', reason: 'Yahoo did not answer within 0.005 s' })
    expect(outcomes).toEqual(['timeout'])
  })

  it('begins an answer and does not end it, that is a timeout too', async () => {
    const body = { start: (stream: ReadableStreamDefaultController) => stream.enqueue(new Uint8Array(1)) }
    expect((await asked(() => new Response(new ReadableStream(body)), 5)).outcomes).toEqual(['timeout'])
  })

  it('sends a web page, it is not parsed', async () => {
    const { answer, outcomes } = await asked(
      () =>
        new Response('<!doctype html><p>consent</p>', { headers: { 'content-type': 'application/json' } }),
    )
    expect(answer).toMatchObject({ status: 'unavailable', reason: expect.stringContaining('web page') })
    expect(outcomes).toEqual(['html'])
  })

  it.each(['https://evil.example/', 'https://login.yahoo.com/'])(
    'redirects to %s, nobody goes there',
    async (location) => {
      const fake = upstream({ [endpoint]: () => new Response(null, { status: 302, headers: { location } }) })
      const modes: (RequestRedirect | undefined)[] = []
      const market = source((input, init) => {
        modes.push(init?.redirect)
        return fake.fetch(input, init)
      })
      const answer =
        endpoint === 'quote'
          ? (await market.quotes(['AAPL'])).get('AAPL')
          : await market.history('AAPL', '2026-03-01')
      expect(answer).toEqual({
        status: 'unavailable',
        reason: 'Yahoo sent us elsewhere instead of an answer (HTTP 302)',
      })
      expect(fake.count(endpoint)).toBe(1)
      // or the runtime would follow it, cookies and all
      expect(new Set(modes)).toEqual(new Set(['manual']))
    },
  )

  it('turns us away, that is no verdict on the symbol', async () => {
    const forbidden = { [endpoint]: { result: null, error: { code: 'Forbidden', description: 'no' } } }
    const { answer } = await asked(() => Response.json(forbidden, { status: 403 }))
    expect(answer?.status).toBe('unavailable')
  })

  it('writes NaN, which no JSON knows, it is garbage', async () => {
    const { outcomes } = await asked(() => new Response('{"quoteResponse":{"regularMarketPrice":NaN}}'))
    expect(outcomes).toEqual(['garbage'])
  })

  it('sends half a document, it is garbage', async () => {
    const { answer, outcomes } = await asked(() => new Response('{"quoteResponse":{"result":[{"sym'))
    expect(answer).toMatchObject({ status: 'unavailable', reason: expect.stringContaining('not JSON') })
    expect(outcomes).toEqual(['garbage'])
  })

  it('refuses without a reason, that is no verdict on the symbol', async () => {
    const { answer, outcomes } = await asked(() => Response.json({ message: 'no' }, { status: 404 }))
    expect(answer).toEqual({
      status: 'unavailable',
      reason: 'Yahoo refused without giving a reason (HTTP 404)',
    })
    expect(outcomes).toEqual(['garbage'])
  })

  it('sends JSON of another shape, it is not understood', async () => {
    const { answer } = await asked(() => Response.json({ hello: 1, world: 2 }))
    expect(answer).toEqual({ status: 'unavailable', reason: 'Yahoo’s answer couldn’t be read' })
  })

  it('drips its answer, the timeout ends that too and hangs up', async () => {
    const hungUp: unknown[] = []
    const drip = () =>
      new Response(
        new ReadableStream({
          async pull(body) {
            await new Promise((resolve) => setTimeout(resolve, 1))
            body.enqueue(new Uint8Array([0x20]))
          },
          cancel: (reason) => void hungUp.push(reason),
        }),
      )
    const { outcomes } = await asked(drip, 10)
    expect(outcomes).toEqual(['timeout'])
    expect(hungUp).toHaveLength(1)
  })

  const most = endpoint === 'quote' ? 1 : 5
  it(`sends 50 MB, no more than ${most} of them are read`, async () => {
    const KB = 1024
    let read = 0
    let hungUp = 0
    const megabytes = () =>
      new Response(
        new ReadableStream(
          {
            pull: (body) => {
              if (read >= 50 * KB * KB) return body.close()
              read += 64 * KB
              body.enqueue(new Uint8Array(64 * KB).fill(0x20))
            },
            cancel: () => void (hungUp += 1),
          },
          { highWaterMark: 0 },
        ),
      )
    const { answer, outcomes } = await asked(megabytes)
    expect(answer).toEqual({ status: 'unavailable', reason: `Yahoo sent more than ${most} MB` })
    expect(outcomes).toEqual(['too-large'])
    // the piece that went over the limit was the last
    expect([read, hungUp]).toEqual([most * KB * KB + 64 * KB, 1])
  })
})

const ask = (answer: Response, changes: { now?: number; from?: string; symbol?: string } = {}) =>
  source(upstream({ chart: () => answer }).fetch, changes).history(
    changes.symbol ?? 'X',
    changes.from ?? '2026-03-05',
  )

describe('history', () => {
  const friday = seconds('2026-03-06T14:30:00Z')
  const thursday = seconds('2026-03-05T14:30:00Z')
  const monday = seconds('2026-03-09T13:30:00Z')
  it('keeps the live session out of the bars and in the quote', async () => {
    const live = seconds('2026-03-09T15:00:00Z')
    const answer = await ask(
      chart({
        bars: [
          [thursday, 99],
          [friday, 100],
          [live, 101.5],
        ],
      }),
    )
    expect(answer).toMatchObject({
      status: 'ok',
      value: {
        bars: [
          { day: '2026-03-05', close: 99 },
          { day: '2026-03-06', close: 100 },
        ],
        quote: { price: '101.5', previousClose: '100', at: live * 1000 },
      },
    })
  })

  it('takes the day’s bar as final once its close has settled, half an hour after the bell', async () => {
    const closed = { regularMarketTime: seconds('2026-03-09T20:00:01Z'), regularMarketPrice: 102 }
    const answer = () =>
      chart({
        bars: [
          [friday, 100],
          [monday, 102],
        ],
        meta: closed,
      })
    const early = await ask(answer(), { now: Date.parse('2026-03-09T20:29:59Z') })
    const late = await ask(answer(), { now: Date.parse('2026-03-09T20:30:00Z') })
    expect(early).toMatchObject({ value: { bars: [{ day: '2026-03-06' }] } })
    expect(late).toMatchObject({
      value: {
        bars: [{ day: '2026-03-06' }, { day: '2026-03-09', close: 102 }],
        quote: { previousClose: '100' },
      },
    })
  })

  it('takes the later of two entries of one day', async () => {
    const answer = await ask(
      chart({
        bars: [
          [thursday, 99],
          [friday, 100],
          [friday + 23_401, 100.25],
        ],
      }),
    )
    expect(answer).toMatchObject({
      value: { bars: [{ day: '2026-03-05' }, { day: '2026-03-06', close: 100.25 }] },
    })
  })

  it('skips bars without a close', async () => {
    const answer = await ask(
      chart({
        bars: [
          [thursday, null],
          [friday, 100],
        ],
      }),
    )
    expect(answer).toMatchObject({ value: { bars: [{ day: '2026-03-06', close: 100 }] } })
  })

  it.each([null, 0, -1, 'NaN', 1e308, 1e-11])('skips a bar that closed at %j', async (close) => {
    const bars = [
      [thursday, 99],
      [friday, close as number],
    ] as [number, number][]
    const events = { dividends: { [friday]: { amount: 1e308, date: friday } } }
    expect(await ask(chart({ bars, events }))).toMatchObject({
      value: { bars: [{ day: '2026-03-05', close: 99 }], dividends: [] },
    })
  })

  it('keeps ten decimals of a close', async () => {
    // finance.md, "Splits": AAPL on 2020-08-31
    const answer = await ask(chart({ bars: [[friday, 129.0399932861328]] }))
    expect(answer).toMatchObject({ value: { bars: [{ close: 129.0399932861 }] } })
  })

  it('writes prices of nine digits as Yahoo does, without a double’s noise', async () => {
    const meta = { regularMarketPrice: 123_456_789.1 }
    const answer = await ask(chart({ bars: [[friday, 628_300.01]], meta }))
    expect(answer).toMatchObject({
      value: { bars: [{ close: 628_300.01 }], quote: { price: '123456789.1', previousClose: '628300.01' } },
    })
  })

  it('takes the previous close from before the days asked for', async () => {
    const answer = await ask(
      chart({
        bars: [
          [friday, 100],
          [monday, 101.5],
        ],
      }),
      { from: '2026-03-09' },
    )
    expect(answer).toMatchObject({ value: { bars: [], quote: { previousClose: '100' } } })
  })

  it('takes Yahoo’s chartPreviousClose only when the first bar is the quote’s own session', async () => {
    const meta = { chartPreviousClose: 88 }
    const first = await ask(chart({ bars: [[monday, 101.5]], meta }))
    const none = await ask(chart({ bars: [], meta }))
    expect(first).toMatchObject({ value: { quote: { previousClose: '88' } } })
    expect(none).toMatchObject({
      status: 'ok',
      value: { bars: [], quote: { price: '101.5', previousClose: null } },
    })
  })

  it('has splits and dividends on their days, from the first day asked for', async () => {
    const events = {
      dividends: {
        [thursday]: { amount: 0.205, date: thursday },
        [friday]: { amount: 0.25, date: friday },
        broken: { amount: null, date: friday },
      },
      splits: { [friday]: { date: friday, numerator: 4, denominator: 1, splitRatio: '4:1' } },
    }
    const answer = await ask(chart({ bars: [[friday, 100]], events }), { from: '2026-03-06' })
    expect(answer).toMatchObject({
      value: {
        splits: [{ day: '2026-03-06', numerator: 4, denominator: 1 }],
        dividends: [{ day: '2026-03-06', amount: 0.25 }],
      },
    })
  })

  it('has one dividend and one split a day: two are summed, and multiplied', async () => {
    const events = {
      dividends: {
        [friday]: { amount: 0.1, date: friday },
        [friday + 60]: { amount: 0.2, date: friday + 60 },
      },
      splits: {
        [friday]: { date: friday, numerator: 3, denominator: 2 },
        [friday + 60]: { date: friday + 60, numerator: 2, denominator: 5 },
      },
    }
    const answer = await ask(chart({ bars: [[friday, 100]], events }))
    expect(answer).toMatchObject({
      value: {
        // 3/2 × 2/5 = 6/10
        splits: [{ day: '2026-03-06', numerator: 3, denominator: 5 }],
        // not 0.30000000000000004
        dividends: [{ day: '2026-03-06', amount: 0.3 }],
      },
    })
  })

  describe('what a dividend is in', () => {
    const bars: [number, number][] = [
      [seconds('2026-03-05T14:30:00Z'), 400],
      [friday, 390],
    ]
    const pence = { currency: 'GBp' }
    const told = async (event: Record<string, unknown>, meta: Record<string, unknown>, before?: number) => {
      const events = { dividends: { [friday]: { date: friday, ...event } } }
      // what the close before the ex-date was worth without the dividend
      const adjusted = before === undefined ? {} : { adjusted: [before, 390] }
      const answer = await ask(chart({ bars, events, meta, ...adjusted }))
      return answer.status === 'ok' && answer.value.dividends[0]
    }
    const day = '2026-03-06'

    it('its own currency before the listing’s', async () => {
      expect(await told({ amount: 0.25, currency: 'USD' }, pence)).toEqual({
        day,
        amount: 0.25,
        currency: 'USD',
      })
      expect(await told({ amount: 25, currency: 'GBp' }, { currency: 'USD' })).toEqual({
        day,
        amount: 0.25,
        currency: 'GBP',
      })
    })
    it('pounds on a price in pence are pounds, and pence are pence', async () => {
      expect(await told({ amount: 0.25, currency: 'GBP' }, pence)).toEqual({ day, amount: 0.25 })
      expect(await told({ amount: 25, currency: 'GBp' }, pence)).toEqual({ day, amount: 0.25 })
      expect(await told({ amount: 25, currency: 'GBX' }, pence)).toEqual({ day, amount: 0.25 })
    })
    it('what is no currency is none', async () => {
      expect(await told({ amount: 25, currency: '£' }, pence)).toEqual({ day, amount: 0.25 })
      expect(await told({ amount: 25, currency: null }, pence)).toEqual({ day, amount: 0.25 })
    })
    it('without one it is in the price’s units, where the adjusted closes agree or say nothing', async () => {
      expect(await told({ amount: 10 }, pence, 390)).toEqual({ day, amount: 0.1 })
      expect(await told({ amount: 10 }, pence)).toEqual({ day, amount: 0.1 })
      // no dividend is in them at all
      expect(await told({ amount: 10 }, pence, 400)).toEqual({ day, amount: 0.1 })
      // half of it is: no hundredth
      expect(await told({ amount: 10 }, pence, 395)).toEqual({ day, amount: 0.1 })
    })
    it('unless they say that it is a hundredth or a hundredfold: then they decide, and a note says so', async () => {
      expect(await told({ amount: 0.1 }, pence, 390)).toEqual({
        day,
        amount: 0.1,
        note: 'listed as 0.1, which is a hundredth of what the adjusted closes say',
      })
      expect(await told({ amount: 1000 }, { currency: 'ZAc' }, 390)).toEqual({
        day,
        amount: 0.1,
        note: 'listed as 1000, which is a hundredfold of what the adjusted closes say',
      })
      expect(await told({ amount: 1000 }, {}, 390)).toMatchObject({ amount: 10 })
    })
  })

  describe('capital gains are dividends', () => {
    const opened = (day: string) => seconds(`${day}T14:30:00Z`)
    const bars = (after: number): [number, number][] => [
      [opened('2026-03-05'), 20],
      [opened('2026-03-06'), after],
    ]
    const paid = (...amounts: number[]) =>
      Object.fromEntries(amounts.map((amount, i) => [friday + i, { amount, date: friday + i }]))
    const told = async (
      after: number,
      events: { dividends?: object; capitalGains?: object },
      meta: Record<string, unknown> = {},
    ) => {
      const answer = await ask(chart({ bars: bars(after), events, meta }))
      return answer.status === 'ok' && answer.value.dividends
    }
    const amount = (each: number) => [{ day: '2026-03-06', amount: each }]

    it('alone, and two of one day', async () => {
      expect(await told(18, { capitalGains: paid(1.5) })).toEqual(amount(1.5))
      expect(await told(18, { capitalGains: paid(1.25, 0.5) })).toEqual(amount(1.75))
    })
    it('beside a smaller dividend of the day, which cannot contain them', async () => {
      expect(await told(20, { dividends: paid(0.2), capitalGains: paid(1.5) })).toEqual(amount(1.7))
    })
    it('once when the dividend contains them: the price fell by the dividend', async () => {
      expect(await told(18.2, { dividends: paid(1.7), capitalGains: paid(1.5) })).toEqual(amount(1.7))
      expect(await told(18.5, { dividends: paid(1.5), capitalGains: paid(1.5) })).toEqual(amount(1.5))
    })
    it('besides a larger dividend when the price fell by both', async () => {
      expect(await told(16.8, { dividends: paid(1.7), capitalGains: paid(1.5) })).toEqual(amount(3.2))
    })
    it('once when no close tells', async () => {
      const events = { dividends: paid(1.7), capitalGains: paid(1.5) }
      const answer = await ask(chart({ bars: [[friday, 18]], events }))
      expect(answer).toMatchObject({ value: { dividends: amount(1.7) } })
    })
    it('in pence as in pounds', async () => {
      const meta = { currency: 'GBp' }
      expect(await told(18.2, { dividends: paid(1.7), capitalGains: paid(1.5) }, meta)).toEqual(amount(0.017))
    })
    it('not where they are no amounts', async () => {
      expect(await told(20, { capitalGains: paid(-1.5, Number.NaN) })).toEqual([])
    })
  })

  it.each([
    [1.5, 1, { numerator: 3, denominator: 2 }],
    [1281, 1000, { numerator: 1281, denominator: 1000 }],
    [1, 0.05, { numerator: 20, denominator: 1 }],
    [10, 20, { numerator: 1, denominator: 2 }],
  ])('has a split of %d:%d in whole numbers and lowest terms', async (numerator, denominator, ratio) => {
    const events = { splits: { [friday]: { date: friday, numerator, denominator } } }
    const answer = await ask(chart({ bars: [[friday, 100]], events }))
    expect(answer).toMatchObject({ value: { splits: [{ day: '2026-03-06', ...ratio }] } })
  })

  it('has no split whose ratio no whole numbers hold', async () => {
    const splits = { [friday]: { date: friday, numerator: 1e300, denominator: 0.7 } }
    const answer = await ask(chart({ bars: [[friday, 100]], events: { splits } }))
    expect(answer).toMatchObject({ status: 'ok', value: { splits: [] } })
  })

  it.each([
    ['Europe/London', '2026-03-09T08:00:00Z', '2026-03-09T16:30:00Z', 8 * 60, 16 * 60 + 30],
    // the same on London's own clock when that is in summer time
    ['Europe/London', '2026-03-30T07:00:00Z', '2026-03-30T15:30:00Z', 8 * 60, 16 * 60 + 30],
    ['Asia/Tokyo', '2026-03-09T00:00:00Z', '2026-03-09T06:30:00Z', 9 * 60, 15 * 60 + 30],
    ['America/New_York', '2026-03-09T13:30:00Z', '2026-03-09T20:00:00Z', 9 * 60 + 30, 16 * 60],
  ])('tells when %s trades, on its own clock', async (timeZone, start, end, opens, closes) => {
    const regular = { start: seconds(start), end: seconds(end) }
    const meta = { exchangeTimezoneName: timeZone, currentTradingPeriod: { regular } }
    expect(await ask(chart({ bars: [[friday, 100]], meta }))).toMatchObject({
      value: { instrument: { session: { opens, closes } } },
    })
  })

  it.each([
    ['none', undefined],
    ['one that ends before it begins', { start: 1773068400, end: 1773068000 }],
    ['one of two days', { start: 1773068400, end: 1773068400 + 172_800 }],
    ['one of words', { start: 'morning', end: 'night' }],
  ])('with a trading period like %s does not tell', async (_, regular) => {
    const answer = await ask(chart({ bars: [[friday, 100]], meta: { currentTradingPeriod: { regular } } }))
    expect(answer.status).toBe('ok')
    expect(answer).not.toHaveProperty('value.instrument.session')
  })

  it('in pence is in pounds: price, closes, dividends', async () => {
    const opened = seconds('2026-03-06T08:00:00Z')
    const answer = await ask(
      chart({
        bars: [[opened, 308.8]],
        meta: { currency: 'GBp', exchangeTimezoneName: 'Europe/London', regularMarketPrice: 305.3 },
        events: { dividends: { [opened]: { amount: 12.5, date: opened } } },
      }),
    )
    expect(answer).toMatchObject({
      value: {
        instrument: { currency: 'GBP' },
        quote: { price: '3.053', currency: 'GBP', previousClose: '3.088' },
        bars: [{ day: '2026-03-06', close: 3.088 }],
        dividends: [{ amount: 0.125 }],
      },
    })
  })

  it('has the days of the exchange’s own clock', async () => {
    // Sydney opens at 10:00, in summer time 23:00Z of the day before
    const answer = await ask(
      chart({
        bars: [[seconds('2026-03-05T23:00:00Z'), 50]],
        meta: { exchangeTimezoneName: 'Australia/Sydney' },
      }),
    )
    expect(answer).toMatchObject({ value: { bars: [{ day: '2026-03-06' }] } })
  })

  it('of a currency has London’s days, whose midnight is 23:00Z in summer', async () => {
    const answer = await ask(
      chart({
        bars: [[seconds('2025-07-06T23:00:00Z'), 1.17]],
        meta: { instrumentType: 'CURRENCY', exchangeTimezoneName: 'Europe/London' },
      }),
      { from: '2025-07-01' },
    )
    expect(answer).toMatchObject({
      value: { instrument: { kind: 'currency' }, bars: [{ day: '2025-07-07' }] },
    })
  })

  it('is asked with the symbol escaped, from a week before', async () => {
    const fake = upstream({ chart: () => chart({ bars: [] }) })
    const market = source(fake.fetch)
    await market.history('^GSPC', '2026-03-08')
    await market.history('EURUSD=X', '2026-03-08')
    expect(fake.asked.map((url) => url.pathname)).toEqual([
      '/v8/finance/chart/%5EGSPC',
      '/v8/finance/chart/EURUSD%3DX',
    ])
    const { searchParams } = fake.asked[0]!
    expect(searchParams.get('period1')).toBe(String(seconds('2026-03-01T00:00:00Z')))
    expect(searchParams.get('period2')).toBe(String(seconds('2026-03-09T15:00:00Z')))
    expect(searchParams.get('events')).toBe('div|split|capitalGains')
  })

  it('of an unknown symbol is rejected', async () => {
    expect(await ask(chartError(404, 'Not Found', 'No data found, symbol may be delisted'))).toEqual({
      status: 'rejected',
      reason: 'X: No data found, symbol may be delisted',
    })
  })

  it('without data since the day asked for is rejected', async () => {
    const error = chartError(400, 'Bad Request', "Data doesn't exist for startDate = 1, endDate = 2")
    expect(await ask(error)).toEqual({
      status: 'rejected',
      reason: expect.stringContaining("doesn't exist"),
      noData: true,
    })
  })

  it('of what cannot be a symbol is not asked for', async () => {
    expect(await ask(chart({ bars: [] }), { symbol: 'a/../b' })).toMatchObject({ status: 'rejected' })
  })

  it('without a price is rejected', async () => {
    const answer = await ask(chart({ bars: [[friday, 100]], meta: { regularMarketPrice: null } }))
    expect(answer).toMatchObject({ status: 'rejected', reason: expect.stringContaining('not a valid price') })
  })
})

describe('the way out', () => {
  /** A source whose waits the test sees, and whose upstream it counts. */
  function watched(fake: ReturnType<typeof upstream>, rests: () => number | null = () => null) {
    const slept: number[] = []
    const market = yahoo({
      fetch: fake.fetch,
      now: () => now,
      sleep: async (ms) => void slept.push(ms),
      spacing: 400,
      rests,
    })
    return { market, slept }
  }

  it('rests after every call, cookie and crumb included', async () => {
    const { market, slept } = watched(upstream({ quote: () => rows(row('AAPL')) }))
    await market.quotes(['AAPL'])
    // half a rest for the first in each lane
    expect(slept).toEqual([200, 200, 200])
  })

  it('asks nothing more once the endpoint is to be left alone', async () => {
    let asked = 0
    const fake = upstream({
      chart: () => {
        asked += 1
        return new Response('', { status: 429, headers: { 'retry-after': '90' } })
      },
    })
    const { market } = watched(fake, () => (asked > 0 ? 90 : null))
    const symbols = Array.from({ length: 30 }, (_, index) => `S${index}`)
    const answers = await Promise.all(symbols.map((symbol) => market.history(symbol, '2026-03-01')))
    // four were on their way
    expect(fake.count('chart')).toBe(4)
    expect(answers.every((answer) => answer.status === 'unavailable' && answer.retryAfter === 90)).toBe(true)
    expect(answers.at(-1)).toMatchObject({ reason: 'requests to the market source are paused for 90 s' })
  })

  it('tries no second time what is to be left alone since the first', async () => {
    let asked = 0
    const fake = upstream({ chart: () => new Response('', { status: 500 + (asked += 1) }) })
    const { market } = watched(fake, () => (asked > 0 ? 60 : null))
    await market.history('AAPL', '2026-03-01')
    expect(asked).toBe(1)
  })

  it('lets quotes pass histories that wait', async () => {
    const fake = upstream({ chart: () => chart({ bars: [] }), quote: () => rows(row('AAPL')) })
    const { market } = watched(fake)
    await market.quotes(['AAPL'])
    const from = fake.asked.length
    const charts = Array.from({ length: 9 }, (_, index) => market.history(`S${index}`, '2026-03-01'))
    await Promise.all([...charts, market.quotes(['AAPL'])])
    const order = fake.asked.slice(from).map((url) => url.pathname.split('/')[3])
    expect(order.indexOf('quote')).toBeLessThan(6)
  })
})

describe('a search', () => {
  it('finds what has a symbol', async () => {
    const quotes = [
      {
        symbol: 'AAPL',
        longname: 'Apple Inc.',
        quoteType: 'EQUITY',
        exchDisp: 'NASDAQ',
        isYahooFinance: true,
      },
      { symbol: 'AAPL251219C00120000', shortname: 'a call', quoteType: 'OPTION', exchange: 'OPR' },
      { name: 'AAPlasma', permalink: 'aaplasma', isYahooFinance: false },
    ]
    const market = source(upstream({ search: () => Response.json({ quotes, count: 3 }) }).fetch)
    expect(await market.search('apple')).toEqual({
      status: 'ok',
      value: [
        { symbol: 'AAPL', name: 'Apple Inc.', kind: 'equity', exchange: 'NASDAQ', currency: null },
        { symbol: 'AAPL251219C00120000', name: 'a call', kind: 'other', exchange: 'OPR', currency: null },
      ],
    })
  })

  it('that Yahoo does not take now is unavailable', async () => {
    const market = source(upstream({ search: () => new Response('', { status: 429 }) }).fetch)
    expect(await market.search('apple')).toMatchObject({ status: 'unavailable', retryAfter: 60 })
  })
})

describe('a rewritten fetch', () => {
  it('puts the host behind the base and keeps path, query and headers', async () => {
    const seen: string[] = []
    const fake = (async (input: RequestInfo | URL, init?: RequestInit) => {
      const request = new Request(input, init)
      seen.push(`${request.url} ${request.headers.get('cookie')}`)
      return new Response('')
    }) as typeof fetch
    const headers = { cookie: 'A1=1' }
    await rewritten('http://127.0.0.1:9/', fake)('https://query2.finance.yahoo.com/v7/x?a=b%2Cc', { headers })
    await rewritten('http://127.0.0.1:9', fake)(new Request('https://h.example/p', { headers }))
    expect(seen).toEqual([
      'http://127.0.0.1:9/query2.finance.yahoo.com/v7/x?a=b%2Cc A1=1',
      'http://127.0.0.1:9/h.example/p A1=1',
    ])
  })
})

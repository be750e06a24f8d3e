import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { RefreshMessage } from '../../src/jobs/messages.ts'
import { runCron } from '../../src/jobs/schedule.ts'
import { importCsv, newPortfolio, settled, upstreamCalls } from '../worker/app.ts'
import { failingD1 } from '../worker/failing.ts'
import { deliver } from '../worker/queue.ts'

const MINUTE = 60_000
const everyMinute = '* * * * *'
const evening = '15 22 * * MON-FRI'
let id: string

// Three shares of New York and one coin that never sleeps; all that is stored of them is set by each test.
const shares = ['AAPL', 'KO', 'VOO']

beforeAll(async () => {
  vi.setSystemTime(Date.parse('2026-01-02T17:00:00Z'))
  id = await newPortfolio({ benchmarks: ['VOO'] })
  await importCsv(
    id,
    'Ticker,Type,Date,Price,Shares\nAAPL,Buy,2025-12-01,200,1\nKO,Buy,2025-12-01,70,1\nBTC-USD,Buy,2025-12-01,90000,0.1\n',
  )
  await settled(id)
})
beforeEach(() => env.DB.prepare('DELETE FROM cron_claims').run())
afterAll(() => void vi.useRealTimers())

/** Everything was taken at that instant, bars up to that day; the portfolio is being watched. */
async function stored(fetchedAt: string, lastBar: string): Promise<void> {
  const at = Date.parse(fetchedAt)
  await env.DB.batch([
    env.DB.prepare('UPDATE quotes SET fetched_at = ?, at = ?').bind(at, at),
    env.DB.prepare('UPDATE histories SET to_day = ?, fetched_at = ?').bind(lastBar, at),
    env.DB.prepare('UPDATE portfolios SET watched_until = ?, opened_at = ?').bind(at + 90 * 86_400_000, at),
  ])
}

/** What the cron of that minute asks for: symbols by kind. */
async function asked(
  cron: string,
  at: string | number,
  bindings: Partial<Env> = {},
): Promise<Record<string, string[]>> {
  const sent: RefreshMessage[] = []
  const REFRESH = {
    sendBatch: async (some: { body: RefreshMessage }[]) => void sent.push(...some.map(({ body }) => body)),
  } as unknown as Env['REFRESH']
  const time = typeof at === 'number' ? at : Date.parse(at)
  vi.setSystemTime(time)
  await runCron(cron, time, { ...env, REFRESH, ...bindings })
  const of = (kind: RefreshMessage['kind']) =>
    sent.flatMap((message) =>
      message.kind !== kind
        ? []
        : message.kind === 'quotes'
          ? message.symbols
          : message.kind === 'history'
            ? [message.symbol]
            : message.kind === 'notice'
              ? []
              : [message.portfolio],
    )
  return Object.fromEntries(
    (['quotes', 'history', 'chart'] as const).flatMap((kind) =>
      of(kind).length > 0 ? [[kind, of(kind)]] : [],
    ),
  )
}

describe('the cron of a trading minute', () => {
  // Wednesday 2026-03-04, New York open from 14:30Z
  beforeEach(() => stored('2026-03-04T15:00:00Z', '2026-03-03'))

  it('sends one message for all that is watched', async () => {
    expect(await asked(everyMinute, '2026-03-04T15:01:00Z')).toEqual({
      quotes: ['AAPL', 'BTC-USD', 'KO', 'VOO'],
    })
  })

  it('fired twice for the same minute sends it once', async () => {
    expect(await asked(everyMinute, '2026-03-04T15:01:00Z')).not.toEqual({})
    expect(await asked(everyMinute, '2026-03-04T15:01:00Z')).toEqual({})
  })

  it('fired twice at once sends it once', async () => {
    const both = await Promise.all([
      asked(everyMinute, '2026-03-04T15:01:00Z'),
      asked(everyMinute, '2026-03-04T15:01:00Z'),
    ])
    expect(both.filter((sent) => 'quotes' in sent)).toHaveLength(1)
  })

  it('that comes behind its successor sends nothing', async () => {
    expect(await asked(everyMinute, '2026-03-04T15:02:00Z')).not.toEqual({})
    expect(await asked(everyMinute, '2026-03-04T15:01:00Z')).toEqual({})
  })

  it('after an hour without any asks once, not sixty times, for sixty minutes', async () => {
    const first = Date.parse('2026-03-04T16:00:00Z')
    expect(await asked(everyMinute, first)).toEqual({ quotes: ['AAPL', 'BTC-USD', 'KO', 'VOO'] })
    const before = (await upstreamCalls()).quote ?? 0
    await deliver({ kind: 'quotes', symbols: ['AAPL', 'BTC-USD', 'KO', 'VOO'], requester: null })
    expect((await upstreamCalls()).quote! - before).toBe(1)
    // the sixty that were late come now
    for (let n = 59; n > 0; n--) expect(await asked(everyMinute, first - n * MINUTE)).toEqual({})
  })

  it('whose messages the queue refuses is sent by whoever fires for it again', async () => {
    const REFRESH = {
      sendBatch: async () => {
        throw new Error('Queue sendBatch failed: Too Many Requests')
      },
    } as unknown as Env['REFRESH']
    await expect(asked(everyMinute, '2026-03-04T15:01:00Z', { REFRESH })).rejects.toThrow('Too Many Requests')
    expect(await asked(everyMinute, '2026-03-04T15:01:00Z')).toEqual({
      quotes: ['AAPL', 'BTC-USD', 'KO', 'VOO'],
    })
  })

  it('whose D1 fails is made good by the next minute', async () => {
    const { db } = failingD1(env.DB, () => 'refused')
    await expect(asked(everyMinute, '2026-03-04T15:01:00Z', { DB: db })).rejects.toThrow(
      /Failed query|no connection/,
    )
    expect(await asked(everyMinute, '2026-03-04T15:02:00Z')).toEqual({
      quotes: ['AAPL', 'BTC-USD', 'KO', 'VOO'],
    })
  })
})

describe('what a watched minute asks for', () => {
  // taken with the bars of the day before, at an instant; then the cron of a later one
  it.each([
    // 2026-03-08: New York changes to summer time, so that Monday opens at 13:30Z, an hour earlier by UTC
    [
      'Friday before, at the winter opening',
      '2026-03-06T13:45:00Z',
      '2026-03-05',
      '2026-03-06T13:50:00Z',
      'all',
    ],
    [
      'Monday after, 13:29Z, before the opening, two minutes old',
      '2026-03-09T13:27:00Z',
      '2026-03-06',
      '2026-03-09T13:29:00Z',
      'coin',
    ],
    [
      'Monday after, 13:31Z, open, two minutes old',
      '2026-03-09T13:29:00Z',
      '2026-03-06',
      '2026-03-09T13:31:00Z',
      'all',
    ],
    [
      'Monday after, 20:31Z, closed: its bar is final',
      '2026-03-09T20:29:00Z',
      '2026-03-06',
      '2026-03-09T20:31:00Z',
      'bars',
    ],
    // 2026-11-01: back to winter time, so that Monday closes at 21:00Z
    [
      'Monday 2026-11-02, 20:31Z, still open',
      '2026-11-02T20:29:00Z',
      '2026-10-30',
      '2026-11-02T20:31:00Z',
      'all',
    ],
    [
      'Monday 2026-11-02, 21:31Z, its bar is final',
      '2026-11-02T21:29:00Z',
      '2026-10-30',
      '2026-11-02T21:31:00Z',
      'bars',
    ],
    // Good Friday: no session, and Thursday's prices hold
    ['Good Friday at noon', '2026-04-03T01:00:00Z', '2026-04-02', '2026-04-03T16:00:00Z', 'coin'],
    // Friday after Thanksgiving closes at 13:00, 18:00Z
    [
      'the day after Thanksgiving, 17:59Z, open',
      '2026-11-27T17:57:00Z',
      '2026-11-25',
      '2026-11-27T17:59:00Z',
      'all',
    ],
    [
      'the day after Thanksgiving, 18:31Z, its bar is final',
      '2026-11-27T18:29:00Z',
      '2026-11-25',
      '2026-11-27T18:31:00Z',
      'bars',
    ],
    [
      'the day after Thanksgiving, 20:00Z, all taken',
      '2026-11-27T19:58:00Z',
      '2026-11-27',
      '2026-11-27T20:00:00Z',
      'coin',
    ],
    ['a Sunday', '2026-03-08T12:00:00Z', '2026-03-06', '2026-03-08T12:02:00Z', 'coin'],
  ] as const)('on %s', async (_, fetchedAt, lastBar, at, what) => {
    await stored(fetchedAt, lastBar)
    // the coin's own bars are there up to the day before
    await env.DB.prepare("UPDATE histories SET to_day = '2099-01-01' WHERE symbol = 'BTC-USD'").run()
    const expected = {
      all: { quotes: ['AAPL', 'BTC-USD', 'KO', 'VOO'] },
      coin: { quotes: ['BTC-USD'] },
      bars: { history: shares, quotes: ['BTC-USD'] },
    }
    expect(await asked(everyMinute, at)).toEqual(expected[what])
  })
})

describe('the evening cron', () => {
  it.each([
    ['an ordinary Wednesday', '2026-03-04T20:00:00Z', '2026-03-03', '2026-03-04T22:15:00Z', shares],
    ['the first Monday of summer time', '2026-03-09T19:00:00Z', '2026-03-06', '2026-03-09T22:15:00Z', shares],
    ['the first Monday of winter time', '2026-11-02T20:00:00Z', '2026-10-30', '2026-11-02T22:15:00Z', shares],
    [
      'a holiday, when there is no bar to come',
      '2026-04-02T22:16:00Z',
      '2026-04-02',
      '2026-04-03T22:15:00Z',
      [],
    ],
    ['a day of early close', '2026-11-27T17:00:00Z', '2026-11-25', '2026-11-27T22:15:00Z', shares],
    [
      'a Wednesday after two evenings without',
      '2026-03-02T20:00:00Z',
      '2026-02-27',
      '2026-03-04T22:15:00Z',
      shares,
    ],
  ] as const)('on %s', async (_, fetchedAt, lastBar, at, bars) => {
    await stored(fetchedAt, lastBar)
    await env.DB.prepare("UPDATE histories SET to_day = '2099-01-01' WHERE symbol = 'BTC-USD'").run()
    const { history = [], chart } = await asked(evening, at)
    expect({ history, chart }).toEqual({ history: bars, chart: [id] })
    expect(await asked(evening, at)).toEqual({})
  })
})

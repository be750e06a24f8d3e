import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { runCron } from '../../src/jobs/schedule.ts'
import { unpacked } from '../../src/storage/bars.ts'
import { rows } from '../storage/sample.ts'
import { importCsv, json, newPortfolio, send, settled } from '../worker/app.ts'
import { type Market, openMarket, share } from '../worker/market.ts'
import { deliver } from '../worker/queue.ts'
import { nothingUnderway } from '../worker/underway.ts'
import type { MarketFile } from '../yahoo/book.ts'

const cron = '15 22 * * MON-FRI'
const at = (text: string) => Date.parse(`${text}:00Z`)
// Thursday after New York's close
const thursday = at('2026-03-05T22:15')
const friday = at('2026-03-06T22:15')
const first = '2026-01-02'
const last = '2026-04-30'

let market: Market

/** What trades in these tests; each test has a symbol of its own. */
const listed: MarketFile[] = [
  'ACME',
  'MORN',
  'HOLE',
  'NONE',
  'CORR',
  'LATE',
  'FLIP',
  'SLOW',
  'TENS',
  'LEAP',
  'OLDL',
  'HALF',
].map((symbol) => share(symbol, first, last, 100))

beforeAll(async () => {
  vi.setSystemTime(thursday)
  market = await openMarket(listed)
})
afterAll(async () => {
  await market.close()
  vi.useRealTimers()
})
beforeEach(async () => {
  vi.setSystemTime(thursday)
  // each test lives its own Friday, which the clock would claim once
  await env.DB.prepare('DELETE FROM cron_claims').run()
  market.calls.length = 0
})

/** A portfolio with ten shares of it, bought at 100 in February; its history is there up to Thursday. */
async function tenShares(symbol: string): Promise<string> {
  const id = await newPortfolio({ benchmarks: [] })
  await importCsv(id, `Ticker,Type,Date,Price,Shares\n${symbol},Buy,2026-02-02,100,10\n`)
  expect(await settled(id)).toMatchObject({ status: 'done', failed: [] })
  return id
}

async function closes(symbol: string): Promise<Map<string, number>> {
  const own = (await rows('bars')).filter((row) => row.symbol === symbol)
  const bars = own.flatMap(({ year, closes: text }) => unpacked(year as number, text as string))
  return new Map(bars.map(({ day, close }) => [day, close]))
}

const levels = async (symbol: string) => [...new Set((await closes(symbol)).values())]

/** The after-close run, until its messages are carried out. */
async function afterTheClose(now: number, symbol: string): Promise<void> {
  vi.setSystemTime(now)
  market.calls.length = 0
  await runCron(cron, now, env)
  await nothingUnderway()
  const day = new Date(now).toISOString().slice(0, 10)
  expect((await closes(symbol)).has(day)).toBe(true)
}

/** What is put into the queue meanwhile, and stays out of it. */
async function messagesOf(work: () => Promise<unknown>): Promise<unknown[]> {
  const sent = vi.spyOn(env.REFRESH, 'sendBatch').mockResolvedValue({} as QueueSendBatchResponse)
  await work()
  const bodies = sent.mock.calls.flatMap(([messages]) => [...messages].map(({ body }) => body))
  sent.mockRestore()
  return bodies
}

/** Four for one at Friday's open: the source's closes are in new shares from then on. */
function split(symbol: string, day = '2026-03-06'): void {
  const file = market.files.get(symbol)!
  market.files.set(symbol, {
    ...file,
    splits: [[day, 4, 1]],
    closes: file.closes.map(([on, close]) => [on, close / 4]),
  })
}

const charts = (symbol: string) => market.calls.filter((call) => call === `chart ${symbol}`).length

describe('a split that has happened since', () => {
  it('re-bases every stored bar after the close, and no day’s value changes', async () => {
    const id = await tenShares('ACME')
    const before = await json(`/api/dashboard-chart-data?portfolio_id=${id}`)
    expect(new Set(before.value)).toEqual(new Set(['1000']))
    split('ACME')
    await afterTheClose(friday, 'ACME')
    expect(await levels('ACME')).toEqual([25])
    // the overlap, and then everything
    expect(charts('ACME')).toBe(2)
    await deliver({ kind: 'chart', portfolio: id })
    const after = await json(`/api/dashboard-chart-data?portfolio_id=${id}`)
    expect(after.days.length).toBe(before.days.length + 1)
    expect(new Set(after.value)).toEqual(new Set(['1000']))
    const { holdings } = await json(`/api/dashboard-holdings-data?portfolio_id=${id}`)
    expect(holdings[0]).toMatchObject({ shares: '40', price: '25', market_value: '1000', day_change: '0' })
  })

  it('is noticed in the morning by the close before, and never are new prices multiplied with old shares', async () => {
    const id = await tenShares('MORN')
    vi.setSystemTime(at('2026-03-06T15:00'))
    split('MORN')
    market.prices.set('MORN', 26)
    market.calls.length = 0
    const doubted = await messagesOf(() => deliver({ kind: 'quotes', symbols: ['MORN'], requester: null }))
    await deliver({ kind: 'chart', portfolio: id })
    const value = async () =>
      (await json(`/api/dashboard-holdings-data?portfolio_id=${id}`)).totals.market_value as string
    expect(await value()).toBe('1000')
    // the doubt has asked for the history, which knows of the split
    vi.setSystemTime(at('2026-03-06T15:00') + 1000)
    for (const message of doubted) await deliver(message)
    expect(await levels('MORN')).toEqual([25])
    await deliver({ kind: 'chart', portfolio: id })
    // what only prices have changed is no copy of its own in KV: whoever has seen nothing newer is shown it by then
    vi.setSystemTime(at('2026-03-06T15:05') + 1000)
    expect(await value()).toBe('1040')
    expect(charts('MORN')).toBe(2)
    const { holdings } = await json(`/api/dashboard-holdings-data?portfolio_id=${id}`)
    expect(holdings[0]).toMatchObject({ shares: '40', price: '26', quarantined: null })
  })

  it('and was reported too late for the overlap is found by the closes, which are all told otherwise', async () => {
    const id = await tenShares('LATE')
    await afterTheClose(friday, 'LATE')
    // two weeks later the source brings all to the units of a split that it dates in February
    split('LATE', '2026-02-10')
    await afterTheClose(at('2026-03-09T22:15'), 'LATE')
    expect(await levels('LATE')).toEqual([25])
    await deliver({ kind: 'chart', portfolio: id })
    const { value } = await json(`/api/dashboard-chart-data?portfolio_id=${id}`)
    expect(new Set(value)).toEqual(new Set(['1000']))
  })
})

describe('a split that the source lists before it brings the older closes to the new shares', () => {
  /** From the split's day on all is in new shares, and what was before it is not. */
  function listed(symbol: string, ratio: number): () => void {
    const file = market.files.get(symbol)!
    const split: MarketFile['splits'][number] = ['2026-03-06', ratio, 1]
    const closesOf = (isNew: (day: string) => boolean): MarketFile['closes'] =>
      file.closes.map(([day, close]) => [day, isNew(day) ? close / ratio : close])
    market.files.set(symbol, { ...file, splits: [split], closes: closesOf((day) => day >= '2026-03-06') })
    return () => market.files.set(symbol, { ...file, splits: [split], closes: closesOf(() => true) })
  }

  it.each([
    ['SLOW', 4],
    ['TENS', 10],
  ])('is known within minutes, and no day’s value changes: %s, %i for one', async (symbol, ratio) => {
    const id = await tenShares(symbol)
    const catchUp = listed(symbol, ratio)
    const holding = async () => {
      await deliver({ kind: 'chart', portfolio: id })
      return (await json(`/api/dashboard-holdings-data?portfolio_id=${id}`)).holdings[0]
    }
    const values = async () =>
      new Set((await json(`/api/dashboard-chart-data?portfolio_id=${id}`)).value.slice(0, -1) as string[])

    vi.setSystemTime(at('2026-03-06T15:00'))
    market.prices.set(symbol, 104 / ratio)
    await deliver({ kind: 'quotes', symbols: [symbol], requester: null })
    await nothingUnderway()
    expect(await levels(symbol)).toEqual([100 / ratio])
    vi.setSystemTime(at('2026-03-06T15:01'))
    await deliver({ kind: 'quotes', symbols: [symbol], requester: null })
    expect(await holding()).toMatchObject({
      shares: String(10 * ratio),
      price: String(104 / ratio),
      market_value: '1040',
      day_change: '40',
      quarantined: null,
    })
    expect(await values()).toEqual(new Set(['1000']))

    market.prices.delete(symbol)
    await afterTheClose(friday, symbol)
    expect(await levels(symbol)).toEqual([100 / ratio])
    // the source is late on Monday still, and has done it on Tuesday
    await afterTheClose(at('2026-03-09T22:15'), symbol)
    expect(await levels(symbol)).toEqual([100 / ratio])
    catchUp()
    await afterTheClose(at('2026-03-10T22:15'), symbol)
    expect(await levels(symbol)).toEqual([100 / ratio])
    expect(await holding()).toMatchObject({
      shares: String(10 * ratio),
      market_value: '1000',
      day_change: '0',
    })
    expect(await values()).toEqual(new Set(['1000']))
  })
})

describe('a close that the source corrects', () => {
  it('is corrected within the last five sessions, and one within rounding is not written', async () => {
    await tenShares('CORR')
    const file = market.files.get('CORR')!
    const told: Record<string, number> = { '2026-02-27': 97, '2026-03-03': 104, '2026-03-04': 100.00001 }
    market.files.set('CORR', {
      ...file,
      closes: file.closes.map(([day, close]) => [day, told[day] ?? close]),
    })
    const log = vi.spyOn(console, 'log')
    await afterTheClose(friday, 'CORR')
    const lines = log.mock.calls.map(([line]) => String(line))
    log.mockRestore()
    const found = await closes('CORR')
    expect([...found].filter(([, close]) => close !== 100)).toEqual([
      ['2026-02-27', 97],
      ['2026-03-03', 104],
    ])
    expect(lines.filter((line) => line.includes('bars corrected'))).toEqual([
      JSON.stringify({ event: 'bars corrected', symbol: 'CORR', count: 2 }),
    ])
    expect(charts('CORR')).toBe(1)
  })
})

describe('a history that is suddenly in another currency', { shuffle: false }, () => {
  const flip = async () => (await rows('instruments')).find(({ symbol }) => symbol === 'FLIP')!.currency

  it('is not believed, and asked for again after the next session only', async () => {
    await tenShares('FLIP')
    const file = market.files.get('FLIP')!
    market.files.set('FLIP', {
      ...file,
      currency: 'EUR',
      // the new listing is younger
      closes: file.closes.filter(([day]) => day >= '2026-01-12').map(([day]) => [day, 90]),
    })
    vi.setSystemTime(friday)
    market.calls.length = 0
    await runCron(cron, friday, env)
    const row = async () => (await rows('quotes')).find(({ symbol }) => symbol === 'FLIP')!
    await nothingUnderway()
    expect((await row()).held).toContain('changed from USD to EUR')
    expect(await levels('FLIP')).toEqual([100])
    expect([await flip(), (await row()).price]).toEqual(['USD', '100'])
    await runCron(cron, friday, env)
    await nothingUnderway()
    expect(charts('FLIP')).toBe(2)
  })

  it('and when that says the same, nothing in the old one is left', async () => {
    await afterTheClose(at('2026-03-09T22:15'), 'FLIP')
    expect(await levels('FLIP')).toEqual([90])
    expect([...(await closes('FLIP')).keys()][0]).toBe('2026-01-12')
    expect(await flip()).toBe('EUR')
    expect((await rows('quotes')).find(({ symbol }) => symbol === 'FLIP')).toMatchObject({
      price: '90',
      currency: 'EUR',
      held: null,
    })
  })
})

describe('a gap in the stored bars', { shuffle: false }, () => {
  const without = (file: MarketFile, from: string, to: string): MarketFile => ({
    ...file,
    closes: file.closes.filter(([day]) => day < from || day > to),
  })

  it('is filled by the history that the run asks for anyway', async () => {
    const whole = market.files.get('HOLE')!
    market.files.set('HOLE', without(whole, '2026-02-10', '2026-02-13'))
    await tenShares('HOLE')
    expect((await closes('HOLE')).has('2026-02-11')).toBe(false)
    // what is remembered as lacking from this very fetch is not asked for again
    await env.DB.prepare("UPDATE gaps SET lacking = '[]' WHERE symbol = 'HOLE'").run()
    market.files.set('HOLE', whole)
    await afterTheClose(friday, 'HOLE')
    const days = [...(await closes('HOLE')).keys()]
    expect(days.filter((day) => day >= '2026-02-09' && day <= '2026-02-17')).toEqual([
      '2026-02-09',
      '2026-02-10',
      '2026-02-11',
      '2026-02-12',
      '2026-02-13',
      // Monday the 16th is Washington's Birthday
      '2026-02-17',
    ])
    expect(charts('HOLE')).toBe(1)
  })

  it('of which the source has nothing either is asked for once', async () => {
    market.files.set('NONE', without(market.files.get('NONE')!, '2026-02-11', '2026-02-11'))
    await tenShares('NONE')
    await env.DB.prepare("UPDATE gaps SET lacking = '[]' WHERE symbol = 'NONE'").run()
    const asked: string[] = []
    const sent = vi.spyOn(env.REFRESH, 'sendBatch')
    for (const now of [friday, at('2026-03-09T22:15')]) {
      sent.mockClear()
      await afterTheClose(now, 'NONE')
      const bodies = sent.mock.calls.flatMap(([messages]) => [...messages].map(({ body }) => body))
      asked.push(
        ...bodies.flatMap((body) => {
          const { kind, symbol, from } = body as { kind: string; symbol: string; from: string }
          return kind === 'history' && symbol === 'NONE' ? [from] : []
        }),
      )
    }
    sent.mockRestore()
    // from the bar before the gap; then five sessions as ever
    expect(asked).toEqual(['2026-02-10', '2026-03-02'])
    const row = (await rows('gaps')).find(({ symbol }) => symbol === 'NONE')
    expect(row!.lacking).toBe('["2026-02-11"]')
  })

  it('is looked for once a day however often the cron fires', async () => {
    const tuesday = at('2026-03-10T22:15')
    await afterTheClose(tuesday, 'NONE')
    const checked = async () => (await rows('gaps')).map(({ checked_at }) => checked_at)
    const before = await checked()
    expect(before).toContain(tuesday)
    vi.setSystemTime(tuesday + 3_600_000)
    await runCron(cron, tuesday + 3_600_000, env)
    await nothingUnderway()
    expect(await checked()).toEqual(before)
  })
})

describe('a close that leaps for one session', () => {
  const leaping = (symbol: string, day: string, close: number) => {
    const file = market.files.get(symbol)!
    const closes = file.closes.map(([each, before]): [string, number] => [
      each,
      each === day ? close : before,
    ])
    market.files.set(symbol, { ...file, closes })
  }
  const volatility = async (id: string) => {
    await send(`/api/portfolios/${id}/refreshes`, {})
    await settled(id)
    return (await json(`/api/dashboard-initial-data?portfolio_id=${id}`)).summary.volatility
  }

  it('is left out when the next session is back, though it was stored the evening before', async () => {
    leaping('LEAP', '2026-03-05', 330)
    const id = await tenShares('LEAP')
    await deliver({ kind: 'history', symbol: 'LEAP', from: '2026-01-01', requester: null })
    expect((await closes('LEAP')).get('2026-03-05')).toBe(330)
    await afterTheClose(friday, 'LEAP')
    expect((await closes('LEAP')).has('2026-03-05')).toBe(false)
    expect((await rows('corporate_actions')).filter(({ symbol }) => symbol === 'LEAP')).toMatchObject([
      { day: '2026-03-05', kind: 'left_out', amount: '330' },
    ])
    expect(await volatility(id)).toBe(0)
    // it is no gap either: the next evening asks for nothing but the new bar
    await afterTheClose(at('2026-03-09T22:15'), 'LEAP')
    expect(market.calls.filter((call) => call === 'chart LEAP')).toHaveLength(1)
  })

  it('that was stored long ago is found in the evening, and its history asked for from the day before', async () => {
    await tenShares('OLDL')
    leaping('OLDL', '2026-01-15', 25)
    const stored = (await closes('OLDL')).entries()
    const days = JSON.stringify(
      [...stored].map(([day, close]) => [
        (Date.parse(day) - Date.parse('2025-12-31')) / 86_400_000,
        day === '2026-01-15' ? 25 : close,
      ]),
    )
    await env.DB.prepare("UPDATE bars SET closes = ? WHERE symbol = 'OLDL'").bind(days).run()
    await afterTheClose(friday, 'OLDL')
    expect((await closes('OLDL')).has('2026-01-15')).toBe(false)
    expect((await closes('OLDL')).get('2026-01-16')).toBe(100)
  })

  it('that the source corrects is there again', async () => {
    leaping('HALF', '2026-03-04', 50)
    await tenShares('HALF')
    expect((await closes('HALF')).has('2026-03-04')).toBe(false)
    leaping('HALF', '2026-03-04', 100)
    await afterTheClose(friday, 'HALF')
    expect((await closes('HALF')).get('2026-03-04')).toBe(100)
    expect((await rows('corporate_actions')).filter(({ symbol }) => symbol === 'HALF')).toEqual([])
  })
})

import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { HOST, importCsv, json, newPortfolio, request, settled } from '../worker/app.ts'
import { NOON, setClock } from '../worker/clock.ts'
import { invented, listInvented, purchases } from '../worker/listings.ts'
import { metered } from '../worker/metered.ts'
import { listen } from '../worker/socket.ts'
import { printTable } from '../worker/table.ts'
import { usedBy } from '../worker/usage.ts'

const MINUTE = 60_000
const printed: (string | number)[][] = [['work', 'counted', 'budget']]
const counted = (work: string, count: number, budget: number) =>
  void printed.push([work, count, `≤ ${budget}`])

let id = ''

beforeAll(() => {
  setClock()
  listInvented()
})
beforeEach(() => setClock())
afterAll(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  printTable('Budgets of the background', printed)
})

const symbols = invented(55)

// one clock that goes on from the import to an hour of the market
describe('a session', { shuffle: false }, () => {
  describe('the first import of 55 tickers with ten years of history and two benchmarks', () => {
    const answers: number[] = []
    type Call = { endpoint: string; outcome: string; count: number }
    const callsMade = async (): Promise<Call[]> =>
      (await env.MARKET_GATEWAY.getByName('market').status()).calls
    /** What a file before this one asked for, when its answer was counted here. */
    let ofOthers: Call[]

    beforeAll(async () => {
      // nothing is known of any of them
      await env.DB.batch(
        ['quotes', 'bars', 'histories', 'instruments'].map((each) => env.DB.prepare(`DELETE FROM ${each}`)),
      )
      // what is written to `bars`, whoever writes it
      await env.DB.exec('CREATE TABLE bars_written (symbol TEXT, year INTEGER)')
      for (const verb of ['INSERT', 'UPDATE']) {
        await env.DB.exec(
          `CREATE TRIGGER bars_${verb} AFTER ${verb} ON bars BEGIN INSERT INTO bars_written VALUES (new.symbol, new.year); END`,
        )
      }
      ofOthers = await callsMade()
      id = await newPortfolio({ name: 'Budget' })
      await importCsv(id, purchases(symbols, '2025-03-03'))
      for (let isUnderway = true; isUnderway && answers.length < 300;) {
        answers.push((await request(`/portfolios/${id}`)).status)
        const latest = await json(`/api/portfolios/${id}/refreshes/latest`)
        isUnderway = latest.finished_at === null
        // a reader who presses reload as fast as a hand can
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    })
    afterAll(async () => {
      await env.DB.exec('DROP TRIGGER bars_INSERT; DROP TRIGGER bars_UPDATE; DROP TABLE bars_written')
    })

    it('costs at most 62 upstream calls: a chart each, and two for fifty tickers and for fifty prices', async () => {
      expect(await settled(id)).toMatchObject({ status: 'done', failed: [] })
      const calls = (await callsMade()).map(({ count, ...call }) => {
        const isSame = (each: Call) => each.endpoint === call.endpoint && each.outcome === call.outcome
        return { ...call, count: count - (ofOthers.find(isSame)?.count ?? 0) }
      })
      // on a machine that is busy with other tests an answer may come too late, and is asked for again
      const answered = calls.filter(({ outcome }) => outcome !== 'timeout')
      const upstream = answered
        .filter(({ endpoint }) => endpoint === 'chart' || endpoint === 'quote')
        .reduce((sum, { count }) => sum + count, 0)
      counted('first import of 55 tickers: upstream calls', upstream, 62)
      expect(answered.filter(({ endpoint }) => endpoint === 'chart')).toMatchObject([
        { outcome: 'ok', count: 57 },
      ])
      expect(upstream).toBeLessThanOrEqual(62)
    })

    it('writes each symbol’s year of bars once', async () => {
      const rows = await env.DB.prepare(
        'SELECT count(*) AS written, (SELECT count(*) FROM bars) AS there FROM bars_written',
      ).first<{ written: number; there: number }>()
      counted('first import of 55 tickers: rows of bars written', rows!.written, 57 * 11)
      // 2025 to 2035
      expect(rows).toEqual({ written: 57 * 11, there: 57 * 11 })
    })

    it('keeps the reader’s page answering throughout', () => {
      expect(answers.length).toBeGreaterThan(1)
      expect(new Set(answers)).toEqual(new Set([200]))
    })
  })

  describe('57 symbols in market hours', { shuffle: false }, () => {
    const meter = metered()

    beforeAll(async () => {
      if (id === '') {
        setClock()
        id = await newPortfolio({ name: 'Budget' })
        await importCsv(id, purchases(symbols, '2025-03-03'))
        await settled(id)
      }
      await meter.watchOver(id)
    })

    it('a refresh is two upstream calls, one statement a message, one KV write', async () => {
      setClock(NOON + 2 * MINUTE)
      await meter.start()
      expect(
        (
          await meter.request(`/api/portfolios/${id}/refreshes`, {
            method: 'POST',
            headers: { origin: HOST },
          })
        ).status,
      ).toBe(202)
      const delivered = await meter.deliver()
      const { upstream, kvWrites } = await meter.read()
      counted('refresh of 57 symbols: upstream calls', upstream, 2)
      counted('refresh of 57 symbols: messages', delivered.length, 2)
      counted('refresh of 57 symbols: KV writes', kvWrites, 1)
      expect(upstream).toBe(2)
      expect(delivered.length).toBeLessThanOrEqual(2)
      expect(kvWrites).toBe(1)
      const upserts = meter.statements.filter((statement) => /INSERT INTO quotes/.test(statement))
      expect(upserts).toHaveLength(delivered.length)
    })

    it('a minute of an open page is the same without KV, and no row is written that says what it said', async () => {
      const page = await listen(id)
      setClock(NOON + 10 * MINUTE)
      await meter.start()
      await meter.cron(NOON + 10 * MINUTE)
      const delivered = await meter.deliver()
      const { upstream, kvWrites, d1RowsWritten } = await meter.read()
      // 57 quotes (each says when it was taken), the snapshot and what lists show of it, the minute's claim and its
      // counters, and each five minutes what was used of the platform; no instrument
      counted('a minute of an open page: D1 rows written', d1RowsWritten, 62)
      expect({ upstream, kvWrites }).toEqual({ upstream: 2, kvWrites: 0 })
      expect(d1RowsWritten).toBeLessThanOrEqual(62)
      expect(delivered.length).toBeLessThanOrEqual(2)
      page.close()
    })

    it('the same answer once more writes nothing but that it was counted', async () => {
      await vi.waitFor(async () => expect(await watchers()).toBe(0), 60_000)
      await meter.start()
      const symbols = [...invented(55), 'QQQ', 'VOO']
      meter.sent.push({ kind: 'quotes', symbols, requester: null })
      await meter.deliver()
      const { d1RowsWritten, kvWrites } = await meter.read()
      expect(kvWrites).toBe(0)
      expect(d1RowsWritten).toBeLessThanOrEqual(1)
    })
  })

  async function watchers(): Promise<number> {
    const row = await env.DB.prepare(
      'SELECT count(*) AS count FROM portfolios WHERE watched_until > 0',
    ).first<{
      count: number
    }>()
    return row!.count
  }

  describe('a thousand portfolios over two thousand symbols, twenty of which are watched', () => {
    const names = Array.from(
      { length: 1000 },
      (_, i) => `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
    )
    const watched = names.slice(0, 20)
    const now = NOON + 60 * MINUTE
    const meter = metered()

    beforeAll(async () => {
      setClock(now)
      const insert = (into: string, values: string, rows: unknown[][]) =>
        env.DB.prepare(`INSERT OR IGNORE INTO ${into} SELECT ${values} FROM json_each(?)`).bind(
          JSON.stringify(rows),
        )
      const symbols = invented(2000)
      const tenEach = names.flatMap((name, i) =>
        Array.from({ length: 10 }, (_, k) => [symbols[(i * 2 + k * 201) % 2000], name]),
      )
      const takenAt = (symbol: string) => now - (5 + (symbols.indexOf(symbol) % 25)) * MINUTE
      await env.DB.batch([
        insert(
          `portfolios (id, owner_id, name, description, base_currency, benchmarks, cost_basis, created_at, opened_at, watched_until)`,
          `value->>0, 'owner', 'One of many', '', 'USD', '[]', 'fifo', 0, value->>1, value->>2`,
          names.map((name, i) => [
            name,
            i < 20 ? now : now - 60 * 86_400_000,
            i < 20 ? now + 60 * MINUTE : 0,
          ]),
        ),
        insert('tracked (symbol, portfolio_id)', 'value->>0, value->>1', tenEach),
        insert(
          'instruments (symbol, name, currency, kind, exchange, time_zone)',
          `value->>0, value->>0, 'USD', 'equity', 'NYSE', 'America/New_York'`,
          symbols.map((symbol) => [symbol]),
        ),
        insert(
          'quotes (symbol, price, currency, previous_close, at, fetched_at)',
          `value->>0, '50', 'USD', '50', value->>1, value->>1`,
          symbols.map((symbol) => [symbol, takenAt(symbol)]),
        ),
      ])
    })

    it('one market minute asks at most 40 times, and works for the twenty alone', async () => {
      await meter.start()
      await meter.cron(now)
      const delivered = await meter.deliver()
      const { upstream, objectCalls } = await meter.read()
      counted('1,000 portfolios, 20 watched, a minute: upstream calls', upstream, 40)
      expect(upstream).toBeGreaterThan(0)
      expect(upstream).toBeLessThanOrEqual(40)
      const { results } = await env.DB.prepare('SELECT portfolio_id FROM snapshots ORDER BY 1').all()
      expect(results.map((row) => row.portfolio_id).filter((name) => names.includes(name as string))).toEqual(
        watched,
      )
      // the clock's desk; and a message asks its desk, the desk the gateway, and each watcher to look again
      expect(objectCalls).toBeLessThanOrEqual(1 + delivered.length * (2 + watched.length))
    })

    it('the next minute, too', async () => {
      setClock(now + MINUTE)
      await meter.start()
      await meter.cron(now + MINUTE)
      await meter.deliver()
      expect((await meter.read()).upstream).toBeLessThanOrEqual(40)
    })
  })
})

describe('a long import', () => {
  it('writes three rows of D1 for each of its transactions: its own and two of indexes', async () => {
    const own = await newPortfolio({ name: 'Long' })
    const days = Array.from({ length: 300 }, (_, i) => `INV0,Buy,2030-03-04,50,${i + 1}`)
    const { rowsWritten } = await usedBy(() =>
      importCsv(own, `Ticker,Type,Date,Price,Shares\n${days.join('\n')}\n`),
    )
    counted('import of 300 rows: D1 rows written', rowsWritten, 3 * 300 + 40)
    expect(rowsWritten).toBeGreaterThanOrEqual(3 * 300)
    expect(rowsWritten).toBeLessThanOrEqual(3 * 300 + 40)
    await settled(own)
    // and undone four: its own, and its entry in the log with two of indexes
    const [{ id: imported }] = (await json(`/api/portfolios/${own}/imports`)).imports
    const undone = await usedBy(() =>
      request(`/api/portfolios/${own}/imports/${imported}`, { method: 'DELETE' }),
    )
    counted('undoing it: D1 rows written', undone.rowsWritten, 4 * 300 + 40)
    expect(undone.rowsWritten).toBeGreaterThanOrEqual(4 * 300)
    expect(undone.rowsWritten).toBeLessThanOrEqual(4 * 300 + 40)
    await settled(own)
  })
})

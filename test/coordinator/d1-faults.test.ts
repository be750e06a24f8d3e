import { createExecutionContext, runDurableObjectAlarm, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { app } from '../../src/web/app.tsx'
import { HOST, importCsv, json, newPortfolio, settled, signed } from '../worker/app.ts'
import { NOON, setClock } from '../worker/clock.ts'
import { coordinators, type Fault, failingD1, nth, rewire } from '../worker/failing.ts'
import { deliver } from '../worker/queue.ts'

// Each of these is tried once to see how many calls of D1 it takes, and then once for each call, with that call
// failing: refused, or carried out with its answer lost.

let id: string
let serial = 0

beforeAll(async () => {
  setClock()
  id = await newPortfolio({ benchmarks: [] })
  await importCsv(id, 'Ticker,Type,Date,Price,Shares\nQQQ,Buy,2034-01-03,900,10\n')
  await settled(id)
})
afterAll(() => void vi.useRealTimers())

type Row = { id: string; version: number; amount: string; note: string; type: string }

const rows = async () =>
  (
    await env.DB.prepare(
      'SELECT id, version, amount, note, type, import_id FROM transactions WHERE portfolio_id = ? ORDER BY sequence',
    )
      .bind(id)
      .all<Row & { import_id: string | null }>()
  ).results

/** Each row has its deeds in the audit log, and each deed its row. */
async function expectAudited(): Promise<void> {
  const { results } = await env.DB.prepare('SELECT action, subject FROM audit WHERE portfolio_id = ?')
    .bind(id)
    .all<{ action: string; subject: string }>()
  const deeds = (action: string, subject: string) =>
    results.filter((deed) => deed.action === action && deed.subject === subject).length
  const kept = await rows()
  for (const row of kept) {
    const came = row.import_id
      ? deeds('import', `import:${row.import_id}`)
      : deeds('create', `transaction:${row.id}`)
    expect([row.id, came, deeds('update', `transaction:${row.id}`)]).toEqual([row.id, 1, row.version - 1])
  }
  const gone = results.filter(
    ({ action, subject }) => action === 'create' && subject.startsWith('transaction:'),
  )
  for (const { subject } of gone) {
    const there = kept.some((row) => subject === `transaction:${row.id}`)
    expect([subject, deeds('delete', subject)]).toEqual([subject, there ? 0 : 1])
  }
}

/** A request whose Worker and coordinator share one D1. */
async function request(DB: D1Database, path: string, method: string, body: unknown, key?: string) {
  const isForm = body instanceof URLSearchParams
  const headers = {
    origin: HOST,
    ...(!isForm && { 'content-type': typeof body === 'string' ? 'text/csv' : 'application/json' }),
    ...(key === undefined ? {} : { 'idempotency-key': key }),
  }
  const sent = isForm || typeof body === 'string' ? body : JSON.stringify(body)
  const init = { method, headers, body: sent }
  const ctx = createExecutionContext()
  const answer = await app.fetch(signed(HOST + path, init), { ...env, DB, PORTFOLIO: coordinators }, ctx)
  const text = await answer.text()
  await waitOnExecutionContext(ctx)
  return { status: answer.status, text }
}

const path = () => `/api/portfolios/${id}`

/** What is done, what the user does when it failed, and how it looks when it is in. */
type Work = {
  name: string
  /** Runs on the real bindings before each try. */
  prepare: () => Promise<{
    attempt: (DB: D1Database) => Promise<{ status: number; text: string }>
    /** The statuses that the last try may answer, when the first was carried out after all. */
    again: number[]
    isIn: (kept: Row[]) => boolean
  }>
}

const added = async () => {
  const note = `added ${++serial}`
  const body = { type: 'deposit', date: '2034-02-01', amount: '10', note }
  const answer = await request(env.DB, `${path()}/transactions`, 'POST', body)
  expect(answer.status).toBe(201)
  return JSON.parse(answer.text) as Row
}

const works: Work[] = [
  {
    name: 'an entry',
    prepare: async () => {
      const note = `entry ${++serial}`
      const body = { type: 'deposit', date: '2034-02-01', amount: '10', note }
      return {
        attempt: (DB) => request(DB, `${path()}/transactions`, 'POST', body, note),
        again: [201],
        isIn: (kept) => kept.filter((row) => row.note === note).length === 1,
      }
    },
  },
  {
    name: 'an edit',
    prepare: async () => {
      const row = await added()
      const body = { ...row, amount: '11' }
      return {
        attempt: (DB) => request(DB, `${path()}/transactions/${row.id}`, 'PUT', body),
        again: [200, 409],
        isIn: (kept) => kept.some((one) => one.id === row.id && one.amount === '11' && one.version === 2),
      }
    },
  },
  {
    name: 'a deletion',
    prepare: async () => {
      const row = await added()
      return {
        attempt: (DB) => request(DB, `${path()}/transactions/${row.id}`, 'DELETE', {}),
        again: [204, 404],
        isIn: (kept) => !kept.some((one) => one.id === row.id),
      }
    },
  },
  {
    name: 'an import',
    prepare: async () => {
      const price = 900 + ++serial
      const csv = `Ticker,Type,Date,Price,Shares\nQQQ,Buy,2034-01-04,${price},1\nQQQ,Buy,2034-01-05,${price},2\n`
      const amounts = [`${price}`, `${price * 2}`]
      return {
        attempt: (DB) => request(DB, `${path()}/imports`, 'POST', csv),
        again: [201, 200],
        isIn: (kept) => {
          const found = kept.filter((row) => amounts.includes(row.amount)).length
          expect([0, 2]).toContain(found)
          return found === 2
        },
      }
    },
  },
  {
    name: 'an acceptance of dividends',
    prepare: async () => {
      const dividends = (kept: Row[]) => kept.filter((row) => row.type === 'dividend')
      for (const row of dividends(await rows()).slice(0, 2))
        await request(env.DB, `${path()}/transactions/${row.id}`, 'DELETE', {})
      const { proposals } = await json(`${path()}/dividend-proposals`)
      expect(proposals.length).toBeGreaterThan(1)
      const had = dividends(await rows()).length
      return {
        attempt: (DB) => request(DB, `${path()}/dividend-proposals`, 'POST', { accept: 'all' }),
        again: [201],
        isIn: (kept) => {
          const found = dividends(kept).length
          expect([had, had + proposals.length]).toContain(found)
          return found > had
        },
      }
    },
  },
  {
    name: 'an acceptance of dividends taken back',
    prepare: async () => {
      const dividends = (kept: Row[]) => kept.filter((row) => row.type === 'dividend')
      for (const row of dividends(await rows()).slice(0, 2))
        await request(env.DB, `${path()}/transactions/${row.id}`, 'DELETE', {})
      const had = dividends(await rows()).length
      const accepted = await env.PORTFOLIO.getByName(id).acceptDividends('owner', 'all')
      if (accepted.status !== 'ok') throw new Error(accepted.status)
      const { count, at } = accepted.value
      expect(count).toBeGreaterThan(1)
      return {
        attempt: async (DB) => {
          const undo = new URLSearchParams({ recorded: String(at) })
          const answer = await request(DB, `/portfolios/${id}/dividends/undo`, 'POST', undo)
          return answer.status === 303 ? { ...answer, status: 204 } : answer
        },
        again: [204],
        isIn: (kept) => {
          const found = dividends(kept).length
          expect([had, had + count]).toContain(found)
          return found === had
        },
      }
    },
  },
  {
    name: 'a change of settings',
    prepare: async () => {
      const name = `Renamed ${++serial}`
      return {
        attempt: (DB) => request(DB, path(), 'PATCH', { name }),
        again: [200],
        isIn: () => true,
      }
    },
  },
]

async function attempted(
  { prepare }: Work,
  n: number,
  fault: Fault,
): Promise<{ calls: number[]; writes: number[] }> {
  const { attempt, again, isIn } = await prepare()
  const { db, calls, writes } = failingD1(env.DB, nth(n, fault))
  await rewire(id, { DB: db })
  const first = await attempt(db).catch((error: unknown) => ({ status: 500, text: String(error) }))
  await rewire(id, {})
  // a sentence, whatever happened
  expect(first.text).not.toMatch(/D1_ERROR|at .*\.tsx?:\d/)
  await expectAudited()
  const isAnswered = first.status < 300
  expect(isAnswered || (first.status === 500 && first.text.includes('Nothing you entered is lost'))).toBe(
    true,
  )
  // who was answered finds it in the next answer; who was not tries again
  const last = isAnswered ? first : await attempt(env.DB)
  expect(again).toContain(last.status)
  if (isAnswered && first.status !== 204) await expectNext(JSON.parse(first.text).revision)
  expect(isIn(await rows())).toBe(true)
  await expectAudited()
  await expectShown()
  return { calls, writes }
}

/** Whoever wrote has the revision from the answer, and sees in the very next one what was written. */
async function expectNext(revision: number): Promise<void> {
  const next = await json(`/api/dashboard-initial-data?portfolio_id=${id}&revision=${revision}`)
  expect(next.revision).toBeGreaterThanOrEqual(revision)
  const figures = await json(`${path()}/performance?as_of=2035-03-07`)
  const { today: _today, ...summary } = next.summary
  expect(summary).toEqual(figures)
  expect(next.portfolio.name).toBe((await json(path())).name)
}

/** What the next reader with the newest revision is shown is what D1 holds. */
async function expectShown(): Promise<void> {
  await runDurableObjectAlarm(env.PORTFOLIO.getByName(id))
  const snapshot = await env.SNAPSHOTS.get<{
    revision: number
    transaction_count: number
    portfolio: { name: string }
    summary: { cash: string }
  }>(`snapshot:${id}`, 'json')
  const kept = await rows()
  expect(snapshot!.transaction_count).toBe(kept.length)
  const stored = await env.DB.prepare('SELECT name FROM portfolios WHERE id = ?').bind(id).first('name')
  expect(snapshot!.portfolio.name).toBe(stored)
}

describe.each(works)('$name', (work) => {
  it('with any one of its D1 calls failing is in whole or not at all', async () => {
    const { calls, writes } = await attempted(work, 0, 'refused')
    expect(writes.length).toBeGreaterThan(1)
    let before = 0
    for (const [n, fault] of [
      ...calls.map((call) => [call, 'refused'] as const),
      ...writes.map((call) => [call, 'lost'] as const),
    ]) {
      await attempted(work, n, fault).catch((error: unknown) => {
        throw new Error(`call ${n} of ${calls.length} ${fault}`, { cause: error })
      })
      const { revision } = await json(`/api/dashboard-initial-data?portfolio_id=${id}`)
      expect(revision).toBeGreaterThanOrEqual(before)
      before = revision
    }
  })
})

describe('a refresh', () => {
  let clock = NOON

  /** The button a minute later, with its messages carried out; each failure tried again, as the queue does. */
  async function refreshed(n: number, fault: Fault) {
    clock += 60_000
    setClock(clock)
    const { db, calls, writes } = failingD1(env.DB, nth(n, fault))
    const queue: unknown[] = []
    const REFRESH = {
      sendBatch: async (messages: { body: unknown }[]) =>
        void queue.push(...messages.map(({ body }) => body)),
    } as unknown as Env['REFRESH']
    await rewire(id, { DB: db, REFRESH })
    const click = () => request(db, `${path()}/refreshes`, 'POST', {})
    const first = await click()
    const last = first.status === 202 ? first : await click()
    expect(last.status).toBe(202)
    let deliveries = 0
    while (queue.length > 0 && deliveries < 4) {
      deliveries++
      const { retryMessages } = await deliver(queue[0], deliveries, undefined, {
        ...env,
        DB: db,
        PORTFOLIO: coordinators,
      })
      if (retryMessages.length === 0) queue.shift()
    }
    await rewire(id, {})
    expect(queue).toEqual([])
    const latest = await json(`${path()}/refreshes/latest`)
    expect(latest).toMatchObject({ status: 'done', failed: [], total: 1 })
    await expectShown()
    const { holdings } = await json(`/api/dashboard-holdings-data?portfolio_id=${id}`)
    expect(holdings[0].price_as_of).toBe(new Date(clock).toISOString())
    const records = await env.DB.prepare(
      'SELECT count(*) AS n, max(generation) AS latest FROM refreshes WHERE portfolio_id = ?',
    )
      .bind(id)
      .first<{ n: number; latest: number }>()
    expect(records).toEqual({ n: latest.generation, latest: latest.generation })
    return { calls, writes }
  }

  it('with any one of its D1 calls failing ends, with the new price shown', async () => {
    const { calls, writes } = await refreshed(0, 'refused')
    expect(writes.length).toBeGreaterThan(1)
    for (const n of calls) await refreshed(n, 'refused')
    for (const n of writes) await refreshed(n, 'lost')
  })
})

import { Hono } from 'hono'
import { fromNumber, text } from '../../portfolio/decimal.ts'
import { isDay } from '../../portfolio/day.ts'
import type { Entry } from '../../portfolio/entry.ts'
import { coordinator } from '../../jobs/durable-objects.ts'
import type { Refused } from '../../coordinator/transaction-edits.ts'
import { database } from '../../storage/database.ts'
import { instrumentsOf } from '../../storage/instruments.ts'
import type { Portfolio } from '../../storage/portfolios.ts'
import { pageOfTransactions, type Recorded, transactionOf } from '../../storage/transactions.ts'
import { jsonBody } from '../json-body.ts'
import { readPortfolio } from '../portfolio-reader.ts'
import { noPortfolio, problem, refused } from '../problem.ts'
import { type AppContext, type AppEnv, ownerOf, rememberRevision } from '../request.ts'

export const transactionsApi = new Hono<AppEnv>()

transactionsApi.get('/api/portfolios/:id/transactions', async (c) => {
  const portfolio = await readPortfolio(c, c.req.param('id'))
  if (!portfolio) return noPortfolio(c)
  const limit = Math.min(Math.max(Math.trunc(Number(c.req.query('limit') ?? 100)) || 100, 1), 500)
  const before = readCursor(c.req.query('after'))
  if (before === undefined) return problem(c, 400, '`after` must be the `next` of the page before.')
  const page = await pageOfTransactions(database(c.env.DB), portfolio.id, { limit: limit + 1, before })
  const last = page.length > limit ? page[limit - 1] : undefined
  return c.json({
    transactions: await shown(c, portfolio, page.slice(0, limit)),
    next: last ? `${last.date}.${last.sequence}` : null,
  })
})

transactionsApi.post('/api/portfolios/:id/transactions', async (c) => {
  const portfolio = await readPortfolio(c, c.req.param('id'))
  if (!portfolio) return noPortfolio(c)
  const body = await jsonBody(c)
  if (body instanceof Response) return body
  const key = c.req.header('idempotency-key')?.slice(0, 200) ?? null
  const added = await coordinator(c.env, portfolio.id).add(ownerOf(c), entryOf(body), key)
  if (added.status !== 'ok') return notWritten(c, portfolio, added)
  rememberRevision(c, portfolio.id, added.revision)
  const [transaction] = await shown(c, portfolio, [added.value])
  return c.json({ ...transaction, revision: added.revision }, 201)
})

transactionsApi.get('/api/portfolios/:id/transactions/:tx', async (c) => {
  const portfolio = await readPortfolio(c, c.req.param('id'))
  if (!portfolio) return noPortfolio(c)
  const found = await transactionOf(database(c.env.DB), portfolio.id, c.req.param('tx'))
  if (!found) return problem(c, 404, 'There is no such transaction.')
  return c.json((await shown(c, portfolio, [found]))[0])
})

transactionsApi.put('/api/portfolios/:id/transactions/:tx', async (c) => {
  const portfolio = await readPortfolio(c, c.req.param('id'))
  if (!portfolio) return noPortfolio(c)
  const body = await jsonBody(c)
  if (body instanceof Response) return body
  const version = Number(body.version ?? NaN)
  if (!Number.isInteger(version))
    return problem(c, 428, 'Send the `version` of the transaction that you edited.')
  const written = await coordinator(c.env, portfolio.id).replace(
    ownerOf(c),
    c.req.param('tx'),
    version,
    entryOf(body),
  )
  if (written.status !== 'ok') return notWritten(c, portfolio, written)
  rememberRevision(c, portfolio.id, written.revision)
  const [transaction] = await shown(c, portfolio, [written.value])
  return c.json({ ...transaction, revision: written.revision })
})

transactionsApi.delete('/api/portfolios/:id/transactions/:tx', async (c) => {
  const portfolio = await readPortfolio(c, c.req.param('id'))
  if (!portfolio) return noPortfolio(c)
  const removed = await coordinator(c.env, portfolio.id).delete(ownerOf(c), c.req.param('tx'))
  if (removed.status !== 'ok') return notWritten(c, portfolio, removed)
  rememberRevision(c, portfolio.id, removed.revision)
  return c.body(null, 204)
})

// a deleted row is put back as it was
transactionsApi.post('/api/portfolios/:id/transactions/:tx/restore', async (c) => {
  const portfolio = await readPortfolio(c, c.req.param('id'))
  if (!portfolio) return noPortfolio(c)
  const restored = await coordinator(c.env, portfolio.id).restore(ownerOf(c), c.req.param('tx'))
  if (restored.status !== 'ok') return notWritten(c, portfolio, restored)
  rememberRevision(c, portfolio.id, restored.revision)
  const [transaction] = await shown(c, portfolio, [restored.value])
  return c.json({ ...transaction, revision: restored.revision })
})

/** What a script sends, as text; numbers are taken as JSON spells them, null and absent are the same. */
function entryOf(body: Record<string, unknown>): Entry {
  const field = (name: keyof Entry) => {
    const value = body[name]
    if (typeof value === 'number') return spelled(value)
    return typeof value === 'string' ? value : ''
  }
  return {
    type: field('type'),
    symbol: field('symbol'),
    date: field('date'),
    shares: field('shares'),
    price: field('price'),
    fee: field('fee'),
    amount: field('amount'),
    currency: field('currency'),
    ratio: field('ratio'),
    note: field('note'),
  }
}

/** JSON's 0.00000001 is JavaScript's 1e-8, which is not how anybody wrote it. */
function spelled(value: number): string {
  const printed = String(value)
  return printed.includes('e') ? text(fromNumber(value)) : printed
}

async function shown(c: AppContext, portfolio: Portfolio, transactions: readonly Recorded[]) {
  const symbols = [...new Set(transactions.flatMap((t) => (t.currency === null && t.symbol) || []))]
  const instruments = symbols.length > 0 ? await instrumentsOf(database(c.env.DB), symbols) : []
  const currencies = new Map(instruments.map(({ symbol, currency }) => [symbol, currency]))
  return transactions.map((t) => ({
    id: t.id,
    type: t.type,
    symbol: t.symbol,
    date: t.date,
    shares: text(t.shares),
    price: text(t.price),
    fee: text(t.fee),
    currency: t.currency ?? (t.symbol && currencies.get(t.symbol)) ?? portfolio.baseCurrency,
    amount: text(t.amount),
    ratio: t.ratio && `${t.ratio.numerator}:${t.ratio.denominator}`,
    note: t.note,
    version: t.version,
  }))
}

async function notWritten(c: AppContext, portfolio: Portfolio, why: Refused): Promise<Response> {
  switch (why.status) {
    case 'refused':
      return refused(c, why.faults)
    case 'conflict': {
      const [current] = await shown(c, portfolio, [why.current])
      return problem(c, 409, 'This transaction was changed after you read it. Look at it again.', { current })
    }
    case 'duplicate': {
      const [existing] = await shown(c, portfolio, [why.existing])
      return problem(c, 409, 'This row is already there.', { existing })
    }
    case 'missing':
      return problem(c, 404, 'There is no such transaction.')
  }
}

/** Undefined when it is none of ours. */
function readCursor(cursor: string | undefined): { date: string; sequence: number } | null | undefined {
  if (cursor === undefined) return null
  const [date = '', sequence = ''] = cursor.split('.')
  return isDay(date) && /^\d{1,12}$/.test(sequence) ? { date, sequence: Number(sequence) } : undefined
}

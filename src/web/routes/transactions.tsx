import { Hono } from 'hono'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import type { TransactionQuery } from '../../snapshot/transaction-list.ts'
import type { TransactionsRead } from '../../coordinator/listed-reports.ts'
import type { Noted, Refused } from '../../coordinator/transaction-edits.ts'
import { sourceOf } from '../../jobs/source.ts'
import { type Day, dayAt } from '../../portfolio/day.ts'
import { database } from '../../storage/database.ts'
import { instrumentsOf } from '../../storage/instruments.ts'
import type { Listed } from '../../storage/snapshots.ts'
import { deletedTransaction } from '../../storage/deleted-transactions.ts'
import { transactionOf } from '../../storage/transactions.ts'
import { found, scope, type ScopedContext } from '../access/portfolio-scope.tsx'
import { smallForm } from '../form-body.ts'
import { sentence } from '../format.ts'
import { readerDay } from '../reader-day.ts'
import { clockOf } from '../clock.ts'
import { leaveNotice, noteMisread } from '../notice.ts'
import { keyTooLong, LONGEST_KEY } from '../idempotency-key.ts'
import { refusal } from '../refusal.tsx'
import { renderPage } from '../render-page.tsx'
import { readPage } from '../portfolio-reader.ts'
import { type AppContext, type AppEnv, html, isInPlace, rememberRevision } from '../request.ts'
import { notWritten, transactionForm } from '../entered-transaction.tsx'
import { entryOf, type Typed, typedIn, typedOf } from '../transaction-form.ts'
import { type TickerAnswer, tickerMeant } from '../ticker-question.ts'
import { readQuery, searchOf } from '../transaction-query.ts'
import { Freshness } from '../views/freshness.tsx'
import { type Notice, Transactions, TransactionsAnswer, TransactionsPage } from '../views/transactions.tsx'
import { english } from '../words/words.ts'

export const transactions = new Hono<AppEnv>()

// one address answers with a page or, for htmx, with the part of it that holds the list or a row's form
transactions.use('/portfolios/:id/transactions/*', async (c, next) => {
  await next()
  c.header('Vary', 'HX-Request')
})

transactions.get('/portfolios/:id/transactions', scope('page'), async (c) => {
  const { snapshot, list, actor, coordinator, asOf, look } = c.var
  const query = readQuery(c.req.query())
  const read = found(await coordinator.transactions(actor, query, asOf, look))
  if (isInPlace(c)) {
    return html(
      c,
      <>
        <Transactions read={read} query={query} />
        <hx-partial hx-target="#freshness" hx-swap="outerMorph">
          <Freshness snapshot={snapshot} clock={clockOf(snapshot, Date.now())} />
        </hx-partial>
      </>,
    )
  }
  for (const name of ['show', 'from', 'to'] as const)
    if (c.req.query(name) && c.req.query(name) !== query[name])
      noteMisread(c, name, english('The list is not filtered by it.'))
  return listPage(c, 200, { snapshot, list }, read, query, await noticeOf(c, snapshot.portfolio.id))
})

transactions.get('/portfolios/:id/transactions/new', scope('portfolio'), async (c) => {
  const query = readQuery(c.req.query())
  const typed: Typed = {
    ...typedIn({}),
    type: offered[query.show],
    symbol: query.ticker ?? '',
    date: await offeredDay(c, query.ticker),
  }
  return transactionForm(c, 200, { typed, idempotencyKey: crypto.randomUUID() })
})

/** The reader's today, as long as it has begun where the ticker trades. */
async function offeredDay(c: AppContext, ticker: string | null): Promise<Day> {
  const today = readerDay(c)
  const [instrument] = ticker === null ? [] : await instrumentsOf(database(c.env.DB), [ticker])
  const there = instrument ? dayAt(Date.now(), instrument.timeZone) : today
  return there < today ? there : today
}

const offered: Record<TransactionQuery['show'], string> = {
  all: 'buy',
  buys: 'buy',
  sells: 'sell',
  dividends: 'dividend',
  cash: 'deposit',
}

transactions.post('/portfolios/:id/transactions', scope('portfolio'), smallForm, async (c) => {
  const { actor, coordinator } = c.var
  const body = await c.req.parseBody<{ [field: string]: string }>()
  const typed = typedIn(body)
  const key = body.key || crypto.randomUUID()
  if (key.length > LONGEST_KEY) return refusal(c, 400, keyTooLong)
  const meant = await tickersOf(c, typed, body)
  if ('question' in meant)
    return transactionForm(c, 422, { typed, idempotencyKey: key, ticker: meant.question })
  const added = await coordinator.add(actor, meant.entry, key, body.again !== 'yes')
  if (added.status !== 'ok') return notWritten(c, { typed, idempotencyKey: crypto.randomUUID() }, added)
  return done(c, added.revision, { status: 'added', transaction: noted(added.value, meant.notes) })
})

transactions.get('/portfolios/:id/transactions/:tx/edit', scope('portfolio'), async (c) => {
  const row = await transactionOf(database(c.env.DB), c.var.portfolio.id, c.req.param('tx'))
  if (!row) return c.notFound()
  return transactionForm(c, 200, { typed: typedOf(row), editing: row })
})

transactions.post('/portfolios/:id/transactions/:tx', scope('portfolio'), smallForm, async (c) => {
  const { actor, coordinator } = c.var
  const body = await c.req.parseBody<{ [field: string]: string }>()
  const typed = typedIn(body)
  const editing = { id: c.req.param('tx'), version: Number(body.version ?? 0) }
  const meant = await tickersOf(c, typed, body)
  if ('question' in meant) return transactionForm(c, 422, { typed, editing, ticker: meant.question })
  const saved = await coordinator.replace(actor, editing.id, editing.version, meant.entry)
  if (saved.status !== 'ok') return notWritten(c, { typed, editing }, saved)
  return done(c, saved.revision, { status: 'saved', transaction: noted(saved.value, meant.notes) })
})

/** The entry with the tickers that were meant, or what the form asks of the first that is not clear. */
async function tickersOf(c: ScopedContext<'portfolio'>, typed: Typed, answer: TickerAnswer) {
  const entry = entryOf(typed)
  const notes: string[] = []
  for (const field of ['symbol', 'new_symbol'] as const) {
    const { [field]: ticker = '', currency = '' } = entry
    // what shares become trades at a price of its own
    const price = field === 'symbol' ? (entry.price ?? '') : ''
    const asked = { typed: ticker, currency, day: typed.date, price, portfolio: c.var.portfolio }
    const meant = await tickerMeant(c, asked, answer)
    if ('question' in meant) return { question: { asked: meant.question, source: sourceOf(c.env).name } }
    entry[field] = meant.symbol
    if (meant.note !== null) notes.push(meant.note)
  }
  return { entry, notes }
}

function noted<Row extends Noted>(row: Row, notes: readonly string[]): Row {
  return notes.length === 0 ? row : { ...row, notes: [...(row.notes ?? []), ...notes] }
}

transactions.post('/portfolios/:id/transactions/:tx/delete', scope('portfolio'), async (c) => {
  const { portfolio, actor, coordinator } = c.var
  const id = c.req.param('tx')
  const removed = await coordinator.delete(actor, id)
  // after a second click the row is gone already, and the deletion can be undone
  const revision = removed.status === 'ok' ? removed.revision : null
  const deleted = await deletedTransaction(database(c.env.DB), portfolio.id, id)
  if (!deleted) return refusedInList(c, removed as Refused)
  return done(c, revision, { status: 'deleted', transaction: deleted.transaction })
})

transactions.post('/portfolios/:id/transactions/:tx/restore', scope('portfolio'), async (c) => {
  const { actor, coordinator } = c.var
  const restored = await coordinator.restore(actor, c.req.param('tx'))
  if (restored.status !== 'ok') return refusedInList(c, restored)
  return done(c, restored.revision, { status: 'restored', transaction: restored.value })
})

function listPage(
  c: AppContext,
  status: 200 | 404 | 422,
  { snapshot, list }: { snapshot: Snapshot | null; list: Listed[] },
  read: TransactionsRead,
  query: TransactionQuery,
  notice?: Notice,
) {
  const { id, name } = read.portfolio
  const priced = snapshot && { snapshot, clock: clockOf(snapshot, Date.now()) }
  const page = <TransactionsPage read={read} query={query} notice={notice} priced={priced} />
  const about = { list, current: id, revision: read.revision }
  return renderPage(c, status, english('Transactions of {name}', { name }), page, about)
}

/** Says what the page before did, as the address tells: without script an edit ends on the list. */
async function noticeOf(c: AppContext, portfolio: string): Promise<Notice | undefined> {
  const db = database(c.env.DB)
  for (const status of ['added', 'saved', 'restored'] as const) {
    const id = c.req.query(status)
    const transaction = id && (await transactionOf(db, portfolio, id))
    if (transaction) return { status, transaction }
  }
  const id = c.req.query('deleted')
  const deleted = id ? await deletedTransaction(db, portfolio, id) : null
  return deleted ? { status: 'deleted', transaction: deleted.transaction } : undefined
}

/**
 * Shows the list with the change at once, or without script on the next page. `revision` is null when nothing was
 * written.
 */
async function done(
  c: ScopedContext<'portfolio'>,
  revision: number | null,
  notice: Exclude<Notice, { status: 'refused' }>,
): Promise<Response> {
  const { portfolio, actor, coordinator, look } = c.var
  if (revision !== null) rememberRevision(c, portfolio.id, revision)
  const query = readQuery(c.req.query())
  const { id } = notice.transaction
  if (!isInPlace(c)) {
    const search = new URLSearchParams(searchOf(query))
    search.set(notice.status, id)
    if (look?.vs != null) search.set('vs', look.vs)
    const { notes = [] } = notice.transaction
    if (notes.length > 0) leaveNotice(c, notes.map(sentence).join(' '))
    return c.redirect(`/portfolios/${portfolio.id}/transactions?${search.toString()}`, 303)
  }
  const read = found(await coordinator.transactions(actor, query, null, look))
  return html(c, <TransactionsAnswer read={read} query={query} written={id} notice={notice} />)
}

/** Says above the list what cannot be deleted or restored. */
async function refusedInList(c: ScopedContext<'portfolio'>, why: Refused): Promise<Response> {
  const { portfolio, actor, coordinator, look } = c.var
  const status = why.status === 'refused' ? 422 : 404
  const reason = why.status === 'refused' ? why.faults[0]!.reason : english('there is no such transaction')
  const notice: Notice = { status: 'refused', reason }
  const query = readQuery(c.req.query())
  const read = found(await coordinator.transactions(actor, query, null, look))
  if (isInPlace(c)) return html(c, <TransactionsAnswer read={read} query={query} notice={notice} />, status)
  const page = (await readPage(c, portfolio.id)) ?? { snapshot: null, list: [] }
  return listPage(c, status, page, read, query, notice)
}

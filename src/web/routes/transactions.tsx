import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { dayAt } from '../../portfolio/day.ts'
import { TIME_ZONE } from '../../portfolio/time.ts'
import type { TransactionQuery } from '../../snapshot/transaction-list.ts'
import { coordinator } from '../../jobs/durable-objects.ts'
import type { Refused } from '../../coordinator/transaction-edits.ts'
import { database } from '../../storage/database.ts'
import type { Portfolio } from '../../storage/portfolios.ts'
import type { Listed } from '../../storage/snapshots.ts'
import { deletedTransaction, transactionOf } from '../../storage/transactions.ts'
import { renderPage } from '../render-page.tsx'
import { readPage, readPortfolio, readTransactions } from '../portfolio-reader.ts'
import { type AppContext, type AppEnv, html, ownerOf, rememberRevision } from '../request.ts'
import { byField, entryOf, type Typed, typedIn, typedOf } from '../transaction-form.ts'
import { readQuery, searchOf } from '../transaction-query.ts'
import { type FormProps, TransactionForm, TransactionFormPage } from '../views/transaction-form.tsx'
import {
  EditedEntry,
  NewEntry,
  type Notice,
  Transactions,
  TransactionsAnswer,
  TransactionsPage,
} from '../views/transactions.tsx'
import { columnCount } from '../views/transaction-table.tsx'

export const transactions = new Hono<AppEnv>()

// one address is a page, or for htmx the part of it that the list or a row's form is
transactions.use('/portfolios/:id/transactions/*', async (c, next) => {
  await next()
  c.header('Vary', 'HX-Request')
})
const small = bodyLimit({ maxSize: 64 * 1024 })

transactions.get('/portfolios/:id/transactions', async (c) => {
  const page = await readPage(c, c.req.param('id'))
  if (!page) return c.notFound()
  const { id } = page.snapshot.portfolio
  const asked = queryOf(c)
  const read = await readTransactions(c, id, asked)
  if (!read) return c.notFound()
  if (isInPlace(c)) return html(c, <Transactions read={read} asked={asked} />)
  return listPage(c, 200, page.list, read, asked, await noticeOf(c, id))
})

transactions.get('/portfolios/:id/transactions/new', async (c) => {
  const portfolio = await readPortfolio(c, c.req.param('id'))
  if (!portfolio) return c.notFound()
  const asked = queryOf(c)
  const typed: Typed = {
    ...typedIn({}),
    type: offered[asked.show],
    symbol: asked.ticker ?? '',
    date: dayAt(Date.now(), TIME_ZONE),
  }
  return form(c, 200, portfolio, { typed, idempotencyKey: crypto.randomUUID() })
})

const offered: Record<TransactionQuery['show'], string> = {
  all: 'buy',
  buys: 'buy',
  sells: 'sell',
  dividends: 'dividend',
  cash: 'deposit',
}

transactions.post('/portfolios/:id/transactions', small, async (c) => {
  const portfolio = await readPortfolio(c, c.req.param('id'))
  if (!portfolio) return c.notFound()
  const body = await c.req.parseBody<{ [field: string]: string }>()
  const typed = typedIn(body)
  const key = body.key?.slice(0, 200) || crypto.randomUUID()
  const added = await coordinator(c.env, portfolio.id).add(
    ownerOf(c),
    entryOf(typed),
    key,
    body.again !== 'yes',
  )
  if (added.status !== 'ok') return notWritten(c, portfolio, { typed, idempotencyKey: key }, added)
  return done(c, portfolio, added.revision, { status: 'added', transaction: added.value })
})

transactions.get('/portfolios/:id/transactions/:tx/edit', async (c) => {
  const portfolio = await readPortfolio(c, c.req.param('id'))
  const row = portfolio && (await transactionOf(database(c.env.DB), portfolio.id, c.req.param('tx')))
  if (!row) return c.notFound()
  return form(c, 200, portfolio, { typed: typedOf(row), editing: row })
})

transactions.post('/portfolios/:id/transactions/:tx', small, async (c) => {
  const portfolio = await readPortfolio(c, c.req.param('id'))
  if (!portfolio) return c.notFound()
  const body = await c.req.parseBody<{ [field: string]: string }>()
  const typed = typedIn(body)
  const editing = { id: c.req.param('tx'), version: Number(body.version ?? 0) }
  const saved = await coordinator(c.env, portfolio.id).replace(
    ownerOf(c),
    editing.id,
    editing.version,
    entryOf(typed),
  )
  if (saved.status !== 'ok') return notWritten(c, portfolio, { typed, editing }, saved)
  return done(c, portfolio, saved.revision, { status: 'saved', transaction: saved.value })
})

transactions.post('/portfolios/:id/transactions/:tx/delete', async (c) => {
  const portfolio = await readPortfolio(c, c.req.param('id'))
  if (!portfolio) return c.notFound()
  const id = c.req.param('tx')
  const removed = await coordinator(c.env, portfolio.id).delete(ownerOf(c), id)
  // pressed twice: it is gone, and can be undone
  const revision = removed.status === 'ok' ? removed.revision : null
  const deleted = await deletedTransaction(database(c.env.DB), portfolio.id, id)
  if (!deleted) return refusedInList(c, portfolio, removed as Refused)
  return done(c, portfolio, revision, { status: 'deleted', transaction: deleted.transaction })
})

transactions.post('/portfolios/:id/transactions/:tx/restore', async (c) => {
  const portfolio = await readPortfolio(c, c.req.param('id'))
  if (!portfolio) return c.notFound()
  const restored = await coordinator(c.env, portfolio.id).restore(ownerOf(c), c.req.param('tx'))
  if (restored.status !== 'ok') return refusedInList(c, portfolio, restored)
  return done(c, portfolio, restored.revision, { status: 'restored', transaction: restored.value })
})

function isInPlace(c: AppContext): boolean {
  return c.req.header('hx-request') === 'true'
}

function queryOf(c: AppContext): TransactionQuery {
  return readQuery(c.req.query())
}

type Read = NonNullable<Awaited<ReturnType<typeof readTransactions>>>

function listPage(
  c: AppContext,
  status: 200 | 404 | 422,
  list: Listed[],
  read: Read,
  asked: TransactionQuery,
  notice?: Notice,
) {
  const { id, name } = read.portfolio
  const page = <TransactionsPage read={read} asked={asked} notice={notice} />
  const about = { list, current: id, revision: read.revision }
  return renderPage(c, status, `Transactions of ${name}`, page, about)
}

/** What the page before did, as its address says: without script an edit ends on the list. */
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

/** The list in which it shows, at once; without script on the next page. `revision` is null when nothing was written. */
async function done(
  c: AppContext,
  portfolio: Portfolio,
  revision: number | null,
  notice: Exclude<Notice, { status: 'refused' }>,
): Promise<Response> {
  if (revision !== null) rememberRevision(c, portfolio.id, revision)
  const asked = queryOf(c)
  const { id } = notice.transaction
  if (!isInPlace(c)) {
    const search = new URLSearchParams(searchOf(asked))
    search.set(notice.status, id)
    return c.redirect(`/portfolios/${portfolio.id}/transactions?${search.toString()}`, 303)
  }
  const read = await readTransactions(c, portfolio.id, asked)
  if (!read) return c.notFound()
  return html(c, <TransactionsAnswer read={read} asked={asked} written={id} notice={notice} />)
}

/** The form again, with what was typed and what is wrong with it. */
function notWritten(
  c: AppContext,
  portfolio: Portfolio,
  again: Partial<FormProps> & Pick<FormProps, 'typed'>,
  why: Refused,
): Response | Promise<Response> {
  switch (why.status) {
    case 'refused':
      return form(c, 422, portfolio, { ...again, faults: byField(why.faults) })
    case 'conflict':
      return form(c, 409, portfolio, { ...again, theirs: why.current })
    case 'duplicate':
      return form(c, 409, portfolio, { ...again, existing: why.existing })
    case 'missing':
      return form(c, 404, portfolio, {
        typed: again.typed,
        idempotencyKey: crypto.randomUUID(),
        faults: { form: 'this row was deleted meanwhile; what you typed is still here, to be added anew' },
      })
  }
}

async function form(
  c: AppContext,
  status: 200 | 404 | 409 | 422,
  portfolio: Portfolio,
  about: Partial<FormProps> & Pick<FormProps, 'typed'>,
): Promise<Response> {
  const props: FormProps = {
    ...about,
    list: `/portfolios/${portfolio.id}/transactions`,
    search: searchOf(queryOf(c)),
    inPlace: isInPlace(c),
  }
  if (!props.inPlace) {
    const { list } = (await readPage(c, portfolio.id)) ?? { list: [] }
    const title = props.editing ? 'Edit transaction' : 'New transaction'
    const at = { list, current: portfolio.id }
    return renderPage(c, status, title, <TransactionFormPage {...props} />, at)
  }
  const entry = <TransactionForm {...props} />
  // a form that was refused takes its own place, in what is around it already
  if (status !== 200) return html(c, entry, status)
  const { editing } = props
  return html(
    c,
    editing ? (
      <EditedEntry id={editing.id} columns={columnCount(portfolio.benchmarks)}>
        {entry}
      </EditedEntry>
    ) : (
      <NewEntry>{entry}</NewEntry>
    ),
  )
}

/** What cannot be deleted or put back is said above the list. */
async function refusedInList(c: AppContext, portfolio: Portfolio, why: Refused): Promise<Response> {
  const status = why.status === 'refused' ? 422 : 404
  const reason = why.status === 'refused' ? why.faults[0]!.reason : 'there is no such transaction'
  const notice: Notice = { status: 'refused', reason }
  const asked = queryOf(c)
  const read = await readTransactions(c, portfolio.id, asked)
  if (!read) return c.notFound()
  if (isInPlace(c)) return html(c, <TransactionsAnswer read={read} asked={asked} notice={notice} />, status)
  const { list } = (await readPage(c, portfolio.id)) ?? { list: [] }
  return listPage(c, status, list, read, asked, notice)
}

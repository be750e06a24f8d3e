import { Hono } from 'hono'
import { text } from '../../portfolio/decimal.ts'
import type { Entry, NamedPurchase } from '../../portfolio/entry.ts'
import { currencyOf, followsListing } from '../../portfolio/listing-currency.ts'
import type { NamedLots } from '../../portfolio/lot.ts'
import { lotsText } from '../../portfolio/terms.ts'
import { isDay } from '../../portfolio/day.ts'
import type { Noted, Refused } from '../../coordinator/transaction-edits.ts'
import { sourceOf } from '../../jobs/source.ts'
import { database } from '../../storage/database.ts'
import { rowsOfGroup } from '../../storage/groups.ts'
import { instrumentsOf } from '../../storage/instruments.ts'
import type { Portfolio } from '../../storage/portfolios.ts'
import {
  isPricedByHand,
  pageOfTransactions,
  type Recorded,
  transactionOf,
} from '../../storage/transactions.ts'
import { found, scope, type ScopedContext } from '../access/portfolio-scope.tsx'
import { keyTooLong, keyUsed, LONGEST_KEY } from '../idempotency-key.ts'
import { sentence } from '../format.ts'
import type { Given } from '../api/field.ts'
import { MOST_ROWS, ROWS } from '../api/asked.ts'
import { readFlag } from '../flag.ts'
import { jsonBody, smallJson } from '../json-body.ts'
import { problem, refused } from '../problem.ts'
import { type AppContext, type AppEnv, rememberRevision } from '../request.ts'
import { unknownTicker } from '../ticker-question.ts'
import { answeredFields, entryIn, replacedBody, writtenBody } from '../transaction-form.ts'

export const transactionsApi = new Hono<AppEnv>()

transactionsApi.get('/api/portfolios/:id/transactions', scope('portfolio'), async (c) => {
  const { portfolio, actor, coordinator, asOf } = c.var
  const asked = c.req.query('limit') || String(ROWS)
  if (!/^0*[1-9]\d*$/.test(asked))
    return problem(
      c,
      400,
      `limit must be a whole number from 1 to ${MOST_ROWS}, not “${asked.slice(0, 40)}”.`,
    )
  const limit = Math.min(Number(asked), MOST_ROWS)
  const withDerived = readFlag(c, 'derived')
  if (withDerived instanceof Response) return withDerived
  const cursor = readCursor(c.req.query('after') || undefined)
  if (cursor === undefined) return problem(c, 400, '`after` must be the `next` of the page before.')
  // a past day is where its list begins
  const before = cursor ?? (asOf === null ? null : { date: asOf, sequence: Number.MAX_SAFE_INTEGER })
  const page = await pageOf(c, portfolio, { limit: limit + 1, before })
  const last = page.length > limit ? page[limit - 1] : undefined
  const recorded = await transactionsJson(c, portfolio, page.slice(0, limit))
  const derived = withDerived ? found(await coordinator.derivedDividends(actor, asOf)) : []
  // derived dividends come after the recorded rows of their day
  const among = derived.filter(
    ({ date }) => (!before || date <= before.date) && (last === undefined || date > last.date),
  )
  return c.json({
    transactions: [...recorded, ...among.map((row) => ({ ...row, units: null, version: null }))].toSorted(
      (a, b) => (a.date === b.date ? 0 : a.date < b.date ? 1 : -1),
    ),
    next: last ? `${last.date}.${last.sequence}` : null,
  })
})

transactionsApi.post('/api/portfolios/:id/transactions', scope('portfolio'), smallJson, async (c) => {
  const { portfolio, actor, coordinator } = c.var
  const body = await jsonBody(c, writtenBody, answeredFields)
  if (body instanceof Response) return body
  const key = c.req.header('idempotency-key') ?? null
  if (key !== null && key.length > LONGEST_KEY) return problem(c, 400, keyTooLong)
  const unknown = await refusedAsUnknown(c, body)
  if (unknown) return unknown
  const added = await coordinator.add(actor, entryIn(body), key)
  if (added.status !== 'ok') return notWritten(c, portfolio, added)
  rememberRevision(c, portfolio.id, added.revision)
  return c.json({ ...(await writtenJson(c, portfolio, added.value)), revision: added.revision }, 201)
})

transactionsApi.get('/api/portfolios/:id/transactions/:tx', scope('portfolio'), async (c) => {
  const { portfolio } = c.var
  const db = database(c.env.DB)
  const tx = c.req.param('tx')
  const row = portfolio.kind
    ? (await rowsOfGroup(db, portfolio)).find(({ id }) => id === tx)
    : await transactionOf(db, portfolio.id, tx)
  if (!row) return problem(c, 404, 'There is no such transaction.')
  return c.json((await transactionsJson(c, portfolio, [row]))[0])
})

transactionsApi.put('/api/portfolios/:id/transactions/:tx', scope('portfolio'), smallJson, async (c) => {
  const { portfolio, actor, coordinator } = c.var
  const body = await jsonBody(c, replacedBody, answeredFields)
  if (body instanceof Response) return body
  const version = /^\d{1,15}$/.test(body.version ?? '') ? Number(body.version) : null
  if (version === null) return problem(c, 428, 'Send the `version` of the transaction that you edited.')
  const unknown = await refusedAsUnknown(c, body)
  if (unknown) return unknown
  const entry = await withoutEchoOfLots(c, entryIn(body))
  const written = await coordinator.replace(actor, c.req.param('tx'), version, entry)
  if (written.status !== 'ok') return notWritten(c, portfolio, written)
  rememberRevision(c, portfolio.id, written.revision)
  return c.json({ ...(await writtenJson(c, portfolio, written.value)), revision: written.revision })
})

transactionsApi.delete('/api/portfolios/:id/transactions/:tx', scope('portfolio'), async (c) => {
  const { portfolio, actor, coordinator } = c.var
  const removed = await coordinator.delete(actor, c.req.param('tx'))
  if (removed.status !== 'ok') return notWritten(c, portfolio, removed)
  rememberRevision(c, portfolio.id, removed.revision)
  return c.body(null, 204)
})

// restores a deleted row
transactionsApi.post('/api/portfolios/:id/transactions/:tx/restore', scope('portfolio'), async (c) => {
  const { portfolio, actor, coordinator } = c.var
  const restored = await coordinator.restore(actor, c.req.param('tx'))
  if (restored.status !== 'ok') return notWritten(c, portfolio, restored)
  rememberRevision(c, portfolio.id, restored.revision)
  const [transaction] = await transactionsJson(c, portfolio, [restored.value])
  return c.json({ ...transaction, revision: restored.revision })
})

/** The refusal of a ticker that the source does not know, for a program that wants to be told before it is booked. */
async function refusedAsUnknown(
  c: ScopedContext<'portfolio'>,
  { unknown_symbol: does, type, symbol, new_symbol }: Given<typeof writtenBody>,
): Promise<Response | null> {
  if (!does || does === 'book') return null
  const said = await unknownIn(c, c.var.portfolio, { type, symbols: [symbol, new_symbol] })
  if (said.length === 0) return null
  return problem(c, 422, `${sentence(said.join(', and '))} Nothing was booked.`, { unknown_symbol: true })
}

/** What is said of tickers that the source does not know. What somebody prices by hand is nothing that it would know. */
async function unknownIn(
  c: AppContext,
  portfolio: Portfolio,
  { type, symbols }: { type: string | null | undefined; symbols: readonly (string | null | undefined)[] },
): Promise<string[]> {
  const tickers = type === 'price' ? [] : symbols.flatMap((each) => each?.trim().toUpperCase() || [])
  const db = database(c.env.DB)
  const said = await Promise.all(
    tickers.map(async (each) => {
      const unknown = await unknownTicker(c, each, sourceOf(c.env).name)
      return unknown !== null && (await isPricedByHand(db, portfolio, each)) ? null : unknown
    }),
  )
  return said.filter((each) => each !== null)
}

/** Lots that were named by their days are answered by purchase: who sends these back means no change by them. */
async function withoutEchoOfLots(c: ScopedContext<'portfolio'>, entry: Entry): Promise<Entry> {
  if (!entry.purchases?.length) return entry
  const { portfolio } = c.var
  const row = await transactionOf(database(c.env.DB), portfolio.id, c.req.param('tx') ?? '')
  const named = row?.terms?.lots
  if (!named || named.every(isAnsweredAsNamed)) return entry
  const [answered] = await transactionsJson(c, portfolio, [row])
  const isEcho = JSON.stringify(answered?.lots) === JSON.stringify(entry.purchases)
  return isEcho ? { ...entry, lots: lotsText(named), purchases: [] } : entry
}

/** One page of the transactions, newest first; of a group each names its portfolio. */
async function pageOf(
  c: AppContext,
  portfolio: Portfolio,
  { limit, before }: { limit: number; before: { date: string; sequence: number } | null },
): Promise<(Recorded & { portfolio?: string })[]> {
  const db = database(c.env.DB)
  if (!portfolio.kind) return pageOfTransactions(db, portfolio.id, { limit, before })
  const rows = await rowsOfGroup(db, portfolio)
  const isAfter = ({ date, sequence }: Recorded) =>
    before === null || date < before.date || (date === before.date && sequence < before.sequence)
  return rows.filter(isAfter).slice(0, limit)
}

/** A row that was written, with remarks on how its fields were read and on tickers that the source does not know. */
async function writtenJson(c: ScopedContext<'portfolio'>, portfolio: Portfolio, row: Recorded & Noted) {
  const { type, symbol, terms, notes = [] } = row
  const [[transaction], unknown] = await Promise.all([
    transactionsJson(c, portfolio, [row]),
    unknownIn(c, portfolio, { type, symbols: [symbol, terms?.newSymbol] }),
  ])
  const warnings = [...notes, ...unknown]
  return {
    ...transaction,
    ...(warnings.length > 0 && { warnings }),
    ...(unknown.length > 0 && { unknown_symbol: true }),
  }
}

async function transactionsJson(
  c: ScopedContext<'portfolio'>,
  portfolio: Portfolio,
  transactions: readonly (Recorded & { portfolio?: string })[],
) {
  const symbols = [
    ...new Set(transactions.flatMap((t) => (followsListing(t) && !t.listingCurrency && t.symbol) || [])),
  ]
  const instruments = symbols.length > 0 ? await instrumentsOf(database(c.env.DB), symbols) : []
  const taken = await takenBy(c, transactions)
  const currencies = new Map(instruments.map(({ symbol, currency }) => [symbol, currency]))
  return transactions.map((t) => ({
    id: t.id,
    ...(t.portfolio !== undefined && { portfolio: t.portfolio }),
    type: t.type,
    symbol: t.symbol,
    date: t.date,
    shares: text(t.shares),
    price: text(t.price),
    fee: text(t.fee),
    currency: currencyOf(t, currencies.get(t.symbol ?? '')) ?? portfolio.baseCurrency,
    amount: text(t.amount),
    ratio: t.ratio && `${t.ratio.numerator}:${t.ratio.denominator}`,
    ...(t.terms?.acquired && { acquired: t.terms.acquired }),
    ...(t.terms?.cost !== undefined && { cost: text(t.terms.cost) }),
    ...(t.terms?.newSymbol && { new_symbol: t.terms.newSymbol }),
    ...(t.terms?.costShare !== undefined && { cost_share: text(t.terms.costShare) }),
    ...(t.terms?.lots && { lots: taken[t.id] ?? lotsAsNamed(t.terms.lots) }),
    note: t.note,
    ...(t.review && { review: t.review }),
    // what the owner has said, which counts whatever the price says
    units: t.units ?? null,
    version: t.version,
  }))
}

/** What sales have taken of the lots that they name, where they do not say by themselves how much of which purchase. */
async function takenBy(
  { var: { actor, coordinator } }: ScopedContext<'portfolio'>,
  transactions: readonly Recorded[],
): Promise<Record<string, NamedPurchase[]>> {
  const asked = transactions.filter(({ terms }) => terms?.lots && !terms.lots.every(isAnsweredAsNamed))
  if (asked.length === 0) return {}
  const ids = asked.map(({ id }) => id)
  return found(await coordinator.takenAsNamed(actor, ids))
}

function isAnsweredAsNamed({ transaction, shares }: NamedLots[number]): boolean {
  return transaction !== undefined && shares !== null
}

function lotsAsNamed(lots: NamedLots): NamedPurchase[] {
  return lots.flatMap(({ transaction, shares }) =>
    transaction === undefined ? [] : { transaction, shares: text(shares) },
  )
}

async function notWritten(
  c: ScopedContext<'portfolio'>,
  portfolio: Portfolio,
  why: Refused,
): Promise<Response> {
  switch (why.status) {
    case 'refused':
      return refused(c, why.faults)
    case 'conflict': {
      const [current] = await transactionsJson(c, portfolio, [why.current])
      return problem(c, 409, 'This transaction was changed after you read it. Read it again.', { current })
    }
    case 'duplicate': {
      const [existing] = await transactionsJson(c, portfolio, [why.existing])
      return problem(c, 409, 'This transaction already exists.', { existing })
    }
    case 'used':
      return problem(c, 422, keyUsed)
    case 'missing':
      return problem(c, 404, 'There is no such transaction.')
  }
}

/** Returns undefined for a cursor that is not ours. */
function readCursor(cursor: string | undefined): { date: string; sequence: number } | null | undefined {
  if (cursor === undefined) return null
  const [date = '', sequence = ''] = cursor.split('.')
  return isDay(date) && /^\d{1,12}$/.test(sequence) ? { date, sequence: Number(sequence) } : undefined
}

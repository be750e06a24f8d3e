import { politeFetch, UpstreamError, type UpstreamOptions } from '../../market/http/polite-fetch.ts'
import { type Delivery, later } from '../broker.ts'
import { signatureOf } from './signed.ts'

/**
 * Asks SnapTrade for all activities of a person's accounts, or of one account: a call for the list of accounts, and one for
 * each thousand activities. The statement is JSON with a line for each, oldest first, so that an unchanged history is the same
 * text every day.
 *
 * Source: https://docs.snaptrade.com/reference, "List accounts" and "List account activities"
 */
export function snapTradeStatements(
  options: UpstreamOptions,
  base: string,
): (opened: { token: string; query: string }) => Promise<Delivery> {
  const { origin, hostname, pathname } = new URL(base)
  const ask = politeFetch(
    {
      name: 'SnapTrade',
      endpointOf: () => 'snaptrade',
      isUrgent: () => false,
      isOwnHost: (host) => host === hostname,
      refusal: ({ status }) =>
        status >= 400 && !isTurnedAway(status)
          ? new UpstreamError('turned-away', `SnapTrade answered HTTP ${status}`)
          : null,
    },
    options,
  )

  return async ({ token, query }) => {
    const [clientId, number] = query.split('/') as [string, string?]
    const get = async (path: string, page: Record<string, string> = {}): Promise<unknown> => {
      const timestamp = String(Math.floor(options.now() / 1000))
      const sent = new URLSearchParams({ clientId, timestamp, ...page }).toString()
      const whole = pathname.replace(/\/+$/, '') + path
      const headers = { accept: 'application/json', signature: await signatureOf(whole, sent, token) }
      const answer = await ask(`${origin}${whole}?${sent}`, { headers })
      return isTurnedAway(answer.status) ? REFUSED : jsonOf(await answer.text())
    }
    try {
      return await statement(get, number)
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error
      return later(`${error.message}.`, error.retryAfter)
    }
  }
}

type Get = (path: string, page?: Record<string, string>) => Promise<unknown>

const REFUSED = Symbol('refused')
const PAGE = 1000
/** So many pages are within the calls of one invocation, and about as much as a statement may have. */
const MOST_PAGES = 16

async function statement(get: Get, number: string | undefined): Promise<Delivery> {
  const listed = await get('/accounts')
  if (listed === REFUSED) return NOT_ACCEPTED
  if (!Array.isArray(listed)) return notUnderstood
  const all = listed.flatMap((each) => accountOf(each) ?? [])
  if (all.length < listed.length) return notUnderstood
  const accounts = all.filter((each) => number === undefined || each.number === number)
  if (accounts.length === 0) return { status: 'refused', reason: noAccount(all, number) }
  if (!accounts.every(({ isRead }) => isRead))
    return later('SnapTrade has not read all transactions of the account yet.')
  const lines: { day: string; line: string }[] = []
  let pages = 0
  for (const { id, name } of accounts) {
    let offset = 0
    let isMore = true
    while (isMore) {
      if (++pages > MOST_PAGES) return TOO_MUCH
      const page = { limit: String(PAGE), offset: String(offset) }
      const answer = await get(`/accounts/${encodeURIComponent(id)}/activities`, page)
      if (answer === REFUSED) return NOT_ACCEPTED
      const { data, pagination } = objectOf(answer)
      if (!Array.isArray(data)) return notUnderstood
      lines.push(...data.map((each) => lineOf(name, objectOf(each))))
      offset += data.length
      const { total } = objectOf(pagination)
      // a page may have fewer than were asked for, and without a total an empty one ends the list
      isMore = data.length > 0 && (typeof total !== 'number' || offset < total)
    }
  }
  // of two of one day the text decides: SnapTrade promises no order
  const sorted = lines.toSorted((a, b) => compare(a.day, b.day) || compare(a.line, b.line))
  const text = `{"source":"SnapTrade","activities":[\n${sorted.map(({ line }) => line).join(',\n')}\n]}\n`
  return { status: 'ok', text }
}

const NOT_ACCEPTED: Delivery = {
  status: 'refused',
  reason:
    'SnapTrade does not accept this Client ID and consumer key. Create a personal key at SnapTrade and enter both here.',
}
const TOO_MUCH: Delivery = {
  status: 'refused',
  reason: 'The accounts have more activities than are read at once. Connect one account, by its number.',
}
const notUnderstood = later('SnapTrade answered something that is not a list of activities.')

function noAccount(all: readonly { number: string }[], number: string | undefined): string {
  if (all.length === 0) return 'No broker is connected at SnapTrade yet. Connect one there.'
  const numbers = all.map((each) => each.number).join(', ')
  return `SnapTrade has no account with the number ${number}. It has ${numbers}.`
}

/**
 * {"id": "917c8734-…", "name": "Robinhood Individual", "number": "Q6542138443", "institution_name": "Robinhood",
 *  "sync_status": {"transactions": {"initial_sync_completed": true, …}, …}, …}
 */
function accountOf(listed: unknown): { id: string; number: string; name: string; isRead: boolean } | null {
  const { id, number, name, institution_name, sync_status } = objectOf(listed)
  if (typeof id !== 'string') return null
  const known = typeof number === 'string' ? number : ''
  const named = [name, institution_name].find((each) => typeof each === 'string' && each !== '')
  const isRead = objectOf(objectOf(sync_status).transactions).initial_sync_completed !== false
  return { id, number: known, name: [named, known].filter(Boolean).join(' '), isRead }
}

/**
 * An activity in a line: what a row is made of, by the names that SnapTrade has for it. The rest of a security (its exchange with
 * its hours, its logo) is three quarters of the answer; the ids are not kept either, since SnapTrade gives others when it reads a
 * broker anew.
 *
 * {"id": "2f7dc9b3-…", "type": "BUY", "trade_date": "2024-03-22T16:27:55.027Z", "settlement_date": "2024-03-26", "units": 5.2,
 *  "price": 0.4, "amount": -2.08, "fee": 0, "currency": {"code": "USD", …}, "description": "WALT DISNEY CO", "option_symbol": null,
 *  "symbol": {"symbol": "VAB.TO", "raw_symbol": "VAB", "description": "…", "type": {"code": "et"}, "currency": {"code": "CAD"}, …}, …}
 */
function lineOf(account: string, activity: Json): { day: string; line: string } {
  const { type, trade_date, settlement_date, units, price, amount, fee, description } = activity
  const symbol = objectOf(activity.symbol)
  const own = { type, trade_date, settlement_date, units, price, amount, fee, description }
  const line = JSON.stringify({
    account,
    ...own,
    currency: objectOf(activity.currency).code,
    symbol: symbol.symbol,
    name: symbol.description,
    kind: objectOf(symbol.type).code,
    option: objectOf(activity.option_symbol).ticker,
  })
  const day = [trade_date, settlement_date].find((each) => typeof each === 'string')
  return { day: day ?? '', line }
}

type Json = Record<string, unknown>

function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function isTurnedAway(status: number): boolean {
  return status === 401 || status === 403
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

import { type Day, isDay } from '../portfolio/day.ts'
import { SYMBOL } from '../portfolio/instrument.ts'
import { type Task, taskOf } from '../coordinator/refresh-state.ts'

/** A message of the refresh queue. It is delivered at least once and in any order, so handling it twice does no harm. */
export type RefreshMessage =
  | { kind: 'quotes'; symbols: string[]; requester: Requester | null; until?: number }
  | { kind: 'history'; symbol: string; from: Day; requester: Requester | null; until?: number }
  | { kind: 'chart'; portfolio: string }
  | { kind: 'statement'; portfolio: string; broker: string }
  /** A notice by its number, and the channel that it goes by. */
  | { kind: 'notice'; notice: number; channel: string }

/** A message that asks the market. */
export type MarketMessage = Extract<RefreshMessage, { requester: Requester | null }>

/** The refresh that waits for a message's outcome. The cron's messages have none. */
export type Requester = { portfolio: string; generation: number }

/**
 * The most symbols in one message: so many that the prices of a portfolio come together and make one snapshot and one
 * write to KV. The gateway asks for them fifty a call.
 */
export const CHUNK = 100

/**
 * True for a message that comes too late to be worth a call. The cron has asked again since, so a queue that stood
 * still for an hour brings back one round of prices and not sixty.
 */
export function isOverdue(message: RefreshMessage, now: number): boolean {
  return isOfPrices(message) && message.until !== undefined && now > message.until
}

/**
 * The message in a body from the queue or from a dead letter; null when no version of ours has sent it, and then it is
 * put aside instead of tried again. Earlier versions named a list of requesters, with one entry or none.
 */
export function readMessage(body: unknown): RefreshMessage | null {
  if (typeof body !== 'object' || body === null) return null
  const { kind, symbols, symbol, from, portfolio, broker, until, notice, channel, ...named } = body as Record<
    string,
    unknown
  >
  if (kind === 'chart') return typeof portfolio === 'string' ? { kind, portfolio } : null
  if (kind === 'statement')
    return typeof portfolio === 'string' && typeof broker === 'string' ? { kind, portfolio, broker } : null
  if (kind === 'notice')
    return Number.isInteger(notice) && typeof channel === 'string'
      ? { kind, notice: notice as number, channel }
      : null
  const { requesters } = named
  const requester = Array.isArray(requesters) ? ((requesters[0] as unknown) ?? null) : named.requester
  if (!isRequester(requester) || !(until === undefined || Number.isInteger(until))) return null
  const rest = { requester, ...(until !== undefined && { until: until as number }) }
  if (kind === 'quotes') {
    return isSymbols(symbols) && symbols.length <= CHUNK ? { kind, symbols, ...rest } : null
  }
  if (kind !== 'history' || !isSymbols([symbol]) || !isDay(String(from))) return null
  return { kind, symbol: symbol as string, from: from as Day, ...rest }
}

/**
 * True for a message of a kind that this version does not know but another may: while a deployment spreads, two versions take
 * messages off the same queue, and the newer one may have sent a kind that the older does not know.
 */
export function isOfAnotherVersion(body: unknown): boolean {
  const { kind } = (body ?? {}) as { kind?: unknown }
  return typeof kind === 'string' && !messageKinds.some((each) => each === kind)
}

export const messageKinds: readonly RefreshMessage['kind'][] = [
  'quotes',
  'history',
  'chart',
  'statement',
  'notice',
]

/** True for a message that asks the market for prices, and for which a refresh may wait. */
export function isOfPrices(message: RefreshMessage): message is MarketMessage {
  return 'requester' in message
}

/** The tasks of a refresh that a message carries out. */
export function tasksIn(message: RefreshMessage): Task[] {
  return symbolsIn(message).map((symbol) => taskOf(message.kind === 'history' ? 'history' : 'quote', symbol))
}

/** The symbols that a message asks the market for. */
export function symbolsIn(message: RefreshMessage): string[] {
  switch (message.kind) {
    case 'quotes':
      return message.symbols
    case 'history':
      return [message.symbol]
    case 'chart':
    case 'statement':
    case 'notice':
      return []
  }
}

function isSymbols(symbols: unknown): symbols is string[] {
  return (
    Array.isArray(symbols) && symbols.every((symbol) => typeof symbol === 'string' && SYMBOL.test(symbol))
  )
}

function isRequester(requester: unknown): requester is Requester | null {
  if (requester === null) return true
  if (typeof requester !== 'object') return false
  const { portfolio, generation } = requester as Partial<Requester>
  return typeof portfolio === 'string' && Number.isInteger(generation)
}

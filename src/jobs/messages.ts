import { type Day, isDay } from '../portfolio/day.ts'
import { SYMBOL } from '../portfolio/instrument.ts'
import { type Task, taskOf } from '../coordinator/refresh-state.ts'

/** What travels through the queue. Delivered at least once and in any order, so carrying it out twice does no harm. */
export type RefreshMessage =
  | { kind: 'quotes'; symbols: string[]; requesters: Requester[]; until?: number }
  | { kind: 'history'; symbol: string; from: Day; requesters: Requester[]; until?: number }
  | { kind: 'chart'; portfolio: string }

/** The refresh that waits for a message's outcome. */
export type Requester = { portfolio: string; generation: number }

/**
 * Symbols in one message, so that a portfolio's prices come together, and are one snapshot and one write to KV. The
 * gateway asks for them fifty a call.
 */
export const CHUNK = 100

/** Refreshes that one message names: with the longest of names it stays below the queue's 128 KB. */
export const REQUESTERS = 1000

/** What the queue takes at once: a hundred messages, and 256 KB, of which headers take some. */
const BATCH = 100
const BATCH_CHARACTERS = 200_000

/** Messages in batches that the queue takes, in their order. */
export function inBatches(messages: readonly RefreshMessage[]): RefreshMessage[][] {
  const batches: RefreshMessage[][] = []
  let room = 0
  for (const message of messages) {
    const { length } = JSON.stringify(message)
    const batch = batches.at(-1)
    if (batch && batch.length < BATCH && length <= room) batch.push(message)
    else {
      batches.push([message])
      room = BATCH_CHARACTERS
    }
    room -= length
  }
  return batches
}

/**
 * True for what came too late to be worth a call: what the clock asked for a while ago it has asked for again since,
 * so a queue that stood still for an hour brings back one round of prices and not sixty.
 */
export function isOverdue(message: RefreshMessage, now: number): boolean {
  return message.kind !== 'chart' && message.until !== undefined && now > message.until
}

/** False for what no version of ours has sent: such a message is parked, not tried again. */
export function isRefreshMessage(body: unknown): body is RefreshMessage {
  if (typeof body !== 'object' || body === null) return false
  const message = body as Record<string, unknown>
  switch (message.kind) {
    case 'quotes':
      return isSymbols(message.symbols) && message.symbols.length <= CHUNK && isAsked(message)
    case 'history':
      return isSymbols([message.symbol]) && isDay(String(message.from)) && isAsked(message)
    case 'chart':
      return typeof message.portfolio === 'string'
    default:
      return false
  }
}

/** What a refresh that waits for the message is waiting for. */
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
      return []
  }
}

function isSymbols(symbols: unknown): symbols is string[] {
  return (
    Array.isArray(symbols) && symbols.every((symbol) => typeof symbol === 'string' && SYMBOL.test(symbol))
  )
}

function isAsked({ requesters, until }: Record<string, unknown>): boolean {
  return isRequesters(requesters) && (until === undefined || Number.isInteger(until))
}

function isRequesters(requesters: unknown): requesters is Requester[] {
  return (
    Array.isArray(requesters) &&
    requesters.every(
      (r: Partial<Requester>) => typeof r?.portfolio === 'string' && Number.isInteger(r.generation),
    )
  )
}

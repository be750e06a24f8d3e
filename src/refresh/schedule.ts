import { type Database, database } from '../storage/database.ts'
import { openedSince } from '../storage/portfolios.ts'
import { claim, unclaim } from '../storage/records.ts'
import { type TrackedSymbol, trackedSymbols } from '../storage/tracked.ts'
import { log } from './log.ts'
import type { RefreshMessage } from './messages.ts'
import { messagesOf, plan } from './plan.ts'

type Task = (db: Database, now: number) => Promise<Dispatch[]>
type Dispatch = { messages: RefreshMessage[]; delaySeconds: number }

/** What happens when; a test compares it with `[triggers]` in wrangler.toml. Times are UTC. */
export const schedule: Record<string, Task> = {
  '* * * * *': refreshWatched,
  // after the close in New York, in summer and in winter
  '15 22 * * 1-5': afterTheClose,
}

/**
 * The clock only makes messages. It may come late, twice or not at all: what is due is read from what is stored, and
 * a scheduled minute sends its messages once.
 */
export async function runCron(cron: string, scheduledTime: number, env: Env): Promise<void> {
  const task = schedule[cron]
  if (!task) throw new Error(`no task is scheduled for ${cron}`)
  const db = database(env.DB)
  const due = (await task(db, scheduledTime)).filter(({ messages }) => messages.length > 0)
  const isFirst = due.length === 0 || (await claim(db, cron, scheduledTime))
  if (isFirst) await dispatch(due, env).catch((error: unknown) => giveBack(db, cron, scheduledTime, error))
  const messages = due.reduce((sum, each) => sum + each.messages.length, 0)
  log('cron', { cron, messages: isFirst ? messages : 0, again: !isFirst })
}

async function dispatch(due: readonly Dispatch[], env: Env): Promise<void> {
  for (const { messages, delaySeconds } of due) await send(env, messages, delaySeconds)
}

/** The queue did not take them all: whoever comes next for this minute may send them again. */
async function giveBack(db: Database, cron: string, scheduledTime: number, error: unknown): Promise<never> {
  await unclaim(db, cron, scheduledTime)
  throw error
}

/** The prices on the pages that somebody has open. */
async function refreshWatched(db: Database, now: number): Promise<Dispatch[]> {
  const watched = (await trackedSymbols(db)).filter((symbol) => symbol.watchedUntil > now)
  return [
    { messages: messagesOf(plan(watched.map(latestPrice), now, { watched: true }), []), delaySeconds: 0 },
  ]
}

/** Final bars, splits and dividends of what recently opened portfolios hold, and then their charts. */
async function afterTheClose(db: Database, now: number): Promise<Dispatch[]> {
  const opened = now - 30 * 86_400_000
  const recent = (await trackedSymbols(db)).filter((symbol) => symbol.openedAt >= opened)
  const charts = (await openedSince(db, opened)).map((portfolio): RefreshMessage => ({
    kind: 'chart',
    portfolio,
  }))
  return [
    { messages: messagesOf(plan(recent.map(latestPrice), now, { watched: false }), []), delaySeconds: 0 },
    // the bars first; a chart made too early is made again when its portfolio is opened
    { messages: charts, delaySeconds: 120 },
  ]
}

/** No portfolio is asked here how far back it needs a symbol; a missing history is fetched when it is opened. */
function latestPrice(symbol: TrackedSymbol) {
  return { ...symbol, from: null }
}

export async function send(env: Env, messages: readonly RefreshMessage[], delaySeconds = 0): Promise<void> {
  for (let i = 0; i < messages.length; i += 100) {
    await env.REFRESH.sendBatch(
      messages.slice(i, i + 100).map((body) => ({ body })),
      { delaySeconds },
    )
  }
}

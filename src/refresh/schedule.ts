import { type Database, database } from '../storage/database.ts'
import { openedSince } from '../storage/portfolios.ts'
import { type TrackedSymbol, trackedSymbols } from '../storage/tracked.ts'
import { fillingGaps, gapsToFill } from './heal.ts'
import { log } from './log.ts'
import type { RefreshMessage } from './messages.ts'
import { messagesOf, plan } from './plan.ts'

type Task = (env: Env, db: Database, now: number) => Promise<number>

/** What happens when; a test compares it with `[triggers]` in wrangler.toml. Times are UTC. */
export const schedule: Record<string, Task> = {
  '* * * * *': refreshWatched,
  // after the close in New York, in summer and in winter
  '15 22 * * 1-5': afterTheClose,
}

/** The clock only makes messages. It may come late, twice or not at all: what is due is read from what is stored. */
export async function runCron(cron: string, scheduledTime: number, env: Env): Promise<void> {
  const task = schedule[cron]
  if (!task) throw new Error(`no task is scheduled for ${cron}`)
  const messages = await task(env, database(env.DB), scheduledTime)
  log('cron', { cron, messages })
}

/** The prices on the pages that somebody has open. */
async function refreshWatched(env: Env, db: Database, now: number): Promise<number> {
  const watched = (await trackedSymbols(db)).filter((symbol) => symbol.watchedUntil > now)
  return send(env, messagesOf(plan(watched.map(latestPrice), now, { watched: true }), []))
}

/** Final bars, splits and dividends of what recently opened portfolios hold, gaps filled, and then their charts. */
async function afterTheClose(env: Env, db: Database, now: number): Promise<number> {
  const opened = now - 30 * 86_400_000
  const recent = (await trackedSymbols(db)).filter((symbol) => symbol.openedAt >= opened)
  const due = plan(recent.map(latestPrice), now, { watched: false })
  const sent = await send(env, messagesOf(fillingGaps(due, await gapsToFill(db, recent, now)), []))
  const charts = (await openedSince(db, opened)).map((portfolio): RefreshMessage => ({
    kind: 'chart',
    portfolio,
  }))
  // the bars first; a chart made too early is made again when its portfolio is opened
  return sent + (await send(env, charts, 120))
}

/** No portfolio is asked here how far back it needs a symbol; a missing history is fetched when it is opened. */
function latestPrice(symbol: TrackedSymbol) {
  return { ...symbol, from: null }
}

export async function send(env: Env, messages: readonly RefreshMessage[], delaySeconds = 0): Promise<number> {
  for (let i = 0; i < messages.length; i += 100) {
    await env.REFRESH.sendBatch(
      messages.slice(i, i + 100).map((body) => ({ body })),
      { delaySeconds },
    )
  }
  return messages.length
}

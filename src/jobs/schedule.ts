import { lastFinalBar } from '../market/hours/trading-hours.ts'
import { attentionOf, RECENTLY } from '../market/hours/freshness.ts'
import type { Day } from '../portfolio/day.ts'
import { DAY, MINUTE } from '../portfolio/time.ts'
import { keepOpened } from '../storage/alerts.ts'
import { type Database, database, inOneTransaction } from '../storage/database.ts'
import { allConnections } from '../storage/broker-connections.ts'
import { openedSince } from '../storage/portfolios.ts'
import { claim, claimNote, type CronWork, releaseClaim } from '../storage/cron-claims.ts'
import { longDeleted } from '../storage/erasure.ts'
import { hasFields, json } from '../storage/json.ts'
import { prune } from '../storage/retention.ts'
import { everything, trackedSymbols } from '../storage/tracked.ts'
import { spend } from '../storage/usage.ts'
import { handOver } from './counters.ts'
import { clockDesk, coordinator, gateway } from './durable-objects.ts'
import { fillingGaps, gapsToFill } from './gap-filling.ts'
import { log } from './log.ts'
import type { RefreshMessage } from './messages.ts'
import { send } from './queue.ts'
import { messagesOf } from './refresh-plan.ts'
import { tellWhatWaits } from './tell.ts'
import { afterPart, CALLS, callsOf, partOf, type PollState, pollPlan, unknownState } from './poll-plan.ts'

/** So many portfolios at once: each may have a hundred thousand rows. */
const MOST_ERASED = 5

/** A plan gives way to so many calls at most, so that prices go on however much is searched. */
const MOST_ASIDES = 20

type Task = (env: Env, db: Database, scheduledTime: number) => Promise<number>

/** The tasks by their cron expression, in UTC. A test compares them with `[triggers]` in wrangler.toml. */
export const schedule: Record<string, Task> = {
  '* * * * *': everyMinute,
  // after the close in New York, in summer and in winter
  '15 22 * * MON-FRI': afterTheClose,
}

/** What the Worker does when a cron fires: it hands over (price-desk.ts), and what this isolate has counted with it. */
export async function handOverCron(cron: string, scheduledTime: number, env: Env): Promise<void> {
  spend('requests')
  await clockDesk(env).tick(cron, scheduledTime)
  await handOver(env.DB, Date.now(), true)
}

/**
 * Runs the task of a cron expression, which only sends messages. A cron may fire late, twice or not at all: the task
 * reads what is due from what is stored, and sends the messages of a scheduled minute once.
 */
export async function runCron(cron: string, scheduledTime: number, env: Env): Promise<void> {
  const task = schedule[cron]
  if (!task) throw new Error(`no task is scheduled for ${cron}`)
  const messages = await task(env, database(env.DB), scheduledTime)
  log('cron', { cron, messages })
  await handOver(env.DB, Date.now(), messages === 0)
}

/**
 * Asks for prices, for the bars of each exchange once they are final (poll-plan.ts), and for the histories of symbols
 * that have gaps, each from the day of its first gap on. Answers how many messages it sent.
 */
async function everyMinute(
  env: Env,
  db: Database,
  scheduledTime: number,
  gaps: ReadonlyMap<string, Day> = new Map(),
): Promise<number> {
  const minute = scheduledTime - (scheduledTime % MINUTE)
  const state = stateFrom(await claimNote(db, 'poll'), minute)
  if (state.quietUntil > minute && gaps.size === 0) return 0
  const part = partOf(gaps.size > 0 ? { ...state, allFrom: 0 } : state, minute)
  const { symbols, seen, next } = await trackedSymbols(db, minute, part)
  const whole = pollPlan(symbols, scheduledTime, part !== null)
  // what people search for leaves at once, and this plan gives way; the gateway is only asked where it matters
  const isFull = callsOf(whole.made) > CALLS - MOST_ASIDES
  const asides = isFull ? await gateway(env).asidesOf(Date.now()) : 0
  const { made, pace } =
    asides === 0
      ? whole
      : pollPlan(symbols, scheduledTime, part !== null, CALLS - Math.min(asides, MOST_ASIDES))
  // the next run asks again for whatever was not fetched within the minute
  const messages = messagesOf(fillingGaps(made, gaps), null, Date.now() + MINUTE)
  if (messages.length === 0 && pace === null) return 0
  const after = pace ? afterPart(state, pace, seen, next) : state
  return once(env, db, { work: 'poll', at: minute, note: JSON.stringify(after) }, messages)
}

/**
 * Asks for the bars of the day and for gaps in older ones, and then, once for each session, for the charts of recently
 * opened portfolios. The charts of other portfolios are made when somebody opens them. Then the statements of brokers
 * are asked for, each evening from Monday to Friday, and notices that no message brought on their way are sent. At last
 * old records are deleted, and the rows of portfolios that were deleted long ago.
 */
async function afterTheClose(env: Env, db: Database, scheduledTime: number): Promise<number> {
  await inOneTransaction(db, [keepOpened(db, scheduledTime - RECENTLY + 2 * DAY, scheduledTime)])
  const { symbols } = await trackedSymbols(db, scheduledTime, everything)
  const recent = symbols.filter((symbol) => attentionOf(symbol, scheduledTime) !== 'idle')
  const sent = await everyMinute(env, db, scheduledTime, await gapsToFill(db, recent, scheduledTime))
  const charts = (await openedSince(db, scheduledTime - RECENTLY)).map((portfolio): RefreshMessage => ({
    kind: 'chart',
    portfolio,
  }))
  const session = lastFinalBar({ kind: 'index', timeZone: null }, scheduledTime).since
  // the bars first; a chart made too early is made again when its portfolio is opened
  const all = sent + (await once(env, db, { work: 'charts', at: session }, charts, 120))
  const statements = (await allConnections(db)).map((each): RefreshMessage => ({
    kind: 'statement',
    ...each,
  }))
  const asked = await once(env, db, { work: 'statements', at: scheduledTime }, statements)
  const waited = await tellWhatWaits(env, scheduledTime)
  const rows = await prune(db, scheduledTime)
  if (rows > 0) log('old records deleted', { rows })
  const erased = await longDeleted(db, scheduledTime, MOST_ERASED)
  await Promise.all(erased.map((id) => coordinator(env, id).erase()))
  if (erased.length > 0) log('deleted portfolios erased', { portfolios: erased.length })
  return all + asked + waited
}

/** Sends messages if nobody has claimed the work before. When the queue does not take them, the claim is given back. */
async function once(
  env: Env,
  db: Database,
  { work, at, note }: { work: CronWork; at: number; note?: string },
  messages: readonly RefreshMessage[],
  delaySeconds = 0,
): Promise<number> {
  if (messages.length === 0 && note === undefined) return 0
  if (!(await claim(db, work, at, note))) return 0
  try {
    return await send(env, messages, delaySeconds)
  } catch (error) {
    await releaseClaim(db, work, at)
    throw error
  }
}

/**
 * The state that the last run noted. A round is due when there is none that can be read, after a page was opened, or when
 * the clock that noted it was ahead of this one.
 */
function stateFrom(note: string | null, minute: number): PollState {
  const noted = { ...unknownState, ...(json(note) as Partial<PollState> | null | undefined) }
  const { allFrom, quietUntil, symbols, round } = noted
  const isNear = (at: unknown) => typeof at === 'number' && at <= minute + 60 * MINUTE
  const isSound = typeof symbols === 'number' && (round === null || isRound(round))
  return isSound && isNear(allFrom) && isNear(quietUntil) ? noted : unknownState
}

function isRound(noted: Partial<NonNullable<PollState['round']>>): boolean {
  const isPace = hasFields({ allFrom: 'number', quietUntil: 'number' })
  return hasFields({ after: 'string', symbols: 'number' })(noted) && isPace(noted.pace)
}

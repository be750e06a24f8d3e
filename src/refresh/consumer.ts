import type { Fetched, Quoted } from '../market/source.ts'
import { type Database, database } from '../storage/database.ts'
import { historyStates, saveHistory, saveQuotes, saveRefusals, splitsOf } from '../storage/market-data.ts'
import { saveDeadLetter } from '../storage/records.ts'
import { watchersOf } from '../storage/tracked.ts'
import { backoff, TRIES } from './backoff.ts'
import { coordinator, gateway } from './durable-objects.ts'
import { cause, log } from './log.ts'
import { isRefreshMessage, type RefreshMessage, symbolsIn, tasksIn } from './messages.ts'
import { type Arrival, symbolOf, taskOf } from './refresh-state.ts'

/**
 * The queue's consumer. Each message has its own fate: done, tried again later, or parked. What it writes are
 * upserts guarded by time, so a message that comes twice, late or in another order changes nothing.
 */
export async function consume(batch: MessageBatch, env: Env): Promise<void> {
  const carryOut = batch.queue.endsWith('-dlq') ? park : work
  await Promise.all(batch.messages.map((message) => alone(message, () => carryOut(message, env))))
}

/** What goes wrong with one message is tried again with that message: the others of its batch have their own fate. */
async function alone(message: Message, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    log('message failed', { id: message.id, attempts: message.attempts, error: cause(error) })
    message.retry({ delaySeconds: backoff(message.attempts) })
  }
}

async function work(message: Message, env: Env): Promise<void> {
  const { body, attempts } = message
  if (!isRefreshMessage(body)) {
    log('message not understood', { id: message.id })
    await env.REFRESH_DLQ.send(body)
    message.ack()
    return
  }
  const started = Date.now()
  // D1 or a Durable Object may fail: nothing is half-written, and the next try does it again
  const outcome = await carryOut(body, env)
  if (outcome.retryAfter === null) message.ack()
  else {
    const delaySeconds = backoff(attempts, outcome.retryAfter)
    message.retry({ delaySeconds })
    if (attempts < TRIES) await postpone(body, outcome.reason, Date.now() + delaySeconds * 1000, env)
  }
  log('message', {
    kind: body.kind,
    symbols: symbolsIn(body).length,
    attempts,
    ms: Date.now() - started,
    outcome: outcome.retryAfter === null ? 'done' : 'retry',
    reason: outcome.reason,
  })
}

/** `retryAfter` (seconds) asks for another try; null means done. */
type Outcome = { retryAfter: number | null; reason: string }
const done: Outcome = { retryAfter: null, reason: '' }

async function carryOut(message: RefreshMessage, env: Env): Promise<Outcome> {
  const db = database(env.DB)
  switch (message.kind) {
    case 'quotes':
      return fetchQuotes(message, env, db)
    case 'history':
      return fetchHistory(message, env, db)
    case 'chart':
      await coordinator(env, message.portfolio).recompute(message.portfolio)
      return done
  }
}

async function fetchQuotes(
  message: Extract<RefreshMessage, { kind: 'quotes' }>,
  env: Env,
  db: Database,
): Promise<Outcome> {
  const now = Date.now()
  const answers = await gateway(env).quotes(message.symbols)
  await askCharts(answers, message, env, db, now)
  const arrivals: Arrival[] = []
  const quoted = []
  const refused = []
  let outcome = done
  for (const [symbol, answer] of answers) {
    if (answer.status === 'ok') {
      quoted.push(answer.value)
      arrivals.push({ task: taskOf('quote', symbol), failed: null })
    } else if (answer.status === 'rejected') {
      arrivals.push({ task: taskOf('quote', symbol), failed: answer.reason })
      refused.push({ symbol, ...answer })
    } else {
      outcome = { retryAfter: answer.retryAfter ?? 0, reason: answer.reason }
    }
  }
  await saveQuotes(db, quoted, now)
  await saveRefusals(db, refused, now)
  await announce(message, arrivals, env, db, now)
  return outcome
}

/**
 * What the quotes did not bring, a chart may: when somebody looks at it. A symbol that both leave open keeps the
 * quotes' reason.
 */
async function askCharts(
  answers: Map<string, Fetched<Quoted>>,
  message: Extract<RefreshMessage, { kind: 'quotes' }>,
  env: Env,
  db: Database,
  now: number,
): Promise<void> {
  const lacking = [...answers].flatMap(([symbol, answer]) => (answer.status === 'ok' ? [] : [symbol]))
  if (lacking.length === 0) return
  const isWatched = message.requesters.length > 0 || (await watchersOf(db, lacking, now)).length > 0
  if (!isWatched) return
  for (const [symbol, answer] of await gateway(env).quotesByChart(lacking)) {
    if (answer.status !== 'unavailable') answers.set(symbol, answer)
  }
}

async function fetchHistory(
  message: Extract<RefreshMessage, { kind: 'history' }>,
  env: Env,
  db: Database,
): Promise<Outcome> {
  const { symbol } = message
  const now = Date.now()
  let { from } = message
  let answer = await gateway(env).history(symbol, from)
  if (answer.status === 'ok') {
    const stored = (await historyStates(db, [symbol]))[0]?.fromDay
    const splits = stored && stored < from ? await splitsOf(db, symbol) : []
    const isNew = answer.value.splits.some(({ day }) => !splits.some((known) => known.day === day))
    if (stored && stored < from && isNew) {
      // a new split re-bases all closes before it
      log('split found', { symbol })
      from = stored
      answer = await gateway(env).history(symbol, from)
    }
  }
  switch (answer.status) {
    case 'ok':
      if (!(await saveHistory(db, answer.value, from, now))) {
        return { retryAfter: 0, reason: 'a newer answer came in between' }
      }
      await announce(message, [{ task: taskOf('history', symbol), failed: null }], env, db, now)
      return done
    case 'rejected':
      await saveRefusals(db, [{ symbol, ...answer }], now)
      await announce(message, [{ task: taskOf('history', symbol), failed: answer.reason }], env, db, now)
      return done
    case 'unavailable':
      return { retryAfter: answer.retryAfter ?? 0, reason: answer.reason }
  }
}

/** Tells the refreshes that waited, and the portfolios that somebody looks at. Nobody else's is touched. */
async function announce(
  message: Exclude<RefreshMessage, { kind: 'chart' }>,
  arrivals: Arrival[],
  env: Env,
  db: Database,
  now: number,
): Promise<void> {
  if (arrivals.length === 0) return
  const symbols = arrivals.map((arrival) => symbolOf(arrival.task))
  const watchers = await watchersOf(db, symbols, now)
  const waiting = new Set(message.requesters.map((requester) => requester.portfolio))
  await Promise.all([
    ...message.requesters.map(({ portfolio, generation }) =>
      coordinator(env, portfolio).arrived(portfolio, generation, arrivals),
    ),
    ...watchers.filter((id) => !waiting.has(id)).map((id) => coordinator(env, id).recompute(id)),
  ])
}

/** The refreshes that wait for a message hear that it will take longer, and why. */
async function postpone(message: RefreshMessage, reason: string, until: number, env: Env): Promise<void> {
  if (message.kind === 'chart') return
  await Promise.all(
    message.requesters.map(({ portfolio, generation }) =>
      coordinator(env, portfolio).postponed(portfolio, generation, reason, until),
    ),
  )
}

/** A message that failed every try: kept where the status page shows it, and its refresh is told. */
async function park(message: Message, env: Env): Promise<void> {
  const { body } = message
  const db = database(env.DB)
  const reason = isRefreshMessage(body) ? 'failed every try' : 'not a message of ours'
  await saveDeadLetter(db, { id: message.id, message: JSON.stringify(body), reason, at: Date.now() })
  log('dead letter', { id: message.id, reason })
  if (isRefreshMessage(body) && body.kind !== 'chart') {
    const arrivals = tasksIn(body).map((task) => ({ task, failed: 'the market source could not be reached' }))
    await Promise.all(
      body.requesters.map(({ portfolio, generation }) =>
        coordinator(env, portfolio).arrived(portfolio, generation, arrivals),
      ),
    )
  }
  message.ack()
}

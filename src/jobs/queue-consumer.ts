import { hoursOf } from '../market/hours/trading-hours.ts'
import { missingSessions } from '../market/verdict/gaps.ts'
import { closeInUnitsOfToday, inUnitsOfToday } from '../market/verdict/late-split.ts'
import {
  historyVerdict,
  isLeap,
  isRebased,
  newSplits,
  quoteVerdict,
  type Verdict,
} from '../market/verdict/quarantine.ts'
import type { Fetched, Quoted } from '../market/source.ts'
import type { Day } from '../portfolio/day.ts'
import type { QuarantinedQuote, History, Instrument, StoredSymbol } from '../portfolio/instrument.ts'
import { type Database, database } from '../storage/database.ts'
import { saveQuarantine, saveHistory, saveRefusals } from '../storage/histories.ts'
import { knownOf } from '../storage/instruments.ts'
import { saveQuotes, type QuoteUpdate } from '../storage/quotes.ts'
import { saveDeadLetter } from '../storage/dead-letters.ts'
import { watchersOf } from '../storage/tracked.ts'
import { backoff, TRIES } from './backoff.ts'
import { count, handOver } from './counters.ts'
import { coordinator, gateway } from './durable-objects.ts'
import { cause, log } from './log.ts'
import { isOverdue, isRefreshMessage, type RefreshMessage, symbolsIn, tasksIn } from './messages.ts'
import { overlapFrom } from './refresh-plan.ts'
import { type Arrival, symbolOf, taskOf } from '../coordinator/refresh-state.ts'
import { send } from './schedule.ts'

/**
 * The queue's consumer. Each message has its own fate: done, tried again later, or parked. What it writes are
 * upserts guarded by time, so a message that comes twice, late or in another order changes nothing.
 */
export async function consume(batch: MessageBatch, env: Env): Promise<void> {
  const handle = batch.queue.endsWith('-dlq') ? deadLetter : handleMessage
  await Promise.all(batch.messages.map((message) => isolate(message, () => handle(message, env))))
  await handOver(env.DB, Date.now())
}

/** What goes wrong with one message is tried again with that message: the others of its batch have their own fate. */
async function isolate(message: Message, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (isRefreshMessage(message.body)) count(`queue ${message.body.kind} failed`)
    log('message failed', { id: message.id, attempts: message.attempts, error: cause(error) })
    message.retry({ delaySeconds: backoff(message.attempts) })
  }
}

async function handleMessage(message: Message, env: Env): Promise<void> {
  const { body, attempts } = message
  if (!isRefreshMessage(body)) {
    log('message not understood', { id: message.id })
    count('queue not understood')
    await env.REFRESH_DLQ.send(body)
    message.ack()
    return
  }
  const started = Date.now()
  if (isOverdue(body, started)) {
    log('message overdue', { kind: body.kind, attempts })
    message.ack()
    return
  }
  // D1 or a Durable Object may fail: nothing is half-written, and the next try does it again
  const outcome = await dispatch(body, env)
  if (outcome.retryAfter === null) message.ack()
  else {
    const delaySeconds = backoff(attempts, outcome.retryAfter)
    message.retry({ delaySeconds })
    if (attempts < TRIES) await postpone(body, outcome.reason, Date.now() + delaySeconds * 1000, env)
  }
  count(`queue ${body.kind} ${outcome.retryAfter === null ? 'done' : 'later'}`)
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

async function dispatch(message: RefreshMessage, env: Env): Promise<Outcome> {
  const db = database(env.DB)
  switch (message.kind) {
    case 'quotes':
      return fetchQuotes(message, env, db)
    case 'history':
      return fetchHistory(message, env, db)
    case 'chart':
      await coordinator(env, message.portfolio).recompute()
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
  const priced = [...answers].flatMap(([symbol, { status }]) => (status === 'ok' ? [symbol] : []))
  const known = await knownOf(db, priced)
  const arrivals: Arrival[] = []
  const taken: QuoteUpdate[] = []
  const refused = []
  const doubted: RefreshMessage[] = []
  let outcome = done
  for (const [symbol, answer] of answers) {
    if (answer.status === 'ok') {
      const before = known.get(symbol) ?? unknown
      const quoted = closeInUnitsOfToday(answer.value, before)
      const verdict = quoteVerdict(before, quoted, now)
      const failed = doubtOf(verdict)
      const row = takenOf(before, quoted, verdict)
      if (row) taken.push(row)
      else refused.push({ symbol, reason: failed!, noData: true as const })
      arrivals.push({ task: taskOf('quote', symbol), failed })
      if (isFirstDoubt(before, verdict) || isFirstLeap(before, quoted, verdict))
        doubted.push(overlapOf(symbol, before))
    } else if (answer.status === 'rejected') {
      arrivals.push({ task: taskOf('quote', symbol), failed: answer.reason })
      refused.push({ symbol, ...answer })
    } else {
      outcome = { retryAfter: answer.retryAfter ?? 0, reason: answer.reason }
    }
  }
  // before the doubt is stored, which would keep a second try from asking
  await send(env, doubted)
  await saveQuotes(db, taken, now)
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
  let answer: Fetched<History> = await gateway(env).history(symbol, from)
  const known = (await knownOf(db, [symbol])).get(symbol) ?? unknown
  answer = inUnits(answer, known)
  const { fromDay } = known
  if (answer.status === 'ok' && fromDay !== null && fromDay < from && isRebased(known, answer.value)) {
    log('history asked for anew', { symbol, splits: newSplits(known, answer.value).length })
    from = fromDay
    answer = inUnits(await gateway(env).history(symbol, from), known)
  }
  switch (answer.status) {
    case 'ok': {
      const kept = await keepHistory(db, known, answer.value, from, now)
      if (kept === 'overtaken') return { retryAfter: 0, reason: 'a newer answer came in between' }
      await announce(message, [{ task: taskOf('history', symbol), ...kept }], env, db, now)
      return done
    }
    case 'rejected':
      await saveRefusals(db, [{ symbol, ...answer }], now)
      await announce(message, [{ task: taskOf('history', symbol), failed: answer.reason }], env, db, now)
      return done
    case 'unavailable':
      return { retryAfter: answer.retryAfter ?? 0, reason: answer.reason }
  }
}

function inUnits(answer: Fetched<History>, known: StoredSymbol): Fetched<History> {
  return answer.status === 'ok' ? { ...answer, value: inUnitsOfToday(answer.value, known) } : answer
}

/** Stores what is believed of a history, and answers what is not; nothing when a newer one was quicker. */
async function keepHistory(
  db: Database,
  known: StoredSymbol,
  found: History,
  from: Day,
  now: number,
): Promise<{ failed: string | null } | 'overtaken'> {
  const { symbol } = found.instrument
  const verdict = historyVerdict(known, found, from, now)
  if (verdict.status === 'quarantined') {
    const reason = quarantineMessage(verdict.held)
    if (known.quote) await saveQuarantine(db, { quote: known.quote, held: verdict.held }, now)
    if (known.fromDay === null) await saveRefusals(db, [{ symbol, reason, noData: true }], now)
    log('history not believed', { symbol })
    return { failed: reason }
  }
  const { history, left, quote } = verdict
  const continues = known.fromDay !== null && known.fromDay < from
  const corrected = await saveHistory(db, history, from, now, {
    taken: takenOf(known, history, quote),
    news: newSplits(known, history),
    replaces: known.instrument !== null && known.instrument.currency !== history.instrument.currency,
    missingAtSource: missingSessions(history.bars, hoursOf(history.instrument), continues ? from : undefined),
  })
  if (corrected === 'overtaken') return corrected
  if (corrected.length > 0) log('bars corrected', { symbol, count: corrected.length })
  if (left.length > 0) log('bars left out', { symbol, days: left.map(({ bar }) => bar.day) })
  return { failed: doubtOf(quote) }
}

const unknown: StoredSymbol = {
  instrument: null,
  quote: null,
  fromDay: null,
  lastBar: null,
  splits: [],
  held: null,
}

/** What is written of a price that came with a verdict; null when it is held and there is none to show beside it. */
function takenOf(known: StoredSymbol, { instrument, quote }: Quoted, verdict: Verdict): QuoteUpdate | null {
  switch (verdict.status) {
    case 'ok':
      return { quote, ...(!isAsStored(instrument, known.instrument) && { instrument }) }
    case 'older':
      return known.quote && { quote: known.quote, held: known.held }
    case 'quarantined':
      return known.quote && { quote: known.quote, held: verdict.held }
  }
}

function isAsStored(told: Instrument, stored: Instrument | null): boolean {
  // a quote says nothing of the session
  const fields = Object.keys(told) as (keyof Instrument)[]
  return stored !== null && fields.every((field) => field === 'session' || told[field] === stored[field])
}

function doubtOf(verdict: Verdict): string | null {
  return verdict.status === 'quarantined' ? quarantineMessage(verdict.held) : null
}

function quarantineMessage({ price, currency, reason }: QuarantinedQuote): string {
  return `a price of ${price} ${currency} is not believed: ${reason}`
}

/** A split may explain it, which only the history tells; it is asked once, and otherwise after the close. */
function isFirstDoubt(known: StoredSymbol, verdict: Verdict): boolean {
  return (
    verdict.status === 'quarantined' && verdict.mayBeSplit && known.held === null && known.lastBar !== null
  )
}

/** The price that was shown before is the one after it, so that this too asks once. */
function isFirstLeap(known: StoredSymbol, quoted: Quoted, verdict: Verdict): boolean {
  return verdict.status === 'ok' && known.lastBar !== null && isLeap(known, quoted)
}

function overlapOf(symbol: string, { instrument, lastBar }: StoredSymbol): RefreshMessage {
  return { kind: 'history', symbol, from: overlapFrom(lastBar!.day, instrument!), requesters: [] }
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
      coordinator(env, portfolio).arrived(generation, arrivals),
    ),
    ...watchers.filter((id) => !waiting.has(id)).map((id) => coordinator(env, id).recompute()),
  ])
}

/** The refreshes that wait for a message hear that it will take longer, and why. */
async function postpone(message: RefreshMessage, reason: string, until: number, env: Env): Promise<void> {
  if (message.kind === 'chart') return
  await Promise.all(
    message.requesters.map(({ portfolio, generation }) =>
      coordinator(env, portfolio).postponed(generation, reason, until),
    ),
  )
}

/** A message that failed every try: kept where the status page shows it, and its refresh is told. */
async function deadLetter(message: Message, env: Env): Promise<void> {
  const { body } = message
  const db = database(env.DB)
  const reason = isRefreshMessage(body) ? 'failed every try' : 'not a message of ours'
  await saveDeadLetter(db, {
    id: message.id,
    message: JSON.stringify(body),
    reason,
    at: Date.now(),
    resentAt: null,
  })
  log('dead letter', { id: message.id, reason })
  if (isRefreshMessage(body) && body.kind !== 'chart') {
    const arrivals = tasksIn(body).map((task) => ({ task, failed: 'the market source could not be reached' }))
    await Promise.all(
      body.requesters.map(({ portfolio, generation }) =>
        coordinator(env, portfolio).arrived(generation, arrivals),
      ),
    )
  }
  message.ack()
}

import { isBlank } from '../market/verdict/blank-answer.ts'
import { closeInUnitsOfToday } from '../market/verdict/late-split.ts'
import { isLeap, quoteVerdict, type Verdict } from '../market/verdict/quarantine.ts'
import { type Answered, inCurrencyOf, type Quoted } from '../market/source.ts'
import { notStored, type StoredSymbol } from '../portfolio/instrument.ts'
import type { Database } from '../storage/database.ts'
import { historyStates, saveRefusals } from '../storage/histories.ts'
import { knownOf } from '../storage/instruments.ts'
import { requestedAfter, saveQuotes, type QuoteUpdate } from '../storage/quotes.ts'
import { watchersOf } from '../storage/tracked.ts'
import { type Arrival, taskOf } from '../coordinator/refresh-state.ts'
import { asStored, otherSourceVerdict } from '../market/verdict/other-source.ts'
import { gateway } from './durable-objects.ts'
import type { RefreshMessage } from './messages.ts'
import { done, type Outcome } from './outcome.ts'
import { send } from './queue.ts'
import { overlapFrom } from './refresh-plan.ts'
import { quarantineReason, quoteUpdate } from './quote-update.ts'
import { secondSource, sourceOf } from './source.ts'
import { announce } from './waiting-refreshes.ts'

type QuotesMessage = Extract<RefreshMessage, { kind: 'quotes' }>

/**
 * Asks for the prices of a message, stores those that are accepted and the reasons of those that are refused, and tells
 * who waits. A price that a split may explain is followed by a message for the history. When the message was sent at
 * `sentAt` and is delivered again, only the symbols that are still to come are asked for.
 */
export async function fetchQuotes(
  message: QuotesMessage,
  env: Env,
  db: Database,
  sentAt: number | null,
): Promise<Outcome> {
  const now = Date.now()
  const come = sentAt === null ? new Set() : await requestedAfter(db, message.symbols, sentAt)
  const wanted = message.symbols.filter((symbol) => !come.has(symbol))
  const answers = wanted.length > 0 ? await gateway(env).quotes(wanted) : new Map<string, Answered<Quoted>>()
  await askOtherwise(answers, message, env, db, now)
  // asked for again like an answer that did not come
  if (await isBlankAnswer(answers, db))
    return {
      retryAfter: 0,
      reason: `${sourceOf(env).name} knows none of ${answers.size} symbols that it knew`,
    }
  const priced = [...answers].flatMap(([symbol, answer]) =>
    answer.status === 'ok' || (answer.status === 'rejected' && answer.lacksCurrency) ? [symbol] : [],
  )
  const known = await knownOf(db, priced)
  // who waits was perhaps not told, when that is why the message comes again
  const arrivals: Arrival[] = message.symbols
    .filter((symbol) => come.has(symbol))
    .map((symbol) => ({ task: taskOf('quote', symbol), failed: null }))
  const taken: QuoteUpdate[] = []
  const refused: Parameters<typeof saveRefusals>[1][number][] = []
  const doubted: RefreshMessage[] = []
  let outcome = done
  for (const [symbol, answered] of answers) {
    const answer = inCurrencyOf(answered, known.get(symbol)?.instrument)
    if (answer.status === 'ok') {
      const before = known.get(symbol) ?? notStored
      const second = secondSource(answered, env)
      const value = second === null ? answer.value : asStored(answer.value, before.instrument)
      const quoted = closeInUnitsOfToday(value, before)
      const verdict =
        second === null ? quoteVerdict(before, quoted, now) : otherSourceVerdict(before, quoted, second, now)
      const failed = quarantineReason(verdict)
      const row = quoteUpdate(before, quoted, verdict, second)
      if (row) taken.push(row)
      else refused.push({ symbol, reason: failed!, noData: true })
      arrivals.push({ task: taskOf('quote', symbol), failed })
      if (isFirstDoubt(before, verdict) || isFirstLeap(before, quoted, verdict))
        doubted.push(overlapOf(symbol, before))
    } else if (answer.status === 'rejected') {
      arrivals.push({ task: taskOf('quote', symbol), failed: answer.reason })
      refused.push({
        symbol,
        reason: answer.reason,
        ...(answer.noData && { noData: true }),
        ...(answer.listedAs !== undefined && { listedAs: answer.listedAs }),
      })
    } else {
      outcome = { retryAfter: answer.retryAfter ?? 0, reason: answer.reason }
    }
  }
  // before the quarantine is stored, which would keep a second try from asking
  await send(env, doubted)
  await saveQuotes(db, taken, now)
  await saveRefusals(db, refused, now)
  await announce(message, arrivals, env, db, now)
  return outcome
}

async function isBlankAnswer(answers: Map<string, Answered<Quoted>>, db: Database): Promise<boolean> {
  // most answers know something, and are not looked up
  if ([...answers.values()].some(({ status }) => status !== 'rejected')) return false
  return isBlank(answers, await historyStates(db, [...answers.keys()]))
}

/**
 * Asks by other ways for the prices that the quotes did not bring, when somebody looks at one of these symbols. A
 * symbol that all leave open keeps the reason that the quotes gave. One without a history has a message of its own for
 * that, and is not asked for by chart twice.
 */
async function askOtherwise(
  answers: Map<string, Answered<Quoted>>,
  message: QuotesMessage,
  env: Env,
  db: Database,
  now: number,
): Promise<void> {
  const lacking = [...answers].flatMap(([symbol, answer]) => (answer.status === 'ok' ? [] : [symbol]))
  if (lacking.length === 0) return
  const isWatched = message.requester !== null || (await watchersOf(db, lacking, now)).length > 0
  if (!isWatched) return
  const known = await knownOf(db, lacking)
  const awaited = lacking.filter((symbol) => (known.get(symbol)?.fromDay ?? null) === null)
  for (const [symbol, answer] of await gateway(env).otherQuotes(lacking, awaited)) {
    if (answer.status !== 'unavailable') answers.set(symbol, answer)
  }
}

/** True when a split may explain the price and no price of the symbol was in quarantine before: the history tells. */
function isFirstDoubt(known: StoredSymbol, verdict: Verdict): boolean {
  return (
    verdict.status === 'quarantined' && verdict.mayBeSplit && known.held === null && known.lastBar !== null
  )
}

/** True when an accepted price is a leap from the one before. The next price is compared with this one, so it asks once. */
function isFirstLeap(known: StoredSymbol, quoted: Quoted, verdict: Verdict): boolean {
  return verdict.status === 'ok' && known.lastBar !== null && isLeap(known, quoted)
}

function overlapOf(symbol: string, { instrument, lastBar }: StoredSymbol): RefreshMessage {
  return { kind: 'history', symbol, from: overlapFrom(lastBar!.day, instrument!), requester: null }
}

import { hoursOf } from '../market/hours/trading-hours.ts'
import { inverse, withoutDismissed } from '../market/verdict/dismissed-split.ts'
import { missingSessions } from '../market/verdict/gaps.ts'
import { inUnitsOfToday } from '../market/verdict/late-split.ts'
import { asStored, isOlder, otherSourceHistoryDoubt } from '../market/verdict/other-source.ts'
import { heldFor, historyVerdict, type Quarantined, type Verdict } from '../market/verdict/quarantine.ts'
import { isRebased, newSplits, withdrawnSplits } from '../market/verdict/rebased-history.ts'
import { type Answered, type Fetched, inCurrencyOf } from '../market/source.ts'
import { addDays, type Day, dayAt } from '../portfolio/day.ts'
import { type History, notStored, type StoredSymbol } from '../portfolio/instrument.ts'
import type { Database } from '../storage/database.ts'
import { historyStates, saveHistory, saveQuarantine, saveRefusals } from '../storage/histories.ts'
import { knownOf } from '../storage/instruments.ts'
import { taskOf } from '../coordinator/refresh-state.ts'
import { gateway } from './durable-objects.ts'
import { log } from './log.ts'
import type { RefreshMessage } from './messages.ts'
import { done, type Outcome } from './outcome.ts'
import { overlapFrom } from './refresh-plan.ts'
import { quarantineReason, quarantineMessage, quoteUpdate } from './quote-update.ts'
import { secondSource } from './source.ts'
import { announce } from './waiting-refreshes.ts'

/**
 * Asks for the history of a message, stores what is accepted of it, and tells who waits. Bars that a split has changed
 * since they were stored are asked for anew from the first of them on. When the message was sent at `sentAt` and is
 * delivered again, a history that has come since is not asked for again.
 */
export async function fetchHistory(
  message: Extract<RefreshMessage, { kind: 'history' }>,
  env: Env,
  db: Database,
  sentAt: number | null,
): Promise<Outcome> {
  const { symbol } = message
  const now = Date.now()
  if (sentAt !== null && (await hasCome(db, message, sentAt))) {
    await announce(message, [{ task: taskOf('history', symbol), failed: null }], env, db, now)
    return done
  }
  let from = beforeYoungSplits((await knownOf(db, [symbol])).get(symbol) ?? notStored, message.from, now)
  let asked = await gateway(env).history(symbol, from)
  const known = (await knownOf(db, [symbol])).get(symbol) ?? notStored
  let answer = inUnits(asked, known, env)
  const { fromDay } = known
  const isDoubted = doubtOf(asked, answer, known, from, env) !== null
  if (
    !isDoubted &&
    answer.status === 'ok' &&
    fromDay !== null &&
    fromDay < from &&
    isRebased(known, answer.value, from)
  ) {
    log('history requested again', {
      symbol,
      splits: newSplits(known, answer.value).length,
      withdrawn: withdrawnSplits(known, answer.value, from).length,
    })
    from = fromDay
    asked = await gateway(env).history(symbol, from)
    answer = inUnits(asked, known, env)
  }
  switch (answer.status) {
    case 'ok': {
      const doubt = doubtOf(asked, answer, known, from, env)
      const kept = await (doubt !== null
        ? holdHistory(db, symbol, known, heldFor(known, answer.value, doubt), from, now)
        : keepHistory(db, known, answer.value, from, now, secondSource(asked, env)))
      if (kept === 'overtaken') return { retryAfter: 0, reason: 'a newer answer came in first' }
      await announce(message, [{ task: taskOf('history', symbol), ...kept }], env, db, now)
      return done
    }
    case 'rejected':
      await saveRefusals(
        db,
        [
          {
            symbol,
            from,
            reason: answer.reason,
            ...(answer.noData && { noData: true }),
            ...(answer.listedAs !== undefined && { listedAs: answer.listedAs }),
          },
        ],
        now,
      )
      await announce(message, [{ task: taskOf('history', symbol), failed: answer.reason }], env, db, now)
      return done
    case 'unavailable':
      return { retryAfter: answer.retryAfter ?? 0, reason: answer.reason }
  }
}

/** True when the history was asked for after `sentAt`, and what is stored of it begins early enough. */
async function hasCome(
  db: Database,
  { symbol, from }: { symbol: string; from: Day },
  sentAt: number,
): Promise<boolean> {
  const [state] = await historyStates(db, [symbol])
  return state !== undefined && (state.fetchedAt ?? 0) > sentAt && (state.fromDay ?? '9999-12-31') <= from
}

/** A split may be withdrawn for so many days after it; as long is it asked for again with every new bar. */
const SPLIT_SETTLES = 60

/** The day to ask from, so that the stored splits of the last weeks and the closes before them are told again. */
function beforeYoungSplits({ splits, fromDay, instrument }: StoredSymbol, from: Day, now: number): Day {
  if (instrument === null || fromDay === null || fromDay >= from) return from
  const since = addDays(dayAt(now, instrument.timeZone), -SPLIT_SETTLES)
  const [young] = splits
    .map(({ day }) => day)
    .filter((day) => day >= since && day > fromDay)
    .toSorted()
  if (young === undefined) return from
  const before = overlapFrom(young, instrument)
  return before < from ? before : from
}

function inUnits(answered: Answered<History>, known: StoredSymbol, env: Env): Fetched<History> {
  const answer = inCurrencyOf(answered, known.instrument)
  if (answer.status !== 'ok') return answer
  const isSecond = secondSource(answered, env) !== null
  const history = isSecond ? asStored(answer.value, known.instrument) : answer.value
  return { status: 'ok', value: inUnitsOfToday(withoutDismissed(history, known), known) }
}

/** Why the history of a second source is not believed; null when it is, or comes from the chosen one. */
function doubtOf(
  answered: Answered<History>,
  answer: Fetched<History>,
  known: StoredSymbol,
  from: Day,
  env: Env,
): string | null {
  const second = secondSource(answered, env)
  if (second === null || answer.status !== 'ok') return null
  return otherSourceHistoryDoubt(known, answer.value, from, second)
}

/** Stores that a history is held for review, and answers why. */
async function holdHistory(
  db: Database,
  symbol: string,
  known: StoredSymbol,
  { held }: Quarantined,
  from: Day,
  now: number,
): Promise<{ failed: string }> {
  const reason = quarantineMessage(held)
  if (known.quote) await saveQuarantine(db, { quote: known.quote, held }, now)
  if (known.fromDay === null) await saveRefusals(db, [{ symbol, from, reason, noData: true }], now)
  log('history held for review', { symbol })
  return { failed: reason }
}

/** Stores what is believed of a history, and answers what is not; nothing when a newer one was quicker. */
async function keepHistory(
  db: Database,
  known: StoredSymbol,
  found: History,
  from: Day,
  now: number,
  second: string | null,
): Promise<{ failed: string | null } | 'overtaken'> {
  const { symbol } = found.instrument
  const verdict = historyVerdict(known, found, from, now)
  if (verdict.status === 'quarantined') {
    return holdHistory(db, symbol, known, verdict, from, now)
  }
  const { history, left } = verdict
  // the price of a second source that is older than ours is no news, and no reason for a review
  const quote: Verdict = second !== null && isOlder(known, history) ? { status: 'older' } : verdict.quote
  const continues = known.fromDay !== null && known.fromDay < from
  const corrected = await saveHistory(db, history, from, now, {
    taken: quoteUpdate(known, history, quote, second),
    news: [...newSplits(known, history), ...withdrawnSplits(known, history, from).map(inverse)],
    replaces: known.instrument !== null && known.instrument.currency !== history.instrument.currency,
    left: left.map(({ bar }) => bar),
    missingAtSource: missingSessions(history.bars, hoursOf(history.instrument), continues ? from : undefined),
  })
  if (corrected === 'overtaken') return corrected
  if (corrected.length > 0) log('bars corrected', { symbol, count: corrected.length })
  if (left.length > 0) log('bars left out', { symbol, days: left.map(({ bar }) => bar.day) })
  return { failed: quarantineReason(quote) }
}

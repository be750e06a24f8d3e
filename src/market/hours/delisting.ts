import { addDays, type Day, dayAt } from '../../portfolio/day.ts'
import { HOUR, TIME_ZONE } from '../../portfolio/time.ts'
import type { SymbolState } from '../../portfolio/symbol-state.ts'
import { hoursOf, isSession } from './trading-hours.ts'

/**
 * A symbol that the source still lists may miss so many sessions: trading is suspended sometimes, and the holidays of
 * exchanges other than New York's are not known. For a symbol that the source refuses, one missed session is enough;
 * with none missed, the refusal may be a mistake.
 */
const SILENT_SESSIONS = 10
/**
 * A delisted symbol is requested once a day: this long after an answer, or this long after a refusal ends, which
 * lasts an hour.
 */
const BETWEEN_ASKING = 23 * HOUR

/**
 * Returns the first session that a delisted symbol missed. Null while it does not count as delisted, and for a symbol
 * that never had a price. Sessions count up to the day on which the source last answered, because nothing is known of
 * the days since.
 */
export function delistedSince(state: SymbolState, today: Day): Day | null {
  const last = lastPriceDay(state)
  const answered = answeredAt(state)
  if (last === null || answered === null) return null
  const hours = hoursOf(state)
  const answeredOn = dayAt(answered, zoneOf(state))
  const until = answeredOn < today ? answeredOn : today
  const allowed = isRefused(state) ? 0 : SILENT_SESSIONS
  let missed = 0
  let since: Day | null = null
  for (let day = addDays(last, 1); day < until && missed <= allowed; day = addDays(day, 1)) {
    if (!isSession(day, hours)) continue
    since ??= day
    missed++
  }
  return missed > allowed ? since : null
}

/** True while a delisted symbol is not requested. */
export function inDelistedBackoff(state: SymbolState, now: number): boolean {
  return delistedSince(state, dayAt(now, zoneOf(state))) !== null && now - answeredAt(state)! < BETWEEN_ASKING
}

function zoneOf({ timeZone }: Pick<SymbolState, 'timeZone'>): string {
  return timeZone ?? TIME_ZONE
}

function lastPriceDay({ toDay, quoteAt, ...trading }: SymbolState): Day | null {
  const quoted = quoteAt === null ? null : dayAt(quoteAt, zoneOf(trading))
  return toDay === null || (quoted !== null && quoted > toDay) ? quoted : toDay
}

/** The time of the source's last answer. A refusal is stored with its `retryAt`, which is an hour or a day later. */
function answeredAt({ quoteFetchedAt, historyFetchedAt, retryAt }: SymbolState): number | null {
  const latest = Math.max(quoteFetchedAt ?? 0, historyFetchedAt ?? 0, retryAt ?? 0)
  return latest > 0 ? latest : null
}

/** True when a refusal was the source's last answer. */
function isRefused({ retryAt, quoteFetchedAt, historyFetchedAt }: SymbolState): boolean {
  return retryAt !== null && retryAt > Math.max(quoteFetchedAt ?? 0, historyFetchedAt ?? 0)
}

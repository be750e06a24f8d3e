import { backoff } from '../jobs/backoff.ts'
import { MINUTE, SECOND } from '../portfolio/time.ts'
import type { Edition } from '../storage/snapshots.ts'

/**
 * Everything that a portfolio's coordinator still has to do: a snapshot, copies of it in KV, a plan for prices, the
 * renewal of a watch. These functions are pure: the parts of the coordinator report what happened (`next`) and carry
 * out the effects that it returns; state-store.ts stores the state and sets the alarm (`nextAlarm`). Instants are in
 * milliseconds since 1970.
 */
export type CoordinatorState = {
  /** The last published revision; 0 before the first, and once the portfolio is deleted. */
  revision: number
  /** The highest revision that anybody may have seen. No later snapshot has it again, also when D1 was put back. */
  highest: number
  /** When the snapshot in D1 was made, as D1 has it; 0 when that is not known. */
  savedAt: number
  /** True while the snapshot lacks something that was written, or is being made. */
  isBehind: boolean
  /**
   * True when the snapshot was outdated already before the present one was begun, so that its effects may not have
   * happened.
   */
  isUnfinished: boolean
  /** True while the prices that a write needs have not been planned. */
  isUnplanned: boolean
  /** True while a long import may be written, or deleted, in part; nobody is shown any of it (long-imports.ts). */
  isHalfWritten: boolean
  /** How many times in a row the snapshot could not be made. */
  failures: number
  /**
   * The revision that a writer was told before its snapshot was made. The next snapshot takes it, even if nothing
   * changed.
   */
  promised: number
  /** The copies that KV lacks: how many times in a row it has refused them, and when they are tried again. */
  pendingCopy: PendingCopy | null
  /** When KV last accepted a snapshot. */
  copiedAt: number
  /** When the watch of the open pages is renewed; null while no page is open. */
  watchAt: number | null
}

/** With 0 `tries` KV has refused nothing: a copy for new quotes alone is waiting, and the chart in KV is current. */
export type PendingCopy = { tries: number; at: number }

export const settledState: CoordinatorState = {
  revision: 0,
  highest: 0,
  savedAt: 0,
  isBehind: false,
  isUnfinished: false,
  isUnplanned: false,
  isHalfWritten: false,
  failures: 0,
  promised: 0,
  pendingCopy: null,
  copiedAt: 0,
  watchAt: null,
}

export type Event =
  /** A write is about to be made. */
  | { type: 'writing' }
  /** A long import is about to be written, or deleted; and that has ended, whichever way. */
  | { type: 'import begun' }
  | { type: 'import ended' }
  | { type: 'publishing' }
  /** The next snapshot was compared with the last one; it has that revision. */
  | { type: 'compared'; revision: number; isChanged: boolean; isChartChanged: boolean }
  /** D1 has the new snapshot. `isQuotesOnly` is true when only new quotes changed it. */
  | { type: 'saved'; revision: number; withChart: boolean; isQuotesOnly: boolean; now: number }
  | { type: 'published'; revision: number }
  /** D1 was found to have another snapshot than it was given; null for none. */
  | { type: 'put back'; stored: Edition | null }
  | { type: 'publishing failed' }
  | { type: 'planned' }
  /**
   * The write is stored, but its snapshot could not be made. The writer is told the revision that the snapshot will
   * have.
   */
  | { type: 'settling failed'; revision: number }
  | { type: 'copied'; now: number }
  | { type: 'copy refused'; now: number }
  | { type: 'all copied' }
  | { type: 'watching'; now: number }
  | { type: 'watched'; now: number }
  | { type: 'unwatched' }

/** What to do next, in this order. */
export type Effect =
  | 'save snapshot'
  | 'save snapshot and chart'
  | 'copy snapshot'
  | 'copy snapshot and chart'
  /** Tells the open pages which regions changed, or to load all of them. */
  | 'tell changes'
  | 'tell all'

/** How often a page with an open socket renews its watch. A watch that nobody renews lapses (live-channel.ts). */
const RENEW = 30 * MINUTE
/**
 * New quotes alone make one copy for KV in half an hour: they come each minute while a page is open, and a day has a
 * thousand writes for all portfolios together. The value is a little less, for rounds that come early.
 */
const BETWEEN_COPIES = 29.5 * MINUTE
/** A copy that no later round of quotes has made is written by the alarm, this long after the last one. */
const LAST_COPY = 31 * MINUTE

export function next(state: CoordinatorState, event: Event): { state: CoordinatorState; effects: Effect[] } {
  const to = (changes: Partial<CoordinatorState>, ...effects: Effect[]) => ({
    state: { ...state, ...changes },
    effects,
  })
  switch (event.type) {
    case 'writing':
      return to({ isBehind: true, isUnplanned: true })
    case 'import begun':
      return to({ isBehind: true, isUnplanned: true, isHalfWritten: true })
    case 'import ended':
      return to({ isHalfWritten: false })
    case 'publishing':
      return to({ isBehind: true, isUnfinished: state.isBehind })
    case 'compared':
      // otherwise a writer would ask in vain for the revision it was promised
      if (event.isChanged || event.revision <= state.promised) {
        const withChart = event.isChartChanged || state.isUnfinished
        return to({}, withChart ? 'save snapshot and chart' : 'save snapshot')
      }
      return state.isUnfinished ? to({}, 'copy snapshot and chart', 'tell all') : to({})
    case 'saved': {
      const saved = { highest: event.revision, savedAt: event.now }
      if (event.withChart) return to(saved, 'copy snapshot and chart', 'tell changes')
      if (!defersCopy(state, event)) return to(saved, 'copy snapshot', 'tell changes')
      return to(
        { ...saved, pendingCopy: state.pendingCopy ?? { tries: 0, at: state.copiedAt + LAST_COPY } },
        'tell changes',
      )
    }
    case 'published':
      return to({
        revision: event.revision,
        highest: Math.max(highestOf(state), event.revision),
        isBehind: false,
        isUnfinished: false,
        failures: 0,
      })
    case 'put back':
      return to({
        revision: event.stored?.revision ?? 0,
        highest: highestOf(state),
        savedAt: event.stored?.computedAt ?? 0,
        // KV has what is no longer true, and prices and the watch are as old as the database
        isBehind: true,
        isUnfinished: true,
        isUnplanned: true,
        // it may have been put back to the middle of one
        isHalfWritten: true,
        watchAt: state.watchAt === null ? null : 0,
      })
    case 'publishing failed':
      return to({ failures: state.failures + 1 })
    case 'planned':
      return to({ isUnplanned: false })
    case 'settling failed':
      return to({ promised: event.revision })
    case 'copied':
      return to({
        copiedAt: event.now,
        pendingCopy: state.pendingCopy?.tries === 0 ? null : state.pendingCopy,
      })
    case 'copy refused': {
      const tries = (state.pendingCopy?.tries ?? 0) + 1
      return to({ pendingCopy: { tries, at: event.now + backoff(tries) * SECOND } })
    }
    case 'all copied':
      return to({ pendingCopy: null })
    case 'watching':
      // it is tried again soon, until D1 has it
      return to({ watchAt: soonAfter(event.now) })
    case 'watched':
      return to({ watchAt: event.now + RENEW })
    case 'unwatched':
      return to({ watchAt: null })
  }
}

/** An earlier version of the app knew only the last revision. */
export function highestOf({ highest, revision }: CoordinatorState): number {
  return Math.max(highest, revision)
}

/**
 * True when D1 has another snapshot than this object gave it: somebody has put the database back (Time Travel, or a
 * backup), while the copies in KV, the open pages and the memory of the object stayed as they were. `mayBeAhead` says
 * that a publication was interrupted, which may have left D1 a revision ahead.
 */
export function isPutBack(state: CoordinatorState, stored: Edition | null, mayBeAhead: boolean): boolean {
  if (stored === null) return state.revision > 0
  if (stored.revision > state.revision) return !mayBeAhead
  return stored.revision < state.revision || (state.savedAt > 0 && stored.computedAt !== state.savedAt)
}

/** A snapshot must be made, or the prices that a write needs must be planned. */
export function isUnsettled({ isBehind, isUnplanned }: CoordinatorState): boolean {
  return isBehind || isUnplanned
}

export function lacksCopies({ pendingCopy }: CoordinatorState): boolean {
  return pendingCopy !== null
}

/**
 * Returns when the alarm must go off: when the first of all open tasks is due, including the end of the refresh's
 * lease. Null when there is none. An overdue task waits a little too, because an alarm that fails would otherwise go
 * off again at once for as long as D1 is down.
 */
export function nextAlarm(state: CoordinatorState, leaseUntil: number | null, now: number): number | null {
  const { failures, pendingCopy, watchAt } = state
  const due = [
    isUnsettled(state) || state.isHalfWritten ? now + backoff(failures + 1) * SECOND : null,
    pendingCopy?.at ?? null,
    leaseUntil,
    watchAt,
  ].filter((at) => at !== null)
  if (due.length === 0) return null
  const first = Math.min(...due)
  return first > now ? first : soonAfter(now)
}

/**
 * Postpones a copy for new quotes alone when KV has accepted one recently. An open page knows of the newer revision,
 * and the coordinator answers it. Others are shown the copy for a minute, and then the coordinator answers them
 * as well (web/portfolio-reader.ts).
 */
function defersCopy(
  { pendingCopy, copiedAt }: CoordinatorState,
  { isQuotesOnly, now }: Extract<Event, { type: 'saved' }>,
): boolean {
  // KV has refused more than quotes
  const isRefused = pendingCopy !== null && pendingCopy.tries > 0
  return isQuotesOnly && !isRefused && now - copiedAt < BETWEEN_COPIES
}

function soonAfter(now: number): number {
  return now + backoff(1) * SECOND
}

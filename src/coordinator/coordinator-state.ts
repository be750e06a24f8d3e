import { backoff } from '../jobs/backoff.ts'
import { MINUTE, SECOND } from '../portfolio/time.ts'

/**
 * What a portfolio's coordinator owes: a snapshot, copies of it in KV, a plan for prices, a watch. Pure: the parts of
 * the coordinator tell it what happened (`next`) and carry out what it answers; state-store.ts keeps it and sets the
 * alarm (`nextAlarm`). Instants are in milliseconds since 1970.
 */
export type CoordinatorState = {
  /** The last published revision; 0 before the first. */
  revision: number
  /** The snapshot is behind what was written, or is being made. */
  isBehind: boolean
  /** The snapshot was behind already when the present one was begun, so nothing of what it should do is certain. */
  isUnfinished: boolean
  /** The prices that a write needs have not been planned. */
  isUnplanned: boolean
  /** How often in a row the snapshot could not be made. */
  failures: number
  /** The revision that a writer was told before it was made: the next snapshot takes it, even if nothing changed. */
  promised: number
  /** Copies that KV lacks: how often in a row it has refused them, and when it is offered them again. */
  pendingCopy: PendingCopy | null
  /** When KV last took a snapshot. */
  copiedAt: number
  /** The owner whose list of portfolios must be written to KV. */
  listOwner: string | null
  /** When the watch of the open pages is renewed; null while no page is open. */
  watchAt: number | null
}

/** With 0 `tries` nothing was refused: a copy for new quotes alone waits, and the chart in KV is the current one. */
export type PendingCopy = { tries: number; at: number }

export const settledState: CoordinatorState = {
  revision: 0,
  isBehind: false,
  isUnfinished: false,
  isUnplanned: false,
  failures: 0,
  promised: 0,
  pendingCopy: null,
  copiedAt: 0,
  listOwner: null,
  watchAt: null,
}

export type Event =
  /** A write is about to be made; `listOwner` is the owner whose list of portfolios it changes. */
  | { type: 'writing'; listOwner: string | null }
  | { type: 'publishing' }
  /** The next snapshot, of that revision, was compared with the last one. */
  | { type: 'compared'; revision: number; isChanged: boolean; isChartChanged: boolean }
  /** D1 has the new snapshot. `isQuotesOnly`: new quotes alone changed it. */
  | { type: 'saved'; withChart: boolean; isQuotesOnly: boolean; isMarketOpen: boolean; now: number }
  | { type: 'published'; revision: number }
  | { type: 'publishing failed' }
  | { type: 'planned' }
  /** The write is in, but its snapshot could not be made; its writer is told that it will be of that revision. */
  | { type: 'settling failed'; revision: number }
  | { type: 'copied'; now: number }
  | { type: 'copy refused'; now: number }
  | { type: 'all copied' }
  | { type: 'list copied' }
  | { type: 'watching'; now: number }
  | { type: 'watched'; now: number }
  | { type: 'unwatched' }

/** What is to be done next, in this order. */
export type Effect =
  | 'save snapshot'
  | 'save snapshot and chart'
  | 'copy snapshot'
  | 'copy snapshot and chart'
  /** Tells the open pages which regions changed, or to load all of them. */
  | 'tell changes'
  | 'tell all'

/** A page with an open socket renews its watch in this rhythm; a watch that nobody renews lapses (live-channel.ts). */
const RENEW = 30 * MINUTE
/**
 * While New York does not trade, new quotes alone make a copy for KV once in five minutes: with a coin among them they
 * move every minute of the night, which is more writes than a day has. It is a little less, for rounds that come early.
 */
const BETWEEN_COPIES = 4.5 * MINUTE
/** A copy that no later round of quotes has taken along is written by the alarm, so long after the last one. */
const LAST_COPY = 6 * MINUTE

export function next(state: CoordinatorState, event: Event): { state: CoordinatorState; effects: Effect[] } {
  const to = (changes: Partial<CoordinatorState>, ...effects: Effect[]) => ({
    state: { ...state, ...changes },
    effects,
  })
  switch (event.type) {
    case 'writing':
      return to({ isBehind: true, isUnplanned: true, listOwner: event.listOwner ?? state.listOwner })
    case 'publishing':
      return to({ isBehind: true, isUnfinished: state.isBehind })
    case 'compared':
      // a writer who was promised a revision would otherwise ask for it in vain
      if (event.isChanged || event.revision <= state.promised) {
        const withChart = event.isChartChanged || state.isUnfinished
        return to({}, withChart ? 'save snapshot and chart' : 'save snapshot')
      }
      return state.isUnfinished ? to({}, 'copy snapshot and chart', 'tell all') : to({})
    case 'saved':
      if (event.withChart) return to({}, 'copy snapshot and chart', 'tell changes')
      if (!defersCopy(state, event)) return to({}, 'copy snapshot', 'tell changes')
      return to(
        { pendingCopy: state.pendingCopy ?? { tries: 0, at: state.copiedAt + LAST_COPY } },
        'tell changes',
      )
    case 'published':
      return to({ revision: event.revision, isBehind: false, isUnfinished: false, failures: 0 })
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
    case 'list copied':
      return to({ listOwner: null })
    case 'watching':
      // until D1 has it, it is tried again soon
      return to({ watchAt: soonAfter(event.now) })
    case 'watched':
      return to({ watchAt: event.now + RENEW })
    case 'unwatched':
      return to({ watchAt: null })
  }
}

/** A snapshot must be made, or the prices that a write needs must be planned. */
export function isUnsettled({ isBehind, isUnplanned }: CoordinatorState): boolean {
  return isBehind || isUnplanned
}

export function lacksCopies({ pendingCopy, listOwner }: CoordinatorState): boolean {
  return pendingCopy !== null || listOwner !== null
}

/**
 * When the one alarm must go off: at the first of all that may be due, the end of the refresh's lease among it. Null
 * when nothing is. What is overdue waits a little as well: an alarm that fails would otherwise go off again at once,
 * for as long as D1 is down.
 */
export function nextAlarm(state: CoordinatorState, leaseUntil: number | null, now: number): number | null {
  const { failures, pendingCopy, listOwner, watchAt } = state
  const due = [
    isUnsettled(state) ? now + backoff(failures + 1) * SECOND : null,
    pendingCopy?.at ?? (listOwner === null ? null : soonAfter(now)),
    leaseUntil,
    watchAt,
  ].filter((at) => at !== null)
  if (due.length === 0) return null
  const first = Math.min(...due)
  return first > now ? first : soonAfter(now)
}

/**
 * A copy for new quotes alone is put off where KV took one a short while ago. An open page knows of the newer revision
 * and is answered by the coordinator; others see prices of a few minutes ago, long before these would be marked as old.
 */
function defersCopy(
  { pendingCopy, copiedAt }: CoordinatorState,
  { isQuotesOnly, isMarketOpen, now }: Extract<Event, { type: 'saved' }>,
): boolean {
  // what KV has refused is more than quotes
  const isRefused = pendingCopy !== null && pendingCopy.tries > 0
  return isQuotesOnly && !isRefused && !isMarketOpen && now - copiedAt < BETWEEN_COPIES
}

function soonAfter(now: number): number {
  return now + backoff(1) * SECOND
}

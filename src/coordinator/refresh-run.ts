import { symbolsOfAll } from '../portfolio/benchmark-spelling.ts'
import { cause, log } from '../jobs/log.ts'
import { send } from '../jobs/queue.ts'
import {
  messagesOf,
  partOf,
  type Plan,
  plan,
  pricedAhead,
  tasksOf,
  type Wanted,
  wantedFor,
} from '../jobs/refresh-plan.ts'
import { SECOND } from '../portfolio/time.ts'
import { saveRefresh } from '../storage/refreshes.ts'
import { symbolsOfPortfolio } from '../storage/tracked.ts'
import type { Home } from './home.ts'
import type { LedgerCache } from './ledger-cache.ts'
import { progress, type Signal } from './live-events.ts'
import {
  type Arrival,
  arePricedAhead,
  arrived,
  begun,
  expired,
  failedSymbols,
  isSilent,
  isUnderway,
  postponed,
  type RefreshState,
  revived,
  unsent,
  widened,
} from './refresh-state.ts'
import type { StateStore } from './state-store.ts'

/** The Refresh button treats prices from the last seconds as fresh. */
const JUST_NOW = 10 * SECOND
/** While answers arrive one by one, the pages are updated at most this often, and not before so long. */
const BETWEEN_SNAPSHOTS = 3 * SECOND

/** What a refresh needs from the parts that show its results. */
type Shown = {
  publish: () => Promise<unknown>
  /** When this object made its last snapshot. */
  publishedAt: () => number
  tellAll: (signal: Signal) => void
}

/**
 * Runs the refresh of a portfolio, one at a time: it plans the refresh, sends its messages and records its end.
 * refresh-state.ts decides what happens.
 */
export class RefreshRun {
  private readonly home: Home
  private readonly store: StateStore
  private readonly ledgers: LedgerCache
  private readonly shown: Shown

  constructor(home: Home, store: StateStore, ledgers: LedgerCache, shown: Shown) {
    this.home = home
    this.store = store
    this.ledgers = ledgers
    this.shown = shown
  }

  /** When there is nothing to fetch, others may have brought newer prices since this portfolio was last shown. */
  async open(reason: string, force: boolean): Promise<number> {
    const generation = await this.begin(reason, force)
    if (!isUnderway(this.store.refresh)) await this.shown.publish()
    return generation
  }

  /** Starts a refresh, or joins the running one. With `force` everything is fetched that was not fetched just now. */
  async begin(reason: string, force: boolean): Promise<number> {
    const before = this.store.refresh
    const { due, wanted } = await this.planned(force)
    const tasks = tasksOf(due)
    const now = Date.now()
    if (isUnderway(before)) {
      // joined; what is due besides is added to it, because a symbol that hangs must hold up no other
      const more = tasks.filter((task) => !before.pending.includes(task))
      const joined = more.length > 0 ? widened(before, more, now) : before
      const isLost = force && isSilent(before, now)
      const { state, send: sent } = isLost ? revived(joined, tasks, now) : { state: joined, send: more }
      if (state !== before) {
        const asked = partOf(due, sent)
        await this.keep(before, state, asked, pricedAhead(wanted, asked))
      }
      return before.generation
    }
    // the very first one is always recorded, so that whoever waits for it sees it done
    if (tasks.length === 0 && !force && before.generation > 0) return before.generation
    const state = begun(before, reason, tasks, now)
    await this.keep(before, state, due, pricedAhead(wanted, due))
    return state.generation
  }

  async arrived(generation: number, arrivals: Arrival[]): Promise<void> {
    const before = this.store.refresh
    // a number that was never given out
    if (!(generation >= 1 && generation <= before.generation)) return
    const after = arrived(before, generation, arrivals, Date.now())
    // too late for its refresh, but its data is in D1
    if (after === before) await this.shown.publish()
    else await this.keep(before, after)
    if (arePricedAhead(before, arrivals)) await this.shown.publish()
  }

  async postponed(generation: number, reason: string, until: number): Promise<void> {
    const before = this.store.refresh
    const after = postponed(before, generation, reason, until)
    if (after === before) return
    await this.keep(before, after)
    if (before.waiting !== after.waiting) await this.shown.publish()
  }

  /** Checks on a refresh whose lease has expired. */
  async expire(): Promise<void> {
    const before = this.store.refresh
    const { state, revive } = expired(before, Date.now())
    if (revive.length === 0) {
      if (state !== before) await this.keep(before, state)
      return
    }
    // the plan comes first, so that the one revival is not used up while D1 fails
    const { due } = await this.planned(true)
    const again = revived(state, tasksOf(due), Date.now())
    const { generation } = state
    log('refresh revived', { portfolio: this.home.id, generation, tasks: again.send.length })
    await this.keep(before, again.state, partOf(due, again.send))
  }

  private async planned(force: boolean): Promise<{ due: Plan; wanted: Wanted[] }> {
    const states = await symbolsOfPortfolio(this.home.db, this.home.id)
    const benchmarks = (await this.ledgers.portfolio())?.benchmarks ?? []
    const wanted = wantedFor(states, symbolsOfAll(benchmarks), await this.ledgers.transactions())
    const due = plan(wanted, Date.now(), { attention: 'watched', ...(force ? { freshFor: JUST_NOW } : {}) })
    return { due, wanted }
  }

  private async send(due: Plan, generation: number, ahead: string[] = []): Promise<void> {
    const { id, env } = this.home
    const requester = { portfolio: id, generation }
    try {
      const first = messagesOf({ quotes: ahead, histories: [] }, requester)
      await send(env, [...first, ...messagesOf(due, requester)])
    } catch (error) {
      log('messages not sent', { portfolio: id, generation, error: cause(error) })
      await this.store.keepRefresh(unsent(this.store.refresh, generation, Date.now()))
    }
  }

  /**
   * Stores the refresh, sends the messages of what is due, tells the pages how far it is, and updates them when it is
   * time. The record of a finished refresh is written first: if that fails, the refresh still counts as running, and
   * whoever finished it tries again. The messages go before the pages are told, of which there may be a thousand.
   */
  private async keep(
    before: RefreshState,
    after: RefreshState,
    due: Plan | null = null,
    ahead: string[] = [],
  ): Promise<void> {
    if (!isUnderway(after) && after.status !== 'idle') await this.record(after)
    await this.store.keepRefresh(after)
    if (due) await this.send(due, after.generation, ahead)
    const ended = isUnderway(before) && !isUnderway(after)
    const answers = before.generation === after.generation && before.pending.length > after.pending.length
    // a refresh of more symbols than a message has is shown once if it is over soon
    const since = Math.max(this.shown.publishedAt(), after.startedAt ?? 0)
    const isDue = answers && Date.now() - since > BETWEEN_SNAPSHOTS
    const { revision } = this.store.state
    if (ended || isDue) await this.shown.publish()
    // who was told of a new snapshot knows how far the refresh is; by now this may be a newer one
    if (this.store.state.revision === revision)
      this.shown.tellAll({ type: 'progress', ...progress(this.store.refresh) })
  }

  private async record(ended: RefreshState): Promise<void> {
    const { generation, reason, total, failed, startedAt, finishedAt } = ended
    const status = ended.status === 'failed' ? 'failed' : 'done'
    await saveRefresh(this.home.db, {
      portfolioId: this.home.id,
      generation,
      reason,
      status,
      done: total - failed.length,
      total,
      failed: failedSymbols(ended),
      startedAt: startedAt!,
      finishedAt: finishedAt!,
    })
    const ms = finishedAt! - startedAt!
    log('refresh', {
      portfolio: this.home.id,
      generation,
      reason,
      status,
      total,
      failed: failed.length,
      ms,
    })
  }
}

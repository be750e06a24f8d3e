import { cause, log } from '../jobs/log.ts'
import { MINUTE } from '../portfolio/time.ts'
import { cacheSnapshot, dropCached } from '../storage/snapshots.ts'
import type { Home } from './home.ts'
import type { Publication } from './snapshot-builder.ts'
import type { StateStore } from './state-store.ts'

/** How long a location may still find no copy in KV, or an old one, after KV was given a new one. */
const SPREADING = MINUTE

/**
 * The copies in KV from which readers are answered. KV may refuse them, because it accepts one write a second for
 * each key and a thousand a day. Meanwhile the coordinator answers whoever knows of a newer revision, and the alarm
 * tries the copies again, less and less often.
 */
export class KvCopies {
  private readonly home: Home
  private readonly store: StateStore
  /** When KV was last given a copy that a reader did not find there. */
  private restoredAt = 0

  constructor(home: Home, store: StateStore) {
    this.home = home
    this.store = store
  }

  /** With a null chart KV keeps the chart it has. */
  put(made: Publication, chart: string | null): Promise<void> {
    return this.offer(() => this.write(made, chart))
  }

  /** Deletes the copies, because a deleted portfolio must not be shown. */
  drop(): Promise<void> {
    return this.offer(() => dropCached(this.home.env.SNAPSHOTS, this.home.id))
  }

  /** Writes the copies again for a reader who found none. */
  async restore(made: Publication): Promise<void> {
    if (Math.abs(Date.now() - this.restoredAt) <= SPREADING) return
    this.restoredAt = Date.now()
    await this.put(made, made.chart)
  }

  /** Writes everything that KV lacks; null for a portfolio that was deleted. */
  retry(made: Publication | null): Promise<void> {
    const hasChart = this.store.state.pendingCopy?.tries === 0
    return this.offer(async () => {
      if (made) await this.write(made, hasChart ? null : made.chart)
      else await dropCached(this.home.env.SNAPSHOTS, this.home.id)
      await this.store.apply({ type: 'all copied' })
    })
  }

  private async offer(copy: () => Promise<void>): Promise<void> {
    try {
      await copy()
    } catch (error) {
      await this.store.apply({ type: 'copy refused', now: Date.now() })
      const tries = this.store.state.pendingCopy?.tries ?? 0
      log('copy failed', { portfolio: this.home.id, tries, error: cause(error) })
    }
  }

  private async write({ snapshot }: Publication, chart: string | null): Promise<void> {
    const now = Date.now()
    await cacheSnapshot(this.home.env.SNAPSHOTS, this.home.id, { snapshot, chart }, now)
    await this.store.apply({ type: 'copied', now })
  }
}

import { DurableObject } from 'cloudflare:workers'
import { HOUR } from '../portfolio/time.ts'
import { countBusyTime } from './busy.ts'
import { countedStorage } from './counted-storage.ts'

/** How often something may be done: so many times within so many milliseconds. */
export type Allowance = { most: number; within: number }

/**
 * Counts what somebody does that has an allowance: an object for each account, and one for each network of those who are not
 * signed in. However many isolates answer them, there is one count. Its storage keeps it, so that an object that was evicted
 * has forgotten nothing.
 */
export class Allowances extends DurableObject<Env> {
  private readonly storage = countedStorage(this.ctx.storage)

  static {
    countBusyTime(this.prototype)
  }

  /** Counts one more of `what` at `now` and returns 0; or, when there were enough, the milliseconds until one more may be. */
  take(what: string, allowance: Allowance, now: number): number {
    const done = this.done(what)
    const wait = waitFor(done, allowance, now)
    if (wait > 0) return wait
    this.keep(what, [...done, now].slice(-allowance.most))
    this.keepUntil(now + allowance.within)
    return 0
  }

  /** Takes back what was counted at `now`, because nothing came of it. */
  giveBack(what: string, now: number): void {
    const done = this.done(what)
    const at = done.lastIndexOf(now)
    if (at >= 0) this.keep(what, done.toSpliced(at, 1))
  }

  /** Forgets all that was counted: the account is gone. */
  async erase(): Promise<void> {
    await this.storage.deleteAlarm()
    await this.storage.deleteAll()
  }

  /** Nothing is left of an object in which nothing was counted for as long as its longest allowance lasts. */
  override async alarm(): Promise<void> {
    await this.storage.deleteAll()
  }

  private done(what: string): number[] {
    return this.storage.kv.get<number[]>(what) ?? []
  }

  private keep(what: string, done: number[]): void {
    this.storage.kv.put(what, done)
  }

  /** The alarm is set an hour later than it must be, so that few counts move it. */
  private keepUntil(until: number): void {
    if (until <= (this.storage.kv.get<number>(OVER) ?? 0)) return
    this.storage.kv.put(OVER, until + HOUR)
    void this.storage.setAlarm(until + HOUR)
  }
}

const OVER = 'over'

/** Returns in how many milliseconds one more is allowed after those at `times`, which are in order; 0 for now. */
export function waitFor(times: readonly number[], { most, within }: Allowance, now: number): number {
  const recent = times.filter((at) => at > now - within && at <= now)
  return recent.length < most ? 0 : recent[recent.length - most]! + within - now
}

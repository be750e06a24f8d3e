import { DurableObject } from 'cloudflare:workers'
import { countBusyTime } from './busy.ts'
import { countedStorage } from './counted-storage.ts'

/** So many wrong tries are allowed within that many milliseconds. */
const MOST_TRIES = 5
const TRIED_WITHIN = 15 * 60_000

const TIMES = 'times'

/**
 * Counts the wrong tries of whoever guesses a secret: an object for each account, and one for each network. It is its
 * storage that counts, so that an object that was evicted has forgotten nothing. A try is counted before anybody looks
 * whether it is right: many at once are as many as one after the other.
 */
export class WrongTries extends DurableObject<Env> {
  private readonly storage = countedStorage(this.ctx.storage)

  static {
    countBusyTime(this.prototype)
  }

  /** Counts a try at `now`. Returns how long to wait, in milliseconds, when there were too many; null to go on. */
  begin(now: number): number | null {
    const recent = within(this.times, now)
    if (recent.length >= MOST_TRIES) return recent.at(-MOST_TRIES)! + TRIED_WITHIN - now
    this.keep([...recent, now])
    return null
  }

  /** Takes a try back that was begun at `now`: it was right. */
  takeBack(now: number): void {
    const { times } = this
    const at = times.indexOf(now)
    if (at >= 0) this.keep(times.toSpliced(at, 1))
  }

  /** Nothing is left of an object whose tries are all too old to count. */
  override async alarm(): Promise<void> {
    await this.storage.deleteAll()
  }

  private get times(): number[] {
    return this.storage.kv.get<number[]>(TIMES) ?? []
  }

  private keep(times: number[]): void {
    this.storage.kv.put(TIMES, times)
    void this.storage.setAlarm(Date.now() + TRIED_WITHIN)
  }
}

function within(times: readonly number[], now: number): number[] {
  return times.filter((each) => each > now - TRIED_WITHIN)
}

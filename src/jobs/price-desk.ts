import { DurableObject } from 'cloudflare:workers'
import { database } from '../storage/database.ts'
import type { Delivery as NoticeDelivery } from '../storage/notices.ts'
import { countBusyTime } from './busy.ts'
import { handOver } from './counters.ts'
import { deliverNotice, type LocaleOf } from './deliver-notice.ts'
import { fetchHistory } from './fetch-history.ts'
import { fetchQuotes } from './fetch-quotes.ts'
import { log } from './log.ts'
import type { Outcome } from './outcome.ts'
import { runCron } from './schedule.ts'
import type { MarketMessage } from './messages.ts'

/**
 * A message as the queue delivers it, sent at an instant in milliseconds; at the first of its `attempts` it was never
 * delivered before.
 */
export type Delivery = { id: string; attempts: number; sentAt: number; message: MarketMessage }

/** So many of the latest deliveries are remembered. */
const REMEMBERED = 100

/**
 * Does what messages and the clock ask for. Reading histories, their verdicts, plans and gaps take more CPU than the
 * Worker that receives them has on the free plan (10 ms; an object has 30 s), so it only hands them over. The number of
 * these objects is fixed, and a symbol's messages go to the same one (durable-objects.ts).
 */
export abstract class PriceDesk extends DurableObject<Env> {
  static {
    countBusyTime(this.prototype)
  }

  /** The languages of notices, which are of a floor above (index.ts). */
  protected abstract readonly localeOf: LocaleOf

  private readonly deliveries = new Map<string, Promise<Outcome>>()

  /**
   * Carries out a message. When a consumer was killed before it could acknowledge, its messages come again: what was
   * carried out, or is at work, is answered without another question to the market.
   */
  carryOut(delivery: Delivery): Promise<Outcome> {
    const { id, attempts } = delivery
    const before = attempts > 1 ? this.deliveries.get(id) : undefined
    if (before) {
      log('message carried out before', { id, attempts })
      return before
    }
    const work = carryOut(delivery, this.env)
    // the object may have an isolate of its own, and its counts no other way out
    const over = () => handOver(this.env.DB, Date.now())
    this.ctx.waitUntil(work.then(over, over))
    this.deliveries.set(id, work)
    for (const [oldest] of this.deliveries) {
      if (this.deliveries.size <= REMEMBERED) break
      this.deliveries.delete(oldest)
    }
    const forget = () => void this.deliveries.delete(id)
    void work.then(({ retryAfter }) => retryAfter !== null && forget(), forget)
    return work
  }

  /** Sends a notice by a channel: encrypting and signing it takes CPU as well. */
  async deliver(delivery: NoticeDelivery): Promise<void> {
    await deliverNotice(this.env, delivery, Date.now(), this.localeOf)
    await handOver(this.env.DB, Date.now())
  }

  /** Does what is scheduled (schedule.ts). */
  async tick(cron: string, scheduledTime: number): Promise<void> {
    await runCron(cron, scheduledTime, this.env)
  }
}

/**
 * Asks the market what a message names, and stores what is accepted of the answer. Of one that comes again, only what is
 * still to come.
 */
export function carryOut({ attempts, sentAt, message }: Omit<Delivery, 'id'>, env: Env): Promise<Outcome> {
  const db = database(env.DB)
  const again = attempts > 1 ? sentAt : null
  return message.kind === 'quotes'
    ? fetchQuotes(message, env, db, again)
    : fetchHistory(message, env, db, again)
}

import type { Notice, Told } from '../portfolio/notice.ts'
import { database, inOneTransaction } from '../storage/database.ts'
import { type Delivery, giveUpSending, leftWaiting, noticed, waitingOf } from '../storage/notices.ts'
import { HOUR } from '../portfolio/time.ts'
import { cause, log } from './log.ts'
import { send } from './queue.ts'

/** Tells somebody something, once for each id: it is written down, and a message for each of their channels is on its way. */
export async function tell(env: Env, told: Told, notices: readonly Notice[]): Promise<void> {
  if (notices.length === 0) return
  const db = database(env.DB)
  await inOneTransaction(db, noticed(db, told, notices))
  await announce(
    env,
    told.account,
    notices.map(({ id }) => id),
  )
}

/**
 * Sends the messages for what was written down (`noticed`) in somebody else's transaction. Where the queue does not take them they
 * go after the next close.
 */
export async function announce(env: Env, account: string, ids: readonly string[]): Promise<void> {
  const waiting = await waitingOf(database(env.DB), account, ids)
  try {
    await send(env, waiting.map(messageOf))
  } catch (error) {
    log('notices wait', { deliveries: waiting.length, error: cause(error) })
  }
}

/** So many at once: a family that was told nothing for a day. */
const MOST_LEFT = 100

/** Sends the messages for what has waited for an hour, and gives up what nobody knows the end of. Answers how many were sent. */
export async function tellWhatWaits(env: Env, now: number): Promise<number> {
  const db = database(env.DB)
  const left = await leftWaiting(db, now - LONGEST_WAIT, MOST_LEFT)
  await inOneTransaction(db, [giveUpSending(db, now - HOUR)])
  return send(env, left.map(messageOf))
}

/** No message of ours is held back longer. */
export const LONGEST_WAIT = 12 * HOUR

function messageOf({ notice, channel }: Delivery) {
  return { kind: 'notice', notice, channel } as const
}

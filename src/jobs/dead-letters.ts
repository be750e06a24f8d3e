import { database } from '../storage/database.ts'
import {
  type DeadLetter,
  deadLetterOf,
  deadLettersWaiting,
  markResent,
  unmarkResent,
} from '../storage/dead-letters.ts'
import { json } from '../storage/json.ts'
import { cause, log } from './log.ts'
import { isOfPrices, readMessage, type RefreshMessage } from './messages.ts'
import { send } from './queue.ts'

/** The outcome of sending a letter again. `sent` includes a letter that had been sent before, at `at`. */
export type Resent =
  | { status: 'sent'; at: number }
  | { status: 'missing' }
  | { status: 'unreadable' }
  /** The queue did not take it. */
  | { status: 'unsent' }

/**
 * Sends a dead letter through the queue once more. The letter is marked first, so that two clicks send it once, and the
 * mark is taken back only when the queue refuses it. When the Worker is killed in between, the letter is marked but not
 * sent; the next refresh makes up for it, since it plans from what is stored and not from old messages.
 */
export async function resend(env: Env, id: string, now: number): Promise<Resent> {
  const db = database(env.DB)
  const letter = await deadLetterOf(db, id)
  if (!letter) return { status: 'missing' }
  if (letter.resentAt !== null) return { status: 'sent', at: letter.resentAt }
  if (!messageIn(letter.message)) return { status: 'unreadable' }
  const marked = await markResent(db, [id], now)
  if (marked.length === 0) return { status: 'sent', at: (await deadLetterOf(db, id))?.resentAt ?? now }
  return (await carried(env, marked)) ? { status: 'sent', at: now } : { status: 'unsent' }
}

/** The most letters sent at once, one batch of the queue. An owner with more of them clicks again. */
const MOST = 100
/** How many letters are looked at to find them, because letters that cannot be sent may come first. */
const LOOKED_AT = 1000

/** Sends all waiting letters again, the oldest first. Answers how many; null when the queue did not take them. */
export async function resendAll(env: Env, now: number): Promise<number | null> {
  const db = database(env.DB)
  const waiting = await deadLettersWaiting(db, LOOKED_AT)
  const sendable = waiting.filter(({ message }) => messageIn(message) !== null).slice(0, MOST)
  const marked = await markResent(
    db,
    sendable.map(({ id }) => id),
    now,
  )
  return (await carried(env, marked)) ? marked.length : null
}

/** False when the queue does not take the letters, which then wait as before. */
async function carried(env: Env, letters: readonly DeadLetter[]): Promise<boolean> {
  const ids = letters.map(({ id }) => id)
  try {
    await send(
      env,
      letters.flatMap(({ message }) => withoutEnd(messageIn(message)) ?? []),
    )
  } catch (error) {
    log('dead letters not sent', { ids, error: cause(error) })
    await unmarkResent(database(env.DB), ids)
    return false
  }
  log('dead letters sent again', { ids })
  return true
}

/** Takes the end off a message of the cron, which would drop it after its minute: who sends it again wants it now. */
function withoutEnd(message: RefreshMessage | null): RefreshMessage | null {
  if (message === null || !isOfPrices(message)) return message
  const { until: _past, ...still } = message
  return still
}

/** The message of a dead letter; null when no version of ours has sent it. */
export function messageIn(letter: string): RefreshMessage | null {
  return readMessage(json(letter))
}

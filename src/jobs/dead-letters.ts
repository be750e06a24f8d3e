import { database } from '../storage/database.ts'
import {
  type DeadLetter,
  deadLetterOf,
  deadLettersWaiting,
  markResent,
  unmarkResent,
} from '../storage/dead-letters.ts'
import { cause, log } from './log.ts'
import { readMessage, type RefreshMessage } from './messages.ts'
import { send } from './queue.ts'

/** `sent` also when it had been sent before: `at` is when. */
export type Resent =
  | { status: 'sent'; at: number }
  | { status: 'missing' }
  | { status: 'unreadable' }
  /** The queue did not take it. */
  | { status: 'unsent' }

/**
 * Sends a dead letter through the queue once more. It is marked first, so that two clicks send it once; only when the
 * queue refuses it is the mark taken back. Killed in between it is marked and not sent, which the next refresh makes
 * good: what its portfolios need is planned from what is stored, not from old messages.
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

/** So many at once, which are one batch of the queue; who has more clicks again. */
const MOST = 100
/** Letters that cannot be sent may lie before them. */
const LOOKED_AT = 1000

/** The same for all that wait, the oldest first. Answers how many were sent; null when the queue did not take them. */
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

/** False when the queue does not take them: then they wait as before. */
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

/** What the clock asked for is dropped after its minute; who sends it again wants it now. */
function withoutEnd(message: RefreshMessage | null): RefreshMessage | null {
  if (message === null || message.kind === 'chart') return message
  const { until: _past, ...still } = message
  return still
}

/** The message of a dead letter; null when no version of ours has sent it. */
export function messageIn(letter: string): RefreshMessage | null {
  return readMessage(JSON.parse(letter))
}

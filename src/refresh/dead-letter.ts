import { database } from '../storage/database.ts'
import { deadLetterOf, markResent, unmarkResent } from '../storage/records.ts'
import { cause, log } from './log.ts'
import { isRefreshMessage, type RefreshMessage } from './messages.ts'

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
  const message = messageIn(letter.message)
  if (!message) return { status: 'unreadable' }
  if (!(await markResent(db, id, now))) {
    return { status: 'sent', at: (await deadLetterOf(db, id))?.resentAt ?? now }
  }
  try {
    await env.REFRESH.send(message)
  } catch (error) {
    log('dead letter not sent', { id, error: cause(error) })
    await unmarkResent(db, id)
    return { status: 'unsent' }
  }
  log('dead letter sent again', { id, kind: message.kind })
  return { status: 'sent', at: now }
}

/** Null for what no version of ours has sent. */
export function messageIn(letter: string): RefreshMessage | null {
  const body = JSON.parse(letter) as unknown
  return isRefreshMessage(body) ? body : null
}

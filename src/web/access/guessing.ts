import { wrongTries } from '../../jobs/durable-objects.ts'
import { refusal } from '../refusal.tsx'
import type { AppContext } from '../request.ts'
import { networkOf } from './network.ts'
import { english } from '../words/words.ts'

/**
 * Lets somebody try a secret unless there were too many wrong ones from their network, or at what `target` names. `isRight`
 * says what the secret proves; null for a wrong one. The answer is what it said, or the refusal that says when to come
 * again.
 */
export async function tryOnce<T>(
  c: AppContext,
  target: string | null,
  isRight: () => Promise<T | null>,
): Promise<T | null | Response> {
  const now = Date.now()
  const network = `network ${networkOf(c.req.header('cf-connecting-ip') ?? 'unknown')}`
  const counted = []
  for (const whose of target === null ? [network] : [network, target]) {
    const counter = wrongTries(c.env, whose)
    const wait = await counter.begin(now)
    if (wait !== null) return tooMany(c, wait)
    counted.push(counter)
  }
  const proved = await isRight()
  if (proved !== null) await Promise.all(counted.map((counter) => counter.takeBack(now)))
  return proved
}

async function tooMany(c: AppContext, wait: number): Promise<Response> {
  const seconds = Math.max(1, Math.ceil(wait / 1000))
  const minutes = Math.ceil(seconds / 60)
  c.header('retry-after', String(seconds))
  return refusal(
    c,
    429,
    minutes === 1
      ? english('There were too many wrong tries. Try again in a minute.')
      : english('There were too many wrong tries. Try again in {n} minutes.', { n: minutes }),
  )
}

import { HOUR, MINUTE, SECOND } from '../../portfolio/time.ts'
import { database } from '../../storage/database.ts'
import { portfoliosOf } from '../../storage/portfolios.ts'
import { refusal } from '../refusal.tsx'
import type { AppContext } from '../request.ts'

type Allowance = { most: number; within: number; sentence: string }

const allowances = {
  write: { most: 60, within: MINUTE, sentence: 'At most 60 changes are made in a minute.' },
  import: { most: 10, within: HOUR, sentence: 'At most 10 files are imported in an hour.' },
  refresh: { most: 1, within: 30 * SECOND, sentence: 'Prices are fetched at most once in 30 seconds.' },
} as const satisfies Record<string, Allowance>

/** So many portfolios may one account have. */
export const MOST_PORTFOLIOS = 20

/**
 * When somebody last did what has an allowance, in this isolate. It is a brake on a program that runs wild, and not a
 * count: another isolate has its own, and a trip to one that all share would make each edit slower.
 */
const done = new Map<string, number[]>()
const MOST_KEPT = 5000

/** Refuses what somebody has done as often as they may, and says in `Retry-After` when they may again; null else. */
export function refuseTooOften(
  c: AppContext,
  kind: keyof typeof allowances,
  whose: string,
): Response | Promise<Response> | null {
  const allowance = allowances[kind]
  const wait = hasNoLimits(c) ? 0 : waitFor(done.get(`${kind} ${whose}`) ?? [], allowance, Date.now())
  if (wait === 0) return null
  const seconds = Math.ceil(wait / SECOND)
  c.header('retry-after', String(seconds))
  const again = seconds > 90 ? `${Math.ceil(seconds / 60)} minutes` : `${seconds} seconds`
  return refusal(c, 429, `${allowance.sentence} Try again in ${again}.`)
}

/** Notes that somebody does what has an allowance. */
export function noteDone(kind: keyof typeof allowances, whose: string): void {
  const [key, now] = [`${kind} ${whose}`, Date.now()]
  const { most } = allowances[kind]
  const times = [...(done.get(key) ?? []), now].slice(-most)
  // whoever did something last is last in the order
  done.delete(key)
  done.set(key, times)
  const [first] = done.keys()
  if (done.size > MOST_KEPT) done.delete(first!)
}

/**
 * Refuses one more change than a minute has; it is noted else. `whose` is an account, or an account in a portfolio: somebody
 * who moves in with twenty of them may do so at once.
 */
export function refuseWrite(c: AppContext, whose: string): Response | Promise<Response> | null {
  if (['GET', 'HEAD', 'OPTIONS'].includes(c.req.method)) return null
  const refused = refuseTooOften(c, 'write', whose)
  if (!refused) noteDone('write', whose)
  return refused
}

/** Refuses one more portfolio than an account may have; null while it may have one more. */
export async function refusePortfolio(c: AppContext, account: string): Promise<Response | null> {
  if (hasNoLimits(c)) return null
  const own = await portfoliosOf(database(c.env.DB), account)
  if (own.length < MOST_PORTFOLIOS) return null
  return refusal(c, 422, `An account has at most ${MOST_PORTFOLIOS} portfolios. Delete one first.`)
}

/** Returns in how many milliseconds one more is allowed after those at `times`, which are in order; 0 for now. */
export function waitFor(times: readonly number[], { most, within }: Allowance, now: number): number {
  const recent = times.filter((at) => at > now - within && at <= now)
  return recent.length < most ? 0 : recent[recent.length - most]! + within - now
}

/** Tests do in a second what nobody does in an hour. */
function hasNoLimits(c: AppContext): boolean {
  return (c.env as Env & { LIMITS?: string }).LIMITS === 'off'
}

import type { Allowance } from '../../jobs/allowances.ts'
import { allowances as counterOf } from '../../jobs/durable-objects.ts'
import { HOUR, MINUTE, SECOND } from '../../portfolio/time.ts'
import { database } from '../../storage/database.ts'
import { MOST_PORTFOLIOS, portfoliosOf } from '../../storage/portfolios.ts'
import { refusal } from '../refusal.tsx'
import type { AppContext } from '../request.ts'
import { networkOf } from './network.ts'
import { english } from '../words/words.ts'

const allowances = {
  write: { most: 60, within: MINUTE, sentence: english('You can make at most 60 changes a minute.') },
  import: { most: 10, within: HOUR, sentence: english('You can import at most 10 files an hour.') },
  refresh: {
    most: 1,
    within: 30 * SECOND,
    sentence: english('Prices can be refreshed once every 30 seconds.'),
  },
  feed: { most: 30, within: MINUTE, sentence: english('A feed can be read at most 30 times a minute.') },
  'test notice': {
    most: 20,
    within: HOUR,
    sentence: english('You can send at most 20 tests an hour.'),
  },
  ceremony: {
    most: 30,
    within: MINUTE,
    sentence: english('At most 30 sign-ins a minute can start from one network.'),
  },
} as const satisfies Record<string, Allowance & { sentence: string }>

/**
 * Counts one more of what has an allowance, for an account in a portfolio, or without one for the account itself. Returns,
 * before any work is done, the refusal that says in `Retry-After` when they may again; null where they may.
 */
export async function refuseTooOften(
  c: AppContext,
  kind: keyof typeof allowances,
  whose: string,
  portfolioId = '',
  now = Date.now(),
): Promise<Response | null> {
  if (hasNoLimits(c)) return null
  const { sentence, most, within } = allowances[kind]
  const wait = await counterOf(c.env, whose).take(`${kind} ${portfolioId}`, { most, within }, now)
  if (wait === 0) return null
  const seconds = Math.ceil(wait / SECOND)
  c.header('retry-after', String(seconds))
  const again =
    seconds > 90
      ? english('Try again in {n} minutes.', { n: Math.ceil(seconds / 60) })
      : english('Try again in {n} seconds.', { n: seconds })
  return refusal(c, 429, `${sentence} ${again}`)
}

/** The same for an import, which counts when it begins; `takeBack` is for one of which nothing came. */
export async function beginImport(
  c: AppContext,
  account: string,
  portfolioId: string,
): Promise<{ refused: Response | null; takeBack: () => Promise<void> }> {
  const now = Date.now()
  const refused = await refuseTooOften(c, 'import', account, portfolioId, now)
  const takeBack = async () => {
    if (!hasNoLimits(c)) await counterOf(c.env, account).giveBack(`import ${portfolioId}`, now)
  }
  return { refused, takeBack }
}

/**
 * Refuses one more change than a minute has. They are counted for an account, and apart from that for each portfolio: somebody
 * who moves in with twenty of them may do so at once.
 */
export async function refuseWrite(
  c: AppContext,
  account: string,
  portfolioId?: string,
): Promise<Response | null> {
  if (['GET', 'HEAD', 'OPTIONS'].includes(c.req.method)) return null
  return refuseTooOften(c, 'write', account, portfolioId)
}

/** Refuses a program that reads a feed, by the hash of its address, again and again. */
export function refuseReading(c: AppContext, hash: string): Promise<Response | null> {
  return refuseTooOften(c, 'feed', `feed ${hash}`)
}

/** Refuses a network that begins one sign-in after the other: each is a row that is kept for minutes. */
export function refuseCeremony(c: AppContext): Promise<Response | null> {
  return refuseTooOften(c, 'ceremony', `network ${networkOf(c.req.header('cf-connecting-ip') ?? 'unknown')}`)
}

/** Refuses one more portfolio than an account may have; null while it may have one more. */
export async function refusePortfolio(c: AppContext, account: string): Promise<Response | null> {
  return (await portfoliosLeft(c, account)) > 0 ? null : tooManyPortfolios(c)
}

export function tooManyPortfolios(c: AppContext): Response | Promise<Response> {
  return refusal(
    c,
    422,
    english('An account has at most {n} portfolios. Delete one first.', { n: MOST_PORTFOLIOS }),
  )
}

/** How many more portfolios an account may have. */
export async function portfoliosLeft(c: AppContext, account: string): Promise<number> {
  if (hasNoLimits(c)) return Infinity
  return MOST_PORTFOLIOS - (await portfoliosOf(database(c.env.DB), account)).length
}

/** Tests do in a second what nobody does in an hour. */
function hasNoLimits(c: AppContext): boolean {
  return (c.env as Env & { LIMITS?: string }).LIMITS === 'off'
}

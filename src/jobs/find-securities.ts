import type { Security } from '../portfolio/instrument.ts'
import { DAY, SECOND } from '../portfolio/time.ts'
import { type Database, inOneTransaction } from '../storage/database.ts'
import { instrumentsLike, saveSearch, searchOf, type Searched } from '../storage/securities.ts'
import { gateway } from './durable-objects.ts'
import { cause, log } from './log.ts'

/** What was found: of what is stored, and of the source, as far as it was asked. */
export type FoundSecurities = {
  securities: Security[]
  /** When the source said so, in milliseconds; null while it has not. */
  askedAt: number | null
  /** Why the source has not answered now; null when it has, or did not long ago. */
  reason: string | null
}

/**
 * Finds securities by a text and the ticker that it may be (statements/security-query.ts): those that are stored and
 * whose ticker begins so, then what the source says. It is asked once a week for the same text, or once a day while it
 * finds nothing. Whoever waits does so for at most the eight seconds that a source has to answer; what it said before
 * is used when it does not.
 */
export async function findSecurities(
  env: Env,
  db: Database,
  { query, symbol }: { query: string; symbol: string | null },
  now: number,
): Promise<FoundSecurities> {
  if (query === '') return { securities: [], askedAt: null, reason: null }
  const [stored, searched] = await Promise.all([instrumentsLike(db, symbol ?? query), searchOf(db, query)])
  if (searched && isFresh(searched, now)) return together(stored, searched, null)
  const answer = await askedNow(env, query)
  if (answer.status !== 'ok') return together(stored, searched, answer.reason)
  const fresh = { found: answer.value, at: now }
  await inOneTransaction(db, [saveSearch(db, query, fresh)])
  return together(stored, fresh, null)
}

function isFresh({ found, at }: Searched, now: number): boolean {
  return now - at < (found.length > 0 ? 7 : 1) * DAY
}

function together(
  stored: readonly Security[],
  searched: Searched | null,
  reason: string | null,
): FoundSecurities {
  const own = new Set(stored.map(({ symbol }) => symbol))
  const others = searched?.found.filter(({ symbol }) => !own.has(symbol)) ?? []
  return { securities: [...stored, ...others], askedAt: searched?.at ?? null, reason }
}

async function askedNow(env: Env, query: string): Promise<Awaited<ReturnType<Gateway['search']>> | Late> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<Late>((resolve) => {
    timer = setTimeout(() => resolve(tooLate), 8 * SECOND)
  })
  const failed = (error: unknown) => {
    log('search failed', { error: cause(error) })
    return tooLate
  }
  const asked = gateway(env).search(query).catch(failed)
  return Promise.race([asked, late]).finally(() => clearTimeout(timer))
}

type Gateway = ReturnType<typeof gateway>
type Late = { status: 'unavailable'; reason: string }
const tooLate: Late = { status: 'unavailable', reason: 'the source did not answer in time' }

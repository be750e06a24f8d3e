import type { Ended } from '../jobs/upstream-calls.ts'

/**
 * How an endpoint does: it works, it refuses us (it answers, but not with what was asked for: another place, a key or a
 * relay may help), or it is down (it does not answer, and nobody can do anything about it). Null before the first call.
 */
type Health = 'works' | 'refuses us' | 'down' | null

type Endpoint = {
  source: string
  endpoint: string
  goodAt: number | null
  refusedAt: number | null
  refusedBy: string | null
  health: Health
}

/** Says of each endpoint when it last answered well, when it last did not, and how it does. */
export function endpointHealth(ended: readonly Ended[]): Endpoint[] {
  const byEndpoint = Map.groupBy(ended, ({ source, endpoint }) => `${source} ${endpoint}`)
  return [...byEndpoint.values()].map((own) => {
    const { source, endpoint } = own[0]!
    const good = latest(own.filter(({ outcome }) => answered.has(outcome)))
    const refused = latest(own.filter(({ outcome }) => !answered.has(outcome)))
    const isGood = refused === null || (good !== null && good.at > refused.at)
    return {
      source,
      endpoint,
      goodAt: good?.at ?? null,
      refusedAt: refused?.at ?? null,
      refusedBy: refused?.outcome ?? null,
      health: isGood ? good && 'works' : down.has(refused.outcome) ? 'down' : 'refuses us',
    }
  })
}

/** A rejection is an answer: the source does not know the symbol. */
const answered = new Set(['ok', 'rejected'])
const down = new Set(['5xx', 'timeout', 'network'])

function latest(own: readonly Ended[]): (Ended & { at: number }) | null {
  const dated = own.flatMap((each) => (each.at === null ? [] : [{ ...each, at: each.at }]))
  return dated.toSorted((a, b) => b.at - a.at)[0] ?? null
}

import type { JSONWebKeySet, JWK } from 'jose'

/** How long keys are used before they are looked at again, and the least time between two looks. */
const GOOD_FOR = 60 * 60_000
const NOT_WITHIN = 60_000

type Kept = { keys: JWK[]; askedAt: number; asking: Promise<void> }

/** By issuer. Each isolate of the Worker has its own. */
const kept = new Map<string, Kept>()

/**
 * Returns the keys with which a team of Cloudflare Access signs. They are asked for again when the one with that id is not
 * among them, but only once in a minute: whoever sends made-up ids must not make us ask. Empty when they cannot be had.
 */
export async function accessKeys(
  issuer: string,
  keyId: string,
  now: number,
  keepAlive: (work: Promise<void>) => void,
): Promise<JSONWebKeySet> {
  const known = kept.get(issuer) ?? { keys: [], askedAt: -Infinity, asking: Promise.resolve() }
  kept.set(issuer, known)
  const isKnown = known.keys.some(({ kid }) => kid === keyId)
  if (now - known.askedAt >= (isKnown ? GOOD_FOR : NOT_WITHIN)) {
    known.askedAt = now
    known.asking = renew(known, issuer)
    keepAlive(known.asking)
  }
  if (!isKnown) await known.asking
  return { keys: known.keys }
}

async function renew(known: Kept, issuer: string): Promise<void> {
  const keys = await ask(issuer)
  if (keys.length > 0) known.keys = keys
}

async function ask(issuer: string): Promise<JWK[]> {
  try {
    const signal = AbortSignal.timeout(5000)
    const answer = await fetch(`${issuer}/cdn-cgi/access/certs`, { signal })
    if (!answer.ok) return []
    const { keys } = await answer.json<{ keys?: unknown }>()
    return Array.isArray(keys) ? (keys as JWK[]).filter(({ kid }) => typeof kid === 'string') : []
  } catch {
    return []
  }
}

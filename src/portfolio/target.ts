import { type Decimal, decimal, divide, ONE, sum, text } from './decimal.ts'
import { type Instrument, kindNames, SYMBOL } from './instrument.ts'

/** What is weighed: holdings, kinds of them, or the currencies that they trade in. */
export type TargetsBy = 'holding' | 'kind' | 'currency'

/** Which part of a portfolio each name is to be: 0.6 is 60 %. Together they are at most 1; the rest is to stay in cash. */
export type Targets = { by: TargetsBy; weights: readonly { name: string; weight: Decimal }[]; rest: Decimal }

/**
 * Reads targets as people write them: `VOO 60, BND 40`, `60% VOO + 40% BND`, `kind: ETFs 70, Stocks 20` or
 * `currency: USD 70, EUR 30`. Null for nothing; a reason where they cannot be read. `spelling` is the one way in which they
 * are stored.
 */
export function readTargets(
  typed: string,
): { targets: Targets; spelling: string } | { reason: string } | null {
  const [, head, list = ''] = /^\s*(?:(?:by\s+)?(kinds?|types?|currency|currencies)\s*:)?(.*)$/is.exec(typed)!
  const parts = list.split(/[,;+\n]/).filter((part) => part.trim() !== '')
  if (parts.length === 0) return head ? { reason: 'there are no targets behind the colon' } : null
  if (parts.length > MOST) return { reason: `there can be at most ${MOST} targets` }
  const by: TargetsBy = head === undefined ? 'holding' : /^[kt]/i.test(head) ? 'kind' : 'currency'
  const weights: { name: string; weight: Decimal }[] = []
  for (const part of parts) {
    const [, before, name = '', after] = PART.exec(part.trim()) ?? []
    const percent = decimal(before ?? after ?? '')
    if (percent === null) return { reason: `“${part.trim().slice(0, 60)}” is not a target such as VOO 60` }
    const known = names[by](name)
    if (known === null) return { reason: `“${name.slice(0, 60)}” is not ${what[by]}` }
    if (weights.some((each) => each.name === known)) return { reason: `${known} has two targets` }
    if (percent <= 0n) return { reason: `the target of ${known} must be more than 0` }
    weights.push({ name: known, weight: divide(percent, 100n) })
  }
  const all = sum(weights.map(({ weight }) => weight))
  if (all > ONE) return { reason: `the targets are ${text(all * 100n)} % together, which is more than 100 %` }
  const spelled = weights.map(({ name, weight }) => `${name} ${text(weight * 100n)}`).join(', ')
  const spelling = by === 'holding' ? spelled : `${by}: ${spelled}`
  return { targets: { by, weights, rest: ONE - all }, spelling }
}

const MOST = 50
const PART = /^(?:(\d+(?:\.\d{1,4})?)\s*%?\s+)?(.*?)(?:[\s:]+(\d+(?:\.\d{1,4})?)\s*%?)?$/s

const what: Record<TargetsBy, string> = {
  holding: 'a ticker',
  kind: `one of ${Object.values(kindNames).join(', ')}`,
  currency: 'a currency code such as USD',
}

/** The name as it is stored; null for none. */
const names: Record<TargetsBy, (typed: string) => string | null> = {
  holding: (typed) => (SYMBOL.test(typed.toUpperCase()) ? typed.toUpperCase() : null),
  kind: (typed) => kindOf(typed.toLowerCase()),
  currency: (typed) => (/^[a-z]{3}$/i.test(typed) ? typed.toUpperCase() : null),
}

/** `etf`, `ETFs` and `stock` are what they say. */
function kindOf(typed: string): string | null {
  const found = Object.entries(kindNames).find(
    ([kind, name]) => typed === kind || typed === name.toLowerCase() || `${typed}s` === name.toLowerCase(),
  ) as [Instrument['kind'], string] | undefined
  return found?.[1] ?? null
}

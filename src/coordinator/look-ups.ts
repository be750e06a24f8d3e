import { cause, log } from '../jobs/log.ts'
import { send } from '../jobs/queue.ts'
import { sourceOf } from '../jobs/source.ts'
import { HOUR, MINUTE } from '../portfolio/time.ts'
import type { Home } from './home.ts'
import type { MissingPrices, Refused } from './look.ts'

/** So many symbols are asked for in an hour for looks at one portfolio. */
const MOST = 20

/** The instants at which a symbol was first asked for, and last. */
type Asked = { first: number; last: number }

/** What is asked for now, and what whoever looks is told meanwhile. */
type LookUp = { ask: Extract<MissingPrices, { from: string }>[]; told: Refused }

/**
 * Has prices fetched that somebody looks at: nothing is saved of the look, and the portfolio tracks no more than it did. What
 * was asked for lately is in memory: an object that forgets it asks once more.
 */
export class LookUps {
  private readonly home: Home
  private readonly asked = new Map<string, Asked>()

  constructor(home: Home) {
    this.home = home
  }

  /** Returns what the reader is told. */
  async fetch(missing: readonly MissingPrices[], now: number): Promise<Refused> {
    for (const [symbol, { last }] of this.asked) if (last <= now - HOUR) this.asked.delete(symbol)
    const { ask, told } = lookUp(missing, this.asked, sourceOf(this.home.env).name, now)
    if (ask.length === 0) return told
    for (const { symbol } of ask)
      this.asked.set(symbol, { first: this.asked.get(symbol)?.first ?? now, last: now })
    const messages = ask.map(({ symbol, from }) => ({
      kind: 'history' as const,
      symbol,
      from,
      requester: null,
      until: now + 5 * MINUTE,
    }))
    try {
      await send(this.home.env, messages)
    } catch (error) {
      log('messages not sent', { portfolio: this.home.id, error: cause(error) })
    }
    return told
  }
}

/** Decides what is asked for. What the source has answered that it does not have is told at once, and nothing else is asked. */
export function lookUp(
  missing: readonly MissingPrices[],
  asked: ReadonlyMap<string, Asked>,
  source: string,
  now: number,
): LookUp {
  for (const each of missing)
    if ('reason' in each) {
      const { symbol, reason } = each
      // a source begins with it, too
      const why = reason.replace(`${symbol}: `, '')
      return {
        ask: [],
        told: { refused: `${named(source)} has no prices of ${symbol}: ${why}.`, unknown: symbol },
      }
    }
  const wanted = missing.filter((each) => 'from' in each)
  const fresh = wanted.filter(({ symbol }) => !asked.has(symbol))
  const symbols = wanted.map(({ symbol }) => symbol).join(', ')
  if (asked.size + fresh.length > MOST)
    return {
      ask: [],
      told: {
        refused: `No prices of ${symbols} are stored, and ${MOST} symbols have been asked for in this hour. Add it to the benchmarks in the settings, and they are fetched.`,
      },
    }
  const ask = wanted.filter(({ symbol }) => (asked.get(symbol)?.last ?? 0) <= now - MINUTE)
  const isSlow = wanted.some(({ symbol }) => (asked.get(symbol)?.first ?? now) <= now - MINUTE)
  const told = isSlow
    ? `The prices of ${symbols} have not come yet: ${source} may be down. It is asked again each minute.`
    : `The prices of ${symbols} are being fetched. They are here in a few seconds.`
  return { ask, told: { refused: told, awaits: true } }
}

/** At the beginning of a sentence: `The demo market`. */
function named(source: string): string {
  return `${source[0]!.toUpperCase()}${source.slice(1)}`
}

import { stored } from '../../portfolio/decimal.ts'
import type { Snapshot } from '../snapshot.ts'
import type { AlertFamily } from './family.ts'
import { priceOf, says } from './says.ts'

/** A price was put in quarantine, of whatever the portfolio holds or compares itself with; once a day on which one began to. */
export const priceHeld: AlertFamily = {
  asks: { subject: null, level: null },
  read: (_, { held }) => ({
    happened: [...held].map(([symbol, { price, currency, at, since, reason }]) => ({
      symbol,
      of: since,
      says: says('The price of {symbol} is held for review: {price} at {time} New York, {reason}.', {
        symbol,
        price: priceOf(stored(price), currency),
        time: { time: at },
        reason: { reason },
      }),
    })),
  }),
}

/**
 * No price of the portfolio was fetched since New York's last session that is over began: for a day, or for a weekend and a day.
 * Only what is still quoted counts.
 */
export const sourceDown: AlertFamily = {
  asks: { subject: null, level: null },
  read: (_, { snapshot, lastSession }) => {
    const last = lastFetched(snapshot)
    if (last === null) return null
    return {
      isBeyond: last < lastSession,
      says: says(
        'No prices have come for a day: the last ones are from {time} New York, before the last session.',
        { time: { time: last } },
      ),
    }
  },
}

function lastFetched({ holdings, benchmark_quotes }: Snapshot): number | null {
  const fetched = [...holdings, ...benchmark_quotes].flatMap(({ fetched_at, delisted }) =>
    fetched_at === null || delisted !== null ? [] : [fetched_at],
  )
  return fetched.length === 0 ? null : Math.max(...fetched)
}

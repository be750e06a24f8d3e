import { plainNumber } from './spelling.ts'
import type { Reading } from './statement-format.ts'

/**
 * Brokers report a split or a stock dividend by the extra shares alone (+30 of NVDA), not by its ratio. The row is not
 * needed, because the market source knows the ratio and the ledger applies it. Guessing a ratio could apply a split
 * twice. A split that is added by hand does nothing when the source lists it as well.
 */
export const split: Reading = {
  skip: 'splits and stock dividends come from market data; if a share count looks wrong, add the split by hand, as shares after it to shares before it',
}

export const option: Reading = { skip: 'options are not tracked' }

/** Shares that came or went without a price. The ledger needs them, and only the owner knows what they cost. */
export function sharesMoved(shares: string, symbol: string, how: string): Reading {
  return {
    reject: `${named(shares, symbol)} ${how}: add them by hand, as a buy at their cost or as a sell.`,
  }
}

/**
 * Shares of a company that another one has spun off. The ledger has no such kind. A dividend of the old company that
 * buys them moves no money into the portfolio or out of it, so that value, returns and gap are right. A buy alone would
 * infer a deposit. Sources list some spin-offs as splits of the old company, which keeps its shares.
 */
export function spunOff(shares: string, symbol: string): Reading {
  return {
    reject: `${named(shares, symbol)} came from a spin-off. Add two transactions on that day: a dividend from the old company and a buy of these shares, both for their value at the close. If the old company’s page lists a split on that day, dismiss it there.`,
  }
}

/**
 * Shares that a merger, a conversion or a change of name took or brought. A sale of the old ones and a purchase of the
 * new ones for the same money carry the cost over, and no deposit is inferred.
 */
export function exchanged(shares: string, symbol: string): Reading {
  const advice = isTaken(shares)
    ? 'left in a merger or exchange: add a sell on that day, for the cash you received or, if you received shares, at their cost.'
    : 'came from a merger or exchange: add a buy on that day, at the cost of the old shares.'
  return { reject: `${named(shares, symbol)} ${advice}` }
}

/** True for `10`, `-3.5` and Robinhood's `200S` (taken away); false for `` and `0.000`. */
export function hasShares(shares: string): boolean {
  return /[1-9]/.test(shares)
}

function named(shares: string, symbol: string): string {
  const count = plainNumber(shares.replace(/S$/i, ''))?.replace('-', '') ?? shares
  return `Shares of ${symbol || 'a security without a ticker'} (${count})`
}

/** Robinhood marks shares that were taken away with an S, Fidelity with a minus. */
function isTaken(shares: string): boolean {
  return /^-|S$/i.test(shares.trim())
}

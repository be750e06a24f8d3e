import { plainNumber } from './spelling.ts'
import type { Reading } from './statement-format.ts'

/**
 * Brokers report a split by the extra shares alone (+30 of NVDA), not by its ratio. The row is not needed, because
 * the market source knows the ratio and the ledger applies it. Guessing a ratio could apply a split twice.
 */
export const split: Reading = {
  skip: 'splits and stock dividends come from the market data; if a symbol’s shares are not right there, add its split by hand',
}

export const option: Reading = { skip: 'options are not tracked' }

/** Shares that came or went without a price. The ledger needs them, and only the owner knows what they cost. */
export function sharesMoved(shares: string, symbol: string, how: string): Reading {
  const count = plainNumber(shares.replace(/S$/i, ''))?.replace('-', '') ?? shares
  return {
    reject: `Shares of ${symbol || 'something without a ticker'} (${count}) ${how}: add them by hand, as a buy at what they cost or as a sell.`,
  }
}

/** True for `10`, `-3.5` and Robinhood's `200S` (taken away); false for `` and `0.000`. */
export function hasShares(shares: string): boolean {
  return /[1-9]/.test(shares)
}

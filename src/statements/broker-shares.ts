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
    reject: `${named(shares, symbol)} ${how}: add them by hand, as a transfer in with what they had cost, or as a transfer out.`,
  }
}

/** Shares of a company that `from`, where that is said, has spun off: no broker says what part of the cost they took along. */
export function spunOff(row: { date: string; symbol: string; shares: string }, from = ''): Reading {
  const { date, symbol, shares } = row
  const came = named(shares, symbol)
  return {
    reject:
      from === ''
        ? `${came} came from a spin-off: add a spin-off of the old company on that day, with this ticker as the new one, these shares, and the part of the cost that went with them. If the page of the old company asks about a split on that day, answer it there instead.`
        : `${came} came from a spin-off of ${from}: add a spin-off of ${from} on that day, with this ticker as the new one, these shares, and the part of the cost that went with them. If the page of ${from} asks about a split on that day, answer it there instead.`,
    spunOff: { date, symbol, shares, from },
  }
}

/**
 * Shares that a merger, a conversion or a change of name took or brought. Where all rows of the event are here, they are one
 * exchange (settled-rows.ts); this is the advice for a row that is alone.
 */
export function exchanged(shares: string, symbol: string): { reject: string } {
  const advice = isTaken(shares)
    ? 'left in a merger or exchange: add an exchange on that day, with the new ticker and its ratio, or a sell for the cash you received.'
    : 'came from a merger or exchange: add an exchange of the old ticker on that day, which brings them.'
  return { reject: `${named(shares, symbol)} ${advice}` }
}

/** The same, as a part of what all rows of its day say together. */
export function exchangedWith(row: {
  date: string
  symbol: string
  shares: string
  amount: string
  currency: string
}): Reading {
  const { date, symbol, currency } = row
  const count = plainNumber(row.shares.replace(/S$/i, ''))?.replace('-', '') ?? ''
  const shares = isTaken(row.shares) ? `-${count}` : count
  const amount = plainNumber(row.amount) ?? ''
  return {
    ...exchanged(row.shares, symbol),
    of: { what: 'exchange', date, symbol, shares, price: '', amount, currency, note: '' },
  }
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

import type { Cells } from '../mapping.ts'
import type { Reading } from '../statement-format.ts'

/** An order that was placed and not (or not yet) carried out. */
export function pending(status: string): Reading {
  return { skip: `orders that were not carried out are no transactions (“${status.slice(0, 40)}”)` }
}

/** Shares that are listed in London, by the currency of their price: the broker's ticker has no suffix. */
export function inLondon(cells: Cells, currency: string): Cells {
  const isThere = /^(?:GBX|GBP|GBp)$/.test(currency) && /^[A-Z0-9]{2,5}$/.test(cells.symbol)
  return isThere ? { ...cells, symbol: `${cells.symbol}.L` } : cells
}

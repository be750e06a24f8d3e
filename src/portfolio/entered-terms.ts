import { isDay } from './day.ts'
import { type Decimal, decimal, divide, type Money, ONE, sum } from './decimal.ts'
import { called } from './entry-words.ts'
import type { Entry, Fault, NamedPurchase, NumberField } from './entry.ts'
import { SYMBOL } from './instrument.ts'
import { kinds, type TransactionType, typesOf } from './kind.ts'
import { type NamedLots, purchaseOf } from './lot.ts'
import { purchasesIn } from './purchases.ts'
import { firstDayOf, namedLots, noPurchase, placeOf, type Terms } from './terms.ts'
import type { Transaction } from './transaction.ts'
import { readShare } from './written-number.ts'

/** What is known of an entry, and how its fields are read and refused (entry.ts). */
type Reading = {
  type: TransactionType
  symbol: string | null
  date: string
  shares: Decimal | null
  rows: readonly Transaction[] | null
  number: (field: NumberField, least: Decimal, most: Decimal) => Decimal
  refuse: (field: Fault['field'], reason: string) => void
}

/**
 * Reads the fields that only some kinds of transaction have; what cannot be read is refused, and left out. The cost is
 * in the unit that the entry is in.
 */
export function readTerms(entry: Entry, reading: Reading): Terms {
  const { type, date, number } = reading
  const cost = typesOf.cost.has(type) && entry.cost?.trim() ? number('cost', 0n, MOST_COST) : undefined
  const acquired = readAcquired(entry, reading)
  const lots = readLots(entry, reading)
  const newSymbol = readNewSymbol(entry, reading)
  const costShare = readCostShare(entry, reading)
  return {
    ...(newSymbol && { newSymbol }),
    ...(costShare != null && { costShare }),
    ...(lots && { lots }),
    ...(acquired && acquired !== date && { acquired }),
    ...(cost !== undefined && { cost }),
  }
}

/** The same with a cost in pounds that was entered in pence. */
export function dividedTerms(terms: Terms, divisor: bigint): Terms {
  return terms.cost === undefined ? terms : { ...terms, cost: divide(terms.cost, divisor) }
}

const MOST_COST: Money = 1_000_000_000_000n * ONE

function readAcquired(entry: Entry, { type, date, refuse }: Reading): string {
  const acquired = typesOf.acquired.has(type) ? (entry.acquired ?? '').trim() : ''
  if (acquired && (!isDay(acquired) || acquired > date || acquired < '1900-01-01'))
    refuse('acquired', `“${acquired}” is not a date between 1900 and that of the transfer`)
  return acquired
}

function readLots(entry: Entry, reading: Reading): Terms['lots'] | null {
  const { type, date, shares, refuse } = reading
  if (!typesOf.lots.has(type)) return undefined
  const lots = entry.purchases?.length
    ? readPurchases(entry.purchases, reading)
    : entry.lots?.trim()
      ? namedLots(entry.lots)
      : undefined
  if (lots === null)
    refuse('lots', `“${entry.lots!.trim()}” is not a list of days such as 2024-01-02 5, 2024-03-01`)
  else if (lots?.some((lot) => lot.date > date)) refuse('lots', 'a lot cannot be of a later day')
  else if (lots && sum(lots.map((lot) => lot.shares ?? 0n)) > shares!)
    refuse('lots', 'the lots are more than the shares')
  return lots && withPurchases(lots, reading)
}

/** The lots that are named by the place of their purchase in a day, by its id. */
function withPurchases(lots: NamedLots, { symbol, rows, refuse }: Reading): NamedLots {
  if (rows === null || !lots.some(({ transaction }) => placeOf(transaction) !== null)) return lots
  const purchases = purchasesIn(rows)
  return lots.map((lot) => {
    const place = placeOf(lot.transaction)
    if (place === null) return lot
    const found = purchases(symbol ?? '', lot.date)[place - 1]
    if (!found) refuse('lots', noPurchase(symbol ?? '', lot.date, place))
    return found ? { ...lot, transaction: found.id } : lot
  })
}

/** The lots of purchases that are rows of the portfolio, in their order. */
function readPurchases(purchases: readonly NamedPurchase[], reading: Reading): Terms['lots'] {
  const all = reading.rows ?? []
  const rows = new Map(all.map((row) => [row.id, row]))
  const became = all.some(({ terms }) => terms?.newSymbol === reading.symbol)
  const seen = new Set<string>()
  const lots = purchases.flatMap(({ transaction: name, shares: typed }) => {
    const row = rows.get(purchaseOf(name))
    const shares = typed === null ? null : decimal(typed)
    const fault = row ? faultOfPurchase(row, reading, became) : 'is no transaction of this portfolio'
    if (fault !== null || !row) reading.refuse('lots', `“${name}” ${fault}`)
    else if (seen.has(row.id)) reading.refuse('lots', `“${name}” is named twice`)
    else if (typed !== null && (shares === null || shares <= 0n))
      reading.refuse('lots', `“${typed}” shares of “${name}” are no number above 0`)
    else {
      seen.add(row.id)
      return { date: firstDayOf(row), shares, transaction: row.id }
    }
    return []
  })
  return lots.length === purchases.length ? lots : undefined
}

/** Where shares of other symbols became this one's, the lot itself says whether it is one of them (sale.ts). */
function faultOfPurchase(row: Transaction, { symbol, date }: Reading, became: boolean): string | null {
  if (kinds[row.type].shares !== 'in') return `is ${called(row.type)}, which is no purchase`
  if (row.symbol !== symbol && !became) return `is a purchase of ${row.symbol}, not of ${symbol}`
  return row.date > date ? `is of ${row.date}, a later day` : null
}

function readNewSymbol(entry: Entry, { type, symbol, refuse }: Reading): string {
  if (!typesOf.new_symbol.has(type)) return ''
  const newSymbol = (entry.new_symbol ?? '').trim().toUpperCase()
  if (newSymbol === '') refuse('new_symbol', `${called(type)} needs the new ticker`)
  else if (!SYMBOL.test(newSymbol)) refuse('new_symbol', `“${newSymbol}” is not a ticker`)
  else if (newSymbol === symbol) refuse('new_symbol', 'the new ticker is the old one')
  return newSymbol
}

function readCostShare(entry: Entry, { type, refuse }: Reading): Decimal | null | undefined {
  const costShare = typesOf.cost_share.has(type) ? readShare(entry.cost_share ?? '') : undefined
  if (costShare === null)
    refuse('cost_share', 'the part of the cost must be between 0 and 1, such as 0.2 or 20%')
  return costShare
}

import { type Day, dayAt, earliestDay, latestDay } from '../portfolio/day.ts'
import { type Entry, type Fault, readEntry, type TransactionDraft } from '../portfolio/entry.ts'
import type { Instrument } from '../portfolio/instrument.ts'
import { followsListing } from '../portfolio/listing-currency.ts'
import { ownInstruments } from '../portfolio/own-instrument.ts'
import type { Terms } from '../portfolio/terms.ts'
import { TIME_ZONE } from '../portfolio/time.ts'
import type { Transaction } from '../portfolio/transaction.ts'
import type { Database } from '../storage/database.ts'
import { instrumentsOf } from '../storage/instruments.ts'
import type { Portfolio } from '../storage/portfolios.ts'

/** A row as it is entered: with what its listing decides of it, once. */
type Entered = { transaction: TransactionDraft; notes: string[] } | { faults: Fault[] }

/**
 * Reads an entry. Its day may be today on the clock of its exchange, or anywhere on earth where that is not known.
 * `before` is the row that is edited, which keeps what was decided of it.
 */
export async function readEntered(
  editing: Entering & { transactions: readonly Transaction[] },
  entry: Entry,
  before?: TransactionDraft,
): Promise<Entered> {
  const { now, transactions } = editing
  const read = readEntry(entry, latestDay(now), transactions)
  if ('faults' in read) return read
  const transaction = before ? kept(read.transaction, before, transactions) : read.transaction
  const listings = await listingsOf(editing, [transaction])
  const fault = futureFault(transaction, listings, now)
  if (fault !== null) return { faults: [{ field: 'date', reason: fault }] }
  return { transaction: decided(transaction, listings, now), notes: read.notes }
}

/** What is known of where some symbols trade; what its owner prices trades nowhere. */
type Listings = ReadonlyMap<string, Pick<Instrument, 'currency'> & Partial<Pick<Instrument, 'timeZone'>>>

/** Where something is entered, and when. */
type Entering = { db: Database; portfolio: Pick<Portfolio, 'ownInstruments'>; now: number }

/** Returns the listings of those rows about which a listing decides anything. */
export async function listingsOf(
  { db, portfolio, now }: Entering,
  rows: readonly TransactionDraft[],
): Promise<Listings> {
  const asking = rows.filter(
    (row) =>
      row.symbol !== null &&
      (row.date > earliestDay(now) || lacksListing(row) || (row.units === 'adjusted' && !row.unitsDay)),
  )
  if (asking.length === 0) return new Map()
  const symbols = [...new Set(asking.map(({ symbol }) => symbol!))]
  const own = ownInstruments(portfolio.ownInstruments)
  return new Map([
    ...(await instrumentsOf(db, symbols)).map((each) => [each.symbol, each] as const),
    ...own.map(({ symbol, currency }) => [symbol, { currency }] as const),
  ])
}

/** Returns why a row is of a day that has not begun on the clock of its exchange; null when it has. */
export function futureFault(
  { symbol, date }: Pick<TransactionDraft, 'symbol' | 'date'>,
  listings: Listings,
  now: number,
): string | null {
  const clock = listings.get(symbol ?? '')?.timeZone
  if (clock === undefined) return null
  const today = dayAt(now, clock)
  return date > today ? `${date} is in the future: where ${symbol} trades it is ${today}` : null
}

/** Returns a row in the currency of its listing, and with a day for the share units that the owner has stated. */
export function decided<Row extends TransactionDraft>(row: Row, listings: Listings, now: number): Row {
  const listing = listings.get(row.symbol ?? '')
  return {
    ...row,
    ...(listing && lacksListing(row) && { listingCurrency: listing.currency }),
    // adjusted for every split so far, but for none that is still to come
    ...(row.units === 'adjusted' && !row.unitsDay && { unitsDay: adjustedOn(row.date, listing, now) }),
  }
}

function lacksListing(row: TransactionDraft): boolean {
  return row.listingCurrency === undefined && followsListing(row)
}

function adjustedOn(date: Day, listing: { timeZone?: string } | undefined, now: number): Day {
  const today = dayAt(now, listing?.timeZone ?? TIME_ZONE)
  return later(today, date)
}

/**
 * Returns an edited row with what was decided before: what the owner has said of its share units, which of a day's
 * purchases it sells, and the currency of the listing as long as that is the same. Share units that only its price told are
 * decided anew.
 */
function kept(
  row: TransactionDraft,
  before: TransactionDraft,
  rows: readonly Transaction[],
): TransactionDraft {
  const units = row.price === null ? undefined : (row.units ?? before.units)
  const listing = followsListing(row) && row.symbol === before.symbol ? before.listingCurrency : undefined
  const unitsDay = units === 'as_traded' ? row.date : units === before.units ? before.unitsDay : undefined
  return {
    ...row,
    ...(row.terms?.lots && row.symbol === before.symbol && { terms: withPurchases(row.terms, before, rows) }),
    ...(units !== undefined && { units }),
    ...(units !== undefined && unitsDay !== undefined && { unitsDay: later(unitsDay, row.date) }),
    ...(listing !== undefined && { listingCurrency: listing }),
  }
}

/** A form has only the days of lots: each still means the purchase that it meant, as long as there is one. */
function withPurchases(terms: Terms, before: TransactionDraft, rows: readonly Transaction[]): Terms {
  const meant = (before.terms?.lots ?? []).filter(
    ({ transaction }) => transaction !== undefined && rows.some(({ id }) => id === transaction),
  )
  const lots = terms.lots!.map((lot) => {
    const at = lot.transaction === undefined ? meant.findIndex(({ date }) => date === lot.date) : -1
    return at < 0 ? lot : { ...lot, transaction: meant.splice(at, 1)[0]!.transaction! }
  })
  return { ...terms, lots }
}

function later(a: Day, b: Day): Day {
  return a > b ? a : b
}

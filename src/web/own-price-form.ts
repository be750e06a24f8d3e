import * as v from 'valibot'
import { faultOfCurrency, noCurrency } from '../portfolio/currency.ts'
import { latestDay } from '../portfolio/day.ts'
import { readEntry } from '../portfolio/entry.ts'
import type { OwnInstrument } from '../portfolio/own-instrument.ts'
import type { OwnPriceList } from '../coordinator/own-price-list.ts'
import { changedPrices } from '../portfolio/own-price.ts'
import type { OwnPriceRow } from '../storage/own-prices.ts'
import { choice, type FieldFault, faultsIn, type Given, number, text } from './api/field.ts'

/** What becomes of a symbol's prices. */
export const ownInstrumentBody = v.object({
  priced: choice(
    'own where you price it yourself, market where its prices are asked for.',
    ['own', 'market'],
    (typed) => `“${typed}” is neither own nor market`,
  ),
  currency: text(
    'The currency of your prices, such as EUR; else that of its listing, or of your portfolios.',
    v.regex(/^\s*[A-Za-z]{3}\s*$/, ({ input }) => noCurrency(input.trim())),
  ),
  name: text('What it is; else its symbol.', v.maxLength(100, 'a name can have at most 100 characters')),
})

/** A price of one share, on one day. */
export const ownPriceBody = v.object({
  date: text('The day, such as 2024-03-01. A day has one price.'),
  price: number(
    'What one share was worth, in the currency of the instrument; at most ten decimals are kept.',
  ),
})

/** So many prices may a list have: they are written at once. */
export const MOST_OWN_PRICES = 2000
/**
 * So many prices may come and go at once, in all portfolios together: each is four rows written, its own and those of its entry in
 * the log, and a day of the free plan writes 100,000.
 */
const MOST_CHANGED = 20_000
/** So many faults are told at once. */
const MOST_FAULTS = 10

/** Reads what is said of a symbol; a currency that was left out is `likely`, where that is known. */
export function readOwnInstrumentForm(
  symbol: string,
  { priced, ...typed }: Given<typeof ownInstrumentBody>,
  likely: string | null,
): { own: OwnInstrument | null } | { faults: FieldFault[] } {
  if (priced == null) return { faults: [{ field: 'priced', reason: 'must be own or market' }] }
  const currency = typed.currency?.trim().toUpperCase()
  const name = typed.name?.trim().replaceAll(/\s+/g, ' ')
  if (priced === 'market') {
    const given = [currency ? ['currency'] : [], name ? ['name'] : []].flat()
    const faults = given.map((field) => ({ field, reason: 'comes from the market' }))
    return faults.length > 0 ? { faults } : { own: null }
  }
  const fault = currency ? faultOfCurrency(currency) : null
  if (fault) return { faults: [{ field: 'currency', reason: fault }] }
  const used = currency ?? likely
  if (used === null) return { faults: [{ field: 'currency', reason: UNCLEAR }] }
  return { own: { symbol, currency: used, name: name || symbol } }
}

export const UNCLEAR = 'is needed: your portfolios are in several currencies'

/** Reads all of a symbol's own prices; the faults name the place in the list, from 0. */
export function readOwnPrices(
  list: readonly unknown[],
  symbol: string,
  now: number,
): { prices: OwnPriceList['prices'] } | { faults: FieldFault[] } {
  if (list.length > MOST_OWN_PRICES) {
    const reason = `there are ${list.length} prices, and at most ${MOST_OWN_PRICES} can be set`
    return { faults: [{ field: 'prices', reason }] }
  }
  const faults: FieldFault[] = []
  const prices: OwnPriceList['prices'] = []
  const placeOf = new Map<string, number>()
  for (const [i, each] of list.entries()) {
    const refuse = (field: string, reason: string) =>
      void faults.push({ field: field === '' ? `[${i}]` : `[${i}].${field}`, reason })
    const sent = onePrice(each, refuse)
    if (sent === null) continue
    const read = readEntry({ type: 'price', symbol, date: sent.date, amount: sent.price }, latestDay(now))
    if ('faults' in read) {
      // an own price is the amount of its row
      for (const { field, reason } of read.faults)
        refuse(field === 'amount' ? 'price' : field, reason.replace(/^amount /, 'price '))
      continue
    }
    const { date, amount } = read.transaction
    const before = placeOf.get(date)
    if (before !== undefined) refuse('date', `${date} is the day of [${before}] too`)
    placeOf.set(date, i)
    prices.push({ date, price: amount })
  }
  return faults.length > 0 ? { faults: faults.slice(0, MOST_FAULTS) } : { prices }
}

/** Says why a list would write too much at once; null where it does not. */
export function tooManyChanged(
  { prices, currency }: Pick<OwnPriceList, 'prices' | 'currency'>,
  portfolios: readonly string[],
  known: readonly OwnPriceRow[],
): string | null {
  const rows = Map.groupBy(known, ({ portfolio }) => portfolio)
  const changed = portfolios.map((id) => {
    const { gone, added } = changedPrices(rows.get(id) ?? [], prices, currency)
    return gone.length + added.length
  })
  const total = changed.reduce((sum, each) => sum + each, 0)
  if (total <= MOST_CHANGED) return null
  const [most, written] = [MOST_CHANGED, total].map((each) => each.toLocaleString('en-US'))
  return `in ${portfolios.length} portfolios ${written} prices would be written or deleted, and at most ${most} are at once. Send a part of the list, then all of it: what is there already is not written again. Nothing was changed`
}

/** Returns both fields as text; null where something is wrong with them, which is told. */
function onePrice(
  each: unknown,
  refuse: (field: string, reason: string) => void,
): { date: string; price: string } | null {
  if (typeof each !== 'object' || each === null || Array.isArray(each)) {
    refuse('', 'must be an object with a date and a price')
    return null
  }
  const known = Object.keys(ownPriceBody.entries)
  const unknown = Object.keys(each).filter((name) => !known.includes(name))
  for (const name of unknown)
    refuse(name.slice(0, 40), `is not read here; the fields are ${known.join(', ')}`)
  const wrong = faultsIn(ownPriceBody, each)
  for (const { field, reason } of wrong) refuse(field, reason)
  if (unknown.length > 0 || wrong.length > 0) return null
  const { date, price } = v.parse(ownPriceBody, each)
  if (!date?.trim()) refuse('date', 'is missing')
  if (!price?.trim()) refuse('price', 'is missing')
  return date?.trim() && price?.trim() ? { date, price } : null
}

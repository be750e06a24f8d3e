import { type Decimal, decimal, over, sum, text, times } from '../portfolio/decimal.ts'
import { daysBetween } from '../portfolio/day.ts'
import type { Entry, TransactionDraft } from '../portfolio/entry.ts'
import { reorganized } from './reorganizations.ts'

/**
 * What a row says that means something only together with others: a part of a merger, or the undoing of an earlier row.
 * In plain spelling; `line` is the row's.
 */
export type Unsettled = {
  what:
    | 'exchange'
    | 'canceled'
    | 'dividend'
    | 'return_of_capital'
    | 'tax'
    | 'fee'
    | 'interest'
    /** The two halves of a reinvestment that stands in two rows: shares without a price, and money without shares. */
    | 'reinvested shares'
    | 'reinvested cash'
  line: number
  date: string
  symbol: string
  shares: string
  price: string
  amount: string
  currency: string
  note: string
}

type Accepted = { line: number; transaction: TransactionDraft }

/** What becomes of the rows of a table once all have been read. */
export type Settled<Row> = {
  rows: Row[]
  /** Entries that stand for several rows, with the lines of these, and why those after the first are left out. */
  entries: { lines: number[]; entry: Entry; others: string }[]
  /** Lines that are settled, with the reason why they are no rows of their own. */
  skipped: { line: number; reason: string }[]
}

/**
 * Settles what only all rows together say: the rows of a merger become one exchange or sale, and a row that takes back an
 * earlier one leaves out both. What was kept back of a dividend and given back on the same day in part lowers it. Whatever
 * finds no counterpart stays as it was: rejected, with advice.
 */
export function settled<Row extends Accepted>(
  rows: readonly Row[],
  unsettled: readonly Unsettled[],
): Settled<Row> {
  const result: Settled<Row> = { rows: [...rows], entries: [], skipped: [] }
  const parts = unsettled.filter(({ what }) => what === 'exchange')
  for (const { lines, entry } of reorganized(parts.map((part) => ({ ...part, cash: part.amount })))) {
    if (entry) result.entries.push({ lines, entry, others: 'another part of a merger stands above' })
    else result.skipped.push(...lines.map((line) => ({ line, reason: RENAMED })))
  }
  result.entries.push(...reinvested(unsettled))
  for (const undoing of unsettled.filter(({ what }) => !joined.has(what))) takeBack(result, undoing)
  return result
}

const joined: ReadonlySet<Unsettled['what']> = new Set(['exchange', 'reinvested shares', 'reinvested cash'])

/**
 * Purchases whose shares stand in one row and whose money in another, of the same security and not many days apart.
 *
 *     06/28/2024,Reinvestment Share(s),VTI,0.04,,
 *     06/28/2024,Reinvestment Program,VTI,,,-10.20
 */
function reinvested(unsettled: readonly Unsettled[]): Settled<Accepted>['entries'] {
  const paid = unsettled.filter(({ what }) => what === 'reinvested cash')
  return unsettled
    .filter(({ what }) => what === 'reinvested shares')
    .flatMap((bought) => {
      const { date, symbol, currency, shares } = bought
      const [nearest] = paid
        .filter((each) => each.symbol === symbol && each.currency === currency)
        .map((each) => ({ each, days: Math.abs(daysBetween(each.date, date)) }))
        .filter(({ days }) => days <= MOST_APART)
        .toSorted((a, b) => a.days - b.days)
      const count = size(exact(shares))
      if (!nearest || count === 0n) return []
      paid.splice(paid.indexOf(nearest.each), 1)
      const price = text(over(size(exact(nearest.each.amount)), count))
      return [
        {
          lines: [bought.line, nearest.each.line],
          entry: {
            type: 'buy',
            date,
            symbol,
            currency,
            shares: text(count),
            price,
            note: 'dividend reinvested',
          },
          others: 'the money of a reinvestment whose shares stand in another row',
        },
      ]
    })
}

/** Shares are booked some days after the money that buys them. */
const MOST_APART = 5

function takeBack<Row extends Accepted>(result: Settled<Row>, undoing: Unsettled): void {
  const amount = exact(undoing.amount)
  const candidates = result.rows
    .map((row, i) => ({ row, i, days: daysBetween(row.transaction.date, undoing.date) }))
    .filter(({ row, days }) => days >= 0 && days <= MOST_DAYS && isMeant(row.transaction, undoing))
    .toSorted((a, b) => a.days - b.days)
  const same = candidates.find(({ row }) => isUndone(row.transaction, undoing))
  if (same) {
    result.rows.splice(same.i, 1)
    result.skipped.push({ line: same.row.line, reason: 'a row that a later one takes back' })
    result.skipped.push({ line: undoing.line, reason: 'a row that takes back an earlier one' })
    return
  }
  const ofDay = candidates.find(({ row, days }) => days === 0 && row.transaction.amount > amount)
  if (!ofDay || amount <= 0n || !isCash.has(undoing.what)) return
  const { row } = ofDay
  result.rows[ofDay.i] = {
    ...row,
    transaction: { ...row.transaction, amount: row.transaction.amount - amount },
  }
  result.skipped.push({
    line: undoing.line,
    reason: 'what was given back of a charge or a payment of the same day is taken off it',
  })
}

const RENAMED =
  'a name or a number that changed, or a split, moves nothing here: splits come from market data'

/** A reversal may come with the next statement, and seldom later. */
const MOST_DAYS = 400

const isCash: ReadonlySet<string> = new Set(['dividend', 'return_of_capital', 'tax', 'fee', 'interest'])

function isMeant({ type, symbol, currency }: TransactionDraft, undoing: Unsettled): boolean {
  const isType = undoing.what === 'canceled' ? type === 'buy' || type === 'sell' : type === undoing.what
  return isType && (symbol ?? '') === undoing.symbol && (currency ?? '') === undoing.currency
}

/** A trade is the one that was canceled when its shares are, and its price or its cash; anything else by its amount. */
function isUndone(row: TransactionDraft, { what, shares, price, amount }: Unsettled): boolean {
  if (what !== 'canceled') return row.amount === exact(amount)
  if (row.shares !== size(exact(shares))) return false
  const [paid, cash] = [exact(price), size(exact(amount))]
  const gross = row.price === null ? 0n : times(row.shares, row.price)
  const isPaid = paid !== 0n && row.price === paid
  return isPaid || (cash !== 0n && size(sum([gross, row.type === 'buy' ? row.fee : -row.fee]) - cash) <= CENT)
}

const CENT = decimal('0.01')!

function exact(plain: string): Decimal {
  return decimal(plain) ?? 0n
}

function size(value: Decimal): Decimal {
  return value < 0n ? -value : value
}

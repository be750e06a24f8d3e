import { divide, type Money, type Shares, shareOut, sum, times } from './decimal.ts'
import { rateOn } from './exchange-rate.ts'
import type { TransactionType } from './kind.ts'
import { type LedgerAt, priceOn } from './ledger.ts'
import type { CostBasis, Lot } from './lot.ts'
import { splitsOf } from './own-rows.ts'
import { costMoved, positionOf } from './position.ts'
import { exchanged } from './sale.ts'
import { laterSplits, splitShares, unitsToday } from './split.ts'
import { inOrder, type Transaction } from './transaction.ts'

/**
 * Returns the ledger with the entries that are booked as other rows. Shares that come or go without cash get what they
 * are worth: at the close of their day, or, before the first close, at the price paid; what has no price is worth what it
 * had cost where that is known, else 0 (finance.md, "Transfers"). A reinvested dividend becomes a dividend and a purchase.
 * Shares that another symbol's became arrive lot by lot (finance.md, "Spin-offs and exchanges").
 */
export function withMovedLots<Stage extends 'in share units' | 'in base currency'>(
  ledger: LedgerAt<Stage>,
): LedgerAt<Stage> {
  const transactions = bookedRows(ledger.transactions, ledger)
  return transactions === ledger.transactions ? ledger : { ...ledger, transactions: [...transactions] }
}

type Known = Parameters<typeof priceOn>[0] & { costBasis: CostBasis }

/**
 * The same of rows in their order. The rows of an entry that has not changed are the same objects, so that what was
 * calculated from them can be remembered.
 */
export function bookedRows(transactions: readonly Transaction[], known: Known): readonly Transaction[] {
  if (!transactions.some(({ type }) => type === 'reinvested' || Object.hasOwn(bookings, type)))
    return transactions
  const ordered = (rows: readonly Transaction[]) =>
    inOrder(rows, (symbol) => splitsOf(known.markets.get(symbol)))
  // a purchase decides which sales of its day come late, and so what was paid last
  const rows = ordered(
    transactions.flatMap((row) => (row.type === 'reinvested' ? made(row, () => reinvestedRows(row)) : [row])),
  )
  const done: Transaction[] = []
  for (const [i, row] of rows.entries()) {
    const booking = bookings[row.type]
    // what has arrived before is held, and may be the price paid
    const now = booking && { ...known, transactions: [...done, ...rows.slice(i)] }
    done.push(...(booking && now ? booking(row, now, done) : [row]))
  }
  // what an entry is booked as has another place in its day
  return ordered(done)
}

type Booking = (row: Transaction, known: Known, before: readonly Transaction[]) => readonly Transaction[]

const bookings: Partial<Record<TransactionType, Booking>> = {
  transfer_in: (row, known) => made(row, () => [{ ...row, worth: worthOf(known, row) }]),
  transfer_out: (row, known) => made(row, () => [{ ...row, worth: worthOf(known, row) }]),
  spin_off: (row, known, before) => made(row, () => spinOffRows(row, known, before)),
  exchange: (row, known, before) => made(row, () => exchangeRows(row, known, before)),
}

const last = new WeakMap<Transaction, readonly Transaction[]>()

function made(row: Transaction, rowsOf: () => Transaction[]): readonly Transaction[] {
  const before = last.get(row)
  const rows = rowsOf()
  if (before?.length === rows.length && rows.every((each, i) => isSame(each, before[i]!))) return before
  last.set(row, rows)
  return rows
}

function isSame(a: Transaction, b: Transaction): boolean {
  return (
    a.worth === b.worth &&
    a.sold === b.sold &&
    a.gone === b.gone &&
    a.shares === b.shares &&
    a.rate === b.rate &&
    a.paid === b.paid &&
    a.id === b.id &&
    a.terms?.cost === b.terms?.cost &&
    a.terms?.acquired === b.terms?.acquired
  )
}

function worthOf(known: Known, row: Transaction): Money {
  const { symbol, date, terms } = row
  const priced = priceOn(known, symbol!, date)
  return 'reason' in priced
    ? (terms?.cost ?? 0n)
    : times(today(known, row, symbol!, row.shares!), priced.price)
}

/** Shares of a symbol on the day of a row, in today's units. */
function today(known: Known, row: Transaction, symbol: string, shares: Shares): Shares {
  return splitShares(shares, unitsToday(row, splitsOf(known.markets.get(symbol))))
}

function reinvestedRows(row: Transaction): Transaction[] {
  const { unitsDay: _day, units: _units, recorded, ...paid } = row
  return [
    {
      ...paid,
      type: 'dividend',
      shares: null,
      price: null,
      ...(recorded && { recorded: { ...recorded, price: null } }),
      isPart: true,
    },
    { ...row, type: 'buy', entry: row },
  ]
}

/** The lots of the old symbol just before. */
function lotsBefore({ symbol, date }: Transaction, known: Known, before: readonly Transaction[]): Lot[] {
  const splits = splitsOf(known.markets.get(symbol!))
  const own = inOrder(
    before.filter((each) => each.symbol === symbol),
    () => splits,
  )
  return positionOf(symbol!, own, splits, known.costBasis, date).lots
}

function spinOffRows(row: Transaction, known: Known, before: readonly Transaction[]): Transaction[] {
  const lots = lotsBefore(row, known, before)
  const moved = costMoved(lots, row.terms!.costShare!)
  const worth = lots.length === 0 ? 0n : worthOfNew(row, known, row.shares!, sum(moved))
  const costShare = row.terms!.costShare!
  const arrived = lots.map(({ paid, ...lot }, i) => ({
    ...lot,
    cost: moved[i]!,
    ...(paid !== undefined && { paid: times(paid, costShare) }),
  }))
  return [{ ...row, worth }, ...arrivals(row, known, arrived, row.shares!, worth)]
}

function exchangeRows(row: Transaction, known: Known, before: readonly Transaction[]): Transaction[] {
  const lots = lotsBefore(row, known, before)
  const held = sum(lots.map((lot) => lot.shares))
  const later = laterSplits(splitsOf(known.markets.get(row.symbol!)), row.date)
  const asTraded = splitShares(held, { numerator: later.denominator, denominator: later.numerator })
  const whole = splitShares(asTraded, {
    numerator: BigInt(row.ratio!.numerator),
    denominator: BigInt(row.ratio!.denominator),
  })
  const shares = row.shares ?? whole
  const cost = sum(lots.map((lot) => lot.cost))
  const rest = cost > row.amount ? cost - row.amount : 0n
  const worth = held === 0n ? 0n : worthOfNew(row, known, shares, rest)
  const sold =
    row.amount === 0n || held === 0n ? 0n : soldOf(held, { whole, shares, worth, amount: row.amount })
  // what remains of the cost, by the shares there were: new ones arrive also where nobody knows what they are worth
  const parts = exchanged(lots, sold)
  const kept = lots.map((lot, i) => ({ ...parts[i]!.kept, shares: lot.shares }))
  return [{ ...row, worth, sold, gone: held }, ...arrivals(row, known, kept, shares, worth)]
}

/**
 * Cash in lieu is a sale of the fraction that the new shares lack to the ratio. Where they lack none, cash is a part of
 * what the old shares were exchanged for, and a sale of that part.
 */
function soldOf(held: Shares, of: { whole: Shares; shares: Shares; worth: Money; amount: Money }): Shares {
  const { whole, shares, worth, amount } = of
  return shares < whole ? held - divide(held * shares, whole) : divide(held * amount, amount + worth)
}

/** What new shares are worth at the day's close; where nobody quotes them, what went into them. */
function worthOfNew(row: Transaction, known: Known, shares: Shares, cost: Money): Money {
  const symbol = row.terms!.newSymbol!
  const priced = priceOn(known, symbol, row.date)
  return 'reason' in priced ? cost : times(today(known, row, symbol, shares), priced.price)
}

/** Shares that arrive, of the new symbol that a row names or else of its own: a row for each lot that they come from. */
export function arrivals(
  row: Transaction,
  known: Pick<Known, 'markets'>,
  lots: readonly Pick<Lot, 'transaction' | 'date' | 'shares' | 'cost' | 'paid'>[],
  shares: Shares,
  worth: Money,
): Transaction[] {
  const { id, date, note } = row
  const symbol = row.terms?.newSymbol ?? row.symbol!
  const foreign = known.markets.get(symbol)?.foreign
  const weights = lots.map((lot) => lot.shares)
  if (lots.length === 0) return []
  const parts = shareOut(shares, weights)
  const worths = shareOut(worth, weights)
  return lots.map(({ transaction, date: acquired, cost, paid }, i): Transaction => ({
    id: `${id}/${transaction}`,
    type: 'transfer_in',
    symbol,
    date,
    shares: parts[i]!,
    price: null,
    fee: 0n,
    amount: 0n,
    currency: null,
    ratio: null,
    note,
    terms: { acquired, cost },
    ...(paid !== undefined && { paid }),
    worth: worths[i]!,
    internal: true,
    isPart: true,
    ...(foreign && { rate: rateOn(foreign, acquired) ?? rateOn(foreign, date) }),
  }))
}

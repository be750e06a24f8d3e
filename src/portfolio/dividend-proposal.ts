import { type Day, dayNumber } from './day.ts'
import { fromNumber, type Money, rounded, type Shares, times } from './decimal.ts'
import type { Dividend, Split } from './instrument.ts'
import type { Ledger, Member } from './ledger.ts'
import { trading } from './kind.ts'
import { type OwnRows, rowsBySymbol, splitsOf } from './own-rows.ts'
import { sharesAfter } from './position.ts'
import { remembered } from './remembered.ts'
import type { Transaction } from './transaction.ts'

/** A dividend that the source reports and that the ledger lacks. */
export type DividendProposal = {
  symbol: string
  exDay: Day
  /** The shares held at the close of the day before, in today's units; `perShare` is in these units too. */
  shares: Shares
  perShare: number
  /** shares × perShare in the currency that the source states or the symbol trades in, not rounded to the cent. */
  gross: Money
  /** The same, rounded to the cent as brokers do. */
  amount: Money
  currency: string
  /** True when the source states the currency, which is then not the one that the symbol trades in. */
  isStated: boolean
}

/** Names a dividend of the source: `QQQ@2012-03-16`. A symbol has one a day at most. */
export function nameOf({ symbol, exDay }: Pick<DividendProposal, 'symbol' | 'exDay'>): string {
  return `${symbol}@${exDay}`
}

/** The cash of a dividend on its ex-date, which is all that a row of it has besides its identity. */
export function dividendRow({
  symbol,
  exDay,
  amount,
  currency,
}: Pick<DividendProposal, 'symbol' | 'exDay' | 'amount' | 'currency'>): Omit<Transaction, 'id'> {
  return {
    type: 'dividend',
    symbol,
    date: exDay,
    shares: null,
    price: null,
    fee: 0n,
    amount,
    currency,
    ratio: null,
    note: '',
  }
}

/**
 * Returns the dividends that were due up to a day and that no figure counts, oldest first; none where dividends count
 * by themselves. Those that the owner has dismissed are left out. An accepted proposal is recorded, so nothing counts
 * twice.
 */
export function dividendProposals(ledger: Ledger, asOf: Day): DividendProposal[] {
  if (ledger.members) return ofMembers(ledger.members, (own) => dividendProposals(own, asOf))
  const rule = ledger.dividendRule
  if (rule?.counting === 'automatic') return []
  return openDividends(ledger, asOf).filter((due) => !rule?.dismissed.has(nameOf(due)))
}

/** Returns the dividends that the owner has dismissed and for which no recorded one stands, oldest first. */
export function dismissedDividends(ledger: Ledger, asOf: Day): DividendProposal[] {
  if (ledger.members) return ofMembers(ledger.members, (own) => dismissedDividends(own, asOf))
  const dismissed = ledger.dividendRule?.dismissed
  if (!dismissed || dismissed.size === 0) return []
  return openDividends(ledger, asOf).filter((due) => dismissed.has(nameOf(due)))
}

/** A recorded dividend stands for one of its own portfolio. */
function ofMembers(
  members: readonly Member[],
  of: (ledger: Ledger) => DividendProposal[],
): DividendProposal[] {
  return oldestFirst(
    members.map(({ ledger }) => of(ledger)),
    ({ exDay }) => exDay,
  )
}

/**
 * Returns every dividend due up to a day for which no recorded one stands, oldest first. They are paid for the shares
 * held at the close before the ex-date: shares bought on the ex-date get none, shares sold on it still do
 * (finance.md, "Dividends").
 */
export function openDividends(
  ledger: Pick<Ledger, 'baseCurrency' | 'transactions' | 'markets'>,
  asOf: Day,
): DividendProposal[] {
  return oldestFirst(openBySymbol(ledger, asOf), ({ exDay }) => exDay)
}

/** Returns the same by symbol, in the order of their names: lists that stay the same while their symbol's rows do. */
export function openBySymbol(
  { baseCurrency, transactions, markets }: Pick<Ledger, 'baseCurrency' | 'transactions' | 'markets'>,
  asOf: Day,
): (readonly DividendProposal[])[] {
  const rows = rowsBySymbol(transactions)
  const found: (readonly DividendProposal[])[] = []
  for (const symbol of [...rows.keys()].toSorted()) {
    const market = markets.get(symbol)
    if (!market || market.dividends.length === 0) continue
    const own = recordedAmong(rows.get(symbol)!)
    const traded = market.instrument?.currency ?? baseCurrency
    found.push(openOf(own, symbol, market.dividends, splitsOf(market), traded, asOf))
  }
  return found
}

/** Joins lists, each of which is oldest first, to one that is; what is of one day stays in the order of the lists. */
export function oldestFirst<Of>(lists: readonly (readonly Of[])[], dayOf: (each: Of) => Day): Of[] {
  const byDay = new Map<Day, Of[]>()
  for (const list of lists) {
    for (const each of list) {
      const day = dayOf(each)
      const same = byDay.get(day)
      if (same) same.push(each)
      else byDay.set(day, [each])
    }
  }
  return [...byDay.keys()].toSorted().flatMap((day) => byDay.get(day)!)
}

const recordedAmong = remembered((own: OwnRows): OwnRows =>
  own.some(({ derived }) => derived) ? own.filter(({ derived }) => !derived) : own,
)

const openOf = remembered(
  (
    own: OwnRows,
    symbol: string,
    dividends: readonly Dividend[],
    splits: readonly Split[],
    traded: string,
    asOf: Day,
  ): DividendProposal[] => unrecorded(entitled(dividends, own, splits, { symbol, traded, asOf }), own),
)

/** What the shares of one symbol were paid, oldest first: one walk through its rows, which are in order. */
function entitled(
  dividends: readonly Dividend[],
  own: readonly Transaction[],
  splits: readonly Split[],
  { symbol, traded, asOf }: { symbol: string; traded: string; asOf: Day },
): DividendProposal[] {
  const due: DividendProposal[] = []
  let next = 0
  let shares: Shares = 0n
  for (const { day, amount, currency } of dividends.toSorted(byDay)) {
    if (day > asOf) break
    for (; next < own.length && own[next]!.date < day; next++)
      if (trading.has(own[next]!.type)) shares = sharesAfter(shares, own[next]!, splits)
    if (shares === 0n) continue
    const gross = times(shares, fromNumber(amount))
    const paid = rounded(gross, 2)
    if (paid <= 0n) continue
    due.push({
      symbol,
      exDay: day,
      shares,
      perShare: amount,
      gross,
      amount: paid,
      currency: currency ?? traded,
      isStated: currency !== undefined,
    })
  }
  return due
}

const byDay = (a: Dividend, b: Dividend) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0)

/**
 * Brokers book a dividend on its pay date, up to two months after the ex-date; some files date it a few days earlier.
 */
const LATEST = 60
const EARLIEST = 7

/**
 * Each recorded dividend stands for the latest one due on or before its day that no other stands for, and only where
 * there is none for one that was due a few days later.
 */
function unrecorded(due: DividendProposal[], own: readonly Transaction[]): DividendProposal[] {
  // the source lists returned capital as a dividend too
  const recorded = own.filter(({ type }) => type === 'dividend' || type === 'return_of_capital')
  if (recorded.length === 0) return due
  const open = [...due]
  const exDays = due.map(({ exDay }) => dayNumber(exDay))
  for (const { date } of recorded) {
    const day = dayNumber(date)
    let found = exDays.findLastIndex((exDay) => exDay <= day && exDay >= day - LATEST)
    if (found < 0) found = exDays.findIndex((exDay) => exDay > day && exDay <= day + EARLIEST)
    if (found < 0) continue
    open.splice(found, 1)
    exDays.splice(found, 1)
  }
  return open
}

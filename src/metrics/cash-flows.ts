import { totalReturn } from '../portfolio/benchmark.ts'
import { benchmarkOf } from '../portfolio/benchmark-spelling.ts'
import { type CashDay, cashEffect, externalOf } from '../portfolio/cash.ts'
import { cashBook } from '../portfolio/cash-book.ts'
import { firstUnconverted, unconvertedBy } from '../portfolio/currency.ts'
import type { Day } from '../portfolio/day.ts'
import { type Money, over, fromFloat, rounded, sum, text, toNumber } from '../portfolio/decimal.ts'
import { type Ledger, priceOn } from '../portfolio/ledger.ts'
import type { Transaction } from '../portfolio/transaction.ts'

/** The cash book as the API shows it, oldest first, with the balance after each row. */
export type CashFlows = {
  view: string
  rows: CashFlowRow[]
  /** Null when an amount is not known in the base currency. The balances are null then too; `reason` says why. */
  totals: Record<CashFlowType, string | null>
  reason: string | null
}

export type CashFlowType =
  | 'deposit'
  | 'purchase'
  | 'sale'
  | 'dividend'
  | 'capital'
  | 'interest'
  | 'currency'
  | 'withdrawal'
  | 'fee'
  | 'tax'

export type CashFlowRow = {
  date: Day
  type: CashFlowType
  description: string
  symbol: string | null
  shares: string | null
  price: string | null
  /** Money into the cash is positive, money out of it negative. */
  amount: string | null
  balance: string | null
  /**
   * The id of the transaction behind the row; null for an inferred deposit and a derived dividend, and in the view of a
   * benchmark.
   */
  transaction: string | null
  /** True on a dividend that nobody recorded and that counts automatically. */
  derived?: true
}

type Line = Omit<CashFlowRow, 'amount' | 'balance'> & { amount: Money | null }

/** Returns the portfolio's own cash book, or the one of a benchmark that was bought with the same deposits. */
export function cashFlows(ledger: Ledger, view: string, asOf: Day): CashFlows {
  const unknown = unconvertedBy(ledger, asOf)
  const days = cashBook(ledger, asOf)
  const made =
    view === 'portfolio' ? { lines: own(days), reason: unknown } : benchmarkCashFlows(ledger, view, days)
  const totals: Record<CashFlowType, Money | null> = {
    deposit: 0n,
    purchase: 0n,
    sale: 0n,
    dividend: 0n,
    capital: 0n,
    interest: 0n,
    currency: 0n,
    withdrawal: 0n,
    fee: 0n,
    tax: 0n,
  }
  let balance: Money | null = 0n
  const rows = made.lines.map((line): CashFlowRow => {
    balance = sum([balance, line.amount])
    totals[line.type] = sum([totals[line.type], line.amount])
    return { ...line, amount: text(line.amount), balance: text(balance) }
  })
  return {
    view,
    rows,
    totals: Object.fromEntries(
      Object.entries(totals).map(([type, total]) => [type, text(total)]),
    ) as CashFlows['totals'],
    reason: made.reason,
  }
}

/** Returns the rows of these types, or all when none is given. Balances remain those of the whole book. */
export function ofTypes(rows: readonly CashFlowRow[], types: readonly CashFlowType[]): CashFlowRow[] {
  return rows.filter(({ type }) => types.length === 0 || types.includes(type))
}

const types: Partial<Record<Transaction['type'], CashFlowType>> = {
  buy: 'purchase',
  sell: 'sale',
  dividend: 'dividend',
  return_of_capital: 'capital',
  exchange: 'sale',
  interest: 'interest',
  deposit: 'deposit',
  withdrawal: 'withdrawal',
  fee: 'fee',
  tax: 'tax',
}

function own(days: readonly CashDay[]): Line[] {
  let revalued = 0n
  const last = days.at(-1)
  return days.flatMap((day) => {
    const lines: Line[] = []
    // what exchange rates did to the cash until something else did is one row
    revalued += day.revalued ?? 0n
    if (revalued !== 0n && (day.transactions.length > 0 || day === last)) {
      lines.push(cashLine(day.day, 'currency', 'Exchange rates on cash in other currencies', revalued))
      revalued = 0n
    }
    let inferred = day.inferred
    for (const transaction of day.transactions) {
      const type = types[transaction.type]
      // what moves no cash
      if (type === undefined || (transaction.type === 'exchange' && transaction.amount === 0n)) continue
      // the inferred deposit comes before the first transaction that spends (finance.md, "Order within a day")
      if (inferred > 0n && cashEffect(transaction) < 0n) {
        lines.push(cashLine(day.day, 'deposit', 'Deposit inferred from what was spent', inferred))
        inferred = 0n
      }
      const isKnown = transaction.unconverted === undefined
      lines.push({
        date: day.day,
        type,
        description: descriptionOf(transaction),
        symbol: transaction.symbol,
        shares: text(transaction.shares),
        price: transaction.price === null || !isKnown ? null : text(transaction.price),
        amount: isKnown ? cashEffect(transaction) : null,
        transaction: transaction.derived ? null : transaction.id,
        ...(transaction.derived && { derived: true }),
      })
    }
    return lines
  })
}

function descriptionOf(transaction: Transaction): string {
  const { type, symbol, shares, note, recorded, derived } = transaction
  const foreign = recorded ? ` (${text(recorded.amount)} ${recorded.currency})` : ''
  switch (type) {
    case 'buy':
      return `Bought ${text(shares!)} ${symbol}${foreign}`
    case 'sell':
      return `Sold ${text(shares!)} ${symbol}${foreign}`
    case 'dividend':
      return `${derived ? 'Automatic dividend of' : 'Dividend of'} ${symbol}${foreign}`
    case 'deposit':
      return note || 'Deposit'
    case 'withdrawal':
      return note || 'Withdrawal'
    case 'interest':
      return note || (symbol === null ? 'Interest' : `Interest of ${symbol}`)
    case 'fee':
      return note || 'Fee'
    case 'tax':
      return note || 'Tax'
    case 'return_of_capital':
      return `Capital returned by ${symbol}`
    case 'exchange':
      return `Cash for a part of ${symbol}`
    case 'reinvested':
    case 'price':
    case 'spin_off':
    case 'stock_dividend':
    case 'transfer_in':
    case 'transfer_out':
    case 'split':
      return ''
  }
}

/** Each external flow buys or sells the benchmark at that day's close; its dividends are reinvested in its units. */
function benchmarkCashFlows(
  ledger: Ledger,
  benchmark: string,
  days: readonly CashDay[],
): { lines: Line[]; reason: string | null } {
  const lines: Line[] = []
  const index = totalReturn(ledger, benchmark)
  const isSymbol = benchmarkOf(benchmark).kind === 'symbol'
  let units = 0
  const unconverted = firstUnconverted(ledger)
  for (const each of days) {
    const { day, deposits, sharesIn, sharesOut } = each
    const external = externalOf(each)
    if (external.in === 0n && external.out === 0n) continue
    if (unconverted && day >= unconverted.date) return { lines, reason: unconverted.reason }
    // a blend or a rate has no shares
    const priced = isSymbol ? priceOn(ledger, benchmark, day) : null
    const level = index(day)
    if ((priced && 'reason' in priced) || level === null) {
      const reason = priced && 'reason' in priced ? priced.reason : `no price for ${benchmark} on ${day}`
      return { lines, reason }
    }
    const trade = (type: 'purchase' | 'sale', amount: Money) => {
      if (!priced) {
        const what = type === 'purchase' ? `Put into ${benchmark}` : `Taken out of ${benchmark}`
        lines.push(cashLine(day, type, what, amount))
        return
      }
      const shares = text(rounded(over(amount < 0n ? -amount : amount, priced.price), 8))
      lines.push({
        date: day,
        type,
        description: `${type === 'purchase' ? 'Bought' : 'Sold'} ${shares} ${benchmark}`,
        symbol: benchmark,
        shares,
        price: text(priced.price),
        amount,
        transaction: null,
      })
    }
    if (external.in > 0n) {
      if (deposits > 0n) lines.push(cashLine(day, 'deposit', 'Deposit', deposits))
      if (sharesIn > 0n) lines.push(cashLine(day, 'deposit', 'Worth of the shares transferred in', sharesIn))
      trade('purchase', -external.in)
      units += toNumber(external.in) / level
    }
    if (external.out > 0n) {
      const wanted = toNumber(external.out) / level
      const sold = wanted <= units ? external.out : fromFloat(units * level)
      units -= Math.min(units, wanted)
      trade('sale', sold)
      const what = sharesOut > 0n ? 'Withdrawal, with the worth of the shares transferred out' : 'Withdrawal'
      lines.push(cashLine(day, 'withdrawal', what, -sold))
    }
  }
  return { lines, reason: null }
}

function cashLine(date: Day, type: CashFlowType, description: string, amount: Money): Line {
  return { date, type, description, symbol: null, shares: null, price: null, amount, transaction: null }
}

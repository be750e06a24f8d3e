import { externalOf, flowOf } from './cash.ts'
import { cashBook } from './cash-book.ts'
import type { Day } from './day.ts'
import { over, times } from './decimal.ts'
import { kinds } from './kind.ts'
import { type Ledger, type Member, positions, priceOn, recordedSplits } from './ledger.ts'
import { rowsBySymbol, setAside } from './own-rows.ts'
import { withRows } from './prepared-ledger.ts'
import { unitsToday } from './split.ts'
import { StandIn } from './stand-in.ts'
import { unitedLedger } from './united-ledger.ts'
import type { Transaction } from './transaction.ts'
import type { WhatIf } from './what-if-spelling.ts'

/**
 * Returns the ledger as it would be by a rule, or the reason why that is not known; the same ledger by a rule that changes
 * nothing. The symbols of a benchmark in the rule must be among the ledger's markets. Inferred deposits and dividends that
 * count by themselves follow anew (finance.md, "What if").
 */
export function variantLedger(ledger: Ledger, rule: WhatIf): Ledger | { reason: string } {
  if (ledger.members) return ofMembers(ledger, ledger.members, rule)
  const before = ledger.transactions.filter(({ derived }) => !derived)
  if (rule.kind === 'each time') return eachTime(ledger, rule.benchmark)
  const { symbol } = rule
  if (!before.some((row) => row.symbol === symbol && row.type !== 'price'))
    return { reason: `there is no transaction of ${symbol}` }
  const became = before.find(({ type, symbol: own, terms }) => {
    return (type === 'exchange' || type === 'spin_off') && (own === symbol || terms?.newSymbol === symbol)
  })
  if (became)
    return {
      reason: `shares of ${became.symbol} became ${became.terms?.newSymbol} on ${became.date}, and a what-if of one of them alone is not known`,
    }
  switch (rule.kind) {
    case 'without':
      return withRows(
        ledger,
        before.filter((row) => row.symbol !== symbol),
      )
    case 'kept':
      return kept(ledger, before, symbol, rule.sold)
    case 'moved':
      return moved(ledger, before, rule)
    case 'instead':
      return rule.benchmark === symbol ? ledger : instead(ledger, before, symbol, rule.benchmark)
  }
}

/** A group's is the union of its portfolios' variants; one that has nothing of the symbol stays as it is. */
function ofMembers(ledger: Ledger, members: readonly Member[], rule: WhatIf): Ledger | { reason: string } {
  const isMeant = (own: Ledger) =>
    rule.kind === 'each time' || own.transactions.some((row) => row.symbol === rule.symbol && !row.derived)
  const meant = members.filter((each) => isMeant(each.ledger))
  if (meant.length === 0 && rule.kind !== 'each time')
    return { reason: `there is no transaction of ${rule.symbol}` }
  const variants = new Map(
    meant.map(({ id, ledger: own }) => {
      const known = { ...own, markets: new Map([...ledger.markets, ...own.markets]) }
      return [id, variantLedger(known, rule)] as const
    }),
  )
  const reasons = [...variants.values()].flatMap((variant) => ('reason' in variant ? [variant.reason] : []))
  if (reasons.length > 0 && reasons.length === variants.size) return { reason: reasons[0]! }
  const changed = members.map((each) => {
    const variant = variants.get(each.id)
    return variant && !('reason' in variant) ? { ...each, ledger: variant } : each
  })
  const united = unitedLedger(changed, ledger)
  setAside(united.transactions)
  return united
}

function kept(
  ledger: Ledger,
  before: readonly Transaction[],
  symbol: string,
  sold: Day | null,
): Ledger | { reason: string } {
  const isMeant = (row: Transaction) =>
    row.symbol === symbol && row.type === 'sell' && (sold === null || row.date === sold)
  if (!before.some(isMeant))
    return { reason: `there is no sale of ${symbol}${sold === null ? '' : ` on ${sold}`}` }
  return withRows(
    ledger,
    before.filter((row) => !isMeant(row)),
  )
}

/** A purchase is made for the same money, a sale of the same shares, both at the close of the later day. */
function moved(
  ledger: Ledger,
  before: readonly Transaction[],
  { symbol, from, to }: Extract<WhatIf, { kind: 'moved' }>,
): Ledger | { reason: string } {
  const isMeant = ({ type, symbol: own, date, entry }: Transaction) =>
    own === symbol && date === from && entry === undefined && (type === 'buy' || type === 'sell')
  const meant = before.filter(isMeant)
  if (meant.length === 0) return { reason: `there is no purchase or sale of ${symbol} on ${from}` }
  if (from === to) return ledger
  if (to > ledger.today) return { reason: `${to} is in the future` }
  const splits = ledger.markets.get(symbol)?.splits ?? []
  if (recordedSplits(ledger).some((row) => row.symbol === symbol && row.date > from && row.date <= to))
    return { reason: `a recorded split of ${symbol} lies between ${from} and ${to}` }
  const priced = priceOn(ledger, symbol, to)
  if ('reason' in priced) return { reason: priced.reason }
  if (priced.from === 'paid') return { reason: `no price for ${symbol} on ${to}` }
  const rows = before.map((row): Transaction => {
    if (!isMeant(row)) return row
    const { recorded: _recorded, adjustedBy: _units, ...rest } = row
    const { numerator, denominator } = unitsToday(row, splits)
    const shares = (row.shares! * numerator) / denominator
    const own = {
      ...rest,
      date: to,
      unitsDay: ledger.today,
      price: priced.price,
      currency: ledger.baseCurrency,
      rate: null,
    }
    return row.type === 'buy'
      ? { ...own, shares: over(row.amount, priced.price) }
      : { ...own, shares, amount: times(shares, priced.price) }
  })
  const made = withRows(ledger, rows)
  return faultsOf(made, symbol) > faultsOf(ledger, symbol)
    ? { reason: `more of ${symbol} would be sold than held before ${to}` }
    : made
}

function faultsOf(ledger: Ledger, symbol: string): number {
  return positions(ledger, ledger.today).find((each) => each.symbol === symbol)?.faults.length ?? 0
}

/**
 * Each purchase of the symbol buys the benchmark for the same money, and each sale sells as much of it, as far as there is
 * any. Its dividends are reinvested, and those of the symbol never come.
 */
function instead(
  ledger: Ledger,
  before: readonly Transaction[],
  symbol: string,
  benchmark: string,
): Ledger | { reason: string } {
  const own = rowsBySymbol(ledger.transactions).get(symbol)!
  const since = own[0]!.date
  const held = new StandIn(ledger, benchmark, since)
  for (const row of own) {
    const { type, date, unconverted, entry } = row
    // what was reinvested came from dividends that never come
    if (kinds[type].shares === undefined || kinds[type].shares === 'scaled' || entry?.type === 'reinvested')
      continue
    if (unconverted !== undefined) return { reason: unconverted }
    const flow = flowOf(row)
    if (type === 'transfer_in') held.external('deposit', date, -flow)
    const traded = flow < 0n ? held.buy(row.id, date, -flow) : held.sell(row.id, date, flow)
    if (typeof traded === 'string') return { reason: traded }
    if (type === 'transfer_out') held.external('withdrawal', date, traded)
  }
  return held.in(before.filter((row) => row.symbol !== symbol))
}

/** Every deposit, the inferred ones too, buys the benchmark, and every withdrawal sells it, as far as there is any. */
function eachTime(ledger: Ledger, benchmark: string): Ledger | { reason: string } {
  const book = cashBook(ledger, ledger.today)
  const since = book[0]?.day
  if (since === undefined) return ledger
  const held = new StandIn(ledger, benchmark, since)
  for (const each of book) {
    const { in: put, out } = externalOf(each)
    const { day } = each
    // what comes and goes on one day is traded once: a sale would wait for the day's purchase
    const net = put - out
    const traded = net > 0n ? held.buy(day, day, net) : net < 0n ? held.sell(day, day, -net) : 0n
    if (typeof traded === 'string') return { reason: traded }
    held.external('deposit', day, put)
    held.external('withdrawal', day, net < 0n ? put + traded : out)
  }
  return held.in([])
}

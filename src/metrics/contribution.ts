import { cashEffect } from '../portfolio/cash.ts'
import type { Day } from '../portfolio/day.ts'
import { type Money, sum } from '../portfolio/decimal.ts'
import type { Holding } from '../portfolio/holding.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import { asides } from '../portfolio/kind.ts'
import { firstUnknown } from '../portfolio/position.ts'
import type { Account } from './calculation.ts'

/**
 * Returns what each symbol ever held has contributed, in money: its realized gain + unrealized gain + dividends +
 * interest − the fees and taxes recorded for it that belong to no trade (a trade's fee is in its gain), and what transferred
 * shares had gained: added when they left, taken off when they came. It is null when the symbol has no
 * price or one of its amounts is not known in the base currency.
 *
 * `unassigned` belongs to no holding: interest, fees and taxes without a symbol, and the proceeds of oversold shares. It and
 * all contributions add up to the total gain (finance.md, "Contribution" and "Total gain").
 */
export function contributions(
  ledger: Ledger,
  valued: readonly Holding[],
  asOf: Day,
): { of: Map<string, Money | null>; unassigned: Money | null } {
  const asideOf = asidesBySymbol(ledger, asOf)
  const of = new Map<string, Money | null>()
  for (const { symbol, position, unrealizedGain } of valued) {
    // a sum that is not known is null, and none is 0
    const aside = asideOf.has(symbol) ? asideOf.get(symbol)! : 0n
    asideOf.delete(symbol)
    if (aside === null) {
      of.set(symbol, null)
      continue
    }
    const earned = position.realizedGain + position.transferredGain + position.dividends + aside
    const isKnown = firstUnknown(position) === null
    of.set(symbol, unrealizedGain === null || !isKnown ? null : earned + unrealizedGain)
  }
  const faulty = valued.filter(({ position }) => position.faults.length > 0)
  const surplus = faulty.length > 0 ? unbacked(ledger, faulty, asOf) : 0n
  const rest = sum(asideOf.values())
  return { of, unassigned: rest === null ? null : surplus + rest }
}

/**
 * Returns what each symbol has contributed in a period: at its end less at its start, of which `before` are the positions.
 * One that has contributed nothing, and is not held, is left out. With `unassigned` they add up to the gain of the period
 * (finance.md, "Contribution" and "Periods").
 */
export function periodContributions(
  ledger: Ledger,
  { valued, before, from, asOf }: Pick<Account, 'valued' | 'before' | 'from' | 'asOf'>,
): ReturnType<typeof contributions> {
  const end = contributions(ledger, valued, asOf)
  if (from === null) return end
  const start = contributions(ledger, before, from)
  const of = new Map<string, Money | null>()
  for (const { symbol, position } of valued) {
    const then = start.of.has(symbol) ? start.of.get(symbol)! : 0n
    const now = end.of.get(symbol)!
    const gained = now === null || then === null ? null : now - then
    if (gained !== 0n || position.shares > 0n) of.set(symbol, gained)
  }
  const isKnown = end.unassigned !== null && start.unassigned !== null
  return { of, unassigned: isKnown ? end.unassigned! - start.unassigned! : null }
}

/**
 * Adds up interest − fees − taxes of each symbol, and under null those without one. A sum is null when one amount is not
 * known.
 */
function asidesBySymbol({ transactions }: Ledger, asOf: Day): Map<string | null, Money | null> {
  const sums = new Map<string | null, Money | null>()
  for (let i = 0; i < transactions.length; i++) {
    const transaction = transactions[i]!
    const { type, symbol, date, unconverted } = transaction
    if (!asides.has(type) || date > asOf) continue
    const before = sums.get(symbol)
    const isUnknown = unconverted !== undefined || before === null
    sums.set(symbol, isUnknown ? null : (before ?? 0n) + cashEffect(transaction))
  }
  return sums
}

/** Adds up the proceeds of oversold shares in one walk over the ledger. */
function unbacked({ transactions }: Ledger, faulty: readonly Holding[], asOf: Day): Money {
  const symbols = new Set(faulty.map((holding) => holding.symbol))
  let received = 0n
  for (const { type, symbol, date, amount, fee } of transactions) {
    if (type === 'sell' && symbols.has(symbol!) && date <= asOf) received += amount - fee
  }
  return received - sum(faulty.flatMap(({ position }) => position.sales.map((sale) => sale.proceeds)))
}

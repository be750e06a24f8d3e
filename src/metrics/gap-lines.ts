import { matched } from '../portfolio/benchmark.ts'
import { type CashDay, externalOf } from '../portfolio/cash.ts'
import type { Day } from '../portfolio/day.ts'
import { fromFloat, fromNumber, type Money, toNumber } from '../portfolio/decimal.ts'
import { asides, kinds } from '../portfolio/kind.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import { rowsWithoutSymbol } from '../portfolio/own-rows.ts'
import { remembered } from '../portfolio/remembered.ts'
import type { Span, Stretch } from './carried-flow.ts'
import { type Flow, movementOf } from './movement.ts'

/**
 * Returns what the benchmark would be worth with the portfolio's deposits and withdrawals, and what it could not pay of
 * the withdrawals, as flows. In a period the first deposit is the portfolio's value at the start. A sentence says on
 * which day the benchmark has no price (finance.md, "Benchmark, cash-flow matched").
 */
export function instead(
  book: readonly CashDay[],
  span: Span,
  opening: Money,
): { value: Money; missing: Flow[] } | string {
  const { asOf, start, benchmark } = span
  const moved = externalFlows(book, start)
  const days = [...(start === null ? [] : [start]), ...moved.days, asOf]
  const flows = [
    ...(start === null ? [] : [{ deposits: toNumber(opening), withdrawals: 0 }]),
    ...moved.flows,
    { deposits: 0, withdrawals: 0 },
  ]
  const alternative = matched(days, flows, span.level)
  const value = alternative.value.at(-1) ?? null
  if (value === null) return `no price for ${benchmark} on ${alternative.missing ?? asOf}`
  const missing = flows.flatMap(({ withdrawals }, i): Flow[] => {
    const short = withdrawals - alternative.withdrawn[i]!
    return short > 0
      ? [
          {
            day: days[i]!,
            kind: 'missing',
            transaction: null,
            amount: -fromNumber(short),
          },
        ]
      : []
  })
  return { value: fromFloat(value), missing }
}

/** The same for every benchmark. */
const externalFlows = remembered((book: readonly CashDay[], start: Day | null) => {
  const moved = book
    .filter(({ day }) => start === null || day > start)
    .map((each) => ({ day: each.day, external: externalOf(each) }))
    .filter(({ external }) => external.in > 0n || external.out > 0n)
  return {
    days: moved.map(({ day }) => day),
    flows: moved.map(({ external }) => ({
      deposits: toNumber(external.in),
      withdrawals: toNumber(external.out),
    })),
  }
})

/** Returns the changes of the balance, as money that went into the cash (negative) or came out of it. */
export function cashFlows(book: readonly CashDay[], { start }: Stretch): Flow[] {
  const flows: Flow[] = []
  let before = 0n
  if (start !== null) {
    before = balanceAt(book, start)
    if (before !== 0n) flows.push({ day: start, kind: 'start', transaction: null, amount: -before })
  }
  for (const { day, balance, revalued = 0n } of book) {
    if (start !== null && day <= start) continue
    // what rates did to the cash is what it gained
    const amount = before + revalued - balance
    if (amount !== 0n) flows.push({ day, kind: 'cash', transaction: null, amount })
    before = balance
  }
  return flows
}

/** Returns the fees and taxes that name no symbol. */
export function feeFlows(ledger: Ledger, stretch: Stretch): Flow[] {
  return asideFlows(ledger, stretch, 'out')
}

/** Returns the interest that names no symbol. */
export function interestFlows(ledger: Ledger, stretch: Stretch): Flow[] {
  return asideFlows(ledger, stretch, 'in')
}

/** Returns what exchange rates brought to the cash of a group, or took from it (finance.md, "Groups"). */
export function currencyFlows(book: readonly CashDay[], { start, asOf }: Stretch): Flow[] {
  return book.flatMap(({ day, revalued }): Flow[] =>
    revalued === undefined || day > asOf || (start !== null && day <= start)
      ? []
      : [{ day, kind: 'cash', transaction: null, amount: revalued }],
  )
}

function asideFlows({ transactions }: Ledger, { start, asOf }: Stretch, cash: 'in' | 'out'): Flow[] {
  return rowsWithoutSymbol(transactions)
    .filter(
      ({ type, date }) =>
        asides.has(type) && kinds[type].cash === cash && date <= asOf && (start === null || date > start),
    )
    .map(movementOf)
}

/** Returns the balance at the close of a day. */
export function balanceAt(book: readonly CashDay[], day: Day): Money {
  return book.findLast((each) => each.day <= day)?.balance ?? 0n
}

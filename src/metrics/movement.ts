import { flowOf } from '../portfolio/cash.ts'
import { type Day, dayNumber } from '../portfolio/day.ts'
import type { Money } from '../portfolio/decimal.ts'
import type { OwnRows } from '../portfolio/own-rows.ts'
import { remembered } from '../portfolio/remembered.ts'
import { type TransactionType, typesWhere } from '../portfolio/kind.ts'
import type { Transaction } from '../portfolio/transaction.ts'

/** Money that moved on a day: positive when it came to the investor, negative when it left. */
export type Flow = {
  day: Day
  /**
   * `start` is what was there when the period began, `cash` a change of the balance, `missing` the part of a withdrawal
   * that the benchmark could not pay.
   */
  kind:
    | 'start'
    | 'buy'
    | 'sell'
    | 'dividend'
    | 'interest'
    | 'fee'
    | 'tax'
    | 'transfer_in'
    | 'transfer_out'
    | 'return_of_capital'
    | 'spin_off'
    | 'exchange'
    | 'cash'
    | 'missing'
  transaction: string | null
  /** A sentence when it could not be converted. */
  amount: Money | string
}

/** Returns what each row of a symbol paid or brought, in their order; a split does neither. */
export const movementsOf = remembered((own: OwnRows): Flow[] =>
  own.filter(({ type }) => moves.has(type)).map(movementOf),
)

/**
 * Returns the day number of each flow, its amount as the nearest double, NaN when it is not known, and the lowest 64 bits
 * of it. They are the same whatever it is compared with.
 */
export const measured = remembered((flows: readonly Flow[]) => {
  const days = new Int32Array(flows.length)
  const nearest = new Float64Array(flows.length)
  const lowest = new BigInt64Array(flows.length)
  for (let i = 0; i < flows.length; i++) {
    const { day, amount } = flows[i]!
    days[i] = dayNumber(day)
    nearest[i] = Number(amount)
    if (typeof amount !== 'string') lowest[i] = amount
  }
  return { days, nearest, lowest }
})

/** The types that move cash when they name a symbol, or shares at what they are worth. A ledger has no `reinvested`. */
export const moves: ReadonlySet<TransactionType> = typesWhere(
  ({ cash, symbol, shares, fields }) =>
    (cash !== 'none' && symbol !== 'none') ||
    shares === 'in' ||
    shares === 'out' ||
    fields.includes('new_symbol'),
)

/** Returns what a transaction of such a type paid or brought. */
export function movementOf(transaction: Transaction): Flow {
  const { id, type, date, unconverted } = transaction
  return {
    day: date,
    kind: type as Flow['kind'],
    transaction: id,
    amount: unconverted ?? flowOf(transaction),
  }
}

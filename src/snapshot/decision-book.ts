import type { Decision } from '../metrics/decisions.ts'
import { addDays, type Day } from '../portfolio/day.ts'
import { text } from '../portfolio/decimal.ts'
import type { TransactionType } from '../portfolio/kind.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import { rareRows } from '../portfolio/rare-rows.ts'
import type { Transaction } from '../portfolio/transaction.ts'
import { type BestAndWorst, bestAndWorst } from './decision-row.ts'

/**
 * A transaction that its owner has written something about, or wants to look at again, and the money that it has won or
 * lost against a benchmark until now. Decimals are text, in the portfolio's currency.
 */
export type RememberedDecision = {
  transaction: string
  type: TransactionType
  symbol: string | null
  date: Day
  /** As traded; null for what moves no shares. */
  shares: string | null
  /** What was paid with the fee, or received less the fee; of all others the amount. */
  amount: string | null
  note: string
  review: Day | null
  gap: string | null
  reason: string | null
}

/** `benchmark` is null for a portfolio that has none. */
export type DecisionBook = {
  as_of: Day
  benchmark: string | null
  due: RememberedDecision[]
  remembered: RememberedDecision[]
} & BestAndWorst

/**
 * Returns the decisions that are due for review on a day, those that have waited longest first; the others that have a
 * note or a later day of review, newest first; and at most `most` that won money, and as many that lost some. `decided` are
 * all purchases and sales, the best first (metrics/decisions.ts); only they have a gap.
 */
export function decisionBook(
  ledger: Ledger,
  benchmark: string | null,
  decided: readonly Decision[],
  most: number,
): DecisionBook {
  const asOf = ledger.today
  const judged = new Map(decided.map((decision) => [decision.transaction, decision]))
  const rows = enteredRows(
    ledger.transactions,
    asOf,
    ({ note, review }) => note !== '' || review !== undefined,
  ).map((row) => remembered(row, benchmark, judged.get(row.id)))
  const isDue = ({ review }: RememberedDecision) => review !== null && review <= asOf
  return {
    as_of: asOf,
    benchmark,
    due: rows.filter(isDue).toSorted((a, b) => (a.review! < b.review! ? -1 : a.review! > b.review! ? 1 : 0)),
    remembered: rows.filter((row) => !isDue(row)).toReversed(),
    ...bestAndWorst(decided, most),
  }
}

/** So many days ahead a snapshot knows, which may be from an earlier day than its reader's. */
const DAYS_AHEAD = 28

/**
 * Returns the days of review of the decisions that are due at the end of the ledger's today or in the four weeks after it,
 * the earliest first: one for each decision, and no more than say that there are many.
 */
export function comingReviews({ transactions, today }: Ledger): Day[] {
  const until = addDays(today, DAYS_AHEAD)
  return enteredRows(rareRows(transactions).reviewed, today, ({ review }) => review! <= until)
    .map(({ review }) => review!)
    .toSorted()
    .slice(0, MANY_REVIEWS)
}

/** So many are counted one by one. */
export const MANY_REVIEWS = 100

/** The rows up to a day as their owner has entered them, of which few are meant. */
function enteredRows(
  transactions: readonly Transaction[],
  today: Day,
  isMeant: (entered: Transaction) => boolean,
): Transaction[] {
  return transactions
    .filter((row) => isMeant(row.entry ?? row) && row.date <= today && !row.isPart && !row.derived)
    .map((row) => row.entry ?? row)
}

function remembered(
  { id, type, symbol, date, shares, amount, note, review, unconverted }: Transaction,
  benchmark: string | null,
  decision: Decision | undefined,
): RememberedDecision {
  const { gap = null, reason = benchmark === null ? NO_BENCHMARK : NOT_JUDGED } = decision ?? {}
  return {
    transaction: id,
    type,
    symbol,
    date,
    shares: text(shares),
    amount: text(decision ? decision.amount : unconverted === undefined ? amount : null),
    note,
    review: review ?? null,
    gap: text(gap),
    reason,
  }
}

const NO_BENCHMARK = 'this portfolio has no benchmark'
const NOT_JUDGED = 'only purchases and sales are measured against a benchmark'

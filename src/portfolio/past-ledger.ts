import type { Day } from './day.ts'
import type { Ledger } from './ledger.ts'
import { rowsUpTo, setAside } from './own-rows.ts'
import { remembered } from './remembered.ts'
import { unitedLedger } from './united-ledger.ts'

/**
 * Returns the ledger as of an earlier day: the rows up to it, with that day as its today; the same ledger for its own
 * today and later. Prices stay whole, since every figure of a ledger reads them up to the ledger's today, and what is
 * calculated of them is remembered by the market they stand in. So each figure equals, to the last digit, what the whole
 * ledger says of that day (finance.md, "Periods").
 */
export function pastLedger(ledger: Ledger, day: Day): Ledger {
  if (day >= ledger.today) return ledger
  const known = pastOf(ledger)
  const found = known.get(day) ?? upTo(ledger, day)
  // the latest that was asked for is the last to go
  known.delete(day)
  known.set(day, found)
  if (known.size > KEPT) known.delete(known.keys().next().value!)
  return found
}

/** So many days of a ledger are kept, for a reader who goes through pages or to and fro. */
const KEPT = 8

const pastOf = remembered((_ledger: Ledger) => new Map<Day, Ledger>())

function upTo(ledger: Ledger, day: Day): Ledger {
  if (ledger.members) {
    // whether shares that left were on their way to another member is known when they arrive
    const past = ledger.members.map((each) => ({ ...each, ledger: pastLedger(each.ledger, day) }))
    const united = unitedLedger(past, { ...ledger, today: day })
    setAside(united.transactions)
    return { ...united, isPast: true }
  }
  const { transactions, ownPrices } = ledger
  return {
    ...ledger,
    today: day,
    isPast: true,
    transactions: rowsUpTo(transactions, day),
    ...(ownPrices && { ownPrices: ownPrices.filter(({ date }) => date <= day) }),
  }
}

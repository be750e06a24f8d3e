import { type Day, daysBetween } from './day.ts'
import { type Shares, sum } from './decimal.ts'
import type { Revaluation } from './foreign-cash.ts'
import type { Ledger, Member } from './ledger.ts'
import { arrivals } from './moved-lots.ts'
import { rowsBySymbol, splitsOf } from './own-rows.ts'
import { positionOf } from './position.ts'
import type { Taken } from './lot.ts'
import { splitShares, unitsToday } from './split.ts'
import type { Transaction } from './transaction.ts'

/** What left one portfolio may arrive in another so many days later. */
const UNDERWAY_AT_MOST = 10

/** What left or came on one day, in one portfolio: shares of one symbol, in today's units, or an amount of money. */
type Move = { member: Member; day: Day; what: string; rows: Transaction[] }

/**
 * Finds what moved between two members of a group, and returns what stands for each of its rows (finance.md, "Groups").
 * Shares that go out of one and come into another within ten days, as many of the same symbol, move with their lots on
 * the day they left. An amount of money that is withdrawn from one and deposited in another, in the same currency, is
 * cash of the group all the time: both rows go, and only a fee of the deposit stays. What rates did to it meanwhile is
 * `underway`, on the day it arrived.
 */
export function insideTransfers(members: readonly Member[]): {
  replaced: Map<Transaction, Transaction[]>
  underway: Revaluation[]
} {
  const replaced = new Map<Transaction, Transaction[]>()
  const underway: Revaluation[] = []
  if (members.length < 2) return { replaced, underway }
  for (const [out, back] of pairs(members, 'transfer_out', 'transfer_in')) {
    const moved = movedLots(out, back)
    if (moved === null) continue
    for (const row of out.rows) replaced.set(row, [{ ...row, internal: true }])
    back.rows.forEach((row, i) => replaced.set(row, i === 0 ? moved : []))
  }
  for (const [out, back] of pairs(members, 'withdrawal', 'deposit')) {
    for (const row of out.rows) replaced.set(row, [])
    for (const row of back.rows) replaced.set(row, feeOf(row))
    const [left, came] = [out, back].map(({ rows }) => sum(rows.map(({ amount }) => amount)))
    if (left !== came) underway.push({ day: back.day, amount: came! - left! })
  }
  return { replaced, underway }
}

type Leaving = 'transfer_out' | 'withdrawal'
type Coming = 'transfer_in' | 'deposit'

/** Each of what left with what came into another portfolio and is as much: the earliest that no other is the pair of. */
function pairs(members: readonly Member[], leaving: Leaving, coming: Coming): [Move, Move][] {
  const came = Map.groupBy(movesOf(members, coming), ({ what }) => what)
  if (came.size === 0) return []
  return movesOf(members, leaving).flatMap((out): [Move, Move][] => {
    const open = came.get(out.what) ?? []
    const at = open.findIndex(
      ({ member, day }) =>
        member !== out.member && day >= out.day && daysBetween(out.day, day) <= UNDERWAY_AT_MOST,
    )
    return at < 0 ? [] : [[out, open.splice(at, 1)[0]!]]
  })
}

/** The moves of all members, oldest first. Shares of one symbol and day are one, however many lots a file names. */
function movesOf(members: readonly Member[], type: Leaving | Coming): Move[] {
  const found = members.flatMap((member) => {
    const rows = member.ledger.transactions.filter(
      (row) => row.type === type && !row.internal && row.unconverted === undefined,
    )
    const groups = Map.groupBy(rows, (row) => (row.symbol === null ? row.id : `${row.symbol} ${row.date}`))
    return [...groups.values()].map((own): Move => {
      return { member, day: own[0]!.date, what: whatOf(member.ledger, own), rows: own }
    })
  })
  return found.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
}

function whatOf(ledger: Ledger, rows: readonly Transaction[]): string {
  const { symbol, recorded, amount } = rows[0]!
  if (symbol === null) return `${recorded?.amount ?? amount} ${recorded?.currency ?? ledger.baseCurrency}`
  return `${sum(rows.map((row) => sharesOf(ledger, row)))} ${symbol}`
}

function sharesOf({ markets }: Ledger, row: Transaction): Shares {
  return splitShares(row.shares!, unitsToday(row, splitsOf(markets.get(row.symbol!))))
}

/** The lots that left, as rows of the portfolio that they came to; null when there were fewer shares than left. */
function movedLots(out: Move, back: Move): Transaction[] | null {
  const { ledger } = out.member
  const symbol = out.rows[0]!.symbol!
  const own = rowsBySymbol(ledger.transactions).get(symbol)!
  const { transfers } = positionOf(
    symbol,
    own,
    splitsOf(ledger.markets.get(symbol)),
    ledger.costBasis,
    out.day,
  )
  const came = back.rows[0]!
  const moved = out.rows.map((row) => {
    const lots = transfers.find(({ transaction }) => transaction === row.id)?.lots ?? []
    return sum(lots.map(({ shares }) => shares)) === sharesOf(ledger, row)
      ? arrived(came, row, lots, ledger)
      : null
  })
  if (moved.includes(null)) return null
  // lists show what was entered
  return moved
    .flatMap((rows) => rows ?? [])
    .map((row, i) => {
      const { isPart: _, ...shown } = row
      return back.rows[i] ? { ...shown, entry: back.rows[i] } : row
    })
}

function arrived(
  came: Transaction,
  left: Transaction,
  lots: readonly Taken[],
  ledger: Ledger,
): Transaction[] {
  const own = lots.map(({ lot, ...rest }) => ({ ...rest, transaction: lot }))
  const { unitsDay, worth = 0n } = left
  const row = { ...left, id: `${came.id}/${left.id}`, note: came.note }
  return arrivals(row, ledger, own, left.shares!, worth).map((each) => ({
    ...each,
    ...(unitsDay !== undefined && { unitsDay }),
  }))
}

/** What a deposit lost on its way. */
function feeOf(deposit: Transaction): Transaction[] {
  const { fee } = deposit
  return fee === 0n ? [] : [{ ...deposit, type: 'fee', amount: fee, fee: 0n }]
}

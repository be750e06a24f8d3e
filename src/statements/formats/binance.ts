import { type Decimal, sum, text } from '../../portfolio/decimal.ts'
import type { Row } from '../csv.ts'
import { exact } from '../facts.ts'
import type { Table } from '../tables.ts'

/**
 * Binance’s transaction history has a row for each coin that moved, and those of a trade have one instant:
 *
 *     User_ID,UTC_Time,Account,Operation,Coin,Change,Remark
 *     123,2024-01-15 10:00:00,Spot,Transaction Buy,BTC,0.01,
 *     123,2024-01-15 10:00:00,Spot,Transaction Spend,EUR,-400,
 *     123,2024-01-15 10:00:00,Spot,Transaction Fee,EUR,-0.4,
 *
 * They are joined to one row with what was sent and received (two-legs.ts). Null for any other table.
 */
export function joinedBinance({ header, rows }: Table): Table | null {
  const names = header.cells.map((cell) => cell.toLowerCase().replaceAll(/[^a-z]/g, ''))
  const [time, operation, coin, change] = ['utctime', 'operation', 'coin', 'change'].map((name) =>
    names.indexOf(name),
  ) as [number, number, number, number]
  if ([time, operation, coin, change].some((index) => index < 0)) return null
  const legOf = (row: Row): Leg => ({
    line: row.line,
    time: row.cells[time] ?? '',
    operation: row.cells[operation] ?? '',
    coin: row.cells[coin] ?? '',
    change: exact(row.cells[change] ?? '') ?? 0n,
  })
  const trades = new Map<string, Leg[]>()
  const joined: Row[] = []
  for (const leg of rows.map(legOf)) {
    if (CHANGED_WALLET.test(leg.operation)) joined.push(rowOf([{ ...leg, change: 0n }]))
    else if (!TRADED.test(leg.operation)) joined.push(rowOf([leg]))
    else trades.set(leg.time, [...(trades.get(leg.time) ?? []), leg])
  }
  for (const legs of trades.values()) joined.push(rowOf(legs))
  return {
    header: { line: header.line, cells: HEADER },
    rows: joined.toSorted((a, b) => a.line - b.line),
  }
}

type Leg = { line: number; time: string; operation: string; coin: string; change: Decimal }

const TRADED =
  /^(?:transaction (?:buy|spend|sold|revenue|fee|related)|buy|sell|fee|large otc trading|(?:binance )?convert)$/i

/** From one wallet of the same owner to another. */
const CHANGED_WALLET =
  /^(?:simple earn|staking|pos savings|savings|launchpool|bnb vault)\b.*(?:subscription|purchase|redemption)$|^transfer between |account transfer$/i

const HEADER = [
  'Date',
  'Sent',
  'Sent coin',
  'Received',
  'Received coin',
  'Fee',
  'Fee coin',
  'Binance operation',
]

function rowOf(legs: readonly Leg[]): Row {
  const [first] = legs as [Leg]
  const fees = legs.filter(({ operation }) => /fee/i.test(operation))
  const others = legs.length === fees.length ? legs : legs.filter((leg) => !fees.includes(leg))
  const [sent, received] = [
    inOneCoin(others.filter(({ change }) => change < 0n)),
    inOneCoin(others.filter(({ change }) => change > 0n)),
  ]
  const fee = others === legs ? NOTHING : inOneCoin(fees)
  return { line: first.line, cells: [first.time, ...sent, ...received, ...fee, first.operation] }
}

const NOTHING = ['', '']

/** The sum of legs of one coin; of several coins what nobody can read, so that the row is refused. */
function inOneCoin(legs: readonly Leg[]): string[] {
  if (legs.length === 0) return NOTHING
  const coins = [...new Set(legs.map(({ coin }) => coin))]
  const all = sum(legs.map(({ change }) => change))
  return [coins.length === 1 ? text(all < 0n ? -all : all) : '?', coins.join('+')]
}

import { text } from '../../portfolio/decimal.ts'
import type { Row } from '../csv.ts'
import { exact } from '../facts.ts'
import type { Mapping } from '../mapping.ts'
import type { Table } from '../tables.ts'

/**
 * Kraken's ledger has two rows for a trade, one of each asset, with the same refid:
 *
 *     "txid","refid","time","type","subtype","aclass","asset","wallet","amount","fee","balance"
 *     "L1","T1","2024-01-15 10:00:00","trade","","currency","ZEUR","spot / main",-420.0000,1.0900,578.91
 *     "L2","T1","2024-01-15 10:00:00","trade","","currency","XXBT","spot / main",0.0100000000,0,0.0100000000
 *
 * They are joined to one row, below headings that are added on the right.
 */
export const kraken: Mapping = {
  name: 'Kraken',
  header: ['txid', 'refid', 'time', 'type', 'asset', 'amount', 'fee', 'kraken shares'],
  field: {
    date: 'time',
    type: 'type',
    symbol: 'kraken symbol',
    shares: 'kraken shares',
    fee: 'kraken fee',
    amount: 'kraken amount',
    currency: 'kraken currency',
    id: 'refid',
  },
  words: [
    [/^(?:trade|spend|receive)$/, 'trade'],
    [/^earn$|^staking$/, 'reward'],
  ],
  amount: 'gross',
  decimals: '.',
  signed: true,
  odd: (cells, cell) => {
    // from one wallet of the same owner to another
    if (/staking$|^spotfrom|^stakingfrom|allocat|^migration$/.test(cell('subtype')))
      return { skip: 'a row that moved neither shares nor cash' }
    // what is earned on money is interest
    const isEarned = cells.symbol === '' && /^(?:earn|staking)$/.test(cells.types[0] ?? '')
    return isEarned ? { ...cells, types: ['interest'] } : cells
  },
}

/** "T1","O1","XXBTZEUR","2024-01-15 10:00:00.1234","buy","limit",42000.0,420.0,1.092,0.01,… */
export const krakenTrades: Mapping = {
  name: 'Kraken',
  header: ['txid', 'ordertxid', 'pair', 'time', 'type', 'price', 'cost', 'fee', 'vol'],
  field: {
    date: 'time',
    type: 'type',
    symbol: 'pair',
    shares: 'vol',
    price: 'price',
    fee: 'fee',
    amount: 'cost',
    id: 'txid',
  },
  amount: 'gross',
  decimals: '.',
  signed: false,
  odd: (cells) => {
    const [, coin, currency] =
      /^([A-Z0-9.]{2,10}?)\/?Z?(USD|EUR|GBP|CAD|AUD|CHF|JPY)$/.exec(cells.symbol) ?? []
    return coin && currency ? { ...cells, symbol: `${coinOf(coin)}-${currency}`, currency } : cells
  },
}

/** The table with its pairs joined; null for one that is not Kraken's. */
export function joinedKraken({ header, rows }: Table): Table | null {
  const names = header.cells.map((cell) => cell.toLowerCase())
  const at = (name: string) => names.indexOf(name)
  const [txid, refid, type, asset, amount, fee] = ['txid', 'refid', 'type', 'asset', 'amount', 'fee'].map(
    at,
  ) as [number, number, number, number, number, number]
  if ([txid, refid, type, asset, amount, fee].some((index) => index < 0)) return null
  const added = (row: Row, ...more: string[]): Row => ({
    line: row.line,
    cells: [...header.cells.map((_, i) => row.cells[i] ?? ''), ...more],
  })
  // a fee in the coin leaves less of it
  const changeOf = ({ cells }: Row): string => {
    const [change, charged] = [exact(cells[amount] ?? ''), exact(cells[fee] ?? '')]
    return change !== null && charged ? text(change - charged) : (cells[amount] ?? '')
  }
  const waiting = new Map<string, Row>()
  const joined: Row[] = []
  for (const row of rows) {
    const money = moneyOf(row.cells[asset] ?? '')
    if (!/^(?:trade|spend|receive)$/.test(row.cells[type] ?? '')) {
      joined.push(
        money
          ? added(row, '', '', row.cells[fee] ?? '', row.cells[amount] ?? '', money)
          : added(row, `${coinOf(row.cells[asset] ?? '')}-USD`, changeOf(row), '', '', 'USD'),
      )
      continue
    }
    const other = waiting.get(row.cells[refid] ?? '')
    if (!other) {
      waiting.set(row.cells[refid] ?? '', row)
      continue
    }
    waiting.delete(row.cells[refid] ?? '')
    const [cash, coin] = money ? [row, other] : [other, row]
    const currency = moneyOf(cash.cells[asset] ?? '')
    const first = other.line < row.line ? other : row
    if (!currency || moneyOf(coin.cells[asset] ?? '')) joined.push(added(first, '', '', '', '', ''))
    else
      joined.push(
        added(
          first,
          `${coinOf(coin.cells[asset] ?? '')}-${currency}`,
          changeOf(coin),
          cash.cells[fee] ?? '',
          cash.cells[amount] ?? '',
          currency,
        ),
      )
  }
  // one half alone: the other is in a file of another period
  for (const row of waiting.values()) joined.push(added(row, '', '', '', '', ''))
  return {
    header: added(header, 'kraken symbol', 'kraken shares', 'kraken fee', 'kraken amount', 'kraken currency'),
    rows: joined,
  }
}

function moneyOf(asset: string): string | null {
  return /^Z?(USD|EUR|GBP|CAD|AUD|CHF|JPY)(?:\.HOLD|\.M)?$/.exec(asset)?.[1] ?? null
}

/** XXBT is BTC, XETH is ETH, DOT.S is DOT that is staked. */
function coinOf(asset: string): string {
  const [plain = ''] = asset.split('.')
  const name = /^X[A-Z]{3}$/.test(plain) && plain !== 'XTZ' ? plain.slice(1) : plain
  return name === 'XBT' ? 'BTC' : name === 'XDG' ? 'DOGE' : name
}

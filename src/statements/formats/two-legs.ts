import { text } from '../../portfolio/decimal.ts'
import { columnName, type Field, fieldsOf } from '../columns.ts'
import type { Row } from '../csv.ts'
import type { Cells, Mapping } from '../mapping.ts'
import { isMoney, moneyOfCoin } from '../money-codes.ts'
import { exact } from '../facts.ts'
import type { Reading } from '../statement-format.ts'

/** So much of a currency or a coin; '' for a leg that the row does not have. */
export type Leg = { amount: string; code: string }

/** What came, what went, and what it cost. */
type Legs = Record<'came' | 'went' | 'fee', Leg>

/**
 * Programs for taxes on coins, and exchanges of coins, write what came and what went, in one row:
 *
 *     "Type","Buy","Cur.","Sell","Cur.","Fee","Cur.","Exchange","Group","Comment","Date","Tx-ID"
 *     "Trade","0.005","BTC","500.00","EUR","2.00","EUR","Kraken","","","2025-01-01 10:12:27",""
 *
 *     Date,Sent Amount,Sent Currency,Received Amount,Received Currency,Fee Amount,Fee Currency,Net Worth Amount,…,Label,Description,TxHash
 *     2024-01-15 10:00 UTC,500,EUR,0.0055,BTC,2,EUR,,,,,
 *
 *     Date(UTC),Pair,Side,Price,Executed,Amount,Fee
 *     2024-01-16 10:00:00,BTCUSDT,BUY,42800,0.0100000000BTC,428.00000000USDT,0.00001000BTC
 *
 * Of two equal headings the second is `cur 2` (headings.ts).
 */
export const twoLegs: readonly Mapping[] = [
  ofTwoLegs(
    'CoinTracking',
    ['type', 'buy', 'cur', 'sell', 'fee', 'exchange', 'date'],
    { date: 'date', type: 'type', fee: 'fee', amount: 'sell', shares: 'buy', note: 'comment', id: 'tx-id' },
    (cell) => ({
      came: { amount: cell('buy'), code: cell('cur') },
      went: { amount: cell('sell'), code: cell('cur 2') },
      fee: { amount: cell('fee'), code: cell('cur 3') },
    }),
  ),
  ofTwoLegs(
    'Koinly',
    ['date', 'sent amount', 'sent currency', 'received amount', 'received currency'],
    {
      date: 'date',
      type: 'label',
      fee: 'fee amount',
      amount: 'sent amount',
      shares: 'received amount',
      note: 'description',
      id: ['txhash', 'tx hash'],
    },
    (cell) => ({
      came: { amount: cell('received amount'), code: cell('received currency') },
      went: { amount: cell('sent amount'), code: cell('sent currency') },
      fee: { amount: cell('fee amount'), code: cell('fee currency') },
    }),
  ),
  ofTwoLegs(
    'CoinTracker',
    ['date', 'received quantity', 'received currency', 'sent quantity', 'sent currency'],
    {
      date: 'date',
      type: ['tag', 'type'],
      fee: 'fee amount',
      amount: 'sent quantity',
      shares: 'received quantity',
      id: 'transaction id',
    },
    (cell) => ({
      came: { amount: cell('received quantity'), code: cell('received currency') },
      went: { amount: cell('sent quantity'), code: cell('sent currency') },
      fee: { amount: cell('fee amount'), code: cell('fee currency') },
    }),
  ),
  // formats/binance.ts joins its rows to these
  ofTwoLegs(
    'Binance',
    ['date', 'sent', 'sent coin', 'received', 'received coin', 'fee', 'fee coin', 'binance operation'],
    { date: 'date', type: 'binance operation', fee: 'fee', amount: 'sent', shares: 'received' },
    (cell) => ({
      came: { amount: cell('received'), code: cell('received coin') },
      went: { amount: cell('sent'), code: cell('sent coin') },
      fee: { amount: cell('fee'), code: cell('fee coin') },
    }),
  ),
  ofTwoLegs(
    'Binance',
    ['date', 'pair', 'side', 'price', 'executed', 'amount', 'fee'],
    { date: 'date', type: 'side', fee: 'fee', amount: 'amount', shares: 'executed' },
    (cell) => {
      const [coin, money] = [legIn(cell('executed')), legIn(cell('amount'))]
      const isBuy = /buy/i.test(cell('side'))
      return { came: isBuy ? coin : money, went: isBuy ? money : coin, fee: legIn(cell('fee')) }
    },
  ),
]

/**
 * A table that no format names, whose headings are those of two legs in any words: `Asset Sent`, `Amount Sent`, `Asset Received`, …;
 * `inBuyAmount`, `inBuyAsset`, …; `Montant reçu`, `Monnaie ou jeton reçu`, …. Null for any other table.
 */
export function guessedLegs({ cells: headings }: Row, rows: readonly Row[]): Mapping | null {
  const names = headings.map(columnName)
  const nameOf = (what: string, side: string) =>
    names.find((name) => new RegExp(`^(?:(?:${side}) (?:${what})|(?:${what}) (?:${side}))$`).test(name))
  const [came, coin, went, money] = [
    nameOf(AMOUNT, CAME),
    nameOf(CODE, CAME),
    nameOf(AMOUNT, WENT),
    nameOf(CODE, WENT),
  ]
  const [date] = names
    .flatMap((name) => fieldsOf(name).map(({ field, rank }) => ({ name, field, rank })))
    .filter(({ field }) => field === 'date')
    .toSorted((a, b) => a.rank - b.rank)
  if (!came || !coin || !went || !money || !date) return null
  // an account of cash has a debit or a credit, and a trade of coins both
  const isMoved = (cells: readonly string[], name: string) => /[1-9]/.test(cells[names.indexOf(name)] ?? '')
  if (/debit/.test(went) && !rows.some(({ cells }) => isMoved(cells, went) && isMoved(cells, came)))
    return null
  const fee = nameOf(`${AMOUNT}|`, FEE)?.trim() ?? names.find((name) => name === 'fee' || name === 'frais')
  const feeIn = nameOf(CODE, FEE)
  const ownOf = (field: Field) => names.filter((name) => fieldsOf(name).some((each) => each.field === field))
  return ofTwoLegs(
    'Spreadsheet',
    [],
    {
      date: date.name,
      type: ownOf('type'),
      amount: went,
      shares: came,
      note: ownOf('note'),
      id: ownOf('id'),
      ...(fee && { fee }),
    },
    (cell) => ({
      came: legOf(cell(came), cell(coin)),
      went: legOf(cell(went), cell(money)),
      fee: legOf(fee ? cell(fee) : '', feeIn ? cell(feeIn) : ''),
    }),
  )
}

const AMOUNT = 'amount|quantity|qty|volume|montant|menge|betrag'
const CODE = 'asset|currency|coin|cur|symbol|token|ccy|monnaie ou jeton|wahrung'
const CAME = 'received|receive|buy|bought|in|in buy|incoming|to|output|acquired|credited|credit|recu|eingang'
const WENT =
  'sent|send|sell|sold|out|out sell|outgoing|from|input|spent|disposed|debited|debit|envoye|ausgang'
const FEE = 'fee|fees|frais|des frais|gebuhr'

/** A mapping whose rows are legs: what the columns say of each, the rest is the same everywhere. */
export function ofTwoLegs(
  name: string,
  header: readonly string[],
  field: Mapping['field'],
  legsOf: (cell: (heading: string) => string, cells: Cells) => Legs,
): Mapping {
  return {
    name,
    header,
    field,
    amount: 'gross',
    decimals: '.',
    signed: false,
    coins: true,
    odd: (cells, cell) => ofLegs(cells, legsOf(cell, cells)),
  }
}

/** `428.00000000USDT`; coins that are worth a dollar are dollars. */
export function legIn(cell: string): Leg {
  const [, amount = '', code = ''] = /^([\d.,]{1,30}) ?([A-Z0-9]{2,10})$/.exec(cell.trim()) ?? []
  return legOf(amount, code)
}

export function legOf(amount: string, code: string): Leg {
  return { amount: amount.replaceAll(/[,+−-]/g, ''), code: moneyOfCoin(code) }
}

function ofLegs(cells: Cells, { came, went, fee }: Legs): Cells | Reading {
  let [isIn, isOut] = [came, went].map(({ amount, code }) => code !== '' && /[1-9]/.test(amount))
  // some write what was deposited or withdrawn into both
  if (isIn && isOut && came.code === went.code)
    [isIn, isOut] = isOutgoing(cells) ? [false, true] : [true, false]
  const coin = isIn && !isMoney(came.code) ? came : went
  const money = coin === came ? went : came
  const currency = isMoney(money.code) ? money.code : ''
  const own = {
    ...cells,
    symbol: coin.code,
    currency,
    shares: coin.amount,
    amount: currency ? money.amount : '',
    ...charged(cells, coin, fee, { currency, isSale: coin === went }),
  }
  if (isIn && isOut) {
    if (isMoney(came.code) && isMoney(went.code))
      return { ...own, types: ['currency conversion'], symbol: '' }
    if (currency === '')
      return {
        reject: `${went.amount} ${went.code} became ${came.amount} ${came.code}: add a sell and a buy, both for what it was worth.`,
      }
    return { ...own, types: [coin === came ? 'buy' : 'sell'] }
  }
  if (!isIn && !isOut) return { skip: 'a row that moved neither shares nor cash' }
  const only = isIn ? came : went
  const isReward = cells.types.some((word) => /stak|reward|mining|airdrop|interest|earn|lending/i.test(word))
  if (isMoney(only.code))
    return {
      ...own,
      types: [isIn ? 'deposit' : 'withdrawal'],
      symbol: '',
      shares: '',
      amount: only.amount,
      currency: only.code,
    }
  return {
    ...own,
    types: [isIn ? (isReward ? 'reward' : 'receive') : 'send'],
    symbol: only.code,
    shares: only.amount,
    amount: '',
  }
}

function isOutgoing({ types }: Cells): boolean {
  return types.some((word) => /withdraw|send|sent|\bout\b|spend|auszahl/i.test(word))
}

/**
 * A fee in the money of the trade is one; in the coin itself it makes the coins fewer that came, or more that went. In a
 * third one, such as an exchange's own, nothing says what it was worth: the note keeps it.
 */
function charged(
  cells: Cells,
  coin: Leg,
  fee: Leg,
  { currency, isSale }: { currency: string; isSale: boolean },
): Partial<Cells> {
  if (!/[1-9]/.test(fee.amount)) return { fees: [] }
  if (fee.code === currency && currency !== '') return { fees: [fee.amount] }
  const [count, part] = [exact(coin.amount), exact(fee.amount)]
  if (fee.code === coin.code && count !== null && part !== null && part < count)
    return { fees: [], shares: text(isSale ? count + part : count - part) }
  return { fees: [], note: [cells.note, `fee ${fee.amount} ${fee.code}`].filter(Boolean).join(', ') }
}

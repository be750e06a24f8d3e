import type { Cells, Mapping } from '../mapping.ts'
import { isMoney } from '../money-codes.ts'
import type { Reading } from '../statement-format.ts'

/** So much of a currency or a coin; '' for a leg that the row does not have. */
type Leg = { amount: string; code: string }

/**
 * Programs for taxes on coins write what came and what went, in one row:
 *
 *     "Type","Buy","Cur.","Sell","Cur.","Fee","Cur.","Exchange","Group","Comment","Date","Tx-ID"
 *     "Trade","0.005","BTC","500.00","EUR","2.00","EUR","Kraken","","","2025-01-01 10:12:27",""
 *
 *     Date,Sent Amount,Sent Currency,Received Amount,Received Currency,Fee Amount,Fee Currency,Net Worth Amount,…,Label,Description,TxHash
 *     2024-01-15 10:00 UTC,500,EUR,0.0055,BTC,2,EUR,,,,,
 *
 * Of two equal headings the second is `cur 2` (headings.ts).
 */
export const twoLegs: readonly Mapping[] = [
  {
    name: 'CoinTracking',
    header: ['type', 'buy', 'cur', 'sell', 'fee', 'exchange', 'date'],
    field: {
      date: 'date',
      type: 'type',
      fee: 'fee',
      amount: 'sell',
      shares: 'buy',
      note: 'comment',
      id: 'tx-id',
    },
    amount: 'gross',
    decimals: '.',
    signed: false,
    coins: true,
    odd: (cells, cell) =>
      ofLegs(
        cells,
        { amount: cell('buy'), code: cell('cur') },
        { amount: cell('sell'), code: cell('cur 2') },
        { amount: cell('fee'), code: cell('cur 3') },
      ),
  },
  {
    name: 'Koinly',
    header: ['date', 'sent amount', 'sent currency', 'received amount', 'received currency'],
    field: {
      date: 'date',
      type: 'label',
      fee: 'fee amount',
      amount: 'sent amount',
      shares: 'received amount',
      note: 'description',
      id: ['txhash', 'tx hash'],
    },
    amount: 'gross',
    decimals: '.',
    signed: false,
    coins: true,
    odd: (cells, cell) =>
      ofLegs(
        cells,
        { amount: cell('received amount'), code: cell('received currency') },
        { amount: cell('sent amount'), code: cell('sent currency') },
        { amount: cell('fee amount'), code: cell('fee currency') },
      ),
  },
]

function ofLegs(cells: Cells, came: Leg, went: Leg, fee: Leg): Cells | Reading {
  const [isIn, isOut] = [came, went].map(({ amount, code }) => code !== '' && /[1-9]/.test(amount))
  const coin = isIn && !isMoney(came.code) ? came : went
  const money = coin === came ? went : came
  const currency = isMoney(money.code) ? money.code : ''
  const own = {
    ...cells,
    symbol: coin.code,
    currency,
    shares: coin.amount,
    amount: currency ? money.amount : '',
    fees: fee.code === currency ? [fee.amount] : [],
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
  const isReward = /stak|reward|mining|airdrop|interest|earn|lending/i.test(cells.types[0] ?? '')
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

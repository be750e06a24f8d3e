import type { Mapping } from '../mapping.ts'
import { halvesOfPair, isMoney } from '../money-codes.ts'
import { type Leg, legIn, legOf, ofTwoLegs } from './two-legs.ts'

/**
 * Exchanges of coins that write a coin and the money for it in one row:
 *
 *     Type,Datetime,Account,Amount,Value,Rate,Fee,Sub Type
 *     Market,"Mar. 03, 2021, 10:04 AM",Main Account,0.01000000 BTC,500.00 USD,50000.00 USD,2.50 USD,Buy
 *
 *     ID,Account,Type,Subtype,Datetime,Amount,Amount currency,Value,Value currency,Rate,Rate currency,Fee,Fee currency,Order ID
 *     2,Main Account,Market,Buy,2021-03-03T10:04:00Z,0.01000000,BTC,500.00,USD,50000.00,USD,2.50,USD,77
 *
 *     Date,Time (UTC),Type,Symbol,Specification,Liquidity Indicator,…,USD Amount USD,Fee (USD) USD,…,BTC Amount BTC,…
 *     2024-01-03,10:00:00.000,Buy,BTCUSD,Market,Taker,40.0,($420.00),($1.68),$578.32 ,0.01 BTC,,0.01 BTC,…
 */
export const coinExchanges: readonly Mapping[] = [
  ofTwoLegs(
    'Bitstamp',
    ['type', 'datetime', 'account', 'amount', 'value', 'rate', 'fee', 'sub type'],
    { date: 'datetime', type: 'type', fee: 'fee', amount: 'value', shares: 'amount' },
    (cell) =>
      legsOf(cell('sub type') || cell('type'), {
        coin: legIn(cell('amount')),
        money: legIn(cell('value')),
        fee: legIn(cell('fee')),
      }),
  ),
  ofTwoLegs(
    'Bitstamp',
    ['type', 'subtype', 'datetime', 'amount', 'amount currency', 'value', 'value currency', 'fee currency'],
    { date: 'datetime', type: 'type', fee: 'fee', amount: 'value', shares: 'amount', id: 'id' },
    (cell) =>
      legsOf(cell('subtype') || cell('type'), {
        coin: legOf(cell('amount'), cell('amount currency')),
        money: legOf(cell('value'), cell('value currency')),
        fee: legOf(cell('fee'), cell('fee currency')),
      }),
  ),
  ofTwoLegs(
    'Strike',
    ['initiated date', 'transaction type', 'state', 'amount', 'amount btc'],
    {
      date: ['completed date', 'initiated date'],
      type: 'transaction type',
      amount: 'amount',
      shares: 'amount btc',
      status: 'state',
      note: 'description',
      id: 'transaction id',
    },
    (cell, { currency }) => {
      const [coin, money] = [legOf(cell('amount btc'), 'BTC'), legOf(cell('amount'), currency)]
      const isIn = !/^[-−]/.test(cell('amount btc') || cell('amount'))
      const [own, other] = cell('amount btc') ? [coin, cell('amount') ? money : NOTHING] : [money, NOTHING]
      return { came: isIn ? own : other, went: isIn ? other : own, fee: NOTHING }
    },
  ),
  ofTwoLegs(
    'Gemini',
    ['date', 'time', 'type', 'symbol', 'specification', 'liquidity indicator'],
    { date: 'date', type: 'type', id: ['trade id', 'tx hash'], note: 'specification' },
    (cell) => {
      const { coin, currency } = halvesOfPair(cell('symbol')) ?? { coin: cell('symbol'), currency: '' }
      const ofColumn = (code: string, names: readonly string[]): Leg => {
        const text = names.map((name) => cell(name)).find((each) => /[1-9]/.test(each)) ?? ''
        return legOf(/[\d.,]+/.exec(text)?.[0] ?? '', code)
      }
      const amounts = (code: string) => {
        const name = `${code.toLowerCase()} amount`
        return [name, `${name} ${code.toLowerCase()}`, `${name} (${code.toLowerCase()})`]
      }
      return legsOf(cell('type'), {
        coin: ofColumn(coin, amounts(coin)),
        money: ofColumn(currency, currency ? amounts(currency) : []),
        fee: ofColumn(currency, ['fee', 'trading fee']),
      })
    },
  ),
  {
    // 2024-01-15T10:00:00.000Z,Confirmed,BTC,IN,0.01,0.0001,abc,Bitcoin 1,xpub,EUR,400.00,900.00
    name: 'Ledger Live',
    header: [
      'operation date',
      'currency ticker',
      'operation type',
      'operation amount',
      'countervalue ticker',
    ],
    field: {
      date: 'operation date',
      type: 'operation type',
      symbol: 'currency ticker',
      shares: 'operation amount',
      // what it was worth that day
      amount: 'countervalue at operation date',
      currency: 'countervalue ticker',
      status: 'status',
      note: 'account name',
    },
    words: [
      [/^in$/, 'received'],
      [/^out$/, 'delivered'],
      [/^(?:fees|none|delegate|undelegate|opt in|opt out)$/, 'nothing'],
    ],
    decimals: '.',
    signed: false,
    coins: true,
  },
  {
    // what a coin was worth stands beside it; a trade of the account has a second leg, EUR,-100,BTC,0.0025
    name: 'Crypto.com',
    header: [
      'timestamp',
      'currency',
      'amount',
      'to currency',
      'to amount',
      'native currency',
      'transaction kind',
    ],
    field: {
      date: 'timestamp',
      type: 'transaction kind',
      symbol: 'currency',
      shares: 'amount',
      amount: 'native amount',
      currency: 'native currency',
      note: 'transaction description',
      id: 'transaction hash',
    },
    words: [
      [/cashback|reward|interest|bonus|airdrop/, 'reward'],
      [/^crypto withdrawal|^crypto to /, 'delivered'],
      [/^crypto deposit|^exchange to crypto/, 'received'],
    ],
    decimals: '.',
    signed: false,
    coins: true,
    odd: (cells, cell) => {
      const [from, to] = [legOf(cells.shares, cells.symbol), legOf(cell('to amount'), cell('to currency'))]
      if (!/[1-9]/.test(to.amount)) return { ...cells, shares: from.amount }
      if (isMoney(from.code) === isMoney(to.code))
        return isMoney(from.code)
          ? { ...cells, types: ['currency conversion'] }
          : {
              reject: `${from.amount} ${from.code} became ${to.amount} ${to.code}: add a sell and a buy, both for what it was worth.`,
            }
      const [coin, money] = isMoney(from.code) ? [to, from] : [from, to]
      return {
        ...cells,
        types: [coin === to ? 'buy' : 'sell'],
        symbol: coin.code,
        shares: coin.amount,
        amount: money.amount,
        currency: money.code,
      }
    },
  },
  {
    // a trade is two rows, of what was sold and of what was bought, each with its worth in the money of the account:
    // 2024-01-03 09:00:00,2024-01-03 08:00:00,Sell,EUR,400,400,0,0,400,400,Exchanged to 0.0099 BTC
    // 2024-01-03 09:00:00,2024-01-03 08:00:00,Buy,BTC,0.01,400,0.0001,4,0.0099,396,Exchanged from 400 EUR
    name: 'SwissBorg',
    header: ['local time', 'time in utc', 'type', 'currency', 'gross amount', 'fee', 'net amount', 'note'],
    field: { date: 'time in utc', type: 'type', symbol: 'currency', amount: 'gross amount 2', note: 'note' },
    words: [[/^payouts?$|^earnings?$/, 'reward']],
    amount: 'net',
    decimals: '.',
    signed: false,
    coins: true,
    odd: (cells, cell) => {
      const word = cells.types[0] ?? ''
      const own = cell(/buy|deposit|payout|earning/i.test(word) ? 'net amount' : 'gross amount')
      if (!isMoney(cells.symbol)) return { ...cells, shares: own }
      const moved = { ...cells, symbol: '', amount: own, currency: cells.symbol }
      if (!/^(?:buy|sell)$/i.test(word)) return moved
      return /[1-9]/.test(cell('fee'))
        ? { ...moved, types: ['fee'], amount: cell('fee') }
        : { skip: 'the cash of a trade whose coins stand in another row' }
    },
  },
]

const NOTHING: Leg = { amount: '', code: '' }

/** A coin that was bought or sold for money, or that came or went alone. */
function legsOf(word: string, { coin, money, fee }: Record<'coin' | 'money' | 'fee', Leg>) {
  const isIn = /buy|deposit|credit|reward|earn|airdrop|bonus|interest|incoming|receive/i.test(word)
  return isIn ? { came: coin, went: money, fee } : { came: money, went: coin, fee }
}

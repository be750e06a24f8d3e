import type { Row } from '../csv.ts'
import type { Document } from '../documents.ts'
import type { Mapping } from '../mapping.ts'
import { tickerOf } from '../security.ts'
import { activitiesIn, cellOf } from './ghostfolio-json.ts'

/**
 * What brokers/snaptrade makes of SnapTrade's answers. Its tickers have the suffixes of exchanges that ours have: VAB.TO.
 *
 *     {"source":"SnapTrade","activities":[
 *     {"account":"Robinhood Q6542138443","type":"BUY","trade_date":"2024-03-22T16:27:55.027Z","units":5.2,"price":0.4,"amount":-2.08,"fee":0,"description":"…","currency":"USD","symbol":"VAB.TO","name":"…","kind":"et"}
 *     ]}
 */
const mapping: Mapping = {
  name: 'SnapTrade',
  header: [],
  field: {
    date: ['trade date', 'settlement date'],
    type: 'type',
    symbol: 'symbol',
    name: 'name',
    shares: 'units',
    price: 'price',
    fee: 'fee',
    amount: 'amount',
    currency: 'currency',
    note: 'description',
    asset: 'asset',
  },
  words: [
    [/^rei$/, 'reinvested'],
    [/^option/, 'option'],
    [/^in$/, 'received'],
    [/^transfer$/, 'transfer'],
  ],
  decimals: '.',
  signed: true,
  odd: (cells) => {
    // of shares that were transferred the sign says whether they came
    const came = /^TRANSFER$/i.test(cells.types[0] ?? '') && /^\d*\.?\d*[1-9]/.test(cells.shares)
    return { ...cells, symbol: tickerOf(cells.symbol), ...(came && { types: ['in'] }) }
  },
}

const COLUMNS =
  'account,type,trade_date,settlement_date,symbol,name,units,price,fee,amount,currency,description,asset'.split(
    ',',
  )

/** True for the text of such a file, by its first field. */
export function isSnapTrade(start: string): boolean {
  return /^\{\s*"source"\s*:\s*"SnapTrade"/.test(start)
}

export function snapTradeActivities(text: string): Document | { problem: string } {
  const activities = activitiesIn(text)
  if (activities === null) return { problem: 'This JSON file of SnapTrade has no list of activities.' }
  const rows = activities.map(({ line, activity }): Row => {
    const of = cellOf(activity)
    const asset = of('option') ? 'option' : (assets[of('kind')] ?? '')
    return { line, cells: COLUMNS.map((column) => (column === 'asset' ? asset : of(column))) }
  })
  return { mapping, header: { line: 0, cells: COLUMNS }, rows }
}

/** SnapTrade's codes for securities that are neither shares nor funds. */
const assets: Record<string, string> = { bnd: 'bond', wt: 'warrant', crypto: 'crypto' }

import type { Cells, Mapping } from '../mapping.ts'
import { given } from '../question.ts'
import { pending } from './odd.ts'

/** Shares of the exchange in Sydney, where a broker's code has no suffix. */
function inSydney(cells: Cells): Cells {
  return /^[A-Z0-9]{3,6}$/.test(cells.symbol) ? { ...cells, symbol: `${cells.symbol}.AX` } : cells
}

/** The suffix of a market by what Futu and moomoo call it, in English and Chinese. */
const futuMarkets: Record<string, string> = {
  HK: '.HK',
  港股: '.HK',
  SG: '.SI',
  新加坡: '.SI',
  AU: '.AX',
  JP: '.T',
  CA: '.TO',
}

/** An order and its executions, of which the rows below have nothing but their own: `Buy,AAPL,…,10@189.50,…`. */
function asFilled(cells: Cells, filled: string): ReturnType<NonNullable<Mapping['odd']>> {
  if (cells.types.length === 0) return { skip: 'a part of the order above' }
  const [shares = '', price = ''] = filled.split('@')
  if (!/[1-9]/.test(shares)) return pending(cells.status)
  const suffix = given(futuMarkets, cells.exchange) ?? ''
  const code = suffix === '.HK' ? cells.symbol.replace(/^0+(?=\d{4}$)/, '') : cells.symbol
  return { ...cells, shares, price, symbol: code + suffix, exchange: '', status: '' }
}

/** One broker's list of orders, by its headings in English and in Chinese. */
const futu: readonly Mapping[] = [
  {
    // Side,Symbol,Name,Order Price,Order Qty,…,Status,Filled@Avg Price,Order Time,…,Markets,Currency,…,Commission,Platform Fees,…,Total
    format: 'moomoo',
    filled: 'filled@avg price',
    date: ['fill time', 'order time'],
    type: 'side',
    symbol: 'symbol',
    name: 'name',
    fee: 'total',
    currency: 'currency',
    exchange: 'markets',
    status: 'status',
  },
  {
    // 方向,代码,名称,订单价格,订单数量,订单金额,交易状态,已成交@均价,下单时间,…,市场,币种,…,成交时间,佣金,平台使用费,合计费用
    format: 'Futu',
    filled: '已成交@均价',
    date: ['成交时间', '下单时间'],
    type: '方向',
    symbol: '代码',
    name: '名称',
    fee: '合计费用',
    currency: '币种',
    exchange: '市场',
    status: '交易状态',
  },
].map(({ format, filled, ...field }) => {
  const { date, type, symbol, currency, exchange, status } = field
  return {
    name: format,
    header: [type, symbol, status, filled, date[1]!, exchange, currency],
    field,
    decimals: '.',
    odd: (cells, cell) => asFilled(cells, cell(filled)),
  }
})

/** Brokers of India, Australia, Hong Kong and Singapore. */
export const asianPacific: readonly Mapping[] = [
  {
    // Trade Date,Settlement Date,Action,Reference,Code,Name,Units,Average Price,Consideration,Brokerage,Total
    name: 'SelfWealth',
    header: ['trade date', 'action', 'code', 'units', 'average price', 'consideration', 'brokerage', 'total'],
    field: {
      date: 'trade date',
      type: 'action',
      symbol: 'code',
      name: 'name',
      shares: 'units',
      price: 'average price',
      fee: 'brokerage',
      amount: 'total',
      id: 'reference',
    },
    words: [
      [/^in$/, 'received'],
      [/^out$/, 'delivered'],
    ],
    amount: 'net',
    decimals: '.',
    currency: 'AUD',
    odd: inSydney,
  },
  {
    // Trade Date,Settlement Date,Symbol,Side,Trade Identifier,Units,Avg. Price,Value,Fees,GST,Total Value,Currency
    name: 'Stake',
    header: ['trade date', 'symbol', 'side', 'units', 'avg price', 'fees', 'gst', 'total value', 'currency'],
    field: {
      date: 'trade date',
      type: 'side',
      symbol: 'symbol',
      shares: 'units',
      price: 'avg price',
      fee: ['fees', 'gst'],
      amount: 'total value',
      currency: 'currency',
      id: 'trade identifier',
    },
    amount: 'net',
    decimals: '.',
    // shares in New York are paid in dollars of the United States
    odd: (cells) => (cells.currency === 'AUD' ? inSydney(cells) : cells),
  },
  {
    name: 'Zerodha',
    header: ['symbol', 'isin', 'trade date', 'exchange', 'trade type', 'quantity', 'price', 'trade id'],
    field: {
      date: 'trade date',
      type: 'trade type',
      symbol: 'symbol',
      isin: 'isin',
      shares: 'quantity',
      price: 'price',
      id: 'trade id',
      exchange: 'exchange',
    },
    decimals: '.',
    currency: 'INR',
    odd: (cells, cell) =>
      /^(?:fo|f&o|nfo|mcx|cds)$/i.test(cell('segment')) ? { skip: 'options are not tracked' } : cells,
  },
  {
    // "OOO","BETASHARES OIL","05/06/2026","Sell","-100","8.5000","-850.0000","10.0000","0.9100","999999998","-840.0000"
    name: 'CommSec',
    header: ['code', 'date', 'type', 'quantity', 'unit price', 'trade value', 'brokerage+gst', 'total value'],
    field: {
      date: 'date',
      type: 'type',
      symbol: 'code',
      shares: 'quantity',
      price: 'unit price',
      // the GST is in it
      fee: 'brokerage+gst',
      amount: 'total value',
      id: 'contract note',
    },
    amount: 'net',
    days: 'dmy',
    decimals: '.',
    currency: 'AUD',
    signed: false,
    odd: inSydney,
  },
  {
    // its confirmations: 80415128,N95343577,6/11/2017,B,WLE,862,1.160,10.00,1009.92,8/11/2017,Confirmed,
    name: 'CommSec',
    header: [
      'confirmation number',
      'trade date',
      'buy/sell',
      'security',
      'units',
      'average price',
      'net proceeds',
    ],
    field: {
      date: 'trade date',
      type: 'buy/sell',
      symbol: 'security',
      shares: 'units',
      price: 'average price',
      fee: 'brokerage (inc gst )',
      amount: 'net proceeds',
      id: 'confirmation number',
      status: 'confirmation status',
    },
    amount: 'net',
    days: 'dmy',
    decimals: '.',
    currency: 'AUD',
    signed: false,
    odd: inSydney,
  },
  {
    // 05/02/2024,C123456789,B 100 BHP @ 45.00,4519.95,,1000.00
    name: 'CommSec',
    header: ['date', 'reference', 'details', 'debit', 'credit', 'balance'],
    field: {
      date: 'date',
      type: 'details',
      debit: 'debit',
      credit: 'credit',
      balance: 'balance',
      id: 'reference',
    },
    words: [[/direct transfer|payment|deposit|withdrawal/, 'cash']],
    amount: 'net',
    days: 'dmy',
    decimals: '.',
    currency: 'AUD',
    signed: true,
    feeIsRest: true,
    odd: (cells) => {
      const [text = ''] = cells.types
      const trade = /^([BS]) ([\d,.]{1,20}) ([A-Z0-9]{2,6}) @ ([\d,.]{1,20})/.exec(text)
      if (!trade) return inSydney({ ...cells, symbol: /^dividend ([A-Z0-9]{3,6})\b/i.exec(text)?.[1] ?? '' })
      const [, side, shares = '', code, price = ''] = trade
      return { ...cells, types: [side === 'B' ? 'buy' : 'sell'], shares, symbol: `${code}.AX`, price }
    },
  },
  ...futu,
]

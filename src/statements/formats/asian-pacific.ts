import type { Cells, Mapping } from '../mapping.ts'

/** Shares of the exchange in Sydney, where a broker's code has no suffix. */
function inSydney(cells: Cells): Cells {
  return /^[A-Z0-9]{3,6}$/.test(cells.symbol) ? { ...cells, symbol: `${cells.symbol}.AX` } : cells
}

/** Brokers of India and Australia. */
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
      shares: 'quantity',
      price: 'price',
      id: 'trade id',
    },
    decimals: '.',
    currency: 'INR',
    odd: (cells, cell) => {
      if (/^(?:fo|f&o|nfo|mcx|cds)$/i.test(cell('segment'))) return { skip: 'options are not tracked' }
      const suffix = ({ NSE: '.NS', BSE: '.BO' } as Record<string, string>)[cell('exchange')] ?? ''
      return { ...cells, symbol: cells.symbol + suffix }
    },
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
      const trade = /^([BS]) ([\d,.]{1,20}) ([A-Z0-9]{2,6}) @ ([\d,.]{1,20})/.exec(cells.types[0] ?? '')
      if (!trade) return cells
      const [, side, shares = '', code, price = ''] = trade
      return { ...cells, types: [side === 'B' ? 'buy' : 'sell'], shares, symbol: `${code}.AX`, price }
    },
  },
]

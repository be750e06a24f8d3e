import type { Mapping } from '../mapping.ts'

/** Brokers of India and Australia. */
export const asianPacific: readonly Mapping[] = [
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

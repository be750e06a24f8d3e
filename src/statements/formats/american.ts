import type { Mapping } from '../mapping.ts'
import { isIsin } from '../security.ts'
import { pending } from './odd.ts'

/** Brokers of the United States. */
export const american: readonly Mapping[] = [
  {
    // 03/04/2024 as of 03/01/2024,Cash Dividend,VOO,VANGUARD S&P 500 ETF,,,,$12.34
    name: 'Schwab',
    header: ['date', 'action', 'symbol', 'description', 'quantity', 'price', 'fees & comm', 'amount'],
    field: {
      date: 'date',
      type: 'action',
      symbol: 'symbol',
      name: 'description',
      shares: 'quantity',
      price: 'price',
      fee: 'fees & comm',
      amount: 'amount',
    },
    words: [
      [/^stock plan activity|^journaled shares|^security transfer/, 'transfer'],
      // the dividend that is reinvested; the shares are a row of their own
      [
        /^(?:reinvest dividend|qual div reinvest|long term cap gain reinvest|short term cap gain reinvest)/,
        'dividend',
      ],
      [/^reinvest shares/, 'reinvested'],
    ],
    amount: 'net',
    days: 'mdy',
    decimals: '.',
    currency: 'USD',
    signed: true,
  },
  {
    // OfxDownload.csv; a table of positions stands above
    name: 'Vanguard',
    header: [
      'trade date',
      'settlement date',
      'transaction type',
      'symbol',
      'shares',
      'share price',
      'principal amount',
      'net amount',
    ],
    field: {
      date: 'trade date',
      type: ['transaction type', 'transaction description'],
      symbol: 'symbol',
      name: 'investment name',
      shares: 'shares',
      price: 'share price',
      fee: ['commissions and fees', 'commission fees', 'commission'],
      amount: ['net amount', 'principal amount'],
    },
    words: [
      [/^distribution|^withdrawal/, 'withdrawal'],
      [/^capital gain/, 'dividend'],
      // from one fund of the family to another
      [/^exchange/, 'trade'],
    ],
    amount: 'net',
    days: 'mdy',
    decimals: '.',
    currency: 'USD',
    signed: true,
    odd: (cells) =>
      cells.symbol === 'VMFXX' && /^(?:sweep|reinvest|buy|sell)/i.test(cells.types[0] ?? '')
        ? { skip: 'cash moved into or out of the settlement fund, which already counts as cash' }
        : cells,
  },
  {
    name: 'E*TRADE',
    header: [
      'activity/trade date',
      'activity type',
      'description',
      'symbol',
      'quantity',
      'price',
      'amount',
      'commission',
    ],
    field: {
      date: 'activity/trade date',
      type: 'activity type',
      symbol: 'symbol',
      cusip: 'cusip',
      name: 'description',
      shares: 'quantity',
      price: 'price',
      fee: 'commission',
      amount: 'amount',
    },
    amount: 'net',
    days: 'mdy',
    decimals: '.',
    currency: 'USD',
    signed: true,
  },
  {
    // until 2025, below a line For Account:
    name: 'E*TRADE',
    header: [
      'transaction date',
      'transaction type',
      'security type',
      'symbol',
      'quantity',
      'amount',
      'price',
      'commission',
    ],
    field: {
      date: 'transaction date',
      type: 'transaction type',
      symbol: 'symbol',
      name: 'description',
      shares: 'quantity',
      price: 'price',
      fee: 'commission',
      amount: 'amount',
    },
    amount: 'net',
    days: 'mdy',
    decimals: '.',
    currency: 'USD',
    signed: true,
    odd: (cells, cell) => (cell('security type') === 'OPTN' ? { skip: 'options are not tracked' } : cells),
  },
  {
    name: 'Merrill',
    header: ['trade date', 'settlement date', 'description 1', 'symbol/cusip', 'quantity', 'price', 'amount'],
    field: {
      date: 'trade date',
      type: ['type', 'description 1'],
      symbol: 'symbol/cusip',
      cusip: 'symbol/cusip',
      name: 'description 2',
      shares: 'quantity',
      price: 'price',
      amount: 'amount',
      status: 'pending/settled',
    },
    amount: 'net',
    days: 'mdy',
    decimals: '.',
    currency: 'USD',
    signed: true,
    odd: (cells) =>
      /\bML\b.*\b(?:BANK|DIRECT) DEPOSIT PROG|PREFERRED DEPOSIT/i.test(cells.name) &&
      /^(?:deposit|withdrawal|purchase|sale|redemption)/i.test(cells.types.at(-1) ?? '')
        ? { skip: 'cash moved into or out of the bank program, which already counts as cash' }
        : cells,
  },
  {
    // a retirement plan, whose money is in funds at once: 03/29/2024,FID 500 INDEX,DIVIDEND,10.11,0.061
    name: 'Fidelity NetBenefits',
    header: ['date', 'investment', 'transaction type', 'amount', 'shares/unit'],
    field: {
      date: 'date',
      type: 'transaction type',
      name: 'investment',
      shares: 'shares/unit',
      amount: 'amount',
    },
    words: [[/^dividend|^revenue credit|^interest/, 'reward']],
    amount: 'net',
    days: 'mdy',
    decimals: '.',
    currency: 'USD',
  },
  {
    name: 'Webull',
    header: ['symbol', 'side', 'status', 'filled', 'avg price', 'filled time'],
    field: {
      date: ['filled time', 'placed time'],
      type: 'side',
      symbol: 'symbol',
      name: 'name',
      shares: 'filled',
      price: 'avg price',
      status: 'status',
    },
    days: 'mdy',
    decimals: '.',
    currency: 'USD',
    odd: (cells) => (/[1-9]/.test(cells.shares) ? cells : pending(cells.status)),
  },
  {
    name: 'Coinbase',
    header: ['timestamp', 'transaction type', 'asset', 'quantity transacted', 'subtotal'],
    field: {
      date: 'timestamp',
      type: 'transaction type',
      symbol: 'asset',
      shares: 'quantity transacted',
      price: ['price at transaction', 'spot price at transaction'],
      fee: ['fees and/or spread', 'fees'],
      amount: ['total (inclusive of fees and/or spread)', 'total (inclusive of fees)'],
      currency: ['price currency', 'spot price currency'],
      note: 'notes',
      id: 'id',
    },
    words: [[/^convert/, 'exchange']],
    amount: 'net',
    decimals: '.',
    signed: false,
    odd: (cells, cell) => {
      const { symbol, currency, amount, shares } = cells
      // Convert,BTC,0.05,USD,60000,2985.00,3000.00,15.00,Converted 0.05 BTC to 0.9 ETH: the subtotal bought the other coin
      const [, came, coin] = CONVERTED.exec(cells.note) ?? []
      if (coin && cells.types[0] === 'Convert' && !MONEY.test(symbol)) {
        const leg = { ...cells, price: '', amount: cell('subtotal') }
        const of = (code: string) => `${code}-${currency || 'USD'}`
        const bought = { ...leg, types: ['buy'], symbol: of(coin), shares: came!, fees: [] }
        const sold = { ...leg, types: ['sell'], symbol: of(symbol) }
        return MONEY.test(coin) ? sold : { ...sold, also: bought }
      }
      if (MONEY.test(symbol))
        return { ...cells, symbol: '', currency: symbol, amount: amount || shares, shares: '' }
      return isIsin(symbol) || symbol === '' ? cells : { ...cells, symbol: `${symbol}-${currency || 'USD'}` }
    },
  },
]

const CONVERTED = /^Converted [\d.,]{1,30} [A-Z0-9]{2,10} to ([\d.,]{1,30}) ([A-Z0-9]{2,10})\b/

const MONEY = /^(?:USD|EUR|GBP|CAD|AUD|CHF|SGD|JPY|BRL)$/

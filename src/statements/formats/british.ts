import type { Mapping } from '../mapping.ts'
import { inLondon } from './odd.ts'

/** What Trading 212 may charge, each in a column beside that of its currency. */
const CHARGES = [
  'currency conversion fee',
  'stamp duty reserve tax',
  'stamp duty',
  'finra fee',
  'transaction fee',
  'ptm levy',
  'french transaction tax',
  'deposit fee',
  'charge amount',
]

/** `S&P 500 UCITS ETF - Distributing (VUSA)`. */
const OF_LONDON = /\(([A-Z0-9]{3,5})\)\s*$/

/** Brokers of the United Kingdom. */
export const british: readonly Mapping[] = [
  {
    // prices in the currency of the share (often GBX), totals in that of the account
    name: 'Trading 212',
    header: ['action', 'time', 'isin', 'ticker', 'no of shares', 'price/share', 'total'],
    field: {
      date: 'time',
      type: 'action',
      symbol: 'ticker',
      isin: 'isin',
      name: 'name',
      shares: 'no of shares',
      price: 'price/share',
      priceCurrency: 'currency (price/share)',
      fee: CHARGES,
      tax: 'withholding tax',
      amount: 'total',
      currency: 'currency (total)',
      note: 'notes',
      id: 'id',
    },
    words: [[/^card credit|^card refund/, 'deposit']],
    amount: 'net',
    decimals: '.',
    odd: (cells, cell) => {
      // a tax or a charge in another currency than the total cannot be added to it
      const isOther = (name: string) => {
        const currency = cell(`currency (${name})`)
        return currency !== '' && currency !== cells.currency && /[1-9]/.test(cell(name))
      }
      const own = isOther('withholding tax') ? { ...cells, taxes: [] } : cells
      const fees = CHARGES.filter((name) => !isOther(name)).map(cell)
      return inLondon({ ...own, fees: fees.filter((fee) => fee !== '') }, cells.priceCurrency)
    },
  },
  {
    name: 'Freetrade',
    header: [
      'title',
      'type',
      'timestamp',
      'account currency',
      'total amount',
      'buy/sell',
      'ticker',
      'isin',
      'quantity',
    ],
    field: {
      date: 'timestamp',
      type: ['buy/sell', 'type'],
      symbol: 'ticker',
      isin: 'isin',
      name: 'title',
      shares: 'quantity',
      price: 'price per share in account currency',
      fee: ['stamp duty', 'fx fee amount'],
      tax: 'dividend withheld tax amount',
      amount: 'total amount',
      currency: 'account currency',
      id: 'order id',
    },
    words: [[/statement|certificate/, 'nothing']],
    amount: 'net',
    decimals: '.',
    odd: (cells, cell) => {
      const ofShare = cell('instrument currency')
      return inLondon(ofShare === cells.currency ? cells : { ...cells, taxes: [] }, ofShare)
    },
  },
  {
    // Date,InvestmentName,TransactionDetails,Quantity,Price,Cost, below the cash of the same account
    name: 'Vanguard UK',
    header: ['date', 'investment name', 'transaction details', 'quantity', 'price', 'cost'],
    field: {
      date: 'date',
      type: 'transaction details',
      name: 'investment name',
      shares: 'quantity',
      price: 'price',
      amount: 'cost',
    },
    amount: 'net',
    days: 'dmy',
    decimals: '.',
    currency: 'GBP',
    feeIsRest: true,
    signed: false,
    odd: (cells) => {
      const [, code] = OF_LONDON.exec(cells.name) ?? []
      return code ? { ...cells, symbol: `${code}.L` } : cells
    },
  },
  {
    // Date,Details,Amount,Balance: what was bought stands in the other table with its shares
    name: 'Vanguard UK',
    header: ['date', 'details', 'amount', 'balance'],
    field: { date: 'date', type: 'details', amount: 'amount', balance: 'balance', note: 'details' },
    words: [
      [/^div:|dividend/, 'dividend'],
      [/account fee|fee$/, 'fee'],
      [/interest/, 'interest'],
      [/deposit|transfer|withdrawal|payment/, 'cash'],
    ],
    amount: 'net',
    decimals: '.',
    signed: true,
    odd: (cells) => {
      const [details = ''] = cells.types
      // DIV: VUSA.XLON.GB @ GBP 0.221
      const [, code] = OF_LONDON.exec(details) ?? /\bDIV: ([A-Z0-9]{3,5})\.XLON/.exec(details) ?? []
      if (/^(?:bought|sold) [\d,.]+ /i.test(details) && !details.includes('@'))
        return { skip: 'the cash of a trade, which counts in “Investment Transactions” of the same file' }
      return code && /\bdiv/i.test(details) ? { ...cells, symbol: `${code}.L`, currency: 'GBP' } : cells
    },
  },
  {
    // windows-1252, below some lines about the account
    name: 'Hargreaves Lansdown',
    header: ['trade date', 'settle date', 'reference', 'description', 'unit cost', 'quantity', 'value'],
    field: {
      date: 'trade date',
      type: ['reference', 'description'],
      name: 'description',
      shares: 'quantity',
      price: 'unit cost',
      amount: 'value',
    },
    words: [
      [/^b\d/, 'buy'],
      [/^s\d/, 'sell'],
      [/manage fee/, 'fee'],
      [/^card web|^fpd|^fpc|debit card|faster payment|direct debit|^bacs|^pay by bank/, 'cash'],
      [/^div|^ovr/, 'dividend'],
    ],
    amount: 'net',
    days: 'dmy',
    decimals: '.',
    currency: 'GBP',
    feeIsRest: true,
  },
  {
    // 18 Jun 2020,23 Jun 2020,Buy,"ISHARES VII PLC, … (CSP1)",Investment ISA,OCHX000017,,3031.74,12,251.81,346637752,Completed,
    name: 'Fidelity International',
    header: [
      'order date',
      'transaction type',
      'investments',
      'source investment',
      'amount',
      'quantity',
      'status',
    ],
    field: {
      date: 'order date',
      type: 'transaction type',
      // cash that a fund paid names the fund here
      name: ['source investment', 'investments'],
      shares: 'quantity',
      price: 'price per unit',
      amount: 'amount',
      id: 'reference number',
      status: 'status',
    },
    words: [
      [/^transfer (?:to|from) cash management/, 'sweep'],
      [/^cash in(?:vest)?\b/, 'deposit'],
      [/^cash out\b/, 'withdrawal'],
    ],
    amount: 'net',
    days: 'dmy',
    decimals: '.',
    currency: 'GBP',
    // the sign is that of the holding
    signed: false,
    feeIsRest: true,
    odd: (cells, cell) => {
      const isCash = cell('investments') === 'Cash'
      if (isCash && OTHER_HALF.test(cells.types[0] ?? ''))
        return { skip: 'the cash of a trade whose shares stand in another row' }
      const name = cells.name === 'Cash' ? '' : cells.name
      const [, code = ''] = /\(([A-Z0-9]{3,5})\)$/.exec(name) ?? []
      return { ...cells, name, symbol: code && `${code}.L`, ...(isCash && { shares: '', price: '' }) }
    },
  },
]

/** What Fidelity's cash does beside each trade: `Cash Out For Buy`, `Cash In From Sell`, `Cash In Ring-fenced For Fees`. */
const OTHER_HALF =
  /^(?:buy|sell)$|^cash (?:out|in) (?:for|from) (?:buy|sell|switch|dividend)|^cash in (?:fees|ring)/i

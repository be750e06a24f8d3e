import type { Mapping } from '../mapping.ts'
import { tickerOf } from '../security.ts'
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

/** Brokers of Europe that write one row a transaction; DEGIRO is in degiro.ts. */
export const european: readonly Mapping[] = [
  {
    // prices in the currency of the share (often GBX), totals in that of the account
    name: 'Trading 212',
    header: ['action', 'time', 'isin', 'ticker', 'no of shares', 'price / share', 'total'],
    field: {
      date: 'time',
      type: 'action',
      symbol: 'ticker',
      isin: 'isin',
      name: 'name',
      shares: 'no of shares',
      price: 'price / share',
      priceCurrency: 'currency (price / share)',
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
    name: 'Trade Republic',
    header: [
      'datetime',
      'date',
      'category',
      'type',
      'asset class',
      'symbol',
      'shares',
      'price',
      'amount',
      'fee',
      'tax',
      'transaction id',
    ],
    field: {
      date: 'date',
      type: 'type',
      symbol: 'symbol',
      isin: 'symbol',
      name: 'name',
      shares: 'shares',
      price: 'price',
      fee: 'fee',
      tax: 'tax',
      amount: 'amount',
      currency: 'currency',
      note: 'description',
      id: 'transaction id',
    },
    words: [
      [/card refund|saveback|bonus$/, 'deposit'],
      [/stockperk|free receipt|gift/, 'received'],
    ],
    amount: 'gross',
    decimals: '.',
    currency: 'EUR',
    signed: true,
  },
  {
    name: 'Revolut',
    header: ['date', 'ticker', 'type', 'quantity', 'price per share', 'total amount', 'currency', 'fx rate'],
    field: {
      date: 'date',
      type: 'type',
      symbol: 'ticker',
      shares: 'quantity',
      price: 'price per share',
      amount: 'total amount',
      currency: 'currency',
    },
    words: [
      [/^position closure/, 'sell'],
      // the company that keeps the shares has changed, and nothing else
      [/^transfer from revolut .* to revolut/, 'nothing'],
    ],
    amount: 'net',
    decimals: '.',
  },
  {
    name: 'Freetrade',
    header: [
      'title',
      'type',
      'timestamp',
      'account currency',
      'total amount',
      'buy / sell',
      'ticker',
      'isin',
      'quantity',
    ],
    field: {
      date: 'timestamp',
      type: ['buy / sell', 'type'],
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
    name: 'Swissquote',
    header: [
      'date',
      'order',
      'transaction',
      'symbol',
      'isin',
      'quantity',
      'unit price',
      'costs',
      'net amount',
      'currency',
    ],
    field: {
      date: 'date',
      type: 'transaction',
      symbol: 'symbol',
      isin: 'isin',
      name: 'name',
      shares: 'quantity',
      price: 'unit price',
      fee: 'costs',
      amount: 'net amount',
      balance: 'balance',
      currency: 'currency',
      id: 'order',
    },
    words: [
      [/^capital gain/, 'dividend'],
      [/^vergutung/, 'deposit'],
    ],
    amount: 'net',
    days: 'dmy',
    odd: (cells) => {
      const isPaid = /dividend|capital gain|interest/i.test(cells.types[0] ?? '')
      // what a dividend costs is the tax that was withheld
      const own = isPaid ? { ...cells, fees: [], taxes: cells.fees } : cells
      const isSwiss = cells.isin.startsWith('CH') && /^[A-Z0-9]{2,6}$/.test(cells.symbol)
      return isSwiss ? { ...own, symbol: `${cells.symbol}.SW` } : own
    },
  },
  {
    name: 'Avanza',
    header: [
      'datum',
      'konto',
      'typ av transaktion',
      'vardepapper/beskrivning',
      'antal',
      'kurs',
      'belopp',
      'isin',
    ],
    field: {
      date: 'datum',
      type: 'typ av transaktion',
      isin: 'isin',
      name: 'vardepapper/beskrivning',
      shares: 'antal',
      price: 'kurs',
      fee: 'courtage',
      amount: 'belopp',
      currency: ['transaktionsvaluta', 'valuta'],
      priceCurrency: 'instrumentvaluta',
    },
    words: [[/^ovrigt/, 'cash']],
    amount: 'net',
    decimals: ',',
    currency: 'SEK',
    signed: true,
  },
  {
    // Trade,…,Apple Inc.,US0378331005,USD,NASDAQ,AAPL:xnas,Buy 3 @ 134.85 USD,-404.55,123,1
    name: 'Saxo',
    header: [
      'trade date',
      'type',
      'instrument',
      'instrument isin',
      'instrument symbol',
      'event',
      'amount',
      'conversion rate',
    ],
    field: {
      date: 'trade date',
      type: ['event', 'type'],
      symbol: 'instrument symbol',
      isin: 'instrument isin',
      name: 'instrument',
      amount: 'amount',
      currency: 'instrument currency',
      id: 'order id',
    },
    amount: 'net',
    decimals: '.',
    signed: true,
    feeIsRest: true,
    odd: (cells, cell) => {
      const trade = /^(Buy|Sell|Sold|Bought) -?([\d.,]+) @ ([\d.,]+) ?([A-Z]{3})?/i.exec(cells.types[0] ?? '')
      if (!trade) return { ...cells, currency: '' }
      const isSame = Number(cell('conversion rate') || '1') === 1
      return {
        ...cells,
        types: [trade[1]!],
        shares: trade[2]!,
        price: trade[3]!,
        currency: trade[4] ?? cells.currency,
        // in the currency of the account, which no column names
        amount: isSame ? cells.amount : '',
      }
    },
  },
  {
    // 'OPEN BUY 34/42.5658 @ 11.7480', of a part of an order
    name: 'XTB',
    header: ['id', 'type', 'time', 'symbol', 'comment', 'amount'],
    field: { date: 'time', type: 'type', symbol: 'symbol', amount: 'amount', note: 'comment', id: 'id' },
    words: [
      [/^close trade|^profit/, 'nothing'],
      [/^swap/, 'fee'],
    ],
    amount: 'net',
    days: 'dmy',
    decimals: '.',
    signed: true,
    odd: (cells) => {
      const symbol = cells.symbol && tickerOf(cells.symbol)
      const trade = /(?:OPEN|CLOSE) (?:BUY|SELL) ([\d.]{1,20})(?:\/[\d.]{1,20})? @ ([\d.]{1,20})/.exec(
        cells.note.slice(0, 200),
      )
      if (!trade) return { ...cells, symbol }
      const [, shares = '', price = ''] = trade
      const amount = Math.abs(Number(cells.amount))
      // the amount is in the currency of the account, the price in that of the share
      const isSame = Math.abs(Number(shares) * Number(price) - amount) <= amount / 100
      return { ...cells, symbol, shares, price: isSame ? price : '' }
    },
  },
  {
    name: 'eToro',
    header: ['date', 'type', 'details', 'amount', 'units', 'realized equity change'],
    field: {
      date: 'date',
      type: 'type',
      symbol: 'details',
      shares: 'units',
      amount: 'amount',
      id: 'position id',
    },
    words: [
      [/^sdrt/, 'tax'],
      [/^edit stop|^rollover|^adjustment/, 'fee'],
    ],
    amount: 'net',
    days: 'dmy',
    decimals: '.',
    currency: 'USD',
    odd: (cells, cell) => {
      if (/cfd/i.test(cell('asset type'))) return { skip: 'contracts for difference are not tracked' }
      const [symbol = ''] = cells.symbol.split('/')
      return { ...cells, symbol: /^[A-Z0-9.]{1,10}$/.test(symbol) ? symbol : '' }
    },
  },
]

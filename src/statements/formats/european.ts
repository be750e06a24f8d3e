import type { Mapping } from '../mapping.ts'
import { tickerOf } from '../security.ts'

/** Brokers of Europe that write one row a transaction; DEGIRO is in degiro.ts. */
export const european: readonly Mapping[] = [
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
    // what was given back of the year's taxes stands in the column of taxes, without a minus
    odd: (cells) =>
      cells.types[0]?.startsWith('TAX_') && !/[1-9]/.test(cells.amount)
        ? { ...cells, amount: cells.taxes[0] ?? '', taxes: [] }
        : cells,
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

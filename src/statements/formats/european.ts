import { over, text } from '../../portfolio/decimal.ts'
import { exact } from '../facts.ts'
import type { Cells, Mapping } from '../mapping.ts'
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
  ...swissquote(),
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
      priceCurrency: 'instrument currency',
      id: 'order id',
    },
    amount: 'net',
    decimals: '.',
    signed: true,
    feeIsRest: true,
    odd: (cells, cell) => {
      const own = inOwnCurrency(cells, cell('booked amount currency'), cell('conversion rate'))
      const trade = /^(Buy|Sell|Sold|Bought) -?([\d.,]+) @ ([\d.,]+) ?([A-Z]{3})?/i.exec(cells.types[0] ?? '')
      if (!trade) return own
      const [, type, shares, price, priceCurrency = own.priceCurrency] = trade
      return { ...own, types: [type!], shares: shares!, price: price!, priceCurrency }
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
      // the amount is in the currency of the account, which no column names, the price in that of the share
      const isSame = Math.abs(Number(shares) * Number(price) - amount) <= amount / 100
      return { ...cells, symbol, shares, price, amount: isSame ? cells.amount : '' }
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
      asset: 'asset type',
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

/** One list of Swissquote, by its headings in English, German and French. */
function swissquote(): Mapping[] {
  const languages = [
    'date,order,transaction,symbol,name,isin,quantity,unit price,costs,net amount,balance,currency',
    'datum,auftrag,transaktionen,symbol,name,isin,anzahl,stuckpreis,kosten,nettobetrag,saldo,wahrung',
    'date,ordre,transaction,symbole,nom,isin,quantite,prix unitaire,couts,montant net,solde,monnaie',
  ]
  return languages.map((headings) => {
    const named = headings.split(',')
    const [date = '', id = '', type = '', symbol = '', name = '', isin = ''] = named
    const [shares = '', price = '', fee = '', amount = '', balance = '', currency = ''] = named.slice(6)
    return {
      name: 'Swissquote',
      header: [date, id, type, symbol, isin, shares, price, fee, amount, currency],
      field: { date, type, symbol, isin, name, shares, price, fee, amount, balance, currency, id },
      words: [
        [/^capital gain/, 'dividend'],
        [/^vergutung/, 'deposit'],
      ],
      amount: 'net',
      days: 'dmy',
      odd: (cells) => {
        const isPaid = /dividend|capital gain|kapitalgewinn|interest|zins|int[eé]r[eê]t/i.test(
          cells.types[0] ?? '',
        )
        // what a dividend costs is the tax that was withheld
        const own = isPaid ? { ...cells, fees: [], taxes: cells.fees } : cells
        const isSwiss = cells.isin.startsWith('CH') && /^[A-Z0-9]{2,6}$/.test(cells.symbol)
        return isSwiss ? { ...own, symbol: `${cells.symbol}.SW` } : own
      },
    }
  })
}

/**
 * What moved in the currency of Saxo's account, which only newer files name: in that of the instrument otherwise, by the rate
 * between them.
 */
function inOwnCurrency(cells: Cells, account: string, rate: string): Cells {
  if (account !== '') return { ...cells, currency: account }
  const [amount, each] = [exact(cells.amount), exact(rate || '1')]
  if (cells.priceCurrency === '' || amount === null || !each) return cells
  return { ...cells, currency: cells.priceCurrency, amount: text(over(amount, each)) }
}

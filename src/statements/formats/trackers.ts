import type { Mapping } from '../mapping.ts'
import { isCoin } from '../money-codes.ts'
import { isIsin, tickerOf } from '../security.ts'

/** Other programs that track portfolios. */
export const trackers: readonly Mapping[] = [
  {
    // one row a lot; a symbol that is only watched has no day
    name: 'Yahoo Finance',
    header: ['symbol', 'current price', 'trade date', 'purchase price', 'quantity', 'commission'],
    field: {
      date: 'trade date',
      type: 'transaction type',
      symbol: 'symbol',
      shares: 'quantity',
      price: 'purchase price',
      fee: 'commission',
      note: 'comment',
    },
    words: [[/^$/, 'buy']],
    decimals: '.',
    odd: (cells) => {
      if (cells.date === '' && !/[1-9]/.test(cells.shares))
        return { skip: 'a symbol that is watched and not held' }
      // $$CASH_TX,…,20240102,,5000.0,…,DEPOSIT
      return cells.symbol.startsWith('$$CASH')
        ? { ...cells, symbol: '', amount: cells.shares, shares: '' }
        : cells
    },
  },
  ...['type', 'activity type'].map((type): Mapping => ({
    name: 'Wealthfolio',
    header: ['date', type, 'symbol', 'quantity', 'unit price', 'currency', 'fee'],
    field: {
      date: 'date',
      type,
      symbol: 'symbol',
      shares: 'quantity',
      price: 'unit price',
      fee: 'fee',
      amount: 'amount',
      currency: 'currency',
      note: 'comment',
    },
    words: [[/^credit$/, 'deposit']],
    amount: 'gross',
    decimals: '.',
    odd: (cells) => (cells.symbol.startsWith('$CASH') ? { ...cells, symbol: '' } : cells),
  })),
  {
    name: 'Portfolio Performance',
    header: ['date', 'type', 'value', 'transaction currency', 'fees', 'taxes', 'shares', 'isin'],
    field: {
      date: 'date',
      type: 'type',
      symbol: 'ticker symbol',
      isin: 'isin',
      name: 'security name',
      shares: 'shares',
      fee: 'fees',
      tax: 'taxes',
      amount: 'value',
      currency: 'transaction currency',
      note: 'note',
    },
    amount: 'net',
  },
  {
    name: 'Portfolio Performance',
    header: ['datum', 'typ', 'wert', 'buchungswahrung', 'gebuhren', 'steuern', 'stuck', 'isin'],
    field: {
      date: 'datum',
      type: 'typ',
      symbol: 'ticker-symbol',
      isin: 'isin',
      name: 'wertpapiername',
      shares: 'stuck',
      fee: 'gebuhren',
      tax: 'steuern',
      amount: 'wert',
      currency: 'buchungswahrung',
      note: 'notiz',
    },
    amount: 'net',
  },
  {
    name: 'Parqet',
    header: ['datetime', 'price', 'shares', 'amount', 'tax', 'fee', 'type', 'identifier', 'currency'],
    field: {
      date: 'datetime',
      type: 'type',
      symbol: 'identifier',
      isin: 'identifier',
      name: 'holdingname',
      shares: 'shares',
      price: 'price',
      fee: 'fee',
      tax: 'tax',
      amount: 'amount',
      currency: 'currency',
    },
    odd: (cells, cell) => {
      // an account of cash is a holding like others
      if (/^cash$/i.test(cell('assettype')))
        return { ...cells, symbol: '', isin: '', name: '', shares: '', price: '' }
      return /crypto/i.test(cell('assettype')) && !isIsin(cells.symbol) && cells.symbol
        ? { ...cells, symbol: `${cells.symbol}-${cells.currency || 'EUR'}` }
        : cells
    },
  },
  {
    // CASH_IN,2024-01-02,,1,500,USD: the quantity is the amount
    name: 'Snowball',
    header: ['event', 'date', 'symbol', 'price', 'quantity', 'currency', 'fee tax'],
    field: {
      date: 'date',
      type: 'event',
      symbol: 'symbol',
      shares: 'quantity',
      price: 'price',
      fee: 'fee tax',
      currency: 'currency',
      note: 'note',
    },
    words: [
      [/^cash in/, 'deposit'],
      [/^cash out/, 'withdrawal'],
      [/^cash expense/, 'fee'],
      [/^cash gain/, 'interest'],
      [/^(?:amorti[sz]ation|repayment)/, 'return of capital'],
    ],
    amount: 'gross',
    decimals: '.',
    odd: (cells, cell) => {
      const event = cells.types[0] ?? ''
      if (/^cash/i.test(event)) return { ...cells, symbol: '' }
      const own = /^dividend/i.test(event) ? { ...cells, fees: [], taxes: cells.fees } : cells
      return {
        ...own,
        symbol:
          cells.symbol &&
          tickerOf(cell('exchange') ? `${cell('exchange')}:${cells.symbol}` : cells.symbol).replace(
            /^.*:/,
            '',
          ),
      }
    },
  },
  {
    // values are in the currency of the portfolio, prices in that of the share
    name: 'Sharesight',
    header: ['market', 'code', 'name', 'type', 'date', 'quantity', 'price', 'brokerage', 'currency'],
    field: {
      date: 'date',
      type: 'type',
      symbol: 'code',
      name: 'name',
      shares: 'quantity',
      price: 'price',
      fee: 'brokerage',
      currency: 'currency',
      note: 'comments',
    },
    words: [
      [/^consolidation|^bonus/, 'split'],
      [/^opening balance/, 'buy'],
    ],
    odd: (cells, cell) => ({
      ...cells,
      symbol: tickerOf(`${cell('market')}:${cells.symbol}`).replace(/^.*:/, ''),
    }),
  },
  {
    // 2024-01-15 10:00:00 +0000,BUY,0.5,BTC (Bitcoin),CRYPTO,21000,USD,…,10,USD (US Dollar)
    name: 'Delta',
    header: [
      'date',
      'way',
      'base amount',
      'base currency (name)',
      'base type',
      'quote amount',
      'quote currency',
    ],
    field: {
      date: 'date',
      type: 'way',
      symbol: 'base currency (name)',
      shares: 'base amount',
      fee: 'fee amount',
      amount: 'quote amount',
      currency: 'quote currency',
      note: 'notes',
    },
    words: [[/^withdraw/, 'withdrawal']],
    amount: 'gross',
    decimals: '.',
    odd: (cells, cell) => {
      const [symbol = ''] = cells.symbol.split(' ')
      const [ofFee = ''] = cell('fee currency (name)').split(' ')
      const currency = cells.currency.split(' ')[0] ?? ''
      const own = { ...cells, currency, fees: ofFee === '' || ofFee === currency ? cells.fees : [] }
      const type = cell('base type')
      if (/fiat/i.test(type))
        return { ...own, symbol: '', amount: cells.shares, shares: '', currency: symbol }
      if (isCoin(currency) && /buy|sell/i.test(cells.types[0] ?? ''))
        return {
          reject: `${cells.amount} ${currency} and ${cells.shares} ${symbol} changed places: add a sell and a buy, both for what it was worth.`,
        }
      return { ...own, symbol: /crypto/i.test(type) ? `${symbol}-${currency || 'USD'}` : symbol }
    },
  },
  {
    name: 'Ghostfolio',
    header: ['date', 'code', 'data source', 'currency', 'price', 'quantity', 'action', 'fee'],
    field: {
      date: 'date',
      type: 'action',
      symbol: 'code',
      shares: 'quantity',
      price: 'price',
      fee: 'fee',
      currency: 'currency',
      note: 'note',
    },
    words: [[/^(?:item|liability|valuable)$/, 'nothing']],
    amount: 'gross',
    // the code of a fee or of interest is a name of its own
    odd: (cells) =>
      /^(?:fee|interest)$/i.test(cells.types[0] ?? '')
        ? { ...cells, symbol: '', note: cells.note || cells.symbol }
        : cells,
  },
]

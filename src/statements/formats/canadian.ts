import type { Mapping } from '../mapping.ts'

/** Brokers of Canada. */
export const canadian: readonly Mapping[] = [
  {
    name: 'Wealthsimple',
    header: [
      'transaction date',
      'activity type',
      'activity sub type',
      'symbol',
      'quantity',
      'unit price',
      'net cash amount',
    ],
    field: {
      date: 'transaction date',
      type: ['activity sub type', 'activity type'],
      symbol: 'symbol',
      name: 'name',
      shares: 'quantity',
      price: 'unit price',
      fee: 'commission',
      amount: 'net cash amount',
      currency: 'currency',
    },
    amount: 'net',
    decimals: '.',
    currency: 'CAD',
    signed: true,
  },
  {
    // the monthly statement: 2024-01-15,BUY,"VFV - Vanguard S&P 500: Bought 5.0000 shares (executed at 2024-01-15)",-577.50,422.50,CAD
    name: 'Wealthsimple',
    header: ['date', 'transaction', 'description', 'amount', 'balance', 'currency'],
    field: {
      date: 'date',
      type: 'transaction',
      amount: 'amount',
      currency: 'currency',
      note: 'description',
    },
    words: [
      [/^cont$|^dep$|^trfin/, 'cash'],
      [/^wd$|^wdl$|^trfout/, 'cash'],
      [/^nrt$/, 'tax'],
      [/^(?:fplint|stklnd|int)$/, 'interest'],
      [/^(?:loan|recall)$/, 'nothing'],
    ],
    amount: 'net',
    decimals: '.',
    currency: 'CAD',
    signed: true,
    odd: (cells) => {
      const [, symbol, shares] =
        /^([A-Z0-9.]{1,8}) - .{0,120}?(?:: (?:Bought|Sold) ([\d.,]{1,20}) shares|: )/.exec(cells.note) ?? []
      return symbol ? { ...cells, symbol, shares: shares ?? '' } : cells
    },
  },
  {
    // 2025-07-31,2025-08-01,ACHAT,Actions,VEQT-C,VANGUARD ALL-EQ ETF PTFL,CAN,10,"49,38",CAN,0,"-493,8",CAN
    name: 'Disnat',
    header: [
      'date de transaction',
      'date de reglement',
      'type de transaction',
      'symbole',
      'devise du compte',
    ],
    field: {
      date: ['date de transaction', 'date de reglement'],
      type: 'type de transaction',
      symbol: 'symbole',
      name: 'description',
      shares: 'quantite',
      price: 'prix',
      fee: 'commission payee',
      amount: "montant de l'operation",
      currency: 'devise du compte',
      priceCurrency: 'devise du prix',
      asset: "classe d'actif",
    },
    amount: 'net',
    signed: true,
    odd: (cells) => {
      const isCanadian =
        cells.symbol.endsWith('-C') || (cells.currency === 'CAN' && !cells.symbol.endsWith('-U'))
      const code = cells.symbol.replace(/-[CU]$/, '')
      return { ...cells, symbol: code && isCanadian ? `${code}.TO` : code }
    },
  },
  {
    name: 'Questrade',
    header: [
      'transaction date',
      'action',
      'symbol',
      'quantity',
      'price',
      'gross amount',
      'commission',
      'net amount',
      'activity type',
    ],
    field: {
      date: 'transaction date',
      type: ['action', 'activity type'],
      symbol: 'symbol',
      name: 'description',
      shares: 'quantity',
      price: 'price',
      fee: 'commission',
      amount: 'net amount',
      currency: 'currency',
    },
    words: [
      [/^(?:con|dep)$/, 'deposit'],
      [/^wdr$/, 'withdrawal'],
      [/^eft$/, 'cash'],
      [/^fch$/, 'fee'],
      [/^int$/, 'interest'],
      [/^fxt$/, 'conversion'],
      [/^rei$/, 'reinvested'],
      [/^dis$/, 'split'],
      [/^(?:brw|tf\w*|tfi|tfo)$/, 'transfer'],
      [/^(?:exp|asn)$/, 'option'],
    ],
    amount: 'net',
    decimals: '.',
    currency: 'CAD',
    signed: true,
  },
]

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

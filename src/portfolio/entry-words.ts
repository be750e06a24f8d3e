import type { TransactionType, typesOf } from './kind.ts'

// How the refusals of an entry name types and fields.

/** `a buy`, `an interest`, `a return of capital`, `an own price`. */
export function called(type: TransactionType): string {
  const name = nouns[type] ?? type.replaceAll('_', ' ')
  return `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`
}

const nouns: Partial<Record<TransactionType, string>> = {
  reinvested: 'reinvested dividend',
  spin_off: 'spin-off',
  price: 'own price',
}

/** That a type has no such field. */
export function notOf(field: keyof typeof typesOf, type: TransactionType): string {
  if (field === 'fee' || field === 'tax')
    return `${called(type)} cannot have a ${field}: add a transaction of type fee instead`
  if (field === 'symbol') return `${called(type)} cannot have a ticker`
  return `${called(type)} cannot have ${withArticle[field]}`
}

export const withArticle = {
  shares: 'shares',
  price: 'a price',
  fee: 'a fee',
  tax: 'a tax',
  amount: 'an amount',
  ratio: 'a ratio',
  unitsDay: 'share units',
  units: 'share units',
  acquired: 'a day on which shares were acquired',
  cost: 'a cost',
  lots: 'lots',
  new_symbol: 'a new ticker',
  cost_share: 'a part of the cost',
}

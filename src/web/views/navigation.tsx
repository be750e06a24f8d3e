import { type Label } from '../words/words.ts'
/** A page of a portfolio; `key` follows `g`. */
type Destination = { href: (portfolio: string) => string; label: Label; key: string }

export const navigation: readonly Destination[] = [
  { href: (id) => `/portfolios/${id}`, label: 'Dashboard', key: 'd' },
  { href: (id) => `/portfolios/${id}/transactions`, label: 'Transactions', key: 't' },
  { href: (id) => `/portfolios/${id}/dividends`, label: 'Dividends', key: 'v' },
  { href: (id) => `/portfolios/${id}/cash-flows`, label: 'Cash flows', key: 'c' },
  { href: (id) => `/portfolios/${id}/decisions`, label: 'Decisions', key: 'e' },
  { href: (id) => `/portfolios/${id}/risk`, label: 'Risk', key: 'm' },
  { href: (id) => `/portfolios/${id}/imports`, label: 'Import', key: 'i' },
  { href: (id) => `/portfolios/${id}/activity`, label: 'Activity', key: 'a' },
  { href: (id) => `/portfolios/${id}/settings`, label: 'Settings', key: 's' },
]

/** The pages of a portfolio, in the order they are offered; `key` follows `g` on the keyboard. */
export const pages = [
  { href: (id: string) => `/portfolios/${id}`, label: 'Dashboard', key: 'd' },
  { href: (id: string) => `/portfolios/${id}/transactions`, label: 'Transactions', key: 't' },
  { href: (id: string) => `/portfolios/${id}/dividends`, label: 'Dividends', key: 'v' },
  { href: (id: string) => `/portfolios/${id}/cash-flows`, label: 'Cash flows', key: 'c' },
  { href: (id: string) => `/portfolios/${id}/imports`, label: 'Import', key: 'i' },
  { href: (id: string) => `/portfolios/${id}/activity`, label: 'Activity', key: 'a' },
  { href: (id: string) => `/portfolios/${id}/settings`, label: 'Settings', key: 's' },
] as const

export type PageLabel = (typeof pages)[number]['label']

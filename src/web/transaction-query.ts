import { isSort, type Show, shows, type TransactionQuery } from '../snapshot/transaction-list.ts'
import { isDay } from '../portfolio/day.ts'

const everything: TransactionQuery = {
  show: 'all',
  ticker: null,
  from: null,
  to: null,
  sort: 'date',
  descending: true,
  page: 1,
}

/** Reads the query of an address. A parameter that is missing or not valid has its default. */
export function readQuery(params: Record<string, string>): TransactionQuery {
  const { show = '', ticker = '', from = '', to = '', sort = '', dir, page = '' } = params
  return {
    show: Object.hasOwn(shows, show) ? (show as Show) : everything.show,
    ticker: ticker.trim().toUpperCase().slice(0, 20) || null,
    from: isDay(from) ? from : null,
    to: isDay(to) ? to : null,
    sort: isSort(sort) ? sort : everything.sort,
    descending: dir !== 'asc',
    page: /^[1-9]\d{0,6}$/.test(page) ? Number(page) : 1,
  }
}

/** Writes the query of an address, with its `?`; empty when everything is as by default. */
export function searchOf(query: TransactionQuery, changes: Partial<TransactionQuery> = {}): string {
  const { show, ticker, from, to, sort, descending, page } = { ...query, ...changes }
  const params = new URLSearchParams()
  if (show !== everything.show) params.set('show', show)
  if (ticker) params.set('ticker', ticker)
  if (from) params.set('from', from)
  if (to) params.set('to', to)
  if (sort !== everything.sort) params.set('sort', sort)
  if (!descending) params.set('dir', 'asc')
  if (page > 1) params.set('page', String(page))
  return params.size > 0 ? `?${params.toString()}` : ''
}

export function isFiltered({ show, ticker, from, to }: TransactionQuery): boolean {
  return show !== 'all' || ticker !== null || from !== null || to !== null
}

/** The address of a portfolio's transactions. */
export function listOf({ portfolio }: { portfolio: { id: string } }): string {
  return `/portfolios/${portfolio.id}/transactions`
}

import { beforeSwap } from './htmx.ts'

/**
 * Tables marked `data-sortable` sort by a click on a column's head, whose link asks the server for the same; the order
 * stays in the address and survives a swap.
 */
export function sorting(): void {
  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('[data-sortable] a[data-sort]')
    const table = link?.closest('table')
    const head = link?.closest('th')
    if (!link || !table || !head || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    const first = link.dataset.sort === 'text' ? 'ascending' : 'descending'
    const order = head.ariaSort === first ? opposite[first] : first
    sort(table, head.cellIndex, order)
    keep(new URL(link.href).searchParams.get('sort')!, order)
  })
  beforeSwap(({ fragment, target }) => {
    const sorted = target.querySelector<HTMLTableCellElement>('[data-sortable] th[aria-sort]')
    const table = fragment.querySelector<HTMLTableElement>('[data-sortable]')
    if (sorted && table) sort(table, sorted.cellIndex, sorted.ariaSort as Order)
  })
}

/** Whoever reloads or sends the address sees the same order. */
function keep(column: string, order: Order): void {
  const address = new URL(location.href)
  address.searchParams.set('sort', column)
  if (order === 'ascending') address.searchParams.set('dir', 'asc')
  else address.searchParams.delete('dir')
  history.replaceState(history.state, '', address)
}

type Order = 'ascending' | 'descending'
const opposite: Record<Order, Order> = { ascending: 'descending', descending: 'ascending' }

function sort(table: HTMLTableElement, column: number, order: Order): void {
  const heads = [...table.tHead!.rows[0]!.cells]
  for (const head of heads) head.removeAttribute('aria-sort')
  heads[column]!.ariaSort = order
  const body = table.tBodies[0]!
  const keyed = [...body.rows].map((row) => ({ row, key: row.cells[column]?.dataset.key }))
  const sign = order === 'ascending' ? 1 : -1
  const compare = heads[column]!.querySelector('[data-sort=text]') ? asText : asNumbers
  keyed.sort((a, b) => {
    if (a.key === undefined || b.key === undefined)
      return Number(a.key === undefined) - Number(b.key === undefined)
    return sign * compare(a.key, b.key)
  })
  body.append(...keyed.map(({ row }) => row))
  table.dispatchEvent(new Event('sorted', { bubbles: true }))
}

function asText(a: string, b: string): number {
  return a.localeCompare(b)
}

function asNumbers(a: string, b: string): number {
  return Number(a) - Number(b)
}

import type { HoldingRow } from '../../snapshot/holding-row.ts'
import { addressOf } from './portfolio-page.tsx'
import type { Column } from './table.tsx'
import { t } from '../words/words.ts'

export type Order = { column: string; descending: boolean }

/** A column of the holdings, which sorts them. */
export type HoldingColumn = Column<HoldingRow> & {
  at: string
  /** Its name in the address, unless it is that of its class. */
  called?: string
  /** Its name where there is no head: in the choice of an order. */
  label?: string
  /** What it sorts by; a holding without it goes last either way. */
  key: (holding: HoldingRow) => string | number | null
}

/** What the holdings' address says: their order, and what they are measured against, unless that is the first. */
type HoldingsQuery = { order: Order | undefined; versus: string | null }

/** As the query of an address; the column of the value, the largest first, is as if not said. */
export function queryOf({ order, versus }: HoldingsQuery): Record<string, string | null> {
  return {
    sort: order?.column ?? null,
    dir: order && !order.descending ? 'asc' : null,
    vs: versus,
  }
}

/** The column that the order names; of a name that nobody offered, that of the value. */
export function columnOf(columns: readonly HoldingColumn[], order: Order | undefined): HoldingColumn {
  return (
    columns.find((column) => addressed(column) === order?.column) ?? columns.find(({ at }) => at === 'value')!
  )
}

/** The link in a column's head, and how the column is sorted now; null when another one is. */
export function sortOf(column: HoldingColumn, descending: boolean | null, versus: string | null) {
  // a name begins with A, a number with the largest
  const up = descending ?? column.at === 'name'
  const order = { column: addressed(column), descending: !up }
  return {
    href: `${addressOf('', queryOf({ order, versus }))}#holdings`,
    order: descending === null ? null : descending ? ('descending' as const) : ('ascending' as const),
  }
}

export function inOrder(
  holdings: readonly HoldingRow[],
  { key }: HoldingColumn,
  descending: boolean,
): readonly HoldingRow[] {
  const keyed = holdings.map((holding) => ({ holding, key: key(holding) }))
  const sign = descending ? -1 : 1
  keyed.sort((a, b) => {
    if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null)
    return sign * (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)
  })
  return keyed.map(({ holding }) => holding)
}

type SortingProps = { columns: readonly HoldingColumn[]; sorted: HoldingColumn; versus: string | null }

/** The same choice on a phone, whose lines have no head. */
export const Sorting = ({ columns, sorted, versus }: SortingProps) => (
  <form class="sorting" method="get" data-sorting>
    {versus !== null && <input type="hidden" name="vs" value={versus} />}
    <label>
      {t('Sort')}{' '}
      <select name="sort">
        {columns.map((column) => (
          <option value={addressed(column)} selected={column === sorted}>
            {column.label ?? column.name}
          </option>
        ))}
      </select>
    </label>
    <noscript>
      <button class="button small">{t('Sort')}</button>
    </noscript>
  </form>
)

function addressed({ called, at }: HoldingColumn): string {
  return called ?? at
}

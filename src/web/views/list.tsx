import { html } from './html.ts'
import type { Child } from 'hono/jsx'
import { day } from '../format.ts'
import { type Column, Table } from './table.tsx'

type ListProps<Row> = {
  title: string
  note?: Child
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  id?: (row: Row) => string
  /** The ids of the rows in the foot. */
  foot?: readonly (string | null)[]
  class?: string
  /** True for a list that is a part of a panel and not one itself. */
  inPanel?: boolean
}

export const List = <Row,>({ title, note, inPanel = false, ...table }: ListProps<Row>) => (
  <section class={inPanel ? undefined : 'panel'} aria-label={title}>
    <header>
      <h2>
        {title} {!inPanel && <span class="count">{table.rows.length}</span>}
      </h2>
      {note && <p class="aside">{note}</p>}
    </header>
    <Table {...table} label={title} />
  </section>
)

export function dated(date: string) {
  return html`<time datetime="${date}">${day(date)}</time>`
}

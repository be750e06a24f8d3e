import { html } from 'hono/html'
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
}

export const List = <Row,>({ title, note, ...table }: ListProps<Row>) => (
  <section class="panel" aria-label={title}>
    <header>
      <h2>
        {title} <span class="count">{table.rows.length}</span>
      </h2>
      {note && <p class="aside">{note}</p>}
    </header>
    <Table {...table} label={title} />
  </section>
)

export function dated(date: string) {
  return html`<time datetime="${date}">${day(date)}</time>`
}

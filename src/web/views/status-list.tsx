import type { Child } from 'hono/jsx'
import { type Column, Table } from './table.tsx'

export const List = ({ id, title, count, aside, columns, empty, rows, note }: ListProps) => (
  <section class="panel" id={id}>
    <header>
      <h2>
        {title} {count !== undefined && <span class="count">{count}</span>}
      </h2>
      {rows.length > 0 && aside && <div class="aside">{aside}</div>}
    </header>
    {rows.length === 0 ? (
      <p class="aside">{empty}</p>
    ) : (
      <Table
        label={title}
        columns={columns.map((column, i): Column<Child[]> => ({
          ...(typeof column === 'string' ? { name: column } : column),
          write: (row) => row[i],
        }))}
        rows={rows}
      />
    )}
    {rows.length > 0 && note && <p class="aside">{note}</p>}
  </section>
)

type ListProps = {
  id?: string
  title: string
  count?: number
  aside?: Child
  columns: Head[]
  empty: string
  rows: Child[][]
  note?: string
}

type Head = string | { name: string; at: 'end' | 'words' }

/** Classes for a column of figures and for one of sentences; other columns hold a word or a date. */
export const end = (name: string): Head => ({ name, at: 'end' })
export const words = (name: string): Head => ({ name, at: 'words' })

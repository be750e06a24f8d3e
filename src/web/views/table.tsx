import { html, raw } from './html.ts'
import type { Child } from 'hono/jsx'
import { mayEdit } from './shown-to.ts'

/** One column: its head, and how it shows a row. The first column of a table names the row. */
export type Column<Row> = {
  name: Child
  /** The head is only for screen readers, because the cells speak for themselves. */
  unseen?: boolean
  hint?: string
  /**
   * The class of the cells. Figures align right; `text` and `words` align left. Where the page is too narrow for all
   * columns, those that are `roomy` give way first, and then those that are `spare`.
   */
  at?: string
  /** The address that a click on the head leads to, and the present order. */
  sort?: { href: string; order: 'ascending' | 'descending' | null }
  /** True for money, and for shares, which times their price are money: privacy mode hides both. */
  money?: boolean
  write: (row: Row) => Child
  /** The text on hover: a reason, or every digit. */
  title?: (row: Row) => string | undefined
  /** True for a column that is left out where nothing may be changed. */
  editors?: true
  /** The cells of the foot, one for each of its rows. */
  foot?: readonly Child[]
}

type TableProps<Row> = {
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  /** Names a table that has no heading; its box can then be scrolled by keyboard too. */
  label?: string
  caption?: string
  class?: string
  id?: (row: Row) => string
  rowClass?: (row: Row) => string | undefined
  /** A sentence that replaces the cells from one column on, for a row that lacks them. */
  instead?: (row: Row) => { from: number; words: Child } | null
  /** The row in the place of those that are not shown yet. */
  more?: Child
  /** The ids of the rows of the foot. */
  foot?: readonly (string | null)[]
  /**
   * True for a table that is one stop of the Tab key, whose arrow keys move between rows, and that is sorted in
   * place.
   */
  sortable?: boolean
  /** True for a table that scrolls even on the widest page. */
  always?: boolean
}

// Written as text and not as elements, because a page has a thousand cells.

/** A table in a box that scrolls when the columns do not fit. */
export const Table = <Row,>(props: TableProps<Row>) => {
  const { label, caption, sortable, always, more, foot = [] } = props
  const columns = props.columns.filter(isShown)
  const box = label !== undefined && html` tabindex="0" role="group" aria-label="${label}"`
  const sorted = sortable && raw(' data-sortable')
  return html`<div class="${always ? 'scroll always' : 'scroll'}"${box}><table class="${classes('grid', props.class)}"${sorted}>${caption !== undefined && html`<caption class="visually-hidden">${caption}</caption>`}<thead><tr>${columns.map(head)}</tr></thead><tbody>${lines(props)}${more}</tbody>${foot.length > 0 && html`<tfoot>${foot.map((id, i) => total(columns, id, i))}</tfoot>`}</table></div>`
}

/** The rows alone, for a table that is there already. */
export const Rows = <Row,>(props: Pick<TableProps<Row>, 'columns' | 'rows' | 'id' | 'rowClass' | 'more'>) =>
  html`${lines(props)}${props.more}`

/** A column is left out where nothing may be changed. */
function isShown({ editors }: { editors?: true }): boolean {
  return !editors || mayEdit()
}

function head<Row>({ name, unseen, hint, at, sort }: Column<Row>) {
  const order = sort?.order && html` aria-sort="${sort.order}"`
  const label = unseen ? html`<span class="visually-hidden">${name}</span>` : name
  const content = sort ? html`<a href="${sort.href}">${label}</a>` : label
  return html`<th scope="col"${classed(at)}${titled(hint)}${order}>${content}</th>`
}

function lines<Row>({ rows, columns, id, rowClass, instead }: Omit<TableProps<Row>, 'more'>) {
  const cells = columns.filter(isShown).map(cellOf)
  return rows.map((row) => {
    const other = instead?.(row)
    const shown = other ? cells.slice(0, other.from) : cells
    const rest =
      other && html`<td class="words text" colspan="${cells.length - other.from}">${other.words}</td>`
    const name = id && html` id="${id(row)}"`
    return html`<tr${name}${classed(rowClass?.(row))}>${shown.map((cell) => cell(row))}${rest}</tr>`
  })
}

/** Writes the cells of a column; the class that they have in common is written once. */
function cellOf<Row>({ at, money, write, title }: Column<Row>, index: number): (row: Row) => Child {
  const shared = classed(at)
  return (row) => {
    const written = write(row)
    return tagged(index, shared, titled(title?.(row)), money ? hidden(written) : written)
  }
}

function total<Row>(columns: readonly Column<Row>[], id: string | null, row: number) {
  const cells = columns.map(({ at, foot }, i) => tagged(i, classed(at), '', foot?.[row]))
  return html`<tr${id !== null && html` id="${id}"`}>${cells}</tr>`
}

/** The first cell names its row. */
function tagged(index: number, shared: Child, more: Child, content: Child) {
  return index === 0
    ? html`<th scope="row"${shared}${more}>${content}</th>`
    : html`<td${shared}${more}>${content}</td>`
}

/** A hidden amount must not take the borders of its cell with it. */
function hidden(content: Child) {
  return content === '' || content === null || content === false
    ? content
    : html`<span data-money>${content}</span>`
}

function classed(at: string | undefined) {
  return at !== undefined && html` class="${at}"`
}

function titled(words: string | undefined) {
  return words !== undefined && html` title="${words}"`
}

function classes(...names: (string | undefined)[]): string {
  return names.filter((name) => name !== undefined).join(' ')
}

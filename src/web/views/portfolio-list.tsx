import { html, raw } from './html.ts'
import type { ListedFigures } from '../../snapshot/headline.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { money, none, percent, signedMoney, tone } from '../format.ts'
import { Arrow, Change, Gain } from './figure.tsx'
import { addressOf } from './portfolio-page.tsx'
import { type Column, Table } from './table.tsx'
import { t, translated } from '../words/words.ts'

/** A portfolio or a group in a list of them. */
export type ListedRow = {
  id: string
  name: string
  isGroup?: boolean
  value: string | null
  currency: string
  change: string | null
  ratio: number | null
  gap: ListedFigures['gap']
  /** Its part of the group; only in a group. */
  weight?: number | null
  /** Only where twelve months are drawn. */
  year?: ListedFigures['year']
  /** What is said in the place of today's change. */
  trouble?: string | null
}

/** The order of a list, where it is another than the one in which they were made. */
export type ListOrder = { column: keyof typeof keys; descending: boolean }

/** What each column sorts by. */
const keys = {
  name: ({ name }: ListedRow) => name.toLowerCase(),
  value: ({ value }: ListedRow) => number(value),
  today: ({ change }: ListedRow) => number(change),
  lead: ({ gap }: ListedRow) => number(gap?.amount ?? null),
}

const number = (decimal: string | null) => (decimal === null ? null : Number(decimal))

/** Returns the order that an address names, such as `value` or `-value`; null for none. */
export function orderIn(named: string | undefined): ListOrder | null {
  const [, minus, column] = /^(-?)(\w+)$/.exec(named ?? '') ?? []
  const isColumn = column !== undefined && Object.hasOwn(keys, column)
  return isColumn ? { column: column as ListOrder['column'], descending: minus === '-' } : null
}

export function queryOf(order: ListOrder | null): { sort: string | null } {
  return { sort: order && `${order.descending ? '-' : ''}${order.column}` }
}

/**
 * Returns the rows in an order, groups ahead of portfolios. A portfolio in another currency is compared by what it is in
 * that of all of them; what has no figure goes last either way.
 */
export function sorted(
  rows: readonly ListedRow[],
  { portfolio, group }: Snapshot,
  order: ListOrder | null,
): readonly ListedRow[] {
  if (order === null) return rows
  const [benchmark] = portfolio.benchmarks
  const inOne = new Map(
    group?.portfolios.map(({ id, value, day_change: change, vs_money: leads }) => {
      const gap = benchmark === undefined ? null : { benchmark, amount: leads[benchmark] ?? null }
      return [id, { value, change, gap }]
    }),
  )
  const sign = order.descending ? -1 : 1
  return rows
    .map((row) => ({ row, key: keys[order.column]({ ...row, ...inOne.get(row.id) }) }))
    .toSorted((a, b) => {
      if (a.row.isGroup !== b.row.isGroup) return a.row.isGroup ? -1 : 1
      if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null)
      return sign * (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)
    })
    .map(({ row }) => row)
}

type ListProps = {
  rows: readonly ListedRow[]
  label: string
  /** Null in the order in which they were made; absent where it cannot be chosen. */
  order?: ListOrder | null
}

/** What a list has of each: its value, today, its lead over its first benchmark, and what its kind adds. */
export const PortfolioList = ({ rows, label, order }: ListProps) => (
  <Table
    columns={columnsOf(rows).map((column) => withOrder(column, order))}
    rows={rows}
    label={label}
    class="portfolio-list as-lines"
    id={({ id }) => `row-${id}`}
  />
)

type ListColumn = Column<ListedRow> & { by?: ListOrder['column'] }

function withOrder(column: ListColumn, order: ListOrder | null | undefined): Column<ListedRow> {
  const { by } = column
  if (by === undefined || order === undefined) return column
  const isNow = order?.column === by
  // a name begins with A, a number with the largest
  const descending = isNow ? !order.descending : by !== 'name'
  const now = isNow ? (order.descending ? 'descending' : 'ascending') : null
  return { ...column, sort: { href: addressOf('/', queryOf({ column: by, descending })), order: now } }
}

function columnsOf(rows: readonly ListedRow[]): ListColumn[] {
  const has = (isThere: (row: ListedRow) => boolean) => rows.some(isThere)
  return [
    {
      at: 'name',
      by: 'name',
      name: t('Portfolio'),
      write: ({ id, name, isGroup }) =>
        html`<a href="/portfolios/${id}">${name}</a>${isGroup && html` <small>${t('group')}</small>`}`,
    },
    { by: 'value', name: t('Value'), money: true, write: ({ value, currency }) => money(value, currency) },
    ...(has(({ weight }) => weight !== undefined)
      ? [{ at: 'spare', name: t('Share'), write: ({ weight }: ListedRow) => percent(weight ?? null) }]
      : []),
    {
      at: 'today-cell',
      by: 'today',
      name: t('Today'),
      write: ({ change, ratio, currency, trouble }) =>
        trouble && change === null
          ? html`<small>${translated(trouble)}</small>`
          : change === null && ratio === null
            ? none
            : html`${Gain({ amount: change, currency })} <small>${Change({ ratio })}</small>`,
    },
    {
      at: 'lead-cell',
      by: 'lead',
      name: t('Gap'),
      hint: t('Ahead of its first benchmark, or behind, in money'),
      write: ({ gap, currency }) =>
        gap === null
          ? none
          : html`<span class="gain-${tone(gap.amount)}" data-money>${Arrow({ of: tone(gap.amount) })}${signedMoney(gap.amount, currency)}</span> <small>${gap.benchmark}</small>`,
    },
    ...(has(({ year }) => year !== undefined)
      ? [{ at: 'spark-cell', name: t('12 months'), write: ({ year }: ListedRow) => spark(year) }]
      : []),
  ]
}

const [WIDTH, HEIGHT] = [96, 24]

/** The return of twelve months as a line, and that of the benchmark as a thin dashed one; without axes. */
function spark(year: ListedFigures['year'] | undefined) {
  const own = year?.own.filter((level) => level !== null) ?? []
  if (!year || own.length < 2) return none
  const all = [...own, ...year.benchmark.filter((level) => level !== null)]
  const [low, high] = [Math.min(...all), Math.max(...all)]
  const path = (levels: readonly (number | null)[]) =>
    levels
      .flatMap((level, i) => {
        if (level === null) return []
        const x = (i / Math.max(1, levels.length - 1)) * WIDTH
        const y = HEIGHT - 2 - ((level - low) / (high - low || 1)) * (HEIGHT - 4)
        return [`${x.toFixed(1)},${y.toFixed(1)}`]
      })
      .join(' ')
  const said = t('{percent} in twelve months', { percent: percent(own.at(-1)!) })
  // every number in it is ours
  const lines = raw(
    `${year.benchmark.length > 1 ? `<polyline class="theirs" points="${path(year.benchmark)}"/>` : ''}<polyline class="own" points="${path(year.own)}"/>`,
  )
  return html`<svg class="spark" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${said}">${lines}</svg>`
}

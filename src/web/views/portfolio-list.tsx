import { html, raw } from 'hono/html'
import type { ListedFigures } from '../../snapshot/headline.ts'
import { money, none, percent, signedMoney, tone } from '../format.ts'
import { Arrow, Change, Gain } from './figure.tsx'
import { type Column, Table } from './table.tsx'

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

/** What a list has of each: its value, today, its lead over its first benchmark, and what its kind adds. */
export const PortfolioList = ({ rows, label }: { rows: readonly ListedRow[]; label: string }) => (
  <Table
    columns={columnsOf(rows)}
    rows={rows}
    label={label}
    class="portfolio-list"
    id={({ id }) => `row-${id}`}
  />
)

function columnsOf(rows: readonly ListedRow[]): Column<ListedRow>[] {
  const has = (isThere: (row: ListedRow) => boolean) => rows.some(isThere)
  return [
    {
      at: 'name',
      name: 'Portfolio',
      write: ({ id, name, isGroup }) =>
        html`<a href="/portfolios/${id}">${name}</a>${isGroup && html` <small>group</small>`}`,
    },
    { name: 'Value', money: true, write: ({ value, currency }) => money(value, currency) },
    ...(has(({ weight }) => weight !== undefined)
      ? [{ at: 'spare', name: 'Share', write: ({ weight }: ListedRow) => percent(weight ?? null) }]
      : []),
    {
      at: 'today-cell',
      name: 'Today',
      write: ({ change, ratio, currency, trouble }) =>
        trouble && change === null
          ? html`<small>${trouble}</small>`
          : html`${Gain({ amount: change, currency })} <small>${Change({ ratio })}</small>`,
    },
    {
      at: 'lead-cell',
      name: 'Lead',
      hint: 'Ahead of its first benchmark, or behind, in money',
      write: ({ gap, currency }) =>
        gap === null
          ? none
          : html`<span class="gain-${tone(gap.amount)}" data-money>${Arrow({ of: tone(gap.amount) })}${signedMoney(gap.amount, currency)}</span> <small>${gap.benchmark}</small>`,
    },
    ...(has(({ year }) => year !== undefined)
      ? [{ at: 'spark-cell', name: '12 months', write: ({ year }: ListedRow) => spark(year) }]
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
  const said = `${percent(own.at(-1)!)} in twelve months`
  // every number in it is ours
  const lines = raw(
    `${year.benchmark.length > 1 ? `<polyline class="theirs" points="${path(year.benchmark)}"/>` : ''}<polyline class="own" points="${path(year.own)}"/>`,
  )
  return html`<svg class="spark" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${said}">${lines}</svg>`
}

import { html, raw } from 'hono/html'
import { allocation } from '../../snapshot/allocation.ts'
import type { HoldingRow, Quarantined } from '../../snapshot/holding-row.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { exact, money, none, percent, price, shares, shortDay, signedPercent, when } from '../format.ts'
import type { Clock } from '../clock.ts'
import { VersusNote } from './comparison.tsx'
import { Change, Gain, Lead, Moment } from './figure.tsx'
import { instrumentPath } from './symbol.tsx'
import { type Column, Table } from './table.tsx'

export type Order = { column: string; descending: boolean }
type Props = { snapshot: Snapshot; clock: Clock; order?: Order | undefined }

export const Holdings = ({ snapshot, clock, order }: Props) => {
  const { portfolio, holdings, closed } = snapshot
  const shares = weights(snapshot)
  return (
    <section
      id="holdings"
      class="panel holdings"
      aria-label="Holdings"
      hx-get={`/portfolios/${portfolio.id}/holdings${order ? searchOf(order) : ''}`}
      hx-trigger="changed-holdings from:body"
      hx-swap="outerMorph"
    >
      <header>
        <h2>
          Holdings <span class="count">{holdings.length}</span>
        </h2>
        {holdings.length > 1 && <Half count={firstHalf(holdings, shares).size} />}
        <a class="aside" href={`/portfolios/${portfolio.id}/export/holdings.csv`}>
          CSV
        </a>
      </header>
      {holdings.length === 0 ? (
        <p class="aside">No open positions.</p>
      ) : (
        <>
          <Open snapshot={snapshot} clock={clock} order={order} weights={shares} />
          <VersusNote benchmarks={portfolio.benchmarks} />
        </>
      )}
      {closed.length > 0 && <Closed closed={closed} portfolio={portfolio} />}
    </section>
  )
}

/** By symbol, the share of all there is: what the map of the allocation shows as area. */
type Weights = ReadonlyMap<string, number>

function weights(snapshot: Snapshot): Weights {
  return new Map(allocation(snapshot).holdings.map(({ name, ratio }) => [name, ratio]))
}

const Half = ({ count }: { count: number }) =>
  count === 0 ? null : (
    <p class="aside">
      <span class="half-mark" aria-hidden="true"></span>
      {count === 1 ? 'One holding makes' : `${count} holdings make`} up half the portfolio
    </p>
  )

const Open = ({ snapshot, clock, order, weights: own }: Props & { weights: Weights }) => {
  const { portfolio, holdings } = snapshot
  const half = firstHalf(holdings, own)
  const columns = columnsOf({ snapshot, clock, weights: own })
  const sorted =
    columns.find((column) => addressed(column) === order?.column) ?? columns.find(({ at }) => at === 'value')!
  const descending = order?.descending ?? true
  // a third benchmark does not fit the widest page, nor does $1,000,000.00 or 275 386.60 $US
  const always =
    portfolio.benchmarks.length > 2 ||
    money(snapshot.totals.market_value, portfolio.base_currency).length > 12
  return (
    <>
      <Sorting columns={columns} sorted={sorted} />
      <Shown benchmarks={portfolio.benchmarks} />
      <Table
        columns={columns.map((column) => ({
          ...column,
          sort: sortOf(column, column === sorted ? descending : null),
        }))}
        rows={inOrder(holdings, sorted, descending)}
        id={({ symbol }) => `holding-${symbol}`}
        rowClass={({ symbol }) => (half.has(symbol) ? 'half' : undefined)}
        foot={hasCash(snapshot) ? ['holdings-cash', 'holdings-total'] : ['holdings-total']}
        sortable
        always={always}
      />
    </>
  )
}

/** What a row needs to know besides its holding. */
type About = { snapshot: Snapshot; clock: Clock; weights: Weights }

type HoldingColumn = Column<HoldingRow> & {
  at: string
  /** Its name in the address, unless it is that of its class. */
  called?: string
  /** Its name where there is no head: in the choice of an order. */
  label?: string
  /** What it sorts by; a holding without it goes last either way. */
  key: (holding: HoldingRow) => string | number | null
}

const number = (decimal: string | null) => (decimal === null ? null : Number(decimal))

function columnsOf(about: About): HoldingColumn[] {
  const { snapshot, weights: own } = about
  const { portfolio, totals, summary } = snapshot
  const currency = portfolio.base_currency
  const largest = Math.max(...own.values(), 0)
  const cost = Number(totals.cost_basis)
  const gained = totals.unrealized_gain !== null && cost > 0 ? Number(totals.unrealized_gain) / cost : null
  const withCash = hasCash(snapshot)
  /** A line for the cash, where there is any, and one for all. */
  const foot = (cash: ReturnType<typeof html> | string, total: ReturnType<typeof html> | string) =>
    withCash ? [cash, total] : [total]
  const amount = (value: string | null, live?: string) =>
    html`<span data-money${live && html` data-live="${live}"`}>${money(value, currency)}</span>`
  return [
    {
      at: 'name',
      name: 'Holding',
      key: ({ symbol }) => symbol,
      write: (holding) => name(holding, about),
      foot: foot('Cash', 'Total'),
    },
    {
      at: 'price',
      name: 'Price',
      key: (holding) => number(holding.price),
      write: (holding) => latestPrice(holding, about.clock),
    },
    {
      at: 'shares wide',
      called: 'shares',
      name: 'Shares',
      key: (holding) => number(holding.shares),
      // price × shares is money
      write: (holding) => {
        const [whole, shown] = [exact(holding.shares), shares(holding.shares)]
        return html`<span data-money${whole !== shown && html` title="${whole}"`}>${shown}</span>`
      },
    },
    {
      at: 'value',
      name: 'Value',
      key: ({ market_value }) => number(market_value),
      write: ({ market_value }) => amount(market_value, 'value'),
      foot: foot(amount(summary.cash), amount(withCash ? summary.value : totals.market_value, 'total')),
    },
    {
      at: 'day',
      name: 'Day',
      hint: 'Since the close of the session before',
      key: ({ day_change_ratio }) => day_change_ratio,
      write: ({ day_change, day_change_ratio }) =>
        html`<small>${Gain({ amount: day_change, currency })}</small> ${Change({ ratio: day_change_ratio, live: 'day', arrow: true })}`,
      foot: foot(
        '',
        html`<small>${Gain({ amount: totals.day_change, currency, live: 'total-day' })}</small> ${totals.day_change !== null && Change({ ratio: summary.today.ratio, arrow: true })}`,
      ),
    },
    ...portfolio.benchmarks.map(lead),
    {
      at: 'gain wide',
      called: 'gain',
      name: 'Gain',
      hint: 'Value − cost of the open lots, fees included',
      key: ({ unrealized_gain }) => number(unrealized_gain),
      write: ({ unrealized_gain }) => Gain({ amount: unrealized_gain, currency, live: 'gain' }),
      foot: foot('', Gain({ amount: totals.unrealized_gain, currency, live: 'total-gain' })),
    },
    {
      at: 'gain-ratio',
      name: 'Gain %',
      hint: 'Gain ÷ cost, without dividends',
      key: ({ gain_ratio }) => gain_ratio,
      write: ({ gain_ratio }) => Change({ ratio: gain_ratio, live: 'gain-ratio', arrow: true }),
      foot: foot('', Change({ ratio: gained, arrow: true })),
    },
    {
      at: 'weight wide',
      called: 'weight',
      name: 'Weight',
      hint: 'Share of total value',
      key: ({ symbol }) => own.get(symbol) ?? null,
      write: ({ symbol }) => weight(own.get(symbol) ?? null, largest),
      foot: foot(weight(own.get('Cash') ?? 0, largest), ''),
    },
  ]
}

/** How far a holding is ahead of the same money in a benchmark. */
function lead(benchmark: string, place: number): HoldingColumn {
  return {
    at: place < 2 ? `versus versus-${place + 1}` : 'versus wide',
    called: `vs-${benchmark}`,
    name: `vs ${benchmark}, pp`,
    label: `vs ${benchmark}`,
    hint: `Lead of its total return over the same money in ${benchmark} on the same days, in percentage points`,
    key: ({ vs }) => vs[benchmark] ?? null,
    write: ({ vs }) => Lead({ of: vs[benchmark] ?? null, live: `versus-${benchmark}` }),
    title: (holding) => {
      const theirs = holding.benchmarks[benchmark] ?? null
      if (theirs === null) return undefined
      return `total return ${signedPercent(holding.total_return)}, ${benchmark} ${signedPercent(theirs)}`
    },
  }
}

function sortOf(column: HoldingColumn, descending: boolean | null) {
  // a name begins with A, a number with the largest
  const up = descending ?? column.at === 'name'
  return {
    href: `${searchOf({ column: addressed(column), descending: !up })}#holdings`,
    order: descending === null ? null : descending ? ('descending' as const) : ('ascending' as const),
  }
}

/** The same choice on a phone, whose lines have no head. */
const Sorting = ({ columns, sorted }: { columns: HoldingColumn[]; sorted: HoldingColumn }) => (
  <form class="sorting" method="get" data-sorting>
    <label>
      Sort{' '}
      <select name="sort">
        {columns.map((column) => (
          <option value={addressed(column)} selected={column === sorted}>
            {column.label ?? column.name}
          </option>
        ))}
      </select>
    </label>
    <noscript>
      <button class="button small">Sort</button>
    </noscript>
  </form>
)

/** Which figure a phone shows beside the price: chosen by the style sheet, so that it needs no script. */
const Shown = ({ benchmarks }: { benchmarks: readonly string[] }) => {
  const offered = ['Day', 'Gain', ...benchmarks.slice(0, 2).map((symbol) => `vs ${symbol}`)]
  const first = benchmarks.length > 0 ? 2 : 1
  return (
    <fieldset class="shown" hx-morph-skip="true">
      <legend class="visually-hidden">Figure</legend>
      {offered.map((label, i) => (
        <label>
          <input type="radio" name="shown" value={i} checked={i === first} />
          {label}
        </label>
      ))}
    </fieldset>
  )
}

function searchOf({ column, descending }: Order): string {
  return `?sort=${encodeURIComponent(column)}${descending ? '' : '&dir=asc'}`
}

function addressed({ called, at }: HoldingColumn): string {
  return called ?? at
}

function inOrder(
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

function name(holding: HoldingRow, { snapshot, clock }: About) {
  const { reason, quarantined } = holding
  const reasons = [reason, quarantined && rejection(quarantined, clock.now)].filter((each) => each !== null)
  const said = reasons.map((each) => html`<span class="reason">${each}</span>`)
  return html`${Instrument({ portfolio: snapshot.portfolio.id, ...holding })}${said}`
}

const Instrument = ({ portfolio, symbol, name }: { portfolio: string; symbol: string; name: string }) => {
  const other = name === symbol ? '' : name
  return html`<a href="${instrumentPath(portfolio, symbol)}"><span class="symbol">${symbol}</span> <span class="instrument">${other}</span></a>`
}

function latestPrice(holding: HoldingRow, clock: Clock) {
  const { price_as_of, price_day, quarantined } = holding
  if (holding.price === null) return none
  const old = holding.delisted === null && clock.stale(holding) && stale
  const held =
    quarantined &&
    html`<mark class="stale" title="${rejection(quarantined, clock.now)}">price in doubt</mark>`
  const of =
    price_as_of !== null
      ? Moment({ at: price_as_of, now: clock.now })
      : price_day && html`<time datetime="${price_day}">${shortDay(price_day, clock.now)}</time>`
  const latest = price(holding.price, holding.currency)
  return html`${old}${held} <small>${of}</small> <span data-live="price">${latest}</span>`
}

export const stale = raw(
  '<mark class="stale" title="This price is out of date. The next refresh will try again.">stale</mark>',
)

function rejection({ price: told, currency, at, reason }: Quarantined, now: number): string {
  return `a price of ${price(told, currency)} at ${when(at, now)} is held for review: ${reason}`
}

/** A bar behind the figure, as wide as the cell for the largest. */
function weight(ratio: number | null, largest: number) {
  const width = largest > 0 ? ((100 * (ratio ?? 0)) / largest).toFixed(1) : '0'
  const bar = html`<svg class="bar" aria-hidden="true"><rect width="${width}%" height="100%"/></svg>`
  return html`${ratio !== null && bar}<span>${percent(ratio)}</span>`
}

function hasCash({ summary }: Snapshot): boolean {
  return summary.cash !== null && Number(summary.cash) !== 0
}

type ClosedProps = { closed: HoldingRow[]; portfolio: Snapshot['portfolio'] }

const Closed = ({ closed, portfolio }: ClosedProps) => {
  const currency = portfolio.base_currency
  const columns: Column<HoldingRow>[] = [
    { at: 'name', name: 'Holding', write: (row) => Instrument({ portfolio: portfolio.id, ...row }) },
    { name: 'Realized gain', write: (row) => Gain({ amount: row.realized_gain, currency }) },
    { name: 'Dividends', money: true, write: (row) => money(row.dividends, currency) },
  ]
  return (
    <details id="closed">
      <summary>
        Closed positions <span class="count">{closed.length}</span>
      </summary>
      <Table columns={columns} rows={closed} />
    </details>
  )
}

/** The largest holdings that together reach 50 % of the value. Holdings come largest first. */
function firstHalf(holdings: readonly HoldingRow[], own: Weights): Set<string> {
  const half = new Set<string>()
  let reached = 0
  for (const { symbol } of holdings) {
    const ratio = own.get(symbol)
    if (ratio === undefined || reached >= 0.5) break
    half.add(symbol)
    reached += ratio
  }
  return half
}

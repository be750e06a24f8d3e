import { html, raw } from 'hono/html'
import type { HoldingRow, Quarantined } from '../../snapshot/holding-row.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { lead as leadOver } from '../../snapshot/transaction-list.ts'
import {
  exact,
  money,
  none,
  percent,
  points,
  pointsTone,
  price,
  shares,
  shortDay,
  signedPercent,
  when,
} from '../format.ts'
import type { Clock } from '../clock.ts'
import { Arrow, Change, Gain, Moment } from './figure.tsx'

export type Order = { column: string; descending: boolean }
type Props = { snapshot: Snapshot; clock: Clock; order?: Order | undefined }

export const Holdings = ({ snapshot, clock, order }: Props) => {
  const { portfolio, holdings, closed } = snapshot
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
        {holdings.length > 1 && <Half holdings={holdings} />}
        <a class="aside" href={`/portfolios/${portfolio.id}/export/holdings.csv`}>
          CSV
        </a>
      </header>
      {holdings.length === 0 ? (
        <p class="aside">No open positions.</p>
      ) : (
        <Open snapshot={snapshot} clock={clock} order={order} />
      )}
      {closed.length > 0 && <Closed closed={closed} portfolio={portfolio} />}
    </section>
  )
}

const Half = ({ holdings }: { holdings: HoldingRow[] }) => {
  const count = firstHalf(holdings).size
  if (count === 0) return null
  return (
    <p class="aside">
      <span class="half-mark" aria-hidden="true"></span>
      {count === 1 ? 'One holding makes' : `${count} holdings make`} up half of the value
    </p>
  )
}

const Open = ({ snapshot, clock, order }: Props) => {
  const { portfolio, holdings } = snapshot
  const largest = Math.max(...holdings.map(({ weight }) => weight ?? 0))
  const shown = { portfolio, clock, largest, half: firstHalf(holdings) }
  const columns = [...ownColumns, ...portfolio.benchmarks.map(lead)]
  const sorted = columns.find((column) => sortLink(column) === order?.column) ?? byValue
  const descending = order?.descending ?? true
  // a third benchmark does not fit the widest page, nor does $1,000,000.00 or 275 386.60 $US
  const wide =
    portfolio.benchmarks.length > 2 ||
    money(snapshot.totals.market_value, portfolio.base_currency).length > 12
  return (
    <div class={wide ? 'scroll always' : 'scroll'}>
      <table class="grid" data-sortable>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head column={column} descending={column === sorted ? descending : null} />
            ))}
          </tr>
        </thead>
        <tbody>{inOrder(holdings, sorted, descending).map((holding) => row(holding, columns, shown))}</tbody>
        <Totals snapshot={snapshot} />
      </table>
    </div>
  )
}

/** What a row needs to know besides its holding. */
type Shown = { portfolio: Snapshot['portfolio']; clock: Clock; largest: number; half: Set<string> }
type Written = ReturnType<typeof html> | string

type Column = {
  /** Its class and, unless `sort` is another, its name in the address. */
  at: string
  sort?: string
  name: string
  hint?: string
  /** Left out where there is little room. */
  wide?: boolean
  /** What it sorts by; a holding without it goes last either way. */
  key: (holding: HoldingRow) => string | number | null
  write: (holding: HoldingRow, shown: Shown) => Written
}

const number = (decimal: string | null) => (decimal === null ? null : Number(decimal))

const byValue: Column = {
  at: 'value',
  name: 'Value',
  key: ({ market_value }) => number(market_value),
  write: ({ market_value }, { portfolio }) =>
    html`<span data-money data-live="value">${money(market_value, portfolio.base_currency)}</span>`,
}

const ownColumns: Column[] = [
  { at: 'name', name: 'Holding', key: ({ symbol }) => symbol, write: name },
  { at: 'price', name: 'Price', key: (holding) => number(holding.price), write: latestPrice },
  {
    at: 'shares',
    name: 'Shares',
    wide: true,
    key: (holding) => number(holding.shares),
    // price × shares is money
    write: (holding) => {
      const [whole, shown] = [exact(holding.shares), shares(holding.shares)]
      return html`<span data-money${whole !== shown && html` title="${whole}"`}>${shown}</span>`
    },
  },
  byValue,
  {
    at: 'day',
    name: 'Day',
    hint: 'Since the close of the session before',
    key: ({ day_change_ratio }) => day_change_ratio,
    write: ({ day_change, day_change_ratio }, { portfolio }) => {
      const amount = Gain({ amount: day_change, currency: portfolio.base_currency })
      return html`<small>${amount}</small> ${Change({ ratio: day_change_ratio, live: 'day' })}`
    },
  },
  {
    at: 'cost',
    name: 'Cost',
    hint: 'Of the open lots, fees included',
    wide: true,
    key: ({ cost_basis }) => number(cost_basis),
    write: ({ cost_basis }, { portfolio }) =>
      html`<span data-money>${money(cost_basis, portfolio.base_currency)}</span>`,
  },
  {
    at: 'gain',
    name: 'Gain',
    hint: 'Value − cost',
    wide: true,
    key: ({ unrealized_gain }) => number(unrealized_gain),
    write: ({ unrealized_gain }, { portfolio }) =>
      Gain({ amount: unrealized_gain, currency: portfolio.base_currency, live: 'gain' }),
  },
  {
    at: 'gain-ratio',
    name: 'Gain %',
    hint: 'Gain ÷ cost',
    key: ({ gain_ratio }) => gain_ratio,
    write: ({ gain_ratio }) => Change({ ratio: gain_ratio, live: 'gain-ratio', arrow: true }),
  },
  {
    at: 'weight',
    name: 'Weight',
    hint: 'Part of the value of all holdings',
    wide: true,
    key: ({ weight }) => weight,
    write: ({ weight }, { largest }) =>
      html`${weight !== null && bar(largest > 0 ? weight / largest : 0)} <span>${percent(weight)}</span>`,
  },
]

/** How far a holding is ahead of the same money in a benchmark. */
function lead(benchmark: string): Column {
  const ahead = (holding: HoldingRow) => leadOver(holding, benchmark)
  return {
    at: 'versus',
    sort: `vs-${benchmark}`,
    name: `vs ${benchmark}, pp`,
    hint: `What the same money in ${benchmark}, put in on the same days, has made; then how many percentage points the holding is ahead`,
    wide: true,
    key: ahead,
    write: (holding) => {
      const by = ahead(holding)
      const way = pointsTone(by)
      const other = holding.benchmarks[benchmark] ?? null
      const theirs = other !== null && html`<small>${signedPercent(other)}</small>`
      const live = `versus-${benchmark}`
      return html`${theirs} <span class="gain-${way}" data-live="${live}">${Arrow({ of: way })}${points(by)}</span>`
    },
  }
}

/** `descending` is null where it is not sorted by. */
const Head = ({ column, descending }: { column: Column; descending: boolean | null }) => {
  const { name: label, hint, wide } = column
  // a name begins with A, a number with the largest
  const up = descending ?? column.at === 'name'
  return (
    <th
      scope="col"
      class={wide ? 'wide' : undefined}
      aria-sort={descending === null ? undefined : descending ? 'descending' : 'ascending'}
      title={hint}
    >
      <a href={`${searchOf({ column: sortLink(column), descending: !up })}#holdings`}>{label}</a>
    </th>
  )
}

function searchOf({ column, descending }: Order): string {
  return `?sort=${encodeURIComponent(column)}${descending ? '' : '&dir=asc'}`
}

function sortLink({ sort, at }: Column): string {
  return sort ?? at
}

function inOrder(
  holdings: readonly HoldingRow[],
  { key }: Column,
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

function row(holding: HoldingRow, columns: readonly Column[], shown: Shown): Written {
  const { symbol } = holding
  const half = shown.half.has(symbol) && raw(' class="half"')
  return html`<tr id="holding-${symbol}"${half}>${columns.map((column) => cell(column, holding, shown))}</tr>`
}

function cell({ at, wide, write }: Column, holding: HoldingRow, shown: Shown): Written {
  const content = write(holding, shown)
  if (at === 'name') return html`<th scope="row" class="name">${content}</th>`
  return html`<td class="${at}${wide && ' wide'}">${content}</td>`
}

function name(holding: HoldingRow, { portfolio, clock }: Shown): Written {
  const { symbol, reason, quarantined } = holding
  const reasons = [reason, quarantined && quarantineMessage(quarantined, clock.now)].filter(
    (each) => each !== null,
  )
  const said = reasons.map((each) => html`<span class="reason">${each}</span>`)
  return html`${Instrument({ portfolio: portfolio.id, symbol, name: holding.name })}${said}`
}

const Instrument = ({ portfolio, symbol, name }: { portfolio: string; symbol: string; name: string }) => {
  const address = `/portfolios/${portfolio}/instruments/${encodeURIComponent(symbol)}`
  const other = name === symbol ? '' : name
  return html`<a href="${address}"><span class="symbol">${symbol}</span> <span class="instrument">${other}</span></a>`
}

function latestPrice(holding: HoldingRow, { clock }: Shown): Written {
  const { price_as_of, price_day, quarantined } = holding
  if (holding.price === null) return none
  const old = holding.delisted === null && clock.stale(holding) && stale
  const held =
    quarantined && html`<mark class="stale" title="${quarantineMessage(quarantined, clock.now)}">held</mark>`
  const of =
    price_as_of !== null
      ? Moment({ at: price_as_of, now: clock.now })
      : price_day && html`<time datetime="${price_day}">${shortDay(price_day, clock.now)}</time>`
  const latest = price(holding.price, holding.currency)
  return html`${old}${held} <small>${of}</small> <span data-live="price">${latest}</span>`
}

const stale = raw(
  '<mark class="stale" title="This price is older than it should be; the next refresh asks for it again">stale</mark>',
)

function quarantineMessage({ price: told, currency, at, reason }: Quarantined, now: number): string {
  return `a price of ${price(told, currency)} at ${when(at, now)} is not believed: ${reason}`
}

function bar(part: number): Written {
  const width = (28 * part).toFixed(1)
  return html`<svg class="bar" viewBox="0 0 28 8" width="28" height="8" aria-hidden="true"><rect width="${width}" height="8" rx="1"/></svg>`
}

const Totals = ({ snapshot: { totals, portfolio, summary } }: { snapshot: Snapshot }) => {
  const currency = portfolio.base_currency
  const cost = Number(totals.cost_basis)
  const ratio = totals.unrealized_gain !== null && cost > 0 ? Number(totals.unrealized_gain) / cost : null
  return (
    <tfoot>
      <tr>
        <th scope="row" class="name">
          Total
        </th>
        <td class="price"></td>
        <td class="shares wide"></td>
        <td class="value" data-money>
          <span data-live="total">{money(totals.market_value, currency)}</span>
        </td>
        <td class="day">
          <small>
            <Gain amount={totals.day_change} currency={currency} live="total-day" />
          </small>{' '}
          {totals.day_change !== null && <Change ratio={summary.today.ratio} />}
        </td>
        <td class="cost wide" data-money>
          {money(totals.cost_basis, currency)}
        </td>
        <td class="gain wide">
          <Gain amount={totals.unrealized_gain} currency={currency} live="total-gain" />
        </td>
        <td class="gain-ratio">
          <Change ratio={ratio} arrow />
        </td>
        <td class="weight wide"></td>
        {portfolio.benchmarks.map(() => (
          <td class="versus wide"></td>
        ))}
      </tr>
    </tfoot>
  )
}

type ClosedProps = { closed: HoldingRow[]; portfolio: Snapshot['portfolio'] }

const Closed = ({ closed, portfolio }: ClosedProps) => (
  <details id="closed">
    <summary>
      Closed positions <span class="count">{closed.length}</span>
    </summary>
    <table class="grid">
      <thead>
        <tr>
          <th scope="col">Holding</th>
          <th scope="col">Realized gain</th>
          <th scope="col">Dividends</th>
        </tr>
      </thead>
      <tbody>
        {closed.map(({ symbol, name, realized_gain, dividends }) => (
          <tr>
            <th scope="row" class="name">
              <Instrument portfolio={portfolio.id} symbol={symbol} name={name} />
            </th>
            <td class="gain">
              <Gain amount={realized_gain} currency={portfolio.base_currency} />
            </td>
            <td class="value" data-money>
              {money(dividends, portfolio.base_currency)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </details>
)

/** The largest holdings that together reach 50 % of the value. Holdings come largest first. */
function firstHalf(holdings: readonly HoldingRow[]): Set<string> {
  const half = new Set<string>()
  let reached = 0
  for (const { symbol, weight } of holdings) {
    if (weight === null || reached >= 0.5) break
    half.add(symbol)
    reached += weight
  }
  return half
}

import { html } from './html.ts'
import { allocation } from '../../snapshot/allocation.ts'
import type { HoldingRow } from '../../snapshot/holding-row.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { isWhatIf } from '../../snapshot/waterfall.ts'
import type { Clock } from '../clock.ts'
import { money } from '../format.ts'
import { VersusNote } from './comparison.tsx'
import { Gain } from './figure.tsx'
import { Against, versusOf } from './gap-panel.tsx'
import { type About, columnsOf, footRows, Instrument } from './holding-columns.tsx'
import { added } from './holding-leads.tsx'
import { columnOf, inOrder, type Order, queryOf, sortOf, Sorting } from './holding-order.tsx'
import { addressOf } from './portfolio-page.tsx'
import { type Column, Rows, Table } from './table.tsx'
import { t } from '../words/words.ts'

type Props = {
  snapshot: Snapshot
  clock: Clock
  order?: Order | undefined
  /** What they are measured against: one of the portfolio's; null when it has none. */
  benchmark: string | null
  /** How many rows are shown; the others come when one scrolls to them. */
  rows?: number | undefined
}

/** The rows of a page as it is opened: a screen of 1,900 pixels ends with the last, and what is below it delays the first paint. */
export const FIRST_ROWS = 24

/** So many holdings are all there at once: what a browser finds and prints is then the whole. */
const WHOLE = 40

/** So many come at once when one scrolls to their place. */
const NEXT_ROWS = 100

export const Holdings = ({ snapshot, clock, order, benchmark, rows }: Props) => {
  const { portfolio, holdings, closed } = snapshot
  const shares = weights(snapshot)
  const versus = versusOf(portfolio, benchmark)
  return (
    <section
      id="holdings"
      class="panel holdings"
      aria-label={t('Holdings')}
      data-region={addressOf(`/portfolios/${portfolio.id}/holdings`, queryOf({ order, versus }))}
    >
      <header>
        <h2>
          {t('Holdings')} <span class="count">{holdings.length}</span>
        </h2>
        {holdings.length > 1 && <Half count={firstHalf(holdings, shares).size} />}
        <Against
          portfolio={portfolio}
          benchmark={benchmark}
          at="holdings"
          query={queryOf({ order, versus: null })}
        />
        <a class="aside" href={`/portfolios/${portfolio.id}/export/holdings.csv`}>
          CSV
        </a>
      </header>
      {holdings.length === 0 ? (
        <p class="aside">{t('No open positions.')}</p>
      ) : (
        <>
          <Open
            snapshot={snapshot}
            clock={clock}
            order={order}
            benchmark={benchmark}
            rows={rows}
            weights={shares}
          />
          {snapshot.totals.without.length > 0 && (
            <p class="aside">
              {t('The totals leave out what is not known about {symbols}.', {
                symbols: snapshot.totals.without.join(', '),
              })}
            </p>
          )}
          <VersusNote benchmarks={portfolio.benchmarks} />
        </>
      )}
      {closed.length > 0 && <Closed snapshot={snapshot} benchmark={benchmark} />}
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
      {count === 1
        ? t('One holding makes up half the portfolio')
        : t('{n} holdings make up half the portfolio', { n: count })}
    </p>
  )

const Open = ({
  snapshot,
  clock,
  order,
  benchmark,
  rows = FIRST_ROWS,
  weights: own,
}: Props & { weights: Weights }) => {
  const { portfolio, totals } = snapshot
  const versus = versusOf(portfolio, benchmark)
  const about = { snapshot, clock, weights: own, benchmark }
  const { columns, sorted, descending, part } = listed(about, order)
  return (
    <>
      <Sorting columns={columns} sorted={sorted} versus={versus} />
      <Shown benchmark={benchmark} isVariant={isWhatIf(snapshot, benchmark)} />
      <Table
        {...part(0, rows)}
        columns={columns.map((column) => ({
          ...column,
          sort: sortOf(column, column === sorted ? descending : null, versus),
        }))}
        foot={footRows(about).map((row) => `holdings-${row}`)}
        sortable
        class="as-lines"
        // neither $1,000,000.00 nor 275 386.60 $US fits the widest page
        always={money(totals.market_value, portfolio.base_currency).length > 12}
      />
    </>
  )
}

/** The rows from one on, and the place of those behind them, for a page that was scrolled there. */
export const NextHoldings = ({ from, ...props }: Omit<Props, 'rows'> & { from: number }) => {
  const { columns, part } = listed({ ...props, weights: weights(props.snapshot) }, props.order)
  return <Rows columns={columns} {...part(from, from + NEXT_ROWS)} />
}

/** All open positions in their order, of which a part is written. */
function listed(about: About, order: Order | undefined) {
  const { snapshot, weights: own, benchmark } = about
  const { portfolio, holdings } = snapshot
  const half = firstHalf(holdings, own)
  const columns = columnsOf(about)
  const sorted = columnOf(columns, order)
  const descending = order?.descending ?? true
  const all = inOrder(holdings, sorted, descending)
  const query = queryOf({ order, versus: versusOf(portfolio, benchmark) })
  const part = (from: number, asked: number) => {
    const to = all.length > WHOLE ? asked : WHOLE
    return {
      rows: all.slice(from, to),
      id: ({ symbol }: HoldingRow) => `holding-${symbol}`,
      rowClass: ({ symbol }: HoldingRow) => (half.has(symbol) ? 'half' : undefined),
      more:
        to < all.length &&
        html`<tr class="more" hx-get="${addressOf(`/portfolios/${portfolio.id}/holdings/rows`, { ...query, from: to })}" hx-trigger="intersect once rootMargin:800px" hx-swap="outerHTML"><td class="words text" colspan="${columns.length}"><a href="${addressOf(`/portfolios/${portfolio.id}`, { ...query, rows: 'all' })}#holdings">${t('Show all {n}', { n: all.length })}</a></td></tr>`,
    }
  }
  return { columns, sorted, descending, part }
}

/** Which figure a phone shows beside the price: chosen by the style sheet, so that it needs no script. */
const Shown = ({ benchmark, isVariant }: { benchmark: string | null; isVariant: boolean }) => {
  const money = isVariant ? t('vs {benchmark}', { benchmark: benchmark! }) : t('in money')
  const offered = [
    t('Day'),
    t('Gain'),
    ...(benchmark === null ? [] : [isVariant ? null : t('vs {benchmark}', { benchmark }), money]),
  ]
  const first = benchmark === null ? 1 : isVariant ? 3 : 2
  return (
    <fieldset class="shown" hx-morph-skip="true">
      <legend class="visually-hidden">{t('Figure')}</legend>
      {offered.map(
        (label, i) =>
          label !== null && (
            <label>
              <input type="radio" name="shown" value={i} checked={i === first} />
              {label}
            </label>
          ),
      )}
    </fieldset>
  )
}

const Closed = ({ snapshot, benchmark }: Pick<Props, 'snapshot' | 'benchmark'>) => {
  const { closed, portfolio } = snapshot
  const currency = portfolio.base_currency
  const columns: Column<HoldingRow>[] = [
    { at: 'name', name: t('Holding'), write: (row) => Instrument({ portfolio: portfolio.id, ...row }) },
    { name: t('Realized gain'), write: (row) => Gain({ amount: row.realized_gain, currency }) },
    { name: t('Dividends'), money: true, write: (row) => money(row.dividends, currency) },
    ...(benchmark === null ? [] : [added(benchmark, snapshot)]),
  ]
  return (
    <details id="closed">
      <summary>
        {t('Closed positions')} <span class="count">{closed.length}</span>
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
  // beside much cash all of them may be less
  return reached >= 0.5 ? half : new Set()
}

import type { Child } from 'hono/jsx'
import type { HoldingRow, Quarantined, Snapshot } from '../../metrics/snapshot.ts'
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
import type { Clock } from './clock.ts'
import { Arrow, Change, Gain, Moment } from './figure.tsx'

type Props = { snapshot: Snapshot; clock: Clock }

export const Holdings = ({ snapshot, clock }: Props) => {
  const { portfolio, holdings, closed } = snapshot
  return (
    <section
      id="holdings"
      class="panel holdings"
      aria-label="Holdings"
      hx-get={`/portfolios/${portfolio.id}/holdings`}
      hx-trigger="changed-holdings from:body"
      hx-swap="outerMorph"
    >
      <header>
        <h2>
          Holdings <span class="count">{holdings.length}</span>
        </h2>
        {holdings.length > 1 && <Half holdings={holdings} />}
      </header>
      {holdings.length === 0 ? (
        <p class="aside">No open positions.</p>
      ) : (
        <Open snapshot={snapshot} clock={clock} />
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

const Open = ({ snapshot, clock }: Props) => {
  const { portfolio, holdings } = snapshot
  const half = firstHalf(holdings)
  const largest = Math.max(...holdings.map(({ weight }) => weight ?? 0))
  // seven digits or a third benchmark do not fit the widest page
  const wide = portfolio.benchmarks.length > 2 || Number(snapshot.totals.market_value ?? 0) >= 1e6
  return (
    <div class={wide ? 'scroll always' : 'scroll'}>
      <table class="grid" data-sortable>
        <thead>
          <tr>
            <Column name="Holding" text />
            <Column name="Price" />
            <Column name="Shares" wide />
            <Column name="Value" sorted />
            <Column name="Day" hint="Since the close of the session before" />
            <Column name="Cost" hint="Of the open lots, fees included" wide />
            <Column name="Gain" hint="Value − cost" wide />
            <Column name="Gain %" hint="Gain ÷ cost" />
            <Column name="Weight" hint="Part of the value of all holdings" wide />
            {portfolio.benchmarks.map((symbol) => (
              <Column name={`vs ${symbol}, pp`} hint={versus(symbol)} wide />
            ))}
          </tr>
        </thead>
        <tbody>
          {holdings.map((holding) => (
            <Row
              holding={holding}
              portfolio={portfolio}
              clock={clock}
              half={half.has(holding.symbol)}
              largest={largest}
            />
          ))}
        </tbody>
        <Totals snapshot={snapshot} />
      </table>
    </div>
  )
}

type ColumnProps = { name: string; hint?: string; text?: boolean; sorted?: boolean; wide?: boolean }

const Column = ({ name, hint, text, sorted, wide }: ColumnProps) => (
  <th
    scope="col"
    class={wide ? 'wide' : undefined}
    aria-sort={sorted ? 'descending' : undefined}
    title={hint}
  >
    <button type="button" data-sort={text ? 'text' : 'number'}>
      {name}
    </button>
  </th>
)

function versus(symbol: string): string {
  return `What the same money in ${symbol}, put in on the same days, has made; then how many percentage points the holding is ahead`
}

type RowProps = {
  holding: HoldingRow
  portfolio: Snapshot['portfolio']
  clock: Clock
  half: boolean
  largest: number
}

const Row = ({ holding, portfolio, clock, half, largest }: RowProps) => {
  const currency = portfolio.base_currency
  const { symbol, gain_ratio, weight } = holding
  return (
    <tr id={`holding-${symbol}`} class={half ? 'half' : undefined}>
      <th scope="row" class="name" data-key={symbol}>
        <Instrument portfolio={portfolio.id} symbol={symbol} name={holding.name} />
        {holding.reason && <span class="reason">{holding.reason}</span>}
        {holding.quarantined && <span class="reason">{disbelief(holding.quarantined, clock.now)}</span>}
      </th>
      <Cell at="price" sort={holding.price}>
        <Price holding={holding} clock={clock} />
      </Cell>
      <Cell at="shares" sort={holding.shares} wide>
        {/* price × shares is money */}
        <span title={exact(holding.shares)} data-money>
          {shares(holding.shares)}
        </span>
      </Cell>
      <Cell at="value" sort={holding.market_value}>
        <span data-money data-live="value">
          {money(holding.market_value, currency)}
        </span>
      </Cell>
      <Cell at="day" sort={holding.day_change_ratio}>
        <small>
          <Gain amount={holding.day_change} currency={currency} />
        </small>{' '}
        <Change ratio={holding.day_change_ratio} live="day" />
      </Cell>
      <Cell at="cost" sort={holding.cost_basis} wide>
        <span data-money>{money(holding.cost_basis, currency)}</span>
      </Cell>
      <Cell at="gain" sort={holding.unrealized_gain} wide>
        <Gain amount={holding.unrealized_gain} currency={currency} live="gain" />
      </Cell>
      <Cell at="gain-ratio" sort={gain_ratio}>
        <Change ratio={gain_ratio} live="gain-ratio" arrow />
      </Cell>
      <Cell at="weight" sort={weight} wide>
        {weight !== null && <Bar part={largest > 0 ? weight / largest : 0} />} <span>{percent(weight)}</span>
      </Cell>
      {portfolio.benchmarks.map((benchmark) => (
        <Versus own={gain_ratio} other={holding.benchmarks[benchmark] ?? null} benchmark={benchmark} />
      ))}
    </tr>
  )
}

const Instrument = ({ portfolio, symbol, name }: { portfolio: string; symbol: string; name: string }) => (
  <a href={`/portfolios/${portfolio}/instruments/${encodeURIComponent(symbol)}`}>
    <span class="symbol">{symbol}</span> <span class="instrument">{name === symbol ? '' : name}</span>
  </a>
)

type CellProps = { at: string; sort: string | number | null; wide?: boolean; children: Child }

/** `data-key` is what the browser sorts by, to six digits; without one, the row goes last. */
const Cell = ({ at, sort, wide, children }: CellProps) => (
  <td
    class={wide ? `${at} wide` : at}
    data-key={sort === null ? undefined : String(Number(Number(sort).toPrecision(6)))}
  >
    {children}
  </td>
)

const Price = ({ holding, clock }: { holding: HoldingRow; clock: Clock }) => {
  if (holding.price === null) return <>{none}</>
  const { price_as_of, price_day } = holding
  return (
    <>
      {holding.delisted === null && clock.stale(holding) && (
        <mark class="stale" title="This price is older than it should be; the next refresh asks for it again">
          stale
        </mark>
      )}
      {holding.quarantined && (
        <mark class="stale" title={disbelief(holding.quarantined, clock.now)}>
          held
        </mark>
      )}{' '}
      <small>
        {price_as_of !== null ? (
          <Moment at={price_as_of} now={clock.now} />
        ) : (
          price_day && <time datetime={price_day}>{shortDay(price_day, clock.now)}</time>
        )}
      </small>{' '}
      <span data-live="price">{price(holding.price, holding.currency)}</span>
    </>
  )
}

function disbelief({ price: told, currency, at, reason }: Quarantined, now: number): string {
  return `a price of ${price(told, currency)} at ${when(at, now)} is not believed: ${reason}`
}

const Bar = ({ part }: { part: number }) => (
  <svg class="bar" viewBox="0 0 28 8" width="28" height="8" aria-hidden="true">
    <rect width={(28 * part).toFixed(1)} height="8" rx="1" />
  </svg>
)

const Versus = ({
  own,
  other,
  benchmark,
}: {
  own: number | null
  other: number | null
  benchmark: string
}) => {
  const lead = own === null || other === null ? null : own - other
  return (
    <Cell at="versus" sort={lead} wide>
      {other !== null && <small>{signedPercent(other)}</small>}{' '}
      <span class={`gain-${pointsTone(lead)}`} data-live={`versus-${benchmark}`}>
        <Arrow of={pointsTone(lead)} />
        {points(lead)}
      </span>
    </Cell>
  )
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

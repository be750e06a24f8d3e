import { html } from 'hono/html'
import type { Child } from 'hono/jsx'
import { allocation } from '../../snapshot/allocation.ts'
import { hoursOf, marketState } from '../../market/hours/trading-hours.ts'
import type { Factsheet, SaleRow } from '../../snapshot/factsheet.ts'
import type { LotRow } from '../../snapshot/lot-row.ts'
import type { Range } from '../../metrics/range.ts'
import { type HoldingRow, tradingOf } from '../../snapshot/holding-row.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import type { NotBelieved } from '../../storage/rulings.ts'
import {
  day,
  exact,
  money,
  percent,
  perShare,
  price,
  sentence,
  shares,
  shortPercent,
  signedMoney,
  signedPercent,
  tone,
} from '../format.ts'
import { ranges } from '../chart-range.ts'
import { Plot } from './chart.tsx'
import { Doubts, Ruling } from './doubts.tsx'
import type { Clock } from '../clock.ts'
import { Arrow, Change, Gain, Lead, Moment } from './figure.tsx'
import { stale } from './holdings.tsx'
import { Card, Cards, liveRegion, PortfolioPage } from './portfolio-page.tsx'
import { TransactionLinks } from './row-actions.tsx'
import { instrumentPath } from './symbol.tsx'
import { type Column, Table } from './table.tsx'
import { pastTense, typeNames } from './transaction-words.ts'

type Props = {
  snapshot: Snapshot
  clock: Clock
  sheet: Factsheet
  range: Range
  /** Who says what it costs. */
  source: string
  /** What of the source's history does not count. */
  doubts: NotBelieved
}

/** One symbol: what it is and costs, what the portfolio has of it, and what it did with it. */
export const Instrument = ({ snapshot, clock, sheet, range, source, doubts }: Props) => {
  const { portfolio } = snapshot
  const { symbol, name, position } = sheet
  const path = instrumentPath(portfolio.id, symbol)
  const title = (
    <>
      {symbol} {name !== symbol && <span class="instrument">{name}</span>}
    </>
  )
  return (
    <PortfolioPage title={title} snapshot={snapshot} clock={clock}>
      <div {...liveRegion('instrument', `${path}?range=${range}`)} class="parts">
        <Quote sheet={sheet} clock={clock} source={source} />
        {sheet.price !== null && (
          <Prices path={path} sheet={sheet} range={range} revision={snapshot.revision} clock={clock} />
        )}
        {position === null ? (
          <NotHeld sheet={sheet} portfolio={portfolio} />
        ) : (
          <Position position={position} snapshot={snapshot} />
        )}
        {sheet.lots.length > 0 && <Lots sheet={sheet} portfolio={portfolio} />}
        <div class="halves">
          {sheet.sales.length > 0 && <Sales sheet={sheet} portfolio={portfolio} />}
          {sheet.payments.length > 0 && <Payments sheet={sheet} portfolio={portfolio.id} />}
          {sheet.splits.length > 0 && <Splits splits={sheet.splits} path={path} />}
        </div>
        <Doubts doubts={doubts} path={path} currency={sheet.currency} />
        {position !== null && <Trades sheet={sheet} portfolio={portfolio.id} />}
      </div>
    </PortfolioPage>
  )
}

const kinds: Record<Factsheet['kind'], string> = {
  equity: 'Stock',
  etf: 'ETF',
  fund: 'Fund',
  index: 'Index',
  crypto: 'Crypto',
  currency: 'Exchange rate',
  future: 'Future',
  other: '',
}

const Quote = ({ sheet, clock, source }: { sheet: Factsheet; clock: Clock; source: string }) => {
  const { currency, exchange, kind, fetched_at, price_as_of, price_day, delisted } = sheet
  const facts = [kinds[kind], exchange, exchange === null ? null : currency].filter(Boolean)
  if (sheet.price === null) {
    return (
      <section class="panel quote" aria-label="Price">
        <p class="latest">No price</p>
        <p class="reason">
          {sheet.reason === null
            ? `Loading prices for ${sheet.symbol}. This page updates by itself.`
            : `${sentence(sheet.reason)} If the symbol is misspelled, edit its transactions. Otherwise we’ll keep trying.`}
        </p>
      </section>
    )
  }
  const isStale = delisted === null && clock.stale(sheet)
  return (
    <section class="quote" aria-label="Price">
      <p class="latest">
        <span data-live="price">{price(sheet.price, currency)}</span>{' '}
        <span class="latest-change">
          {sheet.day_change !== null && (
            <span class={`gain-${tone(sheet.day_change)}`} data-live="day-change">
              <Arrow of={tone(sheet.day_change)} />
              {signedMoney(sheet.day_change, currency)}
            </span>
          )}{' '}
          {sheet.day_change_ratio !== null && (
            <>
              (<Change ratio={sheet.day_change_ratio} live="day" />)
            </>
          )}
        </span>
      </p>
      <p class="aside">
        {isStale && stale}{' '}
        {price_as_of !== null ? (
          <>
            Traded <Moment at={price_as_of} now={clock.now} />
          </>
        ) : (
          price_day && `Close of ${day(price_day)}`
        )}
        {fetched_at !== null && (
          <>
            , updated <Moment at={fetched_at} now={clock.now} />
          </>
        )}{' '}
        from {source}
      </p>
      <p class="aside">{facts.join(' · ')}</p>
      {delisted !== null && <p class="reason">No longer quoted since {day(delisted)}.</p>}
      {sheet.reason !== null && <p class="reason">{sentence(sheet.reason)}</p>}
    </section>
  )
}

type PricesProps = { path: string; sheet: Factsheet; range: Range; revision: number; clock: Clock }

/** As the dashboard's chart, a figure without pixels: the browser draws the line that `data-source` answers. */
const Prices = ({ path, sheet, range, revision, clock }: PricesProps) => (
  <section class="panel chart" id="prices" aria-label="Price chart">
    <figure
      data-prices
      data-source={`${path}/prices.json?range=${range}`}
      data-version={revision}
      data-currency={sheet.currency}
      data-name={sheet.symbol}
      data-market={marketState(hoursOf(tradingOf(sheet)), clock.now).phase}
    >
      <figcaption>
        <h2>Price, {sheet.currency}</h2>
        <nav class="ranges changes" aria-label="Range">
          {(Object.keys(ranges) as Range[]).map((key) => (
            <a
              href={`${path}?range=${key}`}
              data-range={key}
              aria-current={key === range ? 'true' : undefined}
              aria-label={`${ranges[key]} ${signedPercent(sheet.changes[key])}`}
            >
              {ranges[key]}{' '}
              <small>{sheet.changes[key] === null ? '' : shortPercent(sheet.changes[key])}</small>
            </a>
          ))}
        </nav>
      </figcaption>
      <div class="readout needs-script" data-readout hx-morph-skip-children="true"></div>
      <Plot />
      <noscript>
        <p class="aside">The chart needs JavaScript. Returns for each range are shown above.</p>
      </noscript>
      <p class="aside legend">
        {sheet.since !== null && `Closes since ${day(sheet.since)}, in today’s share units. `}
        {legend
          .filter(({ type }) => sheet.transactions.some((each) => each.type === type))
          .map(({ type, name }) => (
            <>
              <span class={`marker-${type}`}>{symbols[type]}</span> {name}{' '}
            </>
          ))}
      </p>
    </figure>
  </section>
)

/** Of what is drawn. */
const legend = [
  { type: 'buy', name: 'bought' },
  { type: 'sell', name: 'sold' },
  { type: 'dividend', name: 'dividend' },
] as const

const symbols = { buy: '▲', sell: '▼', dividend: '●' }

const NotHeld = ({ sheet, portfolio }: { sheet: Factsheet; portfolio: Snapshot['portfolio'] }) => (
  <section class="panel">
    <h2>Not in {portfolio.name}</h2>
    <p class="aside">
      {sheet.is_benchmark
        ? `${sheet.symbol} is one of ${portfolio.name}’s benchmarks. ${portfolio.name} has no ${sheet.symbol} transactions.`
        : sheet.kind === 'currency'
          ? 'This exchange rate is used to convert amounts; it isn’t a holding.'
          : `${portfolio.name} has no ${sheet.symbol} transactions.`}{' '}
      <a href={`/portfolios/${portfolio.id}/transactions/new?symbol=${encodeURIComponent(sheet.symbol)}`}>
        Add a transaction
      </a>
    </p>
  </section>
)

const Position = ({ position, snapshot }: { position: HoldingRow; snapshot: Snapshot }) => {
  const { reasons, symbol } = position
  const currency = snapshot.portfolio.base_currency
  const why = (figure: string) => (reasons[figure] ? sentence(reasons[figure]) : undefined)
  const isOpen = Number(position.shares) > 0
  const weight = allocation(snapshot).holdings.find(({ name }) => name === symbol)?.ratio
  return (
    <>
      {isOpen && Object.keys(position.benchmarks).length > 0 && (
        <Cards>
          {Object.entries(position.benchmarks).map(([benchmark, ratio], i) => (
            <Card
              name={
                <>
                  <span class={`swatch series-${i + 1}`} aria-hidden="true"></span>vs {benchmark}
                </>
              }
              note={
                ratio === null
                  ? `${benchmark} has no price on one of the days`
                  : `total return ${signedPercent(position.total_return)}; the same money in ${benchmark} made ${signedPercent(ratio)}`
              }
            >
              <Ahead of={position.vs[benchmark] ?? null} />
            </Card>
          ))}
        </Cards>
      )}
      <Cards>
        <Card name="Shares" title={exact(position.shares)} note={isOpen ? null : 'sold'}>
          {shares(position.shares)}
        </Card>
        <Card name="Value" note={weight === undefined ? null : `${percent(weight)} of the portfolio`}>
          <span data-money data-live="value">
            {money(position.market_value, currency)}
          </span>
        </Card>
        <Card name="Cost" note="of the open lots">
          <span data-money>{money(position.cost_basis, currency)}</span>
        </Card>
        <Card name="Unrealized gain" note={<Change ratio={position.gain_ratio} live="gain-ratio" arrow />}>
          <Gain amount={position.unrealized_gain} currency={currency} live="gain" />
        </Card>
        <Card name="Realized gain">
          <Gain amount={position.realized_gain} currency={currency} />
        </Card>
        {Number(position.dividends ?? 1) !== 0 && (
          <Card
            name="Dividends"
            note={
              position.dividend_yield === null
                ? null
                : `${percent(position.dividend_yield)} yield, ${percent(position.yield_on_cost)} on cost`
            }
          >
            <span data-money>{money(position.dividends, currency)}</span>
          </Card>
        )}
        <Card
          name="XIRR"
          title={why('xirr')}
          note={position.xirr === null ? why('xirr') : 'a year, dividends included'}
        >
          {signedPercent(position.xirr)}
        </Card>
        {position.currency !== currency && (
          <Card
            name="From currencies"
            note={
              <>
                prices <span data-money>{signedMoney(position.price_gain, currency)}</span>
              </>
            }
          >
            <Gain amount={position.currency_gain} currency={currency} />
          </Card>
        )}
      </Cards>
    </>
  )
}

const Ahead = ({ of }: { of: number | null }) => (
  <>
    <Lead of={of} />
    {of !== null && <span class="unit"> pp</span>}
  </>
)

type ListProps<Row> = {
  title: string
  note?: Child
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  id?: (row: Row) => string
}

const List = <Row,>({ title, note, ...table }: ListProps<Row>) => (
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

function dated(date: string) {
  return html`<time datetime="${date}">${day(date)}</time>`
}

type ListOf = { sheet: Factsheet; portfolio: Snapshot['portfolio'] }

const Lots = ({ sheet, portfolio }: ListOf) => {
  const { benchmarks, base_currency: currency } = portfolio
  const why = (lot: LotRow, figure: string) =>
    lot.reasons[figure] ? sentence(lot.reasons[figure]) : undefined
  const columns: Column<LotRow>[] = [
    { name: 'Bought', write: ({ date }) => dated(date) },
    {
      name: 'Shares',
      write: (lot) => html`${unsplit(lot, sheet)}${shares(lot.shares)}`,
      title: (lot) => exact(lot.shares),
    },
    {
      name: 'Cost',
      money: true,
      write: (lot) => money(lot.cost_basis, currency),
      title: (lot) => why(lot, 'cost_basis'),
    },
    {
      name: 'Value',
      money: true,
      write: (lot) => money(lot.market_value, currency),
      title: (lot) => why(lot, 'market_value'),
    },
    {
      name: 'Gain',
      write: (lot) => Gain({ amount: lot.gain, currency }),
      title: (lot) => why(lot, 'gain'),
    },
    {
      name: 'Gain %',
      write: (lot) => Change({ ratio: lot.gain_ratio, arrow: true }),
      title: (lot) => why(lot, 'gain_ratio'),
    },
    { name: 'XIRR', write: (lot) => signedPercent(lot.xirr), title: (lot) => why(lot, 'xirr') },
    ...benchmarks.map((symbol): Column<LotRow> => ({
      ...versus(symbol, 'since the same day'),
      title: (lot) =>
        why(lot, `benchmarks.${symbol}`) ?? why(lot, 'total_return') ?? bothReturns(lot, symbol),
    })),
    {
      at: 'row-actions',
      name: 'Actions',
      unseen: true,
      write: ({ transaction, date }) => (
        <TransactionLinks portfolio={portfolio.id} transaction={transaction} name={`Buy, ${day(date)}`} />
      ),
    },
  ]
  return (
    <List
      title="Open lots"
      note="in today’s share units; gain without dividends; vs compares total returns, dividends reinvested"
      columns={columns}
      rows={sheet.lots}
      id={({ transaction }) => `lot-${transaction}`}
    />
  )
}

type Compared = Pick<LotRow, 'total_return' | 'benchmarks' | 'vs'>

function versus(symbol: string, when: string): Column<Compared> {
  return {
    name: `vs ${symbol}, pp`,
    hint: `Lead of the total return over the same money in ${symbol} ${when}, in percentage points`,
    write: ({ vs }) => Lead({ of: vs[symbol] ?? null }),
    title: (row) => bothReturns(row, symbol),
  }
}

function bothReturns({ total_return, benchmarks }: Compared, symbol: string): string | undefined {
  const theirs = benchmarks[symbol] ?? null
  if (theirs === null) return undefined
  return `total return ${signedPercent(total_return)}, ${symbol} ${signedPercent(theirs)}`
}

/** What the buy of a lot was recorded as, where only splits have changed it since. */
function unsplit(lot: LotRow, { transactions, splits }: Factsheet) {
  const bought = transactions.find(({ id }) => id === lot.transaction)?.shares
  const factor = splits
    .filter(({ day: date }) => date > lot.date)
    .reduce((product, { numerator, denominator }) => (product * numerator) / denominator, 1)
  const isSame = Math.abs(Number(bought) * factor - Number(lot.shares)) < 1e-6
  if (bought == null || factor === 1 || !isSame) return ''
  return html`<small>${shares(bought)} before splits</small> `
}

const Sales = ({ sheet: { sales }, portfolio }: ListOf) => {
  const { benchmarks, base_currency: currency } = portfolio
  const columns: Column<SaleRow>[] = [
    { name: 'Sold', write: ({ date }) => dated(date) },
    { name: 'Shares', write: (sale) => shares(sale.shares), title: (sale) => exact(sale.shares) },
    { name: 'Proceeds', money: true, write: (sale) => money(sale.proceeds, currency) },
    { name: 'Cost', money: true, write: (sale) => money(sale.cost, currency) },
    { name: 'Realized gain', write: (sale) => Gain({ amount: sale.gain, currency }) },
    { name: 'Gain %', write: (sale) => Change({ ratio: sale.gain_ratio, arrow: true }) },
    ...benchmarks.map((symbol): Column<SaleRow> => versus(symbol, 'up to the sale')),
  ]
  return <List title="Sales" columns={columns} rows={sales} id={({ transaction }) => `sale-${transaction}`} />
}

const Payments = ({ sheet, portfolio }: { sheet: Factsheet; portfolio: string }) => {
  const columns: Column<Factsheet['payments'][number]>[] = [
    { name: 'Ex-date', write: (payment) => dated(payment.day) },
    { name: 'Per share, today’s units', write: ({ amount }) => perShare(amount, sheet.currency) },
  ]
  return (
    <List
      title="Dividends per share"
      note={
        sheet.position !== null && (
          <a href={`/portfolios/${portfolio}/dividends?ticker=${encodeURIComponent(sheet.symbol)}#list`}>
            what you received
          </a>
        )
      }
      columns={columns}
      rows={sheet.payments}
    />
  )
}

const Splits = ({ splits, path }: { splits: Factsheet['splits']; path: string }) => {
  const columns: Column<Factsheet['splits'][number]>[] = [
    { name: 'Date', write: (split) => dated(split.day) },
    { name: 'New for old', write: ({ numerator, denominator }) => `${numerator} : ${denominator}` },
    {
      at: 'row-actions',
      name: 'Actions',
      unseen: true,
      write: (split) => (
        <Ruling path={path} ruling="no_split" on={split.day}>
          This was no split
        </Ruling>
      ),
    },
  ]
  return <List title="Splits" columns={columns} rows={splits} />
}

const Trades = ({ sheet, portfolio }: { sheet: Factsheet; portfolio: string }) => {
  const columns: Column<Factsheet['transactions'][number]>[] = [
    { name: 'Date', write: ({ date }) => dated(date) },
    { at: 'text', name: 'Type', write: ({ type }) => pastTense[type] },
    {
      name: 'Shares',
      write: ({ shares: count, ratio }) => (count === null ? (ratio ?? '') : shares(count)),
      title: ({ shares: count }) => (count === null ? undefined : exact(count)),
    },
    { name: 'Price', write: (trade) => (trade.price === null ? '' : price(trade.price, trade.currency)) },
    {
      name: 'Fee',
      money: true,
      write: ({ fee, currency }) => (fee === '0' ? '' : money(fee, currency)),
    },
    {
      name: 'Amount',
      money: true,
      write: ({ type, amount, currency }) => (type === 'split' ? '' : money(amount, currency)),
    },
    { at: 'text note', name: 'Note', write: ({ note }) => note },
    {
      at: 'row-actions',
      name: 'Actions',
      unseen: true,
      write: ({ id, type, date }) => (
        <TransactionLinks portfolio={portfolio} transaction={id} name={`${typeNames[type]}, ${day(date)}`} />
      ),
    },
  ]
  return (
    <List
      title="Transactions"
      note="as recorded"
      columns={columns}
      rows={sheet.transactions}
      id={({ id }) => `trade-${id}`}
    />
  )
}

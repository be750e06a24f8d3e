import type { Child } from 'hono/jsx'
import { hoursOf, marketState } from '../../market/hours/trading-hours.ts'
import type { Factsheet, SaleRow } from '../../snapshot/factsheet.ts'
import type { LotRow } from '../../snapshot/lot-row.ts'
import type { Range } from '../../metrics/range.ts'
import { type HoldingRow, tradingOf } from '../../snapshot/holding-row.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import {
  day,
  exact,
  money,
  percent,
  points,
  pointsTone,
  price,
  sentence,
  shares,
  signedMoney,
  signedPercent,
} from '../format.ts'
import { ranges } from '../chart-range.ts'
import { Plot } from './chart.tsx'
import type { Clock } from '../clock.ts'
import { EditLinks } from './dividends.tsx'
import { Arrow, Change, Gain, Moment } from './figure.tsx'
import { Card, Cards, liveRegion, PortfolioPage } from './portfolio-page.tsx'
import { instrumentPath } from './symbol.tsx'
import { pastTense } from './transaction-words.ts'

type Props = {
  snapshot: Snapshot
  clock: Clock
  sheet: Factsheet
  range: Range
  /** Who says what it costs. */
  source: string
}

/** One symbol: what it is and costs, what the portfolio has of it, and what it did with it. */
export const Instrument = ({ snapshot, clock, sheet, range, source }: Props) => {
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
          <Position position={position} currency={portfolio.base_currency} />
        )}
        {sheet.lots.length > 0 && <Lots sheet={sheet} portfolio={portfolio} />}
        {sheet.sales.length > 0 && <Sales sales={sheet.sales} currency={portfolio.base_currency} />}
        <div class="halves">
          {sheet.payments.length > 0 && <Payments sheet={sheet} portfolio={portfolio.id} />}
          {sheet.splits.length > 0 && <Splits splits={sheet.splits} />}
        </div>
        {position !== null && <Trades sheet={sheet} portfolio={portfolio.id} />}
      </div>
    </PortfolioPage>
  )
}

const kinds: Record<Factsheet['kind'], string> = {
  equity: 'Share',
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
            ? `Prices of ${sheet.symbol} have not arrived yet. They are being fetched, and this page fills itself.`
            : `${sentence(sheet.reason)} If the symbol is misspelt, edit its transactions; it is asked for again by itself.`}
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
          <Change ratio={sheet.day_change_ratio} live="day" arrow />
        </span>
      </p>
      <p class="aside">
        {isStale && (
          <mark
            class="stale"
            title="This price is older than it should be; the next refresh asks for it again"
          >
            stale
          </mark>
        )}{' '}
        {price_as_of !== null ? (
          <>
            traded <Moment at={price_as_of} now={clock.now} />
          </>
        ) : (
          price_day && `close of ${day(price_day)}`
        )}
        {fetched_at !== null && (
          <>
            , fetched <Moment at={fetched_at} now={clock.now} />
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
              <small>{sheet.changes[key] === null ? '' : signedPercent(sheet.changes[key])}</small>
            </a>
          ))}
        </nav>
      </figcaption>
      <div class="readout needs-script" data-readout hx-morph-skip-children="true"></div>
      <Plot />
      <noscript>
        <p class="aside">
          The line needs JavaScript; what the price did in each range stands beside its name above.
        </p>
      </noscript>
      <p class="aside legend">
        {sheet.since !== null && `Closes since ${day(sheet.since)}, in today’s share units. `}
        <span class="marker-buy">▲</span> bought <span class="marker-sell">▼</span> sold{' '}
        <span class="marker-dividend">●</span> dividend
      </p>
    </figure>
  </section>
)

const NotHeld = ({ sheet, portfolio }: { sheet: Factsheet; portfolio: Snapshot['portfolio'] }) => (
  <section class="panel">
    <h2>Not in {portfolio.name}</h2>
    <p class="aside">
      {sheet.is_benchmark
        ? `${sheet.symbol} is one of the benchmarks that ${portfolio.name} is measured against; no transaction is in it.`
        : sheet.kind === 'currency'
          ? 'This exchange rate is needed to count in one currency; it is not held itself.'
          : `No transaction of ${portfolio.name} is in ${sheet.symbol}.`}{' '}
      <a href={`/portfolios/${portfolio.id}/transactions/new?symbol=${encodeURIComponent(sheet.symbol)}`}>
        Add a transaction
      </a>
    </p>
  </section>
)

const Position = ({ position, currency }: { position: HoldingRow; currency: string }) => {
  const { reasons } = position
  const why = (figure: string) => (reasons[figure] ? sentence(reasons[figure]) : undefined)
  const isOpen = Number(position.shares) > 0
  return (
    <Cards>
      <Card name="Shares" title={exact(position.shares)} note={isOpen ? null : 'sold out'}>
        {shares(position.shares)}
      </Card>
      <Card name="Value" note={position.weight === null ? null : `${percent(position.weight)} of holdings`}>
        <span data-money data-live="value">
          {money(position.market_value, currency)}
        </span>
      </Card>
      <Card name="Cost" note="of the open lots">
        <span data-money>{money(position.cost_basis, currency)}</span>
      </Card>
      <Card name="Unrealized gain" note={<Change ratio={position.gain_ratio} live="gain-ratio" />}>
        <Gain amount={position.unrealized_gain} currency={currency} live="gain" arrow />
      </Card>
      <Card name="Realized gain">
        <Gain amount={position.realized_gain} currency={currency} />
      </Card>
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
      <Card
        name="XIRR"
        title={why('xirr')}
        note={position.xirr === null ? why('xirr') : 'dividends included'}
      >
        {percent(position.xirr)}
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
      {Object.entries(position.benchmarks).map(([symbol, ratio]) => {
        const lead = ratio === null || position.gain_ratio === null ? null : position.gain_ratio - ratio
        return (
          isOpen && (
            <Card
              name={`vs ${symbol}`}
              note={
                ratio === null
                  ? `${symbol} has no price on one of the days`
                  : `${symbol} made ${signedPercent(ratio)} on the same money`
              }
            >
              <Lead of={lead} />
            </Card>
          )
        )
      })}
    </Cards>
  )
}

const Lead = ({ of }: { of: number | null }) => (
  <span class={`gain-${pointsTone(of)}`}>
    <Arrow of={pointsTone(of)} />
    {points(of)}
    {of !== null && <small> pp</small>}
  </span>
)

type ListProps = { title: string; count: number; note?: Child; columns: Child[]; children: Child }

const List = ({ title, count, note, columns, children }: ListProps) => (
  <section class="panel" aria-label={title}>
    <header>
      <h2>
        {title} <span class="count">{count}</span>
      </h2>
      {note && <p class="aside">{note}</p>}
    </header>
    <div class="scroll" tabindex={0} role="group" aria-label={title}>
      <table class="grid">
        <thead>
          <tr>
            {columns.map((column) => (
              <th scope="col">{column}</th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  </section>
)

const hidden = (name: string) => <span class="unseen">{name}</span>

const Lots = ({ sheet, portfolio }: { sheet: Factsheet; portfolio: Snapshot['portfolio'] }) => {
  const { benchmarks, base_currency: currency } = portfolio
  return (
    <List
      title="Open lots"
      count={sheet.lots.length}
      note="in today’s share units; gain without dividends"
      columns={[
        'Bought',
        'Shares',
        'Cost',
        'Value',
        'Gain',
        'Gain %',
        'XIRR',
        ...benchmarks.map((symbol) => `vs ${symbol}, pp`),
        hidden('Actions'),
      ]}
    >
      {sheet.lots.map((lot) => (
        <Lot lot={lot} benchmarks={benchmarks} currency={currency} portfolio={portfolio.id} />
      ))}
    </List>
  )
}

type LotProps = { lot: LotRow; benchmarks: string[]; currency: string; portfolio: string }

const Lot = ({ lot, benchmarks, currency, portfolio }: LotProps) => {
  const why = (figure: string) => (lot.reasons[figure] ? sentence(lot.reasons[figure]) : undefined)
  return (
    <tr id={`lot-${lot.transaction}`}>
      <th scope="row">
        <time datetime={lot.date}>{day(lot.date)}</time>
      </th>
      <td title={exact(lot.shares)}>{shares(lot.shares)}</td>
      <td data-money title={why('cost_basis')}>
        {money(lot.cost_basis, currency)}
      </td>
      <td data-money title={why('market_value')}>
        {money(lot.market_value, currency)}
      </td>
      <td title={why('gain')}>
        <Gain amount={lot.gain} currency={currency} />
      </td>
      <td title={why('gain_ratio')}>
        <Change ratio={lot.gain_ratio} arrow />
      </td>
      <td title={why('xirr')}>{percent(lot.xirr)}</td>
      {benchmarks.map((symbol) => {
        const other = lot.benchmarks[symbol] ?? null
        return (
          <td title={why(`benchmarks.${symbol}`)}>
            {other !== null && <small>{signedPercent(other)}</small>}{' '}
            <span
              class={`gain-${pointsTone(other === null || lot.gain_ratio === null ? null : lot.gain_ratio - other)}`}
            >
              {points(other === null || lot.gain_ratio === null ? null : lot.gain_ratio - other)}
            </span>
          </td>
        )
      })}
      <td class="row-actions">
        <EditLinks
          portfolio={portfolio}
          transaction={lot.transaction}
          what={`purchase of ${day(lot.date)}`}
        />
      </td>
    </tr>
  )
}

const Sales = ({ sales, currency }: { sales: SaleRow[]; currency: string }) => (
  <List
    title="Sales"
    count={sales.length}
    columns={['Sold', 'Shares', 'Proceeds', 'Cost', 'Realized gain', 'Gain %']}
  >
    {sales.map((sale) => (
      <tr id={`sale-${sale.transaction}`}>
        <th scope="row">
          <time datetime={sale.date}>{day(sale.date)}</time>
        </th>
        <td title={exact(sale.shares)}>{shares(sale.shares)}</td>
        <td data-money>{money(sale.proceeds, currency)}</td>
        <td data-money>{money(sale.cost, currency)}</td>
        <td>
          <Gain amount={sale.gain} currency={currency} />
        </td>
        <td>
          <Change ratio={sale.gain_ratio} arrow />
        </td>
      </tr>
    ))}
  </List>
)

const Payments = ({ sheet, portfolio }: { sheet: Factsheet; portfolio: string }) => (
  <List
    title="Dividends a share"
    count={sheet.payments.length}
    note={
      sheet.position !== null && (
        <a href={`/portfolios/${portfolio}/dividends?ticker=${encodeURIComponent(sheet.symbol)}#list`}>
          what you received
        </a>
      )
    }
    columns={['Ex-date', 'A share, today’s units']}
  >
    {sheet.payments.map(({ day: exDay, amount }) => (
      <tr>
        <th scope="row">
          <time datetime={exDay}>{day(exDay)}</time>
        </th>
        <td>{price(amount, sheet.currency)}</td>
      </tr>
    ))}
  </List>
)

const Splits = ({ splits }: { splits: Factsheet['splits'] }) => (
  <List title="Splits" count={splits.length} columns={['Day', 'New for old']}>
    {splits.map(({ day: date, numerator, denominator }) => (
      <tr>
        <th scope="row">
          <time datetime={date}>{day(date)}</time>
        </th>
        <td>
          {numerator} : {denominator}
        </td>
      </tr>
    ))}
  </List>
)

const Trades = ({ sheet, portfolio }: { sheet: Factsheet; portfolio: string }) => (
  <List
    title="Transactions"
    count={sheet.transactions.length}
    note="as they were recorded"
    columns={[
      'Date',
      <span class="text">Type</span>,
      'Shares',
      'Price',
      'Fee',
      'Amount',
      <span class="text">Note</span>,
      hidden('Actions'),
    ]}
  >
    {sheet.transactions.map((trade) => (
      <tr id={`trade-${trade.id}`}>
        <th scope="row">
          <time datetime={trade.date}>{day(trade.date)}</time>
        </th>
        <td class="text">{pastTense[trade.type]}</td>
        <td title={trade.shares === null ? undefined : exact(trade.shares)}>
          {trade.shares === null ? (trade.ratio ?? '') : shares(trade.shares)}
        </td>
        <td>{trade.price === null ? '' : price(trade.price, trade.currency)}</td>
        <td data-money>{trade.fee === '0' ? '' : money(trade.fee, trade.currency)}</td>
        <td data-money>{trade.type === 'split' ? '' : money(trade.amount, trade.currency)}</td>
        <td class="note">{trade.note}</td>
        <td class="row-actions">
          <EditLinks
            portfolio={portfolio}
            transaction={trade.id}
            what={`${trade.type} of ${day(trade.date)}`}
          />
        </td>
      </tr>
    ))}
  </List>
)

import { dayAt } from '../../portfolio/day.ts'
import type { Factsheet } from '../../snapshot/factsheet.ts'
import type { Range } from '../../metrics/range.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import type { NotBelieved } from '../../storage/rulings.ts'
import { day, perShare, price, sentence, signedMoney, tone } from '../format.ts'
import { AlertMe } from './alerts.tsx'
import { ActionProposals } from './action-proposals.tsx'
import { Doubts, Ruling } from './doubts.tsx'
import type { Clock } from '../clock.ts'
import { Arrow, Change, Moment, Stale } from './figure.tsx'
import { liveRegion, PortfolioPage } from './portfolio-page.tsx'
import { instrumentPath } from './symbol.tsx'
import type { Column } from './table.tsx'
import { dated, List } from './list.tsx'
import { LookNote } from './look.tsx'
import { Lots } from './lots.tsx'
import { OwnPrices } from './own-prices.tsx'
import { Position } from './position.tsx'
import { Prices } from './price-chart.tsx'
import { RenameTicker } from './rename-ticker.tsx'
import { Sales } from './sales.tsx'
import { Trades } from './trades.tsx'
import { mayEdit } from './shown-to.ts'
import { WhatIfs } from './what-if.tsx'
import { type Label, parts, t, translated } from '../words/words.ts'

type Props = {
  snapshot: Snapshot
  clock: Clock
  sheet: Factsheet
  range: Range
  /** The source of the price. */
  source: string
  /** What the owner or a verdict has excluded from the source's history. */
  doubts: NotBelieved
}

/** Shows one symbol: what it is and costs, what the portfolio holds of it, and its transactions. */
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
    <PortfolioPage
      title={title}
      snapshot={snapshot}
      clock={clock}
      actions={
        snapshot.past === undefined &&
        snapshot.holdings.some((row) => row.symbol === symbol) && <AlertMe {...{ portfolio, symbol }} />
      }
    >
      <LookNote snapshot={snapshot} back={path} />
      <div {...liveRegion('instrument', `${path}?range=${range}`)} class="parts">
        <Quote sheet={sheet} clock={clock} source={source} />
        <ActionProposals actions={sheet.actions} currency={sheet.currency} source={source} path={path} />
        {sheet.price !== null && (
          <Prices path={path} sheet={sheet} range={range} revision={snapshot.revision} clock={clock} />
        )}
        {position === null ? (
          <NotHeld sheet={sheet} portfolio={portfolio} />
        ) : (
          <Position position={position} snapshot={snapshot} />
        )}
        {sheet.lots.length > 0 && <Lots sheet={sheet} snapshot={snapshot} />}
        <div class="halves">
          {sheet.sales.length > 0 && <Sales sheet={sheet} portfolio={portfolio} />}
          {sheet.payments.length > 0 && <Payments sheet={sheet} portfolio={portfolio.id} />}
          {sheet.splits.length > 0 && <Splits splits={sheet.splits} path={path} />}
        </div>
        {position !== null && (
          <WhatIfs sheet={sheet} portfolio={portfolio} today={snapshot.past ?? dayAt(clock.now, 'UTC')} />
        )}
        {position !== null && (
          <OwnPrices sheet={sheet} portfolio={portfolio.id} path={path} today={dayAt(clock.now, 'UTC')} />
        )}
        <Doubts doubts={doubts} path={path} currency={sheet.currency} today={dayAt(clock.now, 'UTC')} />
        {position !== null && mayEdit() && (
          <RenameTicker
            path={path}
            symbol={symbol}
            open={doubts.otherCompany !== null}
            isGone={doubts.otherCompany !== null || sheet.delisted !== null}
          />
        )}
        {position !== null && <Trades sheet={sheet} portfolio={portfolio.id} />}
      </div>
    </PortfolioPage>
  )
}

const kinds: Record<Factsheet['kind'], Label | ''> = {
  equity: 'Stock',
  etf: 'ETF',
  fund: 'Fund',
  index: 'Index',
  crypto: 'Crypto',
  currency: 'Exchange rate',
  future: 'Future',
  other: '',
}

export function kindName(kind: Factsheet['kind']): string {
  const name = kinds[kind]
  return name === '' ? '' : t(name)
}

const Quote = ({ sheet, clock, source }: { sheet: Factsheet; clock: Clock; source: string }) => {
  const { currency, exchange, kind, fetched_at, price_as_of, price_day, delisted } = sheet
  const facts = [kindName(kind), exchange, exchange === null ? null : currency].filter(Boolean)
  const paid = sheet.position?.price_from === 'paid' ? sheet.position : null
  if (sheet.price === null) {
    return (
      <section class="panel quote" aria-label={t('Price')}>
        <p class="latest">{t('No price')}</p>
        {paid !== null && (
          <p class="aside">
            {t('Valued at the price paid on {day}, {price}.', {
              day: day(paid.price_day!),
              price: price(paid.price, paid.currency),
            })}
          </p>
        )}
        <p class="reason">
          {sheet.by_hand
            ? t('You price {symbol} yourself. Enter its first price below.', { symbol: sheet.symbol })
            : sheet.reason === null
              ? t('Loading prices for {symbol}. This page updates by itself.', { symbol: sheet.symbol })
              : t(
                  '{reason} If the symbol is misspelled, edit its transactions. Otherwise we’ll keep trying.',
                  {
                    reason: sentence(sheet.reason),
                  },
                )}
        </p>
      </section>
    )
  }
  const isStale = delisted === null && clock.stale(sheet)
  return (
    <section class="quote" aria-label={t('Price')}>
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
        {isStale && <Stale />}{' '}
        {price_as_of !== null
          ? parts('Traded {moment}', { moment: <Moment at={price_as_of} now={clock.now} /> })
          : price_day &&
            (sheet.by_hand
              ? t('Own price of {day}', { day: day(price_day) })
              : t('Close of {day}', { day: day(price_day) }))}
        {fetched_at !== null &&
          parts(', updated {moment}', { moment: <Moment at={fetched_at} now={clock.now} /> })}{' '}
        {!sheet.by_hand && t('from {source}', { source: translated(sheet.price_source ?? source) })}
      </p>
      <p class="aside">{facts.join(' · ')}</p>
      {delisted !== null && (
        <p class="reason">{t('No longer quoted since {day}.', { day: day(delisted) })}</p>
      )}
      {sheet.reason !== null && <p class="reason">{sentence(sheet.reason)}</p>}
    </section>
  )
}

const NotHeld = ({ sheet, portfolio }: { sheet: Factsheet; portfolio: Snapshot['portfolio'] }) => (
  <section class="panel">
    <h2>{t('Not in {name}', { name: portfolio.name })}</h2>
    <p class="aside">
      {sheet.is_benchmark
        ? t('{symbol} is one of {name}’s benchmarks. {name} has no {symbol} transactions.', {
            symbol: sheet.symbol,
            name: portfolio.name,
          })
        : sheet.kind === 'currency'
          ? t('This exchange rate is used to convert amounts; it isn’t a holding.')
          : t('{name} has no {symbol} transactions.', { name: portfolio.name, symbol: sheet.symbol })}{' '}
      {mayEdit() && (
        <a href={`/portfolios/${portfolio.id}/transactions/new?symbol=${encodeURIComponent(sheet.symbol)}`}>
          {t('Add a transaction')}
        </a>
      )}
    </p>
  </section>
)

const Payments = ({ sheet, portfolio }: { sheet: Factsheet; portfolio: string }) => {
  const columns: Column<Factsheet['payments'][number]>[] = [
    { name: t('Ex-date'), write: (payment) => dated(payment.day) },
    {
      name: t('Per share, today’s units'),
      write: ({ amount, currency }) => perShare(amount, currency ?? sheet.currency),
    },
    ...(sheet.payments.some(({ note }) => note)
      ? [{ at: 'text note', name: t('Note'), write: ({ note }: Factsheet['payments'][number]) => note ?? '' }]
      : []),
  ]
  return (
    <List
      title={t('Dividends per share')}
      note={
        sheet.position !== null && (
          <a href={`/portfolios/${portfolio}/dividends?ticker=${encodeURIComponent(sheet.symbol)}#list`}>
            {t('what was received')}
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
    { name: t('Date'), write: (split) => dated(split.day) },
    { name: t('New for old'), write: ({ numerator, denominator }) => `${numerator} : ${denominator}` },
    {
      at: 'row-actions',
      editors: true,
      name: t('Actions'),
      unseen: true,
      write: (split) => (
        <Ruling path={path} ruling="no_split" on={split.day}>
          {t('Not a split')}
        </Ruling>
      ),
    },
  ]
  return <List title={t('Splits')} columns={columns} rows={splits} />
}

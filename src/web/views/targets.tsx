import { allocation, CASH } from '../../snapshot/allocation.ts'
import type { RebalancingReport } from '../../snapshot/rebalancing-report.ts'
import type { PortfolioFacts, Snapshot } from '../../snapshot/snapshot.ts'
import type { Clock } from '../clock.ts'
import { exact, money, percent, points, sentence, shares, worded } from '../format.ts'
import { Gain } from './figure.tsx'
import { List } from './list.tsx'
import { addressOf, liveRegion, PortfolioPage } from './portfolio-page.tsx'
import { mayEdit } from './shown-to.ts'
import { marks } from './portfolio-form.tsx'
import { SymbolLink } from './symbol.tsx'
import { type Column, Table } from './table.tsx'
import { type Label, parts, t, translated } from '../words/words.ts'

/** What was typed and is refused. */
export type Typed = { targets: string; fault: string }

type Props = {
  snapshot: Snapshot
  clock: Clock
  /** Null without targets, absent where they are being mended; a reason where nothing can be weighed. */
  report?: RebalancingReport | { reason: string } | null
  typed?: Typed
}

/** How far a portfolio is from what its parts are to weigh, and what new money or a rebalancing would buy. */
export const TargetsPage = ({ snapshot, clock, report, typed }: Props) => {
  const { portfolio } = snapshot
  const path = `/portfolios/${portfolio.id}/targets`
  if (report && 'reason' in report)
    return (
      <PortfolioPage title={t('Targets')} snapshot={snapshot} clock={clock}>
        <section class="panel" {...liveRegion('targets', path)}>
          <p class="warnings">
            {t('The weights are not known: {reason}.', { reason: worded(report.reason) })}
          </p>
        </section>
        <TargetsForm snapshot={snapshot} typed={typed} />
      </PortfolioPage>
    )
  const amount = report && report.amount !== '0' ? report.amount : null
  return (
    <PortfolioPage title={t('Targets')} snapshot={snapshot} clock={clock}>
      {report && (
        <div class="parts" {...liveRegion('targets', addressOf(path, { amount }))}>
          <Drift report={report} portfolio={portfolio} path={path} />
          <Rebalance report={report} portfolio={portfolio} isGroup={snapshot.group !== undefined} />
        </div>
      )}
      <TargetsForm snapshot={snapshot} typed={typed} />
    </PortfolioPage>
  )
}

type ReportProps = { report: RebalancingReport; portfolio: PortfolioFacts }

const Drift = ({ report, portfolio, path }: ReportProps & { path: string }) => {
  const { base_currency: currency } = portfolio
  const isBuying = report.amount !== '0'
  const columns: Column<RebalancingReport['parts'][number]>[] = [
    {
      at: 'name',
      name: t(names[report.by]),
      write: ({ name }) =>
        report.by === 'holding' ? <SymbolLink portfolio={portfolio.id} symbol={name} /> : translated(name),
    },
    { at: 'roomy', name: t('Value'), money: true, write: ({ value }) => money(value, currency) },
    { name: t('Weight'), write: ({ weight }) => percent(weight) },
    { name: t('Target'), write: ({ target }) => (target === 0 ? '—' : percent(target)) },
    {
      name: t('Drift, pp'),
      hint: t('Weight − target, in percentage points'),
      write: ({ drift }) => points(drift),
    },
    ...(isBuying
      ? [
          {
            name: t('Buy'),
            hint: t('Of the new money, with nothing sold'),
            money: true,
            write: ({ buy }: { buy: string }) => (Number(buy) < 0.005 ? '' : money(buy, currency)),
          },
        ]
      : []),
  ]
  return (
    <section class="panel" aria-label={t('Drift')}>
      <header>
        <h2>{t('Drift')}</h2>
        <form class="inline" action={path}>
          <label>
            {t('New money')}{' '}
            <input
              name="amount"
              inputmode="decimal"
              value={isBuying ? exact(report.amount) : ''}
              placeholder="1000"
              size={10}
              autocomplete="off"
            />
          </label>{' '}
          <button class="button">{t('What to buy')}</button>
        </form>
      </header>
      {isBuying && (
        <p>
          {parts(
            Number(report.kept) < 0.005
              ? '{amount} would buy {what}. Nothing is sold: it goes to what is furthest below its target.'
              : '{amount} would buy {what} and leave {kept} in cash. Nothing is sold: it goes to what is furthest below its target.',
            {
              amount: money(report.amount, currency),
              what: bought(report, portfolio),
              kept: money(report.kept, currency),
            },
          )}
        </p>
      )}
      <Table columns={columns} rows={report.parts} label={t('Drift')} class="drift-list" />
      <p class="aside">
        {report.cash.target > 0
          ? t('Cash is {amount}, and {percent} of all is its target.', {
              amount: money(report.cash.value, currency),
              percent: percent(report.cash.target),
            })
          : t('Cash is {amount}.', { amount: money(report.cash.value, currency) })}
        {report.without.length > 0 &&
          ` ${t('Without {symbols}, which has no value.', { symbols: report.without.join(', ') })}`}
      </p>
    </section>
  )
}

const names: Record<RebalancingReport['by'], Label> = {
  holding: 'Holding',
  kind: 'Type',
  currency: 'Currency',
}

function bought(report: RebalancingReport, { base_currency: currency }: PortfolioFacts) {
  const buys = report.parts.filter(({ buy }) => Number(buy) >= 0.005)
  if (buys.length === 0) return t('nothing')
  return buys.map(({ name, buy }, i) => (
    <>
      {i > 0 && (i === buys.length - 1 ? t(' and ') : ', ')}
      {parts('{amount} of {name}', { amount: <span data-money>{money(buy, currency)}</span>, name })}
    </>
  ))
}

const Rebalance = ({ report, portfolio, isGroup }: ReportProps & { isGroup: boolean }) => {
  const { base_currency: currency } = portfolio
  const basis = isGroup
    ? t('were the oldest lots of all its portfolios sold first, and before taxes')
    : t('by the cost basis of the portfolio and before taxes')
  const { orders, realized_gain: realized } = report
  if (orders.length === 0) return null
  const sales = orders.filter(({ amount }) => amount.startsWith('-'))
  return (
    <List
      title={t('A whole rebalancing')}
      note={
        <>
          {sales.length === 0 ? (
            `${t('It would sell nothing.')} `
          ) : realized === null ? (
            `${t('What its sales would realize is not known, because the cost of a lot is not.')} `
          ) : (
            <>
              {parts('Its sales would realize {amount}, {basis}.', {
                amount: Gain({ amount: realized, currency }),
                basis,
              })}{' '}
            </>
          )}
          {report.by !== 'holding' && `${t('What to buy for the rest is left open.')} `}
          {t('Yardstick places no orders.')}
        </>
      }
      columns={[
        {
          at: 'name',
          name: t('Order'),
          write: ({ amount, symbol }) => (
            <>
              {amount.startsWith('-') ? t('Sell') : t('Buy')}{' '}
              <SymbolLink portfolio={portfolio.id} symbol={symbol} />
            </>
          ),
        },
        { name: t('Amount'), money: true, write: ({ amount }) => money(amount.replace('-', ''), currency) },
        {
          name: t('Shares'),
          write: ({ shares: count }) => (count === null ? '—' : shares(count)),
          title: ({ shares: count }) => (count === null ? t('Its price is not known yet') : exact(count)),
        },
        {
          name: t('Realized'),
          hint: t('Proceeds − cost of the lots that are sold first'),
          write: ({ amount, realized_gain: own }) =>
            amount.startsWith('-') ? Gain({ amount: own, currency }) : '',
        },
      ]}
      rows={orders}
    />
  )
}

type FormProps = { snapshot: Snapshot; typed: Typed | undefined }

const TargetsForm = ({ snapshot, typed }: FormProps) => {
  const { id, targets: saved } = snapshot.portfolio
  // a group is its owner's alone, who edits nothing else of it on its pages
  const isGroup = snapshot.group !== undefined
  if (!isGroup && !mayEdit())
    return saved === null ? <p class="panel aside">{t('This portfolio has no targets.')}</p> : null
  return (
    <section class="panel" aria-label={t('Choose targets')}>
      <h2>{saved === null ? t('What should each part weigh?') : t('Change the targets')}</h2>
      <form method="post" action={`/${isGroup ? 'groups' : 'portfolios'}/${id}/targets`} class="form">
        <div class="field">
          <label for="targets">
            {t('Targets in percent')} <small>{t('What they leave of 100% stays in cash')}</small>
          </label>
          <textarea
            id="targets"
            name="targets"
            rows={3}
            maxlength={2000}
            spellcheck={false}
            placeholder="VOO 60, BND 40"
            {...marks('targets', typed?.fault)}
          >
            {typed?.targets ?? saved ?? today(snapshot)}
          </textarea>
          {typed && (
            <p class="fault" id="targets-fault">
              {sentence(typed.fault)}
            </p>
          )}
        </div>
        <p class="aside">
          {t(
            'By holding: VOO 60, BND 40. By type: kind: ETFs 70, Stocks 30. By currency: currency: USD 70, EUR 30.',
          )}
          {saved === null && ` ${t('These are today’s weights.')}`}
          {saved !== null && ` ${t('Empty it to have no targets.')}`}
        </p>
        <div class="actions">
          <button class="button primary">{t('Save targets')}</button>
        </div>
      </form>
    </section>
  )
}

/** The present weights as targets, in whole percents. */
function today(snapshot: Snapshot): string {
  return allocation(snapshot)
    .holdings.filter(({ name, ratio }) => name !== CASH && ratio >= 0.01)
    .map(({ name, ratio }) => `${name} ${Math.floor(ratio * 100)}`)
    .join(', ')
}

import type { CashFlowType } from '../../metrics/cash-flows.ts'
import type { CashBook as Book } from '../../snapshot/cash-book.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { money, sentence, signedPercent } from '../format.ts'
import type { Clock } from '../clock.ts'
import { paysDividends } from '../../portfolio/benchmark-spelling.ts'
import { BenchmarkNotes } from './benchmark-notes.tsx'
import { Gain } from './figure.tsx'
import { LookNote } from './look.tsx'
import { Field, marks } from './portfolio-form.tsx'
import { addressOf, Card, Cards, liveRegion, PortfolioPage, Tabs } from './portfolio-page.tsx'
import { CashBook, type CashFlowsQuery } from './cash-book.tsx'
import { mayEdit } from './shown-to.ts'
import { t } from '../words/words.ts'

/** What was typed into a form that was refused, with a sentence for each faulty field. */
export type CashForm = { typed: Record<string, string>; faults: Record<string, string> }

type Props = {
  snapshot: Snapshot
  clock: Clock
  book: Book
  query: CashFlowsQuery
  today: string
  /** The latest day that may be entered. */
  latest: string
  form?: CashForm | undefined
}

export const CashFlows = ({ snapshot, clock, book, query, today, latest, form }: Props) => {
  const { portfolio } = snapshot
  const path = `/portfolios/${portfolio.id}/cash-flows`
  const address = (other: Partial<{ view: string; types: CashFlowType[]; page: number | string }>) => {
    const { view, types, page = null } = { ...query, page: null, ...other }
    return addressOf(path, { view: view === 'portfolio' ? null : view, type: types.join(','), page })
  }
  return (
    <PortfolioPage
      title={t('Cash flows')}
      snapshot={snapshot}
      clock={clock}
      actions={
        query.view === 'portfolio' &&
        mayEdit() && (
          <Record
            portfolio={portfolio}
            revision={snapshot.revision}
            today={today}
            latest={latest}
            form={form}
          />
        )
      }
    >
      <LookNote snapshot={snapshot} back={path} />
      <Tabs
        label={t('Whose cash')}
        tabs={['portfolio', ...portfolio.benchmarks].map((view, i) => ({
          href: address({ view, types: [] }),
          current: view === query.view,
          name: (
            <>
              <span class={`swatch series-${i}`} aria-hidden="true"></span>
              {view === 'portfolio' ? t('Portfolio') : view}
            </>
          ),
        }))}
      />
      {query.view !== 'portfolio' && (
        <>
          <p class="aside">
            {t(
              paysDividends(query.view)
                ? 'The same deposits and withdrawals in {benchmark}: each deposit buys at that day’s close, each withdrawal sells, and dividends are reinvested.'
                : 'The same deposits and withdrawals in {benchmark}: each deposit buys at that day’s close, each withdrawal sells.',
              { benchmark: query.view },
            )}
          </p>
          <BenchmarkNotes benchmarks={[query.view]} />
        </>
      )}
      <div
        {...liveRegion('cash-flows', address(query.page === undefined ? {} : { page: query.page }))}
        class="parts"
      >
        <Figures snapshot={snapshot} view={query.view} />
        <CashBook snapshot={snapshot} book={book} query={query} address={address} />
      </div>
    </PortfolioPage>
  )
}

const Figures = ({ snapshot, view }: { snapshot: Snapshot; view: string }) => {
  const { portfolio, summary } = snapshot
  const currency = portfolio.base_currency
  const isOwn = view === 'portfolio'
  const other = summary.benchmarks[view]
  const { value, invested, gain, xirr } = isOwn
    ? { ...summary, gain: summary.total_gain }
    : (other ?? { value: null, invested: null, gain: null, xirr: null })
  const why = (figure: string) => {
    const reason =
      summary.reasons[isOwn ? figure : `benchmarks.${view}.${figure}`] ??
      summary.reasons[`benchmarks.${view}`]
    return reason && sentence(reason)
  }
  const rivals = isOwn
    ? portfolio.benchmarks.map((symbol) => [symbol, summary.benchmarks[symbol]?.xirr] as const)
    : [[t('Portfolio'), summary.xirr] as const]
  return (
    <Cards>
      <Card name={t('Invested')} note={t('deposits − withdrawals')} title={why('invested')}>
        <span data-money>{money(invested, currency)}</span>
      </Card>
      <Card
        name={t('Value')}
        note={isOwn ? t('holdings + cash') : t('if invested there')}
        title={why('value')}
      >
        <span data-money data-live="value">
          {money(value, currency)}
        </span>
      </Card>
      <Card
        name={t('Gain')}
        note={t('value − invested, as on the dashboard')}
        title={why(isOwn ? 'total_gain' : 'gain')}
      >
        <Gain amount={gain} currency={currency} live="gain" arrow />
      </Card>
      {(isOwn || paysDividends(view)) && (
        <Card name={t('Dividends')} note={isOwn ? t('received') : t('included in its value')}>
          {isOwn ? <span data-money>{money(summary.dividends, currency)}</span> : t('reinvested')}
        </Card>
      )}
      <Card name={t('Cash')} note={isOwn ? t('uninvested') : t('fully invested')}>
        <span data-money>{money(isOwn ? summary.cash : '0', currency)}</span>
      </Card>
      <Card
        name="XIRR"
        title={why('xirr')}
        note={rivals.map(([name, rate]) => `${name} ${signedPercent(rate)}`).join(' · ')}
      >
        {signedPercent(xirr)}
      </Card>
    </Cards>
  )
}

type RecordProps = {
  portfolio: Snapshot['portfolio']
  /** Sent with the form, so that a double click makes one row. */
  revision: number
  today: string
  latest: string
  form: CashForm | undefined
}

/** Stands outside the region that follows other tabs, so that nothing typed is lost. */
const Record = ({ portfolio, revision, today, latest, form }: RecordProps) => {
  const { typed, faults } = form ?? { typed: {}, faults: {} }
  return (
    <details class="popover record" id="record" open={form !== undefined}>
      <summary class="button">{t('Add deposit or withdrawal')}</summary>
      <form class="form" method="post" action={`/portfolios/${portfolio.id}/cash-flows`}>
        <input type="hidden" name="key" value={typed.key ?? revision} />
        {faults.form && (
          <p class="fault" role="alert">
            {sentence(faults.form)}
          </p>
        )}
        <div class="form-row">
          <Field name="type" label={t('Type')} fault={faults.type}>
            <select id="type" name="type" {...marks('type', faults.type)}>
              {['deposit', 'withdrawal'].map((type) => (
                <option value={type} selected={type === typed.type}>
                  {type === 'deposit' ? t('Deposit') : t('Withdrawal')}
                </option>
              ))}
            </select>
          </Field>
          <Field name="date" label={t('Date')} fault={faults.date}>
            <input
              id="date"
              name="date"
              type="date"
              required
              max={latest}
              value={typed.date ?? today}
              {...marks('date', faults.date)}
            />
          </Field>
        </div>
        <Field
          name="amount"
          label={t('Amount, {currency}', { currency: portfolio.base_currency })}
          fault={faults.amount}
        >
          <input
            id="amount"
            name="amount"
            inputmode="decimal"
            required
            autocomplete="off"
            value={typed.amount ?? ''}
            {...marks('amount', faults.amount)}
          />
        </Field>
        <Field name="note" label={t('Note')} fault={faults.note}>
          <input
            id="note"
            name="note"
            maxlength={1000}
            autocomplete="off"
            value={typed.note ?? ''}
            {...marks('note', faults.note)}
          />
        </Field>
        <button class="button primary">{t('Add')}</button>
        <p class="aside">
          {t(
            'If no deposit is recorded, we assume a deposit of what each purchase needed that day. Recorded deposits replace those assumptions.',
          )}
        </p>
      </form>
    </details>
  )
}

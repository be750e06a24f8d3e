import { html } from 'hono/html'
import {
  type CashFlowRow,
  type CashFlows as Book,
  type CashFlowType,
  ofTypes,
} from '../../metrics/cash-flows.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { rounded, stored, text } from '../../portfolio/decimal.ts'
import {
  day,
  exact,
  money,
  none,
  price,
  sentence,
  shares,
  signedMoney,
  signedPercent,
  tone,
} from '../format.ts'
import type { Clock } from '../clock.ts'
import { Gain } from './figure.tsx'
import { Pages, paged } from './pager.tsx'
import { Field, marks } from './portfolio-form.tsx'
import { addressOf, Card, Cards, liveRegion, PortfolioPage, Tabs } from './portfolio-page.tsx'
import { TransactionLinks } from './row-actions.tsx'
import { SymbolLink } from './symbol.tsx'
import { type Column, Table } from './table.tsx'

export const flowTypes = {
  deposit: 'Deposits',
  purchase: 'Purchases',
  sale: 'Sales',
  dividend: 'Dividends',
  withdrawal: 'Withdrawals',
  fee: 'Fees',
} satisfies Record<CashFlowType, string>

export type FlowsAsked = { view: string; types: CashFlowType[]; page: string | undefined }

/** What was typed into the form and refused, with a sentence by field. */
export type CashForm = { typed: Record<string, string>; faults: Record<string, string> }

type Props = {
  snapshot: Snapshot
  clock: Clock
  book: Book
  asked: FlowsAsked
  today: string
  /** The latest day that may be entered. */
  latest: string
  form?: CashForm | undefined
}

export const CashFlows = ({ snapshot, clock, book, asked, today, latest, form }: Props) => {
  const { portfolio } = snapshot
  const path = `/portfolios/${portfolio.id}/cash-flows`
  const address = (other: Partial<{ view: string; types: CashFlowType[]; page: number | string }>) => {
    const { view, types, page = null } = { ...asked, page: null, ...other }
    return addressOf(path, { view: view === 'portfolio' ? null : view, type: types.join(','), page })
  }
  return (
    <PortfolioPage
      title="Cash flows"
      snapshot={snapshot}
      clock={clock}
      actions={
        asked.view === 'portfolio' && (
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
      <Tabs
        label="Whose cash"
        tabs={['portfolio', ...portfolio.benchmarks].map((view, i) => ({
          href: address({ view, types: [] }),
          current: view === asked.view,
          name: (
            <>
              <span class={`swatch series-${i}`} aria-hidden="true"></span>
              {view === 'portfolio' ? 'Portfolio' : view}
            </>
          ),
        }))}
      />
      {asked.view !== 'portfolio' && (
        <p class="aside">
          The same deposits and withdrawals in {asked.view}: each deposit buys at that day’s close, each
          withdrawal sells, and dividends are reinvested.
        </p>
      )}
      <div
        {...liveRegion('cash-flows', address(asked.page === undefined ? {} : { page: asked.page }))}
        class="parts"
      >
        <Figures snapshot={snapshot} view={asked.view} />
        <CashBook snapshot={snapshot} book={book} asked={asked} address={address} />
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
    : [['Portfolio', summary.xirr] as const]
  return (
    <Cards>
      <Card name="Invested" note="deposits − withdrawals" title={why('invested')}>
        <span data-money>{money(invested, currency)}</span>
      </Card>
      <Card name="Value" note={isOwn ? 'holdings + cash' : 'if invested there'} title={why('value')}>
        <span data-money data-live="value">
          {money(value, currency)}
        </span>
      </Card>
      <Card
        name="Gain"
        note="value − invested, as on the dashboard"
        title={why(isOwn ? 'total_gain' : 'gain')}
      >
        <Gain amount={gain} currency={currency} live="gain" arrow />
      </Card>
      <Card name="Dividends" note={isOwn ? 'received' : 'included in its value'}>
        {isOwn ? <span data-money>{money(summary.dividends, currency)}</span> : 'reinvested'}
      </Card>
      <Card name="Cash" note={isOwn ? 'uninvested' : 'fully invested'}>
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

type TableProps = {
  snapshot: Snapshot
  book: Book
  asked: FlowsAsked
  address: (other: Partial<{ types: CashFlowType[]; page: number }>) => string
}

const CashBook = ({ snapshot, book, asked, address }: TableProps) => {
  const { id, base_currency: currency } = snapshot.portfolio
  const { types, view } = asked
  const chosen = ofTypes(book.rows, types).toReversed()
  const isOwn = view === 'portfolio'
  const lines = isOwn && types.length === 0 ? folded(chosen) : chosen.map((row) => ({ row, covered: null }))
  const { rows, page, pages } = paged(lines, asked.page)
  return (
    <section class="panel" id="list" aria-labelledby="list-title">
      <header>
        <h2 id="list-title">
          {view === 'portfolio' ? 'Cash book' : `In ${view}`} <span class="count">{chosen.length}</span>
        </h2>
        <a
          class="aside end"
          href={addressOf(`/portfolios/${id}/export/cash-flows.csv`, { view, type: types.join(',') })}
        >
          CSV
        </a>
      </header>
      <Filter book={book} types={types} currency={currency} address={address} />
      {book.reason && <p class="warnings">{sentence(book.reason)}</p>}
      {rows.length === 0 ? (
        <p class="aside">{book.rows.length === 0 ? 'No cash flows yet.' : 'No matches.'}</p>
      ) : (
        <Table
          columns={columnsOf(id, currency, isOwn)}
          rows={rows}
          class="flows"
          rowClass={({ row }) => row.type}
        />
      )}
      <Pages page={page} pages={pages} href={(to) => `${address({ page: to })}#list`} />
    </section>
  )
}

/** A row of the book, with the deposit that was assumed in order to cover it. */
type BookLine = { row: CashFlowRow; covered: CashFlowRow | null }

/** Newest first, so that an assumed deposit comes right after the purchase that it covers, and goes into its line. */
function folded(rows: readonly CashFlowRow[]): BookLine[] {
  const lines: BookLine[] = []
  for (const row of rows) {
    const last = lines.at(-1)
    if (isAssumed(row) && last?.row.date === row.date && last.row.type === 'purchase') last.covered = row
    else lines.push({ row, covered: null })
  }
  return lines
}

/** Of the portfolio's own rows, the one that no transaction stands for. */
function isAssumed({ type, transaction, symbol }: CashFlowRow): boolean {
  return type === 'deposit' && transaction === null && symbol === null
}

function columnsOf(portfolio: string, currency: string, isOwn: boolean): Column<BookLine>[] {
  return [
    { name: 'Date', write: ({ row }) => html`<time datetime="${row.date}">${day(row.date)}</time>` },
    {
      at: 'text note',
      name: 'Description',
      write: (line) => described(line, { portfolio, currency, isOwn }),
    },
    {
      at: 'wide',
      name: 'Shares',
      write: ({ row }) => (row.shares === null ? '' : shares(row.shares)),
      title: ({ row }) => (row.shares === null ? undefined : exact(row.shares)),
    },
    {
      at: 'wide',
      name: 'Price',
      write: ({ row }) => (row.shares === null ? '' : price(row.price, currency)),
    },
    {
      name: 'Amount',
      write: ({ row: { amount } }) =>
        html`<span class="gain-${tone(amount)}" data-money>${amount === null ? none : signedMoney(amount, currency)}</span>`,
    },
    { name: 'Balance', money: true, write: ({ row }) => money(toCent(row.balance), currency) },
    {
      at: 'row-actions',
      name: 'Actions',
      unseen: true,
      write: ({ row }) =>
        row.transaction !== null && (
          <TransactionLinks
            portfolio={portfolio}
            transaction={row.transaction}
            name={`${typeNames[row.type]}, ${day(row.date)}`}
          />
        ),
    },
  ]
}

type Around = { portfolio: string; currency: string; isOwn: boolean }

/** The words of the book, with the symbol as a link; of a trade without its shares, which have a column. */
function described({ row, covered }: BookLine, { portfolio, currency, isOwn }: Around) {
  const { type, symbol, description } = row
  if (symbol === null) {
    return isOwn && isAssumed(row) ? 'Deposit assumed to cover purchases' : description
  }
  const assumed =
    covered?.amount &&
    html` <small class="assumed"><span data-money>${money(covered.amount, currency)}</span> deposit assumed to cover it</small>`
  const link = SymbolLink({ portfolio, symbol })
  const at = description.lastIndexOf(symbol)
  if (at < 0) return html`${description} ${link}`
  const before = verbs[type] ?? description.slice(0, at).trimEnd()
  return html`${before} ${link}${description.slice(at + symbol.length)}${assumed}`
}

const verbs: Partial<Record<CashFlowType, string>> = { purchase: 'Bought', sale: 'Sold' }

/** Each link adds its type to those that are shown, or takes it out. */
const Filter = ({
  book,
  types,
  currency,
  address,
}: {
  book: Book
  types: CashFlowType[]
  currency: string
  address: TableProps['address']
}) => (
  <nav class="filter" aria-label="Types of row">
    <a href={`${address({ types: [] })}#list`} aria-current={types.length === 0 ? 'true' : undefined}>
      All
    </a>
    {(Object.keys(flowTypes) as CashFlowType[])
      .filter((type) => book.rows.some((row) => row.type === type) || types.includes(type))
      .map((type) => {
        const isOn = types.includes(type)
        const other = isOn ? types.filter((each) => each !== type) : [...types, type]
        return (
          <a href={`${address({ types: other })}#list`} aria-current={isOn ? 'true' : undefined}>
            {flowTypes[type]} <small data-money>{signedMoney(book.totals[type], currency)}</small>
          </a>
        )
      })}
  </nav>
)

/** An assumed deposit is rounded up to the cent, so that a balance may hold less than one. */
function toCent(balance: string | null): string | null {
  return balance === null ? null : text(rounded(stored(balance), 2))
}

const typeNames: Record<CashFlowType, string> = {
  deposit: 'Deposit',
  purchase: 'Purchase',
  sale: 'Sale',
  dividend: 'Dividend',
  withdrawal: 'Withdrawal',
  fee: 'Fee',
}

type RecordProps = {
  portfolio: Snapshot['portfolio']
  /** Sent along, so that a double click makes one row. */
  revision: number
  today: string
  latest: string
  form: CashForm | undefined
}

/** Outside of what follows other tabs, so that nothing typed is lost. */
const Record = ({ portfolio, revision, today, latest, form }: RecordProps) => {
  const { typed, faults } = form ?? { typed: {}, faults: {} }
  return (
    <details class="popover record" id="record" open={form !== undefined}>
      <summary class="button">Add deposit or withdrawal</summary>
      <form class="form" method="post" action={`/portfolios/${portfolio.id}/cash-flows`}>
        <input type="hidden" name="key" value={typed.key ?? revision} />
        {faults.form && (
          <p class="fault" role="alert">
            {sentence(faults.form)}
          </p>
        )}
        <div class="form-row">
          <Field name="type" label="Type" fault={faults.type}>
            <select id="type" name="type" {...marks('type', faults.type)}>
              {['deposit', 'withdrawal'].map((type) => (
                <option value={type} selected={type === typed.type}>
                  {type === 'deposit' ? 'Deposit' : 'Withdrawal'}
                </option>
              ))}
            </select>
          </Field>
          <Field name="date" label="Date" fault={faults.date}>
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
        <Field name="amount" label={`Amount, ${portfolio.base_currency}`} fault={faults.amount}>
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
        <Field name="note" label="Note" fault={faults.note}>
          <input
            id="note"
            name="note"
            maxlength={1000}
            autocomplete="off"
            value={typed.note ?? ''}
            {...marks('note', faults.note)}
          />
        </Field>
        <button class="button primary">Add</button>
        <p class="aside">
          If no deposit is recorded, we assume you deposited what each purchase needed that day. Deposits you
          record replace those assumptions.
        </p>
      </form>
    </details>
  )
}

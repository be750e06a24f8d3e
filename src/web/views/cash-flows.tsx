import {
  type CashFlowRow,
  type CashFlows as Book,
  type CashFlowType,
  ofTypes,
} from '../../metrics/cash-flows.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { rounded, stored, text } from '../../portfolio/decimal.ts'
import { day, exact, money, none, percent, price, sentence, shares, signedMoney, tone } from '../format.ts'
import type { Clock } from '../clock.ts'
import { EditLinks } from './dividends.tsx'
import { Gain } from './figure.tsx'
import { Field, marks } from './portfolio-form.tsx'
import { addressOf, Card, Cards, liveRegion, paged, Pager, PortfolioPage, Tabs } from './portfolio-page.tsx'
import { SymbolLink } from './symbol.tsx'

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
  form?: CashForm | undefined
}

export const CashFlows = ({ snapshot, clock, book, asked, today, form }: Props) => {
  const { portfolio } = snapshot
  const path = `/portfolios/${portfolio.id}/cash-flows`
  const address = (other: Partial<{ view: string; types: CashFlowType[]; page: number | string }>) => {
    const { view, types, page = null } = { ...asked, page: null, ...other }
    return addressOf(path, { view: view === 'portfolio' ? null : view, type: types.join(','), page })
  }
  return (
    <PortfolioPage title="Cash flows" snapshot={snapshot} clock={clock}>
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
          What your deposits and withdrawals would have done in {asked.view}: each deposit buys it at that
          day’s close, each withdrawal sells; its dividends are reinvested.
        </p>
      )}
      {asked.view === 'portfolio' && (
        <Record portfolio={portfolio} revision={snapshot.revision} today={today} form={form} />
      )}
      <div
        {...liveRegion('cash-flows', address(asked.page === undefined ? {} : { page: asked.page }))}
        class="parts"
      >
        <Figures snapshot={snapshot} view={asked.view} />
        <Table snapshot={snapshot} book={book} asked={asked} address={address} />
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
      <Card name="Value" note={isOwn ? 'holdings + cash' : 'had it gone there'} title={why('value')}>
        <span data-money data-live="value">
          {money(value, currency)}
        </span>
      </Card>
      <Card name="Investment gain" note="value − invested" title={why(isOwn ? 'total_gain' : 'gain')}>
        <Gain amount={gain} currency={currency} live="gain" arrow />
      </Card>
      <Card name="Dividends" note={isOwn ? 'received' : 'inside its value'}>
        {isOwn ? <span data-money>{money(summary.dividends, currency)}</span> : 'reinvested'}
      </Card>
      <Card name="Cash" note={isOwn ? 'not invested now' : 'all is invested'}>
        <span data-money>{money(isOwn ? summary.cash : '0', currency)}</span>
      </Card>
      <Card
        name="XIRR"
        title={why('xirr')}
        note={rivals.map(([name, rate]) => `${name} ${percent(rate)}`).join(' · ')}
      >
        {percent(xirr)}
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

const Table = ({ snapshot, book, asked, address }: TableProps) => {
  const { id, base_currency: currency } = snapshot.portfolio
  const { types, view } = asked
  const chosen = ofTypes(book.rows, types).toReversed()
  const { rows, page, pages } = paged(chosen, asked.page)
  return (
    <section class="panel" id="list" aria-labelledby="list-title">
      <header>
        <h2 id="list-title">
          {view === 'portfolio' ? 'Cash book' : `In ${view}`} <span class="count">{chosen.length}</span>
        </h2>
        <p class="tools">
          <a href={addressOf(`/portfolios/${id}/export/cash-flows.csv`, { view, type: types.join(',') })}>
            CSV
          </a>
        </p>
      </header>
      <Filter book={book} types={types} currency={currency} address={address} />
      {book.reason && <p class="warnings">{sentence(book.reason)}</p>}
      {rows.length === 0 ? (
        <p class="aside">{book.rows.length === 0 ? 'No money has moved yet.' : 'No rows of this kind.'}</p>
      ) : (
        <div class="scroll">
          <table class="grid flows">
            <thead>
              <tr>
                <th scope="col">Date</th>
                <th scope="col" class="text">
                  Type
                </th>
                <th scope="col" class="text">
                  Description
                </th>
                <th scope="col">Shares</th>
                <th scope="col">Price</th>
                <th scope="col">Amount</th>
                <th scope="col">Balance</th>
                <th scope="col">
                  <span class="unseen">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Row portfolio={id} row={row} currency={currency} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Pager page={page} pages={pages} href={(to) => `${address({ page: to })}#list`} />
    </section>
  )
}

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

const Row = ({ portfolio, row, currency }: { portfolio: string; row: CashFlowRow; currency: string }) => (
  <tr>
    <th scope="row">
      <time datetime={row.date}>{day(row.date)}</time>
    </th>
    <td class="text">{typeNames[row.type]}</td>
    <td class="text note">
      {row.symbol === null ? row.description : <Described portfolio={portfolio} row={row} />}
    </td>
    <td title={row.shares === null ? undefined : exact(row.shares)}>
      {row.shares === null ? '' : shares(row.shares)}
    </td>
    <td>{row.shares === null ? '' : price(row.price, currency)}</td>
    <td>
      <span class={`gain-${tone(row.amount)}`} data-money>
        {row.amount === null ? none : signedMoney(row.amount, currency)}
      </span>
    </td>
    <td data-money>{money(toCent(row.balance), currency)}</td>
    <td class="row-actions">
      {row.transaction !== null && (
        <EditLinks
          portfolio={portfolio}
          transaction={row.transaction}
          what={`${row.type} of ${day(row.date)}`}
        />
      )}
    </td>
  </tr>
)

/** An inferred deposit is rounded up to the cent, so that a balance may hold less than one. */
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

/** The description with its symbol as a link to the instrument; the text itself is not ours. */
const Described = ({ portfolio, row: { description, symbol } }: { portfolio: string; row: CashFlowRow }) => {
  const at = description.lastIndexOf(symbol!)
  if (at < 0) return <>{description}</>
  return (
    <>
      {description.slice(0, at)}
      <SymbolLink portfolio={portfolio} symbol={symbol!} />
      {description.slice(at + symbol!.length)}
    </>
  )
}

type RecordProps = {
  portfolio: Snapshot['portfolio']
  /** Sent along, so that a double click makes one row. */
  revision: number
  today: string
  form: CashForm | undefined
}

/** Outside of what follows other tabs, so that nothing typed is lost. */
const Record = ({ portfolio, revision, today, form }: RecordProps) => {
  const { typed, faults } = form ?? { typed: {}, faults: {} }
  return (
    <details class="panel record" id="record" open={form !== undefined}>
      <summary>Record a deposit or a withdrawal</summary>
      <form class="form" method="post" action={`/portfolios/${portfolio.id}/cash-flows`}>
        <input type="hidden" name="key" value={typed.key ?? revision} />
        {faults.form && (
          <p class="fault" role="alert">
            {sentence(faults.form)}
          </p>
        )}
        <div class="record-fields">
          <Field name="type" label="What" fault={faults.type}>
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
              max={today}
              value={typed.date ?? today}
              {...marks('date', faults.date)}
            />
          </Field>
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
          <button class="button primary">Record</button>
        </div>
        <p class="aside">
          Without recorded deposits, what a purchase lacks counts as deposited that day. A recorded deposit
          takes the place of as much of that as it covers.
        </p>
      </form>
    </details>
  )
}

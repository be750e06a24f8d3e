import { html } from './html.ts'
import type { CashFlowType } from '../../metrics/cash-flows.ts'
import { type BookLine, type CashBook as Book, isAssumed } from '../../snapshot/cash-book.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { rounded, stored, text } from '../../portfolio/decimal.ts'
import { day, exact, money, none, price, sentence, shares, signedMoney, tone } from '../format.ts'
import { Pages } from './pager.tsx'
import { addressOf } from './portfolio-page.tsx'
import { TransactionLinks } from './row-actions.tsx'
import { SymbolLink } from './symbol.tsx'
import { type Column, Table } from './table.tsx'
import { type Label, parts, t, translated } from '../words/words.ts'

export const flowTypes = {
  deposit: 'Deposits',
  purchase: 'Purchases',
  sale: 'Sales',
  dividend: 'Dividends',
  capital: 'Capital returned',
  interest: 'Interest',
  currency: 'Exchange rates',
  withdrawal: 'Withdrawals',
  fee: 'Fees',
  tax: 'Taxes',
} satisfies Record<CashFlowType, Label>

export type CashFlowsQuery = { view: string; types: CashFlowType[]; page: string | undefined }

type TableProps = {
  snapshot: Snapshot
  book: Book
  query: CashFlowsQuery
  address: (other: Partial<{ types: CashFlowType[]; page: number }>) => string
}

export const CashBook = ({ snapshot, book, query, address }: TableProps) => {
  const { id, base_currency: currency } = snapshot.portfolio
  const { types, view } = query
  const { count, lines, page, pages } = book
  const isOwn = view === 'portfolio'
  return (
    <section class="panel" id="list" aria-labelledby="list-title">
      <header>
        <h2 id="list-title">
          {view === 'portfolio' ? t('Cash book') : t('In {view}', { view })}{' '}
          <span class="count">{count}</span>
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
      {lines.length === 0 ? (
        <p class="aside">{book.types.length === 0 ? t('No cash flows yet.') : t('No matches.')}</p>
      ) : (
        <Table
          columns={columnsOf(id, currency, isOwn)}
          rows={lines}
          class="flows as-lines"
          rowClass={({ row }) => row.type}
        />
      )}
      <Pages page={page} pages={pages} href={(to) => `${address({ page: to })}#list`} />
    </section>
  )
}

function columnsOf(portfolio: string, currency: string, isOwn: boolean): Column<BookLine>[] {
  return [
    { name: t('Date'), write: ({ row }) => html`<time datetime="${row.date}">${day(row.date)}</time>` },
    {
      at: 'text note',
      name: t('Description'),
      write: (line) => described(line, { portfolio, currency, isOwn }),
    },
    {
      at: 'wide',
      name: t('Shares'),
      money: true,
      write: ({ row }) => (row.shares === null ? '' : shares(row.shares)),
      title: ({ row }) => (row.shares === null ? undefined : exact(row.shares)),
    },
    {
      at: 'wide',
      name: t('Price'),
      write: ({ row }) => (row.shares === null ? '' : price(row.price, currency)),
    },
    {
      at: 'amount',
      name: t('Amount'),
      write: ({ row: { amount } }) =>
        html`<span class="gain-${tone(amount)}" data-money>${amount === null ? none : signedMoney(amount, currency)}</span>`,
    },
    {
      at: 'balance',
      name: t('Balance'),
      money: true,
      write: ({ row }) => money(toCent(row.balance), currency),
    },
    {
      at: 'row-actions',
      editors: true,
      name: t('Actions'),
      unseen: true,
      write: ({ row }) =>
        row.transaction !== null && (
          <TransactionLinks
            portfolio={portfolio}
            transaction={row.transaction}
            name={`${t(typeNames[row.type])}, ${day(row.date)}`}
          />
        ),
    },
  ]
}

type Around = { portfolio: string; currency: string; isOwn: boolean }

/** Returns the description with the symbol as a link; a trade's shares have a column of their own. */
function described({ row, covered }: BookLine, { portfolio, currency, isOwn }: Around) {
  const { type, symbol, description } = row
  if (symbol === null) {
    return isOwn && isAssumed(row) ? t('Deposit assumed to cover purchases') : translated(description)
  }
  const assumed =
    covered?.amount &&
    html` <small class="assumed">${parts('+ {amount} assumed deposit', { amount: html`<span data-money>${money(covered.amount, currency)}</span>` })}</small>`
  const link = SymbolLink({ portfolio, symbol })
  const at = description.lastIndexOf(symbol)
  if (at < 0) return html`${translated(description)} ${link}`
  const verb = verbs[type]
  const recorded = description.slice(0, at)
  const before = verb === undefined ? translated(recorded.trimEnd()) : t(verb)
  // a broker's own words may have the symbol in parentheses
  const gap = verb === undefined && !recorded.endsWith(' ') ? '' : ' '
  return html`${before}${gap}${link}${inItsCurrency(description.slice(at + symbol.length))}${assumed}`
}

/** What follows the symbol is what was recorded in another currency: ` (342828 GBP)`. */
function inItsCurrency(rest: string) {
  const [, amount, currency] = /^ \((-?[\d.]+) ([A-Z]{3})\)$/.exec(rest) ?? []
  return amount === undefined ? rest : html` (<span data-money>${money(amount, currency!)}</span>)`
}

const verbs: Partial<Record<CashFlowType, Label>> = { purchase: 'Bought', sale: 'Sold' }

/** Each link shows its type as well, or hides it. */
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
  <nav class="filter" aria-label={t('Types of row')}>
    <a href={`${address({ types: [] })}#list`} aria-current={types.length === 0 ? 'true' : undefined}>
      {t('All')}
    </a>
    {(Object.keys(flowTypes) as CashFlowType[])
      .filter((type) => book.types.includes(type) || types.includes(type))
      .map((type) => {
        const isOn = types.includes(type)
        const other = isOn ? types.filter((each) => each !== type) : [...types, type]
        return (
          <a href={`${address({ types: other })}#list`} aria-current={isOn ? 'true' : undefined}>
            {t(flowTypes[type])} <small data-money>{signedMoney(book.totals[type], currency)}</small>
          </a>
        )
      })}
  </nav>
)

/** An assumed deposit is rounded up to the cent, so that a balance may be less than a cent. */
function toCent(balance: string | null): string | null {
  return balance === null ? null : text(rounded(stored(balance), 2))
}

const typeNames: Record<CashFlowType, Label> = {
  deposit: 'Deposit',
  purchase: 'Purchase',
  sale: 'Sale',
  dividend: 'Dividend',
  capital: 'Capital returned',
  interest: 'Interest',
  currency: 'Exchange rate',
  withdrawal: 'Withdrawal',
  fee: 'Fee',
  tax: 'Tax',
}

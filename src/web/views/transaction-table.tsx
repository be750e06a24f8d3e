import { html } from './html.ts'
import { type Sort, type TransactionQuery } from '../../snapshot/transaction-list.ts'
import type { TransactionRow } from '../../snapshot/transaction-row.ts'
import type { TransactionsRead } from '../../coordinator/listed-reports.ts'
import {
  currencySymbol,
  day,
  exact,
  money,
  percent,
  price,
  shares,
  signedMoney,
  signedPercent,
  worded,
} from '../format.ts'
import { searchOf, listOf } from '../transaction-query.ts'
import { Change, Gain, Lead } from './figure.tsx'
import { trailPath } from './gap-path.ts'
import { RowActions } from './row-actions.tsx'
import { mayEdit } from './shown-to.ts'
import { SymbolLink } from './symbol.tsx'
import { type Column, Table } from './table.tsx'
import { movesCash, typeNames } from './transaction-words.ts'
import { t } from '../words/words.ts'

type Props = {
  read: TransactionsRead
  query: TransactionQuery
  /** The row that was just written, to which the focus returns. */
  written?: string | undefined
}

export const TransactionTable = ({ read, query, written }: Props) => {
  const { portfolio, list } = read
  const { base_currency: base, benchmarks } = portfolio
  // beside a second benchmark an amount in two currencies takes two lines
  const crowded = benchmarks.length > 1 && list.rows.some(({ currency }) => currency !== base)
  // a third one does not fit the widest page, and neither do seven digits
  const always =
    benchmarks.length > 2 ||
    Math.abs(Number(list.totals.value ?? 0)) >= 1e7 ||
    (crowded && list.rows.some(({ amount }) => Math.abs(Number(amount)) >= 1e6))
  return (
    <Table
      columns={columnsOf(read, query, written)}
      rows={list.rows}
      caption={t(list.count === 1 ? 'Transactions, {n} row' : 'Transactions, {n} rows', {
        n: exact(String(list.count)),
      })}
      class={crowded ? 'trades crowded as-lines' : 'trades as-lines'}
      id={({ id }) => `transaction-${id}`}
      rowClass={({ type }) => type}
      foot={['transactions-total']}
      always={always}
    />
  )
}

type TransactionColumn = Column<TransactionRow>

function columnsOf(
  read: TransactionsRead,
  query: TransactionQuery,
  written: string | undefined,
): TransactionColumn[] {
  const { portfolio, list } = read
  const { base_currency: base, benchmarks } = portfolio
  const { totals, count } = list
  const search = searchOf(query)
  const hasBuys = Object.keys(totals.benchmarks).length > 0 || totals.gain_ratio !== null
  /** With `up`, the first click sorts the smallest first. */
  const sorted = (sort: Sort, up = false) => {
    const isSorted = query.sort === sort
    const descending = isSorted ? !query.descending : !up
    return {
      href: `${listOf(read)}${searchOf(query, { sort, descending, page: 1 })}`,
      order: isSorted ? (query.descending ? ('descending' as const) : ('ascending' as const)) : null,
    }
  }
  return [
    {
      at: 'date',
      name: t('Date'),
      sort: sorted('date'),
      write: (row) => html`<time datetime="${row.date}">${day(row.date)}</time>`,
      foot: [
        html`${t('Total')} <span class="count">${t(count === 1 ? '{n} row' : '{n} rows', { n: exact(String(count)) })}</span>`,
      ],
    },
    { at: 'type text', name: t('Type'), sort: sorted('type', true), write: ({ type }) => t(typeNames[type]) },
    {
      at: 'ticker text',
      name: t('Ticker'),
      sort: sorted('ticker', true),
      write: (row) => ticker(row, portfolio.id, `${listOf(read)}/${row.id}/edit${search}`),
    },
    {
      at: 'amount',
      name: t('Amount'),
      hint: t('Cash in (+) or out (−), including fees'),
      sort: sorted('amount'),
      write: (row) => amount(row, base),
      foot: [html`${hidden(signedMoney(totals.cash, base))}${reason(totals.reasons['cash'])}`],
    },
    {
      at: 'shares wide',
      name: t('Shares'),
      money: true,
      sort: sorted('shares'),
      write: (row) => row.ratio ?? (row.shares !== null && shares(row.shares)),
      title: (row) => (row.shares === null ? undefined : exact(row.shares)),
    },
    {
      at: 'price wide spare',
      name: t('Price'),
      sort: sorted('price'),
      write: (row) => pricedAt(row) !== null && price(pricedAt(row), row.currency),
      title: (row) => (pricedAt(row) === null ? undefined : exact(pricedAt(row)!)),
    },
    {
      at: 'value spare',
      name: t('Value now'),
      hint: t('Every share bought, at the latest price, including any sold since'),
      sort: sorted('value'),
      write: ({ type, value, reasons }) =>
        html`${type === 'buy' && hidden(money(value, base), 'value')}${reason(reasons['value'])}`,
      foot: [
        html`${hasBuys && hidden(money(totals.value, base), 'value')}${reason(totals.reasons['value'])}`,
      ],
    },
    {
      at: 'gain wide roomy',
      name: t('Gain'),
      hint: t('Buys: value now − cost. Sales: proceeds − cost of the shares sold (realized)'),
      sort: sorted('gain'),
      write: (row) => gain(row, base),
      foot: [totalGain(totals, base, hasBuys)],
    },
    {
      at: 'gain-ratio',
      name: t('Gain %'),
      hint: t('Gain ÷ cost, without dividends'),
      sort: sorted('gain_ratio'),
      write: ({ type, gain_ratio }) =>
        isTrade(type) && Change({ ratio: gain_ratio, live: 'gain-ratio', arrow: true }),
      foot: [hasBuys && Change({ ratio: totals.gain_ratio, arrow: true })],
    },
    ...benchmarks.map((symbol, i): TransactionColumn => ({
      at: i === 0 ? 'versus wide' : 'versus wide roomy',
      name: t('vs {symbol}, pp', { symbol }),
      hint: t(
        'Lead of the total return over {symbol} since the day of the buy, or until the sale, in percentage points',
        { symbol },
      ),
      sort: sorted(`vs-${symbol}`),
      write: ({ type, vs }) => isTrade(type) && Lead({ of: vs[symbol] ?? null, live: `versus-${symbol}` }),
      title: ({ total_return, benchmarks: theirs, reasons }) =>
        told(reasons[`benchmarks.${symbol}`] ?? reasons['total_return']) ??
        (theirs[symbol] == null
          ? undefined
          : t('total return {percent}, {symbol} {theirs}', {
              percent: signedPercent(total_return),
              symbol,
              theirs: signedPercent(theirs[symbol]),
            })),
      foot: [hasBuys && Lead({ of: totals.vs[symbol] ?? null, live: `versus-${symbol}` })],
    })),
    // of one benchmark: more columns do not fit the widest page
    ...benchmarks.slice(0, 1).map((symbol): TransactionColumn => ({
      at: 'versus wide roomy',
      name: t('vs {symbol}, {currency}', { symbol, currency: currencySymbol(base) }),
      hint: t(
        'Buys: what the purchase has added to the gap to {symbol}, shares sold since and dividends included. Sales: what selling has won or lost until now, against the shares kept; that is no part of the gap',
        { symbol },
      ),
      sort: sorted(`vs-${symbol}-money`),
      write: ({ id, type, symbol: of, vs_money }) => {
        if (!isTrade(type)) return ''
        const figure = Gain({ amount: vs_money[symbol] ?? null, currency: base, live: `money-${symbol}` })
        const trade = type === 'buy' ? { lot: id } : { sale: id }
        return html`<a href="${trailPath(portfolio.id, symbol, of!, trade)}">${figure}</a>`
      },
      foot: [
        hasBuys && Gain({ amount: totals.vs_money[symbol] ?? null, currency: base, live: `money-${symbol}` }),
      ],
    })),
    {
      at: 'row-actions',
      editors: true,
      name: t('Edit'),
      unseen: true,
      write: (row) => actions(row, listOf(read), search, row.id === written),
    },
  ]
}

function pricedAt({ type, price: paid, amount: stated }: TransactionRow): string | null {
  return type === 'price' ? stated : paid
}

function isTrade(type: TransactionRow['type']): boolean {
  return type === 'buy' || type === 'sell'
}

function ticker(row: TransactionRow, portfolio: string, edit: string) {
  const { symbol, note, held, held_ratio, units_unclear, new_symbol } = row
  const into = new_symbol !== undefined && html` → ${SymbolLink({ portfolio, symbol: new_symbol })}`
  const link = symbol !== null && html`${SymbolLink({ portfolio, symbol })}${into}`
  const left =
    held_ratio !== null &&
    held_ratio < 1 &&
    html` <small class="held" title="${t('{shares} shares left, in today’s share units', { shares: exact(held!) })}">${held_ratio === 0 ? t('sold') : t('{percent} left', { percent: percent(held_ratio) })}</small>`
  const question = t('as traded or split-adjusted?')
  const unclear =
    units_unclear &&
    (mayEdit()
      ? html` <a class="reason" href="${edit}">${question}</a>`
      : html` <span class="reason">${question}</span>`)
  // in a group it can be changed there
  const whose =
    row.portfolio !== undefined &&
    html` <small><a href="/portfolios/${row.portfolio}/transactions${symbol === null ? '' : `?ticker=${encodeURIComponent(symbol)}`}">${row.portfolio_name}</a></small>`
  return html`${link}${whose}${note && html` <small class="note" title="${note}">${note}</small>`}${left}${unclear}`
}

function amount({ type, currency, amount: recorded, cash, fee, reasons }: TransactionRow, base: string) {
  if (!movesCash({ type, amount: recorded })) return reason(reasons['cash'])
  const original =
    currency !== base &&
    html`<small data-money title="${t('As recorded')}">${money(recorded, currency)}</small> `
  const withFee = fee !== '0' && html` title="${t('Fee {amount}', { amount: money(fee, currency) })}"`
  return html`${original}<span data-money${withFee}>${signedMoney(cash, base)}</span>${reason(reasons['cash'])}`
}

function gain({ type, gain: own, reasons }: TransactionRow, base: string) {
  if (!isTrade(type)) return ''
  const figure = Gain({ amount: own, currency: base, live: 'gain' })
  return type === 'sell' ? html`<small>${t('realized')}</small> ${figure}${reason(reasons['gain'])}` : figure
}

function totalGain(totals: TransactionsRead['list']['totals'], base: string, hasBuys: boolean) {
  const open = hasBuys && Gain({ amount: totals.gain, currency: base, live: 'gain' })
  const realized =
    totals.realized_gain !== '0' &&
    html`<span class="line"><small>${t('realized')}</small> ${Gain({ amount: totals.realized_gain, currency: base })}</span>`
  return html`${open}${realized}`
}

function hidden(words: string, live?: string) {
  return html`<span data-money${live && html` data-live="${live}"`}>${words}</span>`
}

function reason(of: string | undefined) {
  return of ? html`<span class="reason">${worded(of)}</span>` : ''
}

function told(reason: string | undefined): string | undefined {
  return reason === undefined ? undefined : worded(reason)
}

function actions({ id, type, symbol, date }: TransactionRow, list: string, search: string, written: boolean) {
  const edit = `${list}/${id}/edit${search}`
  const remove = `${list}/${id}/delete${search}`
  return RowActions({
    edit,
    remove,
    name: `${t(typeNames[type])}${symbol === null ? '' : ` ${symbol}`}, ${day(date)}`,
    post: true,
    autofocus: written,
    inPlace: {
      edit: html` hx-get="${edit}" hx-target="#transaction-${id}" hx-swap="outerHTML"`,
      remove: html` hx-post="${remove}"${intoList}`,
    },
  })
}

/** A refusal is answered with the list too. */
export const listOnRefusal: Record<`hx-${string}`, string> = {
  'hx-status:404': 'swap:outerMorph',
  'hx-status:422': 'swap:outerMorph',
}

const listInPlace = { 'hx-target': '#transactions', 'hx-swap': 'outerMorph', ...listOnRefusal }
const intoList = html`${Object.entries(listInPlace).map(([name, value]) => html` ${name}="${value}"`)}`

export function columnCount(benchmarks: readonly string[]): number {
  return 10 + benchmarks.length + Math.min(benchmarks.length, 1)
}

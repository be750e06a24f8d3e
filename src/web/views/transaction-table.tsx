import { lead, type Sort, type TransactionQuery } from '../../snapshot/transaction-list.ts'
import type { TransactionRow } from '../../snapshot/transaction-row.ts'
import type { TransactionsRead } from '../../coordinator/portfolio-coordinator.ts'
import {
  day,
  exact,
  money,
  percent,
  points,
  pointsTone,
  price,
  shares,
  signedMoney,
  signedPercent,
} from '../format.ts'
import { searchOf, listOf } from '../transaction-query.ts'
import { Arrow, Change, Gain } from './figure.tsx'
import { typeNames } from './transaction-words.ts'

type Props = {
  read: TransactionsRead
  asked: TransactionQuery
  /** The row that was just written, to which the keyboard returns. */
  written?: string | undefined
}

export const TransactionTable = ({ read, asked, written }: Props) => {
  const { portfolio, list } = read
  const { benchmarks } = portfolio
  const rows = list.rows
  // a third benchmark does not fit the widest page, nor do seven digits
  const wide = benchmarks.length > 2 || Math.abs(Number(list.totals.value ?? 0)) >= 1e7
  const column = { list: listOf(read), asked }
  return (
    <div class={wide ? 'scroll always' : 'scroll'}>
      <table class="grid trades">
        <caption>Transactions, {counted(list.count, 'row')}</caption>
        <thead>
          <tr>
            <Column {...column} sort="date" name="Date" />
            <Column {...column} sort="type" name="Type" up text />
            <Column {...column} sort="ticker" name="Ticker" up text />
            <Column {...column} sort="shares" name="Shares" wide />
            <Column {...column} sort="price" name="Price" wide />
            <Column
              {...column}
              sort="amount"
              name="Amount"
              hint="Into the cash +, out of it −, fees included"
            />
            <Column
              {...column}
              sort="value"
              name="Value now"
              hint="All shares of the buy at the latest price, whatever was sold since"
            />
            <Column
              {...column}
              sort="gain"
              name="Gain"
              hint="Of a buy: value now − cost. Of a sale: realized, proceeds − cost of the shares sold"
              wide
            />
            <Column {...column} sort="gain_ratio" name="Gain %" hint="Gain ÷ cost" />
            {benchmarks.map((symbol) => (
              <Column
                {...column}
                sort={`vs-${symbol}`}
                name={`vs ${symbol}, pp`}
                hint={versus(symbol)}
                wide
              />
            ))}
            <th scope="col" class="tools">
              <span class="unseen">Edit</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row row={row} portfolio={portfolio} asked={asked} written={row.id === written} />
          ))}
        </tbody>
        <Totals read={read} />
      </table>
    </div>
  )
}

function versus(symbol: string): string {
  return `What ${symbol} has returned since the day of the buy, dividends reinvested; then how many percentage points the buy is ahead`
}

type ColumnProps = {
  list: string
  asked: TransactionQuery
  sort: Sort
  name: string
  hint?: string
  /** Begins with the smallest. */
  up?: boolean
  text?: boolean
  wide?: boolean
}

const Column = ({ list, asked, sort, name, hint, up = false, text, wide }: ColumnProps) => {
  const isSorted = asked.sort === sort
  const descending = isSorted ? !asked.descending : !up
  return (
    <th
      scope="col"
      class={classes(wide && 'wide', text && 'text', sort === 'date' && 'date')}
      aria-sort={isSorted ? (asked.descending ? 'descending' : 'ascending') : undefined}
      title={hint}
    >
      <a href={`${list}${searchOf(asked, { sort, descending, page: 1 })}`}>{name}</a>
    </th>
  )
}

type RowProps = {
  row: TransactionRow
  portfolio: TransactionsRead['portfolio']
  asked: TransactionQuery
  written: boolean
}

const Row = ({ row, portfolio, asked, written }: RowProps) => {
  const base = portfolio.base_currency
  const { id, type, symbol, currency, reasons } = row
  const isForeign = currency !== base
  return (
    <tr id={`transaction-${id}`} class={type}>
      <th scope="row" class="date">
        <time datetime={row.date}>{day(row.date)}</time>
      </th>
      <td class="type text">{typeNames[type]}</td>
      <td class="ticker text">
        {symbol !== null && (
          <a class="symbol" href={`/portfolios/${portfolio.id}/instruments/${encodeURIComponent(symbol)}`}>
            {symbol}
          </a>
        )}{' '}
        {row.note && (
          <small class="note" title={row.note}>
            {row.note}
          </small>
        )}
        {row.held_ratio !== null && row.held_ratio < 1 && (
          <small class="held" title={`${exact(row.held!)} of it still held, in today’s share units`}>
            {row.held_ratio === 0 ? 'sold' : `${percent(row.held_ratio)} held`}
          </small>
        )}
      </td>
      <td class="shares wide">
        {row.ratio ?? (
          <span title={row.shares === null ? undefined : exact(row.shares)}>
            {row.shares !== null && shares(row.shares)}
          </span>
        )}
      </td>
      <td class="price wide">
        {row.price !== null && <span title={exact(row.price)}>{price(row.price, currency)}</span>}
      </td>
      <td class="amount">
        {isForeign && type !== 'split' && (
          <small data-money title="As recorded">
            {money(row.amount, currency)}
          </small>
        )}{' '}
        {type !== 'split' && (
          <span data-money title={row.fee === '0' ? undefined : `Fee ${money(row.fee, currency)}`}>
            {signedMoney(row.cash, base)}
          </span>
        )}
        <Reason of={reasons['cash']} />
      </td>
      <td class="value">
        {type === 'buy' && (
          <span data-money data-live="value">
            {money(row.value, base)}
          </span>
        )}
        <Reason of={reasons['value']} />
      </td>
      <td class="gain wide">
        {type === 'sell' && <small>realized</small>}
        {(type === 'buy' || type === 'sell') && <Gain amount={row.gain} currency={base} live="gain" />}
        {type === 'sell' && <Reason of={reasons['gain']} />}
      </td>
      <td class="gain-ratio">
        {(type === 'buy' || type === 'sell') && <Change ratio={row.gain_ratio} live="gain-ratio" arrow />}
      </td>
      {portfolio.benchmarks.map((benchmark) => (
        <td class="versus wide" title={reasons[`benchmarks.${benchmark}`]}>
          {type === 'buy' && <Versus row={row} benchmark={benchmark} />}
        </td>
      ))}
      <Tools row={row} portfolio={portfolio} asked={asked} written={written} />
    </tr>
  )
}

const Reason = ({ of }: { of: string | undefined }) => (of ? <span class="reason">{of}</span> : null)

const Versus = ({
  row,
  benchmark,
}: {
  row: Pick<TransactionRow, 'gain_ratio' | 'benchmarks'>
  benchmark: string
}) => {
  const other = row.benchmarks[benchmark] ?? null
  const ahead = lead(row, benchmark)
  return (
    <>
      {other !== null && <small>{signedPercent(other)}</small>}{' '}
      <span class={`gain-${pointsTone(ahead)}`} data-live={`versus-${benchmark}`}>
        <Arrow of={pointsTone(ahead)} />
        {points(ahead)}
      </span>
    </>
  )
}

/** What is refused comes back with the list too. */
export const listOnRefusal: Record<`hx-${string}`, string> = {
  'hx-status:404': 'swap:outerMorph',
  'hx-status:422': 'swap:outerMorph',
}

const Tools = ({ row, portfolio, asked, written }: RowProps) => {
  const list = listOf({ portfolio })
  const edit = `${list}/${row.id}/edit${searchOf(asked)}`
  const remove = `${list}/${row.id}/delete${searchOf(asked)}`
  const name = `${typeNames[row.type]}${row.symbol === null ? '' : ` ${row.symbol}`}, ${day(row.date)}`
  return (
    <td class="tools">
      <a
        class="tool edit"
        href={edit}
        hx-get={edit}
        hx-target={`#transaction-${row.id}`}
        hx-swap="outerHTML"
        aria-label={`Edit ${name}`}
        title="Edit"
        autofocus={written}
      >
        <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
          <path d="m3 13 .6-2.8 7-7 2.2 2.2-7 7Z" />
        </svg>
      </a>
      <form
        method="post"
        action={remove}
        hx-post={remove}
        hx-target="#transactions"
        hx-swap="outerMorph"
        {...listOnRefusal}
      >
        <button class="tool" aria-label={`Delete ${name}`} title="Delete">
          <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
            <path d="m4 4 8 8m0-8-8 8" />
          </svg>
        </button>
      </form>
    </td>
  )
}

const Totals = ({ read: { list, portfolio } }: { read: TransactionsRead }) => {
  const { totals, count } = list
  const base = portfolio.base_currency
  const hasBuys = Object.keys(totals.benchmarks).length > 0 || totals.gain_ratio !== null
  return (
    <tfoot>
      <tr id="transactions-total">
        <th scope="row" class="date">
          Total <span class="count">{counted(count, 'row')}</span>
        </th>
        <td class="type"></td>
        <td class="ticker"></td>
        <td class="shares wide"></td>
        <td class="price wide"></td>
        <td class="amount">
          <span data-money>{signedMoney(totals.cash, base)}</span>
          <Reason of={totals.reasons['cash']} />
        </td>
        <td class="value">
          {hasBuys && (
            <span data-money data-live="value">
              {money(totals.value, base)}
            </span>
          )}
          <Reason of={totals.reasons['value']} />
        </td>
        <td class="gain wide" title={totals.reasons['gain']}>
          {hasBuys && <Gain amount={totals.gain} currency={base} live="gain" />}
          {totals.realized_gain !== '0' && (
            <span class="line">
              <small>realized</small>
              <Gain amount={totals.realized_gain} currency={base} />
            </span>
          )}
        </td>
        <td class="gain-ratio">{hasBuys && <Change ratio={totals.gain_ratio} arrow />}</td>
        {portfolio.benchmarks.map((symbol) => (
          <td class="versus wide" title={totals.reasons[`benchmarks.${symbol}`]}>
            {hasBuys && <Versus row={totals} benchmark={symbol} />}
          </td>
        ))}
        <td class="tools"></td>
      </tr>
    </tfoot>
  )
}

export function columnCount(benchmarks: readonly string[]): number {
  return 10 + benchmarks.length
}

function counted(count: number, noun: string): string {
  return `${exact(String(count))} ${noun}${count === 1 ? '' : 's'}`
}

function classes(...names: (string | false | undefined)[]): string | undefined {
  return names.filter(Boolean).join(' ') || undefined
}

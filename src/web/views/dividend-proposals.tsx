import { html } from './html.ts'
import type { PropsWithChildren } from 'hono/jsx'
import type { Accepted } from '../../coordinator/accepted-dividends.ts'
import type { ProposedDividend } from '../../snapshot/dividend-book.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { day, exact, money, perShare, shares, signedMoney } from '../format.ts'
import { CountThem } from './count-them.tsx'
import { SymbolLink } from './symbol.tsx'
import { type Column, Table } from './table.tsx'
import { mayEdit } from './shown-to.ts'
import { parts, t } from '../words/words.ts'

/** One line; each is counted or recorded at most once: what the ledger has is not proposed. */
export const Proposals = ({ snapshot, proposals }: { snapshot: Snapshot; proposals: ProposedDividend[] }) => {
  const { id, base_currency: currency } = snapshot.portfolio
  const { amount } = snapshot.unrecorded_dividends
  return (
    <section class="panel proposals" aria-labelledby="proposals-title">
      <header>
        <h2 id="proposals-title">
          {t('Not recorded yet')} <span class="count">{proposals.length}</span>
        </h2>
        <p class="aside">
          {amount === null
            ? t('reported for shares held, and not counted.')
            : parts('{amount} before tax, reported for shares held, and not counted.', {
                amount: <span data-money>{money(amount, currency)}</span>,
              })}
        </p>
        {mayEdit() && <CountThem portfolio={id} />}
      </header>
      <details id="more-proposals">
        <summary>
          {proposals.length === 1
            ? t(mayEdit() ? 'Show it, or record it' : 'Show it')
            : t(mayEdit() ? 'Show all {n}, or record them' : 'Show all {n}', { n: proposals.length })}
        </summary>
        {proposals.length > 1 && mayEdit() && (
          <Accept portfolio={id} accept="all">
            {t('Record all {n}', { n: proposals.length })}
            {amount !== null && (
              <>
                {' · '}
                <span data-money>{signedMoney(amount, currency)}</span>
              </>
            )}
          </Accept>
        )}
        <Proposed portfolio={id} proposals={proposals} />
      </details>
    </section>
  )
}

/** Says how many dividends were just recorded, and takes them back. */
export const JustRecorded = ({ portfolio, count, at }: Accepted & { portfolio: string }) => (
  <div class="done" role="status">
    <p>{count === 1 ? t('1 dividend recorded.') : t('{n} dividends recorded.', { n: count })}</p>
    <form method="post" action={`/portfolios/${portfolio}/dividends/undo`}>
      <button class="button" id="undo" name="recorded" value={String(at)}>
        {t('Undo')}
      </button>
    </form>
  </div>
)

/** Those that never came, each with the way back. */
export const Dismissed = ({ portfolio, dismissed }: { portfolio: string; dismissed: ProposedDividend[] }) => (
  <section class="panel proposals">
    <details id="dismissed-dividends">
      <summary>
        {dismissed.length === 1
          ? t('1 dividend marked as not received')
          : t('{n} dividends marked as not received', { n: dismissed.length })}
      </summary>
      <ul>
        {dismissed.map(({ symbol, ex_date, amount, currency }) => (
          <li>
            {symbol}, {day(ex_date)}: <span data-money>{money(amount, currency)}</span>{' '}
            {mayEdit() && <Dismiss portfolio={portfolio} symbol={symbol} date={ex_date} undo />}
          </li>
        ))}
      </ul>
    </details>
  </section>
)

type DismissProps = { portfolio: string; symbol: string; date: string; undo?: boolean }

export const Dismiss = ({ portfolio, symbol, date, undo }: DismissProps) => (
  <form method="post" action={`/portfolios/${portfolio}/dividends/${undo ? 'restored' : 'dismissed'}`}>
    <button
      class="button small"
      name="dividend"
      value={`${symbol}@${date}`}
      aria-label={t(
        undo
          ? 'Undo, I received the {symbol} dividend of {day}'
          : 'Not received: the {symbol} dividend of {day}',
        { symbol, day: day(date) },
      )}
    >
      {undo ? t('Undo') : t('Not received')}
    </button>
  </form>
)

const Proposed = ({ portfolio, proposals }: { portfolio: string; proposals: ProposedDividend[] }) => {
  const columns: Column<ProposedDividend>[] = [
    { at: 'name', name: t('Ticker'), write: (row) => named(portfolio, row) },
    { at: 'text', name: t('Ex-date'), write: ({ ex_date }) => day(ex_date) },
    {
      at: 'wide',
      name: t('Shares held'),
      money: true,
      write: (row) => shares(row.shares),
      title: (row) => exact(row.shares),
    },
    { name: t('Per share'), write: ({ per_share, currency }) => perShare(per_share, currency) },
    { name: t('Amount'), money: true, write: ({ amount, currency }) => money(amount, currency) },
    {
      name: t('Action'),
      unseen: true,
      editors: true,
      write: ({ symbol, ex_date }) => (
        <Accept
          portfolio={portfolio}
          accept={`${symbol}@${ex_date}`}
          name={t('Record the {symbol} dividend of {day}', { symbol, day: day(ex_date) })}
        >
          {t('Record')}
        </Accept>
      ),
    },
  ]
  return (
    <Table columns={columns} rows={proposals} id={({ symbol, ex_date }) => `proposal-${symbol}-${ex_date}`} />
  )
}

type AcceptProps = PropsWithChildren<{ portfolio: string; accept: string; name?: string }>

const Accept = ({ portfolio, accept, name, children }: AcceptProps) => (
  <form method="post" action={`/portfolios/${portfolio}/dividends/proposals`}>
    <button class="button small" name="accept" value={accept} aria-label={name}>
      {children}
    </button>
  </form>
)

export function named(portfolio: string, { symbol, name }: { symbol: string; name: string }) {
  const other = name === symbol ? '' : name
  return html`${SymbolLink({ portfolio, symbol })} <span class="instrument">${other}</span>`
}

import type { Child } from 'hono/jsx'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { decimal, type LoggedTransaction } from '../../storage/audit.ts'
import { lotsText, termsIn } from '../../portfolio/terms.ts'
import { day, exact, money, none, price, shares } from '../format.ts'
import type { Field } from './differences.tsx'
import type { TransactionType } from '../../portfolio/kind.ts'
import { parts, t, translated, type Words } from '../words/words.ts'

export type LogWords = {
  /** Who did it, at the beginning of a sentence. */
  actor: (entry: { actor: string; name: string | null }) => string
  /** The address of the page of an import. */
  importPage: (id: string) => string
  transaction: (row: LoggedTransaction) => Child
  fields: (before: LoggedTransaction, after: LoggedTransaction) => Field<LoggedTransaction>[]
}

/** `you` is the account of whoever reads it. A row names its currency only when it differs from the instrument's. */
export function wordsOf({ portfolio, holdings, closed }: Snapshot, you: string): LogWords {
  const known = new Map([...holdings, ...closed].map(({ symbol, currency }) => [symbol, currency]))
  const currencyOf = ({ currency, listingCurrency, symbol }: LoggedTransaction) =>
    currency ?? listingCurrency ?? known.get(symbol ?? '') ?? portfolio.base_currency
  const cash = (amount: string, row: LoggedTransaction) => (
    <span data-money>{money(amount, currencyOf(row))}</span>
  )
  const ratioOf = ({ ratio }: LoggedTransaction) => ratio && `${ratio.numerator}:${ratio.denominator}`
  return {
    actor: ({ actor, name }) =>
      actor === 'system' ? t('Yardstick') : actor === you ? t('You') : name || t('Somebody'),
    importPage: (id) => `/portfolios/${portfolio.id}/imports/${id}`,
    transaction(row) {
      const { type, symbol, date } = row
      const named = symbol !== null && <span class="symbol">{symbol}</span>
      const on = day(date)
      const into = row.terms?.newSymbol
      const ratio = ratioOf(row) ?? none
      const said = translated(type.replaceAll('_', ' '))
      if (type === 'spin_off' && into)
        return parts('spin-off of {shares} {into} from {symbol} on {day}', {
          shares: shares(row.shares),
          into: <span class="symbol">{into}</span>,
          symbol: named,
          day: on,
        })
      if (type === 'exchange' && into)
        return parts('exchange of {symbol} for {into} {ratio} on {day}', {
          symbol: named,
          into: <span class="symbol">{into}</span>,
          ratio,
          day: on,
        })
      if (row.shares !== null) {
        const did = type in verbs ? verbs[type as keyof typeof verbs] : undefined
        const count = shares(row.shares)
        const trade = {
          did: did === undefined ? `${type} ${count}` : t(did, { shares: count }),
          symbol: named,
          day: on,
        }
        if (row.price === null) return parts('{did} {symbol} on {day}', trade)
        return parts('{did} {symbol} at {price} on {day}', {
          ...trade,
          price: price(row.price, currencyOf(row)),
        })
      }
      if (row.ratio)
        return parts('{type} of {symbol} {ratio} on {day}', {
          type: translated(type),
          symbol: named,
          ratio,
          day: on,
        })
      const amount = cash(row.amount, row)
      if (type === 'price')
        return parts('own price of {symbol} {amount} on {day}', { symbol: named, amount, day: on })
      return named
        ? parts('{type} of {amount} from {symbol} on {day}', { type: said, amount, symbol: named, day: on })
        : parts('{type} of {amount} on {day}', { type: said, amount, day: on })
    },
    fields: (before, after) => [
      { label: t('Type'), value: ({ type }) => type, write: ({ type }) => translated(type) },
      { label: t('Ticker'), value: ({ symbol }) => symbol },
      { label: t('Date'), value: ({ date }) => date, write: ({ date }) => day(date) },
      { label: t('Shares'), value: (row) => row.shares, write: (row) => exact(row.shares!) },
      { label: t('Price'), value: (row) => row.price, write: (row) => price(row.price, currencyOf(row)) },
      { label: t('Fee'), value: ({ fee }) => fee, write: (row) => cash(row.fee, row) },
      // the amount of a trade follows from its shares and price
      ...(before.shares !== null && after.shares !== null
        ? []
        : [
            {
              label: t('Amount'),
              value: ({ amount }: LoggedTransaction) => amount,
              write: (row: LoggedTransaction) => cash(row.amount, row),
            },
          ]),
      { label: t('Currency'), value: ({ currency }) => currency },
      {
        label: t('Share units'),
        value: ({ units }) => units ?? null,
        write: ({ units }) => translated(units!.replace('_', ' ')),
      },
      { label: t('New ticker'), value: ({ terms }) => terms?.newSymbol ?? null },
      { label: t('Part of the cost'), value: ({ terms }) => decimal(terms?.costShare) },
      { label: t('Lots'), value: ({ terms }) => (terms?.lots ? lotsText(termsIn(terms).lots!) : null) },
      { label: t('Acquired'), value: ({ terms }) => terms?.acquired ?? null },
      {
        label: t('Cost'),
        value: ({ terms }) => decimal(terms?.cost) ?? null,
        write: (row) => cash(decimal(row.terms?.cost)!, row),
      },
      { label: t('Ratio'), value: ratioOf },
      { label: t('Note'), value: ({ note }) => note },
      {
        label: t('Review on'),
        value: ({ review }) => review ?? null,
        write: ({ review }) => day(review!),
      },
    ],
  }
}

const verbs = {
  buy: 'bought {shares}',
  sell: 'sold {shares}',
  reinvested: 'reinvested a dividend in {shares}',
  stock_dividend: 'stock dividend of {shares}',
  transfer_in: 'transferred in {shares}',
  transfer_out: 'transferred out {shares}',
} as const satisfies Partial<Record<TransactionType, Words>>

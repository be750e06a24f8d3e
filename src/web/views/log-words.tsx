import type { Child } from 'hono/jsx'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { decimal, type LoggedTransaction } from '../../storage/audit.ts'
import { lotsText, termsIn } from '../../portfolio/terms.ts'
import { day, exact, money, none, price, shares } from '../format.ts'
import type { Field } from './differences.tsx'

export type Words = {
  /** Who did it, at the beginning of a sentence. */
  actor: (entry: { actor: string; name: string | null }) => string
  /** The address of the page of an import. */
  importPage: (id: string) => string
  transaction: (row: LoggedTransaction) => Child
  fields: (before: LoggedTransaction, after: LoggedTransaction) => Field<LoggedTransaction>[]
}

/** `you` is the account of whoever reads it. A row names its currency only when it differs from the instrument's. */
export function wordsOf({ portfolio, holdings, closed }: Snapshot, you: string): Words {
  const known = new Map([...holdings, ...closed].map(({ symbol, currency }) => [symbol, currency]))
  const currencyOf = ({ currency, listingCurrency, symbol }: LoggedTransaction) =>
    currency ?? listingCurrency ?? known.get(symbol ?? '') ?? portfolio.base_currency
  const cash = (amount: string, row: LoggedTransaction) => (
    <span data-money>{money(amount, currencyOf(row))}</span>
  )
  const ratioOf = ({ ratio }: LoggedTransaction) => ratio && `${ratio.numerator}:${ratio.denominator}`
  return {
    actor: ({ actor, name }) =>
      actor === 'system' ? 'Yardstick' : actor === you ? 'You' : name || 'Somebody',
    importPage: (id) => `/portfolios/${portfolio.id}/imports/${id}`,
    transaction(row) {
      const { type, symbol, date } = row
      const named = symbol !== null && <span class="symbol">{symbol}</span>
      const on = ` on ${day(date)}`
      const into = row.terms?.newSymbol
      if (type === 'spin_off' && into)
        return [`spin-off of ${shares(row.shares)} `, <span class="symbol">{into}</span>, ' from ', named, on]
      if (type === 'exchange' && into)
        return [
          'exchange of ',
          named,
          ' for ',
          <span class="symbol">{into}</span>,
          ` ${ratioOf(row) ?? none}${on}`,
        ]
      if (row.shares !== null) {
        const each = row.price === null ? '' : ` at ${price(row.price, currencyOf(row))}`
        return [`${verbs[type] ?? type} ${shares(row.shares)} `, named, `${each}${on}`]
      }
      if (row.ratio) return [`${type} of `, named, ` ${ratioOf(row) ?? none}${on}`]
      if (type === 'price') return ['own price of ', named, ' ', cash(row.amount, row), on]
      return [`${type.replaceAll('_', ' ')} of `, cash(row.amount, row), named && ' from ', named, on]
    },
    fields: (before, after) => [
      { label: 'Type', value: ({ type }) => type },
      { label: 'Ticker', value: ({ symbol }) => symbol },
      { label: 'Date', value: ({ date }) => date, write: ({ date }) => day(date) },
      { label: 'Shares', value: (row) => row.shares, write: (row) => exact(row.shares!) },
      { label: 'Price', value: (row) => row.price, write: (row) => price(row.price, currencyOf(row)) },
      { label: 'Fee', value: ({ fee }) => fee, write: (row) => cash(row.fee, row) },
      // the amount of a trade follows from its shares and price
      ...(before.shares !== null && after.shares !== null
        ? []
        : [
            {
              label: 'Amount',
              value: ({ amount }: LoggedTransaction) => amount,
              write: (row: LoggedTransaction) => cash(row.amount, row),
            },
          ]),
      { label: 'Currency', value: ({ currency }) => currency },
      { label: 'Share units', value: ({ units }) => units?.replace('_', ' ') ?? null },
      { label: 'New ticker', value: ({ terms }) => terms?.newSymbol ?? null },
      { label: 'Part of the cost', value: ({ terms }) => decimal(terms?.costShare) },
      { label: 'Lots', value: ({ terms }) => (terms?.lots ? lotsText(termsIn(terms).lots!) : null) },
      { label: 'Acquired', value: ({ terms }) => terms?.acquired ?? null },
      {
        label: 'Cost',
        value: ({ terms }) => decimal(terms?.cost) ?? null,
        write: (row) => cash(decimal(row.terms?.cost)!, row),
      },
      { label: 'Ratio', value: ratioOf },
      { label: 'Note', value: ({ note }) => note },
      {
        label: 'Review on',
        value: ({ review }) => review ?? null,
        write: ({ review }) => day(review!),
      },
    ],
  }
}

const verbs: Partial<Record<LoggedTransaction['type'], string>> = {
  buy: 'bought',
  sell: 'sold',
  reinvested: 'reinvested a dividend in',
  stock_dividend: 'stock dividend of',
  transfer_in: 'transferred in',
  transfer_out: 'transferred out',
}

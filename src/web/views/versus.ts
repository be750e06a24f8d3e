import { html } from './html.ts'
import type { LotRow } from '../../snapshot/lot-row.ts'
import { currencySymbol, signedPercent } from '../format.ts'
import { Gain, Lead } from './figure.tsx'
import type { Column } from './table.tsx'
import { t } from '../words/words.ts'

export function versus(symbol: string, hint: string): Column<Compared> {
  return {
    name: t('vs {symbol}, pp', { symbol }),
    hint,
    write: ({ vs }) => Lead({ of: vs[symbol] ?? null }),
    title: (row) => bothReturns(row, symbol),
  }
}

export function bothReturns({ total_return, benchmarks }: Compared, symbol: string): string | undefined {
  const theirs = benchmarks[symbol] ?? null
  if (theirs === null) return undefined
  return t('total return {percent}, {symbol} {theirs}', {
    percent: signedPercent(total_return),
    symbol,
    theirs: signedPercent(theirs),
  })
}

type Compared = Pick<LotRow, 'total_return' | 'benchmarks' | 'vs'>

/** The same in money; the figure leads to its flows where there is a path to them. */
export function versusMoney<Row extends { vs_money: Record<string, string | null> }>(
  symbol: string,
  currency: string,
  hint: string,
  path?: (row: Row) => string,
  amount: (row: Row) => string | null = ({ vs_money }) => vs_money[symbol] ?? null,
): Column<Row> {
  return {
    name: t('vs {symbol}, {currency}', { symbol, currency: currencySymbol(currency) }),
    hint,
    write: (row) => {
      const figure = Gain({ amount: amount(row), currency })
      return path && amount(row) !== null ? html`<a href="${path(row)}">${figure}</a>` : figure
    },
  }
}

import type { LotRow } from '../../snapshot/lot-row.ts'
import { signedPercent } from '../format.ts'
import { Lead } from './figure.tsx'
import type { Column } from './table.tsx'

export function versus(symbol: string, when: string): Column<Compared> {
  return {
    name: `vs ${symbol}, pp`,
    hint: `Lead of the total return over the same money in ${symbol} ${when}, in percentage points`,
    write: ({ vs }) => Lead({ of: vs[symbol] ?? null }),
    title: (row) => bothReturns(row, symbol),
  }
}

export function bothReturns({ total_return, benchmarks }: Compared, symbol: string): string | undefined {
  const theirs = benchmarks[symbol] ?? null
  if (theirs === null) return undefined
  return `total return ${signedPercent(total_return)}, ${symbol} ${signedPercent(theirs)}`
}

type Compared = Pick<LotRow, 'total_return' | 'benchmarks' | 'vs'>

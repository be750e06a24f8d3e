import type { TransactionType } from '../../portfolio/kind.ts'
import { day } from '../format.ts'
import { translated } from '../words/words.ts'

/** `buy TSLA, Mar 1, 2024` */
export function transactionName({
  type,
  symbol,
  date,
}: {
  type: TransactionType
  symbol: string | null
  date: string
}): string {
  const kind = translated(type).replaceAll('_', ' ')
  return `${[kind, symbol].filter((part) => part !== null).join(' ')}, ${day(date)}`
}

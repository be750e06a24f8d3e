import { type Decimal, ONE, text, times } from '../../src/portfolio/decimal.ts'
import type { TransactionDraft } from '../../src/portfolio/entry.ts'
import { textOfFile } from '../../src/statements/file-text.ts'
import { isOpen } from '../../src/statements/question.ts'
import { readStatement, type Statement } from '../../src/statements/read-statement.ts'
import { type Meant, type RandomFile, randomFile } from './random-file.ts'

export type ReadBack = { outcome: 'equal' | 'asked' | 'rejected' | 'refused'; wrong: string[] }

/**
 * Reads a random file: it says what was meant, or asks, or refuses in words; whatever is read differently is wrong. What was
 * asked is answered, and then it has to be right as well.
 */
export async function readBack(seed: number): Promise<ReadBack> {
  const file = randomFile(seed)
  const content = await textOfFile(file.bytes)
  if (content !== file.text)
    return { outcome: 'refused', wrong: [`the text is ${JSON.stringify(content).slice(0, 200)}`] }
  const today = '2026-11-20'
  const first = readStatement(content, today)
  if ('problem' in first) return { outcome: 'refused', wrong: [] }
  const wrong = differences(file, first)
  if (!first.questions.some(isOpen))
    return { outcome: first.rejectedCount + first.skipped.length > 0 ? 'rejected' : 'equal', wrong }
  const answered = readStatement(content, today, { answers: file.answers })
  if ('problem' in answered) return { outcome: 'asked', wrong: [...wrong, `answered: ${answered.problem}`] }
  return { outcome: 'asked', wrong: [...wrong, ...differences(file, answered)] }
}

function differences({ meant, hasPrice }: RandomFile, statement: Statement): string[] {
  const wrong: string[] = []
  const read = Map.groupBy(statement.rows, ({ line }) => line)
  for (const [line, row] of meant) {
    const found = read.get(line)?.map(({ transaction }) => transaction)
    if (found) wrong.push(...compared(row, found, hasPrice).map((fault) => `line ${line}: ${fault}`))
    read.delete(line)
  }
  for (const line of read.keys()) wrong.push(`line ${line} is no row of the ledger`)
  return wrong
}

function compared(row: Meant, [found, second, ...more]: TransactionDraft[], hasPrice: boolean): string[] {
  if (!found) return []
  const faults: string[] = []
  const same = (what: string, a: unknown, b: unknown) => {
    if (a !== b) faults.push(`${what} is ${String(b)}, not ${String(a)}`)
  }
  same('the type', row.type, found.type)
  same('the day', row.date, found.date)
  same('the symbol', row.symbol, found.symbol)
  same('the shares', plain(row.shares), plain(found.shares))
  if (row.shares === null) same('the amount', text(row.amount), text(found.amount))
  else if (hasPrice) same('the price', plain(row.price), plain(found.price))
  else if (size(times(row.shares, row.price!) - found.amount) > ONE / 100n)
    same('the sum', plain(times(row.shares, row.price!)), plain(found.amount))
  same('the fee', text(row.fee), text(found.fee))
  same('the tax', text(row.tax), text(second?.type === 'tax' ? second.amount : 0n))
  same('the rows', 0, more.length)
  return faults
}

function plain(value: Decimal | null): string | null {
  return value === null ? null : text(value)
}

function size(value: Decimal): Decimal {
  return value < 0n ? -value : value
}

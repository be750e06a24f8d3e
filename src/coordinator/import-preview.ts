import { cashEffect } from '../portfolio/cash.ts'
import { sum, text } from '../portfolio/decimal.ts'
import type { TransactionDraft } from '../portfolio/entry.ts'
import type { TransactionType } from '../portfolio/kind.ts'
import type { Split } from '../portfolio/instrument.ts'
import { sharesLeft } from '../portfolio/oversale.ts'
import type { Transaction } from '../portfolio/transaction.ts'
import type { Answers } from '../statements/question.ts'
import type { Statement } from '../statements/read-statement.ts'
import type { ImportChoices } from './import-choices.ts'
import type { ImportResult } from './statement-import.ts'

export type RowVerdict = 'new' | 'known' | 'similar' | 'rejected' | 'left_out'

/** One row of the file: what will happen to it, the reason, and what was understood of it; decimals are text. */
export type PreviewedRow = {
  line: number
  verdict: RowVerdict
  /** The reason for a row that is rejected or left out. */
  reason: string | null
  transaction: {
    date: string
    type: TransactionType
    symbol: string | null
    shares: string | null
    price: string | null
    fee: string
    amount: string
    currency: string | null
    ratio: string | null
  } | null
  /** The trade of the ledger that a similar row resembles. */
  resembles?: PreviewedRow['transaction']
  /** A rejected row as the file spells it. */
  spelled?: string
  /** True for a new row that would not be one had nobody insisted on it. */
  isInsisted?: true
}

/** What there is once a file is imported, to be compared with the broker's own page. */
export type AfterImport = {
  /** Rows that look like one of the ledger, with its id. A program imports them all the same. */
  similar: { line: number; resembles: string }[]
  /** What is held of the file's symbols, and the cash of all rows by currency. */
  held: { symbol: string; shares: string }[]
  cash: { currency: string; amount: string }[]
}

export type ImportPreview = ImportResult &
  AfterImport &
  Pick<Statement, 'columns' | 'accounts'> & {
    /** By line: the first 200 rows, and at most 200 later rows that are rejected or similar. */
    rows: PreviewedRow[]
    /** The counts of all rows of the file. */
    counts: Record<Exclude<RowVerdict, 'similar'>, number> & { similar?: number }
    /** What the file was read with: what the person has said, or what was remembered. */
    answers: Answers
    /** Where the accounts of the file go, as was said or remembered. */
    said_accounts: ImportChoices['accounts']
    /** The lines of the file that were written in other words. */
    mended: ImportChoices['lines']
  }

/** Why a row of the file is not added although it could be; null for one that is. */
export type Aside = null | 'known' | { resembles: Transaction }

type Judged = {
  result: ImportResult
  statement: Statement
  /** For each of the statement's rows. */
  aside: readonly Aside[]
  taken: ReadonlySet<number>
  text: string
}

const MOST_PREVIEWED = 200

/** Says of every row of a file what an import would make of it. */
export function previewOf({
  result,
  statement,
  aside,
  taken,
  text: file,
}: Judged): Omit<ImportPreview, keyof AfterImport | 'answers' | 'said_accounts' | 'mended'> {
  // one of the file's own rows may be the reason: more was sold than held
  const reasons = new Map(result.rejected.map(({ line, reason }) => [line, reason]))
  const judged: JudgedRow[] = [
    ...statement.rows.map(({ line, transaction }, i): JudgedRow => {
      const [beside, reason] = [aside[i] ?? null, reasons.get(line) ?? null]
      if (beside === 'known') return { line, verdict: 'known', reason: null, transaction }
      if (beside) return { line, verdict: 'similar', reason: null, transaction, resembles: beside.resembles }
      const isInsisted = taken.has(line)
      return { line, verdict: reason === null ? 'new' : 'rejected', reason, transaction, isInsisted }
    }),
    ...statement.rejected.map((row): JudgedRow => ({ ...row, verdict: 'rejected', transaction: null })),
    ...statement.skipped.map((row): JudgedRow => ({ ...row, verdict: 'left_out', transaction: null })),
  ].toSorted((a, b) => a.line - b.line)
  const counted = (verdict: RowVerdict) => judged.filter((row) => row.verdict === verdict).length
  let asking = 0
  const listed = judged.filter(({ verdict }, i) => {
    const asks = verdict === 'rejected' || verdict === 'similar'
    if (asks) asking++
    return i < MOST_PREVIEWED || (asks && asking <= MOST_PREVIEWED)
  })
  const lines = listed.some(({ verdict }) => verdict === 'rejected') ? file.split('\n') : []
  const similar = counted('similar')
  return {
    ...result,
    columns: statement.columns,
    accounts: statement.accounts,
    rows: listed.map(({ transaction, resembles, isInsisted, ...row }) => ({
      ...row,
      transaction: transaction && understood(transaction),
      ...(resembles && { resembles: understood(resembles) }),
      ...(row.verdict === 'rejected' && spelledOn(lines, row.line)),
      ...(isInsisted && row.verdict === 'new' && { isInsisted }),
    })),
    counts: {
      new: result.accepted,
      known: result.duplicates,
      rejected: counted('rejected') + statement.rejectedCount - statement.rejected.length,
      left_out: statement.skipped.length,
      ...(similar > 0 && { similar }),
    },
  }
}

type JudgedRow = Pick<PreviewedRow, 'line' | 'verdict' | 'reason'> & {
  transaction: TransactionDraft | null
  resembles?: Transaction
  isInsisted?: boolean
}

const LONGEST_LINE = 500

/** Only a line that is a row by itself can be written in other words. */
function spelledOn(lines: readonly string[], line: number): { spelled?: string } {
  const spelled = (lines[line - 1] ?? '').replace(/\r$/, '')
  const isWhole =
    spelled !== '' && spelled.length <= LONGEST_LINE && (spelled.split('"').length - 1) % 2 === 0
  return isWhole && !/^\s*[<{[]/.test(spelled) ? { spelled } : {}
}

function understood(row: TransactionDraft): NonNullable<PreviewedRow['transaction']> {
  const { date, type, symbol, shares, price, fee, amount, currency, ratio } = row
  return {
    date,
    type,
    symbol,
    shares: text(shares),
    price: text(price),
    fee: text(fee),
    amount: text(amount),
    currency,
    ratio: ratio && `${ratio.numerator}:${ratio.denominator}`,
  }
}

/**
 * Returns what all rows leave of some symbols, in today's share units, also where the file brought none of them, and of cash,
 * which without a currency of its own is in the portfolio's.
 */
export function heldAfter(
  after: readonly Transaction[],
  symbols: readonly string[],
  splitsOf: (symbol: string) => readonly Split[],
  baseCurrency: string,
): Pick<AfterImport, 'held' | 'cash'> {
  const byCurrency = Map.groupBy(
    after,
    ({ currency, listingCurrency }) => currency ?? listingCurrency ?? baseCurrency,
  )
  return {
    held: [...sharesLeft(after, symbols.toSorted(), splitsOf)].map(([symbol, shares]) => ({
      symbol,
      shares: text(shares),
    })),
    cash: [...byCurrency].map(([currency, rows]) => ({ currency, amount: text(sum(rows.map(cashEffect))) })),
  }
}

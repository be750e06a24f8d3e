import { latestDay } from '../portfolio/day.ts'
import { text } from '../portfolio/decimal.ts'
import type { TransactionDraft } from '../portfolio/entry.ts'
import { oversales } from '../portfolio/ledger.ts'
import { kinds, type TransactionType } from '../portfolio/kind.ts'
import type { Transaction } from '../portfolio/transaction.ts'
import { shownWarnings } from '../portfolio/warnings.ts'
import { type Answers, inWords, isOpen, type Question } from '../statements/question.ts'
import type { Statement as StatementRead } from '../statements/read-statement.ts'
import { knownRows, rowOf } from '../statements/row-key.ts'
import type { Database, Statement } from '../storage/database.ts'
import { splitsOfAll } from '../storage/corporate-actions.ts'
import { historyStates } from '../storage/histories.ts'
import { insertImport } from '../storage/imports.ts'
import { insertTransactions, keysLike, type Recorded } from '../storage/transactions.ts'
import { decided, futureFault, listingsOf } from './entered.ts'
import { readWithStored } from './statement-reading.ts'
import { type Editing, auditAndTracking, lastNumber, withKeys } from './transaction-edits.ts'

/** What an import has done, or would do. */
export type ImportResult = {
  import_id: string
  format: string
  accepted: number
  duplicates: number
  rejected: { line: number; reason: string }[]
  warnings: string[]
  /** What the file leaves open of single rows, such as the ticker of a security that it names by ISIN. */
  questions: Question[]
  /** Sentences on what the columns have proved. */
  evidence: string[]
}

export type RowVerdict = 'new' | 'known' | 'rejected' | 'left_out'

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
}

export type ImportPreview = ImportResult & {
  /** By line: the first 200 rows, and at most 200 later rows that are rejected. */
  rows: PreviewedRow[]
  /** The counts of all rows of the file. */
  counts: Record<RowVerdict, number>
}

type ImportEdit =
  | {
      status: 'ok'
      statements: Statement[]
      value: ImportResult
      /** The portfolio's transactions once the statements are in, in the order of entry. */
      after: Recorded[]
      preview: () => ImportPreview
    }
  | { status: 'unreadable'; problem: string; questions: Question[] }

/**
 * Finds the rows of a statement that are new. Rows that the ledger has already count as duplicates. A sale of shares
 * that are not there is rejected with its line. While the symbol's splits are still unknown it is kept with a warning
 * instead, and judged when its history arrives.
 */
export async function importStatement(
  editing: Editing,
  csv: string,
  importId: string,
  answers: Answers = {},
): Promise<ImportEdit> {
  const { db, portfolio, now, transactions: before } = editing
  const statement = await readWithStored(
    { db, owner: portfolio.ownerId, today: latestDay(now) },
    csv,
    answers,
  )
  if ('problem' in statement) return { status: 'unreadable', problem: statement.problem, questions: [] }
  // a file is never read in one of two ways without being asked
  const open = statement.questions.find(isOpen)
  if (open) return { status: 'unreadable', problem: inWords(open), questions: statement.questions }
  const found = withTickers(statement)
  const drafts = found.rows.map((row) => row.transaction)
  const keys =
    before.length === 0 ? new Map<string, string>() : await keysLike(db, portfolio.id, drafts.map(rowOf))
  const known = knownRows(drafts, before, keys)
  const unknown = found.rows.filter((_, i) => !known[i])
  const listings = await listingsOf(
    db,
    now,
    unknown.map(({ transaction }) => transaction),
  )
  const fresh = unknown.map(({ line, transaction }) => ({
    line,
    transaction: { id: crypto.randomUUID(), ...decided(transaction, listings, now) },
  }))
  const ahead = new Map(
    fresh.flatMap(({ transaction }) => {
      const fault = futureFault(transaction, listings, now)
      return fault === null ? [] : [[transaction.id, `Date: ${fault}.`] as const]
    }),
  )
  const { oversold, warnings } = await rejectedSales(
    db,
    before,
    fresh.filter(({ transaction }) => !ahead.has(transaction.id)),
  )
  const refused = new Map([...oversold, ...ahead])
  const accepted = fresh.flatMap(({ transaction }) => (refused.has(transaction.id) ? [] : [transaction]))
  const rejected = [
    ...found.rejected,
    ...fresh.flatMap(({ line, transaction }) => {
      const reason = refused.get(transaction.id)
      return reason === undefined ? [] : [{ line, reason }]
    }),
  ].toSorted((a, b) => a.line - b.line)
  const value: ImportResult = {
    import_id: importId,
    format: statement.format,
    accepted: accepted.length,
    duplicates: found.rows.length - fresh.length,
    rejected,
    warnings: [...statement.warnings, ...warnings],
    questions: statement.questions,
    evidence: statement.evidence,
  }
  const added = withKeys(accepted, keys)
  const last = lastNumber(before)
  const entered = accepted.map((each, i): Recorded => ({ ...each, version: 1, sequence: last + 1 + i }))
  const after = [...before, ...entered]
  const { format, duplicates } = value
  return {
    status: 'ok',
    value,
    after,
    preview: () => previewOf(value, found, known),
    statements: [
      insertImport(db, {
        id: importId,
        portfolioId: portfolio.id,
        format,
        accepted: accepted.length,
        duplicates,
        rejected,
        createdAt: now,
      }),
      ...insertTransactions(portfolio.id, added, last, importId, now),
      ...auditAndTracking(editing, after, {
        action: 'import',
        subject: `import:${importId}`,
        before: null,
        after: { format, accepted: accepted.length, duplicates, rejected: rejected.length },
      }),
    ],
  }
}

/** A row whose security has no ticker yet is not booked under its ISIN, which nothing would ever price. */
function withTickers(statement: StatementRead): StatementRead {
  const open = statement.rows.filter(({ security }) => security !== undefined)
  if (open.length === 0) return statement
  const rejected = open.map(({ line, security }) => ({
    line,
    reason: `We don’t know the ticker of ${security}: add a column Ticker to the file.`,
  }))
  return {
    ...statement,
    rows: statement.rows.filter(({ security }) => security === undefined),
    rejected: [...statement.rejected, ...rejected].slice(0, MOST_REJECTED),
    rejectedCount: statement.rejectedCount + rejected.length,
  }
}

const MOST_REJECTED = 1000
const MOST_PREVIEWED = 200

function previewOf(value: ImportResult, statement: StatementRead, known: readonly boolean[]): ImportPreview {
  // one of the file's own rows may be the reason: more was sold than held
  const reasons = new Map(value.rejected.map(({ line, reason }) => [line, reason]))
  const judged: JudgedRow[] = [
    ...statement.rows.map(({ line, transaction }, i): JudgedRow => {
      const reason = reasons.get(line) ?? null
      return { line, verdict: known[i] ? 'known' : reason === null ? 'new' : 'rejected', reason, transaction }
    }),
    ...statement.rejected.map((row): JudgedRow => ({ ...row, verdict: 'rejected', transaction: null })),
    ...statement.skipped.map((row): JudgedRow => ({ ...row, verdict: 'left_out', transaction: null })),
  ].toSorted((a, b) => a.line - b.line)
  let rejected = 0
  const listed = judged.filter(({ verdict }, i) => {
    if (verdict === 'rejected') rejected++
    return i < MOST_PREVIEWED || (verdict === 'rejected' && rejected <= MOST_PREVIEWED)
  })
  return {
    ...value,
    rows: listed.map((row) => ({ ...row, transaction: row.transaction && understood(row.transaction) })),
    counts: {
      new: value.accepted,
      known: value.duplicates,
      rejected: rejected + statement.rejectedCount - statement.rejected.length,
      left_out: statement.skipped.length,
    },
  }
}

type JudgedRow = Omit<PreviewedRow, 'transaction'> & { transaction: TransactionDraft | null }

function understood(row: TransactionDraft): PreviewedRow['transaction'] {
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

async function rejectedSales(
  db: Database,
  before: readonly Transaction[],
  fresh: readonly { transaction: Transaction }[],
): Promise<{ oversold: Map<string, string>; warnings: string[] }> {
  const oversold = new Map<string, string>()
  const warnings: string[] = []
  const symbols = [
    ...new Set(
      fresh.flatMap(({ transaction: t }) =>
        kinds[t.type].shares === 'out' || t.terms?.newSymbol !== undefined ? [t.symbol!] : [],
      ),
    ),
  ]
  const histories = new Map((await historyStates(db, symbols)).map((state) => [state.symbol, state]))
  const added = new Set(fresh.map(({ transaction }) => transaction.id))
  const bySymbol = Map.groupBy([...before, ...fresh.map(({ transaction }) => transaction)], (t) => t.symbol)
  const splits = await splitsOfAll(db, symbols)
  for (const symbol of symbols) {
    const own = bySymbol.get(symbol)!
    const first = own.reduce((day, t) => (t.date < day ? t.date : day), '9999-12-31')
    const splitsKnown = (histories.get(symbol)?.fromDay ?? '9999-12-31') <= first
    const lacking = oversales(own, symbol, splits.get(symbol) ?? [], added).filter((sale) =>
      added.has(sale.transaction),
    )
    if (splitsKnown) for (const sale of lacking) oversold.set(sale.transaction, sale.sentence)
    else if (lacking[0]) {
      warnings.push(
        `${lacking[0].sentence}. The row is kept for now, because splits of ${symbol} that may explain it are still being fetched.`,
      )
    }
  }
  return { oversold, warnings: shownWarnings(warnings.map((warning) => [warning])) }
}

import type { Split } from '../portfolio/instrument.ts'
import { isMove, oversales, rowsOfSymbols, sourcesOf } from '../portfolio/oversale.ts'
import { kinds } from '../portfolio/kind.ts'
import type { Transaction } from '../portfolio/transaction.ts'
import { shownWarnings } from '../portfolio/warnings.ts'
import { inWords, isOpen, type Question } from '../statements/question.ts'
import type { Statement as StatementRead } from '../statements/read-statement.ts'
import { knownRows, rowKeys, rowOf } from '../statements/row-key.ts'
import { similarRows } from '../statements/similar-rows.ts'
import { STEP } from '../statements/steps.ts'
import type { Statement } from '../storage/database.ts'
import { splitsOfAll } from '../storage/corporate-actions.ts'
import { historyStates } from '../storage/histories.ts'
import { insertImport } from '../storage/imports.ts'
import { rowIds } from '../storage/row-ids.ts'
import { insertTransactions, keysLike, type Recorded } from '../storage/transactions.ts'
import { decided, futureFault, listingsOf } from './entered.ts'
import { withLotsOfFile } from './lots-of-file.ts'
import { type ImportChoices, noChoices, withLines } from './import-choices.ts'
import { type AfterImport, type Aside, heldAfter, type ImportPreview, previewOf } from './import-preview.ts'
import { readWithMemory, rememberedChoices } from './remembered-choices.ts'
import type { Pause } from './statement-reading.ts'
import { type AskFor, inMeantTickers, unknownAmong, withTickers } from './statement-tickers.ts'
import { type Editing, auditAndTracking, lastNumber, withKeys } from './transaction-edits.ts'

/** What an import has done, or would do. */
export type ImportResult = {
  import_id: string
  format: string
  accepted: number
  duplicates: number
  rejected: { line: number; reason: string }[]
  /** Rows that are no transaction of ours, with the reason. */
  left_out: { line: number; reason: string }[]
  warnings: string[]
  /** What the file leaves open of single rows, such as the ticker of a security that it names by ISIN. */
  questions: Question[]
  /** Sentences on what the columns have proved. */
  evidence: string[]
}

type ImportEdit =
  | {
      status: 'ok'
      /** What writes the rows, and what says that they are here. Not made for a preview. */
      statements: () => Promise<{ rows: Statement[]; record: Statement[] }>
      value: ImportResult
      /** The portfolio's transactions once the statements are in, in the order of entry. */
      after: Recorded[]
      told: () => AfterImport
      preview: () => ImportPreview
    }
  | { status: 'unreadable'; problem: string; questions: Question[] }

/**
 * Finds the rows of a statement that are new. Rows that the ledger has already count as duplicates. A sale of shares
 * that are not there is rejected with its line. While the symbol's splits are still unknown it is kept with a warning
 * instead, and judged when its history arrives. The source is asked for new tickers, so that one that it does not know is
 * said before it is booked. A long file is taken in steps, with a pause after each.
 */
export async function importStatement(
  editing: Editing,
  csv: string,
  importId: string,
  choices: ImportChoices = noChoices,
  { pause = atOnce, askFor = atOnce }: { pause?: Pause; askFor?: AskFor } = {},
): Promise<ImportEdit> {
  const { db, portfolio, now, transactions: before } = editing
  const { text, mended } = withLines(csv, choices.lines)
  const read = await readWithMemory(editing, text, choices, pause)
  if ('problem' in read) return { status: 'unreadable', problem: read.problem, questions: [] }
  const { statement, answers, accounts } = read
  // a file is never read in one of two ways without being asked
  const open = statement.questions.find(isOpen)
  if (open && !choices.holdsBack)
    return { status: 'unreadable', problem: inWords(open), questions: statement.questions }
  const found = await inMeantTickers(editing, withTickers(statement), answers)
  const drafts = found.rows.map((row) => row.transaction)
  const keys =
    before.length === 0 ? new Map<string, string>() : await keysLike(db, portfolio.id, drafts.map(rowOf))
  const all = { done: drafts.length, total: drafts.length }
  const rest = async () => (drafts.length > STEP ? pause(all) : undefined)
  await rest()
  const taken = new Set(choices.take)
  const theirs = found.rows.map(({ id }) => id)
  const there = knownRows(drafts, before, keys, theirs)
  const settled = await inEarlier(editing, choices, found.rows, pause)
  const known = drafts.map((_, i) => there[i]! || settled[i]!)
  const resembled = choices.holdsBack ? similarRows(drafts, before, keys) : []
  const isAside = (i: number) => known[i]! || (resembled[i] ?? null) !== null
  await rest()
  const isNew = ({ line }: { line: number }, i: number) => !isAside(i) || taken.has(line)
  const fresh = await entered(editing, found.rows.filter(isNew))
  const next = fresh.rows.values()
  const file = found.rows.map((row, i) =>
    isNew(row, i) ? next.next().value!.transaction : { ...row.transaction, id: null },
  )
  const lots = withLotsOfFile(file, before, keys)
  const named = fresh.rows.map((row) => ({
    ...row,
    transaction: lots.rows.get(row.transaction.id) ?? row.transaction,
  }))
  const unfit = new Map([...fresh.ahead, ...lots.faults])
  await rest()
  const ofFile = symbolsOf(drafts)
  // of shares that came of another symbol, that one's splits count too
  const splits = await splitsOfAll(db, symbolsOf([...before.filter(isMove), ...drafts]))
  const { oversold, warnings } = await rejectedSales(
    editing,
    named.filter(({ transaction }) => !unfit.has(transaction.id)),
    splits,
  )
  await rest()
  const refused = new Map([...oversold, ...unfit])
  const accepted = named.flatMap(({ transaction }) => (refused.has(transaction.id) ? [] : [transaction]))
  const rejected = [
    ...found.rejected,
    ...named.flatMap(({ line, transaction }) => {
      const reason = refused.get(transaction.id)
      return reason === undefined ? [] : [{ line, reason }]
    }),
  ].toSorted((a, b) => a.line - b.line)
  const aside = found.rows.flatMap(({ line }, i): Aside[] => [
    taken.has(line) || !isAside(i) ? null : known[i] ? 'known' : { resembles: resembled[i]! },
  ])
  const unknown = await unknownAmong(editing, drafts, found.rows, askFor)
  const value: ImportResult = {
    import_id: importId,
    format: statement.format,
    accepted: accepted.length,
    duplicates: aside.filter((each) => each === 'known').length,
    rejected,
    left_out: found.skipped.map(({ line, reason }) => ({ line, reason })),
    warnings: [...statement.warnings, ...unknown.map(inWords), ...warnings],
    questions: [...statement.questions, ...unknown],
    evidence: statement.evidence,
  }
  await rest()
  const ids = new Map(named.map(({ id, transaction }) => [transaction.id, id]))
  const last = lastNumber(before)
  const numbered = accepted.map((each, i): Recorded => ({ ...each, version: 1, sequence: last + 1 + i }))
  const after = [...before, ...numbered]
  const { format, duplicates } = value
  const told = (): AfterImport => ({
    similar: (choices.holdsBack ? resembled : similarRows(drafts, before, keys)).flatMap((each, i) =>
      each === null || known[i] ? [] : [{ line: found.rows[i]!.line, resembles: each.id }],
    ),
    ...heldAfter(after, ofFile, (symbol) => splits.get(symbol) ?? [], portfolio.baseCurrency),
  })
  return {
    status: 'ok',
    value,
    after,
    told,
    preview: () => ({
      ...previewOf({ result: value, statement: found, aside, taken, text }),
      ...told(),
      answers,
      said_accounts: accounts,
      mended,
    }),
    statements: async () => {
      const added = withKeys(
        accepted,
        keys,
        accepted.map((each) => ids.get(each.id)),
      )
      await rest()
      const rows = insertTransactions(portfolio.id, added, last, importId, now)
      await rest()
      const record = [
        insertImport(db, {
          id: importId,
          portfolioId: portfolio.id,
          format,
          accepted: accepted.length,
          duplicates,
          rejected,
          createdAt: now,
        }),
        ...rememberedChoices(editing, statement, choices),
        ...auditAndTracking(editing, after, {
          action: 'import',
          subject: `import:${importId}`,
          before: null,
          after: { format, accepted: accepted.length, duplicates, rejected: rejected.length },
        }),
      ]
      return { rows, record }
    },
  }
}

async function atOnce(): Promise<void> {}

type Named = Pick<Transaction, 'symbol' | 'terms'>

function symbolsOf(rows: readonly Named[]): string[] {
  return [
    ...new Set(
      rows.flatMap(({ symbol, terms }) => [symbol, terms?.newSymbol].filter((each) => each != null)),
    ),
  ]
}

/** Says of each row whether the statement before this one had it, and it was not rejected then. */
async function inEarlier(
  editing: Editing,
  { earlier, ...choices }: ImportChoices,
  rows: StatementRead['rows'],
  pause: Pause,
): Promise<boolean[]> {
  const read = earlier ? await readWithMemory(editing, earlier.text, choices, pause) : null
  if (!earlier || !read || 'problem' in read) return rows.map(() => false)
  const had = (await inMeantTickers(editing, withTickers(read.statement), read.answers)).rows
    .filter(({ line }) => !earlier.rejected.includes(line))
    .map((row, i) => ({ ...row, transaction: { ...row.transaction, id: String(i) } }))
  const keys = rowKeys(
    had.map(({ transaction }) => transaction),
    new Set(),
    had.map(({ id }) => id),
  )
  return knownRows(
    rows.map(({ transaction }) => transaction),
    had.map(({ transaction }) => transaction),
    new Map(keys.map((key, i) => [String(i), key])),
    rows.map(({ id }) => id),
  )
}

/** New rows as they are entered, with those that are not over yet where they trade. */
async function entered(
  editing: Editing,
  rows: StatementRead['rows'],
): Promise<{
  rows: { line: number; id: string | undefined; transaction: Transaction }[]
  ahead: Map<string, string>
}> {
  const { now } = editing
  const listings = await listingsOf(
    editing,
    rows.map(({ transaction }) => transaction),
  )
  const nextId = rowIds(now)
  const fresh = rows.map(({ line, id, transaction }) => ({
    line,
    id,
    transaction: { id: nextId(), ...decided(transaction, listings, now) },
  }))
  const ahead = fresh.flatMap(({ transaction }) => {
    const fault = futureFault(transaction, listings, now)
    return fault === null ? [] : [[transaction.id, `Date: ${fault}.`] as const]
  })
  return { rows: fresh, ahead: new Map(ahead) }
}

/**
 * Says which sales among the new rows lack shares. Shares that came of another symbol are there only as far as that one's
 * were, so that it is judged first. Where splits may explain what lacks, and are still being fetched, the row stays.
 */
async function rejectedSales(
  { db, portfolio, transactions: before }: Editing,
  fresh: readonly { transaction: Transaction }[],
  splits: ReadonlyMap<string, readonly Split[]>,
): Promise<{ oversold: Map<string, string>; warnings: string[] }> {
  const oversold = new Map<string, string>()
  const warnings: string[] = []
  const all = [...before, ...fresh.map(({ transaction }) => transaction)]
  const moves = all.filter(isMove)
  const added = new Set(fresh.map(({ transaction }) => transaction.id))
  const judged = [
    ...new Set(
      fresh.flatMap(({ transaction: t }) => (kinds[t.type].shares === 'out' || isMove(t) ? [t.symbol!] : [])),
    ),
  ].map((symbol) => ({ symbol, sources: [...sourcesOf(moves, symbol)] }))
  const asked = new Set(judged.flatMap(({ sources }) => sources))
  const from = new Map((await historyStates(db, [...asked])).map((state) => [state.symbol, state.fromDay]))
  const rowsOf = rowsOfSymbols(all)
  const known = (symbol: string) => splits.get(symbol) ?? []
  for (const { symbol, sources } of judged.toSorted((a, b) => a.sources.length - b.sources.length)) {
    const own = rowsOf(symbol).filter(({ id }) => !oversold.has(id))
    const lacking = oversales(own, symbol, known(symbol), added, known, portfolio.costBasis).filter((sale) =>
      added.has(sale.transaction),
    )
    if (!lacking[0]) continue
    const unknown = sources.filter((each) =>
      own.some((row) => row.symbol === each && row.date < (from.get(each) ?? '9999-12-31')),
    )
    if (unknown.length === 0) for (const sale of lacking) oversold.set(sale.transaction, sale.sentence)
    else
      warnings.push(
        `${lacking[0].sentence}. The row is kept for now, because splits of ${unknown.join(' and ')} that may explain it are still being fetched.`,
      )
  }
  return { oversold, warnings: shownWarnings(warnings.map((warning) => [warning])) }
}

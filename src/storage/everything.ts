import { and, asc, eq, gt, type SQL, sql } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import {
  type Activity,
  type ChosenTicker,
  type KeptTransaction,
  type PastImport,
  type Ruling,
  rulingFields,
  saidFields,
  type SaidOfFiles,
  type Settings,
  tickerFields,
  type WholePortfolio,
} from '../portfolio/whole-portfolio.ts'
import { isAboutAccess } from './access-audit.ts'
import { NAMED, nameIn } from './audit.ts'
import { type Database, inSymbols, jsonPieces, type Statement } from './database.ts'
import { json } from './json.ts'
import { type Portfolio, spelledSettings } from './portfolios.ts'
import { ACCOUNTS } from './file-answers.ts'
import { corporateActions } from './market-schema.ts'
import { audit, fileAnswers, imports, knownSecurities, owners, transactions } from './schema.ts'
import { columnsOf, recorded, type Recorded } from './transactions.ts'

/** Returns all that is stored of a portfolio. */
export async function wholePortfolio(
  db: Database,
  portfolio: Portfolio,
): Promise<{ settings: Settings; whole: WholePortfolio }> {
  const { id } = portfolio
  const past = await db.select().from(imports).where(eq(imports.portfolioId, id))
  const rows = await storedTransactions(db, id)
  const own = past.map(({ id: each, format, accepted, duplicates, rejected, createdAt, undoneAt }) => ({
    id: each,
    file: { format, accepted, duplicates, rejected, createdAt, undoneAt } satisfies PastImport,
  }))
  const inOrder = own.toSorted((a, b) => a.file.createdAt - b.file.createdAt || inText(a.file, b.file))
  const numbers = { import: numbering(inOrder), transaction: numbering(rows) }
  const whole: WholePortfolio = {
    rulings: await rulingsOn(db, rows),
    imports: inOrder.map((each) => each.file),
    transactions: rows.map((row) =>
      keptTransaction(row, row.importId === null ? null : numbers.import(row.importId)),
    ),
    activity: await activityOf(db, id, numbers),
  }
  return { settings: settingsIn(portfolio), whole }
}

/** Returns the transactions of a portfolio in the order of entry, without the imports that they came with. */
export async function keptTransactions(db: Database, portfolioId: string): Promise<KeptTransaction[]> {
  return (await storedTransactions(db, portfolioId)).map((row) => keptTransaction(row, null))
}

type Row = typeof transactions.$inferSelect

function storedTransactions(db: Database, portfolioId: string): Promise<Row[]> {
  return db
    .select()
    .from(transactions)
    .where(eq(transactions.portfolioId, portfolioId))
    .orderBy(asc(transactions.sequence))
}

function keptTransaction(row: Row, importNumber: number | null): KeptTransaction {
  const { id: _, version, sequence, ...transaction } = recorded(row)
  const { rowKey, createdAt, updatedAt } = row
  return { order: sequence, transaction, version, importNumber, rowKey, createdAt, updatedAt }
}

/** Numbers rows from 1 by their ids; an id that is met later gets the next number. */
function numbering(rows: readonly { id: string }[]): (id: string) => number {
  const numbers = new Map(rows.map(({ id }, i) => [id, i + 1]))
  return (id) => {
    const number = numbers.get(id) ?? numbers.size + 1
    numbers.set(id, number)
    return number
  }
}

type Numbers = Record<'import' | 'transaction', (id: string) => number>

function inText(a: object, b: object): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1
}

function settingsIn(portfolio: Portfolio): Settings {
  const { targets, ...spelled } = spelledSettings(portfolio)
  return {
    ...spelled,
    ...(targets !== null && { targets }),
    dismissed_dividends: portfolio.dismissedDividends,
    created_at: new Date(portfolio.createdAt).toISOString(),
  }
}

async function rulingsOn(db: Database, rows: readonly { symbol: string | null }[]): Promise<Ruling[]> {
  const symbols = [...new Set(rows.flatMap(({ symbol }) => symbol ?? []))]
  const { symbol, day, kind, numerator, denominator } = corporateActions
  const found = await db
    .select({ symbol, day, kind, numerator, denominator })
    .from(corporateActions)
    .where(and(inSymbols(symbol, symbols), sql`${kind} IN ('no_split', 'same')`))
    .orderBy(symbol, day, kind)
  return found as Ruling[]
}

/** So many entries of a log are read at once. */
const ENTRIES = 2000

async function activityOf(db: Database, portfolioId: string, numbers: Numbers): Promise<Activity[]> {
  const entries: Activity[] = []
  for (let last = 0; ;) {
    const rows = await db
      .select({ entry: audit, name: owners.name })
      .from(audit)
      .leftJoin(owners, eq(owners.id, audit.actor))
      .where(and(eq(audit.portfolioId, portfolioId), gt(audit.id, last), sql`NOT ${isAboutAccess}`))
      .orderBy(asc(audit.id))
      .limit(ENTRIES)
    entries.push(...rows.map(({ entry, name }) => activityIn(entry, name, numbers)))
    if (rows.length < ENTRIES) return entries
    last = rows.at(-1)!.entry.id
  }
}

function activityIn(entry: typeof audit.$inferSelect, name: string | null, numbers: Numbers): Activity {
  const { at, actor, action, subject } = entry
  const [, kind, id] = /^(import|transaction):(.*)$/.exec(subject) ?? []
  return {
    at,
    by: actor === 'system' ? null : (nameIn(actor) ?? name ?? 'somebody'),
    action,
    subject: kind === undefined ? subject : `${kind}:${numbers[kind as keyof Numbers](id!)}`,
    before: stateIn(entry.before, numbers),
    after: stateIn(entry.after, numbers),
  }
}

/** What the log keeps of a row, without ids; a text that is no JSON stays one. */
function stateIn(stored: string | null, numbers: Numbers): unknown {
  const state = json(stored)
  if (typeof state !== 'object' || state === null) return state === null ? null : stored
  const { id: _id, ownerId: _owner, portfolioId: _portfolio, ...rest } = state as Record<string, unknown>
  const { importId } = rest
  return typeof importId === 'string' ? { ...rest, importId: numbers.import(importId) } : rest
}

/** Returns what writes a whole portfolio as a new one, with ids of its own, and its transactions. */
export function newFromWhole(
  portfolio: Portfolio,
  file: WholePortfolio,
): { statements: Statement[]; transactions: Recorded[] } {
  const { id } = portfolio
  const ids = { import: identifying(), transaction: identifying() }
  const rows = file.transactions.map((row, i): Recorded => ({
    ...row.transaction,
    id: ids.transaction(i + 1),
    version: row.version,
    sequence: row.order,
  }))
  const symbols = [...new Set(file.rulings.map(({ symbol }) => symbol))]
  const statements = [
    ...inserted(
      imports,
      'id portfolio_id format accepted duplicates rejected created_at undone_at',
      file.imports.map((each, i) => [
        ids.import(i + 1),
        id,
        each.format,
        each.accepted,
        each.duplicates,
        JSON.stringify(each.rejected),
        each.createdAt,
        each.undoneAt,
      ]),
    ),
    ...inserted(
      transactions,
      `id portfolio_id sequence type symbol date shares price fee amount currency ratio note review terms units_day
        units listing_currency version import_id row_key created_at updated_at`,
      file.transactions.map((row, i) => {
        const columns = columnsOf(row.transaction)
        return [
          rows[i]!.id,
          id,
          row.order,
          columns.type,
          columns.symbol,
          columns.date,
          columns.shares,
          columns.price,
          columns.fee,
          columns.amount,
          columns.currency,
          columns.ratio && JSON.stringify(columns.ratio),
          columns.note,
          columns.review,
          columns.terms && JSON.stringify(columns.terms),
          columns.unitsDay,
          columns.units,
          columns.listingCurrency,
          row.version,
          row.importNumber === null ? null : ids.import(row.importNumber),
          row.rowKey,
          row.createdAt,
          row.updatedAt,
        ]
      }),
    ),
    ...inserted(
      audit,
      'portfolio_id at actor action subject before after',
      file.activity.map(({ at, by, action, subject, before, after }) => [
        id,
        at,
        by === null ? 'system' : NAMED + by,
        action,
        ...stateOf(subject, [before, after], ids),
      ]),
    ),
    ...inserted(
      corporateActions,
      rulingFields.join(' '),
      file.rulings.map((ruling) => rulingFields.map((field) => ruling[field])),
      KEEP,
    ),
    // as with each ruling, the history is asked for anew
    ...(symbols.length === 0
      ? []
      : [
          sql`UPDATE histories SET from_day = NULL, retry_at = NULL, refused_from = NULL
            WHERE symbol IN (SELECT value FROM json_each(${JSON.stringify(symbols)}))`,
        ]),
  ]
  return { statements, transactions: rows }
}

/** Returns the tickers that an account has chosen, in the order of the names. */
export async function tickersChosenBy(db: Database, account: string): Promise<ChosenTicker[]> {
  const { name, symbol, at, ownerId } = knownSecurities
  return db.select({ name, symbol, at }).from(knownSecurities).where(eq(ownerId, account)).orderBy(name)
}

/** Adds tickers that were chosen elsewhere; what the account has chosen here stays. */
export function addTickers(account: string, chosen: readonly ChosenTicker[]): Statement[] {
  const rows = chosen.map((ticker) => [account, ...tickerFields.map((field) => ticker[field])])
  return inserted(knownSecurities, `owner_id ${tickerFields.join(' ')}`, rows, KEEP)
}

/** Returns what an account has said of files, in the order of their headers. */
export async function saidOfFiles(db: Database, account: string): Promise<SaidOfFiles[]> {
  const { header, answers, at, ownerId } = fileAnswers
  return db
    .select({ header, answers, at })
    .from(fileAnswers)
    .where(and(eq(ownerId, account), sql`${header} NOT LIKE ${`${ACCOUNTS}%`}`))
    .orderBy(header)
}

/** Adds what was said elsewhere; what the account has said here stays. */
export function addSaidOfFiles(account: string, said: readonly SaidOfFiles[]): Statement[] {
  const rows = said.map((each) => [account, ...saidFields.map((field) => each[field])])
  return inserted(fileAnswers, `owner_id ${saidFields.join(' ')}`, rows, KEEP)
}

/** Gives each number of a file an id. */
function identifying(): (number: number) => string {
  const ids = new Map<number, string>()
  return (number) => {
    const id = ids.get(number) ?? crypto.randomUUID()
    ids.set(number, id)
    return id
  }
}

type Ids = Record<'import' | 'transaction', (number: number) => string>

/** The subject of an entry, and the states before and after it, as the log has them. */
function stateOf(subject: string, states: readonly unknown[], ids: Ids): (string | null)[] {
  const [, kind, number] = /^(import|transaction):(\d{1,9})$/.exec(subject) ?? []
  const id = kind === undefined ? null : ids[kind as keyof Ids](Number(number))
  const encoded = states.map((state) => {
    if (state === null || typeof state === 'string') return state
    const fields = state as Record<string, unknown>
    const { importId } = fields
    return JSON.stringify({
      ...(kind === 'transaction' && { id }),
      ...fields,
      ...(typeof importId === 'number' && { importId: ids.import(importId) }),
    })
  })
  return [id === null ? subject : `${kind}:${id}`, ...encoded]
}

/** What is there already stays. */
const KEEP = sql`WHERE true ON CONFLICT DO NOTHING`

/** Inserts many rows, whose values are in the order of the columns. */
function inserted(
  table: SQLiteTable,
  columns: string,
  rows: readonly (readonly unknown[])[],
  otherwise: SQL = sql``,
): Statement[] {
  const names = columns.split(/\s+/)
  const values = names.map((_, i) => `value->>${i}`)
  return jsonPieces(rows).map(
    (piece) =>
      sql`INSERT INTO ${table} (${sql.raw(names.join(', '))}) SELECT ${sql.raw(values.join(', '))} FROM json_each(${piece}) ${otherwise}`,
  )
}

import { and, asc, eq, gt, sql } from 'drizzle-orm'
import type {
  Activity,
  KeptTransaction,
  PastImport,
  Ruling,
  Settings,
  WholePortfolio,
} from '../portfolio/whole-portfolio.ts'
import { withNamesOfLots } from '../portfolio/terms.ts'
import { isAboutAccess } from './access-audit.ts'
import { nameIn } from './audit.ts'
import { type Database, inSymbols } from './database.ts'
import { json } from './json.ts'
import { type Portfolio, spelledSettings } from './portfolios.ts'
import { corporateActions } from './market-schema.ts'
import { audit, imports, owners, transactions } from './schema.ts'
import { recorded } from './transactions.ts'
import { isShown } from './unfinished-imports.ts'

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
      keptTransaction(row, row.importId === null ? null : numbers.import(row.importId), numbers.transaction),
    ),
    activity: await activityOf(db, id, numbers),
  }
  return { settings: settingsIn(portfolio), whole }
}

/** Returns the transactions of a portfolio in the order of entry, without the imports that they came with. */
export async function keptTransactions(db: Database, portfolioId: string): Promise<KeptTransaction[]> {
  return (await storedTransactions(db, portfolioId)).map((row) => keptTransaction(row, null, () => undefined))
}

type Row = typeof transactions.$inferSelect

function storedTransactions(db: Database, portfolioId: string): Promise<Row[]> {
  return db
    .select()
    .from(transactions)
    .where(and(eq(transactions.portfolioId, portfolioId), isShown))
    .orderBy(asc(transactions.sequence))
}

function keptTransaction(
  row: Row,
  importNumber: number | null,
  numberOf: (id: string) => number | undefined,
): KeptTransaction {
  const {
    id: _,
    version,
    sequence,
    ...transaction
  } = withNamesOfLots(recorded(row), (id) => numberOf(id)?.toString())
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
    ...(portfolio.dismissedActions.length > 0 && { dismissed_actions: portfolio.dismissedActions }),
    ...(portfolio.ownInstruments.length > 0 && { own_instruments: portfolio.ownInstruments }),
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
  return {
    ...withNamesOfLots(rest, (id) => `${numbers.transaction(id)}`),
    ...(typeof importId === 'string' && { importId: numbers.import(importId) }),
  }
}

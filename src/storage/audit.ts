import { and, desc, eq, sql } from 'drizzle-orm'
import { text } from '../portfolio/decimal.ts'
import type { SystemLogRow } from '../snapshot/snapshot.ts'
import { areTerms } from '../portfolio/terms.ts'
import { type AccessChange, accessChange, isAboutAccess } from './access-audit.ts'
import { type Database, jsonPieces, type Statement } from './database.ts'
import { hasFields, isTexts, json } from './json.ts'
import type { Portfolio } from './portfolios.ts'
import { audit, type transactions } from './schema.ts'

/** An entry of the audit log, as it is written. */
export type AuditEntry = {
  action: SystemLogRow['action']
  /** What it was done to: `portfolio`, `import:<id>`, `transaction:<id>`, `share units` or `listing currency`. */
  subject: string
  before: unknown
  after: unknown
}

/** A symbol's currency that became known is in the audit log, but nobody did it and no figure moved. */
export const LISTING_CURRENCY = 'listing currency'
export const isListed = sql`subject <> ${LISTING_CURRENCY}`
/** What everybody may read of it who may see the portfolio. */
export const isForAll = sql`(${isListed} AND NOT ${isAboutAccess})`

/** In a log that came with a file (everything.ts), whoever did something is not an account but a name behind this. */
export const NAMED = 'named '

/** The name in such an actor; null for an account. */
export function nameIn(actor: string): string | null {
  return actor.startsWith(NAMED) ? actor.slice(NAMED.length) : null
}

/** Appends entries to the audit log. Nothing ever changes or deletes one. */
export function appendAudit(
  db: Database,
  portfolioId: string,
  actor: string,
  entries: readonly AuditEntry[],
  now: number,
): Statement[] {
  const rows = entries.map(({ action, subject, before, after }) => [
    action,
    subject,
    encoded(before),
    encoded(after),
  ])
  return jsonPieces(rows).map(
    (piece) =>
      sql`
      INSERT INTO audit (portfolio_id, at, actor, action, subject, before, after)
      SELECT ${portfolioId}, ${now}, ${actor}, value->>0, value->>1, value->>2, value->>3 FROM json_each(${piece})`,
  )
}

/** JSON has no bigint: the log stores a decimal as its whole ten-billionths, `"1855000000000"` for 185.5. */
function encoded(value: unknown): string | null {
  if (value === null || value === undefined) return null
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? part.toString() : part))
}

/** An entry of the audit log, as it is read; its fields follow from its subject. */
export type AuditRecord =
  | Change<'portfolio', LoggedPortfolio>
  | Change<'transaction', LoggedTransaction>
  /** An import, or with the action `delete` that it was undone: `accepted` is then the number of deleted rows. */
  | {
      kind: 'import'
      action: AuditEntry['action']
      id: string
      format: string
      accepted: number
      duplicates: number
      rejected: number
    }
  | { kind: 'share units'; recognized: number }
  | AccessChange
  /** A subject that this version does not know, or fields that cannot be read. */
  | { kind: 'unknown'; action: string; subject: string }

type Imported = Extract<AuditRecord, { kind: 'import' }>

type Change<Kind, Fields> = {
  kind: Kind
  action: AuditEntry['action']
  before: Fields | null
  after: Fields | null
}

export type LoggedPortfolio = Pick<
  Portfolio,
  'name' | 'description' | 'baseCurrency' | 'benchmarks' | 'costBasis'
> &
  // entries from before these settings lack them
  Partial<
    Pick<
      Portfolio,
      | 'dividends'
      | 'withholding'
      | 'riskFreeRate'
      | 'targets'
      | 'dismissedDividends'
      | 'dismissedActions'
      | 'ownInstruments'
    >
  >

type Row = typeof transactions.$inferSelect

/** A transaction with its decimals as text. A deletion logs where the row came from too, so it can be undone. */
export type LoggedTransaction = Pick<
  Row,
  'id' | 'type' | 'symbol' | 'date' | 'shares' | 'price' | 'fee' | 'amount' | 'currency' | 'ratio' | 'note'
> &
  Partial<
    Pick<
      Row,
      | 'terms'
      | 'review'
      | 'unitsDay'
      | 'units'
      | 'listingCurrency'
      | 'version'
      | 'sequence'
      | 'rowKey'
      | 'importId'
      | 'createdAt'
    >
  >

type StoredEntry = { action: string; subject: string; before: string | null; after: string | null }

/** Decodes a stored entry: `before` and `after` are the JSON texts of its row. */
export function decoded(row: StoredEntry): AuditRecord {
  const { action, subject } = row
  const [before, after] = [json(row.before), json(row.after)]
  const [, isSound] = soundFields.find(([kind]) => subject.startsWith(kind)) ?? [subject, () => true]
  // nothing to show of either is as good as unreadable; of a deletion there is no after
  const isReadable = [before, after].every((each) => each === null || isSound(each))
  if (!isReadable || (before ?? after) === null) return { kind: 'unknown', action, subject }
  return readable(row, before, after)
}

const isDecimal = (text: unknown) => text == null || (typeof text === 'string' && /^-?\d+$/.test(text))
const isTransaction = hasFields({ type: 'string', date: 'string' })
const isPortfolio = hasFields({ name: 'string', baseCurrency: 'string' })

/** What the fields of an entry must be, by the beginning of its subject. */
const soundFields: [subject: string, isSound: (fields: unknown) => boolean][] = [
  ['portfolio', (fields) => isPortfolio(fields) && isTexts((fields as LoggedPortfolio).benchmarks)],
  [
    'transaction:',
    (fields) => {
      if (!isTransaction(fields)) return false
      const { shares, price, fee, amount, terms } = fields as LoggedTransaction
      return [shares, price, fee, amount].every(isDecimal) && (terms == null || areTerms(terms))
    },
  ],
  ['import:', hasFields({ format: 'string', accepted: 'number', duplicates: 'number', rejected: 'number' })],
  ['share units', hasFields({ recognized: 'number' })],
]

function readable(row: StoredEntry, before: unknown, after: unknown): AuditRecord {
  const { subject } = row
  const action = row.action as AuditEntry['action']
  if (subject === 'portfolio') {
    return {
      kind: 'portfolio',
      action,
      before: before as LoggedPortfolio | null,
      after: after as LoggedPortfolio | null,
    }
  }
  if (subject.startsWith('transaction:')) {
    return { kind: 'transaction', action, before: transactionIn(before), after: transactionIn(after) }
  }
  if (subject.startsWith('import:')) {
    const counts = (after ?? before) as Pick<Imported, 'format' | 'accepted' | 'duplicates' | 'rejected'>
    return { kind: 'import', action, id: subject.slice('import:'.length), ...counts }
  }
  if (subject === 'share units') {
    return { kind: 'share units', ...(after as { recognized: number }) }
  }
  return accessChange(row, before, after) ?? { kind: 'unknown', action, subject }
}

function transactionIn(fields: unknown): LoggedTransaction | null {
  if (fields === null) return null
  const row = fields as LoggedTransaction
  return {
    ...row,
    symbol: row.symbol ?? null,
    shares: decimal(row.shares),
    price: decimal(row.price),
    fee: decimal(row.fee) ?? '0',
    amount: decimal(row.amount) ?? '0',
  }
}

/** From ten-billionths. */
export function decimal(encoded: string | null | undefined): string | null {
  return encoded === null || encoded === undefined ? null : text(BigInt(encoded))
}

/** The latest entry of a subject; null when the log has none. */
export async function lastEntryOn(
  db: Database,
  portfolioId: string,
  subject: string,
): Promise<AuditRecord | null> {
  const row = await db
    .select()
    .from(audit)
    .where(and(eq(audit.portfolioId, portfolioId), eq(audit.subject, subject)))
    .orderBy(desc(audit.id))
    .limit(1)
    .get()
  return row ? decoded(row) : null
}

/**
 * The latest entries of a portfolio, newest first, with the few fields that the dashboard shows of each, as a statement of a
 * batch, for which each column has a name of its own.
 */
export function recentEntries(db: Database, portfolioId: string, limit: number) {
  const fields = sql`coalesce(${audit.after}, ${audit.before})`
  // what is no JSON would fail the whole query
  const field = (path: string) => sql<string | null>`iif(json_valid(${fields}), ${fields} ->> ${path}, NULL)`
  return db
    .select({
      at: audit.at,
      actor: audit.actor,
      action: audit.action,
      subject: audit.subject,
      type: field('$.type').as('type'),
      symbol: field('$.symbol').as('symbol'),
      count: sql<number | null>`coalesce(${field('$.accepted')}, ${field('$.recognized')})`.as('count'),
    })
    .from(audit)
    .where(and(eq(audit.portfolioId, portfolioId), isForAll))
    .orderBy(desc(audit.id))
    .limit(limit)
}

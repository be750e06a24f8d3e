import type {
  ChosenTicker,
  GroupSettings,
  KeptAlert,
  KeptTransaction,
  SaidOfFiles,
  Settings,
  ToldBy,
  WholePortfolio,
} from '../portfolio/whole-portfolio.ts'
import { filledCells } from './write-statement.ts'

// One file of whole portfolios, which is read again without loss and then written again to the same bytes. It names no
// id, no account and no role: rows are numbered within their portfolio, and who did something is a name.
//
//   {"yardstick":"everything","version":1,
//   "securities":[
//   {"name":"US78462F1030","symbol":"SPY","at":"2026-01-02T09:30:00.000Z"}],
//   "files":[
//   {"header":"date|ticker|total","answers":{"days":"dmy"},"at":"2026-01-02T09:30:00.000Z"}],
//   "channels":[
//   {"kind":"ntfy","label":"Phone","target":"ntfy.sh","at":"2026-01-02T09:30:00.000Z"}],
//   "groups":[
//   {"kind":"group","name":"All of us","description":"","base_currency":"USD",…,"portfolios":[1,2],"created_at":"…"}],
//   "alerts":[
//   {"portfolio":1,"kind":"price_below","subject":"QQQ","level":"400","set_on":"2026-01-02","at":"…"}],
//   "portfolios":[
//   {"portfolio":{"name":"Family","description":"",…,"created_at":"2026-01-02T09:30:00.000Z"},
//   "rulings":[
//   {"symbol":"TSLA","day":"2020-08-31","kind":"no_split","numerator":5,"denominator":1}],
//   "imports":[
//   {"format":"Transactions","accepted":2,"duplicates":0,"rejected":[],"at":"2026-01-02T09:31:00.000Z"}],
//   "transactions":[
//   {"order":1,"ticker":"QQQ","type":"buy","date":"2012-02-03",…,"import":1,"row_key":"…","created_at":"…"},
//   {"order":2,…}],
//   "activity":[
//   {"at":"2026-01-02T09:31:00.000Z","by":"Ann","action":"import","subject":"import:1","after":{…}}]}
//   ]}

export const VERSION = 1

/** A file is about 250 bytes a transaction. */
export const LARGEST_EVERYTHING = 25_000_000

/** Writes the part of one portfolio. */
export function portfolioText(settings: Settings, file: WholePortfolio): string {
  const parts: [string, readonly object[]][] = [
    ['rulings', file.rulings],
    [
      'imports',
      file.imports.map(({ createdAt, undoneAt, ...rest }) =>
        filled({ ...rest, at: iso(createdAt), undone_at: undoneAt === null ? null : iso(undoneAt) }),
      ),
    ],
    ['transactions', file.transactions.map(transactionLine)],
    ['activity', file.activity.map(({ at, ...rest }) => filled({ at: iso(at), ...rest }))],
  ]
  const lists = parts.map(([name, rows]) => {
    const lines = rows.map((row) => `\n${JSON.stringify(row)}`)
    return `${JSON.stringify(name)}:[${lines.join(',')}]`
  })
  return `${FIRST}${JSON.stringify(settings)},\n${lists.join(',\n')}}`
}

/**
 * Writes a file of some portfolios, each as `portfolioText` writes it; that of an account has besides its securities, what
 * it has said of files, what it wants to be told, and by which channels: without what opens these, so that none is made of
 * them.
 */
export function everythingText(
  portfolios: readonly string[],
  securities: readonly ChosenTicker[] = [],
  files: readonly SaidOfFiles[] = [],
  groups: readonly GroupSettings[] = [],
  alerts: readonly KeptAlert[] = [],
  channels: readonly ToldBy[] = [],
): string {
  const list = (name: string, rows: readonly { at: number }[]) => {
    const lines = rows.map(({ at, ...rest }) => `\n${JSON.stringify({ ...rest, at: iso(at) })}`)
    return rows.length > 0 ? [`"${name}":[${lines.join(',')}]`] : []
  }
  const head = [
    `{"yardstick":"everything","version":${VERSION}`,
    ...list('securities', securities),
    ...list('files', files),
    ...list('channels', channels),
    ...(groups.length > 0
      ? [`"groups":[${groups.map((each) => `\n${JSON.stringify(each)}`).join(',')}]`]
      : []),
    ...list('alerts', alerts),
    '"portfolios":[',
  ]
  return `${head.join(',\n')}${portfolios.map((each) => `\n${each}`).join(',')}${END}`
}

/** Between these two stand the portfolios. */
export const FIRST = '{"portfolio":'
export const END = '\n]}\n'

/** A transaction as a line of a file. */
export function transactionLine(row: KeptTransaction): Record<string, unknown> {
  const { order, transaction, version, importNumber, rowKey, createdAt, updatedAt } = row
  const { note, ...rest } = transaction
  const cells = filledCells({ ...rest, note: '', id: '' }).map(([name, cell]) => [fieldOf(name), cell])
  const purchases = transaction.terms?.lots?.map((lot) => Number(lot.transaction ?? 0)) ?? []
  return filled({
    order,
    ...(Object.fromEntries(cells) as Record<string, string>),
    // which purchases the days of its lots mean: their numbers in the file, 0 for any of the day
    lots_of: purchases.some((number) => number > 0) ? purchases : null,
    note: note === '' ? null : note,
    version: version === 1 ? null : version,
    import: importNumber,
    row_key: rowKey,
    created_at: iso(createdAt),
    updated_at: updatedAt === createdAt ? null : iso(updatedAt),
  })
}

/** As a heading of our own CSV files is called here: `Units Day` is `units_day`. */
export function fieldOf(heading: string): string {
  return heading.toLowerCase().replaceAll(' ', '_')
}

function filled(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))
}

/** An instant as a file has it. */
export function iso(instant: number): string {
  return new Date(instant).toISOString()
}

/** Says whether a text wants to be such a file. */
export function isEverything(text: string): boolean {
  return /^\s*\{\s*"yardstick"\s*:\s*"everything"/.test(text.slice(0, 200))
}

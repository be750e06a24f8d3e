import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Backup, marketTables, migrations, ownTables, type Row, type Table } from './backup-file.ts'
import { fail, root } from './wrangler.ts'

/** A database that can be backed up and restored: that of `npm start` on this machine, or that of the account. */
export type Place = {
  /** As a sentence names it. */
  label: string
  /** What a backup says of where it was made: passkeys made at one place are of no use at another. */
  name: string
  market: string
  /** Brings a database of this machine to the present schema; that of the account has to be at it. */
  migrate(): Promise<void>
  /** The rows of each question. */
  query(questions: readonly string[]): Promise<Row[][]>
  /** What selects a row; some databases answer a text faster than fields, see `rowIn`. */
  selected(columns: readonly string[]): string
  /** Makes all changes or none. */
  write(changes: readonly Change[]): Promise<void>
  /** Deletes the copies that readers are shown, so that the next reader has them made of what the database says now. */
  forgetCopies(): Promise<void>
  /** Ends what was started to reach it. */
  close(): Promise<void>
}

/** A statement, or rows to be inserted; those that are there already stay as they are when `isOptional`. */
export type Change = string | { table: string; rows: readonly Row[]; isOptional?: boolean }

/** A row's values as a text, in the order of its columns. */
export const AS_TEXT = 'row_as_text'

/** All rows of a backup's tables, some of each table at a time, by their primary keys, so that none is read twice. */
export async function readTables(place: Place): Promise<Table[]> {
  const names = [...ownTables, ...marketTables]
  const shapes = await shapesOf(place, names)
  const tables = names.map((name): Table => ({ name, rows: [] }))
  for (let open = tables; open.length > 0;) {
    const found = await place.query(open.map((table) => pageAfter(table, shapes.get(table.name)!, place)))
    const more = open.filter(({ name }, i) => found[i]!.length === pageOf(name))
    open.forEach(({ name, rows }, i) => {
      for (const row of found[i]!) rows.push(rowIn(row, shapes.get(name)!.columns))
    })
    open = more
  }
  return tables
}

type Shape = { columns: string[]; key: string[] }

/** The columns of tables, and those of their primary keys. */
async function shapesOf(place: Place, names: readonly string[]): Promise<Map<string, Shape>> {
  const columns = names.map((name) => `SELECT name, pk FROM pragma_table_info('${name}') ORDER BY cid`)
  const found = await place.query(columns)
  return new Map(
    names.map((name, i) => {
      const rows = found[i] as { name: string; pk: number }[]
      const key = rows.filter(({ pk }) => pk > 0).toSorted((a, b) => a.pk - b.pk)
      return [name, { columns: rows.map((row) => row.name), key: key.map((row) => row.name) }]
    }),
  )
}

function pageAfter({ name, rows }: Table, { columns, key }: Shape, place: Place): string {
  const keys = key.map((each) => `"${each}"`).join(', ')
  const last = rows.at(-1)
  const after = last ? ` WHERE (${keys}) > (${key.map((each) => literal(last[each]!)).join(', ')})` : ''
  return `SELECT ${place.selected(columns)} FROM "${name}"${after} ORDER BY ${keys} LIMIT ${pageOf(name)}`
}

/** Tables that grow with use, whose rows are short; a row of the others may be a year of prices. */
const long = new Set(['transactions', 'audit', 'tracked'])
const pageOf = (table: string) => (long.has(table) ? 5000 : 500)

function rowIn(row: Row, columns: readonly string[]): Row {
  const text = row[AS_TEXT]
  if (typeof text !== 'string') return row
  const values = JSON.parse(text) as Row[string][]
  return Object.fromEntries(columns.map((column, i) => [column, values[i]!]))
}

/** Where the prices on the account come from. */
export function deployedMarket(): string {
  return /^MARKET = "(\w+)"$/m.exec(readFileSync(join(root, 'wrangler.toml'), 'utf8'))![1]!
}

/** Refuses a database at another schema than this version's. */
export async function refuseOldSchema(place: Place): Promise<void> {
  const [applied] = await place.query(['SELECT name FROM d1_migrations ORDER BY name'])
  const there = String(applied!.at(-1)?.name ?? 'none').replace('.sql', '')
  if (there !== migrations().at(-1))
    fail(`The database of ${place.label} is at ${there}. Run \`npm run deploy\` first.`)
}

/** As a sentence counts them. */
export function portfoliosIn(rows: number): string {
  return rows === 1 ? '1 portfolio' : `${rows} portfolios`
}

/** The rows of a table in a backup. */
export function rowsOf({ tables }: Pick<Backup, 'tables'>, name: string): Row[] {
  return tables.find((table) => table.name === name)!.rows
}

export function literal(value: string | number | null): string {
  if (value === null) return 'NULL'
  return typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`
}

import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './wrangler.ts'

// One file: a line about it, and then a line a row, `["transactions",{"id":"…",…}]`. What follows from other rows
// (snapshots, the copies in KV), what the app noted about itself (refreshes, counters) and what is only underway is
// not in it.

export type Row = Record<string, string | number | null>
export type Table = { name: string; rows: Row[] }

/** What people entered and who changed it, parents first. */
export const ownTables =
  'owners known_securities file_answers passkeys recovery_codes api_tokens portfolios group_members members invitations share_links alerts digests imports broker_statements unfinished_imports transactions audit track_record tracked'.split(
    ' ',
  )
/** Of these, who may sign in, and with what; it is of use only where it was made. */
export const accountTables = ['owners', 'passkeys', 'recovery_codes', 'api_tokens']
/** Prices. They come from one market, and mean nothing beside those of another. */
export const marketTables = ['instruments', 'histories', 'quotes', 'bars', 'gaps', 'corporate_actions']
/** Who is signed in, which is in no backup: after a restore, everybody signs in again. */
export const sessionTables = ['sessions', 'challenges']
/** Tables that are in no backup; a token of a broker, or of a channel of notices, is in no file. */
export const leftOut =
  'broker_connections notice_deliveries notices notice_channels push_keys sessions challenges snapshots headlines tracked_symbols refreshes security_searches counters usage dead_letters idempotency cron_claims'.split(
    ' ',
  )

/** `place` is the name of the place where it was made. */
export type Backup = { schema: string; market: string; place: string; made: string; tables: Table[] }

const FORMAT = 1
type Header = {
  yardstick: 'backup'
  format: number
  schema: string
  market: string
  place: string
  made: string
  rows: number
  /** Of the lines behind this one; backups from before 2026-12 have none. */
  sha256?: string
}

export function backupText({ tables, ...about }: Backup): string {
  const rows = tables.flatMap(({ name, rows }) => rows.map((row) => JSON.stringify([name, row])))
  const header: Header = {
    yardstick: 'backup',
    format: FORMAT,
    ...about,
    rows: rows.length,
    sha256: digestOf(rows),
  }
  return [JSON.stringify(header), ...rows, ''].join('\n')
}

/** Reads a backup; a sentence when it is none, not all of one, damaged, or of a newer Yardstick. */
export function readBackup(text: string): Backup | string {
  const [first, ...lines] = text.split('\n')
  const header = parsed(first!) as Partial<Header> | null
  if (header?.yardstick !== 'backup') return 'This file is no backup that `npm run backup` has written.'
  const { format, schema, market, place, made, rows, sha256 } = header as Header
  if (format > FORMAT || !migrations().includes(schema))
    return `This backup is of a newer Yardstick (database ${schema}). Update this one first: git pull.`
  const read = lines.flatMap((line) => {
    const row = parsed(line)
    return isRow(row) ? [row] : []
  })
  if (read.length !== rows) return `This backup is not complete: it has ${read.length} of ${rows} rows.`
  if (sha256 !== undefined && digestOf(lines) !== sha256)
    return 'This backup is damaged: its rows are not those that were written. Nothing was read. Use another copy of it.'
  const byTable = Map.groupBy(read, ([name]) => name)
  const names = [...ownTables, ...marketTables]
  const unknown = [...byTable.keys()].find((name) => !names.includes(name))
  if (unknown !== undefined)
    return `This backup has rows of “${unknown.slice(0, 40)}”, which Yardstick does not have. Nothing was read.`
  const tables = names.map((name) => ({
    name,
    rows: (byTable.get(name) ?? []).map(([, row]) => row),
  }))
  return { schema, market, place, made, tables }
}

/** Of rows as they were written, whatever line ends an editor or a mail program has given them since. */
function digestOf(lines: readonly string[]): string {
  const digest = createHash('sha256')
  for (const line of lines) {
    const row = line.trimEnd()
    if (row !== '') digest.update(`${row}\n`)
  }
  return digest.digest('hex')
}

/** The migrations that this version knows, oldest first; the last is its schema. */
export function migrations(): string[] {
  const files = readdirSync(join(root, 'migrations')).filter((name) => name.endsWith('.sql'))
  return files.map((name) => name.slice(0, -'.sql'.length)).toSorted()
}

function isRow(value: unknown): value is [table: string, Row] {
  if (!Array.isArray(value) || value.length !== 2) return false
  const [table, row] = value as [unknown, unknown]
  return typeof table === 'string' && typeof row === 'object' && row !== null && !Array.isArray(row)
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

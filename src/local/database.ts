import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { marketTables, migrations, ownTables, type Row, type Table } from './backup-file.ts'
import {
  configured,
  fail,
  failSigned,
  nameOnAccount,
  namespaces,
  option,
  root,
  wrangler,
} from './wrangler.ts'

/** A database that can be backed up and restored: that of `npm start` on this machine, or that of the account. */
export type Place = {
  /** As a sentence names it. */
  label: string
  market: string
  isRemote: boolean
  /** What wrangler is told of it. */
  where: string[]
}

/** The state of `npm start`, chosen by the same options. */
export function localPlace(): Place {
  const market = option('market') ?? 'demo'
  const known = ['demo', deployedMarket()]
  if (!known.includes(market)) fail(`--market is ${known.join(' or ')}, not “${market}”.`)
  const state = option('state') ?? `.wrangler/${market}`
  const where = ['--local', '--persist-to', state, '--config', 'wrangler.toml']
  return { label: `the ${market} portfolios on this machine (${state})`, market, isRemote: false, where }
}

export function account(): Place {
  const name = nameOnAccount()
  const where = ['--remote', '--config', configured(name)]
  return { label: `${name} on your Cloudflare account`, market: deployedMarket(), isRemote: true, where }
}

/** Where the prices on the account come from. */
function deployedMarket(): string {
  return /^MARKET = "(\w+)"$/m.exec(readFileSync(join(root, 'wrangler.toml'), 'utf8'))![1]!
}

/** Brings a local database to the present schema; that of the account is what `npm run deploy` has made it. */
export async function migrate(place: Place): Promise<void> {
  if (!place.isRemote) {
    const ended = await wrangler('d1', 'migrations', 'apply', 'DB', ...place.where)
    if (ended.code !== 0) fail(`Couldn’t prepare ${place.label}.`, ended)
    return
  }
  const [applied] = await query(place, ['SELECT name FROM d1_migrations ORDER BY name'])
  const there = String(applied!.at(-1)?.name ?? 'none').replace('.sql', '')
  if (there !== migrations().at(-1))
    fail(`The database of ${place.label} is at ${there}. Run \`npm run deploy\` first.`)
}

/** Answers the rows of each statement. */
export async function query(place: Place, statements: readonly string[]): Promise<Row[][]> {
  const command = statements.join(';\n')
  const ended = await wrangler('d1', 'execute', 'DB', '--json', '--command', command, ...place.where)
  const sentence = `Couldn’t read ${place.label}.${place.isRemote ? ' Has `npm run deploy` been run?' : ''}`
  if (ended.code !== 0) failSigned(sentence, ended)
  return (JSON.parse(ended.output) as { results: Row[] }[]).map(({ results }) => results)
}

/** All rows of a backup's tables, some of each table at a time. */
export async function readTables(place: Place): Promise<Table[]> {
  const tables = [...ownTables, ...marketTables].map((name): Table => ({ name, rows: [] }))
  for (let open = tables; open.length > 0;) {
    const found = await query(
      place,
      open.map(({ name, rows }) => `SELECT * FROM ${name} ORDER BY 1, 2 LIMIT ${PAGE} OFFSET ${rows.length}`),
    )
    const more = open.filter((_, i) => found[i]!.length === PAGE)
    open.forEach(({ rows }, i) => rows.push(...found[i]!))
    open = more
  }
  return tables
}

const PAGE = 500

/** Executes all statements or none. */
export async function execute(place: Place, statements: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'yardstick-'))
  try {
    const file = join(folder, 'statements.sql')
    writeFileSync(file, statements.map((statement) => `${statement};\n`).join(''))
    const ended = await wrangler('d1', 'execute', 'DB', '--yes', '--file', file, ...place.where)
    if (ended.code !== 0) failSigned(`Couldn’t write ${place.label}. Nothing there was changed.`, ended)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** As a sentence counts them. */
export function portfoliosIn(rows: number): string {
  return rows === 1 ? '1 portfolio' : `${rows} portfolios`
}

/** The statement that inserts a row. */
export function insert(table: string, row: Row, orIgnore = false): string {
  const names = Object.keys(row).map((name) => `"${name}"`)
  const verb = orIgnore ? 'INSERT OR IGNORE' : 'INSERT'
  return `${verb} INTO "${table}" (${names.join(', ')}) VALUES (${Object.values(row).map(literal).join(', ')})`
}

function literal(value: string | number | null): string {
  if (value === null) return 'NULL'
  return typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`
}

/** Deletes the copies that readers are shown, so that the next reader has them made of what the database says now. */
export async function forgetCopies(place: Place): Promise<void> {
  const where = place.isRemote
    ? await remoteNamespace()
    : ['--binding', 'SNAPSHOTS', '--preview', ...place.where]
  if (where === null) return
  const listed = await wrangler('kv', 'key', 'list', ...where)
  if (listed.code !== 0) fail('The rows are restored, but the copies in KV couldn’t be listed.', listed)
  const keys = (JSON.parse(listed.output) as { name: string }[]).map(({ name }) => name)
  if (keys.length === 0) return
  const folder = mkdtempSync(join(tmpdir(), 'yardstick-'))
  try {
    const file = join(folder, 'keys.json')
    writeFileSync(file, JSON.stringify(keys))
    const deleted = await wrangler('kv', 'bulk', 'delete', file, '--force', ...where)
    if (deleted.code !== 0) fail('The rows are restored, but the copies in KV couldn’t be deleted.', deleted)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function remoteNamespace(): Promise<string[] | null> {
  const id = (await namespaces(`${nameOnAccount()}-snapshots`)).at(-1)?.id
  return id === undefined ? null : ['--namespace-id', id, '--remote']
}

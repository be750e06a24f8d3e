import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { getTableName, is } from 'drizzle-orm'
import { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Backup,
  backupText,
  leftOut,
  marketTables,
  migrations,
  ownTables,
  readBackup,
  type Row,
} from '../../src/local/backup-file.ts'
import { literal, rowsOf } from '../../src/local/database.ts'
import * as schema from '../../src/storage/schema.ts'
import * as accessSchema from '../../src/storage/access-schema.ts'
import * as appSchema from '../../src/storage/app-schema.ts'
import * as marketSchema from '../../src/storage/market-schema.ts'
import { cloudflare, type StandIn } from '../cloudflare/stand-in.ts'
import { root, run as ran } from './run.ts'

const portfolio: Row = {
  id: 'p1',
  owner_id: 'ann',
  name: 'Ann’s “savings”',
  description: "it's; two\nlines -- and no comment",
  base_currency: 'USD',
  benchmarks: '["VOO"]',
  cost_basis: 'fifo',
  dividends: 'recorded',
  withholding: null,
  risk_free_rate: null,
  dismissed_dividends: '[]',
  dismissed_actions: '[]',
  own_instruments: '[]',
  created_at: 1,
  opened_at: 2,
  watched_until: 3,
  deleted_at: null,
  kind: null,
  targets: null,
}
const trade: Row = {
  id: 't1',
  portfolio_id: 'p1',
  sequence: 1,
  type: 'buy',
  symbol: 'KO',
  date: '2024-01-02',
  shares: '10',
  price: '60',
  fee: '0',
  amount: '-600',
  currency: null,
  ratio: null,
  review: null,
  note: "o'clock",
  terms: null,
  units_day: null,
  units: null,
  listing_currency: 'USD',
  version: 1,
  import_id: null,
  row_key: 'k#1',
  created_at: 1,
  updated_at: 1,
}
const entry: Row = {
  id: 7,
  portfolio_id: 'p1',
  at: 1,
  actor: 'ann',
  action: 'create',
  subject: 'transaction:t1',
  before: null,
  after: '{"type":"buy","date":"2024-01-02"}',
}
const account = (id: string, name: string): Row => ({ id, created_at: 1, name, is_admin: 1, identity: null })
const code = (hash: string): Row => ({ hash, account_id: 'ann', used_at: null })
/** More than one page is read at once, and more than one statement of D1 can be long. */
const noted: Row[] = Array.from({ length: 5001 }, (_, i) => ({ ...entry, id: 10 + i, at: 10 + i }))
const imported: Row = {
  id: 'i1',
  portfolio_id: 'p1',
  format: 'transactions-csv',
  accepted: 1,
  duplicates: 0,
  rejected: `[${'"it’s; a row 💶",'.repeat(9000)}""]`,
  created_at: 1,
  undone_at: null,
}
const rows: Record<string, Row[]> = {
  owners: [account('ann', 'Ann')],
  recovery_codes: [code('of Ann')],
  imports: [imported],
  portfolios: [portfolio],
  transactions: [trade],
  audit: [entry, ...noted],
  tracked: [{ symbol: 'KO', portfolio_id: 'p1' }],
  bars: [{ symbol: 'KO', year: 2024, closes: '[[2,60.5]]' }],
}
const backup: Backup = {
  schema: migrations().at(-1)!,
  market: 'demo',
  place: 'this machine',
  made: '2026-11-29T12:00:00.000Z',
  tables: [...ownTables, ...marketTables].map((name) => ({ name, rows: rows[name] ?? [] })),
}

const DAMAGED =
  'This backup is damaged: its rows are not those that were written. Nothing was read. Use another copy of it.'

describe('a backup', () => {
  it('is read as it was written', () => {
    expect(readBackup(backupText(backup))).toEqual(backup)
  })

  it('is read with other line ends, and from before its rows had a digest', () => {
    expect(readBackup(backupText(backup).replaceAll('\n', '\r\n'))).toEqual(backup)
    expect(readBackup(backupText(backup).replace(/,"sha256":"[0-9a-f]{64}"/, ''))).toEqual(backup)
  })

  it('has every table in it, but for those that are left out on purpose', () => {
    const all = Object.values({ ...schema, ...accessSchema, ...appSchema, ...marketSchema } as Record<
      string,
      unknown
    >).flatMap((each) => (is(each, SQLiteTable) ? getTableName(each) : []))
    expect([...ownTables, ...marketTables, ...leftOut].toSorted()).toEqual(all.toSorted())
  })

  it.each([
    ['another file', 'Ticker,Date\n', 'This file is no backup that `npm run backup` has written.'],
    [
      'a newer one',
      backupText({ ...backup, schema: '9999_later' }),
      'This backup is of a newer Yardstick (database 9999_later). Update this one first: git pull.',
    ],
    [
      'one that is broken off',
      backupText(backup).slice(0, -90),
      'This backup is not complete: it has 5007 of 5009 rows.',
    ],
    [
      'one with rows of a table that there is not',
      backupText({ ...backup, tables: [...backup.tables, { name: 'pensions', rows: [{ id: 1 }] }] }),
      'This backup has rows of “pensions”, which Yardstick does not have. Nothing was read.',
    ],
    [
      'one with a line that is no row',
      backupText(backup).replace(/\n\["owners".*/, '\n["owners"]'),
      'This backup is not complete: it has 5008 of 5009 rows.',
    ],
    ['one with another digit', backupText(backup).replace('"shares":"10"', '"shares":"16"'), DAMAGED],
    ['one without a field', backupText(backup).replace('"shares":"10",', ''), DAMAGED],
    [
      'one of which a row was copied over the next',
      backupText(backup).replace('"id":11,', '"id":10,'),
      DAMAGED,
    ],
  ])('of %s is refused in a sentence', (_, text, sentence) => {
    expect(readBackup(text)).toBe(sentence)
  })
})

describe('the commands', { shuffle: false }, () => {
  let folder: string
  let standIn: StandIn
  const file = (name: string) => join(folder, name)

  const run = (program: 'backup' | 'restore', args: string[], login?: Parameters<typeof ran>[3]) =>
    ran(program, standIn.url, args, login)

  /** The account's database, as `npm run deploy` leaves it. */
  function deployed(): DatabaseSync {
    const sqlite = new DatabaseSync(':memory:')
    sqlite.exec('CREATE TABLE d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT)')
    for (const name of migrations()) {
      sqlite.exec(readFileSync(join(root, `migrations/${name}.sql`), 'utf8'))
      sqlite.prepare('INSERT INTO d1_migrations (name) VALUES (?)').run(`${name}.sql`)
    }
    return sqlite
  }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'yardstick-backup-'))
    standIn = await cloudflare()
    standIn.account.databases.push({ uuid: 'd1', name: 'yardstick', sqlite: deployed() })
    standIn.account.namespaces.push({ id: 'kv1', title: 'yardstick-snapshots', keys: ['snapshot:p1'] })
    writeFileSync(file('first'), backupText(backup))
  })
  afterAll(async () => {
    rmSync(folder, { recursive: true })
    await standIn.close()
  })

  const onAccount = (table: string) => {
    const { sqlite } = standIn.account.databases[0]!
    return sqlite
      .prepare(`SELECT * FROM ${table}`)
      .all()
      .map((row) => ({ ...row }))
  }

  it('restore into an empty state and back up the same rows; neither overwrites anything unasked', async () => {
    const state = ['--state', file('state')]
    expect(await run('restore', [file('first'), ...state])).toMatchObject({
      code: 0,
      said: expect.stringContaining('✓ restored 1 portfolio.'),
    })
    expect(await run('restore', [file('first'), ...state])).toMatchObject({
      code: 1,
      said: expect.stringContaining('Nothing was changed. Make a backup of it, and add --replace.'),
    })
    expect(await run('backup', [file('second'), ...state])).toMatchObject({ code: 0 })
    expect(readBackup(readFileSync(file('second'), 'utf8'))).toEqual({
      ...backup,
      made: expect.any(String),
    })
    expect(await run('backup', [file('second'), ...state])).toMatchObject({
      code: 1,
      said: expect.stringContaining('is there already'),
    })
  }, 600_000)

  it('carry a local portfolio to the account, beside what is there, once, and without made-up prices', async () => {
    const { sqlite } = standIn.account.databases[0]!
    const other = { ...portfolio, id: 'p2', name: 'There' }
    sqlite.exec(insertOf('owners', account('ann', 'Ann')))
    sqlite.exec(insertOf('portfolios', other))
    const both = backup.tables.map((table) =>
      table.name === 'portfolios' ? { ...table, rows: [portfolio, { ...other, name: 'Older' }] } : table,
    )
    writeFileSync(file('both'), backupText({ ...backup, tables: both }))
    const state = ['--state', file('state')]
    await run('restore', [file('both'), ...state, '--replace'])
    const carried = await run('backup', [file('third'), ...state, '--to-account'])
    expect(carried).toMatchObject({ code: 0, said: expect.stringContaining('✓ added “Ann’s') })
    expect(carried.said).toContain('“Older” is there already, and stays as it is.')
    expect(carried.said).toContain('They belong to whoever runs it.')
    expect(onAccount('portfolios')).toEqual([{ ...portfolio, watched_until: 0 }, other])
    expect(onAccount('transactions')).toEqual([trade])
    expect(onAccount('imports')).toEqual([imported])
    expect(onAccount('audit')).toMatchObject([
      { subject: 'transaction:t1', after: entry.after },
      ...noted.map(() => ({})),
    ])
    expect(onAccount('tracked_symbols')).toMatchObject([{ symbol: 'KO' }])
    expect([onAccount('bars'), onAccount('recovery_codes')]).toEqual([[], []])
  }, 600_000)

  it('carry it to an account that nobody has claimed, and leave that to be claimed', async () => {
    const staging = deployed()
    standIn.account.databases.push({ uuid: 'd2', name: 'yardstick-staging', sqlite: staging })
    const to = ['--to-account', '--env', 'staging']
    const carried = await run('backup', [file('fourth'), '--state', file('state'), ...to])
    expect(carried).toMatchObject({ code: 0, said: expect.stringContaining('whoever claims it at /setup') })
    expect(
      staging
        .prepare('SELECT id, is_admin FROM owners')
        .all()
        .map((row) => ({ ...row })),
    ).toEqual([{ id: 'owner', is_admin: 0 }])
    expect(staging.prepare('SELECT DISTINCT owner_id AS owner FROM portfolios').all()).toMatchObject([
      { owner: 'owner' },
    ])
  }, 600_000)

  it('replace what the account has with what is of this machine, and leave who may sign in there', async () => {
    const { sqlite } = standIn.account.databases[0]!
    const codes = [code('made there')]
    sqlite.exec(insertOf('recovery_codes', codes[0]!))
    sqlite.exec("INSERT INTO sessions VALUES ('s', 's1', 'ann', 1, 1, 9, 9, 'a phone')")
    sqlite.exec(`INSERT INTO snapshots VALUES ('p1', 3, '{}', '{}', 1)`)
    sqlite.exec(`UPDATE portfolios SET name = 'Spoiled'`)
    const restored = await run('restore', [file('first'), '--account', '--replace'])
    expect(restored).toMatchObject({ code: 0, said: expect.stringContaining('are fetched anew') })
    expect(restored.said).toContain('who may sign in here, and with what, was left as it is')
    expect(onAccount('portfolios')).toEqual([portfolio])
    expect(onAccount('imports')).toEqual([imported])
    expect(onAccount('snapshots')).toEqual([])
    expect([onAccount('owners'), onAccount('recovery_codes')]).toEqual([[account('ann', 'Ann')], codes])
    expect(onAccount('sessions')).toHaveLength(1)
    expect(standIn.account.namespaces[0]!.keys).toEqual([])
  }, 600_000)

  it('put back what was made there, passkeys and codes with it; everybody signs in again', async () => {
    expect(await run('backup', [file('fifth'), '--account'])).toMatchObject({ code: 0 })
    const made = readBackup(readFileSync(file('fifth'), 'utf8')) as Backup
    expect([made.place, rowsOf(made, 'imports'), rowsOf(made, 'audit').length]).toEqual([
      'yardstick',
      [imported],
      noted.length + 1,
    ])
    const { sqlite } = standIn.account.databases[0]!
    sqlite.exec('DELETE FROM recovery_codes')
    sqlite.exec("UPDATE owners SET name = 'Spoiled'")
    const restored = await run('restore', [file('fifth'), '--account', '--replace'])
    expect(restored).toMatchObject({ code: 0, said: expect.stringContaining('Everybody signs in again') })
    expect([onAccount('owners'), onAccount('recovery_codes'), onAccount('sessions')]).toEqual([
      [account('ann', 'Ann')],
      [code('made there')],
      [],
    ])
  }, 600_000)

  it('say what to do without a login, and where nothing was deployed', async () => {
    expect(
      await run('backup', [file('sixth'), '--account'], { CLOUDFLARE_API_TOKEN: 'wrong' }),
    ).toMatchObject({
      code: 1,
      said: expect.stringMatching(
        /refuses the token in CLOUDFLARE_API_TOKEN.*Then run `npm run backup` again/,
      ),
    })
    expect(await run('backup', [file('seventh'), '--account', '--env', 'nowhere'])).toMatchObject({
      code: 1,
      said: expect.stringContaining('Has `npm run deploy` been run?'),
    })
  }, 600_000)
})

function insertOf(table: string, row: Row): string {
  return `INSERT INTO "${table}" (${Object.keys(row).join(', ')}) VALUES (${Object.values(row).map(literal).join(', ')})`
}

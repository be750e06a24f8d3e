import { existsSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { account } from './account.ts'
import { backupText, migrations } from './backup-file.ts'
import { carry } from './carry.ts'
import { commandLine } from './command-line.ts'
import { portfoliosIn, readTables, rowsOf } from './database.ts'
import { thisMachine } from './this-machine.ts'
import { fail, isWritable } from './wrangler.ts'

// Writes everything that was entered, and its prices, into one file.
//
//   npm run backup                             the portfolios of `npm start`; with --market those of that market
//   npm run backup -- mine.backup              into a file of that name
//   npm run backup -- --account                those of the Cloudflare account; with --env those of that environment
//   npm run backup -- --to-account             adds those of this machine to the account, beside what is there

const { values, positionals } = commandLine({
  allowPositionals: true,
  options: {
    account: { type: 'boolean', default: false },
    'to-account': { type: 'boolean', default: false },
    env: { type: 'string' },
    market: { type: 'string' },
    state: { type: 'string' },
  },
})
const isRemote = values.account
const isCarried = values['to-account']
if (positionals.length > 1) fail('A backup is one file: npm run backup -- FILE')
if (isRemote && isCarried) fail('--to-account carries what is on this machine; --account is what is there.')
const place = isRemote ? account() : thisMachine()
const made = new Date().toISOString()
const file =
  positionals[0] ??
  `yardstick-${isRemote ? 'account' : place.market}-${made.slice(0, 19).replaceAll(/[T:]/g, '-')}.backup`
if (existsSync(file)) fail(`${file} is there already. Name another file, or move it.`)
// everything is read before anything is written, which may take a while
if (!isWritable(dirname(resolve(file))))
  fail(`Nothing can be written into ${dirname(resolve(file))}. Name a file elsewhere.`)

console.log(`Reading ${place.label}…`)
await place.migrate()
const tables = await readTables(place)
await place.close()
const rows = tables.reduce((sum, table) => sum + table.rows.length, 0)
const backup = { schema: migrations().at(-1)!, market: place.market, place: place.name, made, tables }
writeFileSync(file, backupText(backup), { flag: 'wx' })
console.log(`${portfoliosIn(rowsOf(backup, 'portfolios').length)}, ${rows} rows in all, are in ${file}`)
if (isCarried) await carry(backup, account())

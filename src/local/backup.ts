import { existsSync, writeFileSync } from 'node:fs'
import { backupText, migrations } from './backup-file.ts'
import { carry } from './carry.ts'
import { account, localPlace, migrate, portfoliosIn, readTables } from './database.ts'
import { fail } from './wrangler.ts'

// Writes everything that was entered, and its prices, into one file.
//
//   npm run backup                             the portfolios of `npm start`; with --market those of that market
//   npm run backup -- mine.backup              into a file of that name
//   npm run backup -- --account                those of the Cloudflare account; with --env those of that environment
//   npm run backup -- --to-account             adds those of this machine to the account, beside what is there

const isRemote = process.argv.includes('--account')
const isCarried = process.argv.includes('--to-account')
if (isRemote && isCarried) fail('--to-account carries what is on this machine; --account is what is there.')
const place = isRemote ? account() : localPlace()
const made = new Date().toISOString()
const named = process.argv[2]?.startsWith('--') ? undefined : process.argv[2]
const file =
  named ??
  `yardstick-${isRemote ? 'account' : place.market}-${made.slice(0, 19).replaceAll(/[T:]/g, '-')}.backup`
if (existsSync(file)) fail(`${file} is there already. Name another file, or move it.`)

console.log(`Reading ${place.label}…`)
await migrate(place)
const tables = await readTables(place)
const rows = tables.reduce((sum, table) => sum + table.rows.length, 0)
const backup = { schema: migrations().at(-1)!, market: place.market, made, tables }
writeFileSync(file, backupText(backup), { flag: 'wx' })
const portfolios = tables.find(({ name }) => name === 'portfolios')!.rows.length
console.log(`${portfoliosIn(portfolios)}, ${rows} rows in all, are in ${file}`)
if (isCarried) await carry(backup, account())

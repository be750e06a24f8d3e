import { existsSync, readFileSync } from 'node:fs'
import { leftOut, marketTables, ownTables, readBackup } from './backup-file.ts'
import {
  account,
  execute,
  forgetCopies,
  insert,
  localPlace,
  migrate,
  portfoliosIn,
  query,
} from './database.ts'
import { fail } from './wrangler.ts'

// Puts back what `npm run backup` has written. What is there is replaced, and only where --replace says so. Every page
// is right when it is next opened: the coordinators see that the database is another one.
//
//   npm run restore -- FILE                            into the portfolios of `npm start` (--market, --state as there)
//   npm run restore -- FILE --account --replace        into the Cloudflare account (with --env: that environment)

const [, , file] = process.argv
if (file === undefined || file.startsWith('--')) fail('Name the backup: npm run restore -- FILE')
if (!existsSync(file)) fail(`There is no file ${file}.`)
const backup = readBackup(readFileSync(file, 'utf8'))
if (typeof backup === 'string') fail(backup)
const place = process.argv.includes('--account') ? account() : localPlace()

await migrate(place)
const [[there]] = (await query(place, ['SELECT count(*) AS portfolios FROM portfolios'])) as [
  [{ portfolios: number }],
]
if (there.portfolios > 0 && !process.argv.includes('--replace')) {
  fail(
    `There is something in ${place.label} already: ${portfoliosIn(there.portfolios)}. Nothing was changed. Make a backup of it, and add --replace.`,
  )
}
console.log(`Restoring the backup of ${backup.made} into ${place.label}…`)
// prices of another market would be wrong; those of this one are fetched again
const isSameMarket = backup.market === place.market
const tables = backup.tables.filter(({ name }) => isSameMarket || ownTables.includes(name))
await execute(place, [
  ...[...leftOut, ...marketTables.toReversed(), ...ownTables.toReversed()]
    .filter((name) => name !== 'tracked_symbols' && name !== 'usage' && name !== 'counters')
    .map((name) => `DELETE FROM "${name}"`),
  ...tables.flatMap(({ name, rows }) => rows.map((row) => insert(name, row))),
])
await forgetCopies(place)
const portfolios = tables.find(({ name }) => name === 'portfolios')!.rows.length
const prices = isSameMarket ? '' : ` Its prices were those of ${backup.market} and are fetched anew.`
console.log(`✓ restored ${portfoliosIn(portfolios)}.${prices}`)

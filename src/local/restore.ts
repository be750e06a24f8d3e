import { existsSync, readFileSync } from 'node:fs'
import { account } from './account.ts'
import { accountTables, leftOut, marketTables, ownTables, readBackup, sessionTables } from './backup-file.ts'
import { commandLine } from './command-line.ts'
import { type Change, portfoliosIn, rowsOf } from './database.ts'
import { thisMachine } from './this-machine.ts'
import { fail } from './wrangler.ts'

// Puts back what `npm run backup` has written. What is there is replaced, and only where --replace says so. Every page
// is right when it is next opened: the coordinators see that the database is another one.
//
//   npm run restore -- FILE                            into the portfolios of `npm start` (--market, --state as there)
//   npm run restore -- FILE --account --replace        into the Cloudflare account (with --env: that environment)

const { values, positionals } = commandLine({
  allowPositionals: true,
  options: {
    account: { type: 'boolean', default: false },
    replace: { type: 'boolean', default: false },
    env: { type: 'string' },
    market: { type: 'string' },
    state: { type: 'string' },
  },
})
const [file] = positionals
if (file === undefined || positionals.length > 1) fail('Name the backup: npm run restore -- FILE')
if (!existsSync(file)) fail(`There is no file ${file}.`)
const backup = readBackup(textOf(file))
if (typeof backup === 'string') fail(backup)
const place = values.account ? account() : thisMachine()

await place.migrate()
const [[there]] = (await place.query(['SELECT count(*) AS portfolios FROM portfolios'])) as [
  [{ portfolios: number }],
]
if (there.portfolios > 0 && !values.replace) {
  await place.close()
  fail(
    `There is something in ${place.label} already: ${portfoliosIn(there.portfolios)}. Nothing was changed. Make a backup of it, and add --replace.`,
  )
}
console.log(`Restoring the backup of ${backup.made} into ${place.label}…`)
// prices of another market would be wrong; those of this one are fetched again
const isSameMarket = backup.market === place.market
// a passkey belongs to one address: with those of another place nobody could sign in here
const isSamePlace = backup.place === place.name
const staying = new Set(isSamePlace ? [] : [...accountTables, ...sessionTables])
const emptied = [...leftOut, ...marketTables.toReversed(), ...ownTables.toReversed()].filter(
  (name) => !staying.has(name) && !['tracked_symbols', 'usage', 'counters'].includes(name),
)
const strangers = rowsOf(backup, 'owners').map((row) => ({ ...row, is_admin: 0, identity: null }))
await place.write([
  ...emptied.map((name) => `DELETE FROM "${name}"`),
  ...(isSamePlace ? [] : [{ table: 'owners', rows: strangers, isOptional: true }]),
  ...backup.tables
    .filter(({ name }) => !staying.has(name) && (isSameMarket || ownTables.includes(name)))
    .map(({ name, rows }): Change => ({ table: name, rows })),
])
await place.forgetCopies()
await place.close()
const prices = isSameMarket ? '' : ` Its prices were those of ${backup.market} and are fetched anew.`
console.log(`✓ restored ${portfoliosIn(rowsOf(backup, 'portfolios').length)}.${prices}`)
console.log(
  isSamePlace
    ? 'Everybody signs in again, with the passkeys and recovery codes of the backup.'
    : `The backup is of ${backup.place}: who may sign in here, and with what, was left as it is.`,
)

function textOf(name: string): string {
  try {
    return readFileSync(name, 'utf8')
  } catch (error) {
    return fail(`${name} couldn’t be read: ${(error as Error).message}.`)
  }
}

import type { Backup, Row } from './backup-file.ts'
import { type Place, rowsOf } from './database.ts'

/**
 * Adds the portfolios of a backup to those that are there, as those of whoever runs the instance there, or claims it next:
 * nobody else of the backup can sign in there. One that is there already stays as it is. Their prices are fetched there;
 * what the owner has said about a split goes along.
 */
export async function carry(backup: Backup, place: Place): Promise<void> {
  await place.migrate()
  const [there, [admin]] = (await place.query([
    'SELECT id FROM portfolios',
    'SELECT id FROM owners WHERE is_admin = 1 ORDER BY created_at LIMIT 1',
  ])) as [Row[], Row[]]
  const known = new Set(there.map(({ id }) => id))
  const isNew = (row: Row) => !known.has((row.portfolio_id ?? row.id)!)
  const portfolios = rowsOf(backup, 'portfolios')
  // the group of all portfolios makes itself
  const added = portfolios.filter((row) => isNew(row) && row.deleted_at === null && row.kind !== 'all')
  for (const { name } of portfolios.filter((row) => !isNew(row)))
    console.log(`“${name}” is there already, and stays as it is.`)
  if (added.length === 0) return console.log(`Nothing was added to ${place.label}.`)
  const ids = new Set(added.map(({ id }) => id))
  const own = (name: string) => rowsOf(backup, name).filter(({ portfolio_id }) => ids.has(portfolio_id!))
  const owner = admin?.id ?? FIRST
  await place.write([
    { table: 'owners', rows: [{ id: owner, created_at: Date.now() }], isOptional: true },
    { table: 'portfolios', rows: added.map((row) => ({ ...row, owner_id: owner, watched_until: 0 })) },
    {
      table: 'group_members',
      rows: rowsOf(backup, 'group_members').filter(({ group_id }) => ids.has(group_id!)),
    },
    ...['imports', 'transactions'].map((table) => ({ table, rows: own(table) })),
    // the log numbers its entries itself
    { table: 'audit', rows: own('audit').map(({ id: _id, ...row }) => row) },
    { table: 'tracked', rows: own('tracked') },
    {
      table: 'corporate_actions',
      rows: rowsOf(backup, 'corporate_actions').filter(({ kind }) => kind === 'no_split' || kind === 'same'),
      isOptional: true,
    },
  ])
  for (const { name } of added) console.log(`✓ added “${name}” to ${place.label}`)
  console.log(
    admin
      ? 'They belong to whoever runs it. Passkeys, sessions and API tokens of this machine stay here.'
      : 'They belong to whoever claims it at /setup. Passkeys, sessions and API tokens of this machine stay here.',
  )
}

/** The account that whoever claims an instance gets (storage/accounts.ts). */
const FIRST = 'owner'

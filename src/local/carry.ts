import type { Backup, Row } from './backup-file.ts'
import { execute, insert, migrate, type Place, query } from './database.ts'

/**
 * Adds the portfolios of a backup to those that are there. One that is there already stays as it is. Their prices are
 * fetched there; what the owner has said about a split goes along.
 */
export async function carry({ tables }: Backup, place: Place): Promise<void> {
  await migrate(place)
  const [there] = await query(place, ['SELECT id FROM portfolios'])
  const known = new Set(there!.map(({ id }) => id))
  const rowsOf = (name: string) => tables.find((table) => table.name === name)!.rows
  const isNew = (row: Row) => !known.has((row.portfolio_id ?? row.id)!)
  const portfolios = rowsOf('portfolios')
  const added = portfolios.filter((row) => isNew(row) && row.deleted_at === null)
  for (const { name } of portfolios.filter((row) => !isNew(row)))
    console.log(`“${name}” is there already, and stays as it is.`)
  if (added.length === 0) return console.log(`Nothing was added to ${place.label}.`)
  const ids = new Set(added.map(({ id }) => id))
  const own = (name: string) => rowsOf(name).filter(({ portfolio_id }) => ids.has(portfolio_id!))
  await execute(place, [
    ...rowsOf('owners').map((row) => insert('owners', row, true)),
    ...added.map((row) => insert('portfolios', { ...row, watched_until: 0 })),
    ...['imports', 'transactions'].flatMap((name) => own(name).map((row) => insert(name, row))),
    // the log numbers its entries itself
    ...own('audit').map(({ id: _id, ...row }) => insert('audit', row)),
    ...own('tracked').map((row) => insert('tracked', row)),
    ...rowsOf('corporate_actions')
      .filter(({ kind }) => kind === 'no_split' || kind === 'same')
      .map((row) => insert('corporate_actions', row, true)),
  ])
  for (const { name } of added) console.log(`✓ added “${name}” to ${place.label}`)
}

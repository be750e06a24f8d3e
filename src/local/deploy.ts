import { migrations } from './backup-file.ts'
import { ask, databaseNamed, namespaceTitled, queueNamed, selectIn } from './cloudflare.ts'
import type { Answer, Database, Namespace } from './cloudflare.ts'
import { commandLine } from './command-line.ts'
import { configured, fail, nameOnAccount, uploadFailure, wrangler } from './wrangler.ts'

// Deploys Yardstick to the Cloudflare account that wrangler is signed in to: it creates what is missing, migrates the
// database, builds and uploads. A second run changes only the code. No file keeps ids: everything is found by its name,
// which is also that which wrangler would give it.
//
//   npm run deploy
//   npm run deploy -- --env staging      a second Yardstick beside the first, with names and data of its own

commandLine({ options: { env: { type: 'string' } } })
const name = nameOnAccount()
const found = await databaseNamed(name)
const { uuid: database } = found ?? (await created<Database>(`database ${name}`, 'd1/database', { name }))
if (found) console.log(`✓ found the database ${name}`)
const title = `${name}-snapshots`
const { id: namespace } =
  (await namespaceTitled(title)) ??
  (await created<Namespace>(`KV namespace ${title}`, 'storage/kv/namespaces', { title }))
for (const queue of [`${name}-refresh`, `${name}-refresh-dlq`])
  if (!(await queueNamed(queue))) await created(`queue ${queue}`, 'queues', { queue_name: queue })

const config = configured(name, { database, namespace })
// migrations run before the code that needs them is uploaded; the older code works with both
if (!(await isMigrated())) {
  const migrated = await wrangler('d1', 'migrations', 'apply', 'DB', '--remote', '--config', config)
  if (migrated.code !== 0)
    fail('Couldn’t migrate the database. The code that runs there was not changed.', migrated)
  console.log('✓ migrated the database')
}

const deployed = await wrangler('deploy', '--config', config)
if (deployed.code !== 0) fail(uploadFailure(deployed), deployed)
const address = /https:\/\/\S+\.workers\.dev/.exec(deployed.output)?.[0]
console.log('✓ built and uploaded\n')
const listed = await ask<{ name: string }[]>('GET', `workers/scripts/${name}/secrets`)
/** Null where nobody knows, and then none is written over. */
const secrets = listed.refused ? null : listed.result.map((each) => each.name)
await tellAddress()
if (!(await isClaimed())) console.log(nextStep())
console.log(`Yardstick is at ${address ?? 'the address that the dashboard of your account shows'}`)

/** Creates what is missing. */
async function created<T>(what: string, path: string, body: Record<string, string>): Promise<T> {
  const made: Answer<T> = await ask('POST', path, body)
  if (made.refused) fail(`Couldn’t create the ${what}.`, made.refused)
  console.log(`✓ created the ${what}`)
  return made.result
}

/** True when the database has every migration of this version. */
async function isMigrated(): Promise<boolean> {
  // in a new one there is no such table
  const applied = await selectIn(database, 'SELECT name FROM d1_migrations')
  if (applied.refused) return false
  const there = new Set(applied.result[0]!.map((row) => row.name))
  return migrations().every((each) => there.has(`${each}.sql`))
}

/** Says to the Worker at which address it is, which passkeys are made for, unless somebody has said it before. */
async function tellAddress(): Promise<void> {
  if (address === undefined || secrets?.includes('ORIGIN')) return
  if (secrets === null)
    return console.log(
      `Couldn’t see whether ORIGIN is set, without which there are no passkeys. Run \`npm run deploy\` again.\n`,
    )
  const secret = { name: 'ORIGIN', text: address, type: 'secret_text' }
  const put = await ask('PUT', `workers/scripts/${name}/secrets`, secret)
  if (put.refused)
    console.log(`Couldn’t set ORIGIN, without which there are no passkeys: ${put.refused.errors.trim()}\n`)
}

/** True when somebody runs it, and where nobody knows: then nothing is said. */
async function isClaimed(): Promise<boolean> {
  const asked = await selectIn(database, 'SELECT id FROM owners WHERE is_admin = 1')
  return asked.refused !== undefined || asked.result[0]!.length > 0
}

/** What somebody does who has just deployed for the first time. */
function nextStep(): string {
  const setup = `${address ?? ''}/setup`
  return secrets?.includes('SETUP_TOKEN')
    ? `Next: claim it at ${setup} with the SETUP_TOKEN that you chose.`
    : `Next: choose a secret of more than 20 characters with \`npx wrangler secret put SETUP_TOKEN --name ${name}\`, and enter it at ${setup}`
}

import { commandLine } from './command-line.ts'
import {
  configured,
  type Ended,
  fail,
  failSigned,
  type Ids,
  nameOnAccount,
  namespaces,
  told,
  wrangler,
} from './wrangler.ts'

// Deploys Yardstick to the Cloudflare account that wrangler is signed in to: it creates what is missing, migrates the
// database, builds and uploads. A second run changes only the code. No file contains ids: the database is found by its
// name, and Cloudflare knows the Worker's other bindings.
//
//   npm run deploy
//   npm run deploy -- --env staging      a second Yardstick beside the first, with names and data of its own

commandLine({ options: { env: { type: 'string' } } })
const name = nameOnAccount()
let config = configured(name)
const run = (...args: string[]) => wrangler(...args, '--config', config)

const isKnown = (await databases()).some((each) => each.name === name)
if (!isKnown) {
  const created = await run('d1', 'create', name)
  if (created.code !== 0) fail(`Couldn’t create the database ${name}.`, created)
}
console.log(`✓ ${isKnown ? 'found' : 'created'} the database ${name}`)

// migrations run before the code that needs them is uploaded; the older code works with both
const migrated = await run('d1', 'migrations', 'apply', 'DB', '--remote')
if (migrated.code !== 0)
  fail('Couldn’t migrate the database. The code that runs there was not changed.', migrated)
console.log('✓ migrated the database')

const deployed = await upload()
if (deployed.code !== 0) fail('Couldn’t upload. The code that runs there was not changed.', deployed)
const address = /https:\/\/\S+\.workers\.dev/.exec(deployed.output)?.[0]
console.log('✓ built and uploaded\n')
const listed = await run('secret', 'list')
const secrets =
  listed.code === 0 ? (JSON.parse(listed.output) as { name: string }[]).map((each) => each.name) : []
await tellAddress()
if (!(await isClaimed())) console.log(nextStep())
console.log(`Yardstick is at ${address ?? 'the address that the dashboard of your account shows'}`)

/** Says to the Worker at which address it is, which passkeys are made for, unless somebody has said it before. */
async function tellAddress(): Promise<void> {
  if (address === undefined || secrets.includes('ORIGIN')) return
  const put = await told(address, 'secret', 'put', 'ORIGIN', '--config', config)
  if (put.code !== 0)
    console.log(`Couldn’t set ORIGIN, without which there are no passkeys: ${put.errors.trim()}\n`)
}

async function isClaimed(): Promise<boolean> {
  const sql = 'SELECT id FROM owners WHERE is_admin = 1'
  const asked = await run('d1', 'execute', 'DB', '--remote', '--json', '--command', sql)
  return asked.code === 0 && (JSON.parse(asked.output) as { results: unknown[] }[])[0]!.results.length > 0
}

/** What somebody does who has just deployed for the first time. */
function nextStep(): string {
  const setup = `${address ?? ''}/setup`
  return secrets.includes('SETUP_TOKEN')
    ? `Next: claim it at ${setup} with the SETUP_TOKEN that you chose.`
    : `Next: choose a secret of more than 20 characters with \`npx wrangler secret put SETUP_TOKEN --name ${name}\`, and enter it at ${setup}`
}

/**
 * wrangler creates what a first upload needs. What was deleted since it only names, because the Worker is still bound to
 * it, so that is created here, and its id said.
 */
async function upload(): Promise<Ended> {
  const ids: Ids = {}
  for (let tries = 0; ; tries++) {
    const ended = await run('deploy')
    // at another try the browser's part is what it was (build-client.ts)
    process.env.CLIENT_IS_BUILT = '1'
    if (ended.code === 0 || tries === 4) return ended
    const queue = /Queue "([\w-]+)" does not exist/.exec(ended.errors)?.[1]
    if (queue !== undefined) {
      await run('queues', 'create', queue)
      console.log(`✓ created the queue ${queue}, which had gone`)
    } else if (/KV namespace\b.*\bnot (found|valid)/.test(ended.errors)) {
      ids.namespace = await newNamespace()
      console.log('✓ created the KV namespace, which had gone')
    } else if (/database [\w-]+ could not be found/.test(ended.errors)) {
      ids.database = (await databases()).find((each) => each.name === name)!.uuid
      console.log('✓ took the new database for the one that had gone')
    } else return ended
    config = configured(name, ids)
  }
}

/** Creates a namespace and returns its id. */
async function newNamespace(): Promise<string> {
  const title = `${name}-snapshots`
  await run('kv', 'namespace', 'create', title)
  return (await namespaces(title)).at(-1)!.id
}

async function databases(): Promise<{ name: string; uuid: string }[]> {
  const listed = await run('d1', 'list', '--json')
  if (listed.code !== 0) failSigned('Couldn’t look for the database.', listed)
  return JSON.parse(listed.output) as { name: string; uuid: string }[]
}

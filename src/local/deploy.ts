import { spawn } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

// Deploys Yardstick to the Cloudflare account that wrangler is signed in to: it creates what is missing, migrates the
// database, builds and uploads. A second run changes only the code. No file contains ids: the database is found by its
// name, and Cloudflare knows the Worker's other bindings.
//
//   npm run deploy
//   npm run deploy -- --env staging      a second Yardstick beside the first, with names and data of its own

const root = join(import.meta.dirname, '../..')
const wrangler = join(root, 'node_modules/wrangler/bin/wrangler.js')
const at = process.argv.indexOf('--env')
const environment = at < 0 ? '' : (process.argv[at + 1] ?? '')
if (at >= 0 && !/^[a-z]{1,20}$/.test(environment)) {
  fail('--env takes a name of small letters, for example `npm run deploy -- --env staging`.')
}
const name = environment === '' ? 'yardstick' : `yardstick-${environment}`
/** The deployed configuration: wrangler.toml with the names of the environment. The file is deleted after use. */
const config = 'wrangler.deploy.toml'
process.on('exit', () => rmSync(join(root, config), { force: true }))
configure()

const known = await run('d1', 'list', '--json')
if (known.code !== 0) {
  const said = known.output + known.errors
  if (/Authentication error|not authenticated|logg(ed|ing) in/i.test(said)) {
    fail('Cloudflare does not know who you are. Run `npx wrangler login`, then `npm run deploy` again.')
  }
  fail('Couldn’t look for the database.', known)
}
const isKnown = (JSON.parse(known.output) as { name: string }[]).some((each) => each.name === name)
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
console.log('Next: whoever knows the address sees everything, so put Cloudflare Access in front of it.')
console.log(`Yardstick is at ${address ?? 'the address that the dashboard of your account shows'}`)

/** wrangler creates what a first upload needs. It only names what was deleted since, so that is created here. */
async function upload(): Promise<Ended> {
  for (let tries = 0; ; tries++) {
    const ended = await run('deploy')
    if (ended.code === 0 || tries === 3) return ended
    const queue = /Queue "([\w-]+)" does not exist/.exec(ended.errors)?.[1]
    const isNamespace = /KV namespace\b.*\bnot (found|valid)/.test(ended.errors)
    if (queue !== undefined) await run('queues', 'create', queue)
    else if (isNamespace) configure(await newNamespace())
    else return ended
    console.log(
      `✓ created ${queue === undefined ? 'the KV namespace' : `the queue ${queue}`}, which had gone`,
    )
  }
}

/** Creates a namespace and returns its id, because the Worker is still bound to the deleted one. */
async function newNamespace(): Promise<string> {
  const title = `${name}-snapshots`
  await run('kv', 'namespace', 'create', title)
  const listed = await run('kv', 'namespace', 'list')
  const all = JSON.parse(listed.output) as { id: string; title: string }[]
  return all.findLast((each) => each.title === title)!.id
}

function configure(namespace?: string): void {
  const own = readFileSync(join(root, 'wrangler.toml'), 'utf8').replaceAll('"yardstick', `"${name}`)
  const id = namespace === undefined ? '' : `\nid = "${namespace}"`
  writeFileSync(join(root, config), own.replace('[[kv_namespaces]]', `[[kv_namespaces]]${id}`))
}

type Ended = { code: number; output: string; errors: string }

/** Runs wrangler without prompts and returns its output. */
function run(...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, [wrangler, ...args, '--config', config], {
    cwd: root,
    env: {
      ...process.env,
      CI: 'true',
      WRANGLER_SEND_METRICS: 'false',
      WRANGLER_HIDE_BANNER: 'true',
      // it is started several times, and compiles itself once
      NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/node'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [output, errors] = ['', '']
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (errors += chunk))
  return new Promise((ended) => child.on('close', (code) => ended({ code: code ?? 1, output, errors })))
}

function fail(sentence: string, ended?: Ended): never {
  if (ended) console.error(`${ended.output}${ended.errors}`.trim())
  console.error(`\n${sentence}`)
  process.exit(1)
}

import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { commandLine } from './command-line.ts'
import { lockState } from './state-lock.ts'
import { thisMachine } from './this-machine.ts'
import { refuseReadOnly } from './wrangler.ts'

// Runs Yardstick on your own machine. It migrates the local database, starts wrangler, adds a demo portfolio to an empty
// database, and fires the Cron Trigger every minute, which wrangler dev does not do by itself.
//
//   npm start                      the demo market, no network at all
//   npm start -- --market yahoo    real prices; with --yahoo-base-url URL those of a stand-in (npm run yahoo)
//   npm start -- --port 9000 --state /tmp/elsewhere
//   npm start -- --verbose         with each line that wrangler and the Worker write

const root = join(import.meta.dirname, '../..')
const { values } = commandLine({
  options: {
    market: { type: 'string', default: 'demo' },
    port: { type: 'string', default: process.env.PORT ?? '8787' },
    state: { type: 'string' },
    verbose: { type: 'boolean', default: false },
    'yahoo-base-url': { type: 'string', default: process.env.YAHOO_BASE_URL ?? '' },
  },
})
const { market, port } = values
refuse(!['demo', 'yahoo'].includes(market), `--market is demo or yahoo, not “${market}”.`)
refuse(
  !/^\d+$/.test(port) || Number(port) < 1 || Number(port) > 65_535,
  `--port is a number from 1 to 65535, not “${port}”.`,
)
// made-up prices and real ones never share a database
const state = values.state ?? `.wrangler/${market}`
// a browser makes no passkey for 127.0.0.1
const url = `http://localhost:${port}`

const quiet = {
  ...process.env,
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_NO_SKILLS_UPDATE_PROMPTS: 'true',
  DO_NOT_TRACK: '1',
  X_LOCAL_OBSERVABILITY: 'false',
  X_LOCAL_EXPLORER: 'false',
}
const wrangler = join(root, 'node_modules/wrangler/bin/wrangler.js')

refuseReadOnly(resolve(root, state))
const holder = await lockState(resolve(root, state), url)
refuse(
  holder !== null,
  `The portfolios in ${state} are open at ${holder} already. Use that, or stop it, or choose another folder: npm start -- --state .wrangler/another`,
)
refuse(
  !(await isFree()),
  `Port ${port} is taken. Stop what runs there, or choose another: npm start -- --port ${(Number(port) % 65_535) + 1}`,
)
console.log('Preparing the local database…')
const database = thisMachine()
await database.migrate()
await database.close()

console.log('Starting…')
const vars = [
  '--var',
  'DEV_LOGIN:1',
  '--var',
  `MARKET:${market}`,
  '--var',
  `YAHOO_BASE_URL:${values['yahoo-base-url']}`,
]
const served = ['dev', '--port', port, '--persist-to', state, '--show-interactive-dev-session=false', ...vars]
const server = spawn(process.execPath, [wrangler, ...served], {
  cwd: root,
  env: quiet,
  stdio: ['inherit', 'pipe', 'pipe'],
})
// the address should stay the last line, so only errors are printed after it
for (const output of [server.stdout, server.stderr]) {
  createInterface(output).on('line', (line) => {
    if (values.verbose || /\bERROR\b|uncaught|"outcome":"(failed|threw)"/i.test(line)) console.error(line)
  })
}
server.on('exit', (code) => process.exit(code ?? 0))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => server.kill(signal))
// the shell between npm and this program ends by a signal without handing it on
const { ppid: shell } = process
if (process.env.npm_lifecycle_event)
  setInterval(() => process.ppid === shell || server.kill('SIGTERM'), 1000).unref()

await answering()
if (market === 'demo') await seed()
console.log(`\n  Yardstick is at ${url}\n`)
for (;;) {
  await sleep(60_000)
  // this fires the Cron Trigger by hand; the Worker cannot tell the difference
  await fetch(`${url}/cdn-cgi/local/scheduled?cron=${encodeURIComponent('* * * * *')}`).catch(() => undefined)
}

/** Exits with a sentence when something prevents the start. */
function refuse(isInTheWay: boolean, sentence: string): void {
  if (!isInTheWay) return
  console.error(sentence)
  process.exit(1)
}

/** Returns true when nothing listens on the port. */
function isFree(): Promise<boolean> {
  const trial = createServer()
  return new Promise((known) => {
    trial.once('error', () => known(false))
    trial.listen(Number(port), '127.0.0.1', () => trial.close(() => known(true)))
  })
}

async function answering(): Promise<void> {
  for (let tries = 0; tries < 240; tries++) {
    const answer = await fetch(`${url}/healthz`).catch(() => null)
    if (answer?.ok) return
    await sleep(250)
  }
  throw new Error(`Yardstick did not answer at ${url} within a minute; see the lines above`)
}

async function seed(): Promise<void> {
  // what it names at first is in the language of this machine
  const language = Intl.DateTimeFormat().resolvedOptions().locale
  const signedIn = await fetch(`${url}/sign-in/local`, {
    method: 'POST',
    headers: { origin: url, accept: 'application/json', 'accept-language': language },
  })
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0]
  if (cookie === undefined)
    throw new Error(`nobody could sign in (HTTP ${signedIn.status}): ${await signedIn.text()}`)
  const listed = await fetch(`${url}/api/portfolios`, { headers: { cookie } })
  const { portfolios } = (await listed.json()) as { portfolios: unknown[] }
  if (portfolios.length > 0) return
  const answer = await fetch(`${url}/portfolios/demo`, {
    method: 'POST',
    headers: { origin: url, cookie, 'accept-language': language },
    body: new URLSearchParams(),
    redirect: 'manual',
  })
  if (answer.status !== 303)
    throw new Error(`the demo portfolio could not be created (HTTP ${answer.status}): ${await answer.text()}`)
}

import { spawn } from 'node:child_process'
import { accessSync, constants, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { said } from './chosen-account.ts'

// Running wrangler without questions, for the commands that reach the local state or the Cloudflare account.

export const root = join(import.meta.dirname, '../..')
const binary = join(root, 'node_modules/wrangler/bin/wrangler.js')

export type Ended = { code: number; output: string; errors: string }

/** Runs wrangler; answers what it said. */
export function wrangler(...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, [binary, ...args], {
    cwd: root,
    env: {
      ...process.env,
      CI: 'true',
      CLOUDFLARE_CF_FETCH_ENABLED: 'false',
      WRANGLER_SEND_METRICS: 'false',
      WRANGLER_HIDE_BANNER: 'true',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [output, errors] = ['', '']
  // a chunk may end within a character
  child.stdout.setEncoding('utf8')
  child.stderr.setEncoding('utf8')
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (errors += chunk))
  return new Promise((ended) => child.on('close', (code) => ended({ code: code ?? 1, output, errors })))
}

/** What `npm run` was given. */
const command = basename(process.argv[1] ?? '', '.ts')

/** The value behind `--name`; undefined when it is not given. */
export function option(name: string): string | undefined {
  const at = process.argv.findIndex((each) => each === `--${name}` || each.startsWith(`--${name}=`))
  if (at < 0) return undefined
  const [, value = process.argv[at + 1]] = process.argv[at]!.split(/=(.*)/s)
  return value ?? ''
}

/** Ends with a sentence, behind what wrangler said. */
export function fail(sentence: string, ended?: Ended): never {
  if (ended) console.error(`${ended.output}${ended.errors}`.trim())
  console.error(ended ? `\n${sentence}` : sentence)
  process.exit(1)
}

/** Ends with a sentence where nothing can be written into Yardstick's own folder, or into that of the local state. */
export function refuseReadOnly(state?: string): void {
  if (!isWritable(root))
    fail(`Nothing can be written into ${root}. Copy Yardstick into a folder of your own, and run it there.`)
  if (state !== undefined && !isWritable(state))
    fail(`Nothing can be written into ${state}. Choose another folder with --state.`)
}

/** True when something can be written into a folder. One that is not there is made. */
export function isWritable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** Ends with what to do where Cloudflare refuses who is asking, and with the sentence where something else went wrong. */
export function failSigned(sentence: string, ended: Ended): never {
  const advice = refusedAdvice(ended, said('CLOUDFLARE_API_TOKEN', root, process.env) !== undefined)
  if (advice === null) fail(sentence, ended)
  fail(`${sentence}\n${advice} Then run \`npm run ${command}\` again.`)
}

/**
 * What to do where Cloudflare refuses who is asking; null where something else went wrong. It says the same of a token that it
 * does not know and of one that may not do this, and where a token is set, `wrangler login` signs nobody in.
 */
export function refusedAdvice({ output, errors }: Ended, hasToken: boolean): string | null {
  const isRefused =
    /Authentication error|not authenticated|logg(ed|ing) in|CLOUDFLARE_API_TOKEN|\[code: 9109\]/i
  if (!isRefused.test(output + errors)) return null
  return hasToken
    ? 'Cloudflare refuses the token in CLOUDFLARE_API_TOKEN: it is another one, has expired, or may not do this. Give it the permissions to edit D1, Workers KV Storage, Queues and Workers Scripts of this account.'
    : 'Cloudflare does not know who you are, or you may not do this. Run `npx wrangler login`.'
}

/** What has become of an upload that wrangler has not brought to its end. */
export function uploadFailure({ output }: Ended): string {
  return /^Uploaded /m.test(output)
    ? 'The code is uploaded and runs, but not all that it needs could be switched on: see above. Mend that, and run `npm run deploy` again.'
    : 'Couldn’t upload. The code that runs there was not changed.'
}

/** The name of the Worker and its database: `--env` gives a second Yardstick names of its own. */
export function nameOnAccount(): string {
  const environment = option('env')
  if (environment === undefined) return 'yardstick'
  if (!/^[a-z]{1,20}$/.test(environment))
    fail('--env takes a name of small letters, for example `npm run deploy -- --env staging`.')
  return `yardstick-${environment}`
}

/** What the bindings of the account are found by. */
export type Ids = { database: string; namespace?: string }

/** Writes the configuration of the account into a file, which exists while this process runs, and answers its name. */
export function configured(name: string, ids: Ids): string {
  refuseReadOnly()
  const config = `wrangler.${process.pid}.toml`
  writeFileSync(join(root, config), configurationOf(name, ids))
  process.on('exit', () => rmSync(join(root, config), { force: true }))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
  return config
}

/** The configuration with the names of a Yardstick on the account. */
export function configurationOf(name: string, { database, namespace }: Ids): string {
  const id = (field: string, value: string | undefined) =>
    value === undefined ? '' : `\n${field} = "${value}"`
  return readFileSync(join(root, 'wrangler.toml'), 'utf8')
    .replaceAll('"yardstick', `"${name}`)
    .replace('[[d1_databases]]', `[[d1_databases]]${id('database_id', database)}`)
    .replace('[[kv_namespaces]]', `[[kv_namespaces]]${id('id', namespace)}`)
}

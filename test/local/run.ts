import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ACCOUNT, TOKEN } from '../cloudflare/stand-in.ts'

export const root = join(import.meta.dirname, '../..')

/** Who is signed in, as wrangler has it from the environment; of a variable that is undefined it knows nothing. */
type Login = {
  CLOUDFLARE_API_TOKEN?: string | undefined
  CLOUDFLARE_ACCOUNT_ID?: string | undefined
  XDG_CONFIG_HOME?: string
}

/** Runs a program of src/local against the stand-in at an address; ends with all that it wrote. */
export function run(
  program: 'backup' | 'deploy' | 'restore',
  url: string,
  args: readonly string[] = [],
  login: Login = {},
): Promise<{ code: number | null; said: string }> {
  const child = spawn(
    process.execPath,
    ['--import', './src/local/needs-node.mjs', `src/local/${program}.ts`, ...args],
    {
      cwd: root,
      env: {
        ...process.env,
        CLOUDFLARE_API_BASE_URL: url,
        CLOUDFLARE_API_TOKEN: TOKEN,
        CLOUDFLARE_ACCOUNT_ID: ACCOUNT,
        // which account was chosen on this machine is no matter here
        WRANGLER_CACHE_DIR: join(root, 'node_modules/.cache/none'),
        ...login,
        // what a test runner says about itself is no business of the program
        NODE_OPTIONS: '',
        VITEST: undefined,
      },
    },
  )
  let said = ''
  child.stdout.on('data', (chunk) => (said += chunk))
  child.stderr.on('data', (chunk) => (said += chunk))
  return new Promise((ended) => child.on('close', (code) => ended({ code, said })))
}

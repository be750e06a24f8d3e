import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'

/**
 * The id of the account that wrangler would take without asking: what the environment says, then `.env.local` and `.env`, then
 * the one that somebody has chosen when wrangler asked. Undefined where none was said or chosen.
 */
export function chosenAccount(folder: string, environment: NodeJS.ProcessEnv): string | undefined {
  return said('CLOUDFLARE_ACCOUNT_ID', folder, environment) ?? chosenBefore(cacheOf(folder, environment))
}

/** A variable as wrangler finds it: in the environment, then in `.env.local` and `.env`. */
export function said(name: string, folder: string, environment: NodeJS.ProcessEnv): string | undefined {
  const files = ['.env.local', '.env'].map((file) => parseEnv(textOf(join(folder, file))))
  return [environment, ...files].map((each) => each[name]).find(Boolean)
}

/** `{"account": {"id": "…", "name": "…"}}` */
function chosenBefore(cache: string): string | undefined {
  try {
    const { account } = JSON.parse(textOf(join(cache, 'wrangler-account.json'))) as {
      account?: { id?: string }
    }
    return account?.id
  } catch {
    return undefined
  }
}

/** Where wrangler keeps what it was told. It makes the folder in node_modules when it has something to keep. */
function cacheOf(folder: string, { WRANGLER_CACHE_DIR }: NodeJS.ProcessEnv): string {
  const packages = join(folder, 'node_modules/.cache/wrangler')
  return WRANGLER_CACHE_DIR || (existsSync(packages) ? packages : join(folder, '.wrangler/cache'))
}

function textOf(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

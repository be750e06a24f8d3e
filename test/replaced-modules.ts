import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')

/**
 * The modules that `[alias]` in wrangler.toml replaces, `"tldts" = "./src/…"`, and the files that stand in for them. Read
 * without wrangler, which half of the test projects would load for nothing else.
 */
export function replacedModules(): [name: string, file: string][] {
  const section = /^\[alias\]\n([^[]*)/m.exec(readFileSync(join(root, 'wrangler.toml'), 'utf8'))![1]!
  return [...section.matchAll(/^"(.+)" = "(.+)"$/gm)].map(([, name, path]) => [name!, join(root, path!)])
}

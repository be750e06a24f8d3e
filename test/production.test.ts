import { readFileSync, existsSync } from 'node:fs'
import { expect, it } from 'vitest'

// What only a real account does (src/README.md, "What a real account does otherwise"), as far as it is a setting.

const root = new URL('../', import.meta.url)
const text = readFileSync(new URL('wrangler.toml', root), 'utf8')
const [whole, ...tables] = text.split(/^(?=\[)/m)

/** The settings of a table of wrangler.toml, or of what stands before the first; to have wrangler read it takes a second. */
const settingsIn = (table: string): Record<string, unknown> =>
  Object.fromEntries(
    [...table.matchAll(/^(\w+) = ("[^"]*"|true|false|\d+)$/gm)].map(([, name, value]) => [
      name,
      JSON.parse(value!),
    ]),
  )

it('two consumers at most work on a first import, in batches that a free invocation can carry', () => {
  const consumers = tables.filter((table) => table.startsWith('[[queues.consumers]]')).map(settingsIn)
  const refresh = consumers.find(({ queue }) => queue === 'yardstick-refresh')
  expect(refresh).toMatchObject({ max_concurrency: 2, max_batch_size: 12, max_retries: 3 })
})

it('what is deployed is minified, and has no second address', () => {
  expect(settingsIn(whole!)).toMatchObject({ minify: true, preview_urls: false })
})

it('no id of an account stands in the configuration', () => {
  expect(text).not.toMatch(/^(id|database_id|account_id)\b/m)
})

it('every test that the section names is there', () => {
  const page = readFileSync(new URL('src/README.md', root), 'utf8')
  const section = page.split('## What a real account does otherwise')[1]!.split('\n## ')[0]!
  const named = [...section.matchAll(/`(test\/[\w./-]+)`/g)].map(([, path]) => path!)
  expect(named.length).toBeGreaterThan(20)
  expect(named.filter((path) => !existsSync(new URL(path, root)))).toEqual([])
})

import { readFileSync, existsSync } from 'node:fs'
import { expect, it } from 'vitest'
import { unstable_readConfig } from 'wrangler'

// What only a real account does (src/README.md, "What a real account does otherwise"), as far as it is a setting.

const root = new URL('../', import.meta.url)
const config: {
  minify?: boolean | undefined
  preview_urls?: boolean | undefined
  queues: { consumers?: { queue: string }[] | undefined }
} = unstable_readConfig({ config: './wrangler.toml' })

it('two consumers at most work on a first import, in batches that a free invocation can carry', () => {
  const refresh = config.queues.consumers!.find(({ queue }) => queue === 'yardstick-refresh')!
  expect(refresh).toMatchObject({ max_concurrency: 2, max_batch_size: 12, max_retries: 3 })
})

it('what is deployed is minified, and has no second address', () => {
  expect(config).toMatchObject({ minify: true, preview_urls: false })
})

it('no id of an account stands in the configuration', () => {
  const text = readFileSync(new URL('wrangler.toml', root), 'utf8')
  expect(text).not.toMatch(/^(id|database_id|account_id)\b/m)
})

it('every test that the section names is there', () => {
  const page = readFileSync(new URL('src/README.md', root), 'utf8')
  const section = page.split('## What a real account does otherwise')[1]!.split('\n## ')[0]!
  const named = [...section.matchAll(/`(test\/[\w./-]+)`/g)].map(([, path]) => path!)
  expect(named.length).toBeGreaterThan(20)
  expect(named.filter((path) => !existsSync(new URL(path, root)))).toEqual([])
})

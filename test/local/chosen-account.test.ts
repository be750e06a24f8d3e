import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { chosenAccount } from '../../src/local/chosen-account.ts'

let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'yardstick-account-'))))
afterEach(() => rmSync(folder, { recursive: true }))

function has(file: string, text: string): void {
  mkdirSync(join(folder, file, '..'), { recursive: true })
  writeFileSync(join(folder, file), text)
}

it('the environment counts before both files, and these before what wrangler was told once', () => {
  expect(chosenAccount(folder, {})).toBeUndefined()
  has('.wrangler/cache/wrangler-account.json', '{"account":{"id":"chosen","name":"Mine"}}')
  expect(chosenAccount(folder, {})).toBe('chosen')
  has('.env', '# mine\nOTHER=1\nCLOUDFLARE_ACCOUNT_ID="plain"\n')
  expect(chosenAccount(folder, { CLOUDFLARE_ACCOUNT_ID: '' })).toBe('plain')
  has('.env.local', 'CLOUDFLARE_ACCOUNT_ID=local\n')
  expect(chosenAccount(folder, {})).toBe('local')
  expect(chosenAccount(folder, { CLOUDFLARE_ACCOUNT_ID: 'said' })).toBe('said')
})

it('what wrangler keeps is found where it keeps it, and what cannot be read is nothing', () => {
  has('.wrangler/cache/wrangler-account.json', '{"account":{"id":"here"}}')
  has('node_modules/.cache/wrangler/wrangler-account.json', '{"account":{"id":"packages"}}')
  has('elsewhere/wrangler-account.json', '{"account":')
  expect(chosenAccount(folder, {})).toBe('packages')
  expect(chosenAccount(folder, { WRANGLER_CACHE_DIR: join(folder, 'elsewhere') })).toBeUndefined()
})

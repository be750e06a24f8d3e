import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')

it('what `wrangler deploy` would upload is under 620 KiB gzip, as wrangler counts it, made without any network', async () => {
  const folder = process.env.DIST_IS_BUILT ? join(root, 'dist') : await built()
  const modules = readdirSync(folder).filter((name) => /\.(js|csv)$/.test(name))
  expect(modules).toHaveLength(3)
  const sizes = modules.map((name) => gzipSync(readFileSync(join(folder, name))).byteLength)
  // to be raised on purpose only: one list of a library made it 259 kB once
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(620 * 1024)
}, 60_000)

it('nothing that is deployed lets anybody in without a proof, or lifts a limit', () => {
  const folder = process.env.DIST_IS_BUILT ? join(root, 'dist') : null
  const settings = ['wrangler.toml', 'package.json', 'src/local/deploy.ts'].map((name) => join(root, name))
  const scripts = folder === null ? [] : readdirSync(folder).filter((name) => name.endsWith('.js'))
  for (const file of settings) expect(readFileSync(file, 'utf8')).not.toMatch(/DEV_LOGIN|LIMITS/)
  // the script reads the variables, and gives them no value
  for (const name of scripts)
    expect(
      readFileSync(join(folder!, name), 'utf8').match(/(DEV_LOGIN|LIMITS)["']?\s*[:=]\s*["'`\d!]/),
    ).toBeNull()
})

it('what a first visit downloads beside the page is under 60 kB gzip', () => {
  const { js, css } = JSON.parse(readFileSync(join(root, 'src/web/assets.json'), 'utf8')) as {
    js: string
    css: string
  }
  const weight = [js, css].map((address) => gzipSync(readFileSync(join(root, 'static', address))).byteLength)
  expect(weight[0]! + weight[1]!).toBeLessThan(60_000)
})

it('what is deployed signs nobody in by one click, and has the limits', () => {
  for (const file of ['wrangler.toml', 'package.json', 'src/local/deploy.ts'])
    expect(readFileSync(join(root, file), 'utf8')).not.toMatch(/DEV_LOGIN|\bLIMITS\b/)
})

/** What `npm run build` makes, where nobody has run it just before. */
async function built(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'yardstick-deploy-'))
  const wrangler = join(root, 'node_modules/wrangler/bin/wrangler.js')
  await promisify(execFile)(
    process.execPath,
    [wrangler, 'deploy', '--dry-run', '--minify', '--outdir', folder],
    {
      cwd: root,
      env: { ...process.env, WRANGLER_SEND_METRICS: 'false', WRANGLER_HIDE_BANNER: 'true', CI: 'true' },
    },
  )
  return folder
}

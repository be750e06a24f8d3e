import { mkdirSync } from 'node:fs'

/**
 * @sparticuz/chromium unpacks into TMPDIR and takes any file of that name for its own, a half-written one too: so
 * once, before any test, and into a folder of its version. That is on the disk: from memory, where the tests have
 * TMPDIR (vitest.config.ts), some machines run no program.
 */
export default async function unpackChromium(): Promise<void> {
  if (process.env.CHROMIUM) return
  const before = process.env.TMPDIR
  const folder = '/tmp/yardstick-chromium-153.0.0'
  mkdirSync(folder, { recursive: true })
  process.env.TMPDIR = folder
  const { default: chromium } = await import('@sparticuz/chromium')
  process.env.CHROMIUM = await chromium.executablePath()
  if (before === undefined) delete process.env.TMPDIR
  else process.env.TMPDIR = before
}

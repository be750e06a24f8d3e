import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * @sparticuz/chromium unpacks into TMPDIR and takes any file of that name for its own, a half-written one too: so
 * once, before any test, and into a folder of its version.
 */
export default async function unpackChromium(): Promise<void> {
  if (process.env.CHROMIUM) return
  const before = process.env.TMPDIR
  const folder = join(tmpdir(), 'yardstick-chromium-153.0.0')
  mkdirSync(folder, { recursive: true })
  process.env.TMPDIR = folder
  const { default: chromium } = await import('@sparticuz/chromium')
  process.env.CHROMIUM = await chromium.executablePath()
  if (before === undefined) delete process.env.TMPDIR
  else process.env.TMPDIR = before
}

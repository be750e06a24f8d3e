import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const hook = new URL('../.githooks/commit-msg', import.meta.url).pathname

const folder = mkdtempSync(join(tmpdir(), 'commit-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** The hook's complaint about a message; '' when it lets the message pass. */
function verdict(message: string): string {
  const file = join(folder, 'COMMIT_EDITMSG')
  writeFileSync(file, message)
  const { status, stderr } = spawnSync('sh', [hook, file], { encoding: 'utf8' })
  return status === 0 ? '' : stderr
}

describe('a commit message', () => {
  it.each([
    'fix(web): escape the name of an instrument',
    'docs: describe the total-return index',
    'refactor(portfolio)!: rename the holding of a day\n\nA body may be as long as it needs to be, far beyond 72 characters a line.',
    // 72 characters, of which two take three bytes
    `fix: ${'x'.repeat(65)}→→`,
    "Merge branch 'engine'",
  ])('passes: %s', (message) => {
    expect(verdict(message)).toBe('')
  })

  it.each([
    ['escape the name of an instrument', 'no type'],
    ['fix(web) escape the name', 'no type'],
    ['fix(Web Page): escape the name', 'no type'],
    [`fix: ${'x'.repeat(68)}`, 'longer than 72'],
    ['fix(web): the name of an instrument is escaped', 'no article'],
    ['fix: A name is escaped', 'no article'],
  ])('is refused: %s', (message, why) => {
    expect(verdict(message)).toContain(why)
  })
})

import { describe, expect, it } from 'vitest'
import { words } from '../../src/market/field.ts'

describe('a name that a source has sent', () => {
  it.each([
    ['Apple Inc.', 'Apple Inc.'],
    ['  Nestlé S.A. \n', 'Nestlé S.A.'],
    ['Société\u00a0Générale', 'Société\u00a0Générale'],
    ['a\u202egpj.exe', 'agpj.exe'],
    ['\u2066Apple\u2069\u200b Inc.', 'Apple Inc.'],
    ['a\0b\tc\r\nd', 'a b c d'],
    ['half \ud800 of it', 'half \ufffd of it'],
  ])('is a text that a line can show: %j', (sent, kept) => expect(words(sent)).toBe(kept))

  it('is cut when no name is as long, not in the middle of a character', () => {
    expect(words('x'.repeat(300_000))).toHaveLength(200)
    const cut = words(`x${'😀'.repeat(1000)}`)!
    expect([cut.length <= 200, cut.isWellFormed()]).toEqual([true, true])
  })

  it('is the next one when there is nothing to show of the first', () => {
    expect(words('\u202e\u200b \n', null, 7, 'Short')).toBe('Short')
    expect(words('', ' ')).toBeNull()
  })
})

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { textCell, textOf } from '../../src/statements/text-cell.ts'

describe('a text in a cell', () => {
  it.each([
    ['rent', 'rent'],
    ['Überweisung, “Miete” – 1 + 1 = 2', 'Überweisung, “Miete” – 1 + 1 = 2'],
    ['first line\nsecond', 'first line\nsecond'],
    ["'tis", "'tis"],
    ['"quoted"', '"quoted"'],
    ['=1+1', "'=1+1"],
    ['+5', "'+5"],
    ['- sold', "'- sold"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['＝1', "'＝1"],
    // like what is escaped already
    ["'=1", "''=1"],
    ["''=1", "'''=1"],
    [`'"a"`, `''"a"`],
    [`'"`, `''"`],
    // what reading would change, or a program that parts cells elsewhere
    ['\u200B=1', String.raw`'"\u200b=1"`],
    ['a\r\nb', String.raw`'"a\r\nb"`],
    ['1\u00A0000', String.raw`'"1\u00a0000"`],
    ['a;=1', String.raw`'"a\u003b=1"`],
    ['a\n-b', String.raw`'"a\n-b"`],
    ['\0', String.raw`'"\u0000"`],
  ])('%j stands there as %j', (text, cell) => {
    expect(textCell(text)).toBe(cell)
    expect(textOf(cell)).toBe(text)
  })

  it.each(["'tis", `'"tis the season"`, `'"`, '=1+1', '-5', `"'=1"`])(
    'from a foreign file stands for itself: %j',
    (cell) => expect(textOf(cell)).toBe(cell),
  )

  const spiteful = fc.array(
    fc.oneof(
      fc.string({
        unit: fc.constantFrom(...'= + - @ \' " ; , | \t \r \n \\ u'.split(' '), ' '),
        maxLength: 2,
      }),
      fc.constantFrom('\u200B', '\uFEFF', '\u00A0', '\0', '\uFFFD', '\uD83D', '\u0085', '＝'),
      fc.string({ unit: 'binary', maxLength: 2 }),
    ),
    { maxLength: 8 },
  )

  it('comes back as it was, whatever it is, and never starts a formula, wherever cells are parted', () => {
    fc.assert(
      fc.property(spiteful, (letters) => {
        const text = letters.join('')
        const cell = textCell(text)
        expect(textOf(cell)).toBe(text)
        expect(cell).not.toMatch(/(?:^|[;\t\n]"*)[\s\p{C}]*[=+\-@]/u)
      }),
      { seed: 7, numRuns: 3000 },
    )
  })
})

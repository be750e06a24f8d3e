import { describe, expect, it } from 'vitest'
import { afterReading } from '../../src/statements/csv.ts'
import { readStatement } from '../../src/statements/read-statement.ts'
import { plainDay, plainNumber } from '../../src/statements/spelling.ts'

// Each text is so long that reading it twice from every place would take hours: what is not linear never ends.
const LONG = 2_000_000

describe('a long run in the middle of a cell is read once', () => {
  it.each([' ', '\u00A0', '\u200B', '\t'])('blanks: %j', (blank) => {
    const text = `a${blank.repeat(LONG)}b`
    expect(afterReading(text)).toHaveLength(LONG + 2)
    expect(afterReading(`${blank.repeat(LONG)}a${blank.repeat(LONG)}`)).toBe('a')
  })

  it.each([
    ['zeros', `0.${'0'.repeat(LONG)}1`],
    ['digits', '1'.repeat(LONG)],
    ['groups', `1${',000'.repeat(LONG / 4)}`],
  ])('a number: %s', (_, text) => {
    expect(plainNumber(text)).toBe(text.replaceAll(',', ''))
  })

  it.each([
    ['zeros before a letter', `0.${'0'.repeat(LONG)}x`],
    ['digits before a letter', `${'1'.repeat(LONG)}x`],
    ['groups before a letter', `1${',000'.repeat(LONG / 4)}x`],
    ['brackets', '('.repeat(LONG)],
    ['blanks', `1${' '.repeat(LONG)}2`],
    ['dots', '.'.repeat(LONG)],
    ['signs', '-'.repeat(LONG)],
  ])('no number and no day: %s', (_, text) => {
    expect([plainNumber(text), plainDay(text)]).toEqual([null, null])
  })
})

describe('a cell longer than any that is written', () => {
  const columns = ['Ticker', 'Type', 'Date', 'Price', 'Shares', 'Note']
  const row = ['VOO', 'Buy', '2020-01-02', '298', '1', 'first']
  const read = (cells: string[]) => readStatement(`${columns.join(',')}\n${cells.join(',')}\n`, '2030-01-01')

  it.each(columns)('rejects its row, in column %s', (column) => {
    const cells = row.map((cell, i) => (columns[i] === column ? 'x'.repeat(4097) : cell))
    expect(read(cells)).toMatchObject({
      rows: [],
      rejected: [
        {
          line: 2,
          reason: expect.stringMatching(/^A cell has 4097 characters; at most 4096 are read: “x+…”\.$/),
        },
      ],
    })
  })

  it('does not trouble the rows beside it', () => {
    expect(read(row)).toMatchObject({ rows: [{ line: 2 }], rejected: [] })
  })
})

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

describe('a long text in the middle of a file is read once', () => {
  const today = '2030-01-01'

  it.each([
    ['elements that do not close', `<OFX>${'<A>x'.repeat(LONG / 8)}`],
    ['an element without an end', `<OFX><${'A'.repeat(LONG)}`],
    ['ampersands', `<OFX>${'&'.repeat(LONG)}</OFX>`],
    ['brackets of JSON', `{"activities": [${'{'.repeat(LONG)}`],
    ['a header of many words', `${'Date,'.repeat(LONG / 500)}Symbol\n2024-01-31\n`],
    ['a heading of one word', `Date,${'Price '.repeat(LONG / 60)},Shares\n2024-01-31,1,1\n`],
  ])('%s', (_, text) => {
    expect(readStatement(text, today)).toBeDefined()
  })

  it.each(['Type', 'Date', 'Price', 'Amount', 'Symbol', 'Details'])(
    'a cell of 4,000 characters in column %s',
    (column) => {
      const names = ['Date', 'Symbol', 'Type', 'Shares', 'Price', 'Amount', 'Details']
      const row = ['2024-01-31', 'VOO', 'Buy', '1', '100.50', '-100.50', '']
      for (const text of ['1 ', '1,', 'B 1 ', 'buy ', '(', 'tax-', '@ 1'])
        for (const at of ['before', 'after']) {
          const long = text.repeat(4000 / text.length)
          const cells = row.map((cell, i) =>
            names[i] === column ? (at === 'before' ? long + cell : cell + long) : cell,
          )
          expect(
            readStatement(`${names.join('|')}\n${`${cells.join('|')}\n`.repeat(20)}`, today),
          ).toBeDefined()
        }
    },
  )
})

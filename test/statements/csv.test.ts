import { describe, expect, it, test, vi } from 'vitest'
import { type Row, rowsOf, separators } from '../../src/statements/csv.ts'
import { dice } from '../bench/random-portfolio.ts'

const fault = (line: number) => ({ line, reason: expect.stringMatching(/quotation mark/) })

describe('the rows of a file', () => {
  it('remember the line they start on, past blank lines and newlines in quotes', () => {
    expect(rowsOf('a,b\n\n"x\ny",2\n , \nz,"1,5"')).toEqual({
      rows: [
        { line: 1, cells: ['a', 'b'] },
        { line: 3, cells: ['x\ny', '2'] },
        { line: 6, cells: ['z', '1,5'] },
      ],
      faults: [],
    })
  })

  it.each([
    ['CRLF', '\r\n'],
    ['the old Mac’s CR', '\r'],
  ])('are the same with %s', (_, end) => {
    expect(rowsOf(`a,b${end}${end}"x${end}y",2${end}z,1${end}`)).toEqual(rowsOf('a,b\n\n"x\ny",2\nz,1\n'))
  })

  it('are the same with mixed line endings', () => {
    expect(rowsOf('a,b\r\nx,1\ny,2\r\n')).toEqual(rowsOf('a,b\nx,1\ny,2\n'))
  })

  it('lose the byte order mark, also before a quote', () => {
    expect(rowsOf('\uFEFF"a",b')).toEqual({ rows: [{ line: 1, cells: ['a', 'b'] }], faults: [] })
  })

  it('lose the blanks around cells, of every kind, and keep those inside', () => {
    expect(rowsOf(' a b ,\u00A0"$28.08 "\u00A0,\u200Bc\uFEFF,\td\n')).toEqual({
      rows: [{ line: 1, cells: ['a b', '$28.08', 'c', 'd'] }],
      faults: [],
    })
  })

  it('may be shorter or longer than the first', () => {
    expect(rowsOf('a,b,c\n1\n1,2,3,4')).toMatchObject({
      rows: [{}, { cells: ['1'] }, { cells: ['1', '2', '3', '4'] }],
    })
  })

  it('keep doubled quotes as one', () => {
    expect(rowsOf('"say ""hi""",2')).toMatchObject({ rows: [{ cells: ['say "hi"', '2'] }] })
  })
})

test('are the same whether the file has a quote in it or not', () => {
  // with a quote anywhere the library reads, without one each line is divided at its separators
  const chance = dice(12)
  const pieces = [
    'a',
    '1,5',
    ' ',
    '\t',
    ';',
    ',',
    '|',
    '\n',
    '\n',
    '\r\n',
    '\u00A0',
    '\u200B',
    'é',
    '😀',
    "'",
  ]
  for (let round = 0; round < 300; round++) {
    const piece = () => pieces[Math.floor(chance() * pieces.length)]!
    const text = `x${Array.from({ length: 60 }, piece).join('')}`
    for (const separator of separators) {
      const { rows } = rowsOf(text, separator) as { rows: Row[] }
      const quoted = rowsOf(`${text}\n"end"`, separator) as { rows: Row[] }
      expect({ text, rows }).toEqual({ text, rows: quoted.rows.slice(0, -1) })
    }
  }
})

describe('a quote that does not add up', () => {
  it('costs its own line and none of those below', () => {
    expect(rowsOf('a,b\n"x,1\ny,2\nz,3\n')).toEqual({
      rows: [
        { line: 1, cells: ['a', 'b'] },
        { line: 3, cells: ['y', '2'] },
        { line: 4, cells: ['z', '3'] },
      ],
      faults: [fault(2)],
    })
  })

  it('does not pair with the quote of a later row', () => {
    expect(rowsOf('a,b\nx,"1\ny,"2"\nz,"3"\n')).toEqual({
      rows: [
        { line: 1, cells: ['a', 'b'] },
        { line: 3, cells: ['y', '2'] },
        { line: 4, cells: ['z', '3'] },
      ],
      faults: [fault(2)],
    })
  })

  it('is found in the middle of a cell, at the end of the file, and several times', () => {
    expect(rowsOf('a,b\n5" pipe,1\ny,2\n\n"z" x,3\nw,"4')).toEqual({
      rows: [
        { line: 1, cells: ['a', 'b'] },
        { line: 3, cells: ['y', '2'] },
      ],
      faults: [fault(2), fault(5), fault(6)],
    })
  })

  it('is noticed long before the end of a large file', () => {
    const rest = 'TSLA,Buy,2012-01-03,28.08,1\n'.repeat(100_000)
    const read = rowsOf(`a,b\n"x,1\n${rest}`)
    expect(read).toMatchObject({ faults: [fault(2)] })
    expect('rows' in read && read.rows.length).toBe(100_001)
  })

  it('on every line is a problem with the file', () => {
    expect(rowsOf('a,b\n' + '"x,1\n'.repeat(1001))).toEqual({
      problem: 'Quotation marks don’t match on more than 100 lines, the first of them line 2.',
    })
  })
})

describe('what is no such file', () => {
  it.each(['', ' \r\n\r\n', '\uFEFF'])('is empty: %j', (text) => {
    expect(rowsOf(text)).toEqual({ problem: 'The file is empty.' })
  })

  it.each([
    ['NUL bytes', 'a,b\nx\0y,2'],
    ['a workbook', 'PK\u0003\u0004\u0014\u0006\b!\uFFFD\uFFFD\u0012[Content_Types].xml'],
    ['a picture', '\uFFFDPNG\r\n\u001A\n\uFFFD\uFFFD\uFFFD'],
  ])('is not text: %s', (_, text) => {
    expect(rowsOf(text)).toEqual({ problem: expect.stringMatching(/^This is not a text file\. /) })
  })

  it('is text with one letter of another encoding', () => {
    expect(rowsOf(`Ticker,Note\nTSLA,${'long '.repeat(20)}caf\uFFFD`)).toHaveProperty('rows')
  })

  it('is too large: 20 MB are refused without being read', () => {
    const read = vi.spyOn(String.prototype, 'replace')
    expect(rowsOf('TSLA,Buy,2012-01-03,28.08,1\n'.repeat(720_000))).toEqual({
      problem: 'The file is too large: it is 21 MB, and the limit is 5 MB. Split it, for example by year.',
    })
    // the first step of reading takes the byte order mark off
    expect(read).not.toHaveBeenCalled()
    read.mockRestore()
  })
})

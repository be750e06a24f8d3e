import { expect, test } from 'vitest'
import { standIn } from '../../src/portfolio/stand-in.ts'
import { unreadable } from '../../src/statements/unreadable.ts'
import { readerOf } from '../../src/web/accepted-languages.ts'
import { withReader } from '../../src/web/reader.ts'
import { german } from '../../src/web/words/german.ts'
import { english, t, translated } from '../../src/web/words/words.ts'

const inGerman = (write: () => string) => withReader(readerOf('de-DE')!, write)

test('words are said in the reader’s language, with their values', () => {
  expect(t('{done} of {total}', { done: 3, total: 5 })).toBe('3 of 5')
  expect(inGerman(() => t('{done} of {total}', { done: 3, total: 5 }))).toBe('3 von 5')
})

test('what travels as English is translated where it is shown', () => {
  const notice = inGerman(() => english('{name} was deleted.', { name: 'Family' }))
  expect(notice).toBe('Family was deleted.')
  expect(inGerman(() => translated(notice))).toBe('Family wurde gelöscht.')
})

test('a large number is written as the reader writes it, also in what travels as English', () => {
  expect(t('{done} of {total}', { done: 999, total: 60_000 })).toBe('999 of 60,000')
  expect(inGerman(() => t('{done} of {total}', { done: 999, total: 60_000 }))).toBe('999 von 60.000')
  const notice = inGerman(() => english('Import undone. {n} rows were deleted.', { n: 60_000 }))
  expect(notice).toBe('Import undone. 60,000 rows were deleted.')
  expect(inGerman(() => translated(notice))).toContain('60.000')
})

test('several sentences are translated one by one, and a reason within a sentence', () => {
  expect(inGerman(() => translated('You can import at most 10 files an hour. Try again in 7 minutes.'))).toBe(
    'In einer Stunde sind höchstens 10 Importe möglich. Versuchen Sie es in 7 Minuten noch einmal.',
  )
  expect(inGerman(() => translated('Nothing was renamed: “x” is not a date.'))).toBe(
    'Nichts wurde umbenannt: „x“ ist kein Datum.',
  )
})

test('a value is put in as it is, whatever is in it', () => {
  const name = '{name} $& (.*) Settings'
  expect(inGerman(() => translated(english('{name} was deleted.', { name })))).toBe(`${name} wurde gelöscht.`)
})

test('what is wrong with a cell names its column in German, and keeps what stands in it', () => {
  expect(inGerman(() => translated('Date “31.31.2024” is not a date such as 2024-01-31 or 1/31/2024.'))).toBe(
    'Datum „31.31.2024“ ist kein Datum wie 2024-01-31 oder 1/31/2024.',
  )
  expect(inGerman(() => translated('Ticker: a buy needs a ticker.'))).toBe(
    'Ticker: ein Kauf braucht einen Ticker.',
  )
  const two = 'Shares “a” is not a number such as 1234.56. Date “2031-03-01”: 2031-03-01 is in the future.'
  expect(inGerman(() => translated(two))).toBe(
    'Stück „a“ ist keine Zahl wie 1234.56. Datum „2031-03-01“: 2031-03-01 liegt in der Zukunft.',
  )
})

test('a file without a header is told in German which would do', () => {
  const found = unreadable([{ line: 1, cells: ['a', 'b'] }], [])
  expect(inGerman(() => translated(found))).toMatch(
    /^In den ersten 40 Zeilen .* \(Transaktionen\), .* \(Dividenden\), .* oder .* \(Robinhood\), in beliebiger Folge\.$/,
  )
})

test('what stands in another’s place, and where a channel sends to, have a word of ours in them', () => {
  expect(inGerman(() => translated(standIn('60 VOO + 40 BND')))).toBe('60 VOO + 40 BND stattdessen')
  expect(inGerman(() => translated('chat 7'))).toBe('Chat 7')
})

test('what no catalog has stays English', () => {
  for (const name of ['constructor', 'toString', '__proto__', 'x on '.repeat(200)])
    expect(inGerman(() => translated(name))).toBe(name)
  expect(inGerman(() => translated('Colorless green ideas sleep'))).toBe('Colorless green ideas sleep')
})

test('a number, a day and a ticker have their looks, so that other words are not taken for one', () => {
  const said = (text: string) => inGerman(() => translated(text))
  expect(said('12 dividends')).toBe('12 Dividenden')
  expect(said('All our dividends')).toBe('All our dividends')
  expect(said('no price for BRK-B on 2024-03-01')).toBe('kein Kurs für BRK-B am 2024-03-01')
  expect(said('no price for any of them on that day')).toBe('no price for any of them on that day')
})

test('no sentence of the catalog is found in another by a number, a day or a ticker', () => {
  const namesOf = (sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)
  const shaped = Object.entries(german).filter(([sentence]) => {
    const names = namesOf(sentence)
    return names.length > 0 && names.every((name) => ['n', 'day', 'symbol'].includes(name))
  })
  expect(shaped.length).toBeGreaterThan(100)
  const words = Object.fromEntries(shaped)
  const whole = Object.keys(german).filter((sentence) => namesOf(sentence).length === 0)
  const found = whole.filter((sentence) => withReader({ words }, () => translated(sentence)) !== sentence)
  expect(found).toEqual([])
})

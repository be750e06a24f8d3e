import { expect, test } from 'vitest'
import { readerOf } from '../../src/web/accepted-languages.ts'
import { withReader } from '../../src/web/reader.ts'
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

test('what no catalog has stays English', () => {
  for (const name of ['constructor', 'toString', '__proto__', 'x on '.repeat(200)])
    expect(inGerman(() => translated(name))).toBe(name)
  expect(inGerman(() => translated('Colorless green ideas sleep'))).toBe('Colorless green ideas sleep')
})

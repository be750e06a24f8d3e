import { expect, it } from 'vitest'
import { forgetBeyond, lastRead, readOnce } from '../../src/storage/read-once.ts'

/** Reads as `readOnce` does, and says what it had to read. */
function reading(key: string) {
  const texts: string[] = []
  const read = (text: string) => {
    texts.push(text)
    return { text }
  }
  return { texts, read: (text: string | null) => readOnce(key, text, read) }
}

it('a text that is there again is not read again', () => {
  const { texts, read } = reading('again')
  const first = read('one')
  // another text with the same characters, as KV brings it
  expect(read(['o', 'ne'].join(''))).toBe(first)
  expect(read('two')).toEqual({ text: 'two' })
  expect(read('one')).toEqual({ text: 'one' })
  expect(texts).toEqual(['one', 'two', 'one'])
})

it('under another key it is read for itself, and nothing is nothing', () => {
  const [one, other] = [reading('one'), reading('other')]
  one.read('the same')
  expect(other.read('the same')).toEqual({ text: 'the same' })
  expect(other.texts).toEqual(['the same'])
  expect(one.read(null)).toBeNull()
})

it('what was read longest ago is forgotten before three million characters are kept', () => {
  const keys = ['oldest', 'old', 'new'].map(reading)
  const text = 'x'.repeat(1_400_000)
  keys[0]!.read(text)
  keys[1]!.read(text)
  keys[0]!.read(text)
  keys[2]!.read(text)
  for (const { read } of keys) read(text)
  // the second made room for the third, and then the others for it
  expect(keys.map(({ texts }) => texts.length)).toEqual([1, 2, 2])
})

it('what was read a moment ago is known without its text, until it is forgotten', () => {
  const { read } = reading('known')
  expect(lastRead('known', 1000)).toBeNull()
  const found = read('text')
  expect(lastRead('known', 1000)).toBe(found)
  expect(lastRead('known', 0)).toBeNull()
  read(null)
  expect(lastRead('known', 1000)).toBeNull()
  read('text')
  forgetBeyond(0)
  expect(lastRead('known', 1000)).toBeNull()
})

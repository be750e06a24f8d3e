import { expect, it } from 'vitest'
import { shownWarnings } from '../../src/portfolio/warnings.ts'

it('says the first of each kind, and how many more there are', () => {
  expect(shownWarnings([['sold 5 VOO, but held only 3'], [], ['a.', 'b.', 'c.']])).toEqual([
    'sold 5 VOO, but held only 3',
    'a. 2 more of the kind.',
  ])
  expect(shownWarnings([['sold 5 VOO', 'sold 6 VOO']])).toEqual(['sold 5 VOO. 1 more of the kind.'])
})

it('lists at most twenty, and says how many it leaves out', () => {
  const all = (count: number) => shownWarnings(Array.from({ length: count }, (_, i) => [`warning ${i}`]))
  expect(all(20)).toHaveLength(20)
  expect(all(21).slice(18)).toEqual(['warning 18', '2 more warnings are not listed.'])
  expect(all(5000)).toHaveLength(20)
  expect(all(5000).at(-1)).toBe('4981 more warnings are not listed.')
})

import { expect, it } from 'vitest'
import { readingOf, readStatement } from '../../src/statements/read-statement.ts'
import type { Progress } from '../../src/statements/steps.ts'

const TODAY = '2026-03-05'

const rows = (count: number) =>
  Array.from({ length: count }, (_, i) => `${(i % 28) + 1}.01.2024;Kauf;SAP;${i + 1};120,50`)
const file = (count: number) => ['Datum;Vorgang;Wertpapier;Anzahl;Kurs', ...rows(count)].join('\n')

it('a long file is read in steps that count its rows, and comes out as when it is read at once', () => {
  const told: Progress[] = []
  const reading = readingOf(file(9000), TODAY)
  let step = reading.next()
  for (; !step.done; step = reading.next()) told.push(step.value)
  expect(step.value).toEqual(readStatement(file(9000), TODAY))
  expect(told.filter(({ done }) => done > 0)).toEqual(
    [2000, 4000, 6000, 8000].map((done) => ({ done, total: 9000 })),
  )
  // the columns are weighed before the first row is read
  expect(told.filter(({ done }) => done === 0).length).toBeGreaterThan(2)
})

it('a short one is one step', () => {
  expect(readingOf(file(200), TODAY).next().done).toBe(true)
})

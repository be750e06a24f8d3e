import { describe, expect, test } from 'vitest'
import { rowIds } from '../../src/storage/row-ids.ts'

describe('the ids of rows that are written together', () => {
  test('are UUIDs of version 7 that begin with the millisecond, in ascending order', () => {
    // the example of RFC 9562, appendix A.6: 2022-02-22 14:22:22 in New York is 17F22E279B0 in milliseconds
    const next = rowIds(Date.parse('2022-02-22T19:22:22.000Z'))
    const ids = Array.from({ length: 5000 }, next)
    expect(ids[0]).toMatch(/^017f22e2-79b0-7000-8000-[0-9a-f]{12}$/)
    // the 4,097th is number 4,096, which is 1000 in hexadecimal
    expect(ids[4096]).toMatch(/^017f22e2-79b0-7001-8000-/)
    expect(ids).toEqual(ids.toSorted())
    expect(new Set(ids).size).toBe(5000)
  })

  test('differ from those of the same millisecond elsewhere', () => {
    expect(rowIds(0)()).not.toBe(rowIds(0)())
  })
})

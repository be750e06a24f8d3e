import { describe, expect, it } from 'vitest'
import { sourceOf } from '../../src/jobs/source.ts'

describe('the source of prices', () => {
  it.each([
    ['yahoo', 'yahoo', 'Yahoo Finance', false],
    ['demo', 'demo', 'the demo market', true],
    // a name that is none, or no name, means real prices
    ['', 'yahoo', 'Yahoo Finance', false],
    ['reuters', 'yahoo', 'Yahoo Finance', false],
  ])('by MARKET “%s” is %s', (MARKET, id, name, isInvented) => {
    expect(sourceOf({ MARKET })).toMatchObject({ id, name, isInvented })
  })

  it.each(['yahoo', 'demo'])(
    '%s has each endpoint in one circuit, and asks through circuits it has',
    (MARKET) => {
      const { circuits, circuitOf } = sourceOf({ MARKET })
      const endpoints = circuits.flatMap((circuit) => circuit.endpoints)
      expect(new Set(endpoints).size).toBe(endpoints.length)
      for (const { name, endpoints: own } of circuits) expect(own).toContain(name)
      const names = circuits.map(({ name }) => name)
      expect(names).toEqual(expect.arrayContaining(Object.values(circuitOf)))
    },
  )
})

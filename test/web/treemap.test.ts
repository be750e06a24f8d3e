import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { treemap } from '../../src/web/treemap.ts'

const parts = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 60 }).map((sizes) => {
  const total = sizes.reduce((sum, size) => sum + size, 0)
  return sizes.toSorted((a, b) => b - a).map((size) => size / total)
})

describe('a treemap', () => {
  it('of one part is the whole', () => {
    expect(treemap([1], 2)).toEqual([{ x: 0, y: 0, width: 1, height: 1 }])
  })

  it('gives each part its area, inside the whole, over no other', () => {
    fc.assert(
      fc.property(parts, fc.constantFrom(0.5, 1, 2.6), (ratios, aspect) => {
        const tiles = treemap(ratios, aspect)
        tiles.forEach(({ x, y, width, height }, i) => {
          expect(width * height).toBeCloseTo(ratios[i]!, 8)
          expect(Math.min(x, y)).toBeGreaterThanOrEqual(-1e-9)
          expect(Math.max(x + width, y + height)).toBeLessThanOrEqual(1 + 1e-9)
        })
        for (const [i, a] of tiles.entries()) {
          for (const b of tiles.slice(i + 1)) {
            const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
            const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
            expect(Math.min(across, down)).toBeLessThanOrEqual(1e-9)
          }
        }
      }),
      { numRuns: 60, seed: 5 },
    )
  })

  it('of equal parts in a square is a grid of squares', () => {
    for (const { width, height } of treemap([0.25, 0.25, 0.25, 0.25], 1)) {
      expect([width, height]).toEqual([0.5, 0.5])
    }
  })
})

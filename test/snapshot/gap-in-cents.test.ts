import { describe, expect, it } from 'vitest'
import { text } from '../../src/portfolio/decimal.ts'
import { centsAddingUp } from '../../src/snapshot/gap-in-cents.ts'
import { dec } from '../notation.ts'

describe('amounts in cents', () => {
  const written = (amounts: (string | null)[], total: string | null) =>
    centsAddingUp(amounts, total === null ? null : dec(total)).map((amount) => text(amount))

  it('add up to the total: the largest takes what is left', () => {
    expect(written(['33.333', '-66.666', '0.333'], '-33')).toEqual(['33.33', '-66.66', '0.33'])
  })

  it('are only rounded where there is no total, or one of them is not known', () => {
    expect(written(['1.006', '2.004'], null)).toEqual(['1.01', '2'])
    expect(written(['1.004', null], '5')).toEqual(['1', null])
  })
})

import { describe, expect, it } from 'vitest'
import { decimal } from '../../src/portfolio/decimal.ts'
import { changedPrices } from '../../src/portfolio/own-price.ts'

const price = (date: string, text: string) => ({ date, price: decimal(text)! })
const row = (date: string, text: string, currency: string | null = 'USD') => ({
  date,
  amount: decimal(text)!,
  currency,
})

describe('a list of own prices in place of those that are there', () => {
  const rows = [row('2024-01-02', '10'), row('2024-01-03', '11'), row('2024-01-03', '12')]

  it('changes nothing where it says the same, of a day the last', () => {
    const list = [price('2024-01-03', '12.00'), price('2024-01-02', '10')]
    expect(changedPrices(rows, list, 'USD')).toEqual({ gone: [rows[1]], added: [] })
    expect(changedPrices(rows.slice(0, 1), list.slice(1), 'USD')).toEqual({ gone: [], added: [] })
  })

  it('takes out what it has no more, and writes what is another price or in another currency', () => {
    const list = [price('2024-01-02', '10.5'), price('2024-01-04', '13')]
    expect(changedPrices(rows, list, 'USD')).toEqual({ gone: rows, added: list })
    expect(changedPrices(rows.slice(0, 1), [price('2024-01-02', '10')], 'EUR')).toEqual({
      gone: rows.slice(0, 1),
      added: [price('2024-01-02', '10')],
    })
  })

  it('counts a row without a currency as in that of its listing', () => {
    const listed = { ...row('2024-01-02', '10', null), listingCurrency: 'EUR' }
    expect(changedPrices([listed], [price('2024-01-02', '10')], 'EUR')).toEqual({ gone: [], added: [] })
  })
})

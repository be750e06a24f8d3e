import { describe, expect, it } from 'vitest'
import { currencyPairs } from '../../src/portfolio/currency.ts'
import { text } from '../../src/portfolio/decimal.ts'
import { newlyListed } from '../../src/portfolio/listing-currency.ts'
import { recordedRow } from '../../src/snapshot/transaction-row.ts'
import { closes, ledger, measured, transactions } from '../notation.ts'

/** The same rows, as they were entered while the symbol traded in a currency. */
const listedIn = (currency: string, story: string) =>
  transactions(story).map((row) => ({ ...row, listingCurrency: currency }))

describe('what a row without a currency is in', () => {
  const story = '2024-01-02 buy 10 X @ 100 fee 1\n2024-01-03 dividend X 5\n2024-01-04 sell 2 X @ 100'
  const rates = { 'EURUSD=X': '2024-01-02 1.1, 2024-01-04 1.2' }

  it('stays what its listing was in, when that turns to the base currency', () => {
    const own = ledger('', {
      transactions: [...listedIn('EUR', story), ...transactions('2024-01-05 buy 1 X @ 90')],
      markets: closes({ X: 'in USD, 2024-01-02 110, 2024-01-05 90', ...rates }),
    })
    // EUR 1001 at 1.1; what follows needs no money: 5.50 and 240 came in before 90 went out
    expect(measured(own).invested).toBe('1101.1')
    expect(own.transactions.map(({ amount }) => text(amount))).toEqual(['1100', '5.5', '240', '90'])
    expect(own.transactions.map((row) => recordedRow(own, row).currency)).toEqual([
      'EUR',
      'EUR',
      'EUR',
      'USD',
    ])
    expect(currencyPairs(own)).toEqual(['EURUSD=X'])
  })

  it('stays the base currency, when the listing turns away from it', () => {
    const own = ledger('', {
      transactions: [...listedIn('USD', story), ...transactions('2024-01-05 buy 1 X @ 90')],
      markets: closes({ X: 'in EUR, 2024-01-02 91, 2024-01-05 90', ...rates }),
    })
    expect(own.transactions.map(({ amount }) => text(amount))).toEqual(['1000', '5', '200', '108'])
    expect(own.transactions.map((row) => recordedRow(own, row).currency)).toEqual([
      'USD',
      'USD',
      'USD',
      'EUR',
    ])
  })

  it('is converted at its own rate when it is neither the listing’s nor the base currency', () => {
    const own = ledger('', {
      baseCurrency: 'CHF',
      transactions: listedIn('EUR', story),
      markets: closes({
        X: 'in USD, 2024-01-02 110',
        'EURCHF=X': 'in CHF, 2024-01-02 0.95',
        'USDCHF=X': 'in CHF, 2024-01-02 0.85',
      }),
    })
    expect(own.transactions.map(({ amount }) => text(amount))).toEqual(['950', '4.75', '190'])
  })

  it('says that a rate is missing, and is not taken for the listing’s', () => {
    const own = ledger('', {
      transactions: listedIn('EUR', '2024-01-02 buy 10 X @ 100'),
      markets: closes({ X: 'in USD, 2024-01-02 110' }),
    })
    expect(own.transactions[0]!.unconverted).toMatch('EUR')
  })
})

it('is decided for rows that follow their listing, once that is known', () => {
  const rows = transactions(`
    2024-01-02 deposit 50
    2024-01-02 buy 10 X @ 100
    2024-01-02 buy 10 X @ 100 in CHF
    2024-01-03 dividend X 5
    2024-01-03 buy 1 NEW @ 5
    2024-01-04 split X 2:1
    2024-01-04 sell 1 X @ 55`)
  const kept = rows.map((row) => (row.type === 'sell' ? { ...row, listingCurrency: 'USD' } : row))
  expect(newlyListed(kept, closes({ X: 'in EUR, 2024-01-02 100' }))).toEqual([
    { transaction: '2', currency: 'EUR' },
    { transaction: '4', currency: 'EUR' },
  ])
})

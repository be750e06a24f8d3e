import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CashFlows, cashFlows } from '../../src/metrics/cash-flows.ts'
import { sum, text } from '../../src/portfolio/decimal.ts'
import type { Ledger } from '../../src/portfolio/ledger.ts'
import { valuations } from '../../src/portfolio/valuation.ts'
import { closes, dec, ledger } from '../notation.ts'
import { withTransfers, ledgerOf, seeded } from '../portfolio/random-ledger.ts'

/** `2024-01-02 deposit 4001 = 4001 (Deposit)`: what moved, and what there was then. */
const told = ({ rows }: CashFlows) =>
  rows.map((row) => `${row.date} ${row.type} ${row.amount} = ${row.balance} (${row.description})`)

const story = `
  2024-01-02 buy 10 VOO @ 400 fee 1
  2024-02-01 deposit 500 salary
  2024-03-01 sell 5 VOO @ 410 fee 1
  2024-03-02 split VOO 2:1
  2024-03-05 dividend VOO 12.50
  2024-03-06 withdrawal 100
  2024-03-07 fee 3 custody
`

describe('the cash book of a portfolio', () => {
  const flows = cashFlows(ledger(story), 'portfolio', '2024-12-31')

  it('lists what came in and went out, with the balance after each row', () => {
    expect(told(flows)).toEqual([
      '2024-01-02 deposit 4001 = 4001 (Deposit inferred from what was spent)',
      '2024-01-02 purchase -4001 = 0 (Bought 10 VOO)',
      '2024-02-01 deposit 500 = 500 (salary)',
      // 5 × 410 − 1
      '2024-03-01 sale 2049 = 2549 (Sold 5 VOO)',
      '2024-03-05 dividend 12.5 = 2561.5 (Dividend of VOO)',
      '2024-03-06 withdrawal -100 = 2461.5 (Withdrawal)',
      '2024-03-07 fee -3 = 2458.5 (custody)',
    ])
  })

  it('adds up by type', () => {
    expect(flows.totals).toEqual({
      deposit: '4501',
      currency: '0',
      purchase: '-4001',
      sale: '2049',
      dividend: '12.5',
      capital: '0',
      interest: '0',
      withdrawal: '-100',
      fee: '-3',
      tax: '0',
    })
  })

  it('shows shares and price as they were traded, before the split', () => {
    expect(flows.rows[1]).toMatchObject({ symbol: 'VOO', shares: '10', price: '400' })
    expect(flows.rows[0]).toMatchObject({ symbol: null, shares: null, price: null })
  })

  it('ends on the requested day', () => {
    expect(told(cashFlows(ledger(story), 'portfolio', '2024-02-29')).at(-1)).toMatch(/^2024-02-01 /)
  })

  it('places an inferred deposit after the day’s own receipts and before the spending', () => {
    const day = `
      2024-01-02 buy 1 VOO @ 400
      2024-01-02 fee 2
      2024-01-02 dividend QQQ 50
      2024-01-02 deposit 100
    `
    expect(told(cashFlows(ledger(day), 'portfolio', '2024-01-02'))).toEqual([
      '2024-01-02 dividend 50 = 50 (Dividend of QQQ)',
      '2024-01-02 deposit 100 = 150 (Deposit)',
      '2024-01-02 deposit 252 = 402 (Deposit inferred from what was spent)',
      '2024-01-02 purchase -400 = 2 (Bought 1 VOO)',
      '2024-01-02 fee -2 = 0 (Fee)',
    ])
  })

  it('has a running balance that is never negative, ends at cash and is the sum of its totals', () => {
    fc.assert(
      fc.property(withTransfers, (random) => {
        const of = ledgerOf(random)
        const { rows, totals } = cashFlows(of, 'portfolio', of.today)
        // but for a sale whose fee is more than it brings, until the day's deposit
        const dear = rows.some((row) => row.type === 'sale' && row.amount!.startsWith('-'))
        expect(dear || rows.every((row) => !row.balance!.startsWith('-'))).toBe(true)
        const end = rows.at(-1)?.balance ?? '0'
        expect(end).toBe(text(valuations(of, of.today).cash.at(-1) ?? 0n))
        expect(end).toBe(text(sum(Object.values(totals).map((total) => dec(total!)))))
      }),
      seeded,
    )
  })
})

const voo = (of: Ledger) => cashFlows(of, 'VOO', of.today)

describe('the cash book of the benchmark', () => {
  const markets = closes({ VOO: '2024-01-02 400, 2024-01-03 410, 2024-01-05 440', XYZ: '2024-01-02 10' })

  it('buys with every deposit at that day’s close', () => {
    const flows = voo(ledger('2024-01-02 buy 100 XYZ @ 10\n2024-01-04 deposit 82', { markets }))
    expect(told(flows)).toEqual([
      '2024-01-02 deposit 1000 = 1000 (Deposit)',
      '2024-01-02 purchase -1000 = 0 (Bought 2.5 VOO)',
      '2024-01-04 deposit 82 = 82 (Deposit)',
      // the close of the day before: 82/410
      '2024-01-04 purchase -82 = 0 (Bought 0.2 VOO)',
    ])
    expect(flows).toMatchObject({
      view: 'VOO',
      reason: null,
      rows: [{}, { price: '400', shares: '2.5' }, {}, { price: '410' }],
    })
  })

  it('sells for every withdrawal, and ignores the portfolio’s own trades', () => {
    const own =
      '2024-01-02 buy 100 XYZ @ 10\n2024-01-03 sell 50 XYZ @ 12\n2024-01-03 dividend XYZ 5\n2024-01-05 withdrawal 220'
    expect(told(voo(ledger(own, { markets }))).slice(2)).toEqual([
      // 220/440
      '2024-01-05 sale 220 = 220 (Sold 0.5 VOO)',
      '2024-01-05 withdrawal -220 = 0 (Withdrawal)',
    ])
  })

  it('pays out no more than it has', () => {
    const own = '2024-01-02 buy 100 XYZ @ 10\n2024-01-05 sell 100 XYZ @ 20\n2024-01-05 withdrawal 2000'
    // 2.5 × 440
    expect(told(voo(ledger(own, { markets }))).slice(2)).toEqual([
      '2024-01-05 sale 1100 = 1100 (Sold 2.5 VOO)',
      '2024-01-05 withdrawal -1100 = 0 (Withdrawal)',
    ])
  })

  it('can sell the units that its dividends bought', () => {
    const paid = closes({ VOO: '2024-01-02 400, 2024-01-03 400, 2024-01-04 400, 2024-01-04 dividend 80' })
    const own =
      '2024-01-02 deposit 1000\n2024-01-04 withdrawal 1000\n2024-01-04 dividend XYZ 5000\n2024-01-04 withdrawal 1000'
    // 1000 × 1/(1 − 80/400) = 1250
    expect(voo(ledger(own, { markets: paid })).totals).toMatchObject({ deposit: '1000', withdrawal: '-1250' })
  })

  it('stops at the first flow without a price, and says why', () => {
    const flows = voo(
      ledger('2023-12-20 deposit 400\n2024-01-20 deposit 500', { markets, today: '2024-02-01' }),
    )
    expect(flows.rows).toEqual([])
    expect(flows.reason).toBe('no price for VOO on 2023-12-20')
  })

  it('always ends with nothing in cash', () => {
    fc.assert(
      fc.property(withTransfers, (random) => {
        const of = ledgerOf(random)
        const { rows, reason } = cashFlows(of, 'BBB', of.today)
        expect(reason).toBeNull()
        expect(rows.at(-1)?.balance ?? '0').toBe('0')
        expect(rows.some((row) => row.balance!.startsWith('-'))).toBe(false)
      }),
      seeded,
    )
  })
})

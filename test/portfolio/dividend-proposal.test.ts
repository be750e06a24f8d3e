import { priceHistory } from '../../src/portfolio/price-history.ts'
import { describe, expect, it } from 'vitest'
import { text } from '../../src/portfolio/decimal.ts'
import { dividendProposals } from '../../src/portfolio/dividend-proposal.ts'
import { market } from '../../src/portfolio/ledger.ts'
import type { Dividend, Split } from '../../src/portfolio/instrument.ts'
import { inOrder } from '../../src/portfolio/transaction.ts'
import { transactions } from '../notation.ts'

/** `2024-03-15 KO 4.85 on 10`: what is proposed, as a person would say it. */
function proposed(ledger: string, dividends: Dividend[], splits: Split[] = []): string[] {
  const known = market({ instrument: null, bars: priceHistory([]), splits, dividends, quote: null })
  const made = dividendProposals(
    {
      stage: 'ready',
      baseCurrency: 'USD',
      costBasis: 'fifo',
      benchmarks: [],
      transactions: inOrder(transactions(ledger)),
      markets: new Map([['KO', known]]),
      today: '2024-12-31',
    },
    '2024-12-31',
  )
  return made.map(
    ({ exDay, symbol, amount, shares }) => `${exDay} ${symbol} ${text(amount)} on ${text(shares)}`,
  )
}

const march: Dividend = { day: '2024-03-14', amount: 0.485 }
const june: Dividend = { day: '2024-06-14', amount: 0.485 }

describe('entitlement', () => {
  it('is of the shares held at the close before the ex-date', () => {
    expect(proposed('2024-01-02 buy 10 KO @ 60', [march, june])).toEqual([
      '2024-03-14 KO 4.85 on 10',
      '2024-06-14 KO 4.85 on 10',
    ])
  })
  it('bought on the ex-date: none', () => {
    expect(proposed('2024-03-14 buy 10 KO @ 60', [march])).toEqual([])
  })
  it('sold on the ex-date: still paid', () => {
    expect(proposed('2024-01-02 buy 10 KO @ 60\n2024-03-14 sell 10 KO @ 60', [march])).toEqual([
      '2024-03-14 KO 4.85 on 10',
    ])
  })
  it('sold the day before: none', () => {
    expect(proposed('2024-01-02 buy 10 KO @ 60\n2024-03-13 sell 10 KO @ 60', [march])).toEqual([])
  })
  it('is to the cent: 3 × 0.485 = 1.455 is 1.46, to the even cent', () => {
    expect(proposed('2024-01-02 buy 3 KO @ 60', [march])).toEqual(['2024-03-14 KO 1.46 on 3'])
  })
})

it('AAPL’s $0.82 of 2020-08-07 is 0.205 in Yahoo’s units on four times the shares (finance.md, "Splits")', () => {
  const split: Split = { day: '2020-08-31', numerator: 4, denominator: 1 }
  // 10 × 0.82 = 40 × 0.205 = 8.20
  expect(proposed('2020-01-02 buy 10 KO @ 300', [{ day: '2020-08-07', amount: 0.205 }], [split])).toEqual([
    '2020-08-07 KO 8.2 on 40',
  ])
})

describe('what the owner has recorded', () => {
  const bought = '2024-01-02 buy 10 KO @ 60'

  it('on the ex-date is not proposed', () => {
    expect(proposed(`${bought}\n2024-03-14 dividend KO 4.85`, [march, june])).toEqual([
      '2024-06-14 KO 4.85 on 10',
    ])
  })
  it('on the pay day, weeks later, is not proposed', () => {
    expect(proposed(`${bought}\n2024-04-01 dividend KO 4.85`, [march, june])).toEqual([
      '2024-06-14 KO 4.85 on 10',
    ])
  })
  it('months later stands for another', () => {
    expect(proposed(`${bought}\n2024-06-20 dividend KO 4.85`, [march, june])).toEqual([
      '2024-03-14 KO 4.85 on 10',
    ])
  })
  it('of another symbol changes nothing', () => {
    expect(proposed(`${bought}\n2024-03-14 dividend PEP 4.85`, [march])).toHaveLength(1)
  })
})

import { priceHistory } from '../../src/portfolio/price-history.ts'
import { describe, expect, it } from 'vitest'
import { cashDays } from '../../src/portfolio/cash.ts'
import { stored, text } from '../../src/portfolio/decimal.ts'
import { dividendProposals, dismissedDividends } from '../../src/portfolio/dividend-proposal.ts'
import type { DividendRule, Ledger, StoredMarket } from '../../src/portfolio/ledger.ts'
import { prepareLedger, withAutomaticDividends } from '../../src/portfolio/prepared-ledger.ts'
import { valuations } from '../../src/portfolio/valuation.ts'
import { firstDayChanged } from '../../src/portfolio/revaluation.ts'
import { instrument, transactions } from '../notation.ts'

const automatic: DividendRule = { counting: 'automatic', withholding: 0n, dismissed: new Set() }

const march = { day: '2024-03-14', amount: 0.485 }
const june = { day: '2024-06-14', amount: 0.5 }

/** KO at 60 throughout, in dollars; `about` says what else the source knows of it. */
const ko = (about: Partial<StoredMarket> = {}): StoredMarket => ({
  instrument: instrument('KO'),
  bars: priceHistory([
    { day: '2024-01-02', close: 60 },
    { day: '2024-12-30', close: 60 },
  ]),
  splits: [],
  dividends: [march],
  quote: null,
  ...about,
})

type About = Partial<DividendRule> & { ko?: Partial<StoredMarket>; base?: string; today?: string }

function prepared(
  story: string,
  { ko: own, base = 'USD', today = '2024-12-31', ...rule }: About = {},
): Ledger {
  const rates = (pair: number): StoredMarket => ({
    instrument: null,
    bars: priceHistory([
      { day: '2024-01-02', close: pair },
      // the ex-date's own rate
      { day: '2024-03-14', close: pair * 1.1 },
      { day: '2024-03-15', close: pair },
      { day: '2024-12-30', close: pair },
    ]),
    splits: [],
    dividends: [],
    quote: null,
  })
  return prepareLedger(
    {
      baseCurrency: base,
      costBasis: 'fifo',
      benchmarks: [],
      today,
      dividendRule: { ...automatic, ...rule },
      transactions: transactions(story),
      markets: new Map([
        ['KO', ko(own)],
        ['USDEUR=X', rates(0.5)],
        ['GBPUSD=X', rates(2)],
      ]),
    },
    new Map(),
  ).ledger
}

/** `2024-03-14 4.85`, a star where nobody recorded it. */
const dividends = ({ transactions: all }: Ledger): string[] =>
  all
    .filter(({ type }) => type === 'dividend')
    .map(({ date, amount, derived }) => `${date} ${text(amount)}${derived ? ' *' : ''}`)

const balance = (ledger: Ledger) => text(cashDays(ledger.transactions).at(-1)!.balance)

const bought = '2024-01-02 buy 10 KO @ 60'

describe('a dividend that nobody recorded', () => {
  it('is cash on its ex-date, for the shares held the day before', () => {
    const ledger = prepared(bought, { ko: { dividends: [march, june] } })
    // 10 × 0.485, 10 × 0.5
    expect(dividends(ledger)).toEqual(['2024-03-14 4.85 *', '2024-06-14 5 *'])
    expect(balance(ledger)).toBe('9.85')
  })
  it('is no cash where the portfolio counts recorded ones only', () => {
    const ledger = prepared(bought, { counting: 'recorded' })
    expect(dividends(ledger)).toEqual([])
    expect(dividendProposals(ledger, ledger.today)).toHaveLength(1)
    expect(dividends(withAutomaticDividends(ledger))).toEqual(['2024-03-14 4.85 *'])
  })
  it('is proposed no more once it counts', () => {
    const ledger = prepared(bought)
    expect(dividendProposals(ledger, ledger.today)).toEqual([])
  })
  it('is not there before its ex-date', () => {
    const { days, cash } = valuations(prepared(bought), '2024-03-13')
    expect(days.at(-1)).toBe('2024-03-13')
    expect(text(cash.at(-1)!)).toBe('0')
    expect(text(valuations(prepared(bought), '2024-03-14').cash.at(-1)!)).toBe('4.85')
  })
  it('that the source announces for tomorrow does not count yet', () => {
    expect(dividends(prepared(bought, { today: '2024-03-13' }))).toEqual([])
    expect(dividends(prepared(bought, { today: '2024-03-14' }))).toEqual(['2024-03-14 4.85 *'])
  })
  it('pays for what is bought later that year, which needs less of a deposit', () => {
    const { deposits } = valuations(prepared(`${bought}\n2024-05-02 buy 1 KO @ 60`), '2024-12-31')
    // 600, then 60 − 4.85
    expect(deposits.filter((amount) => amount > 0n).map(text)).toEqual(['600', '55.15'])
  })
  it('values the days from its ex-date on anew', () => {
    const [before, after] = [prepared(bought, { counting: 'recorded' }), prepared(bought)]
    expect(firstDayChanged(before, after)).toBe('2024-03-14')
  })
})

describe('the day before the ex-date', () => {
  it('decides: bought on the ex-date gets none, sold on it still does', () => {
    expect(dividends(prepared('2024-03-14 buy 10 KO @ 60'))).toEqual([])
    expect(dividends(prepared(`${bought}\n2024-03-14 sell 10 KO @ 60`))).toEqual(['2024-03-14 4.85 *'])
    expect(dividends(prepared(`${bought}\n2024-03-13 sell 10 KO @ 60`))).toEqual([])
  })
  it('does not care in which order its trades were entered', () => {
    const day = '2024-03-13 sell 10 KO @ 60\n2024-03-13 buy 14 KO @ 60'
    expect(dividends(prepared(day))).toEqual(['2024-03-14 1.94 *'])
  })
  it('is before a split of the ex-date, in whose units the source states the dividend', () => {
    const splits = [{ day: '2024-03-14', numerator: 4, denominator: 1 }]
    const bars = [
      { day: '2024-01-02', close: 15 },
      { day: '2024-12-30', close: 15 },
    ]
    // 10 bought at 60 are 40 today: 40 × 0.12125 = 4.85
    const dividends4 = [{ day: '2024-03-14', amount: 0.12125 }]
    expect(
      dividends(prepared(bought, { ko: { splits, bars: priceHistory(bars), dividends: dividends4 } })),
    ).toEqual(['2024-03-14 4.85 *'])
  })
})

describe('a recorded dividend', () => {
  const two = { ko: { dividends: [march, june] } }

  it('stands for the derived one, on its pay date up to 60 days later', () => {
    expect(dividends(prepared(`${bought}\n2024-04-01 dividend KO 4.10`))).toEqual(['2024-04-01 4.1'])
    expect(dividends(prepared(`${bought}\n2024-05-13 dividend KO 4.10`))).toEqual(['2024-05-13 4.1'])
  })
  it('61 days later stands for none', () => {
    expect(dividends(prepared(`${bought}\n2024-05-14 dividend KO 4.10`))).toEqual([
      '2024-03-14 4.85 *',
      '2024-05-14 4.1',
    ])
  })
  it('a few days before the ex-date stands for it, eight days before it does not', () => {
    expect(dividends(prepared(`${bought}\n2024-03-07 dividend KO 4.10`))).toEqual(['2024-03-07 4.1'])
    expect(dividends(prepared(`${bought}\n2024-03-06 dividend KO 4.10`))).toEqual([
      '2024-03-06 4.1',
      '2024-03-14 4.85 *',
    ])
  })
  it('stands for the one before it rather than for one that is about to come', () => {
    const april = { day: '2024-04-12', amount: 0.4 }
    const monthly = { ko: { dividends: [march, april] } }
    expect(dividends(prepared(`${bought}\n2024-04-10 dividend KO 4.85`, monthly))).toEqual([
      '2024-04-10 4.85',
      '2024-04-12 4 *',
    ])
  })
  it('stands for one only: two pay dates for two ex-dates, and the nearest first', () => {
    const april = { day: '2024-04-12', amount: 0.4 }
    const monthly = { ko: { dividends: [march, april] } }
    expect(dividends(prepared(`${bought}\n2024-04-20 dividend KO 4`, monthly))).toEqual([
      '2024-03-14 4.85 *',
      '2024-04-20 4',
    ])
    const both = `${bought}\n2024-04-20 dividend KO 4\n2024-04-21 dividend KO 4.85`
    expect(dividends(prepared(both, monthly))).toEqual(['2024-04-20 4', '2024-04-21 4.85'])
  })
  it('twice for one leaves both, and takes none of a later day', () => {
    const both = `${bought}\n2024-04-01 dividend KO 4\n2024-04-02 dividend KO 0.85`
    expect(dividends(prepared(both, two))).toEqual(['2024-04-01 4', '2024-04-02 0.85', '2024-06-14 5 *'])
  })
  it('of another symbol stands for none', () => {
    expect(dividends(prepared(`${bought}\n2024-03-14 dividend PEP 4.85`))).toHaveLength(2)
  })
  it('does not stand for an event when no share was held', () => {
    // of March there was nothing to get: the one of April is for the event that is two days ahead
    const april = { day: '2024-04-12', amount: 0.4 }
    const story = '2024-03-20 buy 10 KO @ 60\n2024-04-10 dividend KO 4'
    expect(dividends(prepared(story, { ko: { dividends: [march, april] } }))).toEqual(['2024-04-10 4'])
  })
})

describe('what is withheld', () => {
  it('lowers what is derived, rounded once', () => {
    // 4.85 × 0.85 = 4.1225
    expect(dividends(prepared(bought, { withholding: stored('0.15') }))).toEqual(['2024-03-14 4.12 *'])
    // 3 × 0.485 × 0.7 = 1.0185, where 1.46 × 0.7 would be 1.022
    expect(dividends(prepared('2024-01-02 buy 3 KO @ 60', { withholding: stored('0.3') }))).toEqual([
      '2024-03-14 1.02 *',
    ])
  })
  it('is in recorded ones already', () => {
    expect(
      dividends(prepared(`${bought}\n2024-04-01 dividend KO 4.10`, { withholding: stored('0.15') })),
    ).toEqual(['2024-04-01 4.1'])
  })
})

describe('one that never came', () => {
  const dismissed = new Set(['KO@2024-03-14'])

  it('does not count, and is neither derived nor proposed', () => {
    const ledger = prepared(bought, { dismissed })
    expect(dividends(ledger)).toEqual([])
    expect(dismissedDividends(ledger, ledger.today).map(({ exDay }) => exDay)).toEqual(['2024-03-14'])
    const recorded = prepared(bought, { dismissed, counting: 'recorded' })
    expect(dividendProposals(recorded, recorded.today)).toEqual([])
    expect(dividends(withAutomaticDividends(recorded))).toEqual([])
  })
  it('does not make a recorded one stand for an earlier one', () => {
    const april = { day: '2024-04-12', amount: 0.4 }
    const own = { dividends: [march, april] }
    const ledger = prepared(`${bought}\n2024-04-20 dividend KO 4`, {
      ko: own,
      dismissed: new Set(['KO@2024-04-12']),
    })
    expect(dividends(ledger)).toEqual(['2024-03-14 4.85 *', '2024-04-20 4'])
  })
})

describe('in other currencies', () => {
  it('a derived one is at its day’s rate, like a recorded one', () => {
    // 4.85 USD × 0.5 × 1.1
    expect(dividends(prepared(bought, { base: 'EUR' }))).toEqual(['2024-03-14 2.6675 *'])
  })
  it('one of a share quoted in pence is in pounds, and what is recorded in pence stands for it', () => {
    const pounds = { ko: { instrument: instrument('KO', 'GBP') } }
    // 4.85 GBP × 2 × 1.1
    expect(dividends(prepared(bought, pounds))).toEqual(['2024-03-14 10.67 *'])
    expect(dividends(prepared(`${bought}\n2024-04-01 dividend KO 485 in GBp`, pounds))).toEqual([
      '2024-04-01 9.7',
    ])
  })
})

it('two ex-dates of two symbols on one day are two', () => {
  const ledger = prepareLedger(
    {
      baseCurrency: 'USD',
      costBasis: 'fifo',
      benchmarks: [],
      today: '2024-12-31',
      dividendRule: automatic,
      transactions: transactions(`${bought}\n2024-01-02 buy 2 PEP @ 60`),
      markets: new Map([
        ['KO', ko()],
        ['PEP', ko({ instrument: instrument('PEP'), dividends: [{ day: '2024-03-14', amount: 1 }] })],
      ]),
    },
    new Map(),
  ).ledger
  expect(dividends(ledger)).toEqual(['2024-03-14 4.85 *', '2024-03-14 2 *'])
})

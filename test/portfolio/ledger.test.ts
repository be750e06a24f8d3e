import { priceHistory } from '../../src/portfolio/price-history.ts'
import { describe, expect, it } from 'vitest'
import { text } from '../../src/portfolio/decimal.ts'
import { market, positions, type Priced, priceOn } from '../../src/portfolio/ledger.ts'
import { becameOf, oversales, rowsOfSymbols, sourcesOf } from '../../src/portfolio/oversale.ts'
import { closes, instrument, ledger, transactions } from '../notation.ts'

const said = (priced: Priced) =>
  'reason' in priced ? priced.reason : `${text(priced.price)} of ${priced.day}`

const priceOf = (known: string, day: string) =>
  said(priceOn(ledger('', { markets: closes({ VOO: known }) }), 'VOO', day))

describe('a price on a day', () => {
  const of = ledger('', {
    markets: closes({ VOO: '2024-01-05 400, 2024-01-20 420, 2024-01-22 422' }),
    today: '2024-03-01',
  })

  it.each([
    ['2024-01-05', '400 of 2024-01-05'],
    ['2024-01-07', '400 of 2024-01-05'],
    // carried on, however old
    ['2024-01-12', '400 of 2024-01-05'],
    ['2024-01-13', '400 of 2024-01-05'],
    // never a later one
    ['2024-01-04', 'no price for VOO on 2024-01-04'],
    ['2024-01-19', '400 of 2024-01-05'],
    ['2024-01-21', '420 of 2024-01-20'],
    ['2024-02-29', '422 of 2024-01-22'],
    // today: the latest there is, here 39 days old
    ['2024-03-01', '422 of 2024-01-22'],
  ])('%s is %s', (day, price) => {
    expect(said(priceOn(of, 'VOO', day))).toBe(price)
  })

  it('is none for a symbol without prices', () => {
    expect(said(priceOn(of, 'QQQ', '2024-03-01'))).toBe('no price for QQQ yet')
  })

  it('is none in another currency: never converted at 1.0', () => {
    const london = ledger('', { markets: closes({ 'OCDO.L': '2024-01-05 5.25, in GBP' }) })
    expect(said(priceOn(london, 'OCDO.L', '2024-01-05'))).toBe('no exchange rate from GBP to USD yet')
  })
})

describe('the latest quote', () => {
  it('stands for the close of the day it traded, on the exchange’s clock', () => {
    // 01:00Z on the 9th is the evening of the 8th in New York
    expect(priceOf('2024-01-05 400, quote 2024-01-09T01:00Z 405', '2024-01-08')).toBe('405 of 2024-01-08')
  })

  it('does not replace the close of a day that has one', () => {
    expect(priceOf('2024-01-05 400, quote 2024-01-05T20:00Z 399', '2024-01-05')).toBe('400 of 2024-01-05')
  })

  it('is exact', () => {
    expect(priceOf('quote 2024-01-05T20:00Z 129.0399932861', '2024-01-05')).toBe(
      '129.0399932861 of 2024-01-05',
    )
  })
})

describe('positions', () => {
  it('are one for each symbol ever traded; cash and fees have none', () => {
    const of = ledger(`
      2024-01-02 deposit 5000
      2024-01-02 buy 1 VOO @ 400
      2024-01-02 buy 1 QQQ @ 300
      2024-01-03 sell 1 QQQ @ 310
      2024-01-04 fee 3
    `)
    expect(positions(of, '2024-01-04').map((held) => `${text(held.shares)} ${held.symbol}`)).toEqual([
      '1 VOO',
      '0 QQQ',
    ])
  })

  it('do not come of a fee that names a symbol', () => {
    const fees = transactions('2024-01-04 fee 3').map((fee) => ({ ...fee, symbol: 'VOO' }))
    expect(positions(ledger('', { transactions: fees }), '2024-01-04')).toEqual([])
  })
})

describe('a market that is in tomorrow while New York is in today', () => {
  // 2026-03-10 20:30 in New York is 2026-03-11 00:30 UTC, the coin's day
  const at = Date.parse('2026-03-11T00:30:00Z')
  const coin = {
    instrument: { ...instrument('BTC-USD'), timeZone: 'UTC' },
    bars: priceHistory([
      { day: '2026-03-09', close: 100 },
      { day: '2026-03-10', close: 101 },
    ]),
    splits: [],
    dividends: [],
    quote: { symbol: 'BTC-USD', price: '107', currency: 'USD', previousClose: '101', at },
  }
  const priced = (today: string, day: string) => {
    const known = new Map([['BTC-USD', market(coin, today)]])
    return said(priceOn({ ...ledger('', { today }), markets: known }, 'BTC-USD', day))
  }

  it('has its latest price as today’s', () => {
    expect(priced('2026-03-10', '2026-03-10')).toBe('107 of 2026-03-10')
    expect(priced('2026-03-10', '2026-03-09')).toBe('100 of 2026-03-09')
  })

  it('and keeps that day’s close once New York has followed', () => {
    expect(priced('2026-03-11', '2026-03-10')).toBe('101 of 2026-03-10')
    expect(priced('2026-03-11', '2026-03-11')).toBe('107 of 2026-03-11')
  })
})

describe('oversales', () => {
  const story = transactions(`
    2024-01-02 buy 10 VOO @ 400
    2024-01-02 buy 99 QQQ @ 300
    2024-06-10 sell 15 VOO @ 210
  `)

  it('are those of one symbol', () => {
    expect(oversales(story, 'VOO', []).map((fault) => fault.transaction)).toEqual(['3'])
    expect(oversales(story, 'QQQ', [])).toEqual([])
  })

  it('know of the splits: 10 held before a 2:1 are enough for 15', () => {
    expect(oversales(story, 'VOO', [{ day: '2024-06-03', numerator: 2, denominator: 1 }])).toEqual([])
  })

  it('do not depend on the order of arrival', () => {
    expect(oversales(story.toReversed(), 'VOO', [])).toEqual(oversales(story, 'VOO', []))
  })

  it('follow from the rows of what the shares were, and change what they become', () => {
    const rows = transactions(`
      2024-01-04 exchange FB into META ratio 1:1
      2024-01-02 exchange OLD into FB ratio 2:1
      2024-01-05 spin_off T into WBD shares 5 takes 0.2
    `)
    expect([...sourcesOf(rows, 'META')]).toEqual(['META', 'FB', 'OLD'])
    expect([...becameOf(rows, ['OLD'])]).toEqual(['OLD', 'FB', 'META'])
    expect(rowsOfSymbols([...story, ...rows])('META').map(({ symbol }) => symbol)).toEqual(['OLD', 'FB'])
  })
})

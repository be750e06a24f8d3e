import { expect, it } from 'vitest'
import { historyOfInverse, inversePair, quotedOfInverse } from '../../src/market/small-unit.ts'

it.each([
  ['JPYUSD=X', 'USDJPY=X'],
  ['KRWEUR=X', 'EURKRW=X'],
  ['VNDJPY=X', 'JPYVND=X'],
  ['SEKGBP=X', 'GBPSEK=X'],
  ['INRCHF=X', 'CHFINR=X'],
])('%s is asked for as %s, which is above 1', (pair, inverse) => {
  expect(inversePair(pair)).toBe(inverse)
  expect(inversePair(inverse)).toBeNull()
})

it.each(['EURUSD=X', 'USDEUR=X', 'GBPUSD=X', 'AUDCAD=X', 'XXXUSD=X', 'BTC-USD', 'AAPL', 'JPY=X', 'JPYUSDX'])(
  '%s is asked for as it is',
  (symbol) => expect(inversePair(symbol)).toBeNull(),
)

const instrument = {
  symbol: 'USDJPY=X',
  name: 'USD/JPY',
  currency: 'JPY',
  kind: 'currency' as const,
  exchange: 'CCY',
  timeZone: 'Europe/London',
}
const quote = { symbol: 'USDJPY=X', price: '149.87', currency: 'JPY', previousClose: '160', at: 0 }

it('prices are divided into 1, and the rest is of the pair that was wanted', () => {
  const pair = { ...instrument, symbol: 'JPYUSD=X', name: 'JPY/USD', currency: 'USD' }
  // 1 ÷ 149.87 = 0.00667244945…
  const price = {
    symbol: 'JPYUSD=X',
    price: '0.0066724495',
    currency: 'USD',
    previousClose: '0.00625',
    at: 0,
  }
  expect(quotedOfInverse('JPYUSD=X', { instrument, quote })).toEqual({ instrument: pair, quote: price })
  const bars = [{ day: '2026-03-04', close: 160 }]
  const history = { instrument, quote, bars, splits: [], dividends: [] }
  expect(historyOfInverse('JPYUSD=X', history)).toEqual({
    instrument: pair,
    quote: price,
    bars: [{ day: '2026-03-04', close: 0.00625 }],
    splits: [],
    dividends: [],
  })
})

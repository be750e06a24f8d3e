import { expect, it } from 'vitest'
import { isinOfCusip, isIsin, tickerOf } from '../../src/statements/security.ts'

it.each(['US0378331005', 'US5949181045', 'IE00B3RBWM25', 'GB0002634946', 'DE0007164600'])(
  '%s is an ISIN',
  (text) => expect(isIsin(text)).toBe(true),
)

it.each(['US0378331004', 'US037833100', 'AAPL', '', 'us0378331005', 'US03783310O5'])('%j is none', (text) =>
  expect(isIsin(text)).toBe(false),
)

it('a CUSIP is the middle of an American ISIN', () => {
  expect(isinOfCusip('037833100')).toBe('US0378331005')
  expect(isinOfCusip('594918104')).toBe('US5949181045')
  expect([isinOfCusip('037833101'), isinOfCusip('AAPL'), isinOfCusip('12345678')]).toEqual([null, null, null])
})

it.each([
  ['AAPL', 'AAPL'],
  ['brk.b', 'BRK-B'],
  ['BRK/B', 'BRK-B'],
  ['VWRL:xams', 'VWRL.AS'],
  ['AMS:VWRL', 'VWRL.AS'],
  ['NASDAQ:AAPL', 'AAPL'],
  ['AAPL.US', 'AAPL'],
  ['VUSA.UK', 'VUSA.L'],
  ['SPYL.DE', 'SPYL.DE'],
  ['VUSA.L', 'VUSA.L'],
  ['MSFT US Equity', 'MSFT'],
  ['VOD LN', 'VOD.L'],
  ['BTC-USD', 'BTC-USD'],
  ['^GSPC', '^GSPC'],
])('%s is %s', (spelled, ticker) => expect(tickerOf(spelled)).toBe(ticker))

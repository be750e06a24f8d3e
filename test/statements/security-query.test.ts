import { expect, it } from 'vitest'
import type { Security } from '../../src/portfolio/instrument.ts'
import { meant, securityQuery } from '../../src/statements/security-query.ts'

const listed = (symbol: string, currency: string | null = 'USD'): Security => ({
  symbol,
  name: symbol,
  kind: 'equity',
  exchange: '',
  currency,
})
const decided = (typed: string, found: Security[], currency: string | null = null) => {
  const answer = meant(securityQuery(typed), found, currency)
  return answer.status === 'one' ? answer.security.symbol : answer.status
}

it.each([
  // Apple's ISIN and its CUSIP, as its annual reports print them
  ['us0378331005', 'US0378331005', null],
  ['037833100', 'US0378331005', null],
  // a wrong check digit is no CUSIP
  ['037833101', '037833101', '037833101'],
  ['brk.b', 'BRK-B', 'BRK-B'],
  ['VWRL.AS', 'VWRL.AS', 'VWRL.AS'],
  ['VWRL:xams', 'VWRL.AS', 'VWRL.AS'],
  ['MSFT US Equity', 'MSFT', 'MSFT'],
  ['SAP SE', 'SAP SE', null],
  [' Berkshire   Hathaway ', 'BERKSHIRE HATHAWAY', null],
])('%s is asked as %s', (typed, query, symbol) => {
  expect(securityQuery(typed)).toEqual({ query, symbol })
})

it('the ticker itself is meant, whatever else is found', () => {
  expect(decided('vo', [listed('VOO'), listed('VO')])).toBe('VO')
})
it('a coin is meant by its currency, and is not where a listing of that name trades in it too', () => {
  const coins = [listed('BTC-USD'), listed('BTC-EUR', 'EUR')]
  expect(decided('BTC', coins, 'EUR')).toBe('BTC-EUR')
  expect(decided('BTC', coins)).toBe('several')
  expect(decided('BTC', [listed('BTC'), ...coins], 'EUR')).toBe('BTC-EUR')
  expect(decided('BTC', [listed('BTC'), ...coins], 'USD')).toBe('several')
})
it('an ISIN is the one listing in the currency, or the only one', () => {
  const listings = [listed('SHEL.L', 'GBP'), listed('SHEL'), listed('R6C0.DE', 'EUR')]
  expect(decided('GB00BP6MXD84', listings, 'EUR')).toBe('R6C0.DE')
  expect(decided('GB00BP6MXD84', listings)).toBe('several')
  expect(decided('GB00BP6MXD84', listings, 'CHF')).toBe('several')
  // London quotes in pence
  expect(decided('GB00BP6MXD84', [listed('SHEL.L', 'GBp'), listed('SHEL')], 'GBP')).toBe('SHEL.L')
  expect(decided('GB00BP6MXD84', [listed('SHEL.L', 'GBP'), listed('SHEL')], 'GBX')).toBe('SHEL.L')
  expect(decided('GB00BP6MXD84', listings.slice(0, 1))).toBe('SHEL.L')
  expect(decided('GB00BP6MXD84', listings.slice(0, 1), 'CHF')).toBe('SHEL.L')
})
it('among the listings of an ISIN the close of the trade’s day decides, or several are asked', () => {
  const day = '2024-01-16'
  const at = (symbol: string, currency: string | null, close?: number): Security => ({
    ...listed(symbol, currency),
    ...(close !== undefined && { closes: { [day]: close } }),
  })
  const byTrade = (found: Security[], price: string, currency = '') => {
    const answer = meant(securityQuery('GB00BP6MXD84'), found, currency || null, { day, price, currency })
    return answer.status === 'one' ? answer.security.symbol : answer.status
  }
  const both = [at('SHEL.L', 'GBP', 25.1), at('R6C0.DE', 'EUR', 29.2)]
  expect(byTrade(both, '29.05')).toBe('R6C0.DE')
  expect(byTrade(both, '25.3')).toBe('SHEL.L')
  // far from both
  expect(byTrade(both, '27')).toBe('several')
  // the other one's close is not known
  expect(byTrade([at('SHEL.L', 'GBP'), at('R6C0.DE', 'EUR', 29.2)], '29.05')).toBe('several')
  // two exchanges at one price, and a third in another currency
  const euros = [at('R6C0.DE', 'EUR', 29.2), at('SHELL.AS', 'EUR', 29.22), at('SHEL.L', 'GBP', 25.1)]
  expect(byTrade(euros, '29.1', 'EUR')).toBe('several')
  expect(byTrade([at('A.L', 'GBP', 25.1), at('B.L', 'GBP', 31)], '2510', 'GBX')).toBe('A.L')
})
it('what is only alike is asked, and nothing is none', () => {
  expect(decided('VOOX', [listed('VOO')])).toBe('several')
  expect(decided('NOPE', [])).toBe('none')
})

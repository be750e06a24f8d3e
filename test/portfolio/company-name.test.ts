import { expect, it } from 'vitest'
import { plainName, underNewTicker } from '../../src/portfolio/company-name.ts'
import type { Security } from '../../src/portfolio/instrument.ts'

const listed = (symbol: string, name: string, more: Partial<Security> = {}): Security => ({
  symbol,
  name,
  kind: 'equity',
  exchange: 'NYSE',
  currency: 'USD',
  ...more,
})

it.each([
  ['Meta Platforms, Inc.', 'META PLATFORMS INC'],
  ['Münchener Rück AG', 'münchener rück'],
  ['Linde plc', 'Linde PLC'],
])('%s is the name of %s', (one, other) => {
  expect(plainName(one)).toBe(plainName(other))
})

it('a company is found by its name under another ticker, of its kind and currency', () => {
  const found = [
    listed('OLDT', 'Brick & Co.'),
    listed('NEWT', 'Brick Co'),
    listed('NEWT.L', 'Brick Co', { currency: 'GBP' }),
    listed('NEWTF', 'Brick Co', { kind: 'fund' }),
    listed('MORT', 'Brick and Mortar Co'),
    listed('NEWS', 'Brick Co', { currency: null }),
  ]
  expect(underNewTicker(listed('OLDT', 'Brick & Co.'), found).map(({ symbol }) => symbol)).toEqual([
    'NEWT',
    'NEWS',
  ])
})

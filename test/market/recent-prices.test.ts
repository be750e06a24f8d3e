import { describe, expect, it } from 'vitest'
import { recentPrices } from '../../src/market/recent-prices.ts'
import type { Fetched, Quoted } from '../../src/market/source.ts'

const price = (symbol: string): Fetched<Quoted> => ({ status: 'ok', value: { symbol } as never })

describe('a price that came with the answer to another question', () => {
  let now = 0
  const recent = recentPrices(() => now)

  it('is had once, by whoever asks for its symbol within six seconds', () => {
    recent.keep(
      new Map([
        ['VOO', price('VOO')],
        ['QQQ', price('QQQ')],
      ]),
    )
    now = 5999
    expect(recent.take(['VOO', 'KO'])).toEqual(new Map([['VOO', price('VOO')]]))
    expect(recent.take(['VOO'])).toEqual(new Map())
    now = 6000
    expect(recent.take(['QQQ'])).toEqual(new Map())
  })

  it('is none where the source had none', () => {
    recent.keep(
      new Map<string, Fetched<Quoted>>([
        ['KO', { status: 'rejected', reason: 'no such symbol' }],
        ['V', { status: 'unavailable', reason: 'busy' }],
      ]),
    )
    expect(recent.take(['KO', 'V'])).toEqual(new Map())
  })
})

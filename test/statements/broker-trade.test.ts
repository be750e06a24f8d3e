import { describe, expect, it } from 'vitest'
import { brokerTrade } from '../../src/statements/broker-trade.ts'

/** `7 @ 63.84, 446.85` paid; what the ledger is told as `price + fee`, or the refusal */
function trade(type: 'buy' | 'sell', shares: string, price: string, amount: string, ...charges: string[]) {
  const read = brokerTrade({ type, shares, price, amount, charges })
  return 'reject' in read
    ? read.reject
    : `${'price' in read ? read.price : ''} + ${'fee' in read ? read.fee : ''}`
}

describe('price and fee of a broker’s trade', () => {
  it('are as printed within a cent', () => {
    // 0.569915 × 285.50 = 162.7107325
    expect(trade('buy', '0.569915', '$285.50', '($162.71)')).toBe('$285.50 + 0')
    expect(trade('sell', '-40', '52.5', '2094.99', '4.95', '0.06')).toBe('52.5 + 5.01')
  })

  it('come from the amount when the price was rounded', () => {
    // 1,000 × 3.46 = 3460, half a cent a share is 5
    expect(trade('buy', '1000', '$3.46', '($3,456.70)')).toBe('3.4567 + 0')
    // four decimals leave room for half a hundredth of a cent a share: 0.05 on a thousand
    expect(trade('buy', '1000', '3.4600', '-3460.06')).toBe('3.46006 + 0')
    expect(trade('buy', '1000', '3.4600', '-3460.07')).toBe('3.4600 + 0.07')
  })

  it('show a charge that is not listed', () => {
    // 500.00 − 499.97
    expect(trade('sell', '1', '$500.00', '$499.97')).toBe('$500.00 + 0.03')
    expect(trade('sell', '1', '$500.00', '$499.97', '0.01')).toBe('$500.00 + 0.03')
  })

  it('are refused when the row contradicts itself', () => {
    // a dollar and 1 % of 610 are 7.10
    expect(trade('buy', '10', '51', '-610')).toMatch(/does not match 10 shares at 51, which come to 510\.$/)
    expect(trade('buy', '1', '500', '-499')).toMatch(/does not match/)
    expect(trade('buy', '1', '500', '500')).toBe('Amount “500”: a buy should take money out.')
    expect(trade('sell', '1', '500', '-500')).toBe('Amount “-500”: a sell should bring money in.')
  })

  it('do without a price or an amount', () => {
    expect(trade('buy', '3', '', '-10', '1')).toBe('3 + 1')
    expect(trade('buy', '3', '', '-10')).toBe('3.3333333333 + 0')
    expect(trade('buy', '3', '3.33', '')).toBe('3.33 + 0')
  })

  it('are handed on as spelled when they cannot be read', () => {
    expect(trade('buy', 'many', '3.33', '-10')).toBe('3.33 + 0')
    expect(trade('buy', '3', '--', '-10')).toBe('-- + 0')
    expect(trade('buy', '3', '3.33', '-10', 'free')).toBe('3.33 + free')
  })
})

import { expect, it } from 'vitest'
import { tradeIn } from '../../src/statements/trade-text.ts'

it('finds shares and price in what brokers write into one cell', () => {
  expect(tradeIn('Buy 3 @ 134.85 USD', '.', '')).toEqual({
    shares: '3',
    price: '134.85',
    currency: 'USD',
    of: '',
    rest: 'Buy',
  })
  expect(tradeIn('OPEN BUY 34/42.5658 @ 11.7480', '.', '')).toMatchObject({ shares: '34', price: '11.748' })
  expect(tradeIn('Compra 6 ISHARES MSCI 500@49,785 EUR (IE00B4L5Y983)', ',', '')).toMatchObject({
    shares: '6',
    price: '49.785',
    currency: 'EUR',
    of: 'ISHARES MSCI 500',
  })
  // the name has a number in it
  expect(tradeIn('Vanguard S&P 500 UCITS ETF 1,000 @ 25.50', '.', '')).toEqual({
    shares: '1000',
    price: '25.5',
    currency: '',
    of: '',
    rest: 'Vanguard S&P 500 UCITS ETF',
  })
})

it('takes the decimal mark under which the amount comes out', () => {
  expect(tradeIn('CLOSE BUY 100 @ 2.976', ',', '297.6')).toMatchObject({ shares: '100', price: '2.976' })
  expect(tradeIn('CLOSE BUY 100 @ 2.976', ',', '-297600')).toMatchObject({ shares: '100', price: '2976' })
})

it('is null for any other text', () => {
  expect(tradeIn('somebody@example.org', '.', '')).toBeNull()
  expect(tradeIn('Dividend', '.', '')).toBeNull()
})

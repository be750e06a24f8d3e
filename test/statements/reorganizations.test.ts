import { expect, it } from 'vitest'
import { type Part, reorganized } from '../../src/statements/reorganizations.ts'

const part = (line: number, symbol: string, shares: string, cash = '', note = ''): Part => ({
  line,
  date: '2024-03-01',
  symbol,
  shares,
  cash,
  currency: 'USD',
  note,
})

it('shares that left and shares that came are an exchange, with the cash beside them', () => {
  expect(reorganized([part(2, 'OLD', '-50'), part(3, 'NEW', '32.5')])).toMatchObject([
    {
      lines: [2, 3],
      entry: { type: 'exchange', symbol: 'OLD', new_symbol: 'NEW', ratio: '32.5:50', amount: '' },
    },
  ])
  const words = 'OLD merged with NEW (a row)'
  expect(reorganized([part(2, 'OLD', '-50', '', words), part(3, 'NEW', '32', '10.25', words)])).toMatchObject(
    [{ entry: { type: 'exchange', ratio: '32:50', amount: '10.25' } }],
  )
})

it('shares that left for cash are a sale, in one row or in two', () => {
  const sale = [{ entry: { type: 'sell', symbol: 'OLD', shares: '100', price: '10' } }]
  expect(reorganized([part(2, 'OLD', '-100', '1000')])).toMatchObject(sale)
  expect(reorganized([part(2, 'OLD', '', '1000'), part(3, 'OLD', '-100')])).toMatchObject(sale)
})

it('what cannot be told apart is not put together', () => {
  // is the cash for OLD, or a part of what NEW was exchanged for?
  expect(reorganized([part(2, 'OLD', '', '1000'), part(3, 'OLD', '-100'), part(4, 'NEW', '10')])).toEqual([])
  expect(reorganized([part(2, 'A', '-1'), part(3, 'B', '-1'), part(4, 'C', '1')])).toEqual([])
  expect(reorganized([part(2, 'NEW', '10')])).toEqual([])
})

it('as many shares of the same name are a change of number', () => {
  expect(reorganized([part(2, 'ABC', '-5'), part(3, 'ABC', '5')])).toEqual([{ lines: [2, 3], entry: null }])
})

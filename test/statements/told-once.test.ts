import { expect, it } from 'vitest'
import { told } from './told.ts'

const trade = '2024-01-15,VOO,Buy,5,100.50\n'

it('counts the same trade of two accounts twice, whose tables have the same columns', () => {
  const header = 'Date,Symbol,Type,Shares,Price\n'
  expect(told(`${header}${trade}\nSecond account\n\n${header}${trade}`).positions).toEqual({ VOO: '10' })
})

it('counts a trade that two kinds of tables tell once, and a second one of that day again', () => {
  const file = `Date,Symbol,Type,Shares,Price\n${trade}${trade}
Executions

Executed At,Venue,Ticker,Side,Quantity,Price,Commission
2024-01-15 10:00:00,NYSE,VOO,Buy,5,100.50,0
2024-01-15 11:00:00,NYSE,VOO,Buy,5,100.50,0
2024-01-15 12:00:00,NYSE,VOO,Buy,5,100.50,0
`
  expect(told(file)).toMatchObject({ positions: { VOO: '15' }, left_out: [5, 8, 9], rejected: [] })
})

import { expect, it } from 'vitest'
import { textWorth } from '../../src/statements/text-worth.ts'

it('of several sheets the one with all transactions is worth most', () => {
  const about = 'Account,12345\nName,Somebody\n'
  const held = 'Symbol,Quantity,Price\nAAPL,10,189.5\n'
  const closed =
    'Position ID,Action,Amount,Units,Open Date,Close Date,Open Rate,Close Rate\n1,Buy Apple,500,2.5,15/01/2024,20/02/2024,200,208\n'
  const activity =
    'Date,Type,Details,Amount,Units,Realized Equity Change,Realized Equity,Balance,Position ID,Asset type,NWA\n09/01/2024 15:37:16,Open Position,AMD/USD,49.88,0.337209,0.00,100,0.00,2,Stocks,0.00\n'
  const plain = 'Datum;Typ;Ticker;Anzahl;Kurs\n25.01.2024;Kauf;KO;10;60,50\n'
  expect([about, held, closed, plain, activity].map((text) => textWorth(text).worth)).toEqual([0, 1, 1, 2, 3])
})

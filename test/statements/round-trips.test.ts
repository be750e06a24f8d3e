import { expect, it } from 'vitest'
import { told } from './told.ts'

// A purchase and its sale in one row, as brokers report realized gains and people keep their own lists.

it('Schwab’s realized gains: what was paid and what it brought', () => {
  const file = `"Realized Gain/Loss - Lot Details for ...1234 as of 06/01/2024"
"Symbol","Name","Closed Date","Opened Date","Quantity","Proceeds Per Share","Cost Per Share","Proceeds","Cost Basis (CB)","Gain/Loss ($)","Term"
"AAPL","APPLE INC","02/20/2024","01/15/2024","4","$182.00","$185.50","$728.00","$742.00","-$14.00","Short Term"
"MSFT","MICROSOFT","03/20/2024","01/16/2024","2","$420.00","$390.00","$840.00","$780.00","$60.00","Short Term"
`
  expect(told(file)).toMatchObject({
    rows: [
      '3 buy AAPL 2024-01-15 4 @ 185.5',
      '3 sell AAPL 2024-02-20 4 @ 182',
      '4 buy MSFT 2024-01-16 2 @ 390',
      '4 sell MSFT 2024-03-20 2 @ 420',
    ],
    rejected: [],
    positions: { AAPL: '0', MSFT: '0' },
    // −14 + 60, the gains of the file
    cash: { '': '46' },
  })
})

it('somebody’s own list: what is not sold yet is a purchase alone', () => {
  const file = `Aktie;Kaufdatum;Kaufkurs;Stück;Gebühren;Steuern;Verkaufsdatum;Verkaufskurs
AAPL;15.01.2024;185,50;10;2,00;3,00;20.02.2024;190,00
MSFT;16.01.2024;390,00;5;1,50;0,00;;
`
  expect(told(file).rows).toEqual([
    '2 buy AAPL 2024-01-15 10 @ 185.5',
    // 2.00 and 3.00, once
    '2 sell AAPL 2024-02-20 10 @ 190 fee 5',
    '3 buy MSFT 2024-01-16 5 @ 390 fee 1.5',
  ])
})

it('eToro’s closed positions: neither contracts for difference nor short positions', () => {
  const file = `Position ID,Action,Copied From,Amount,Units,Open Date,Close Date,Leverage,Profit,Open Rate,Close Rate,Type,ISIN
1,Buy Apple,-,500.00,2.5,15/01/2024 10:00:00,20/02/2024 10:00:00,1,20.00,200.00,208.00,Stocks,US0378331005
2,Sell Tesla,-,500.00,2.5,15/01/2024 10:00:00,20/02/2024 10:00:00,5,20.00,200,192,CFD,US88160R1014
`
  expect(told(file)).toMatchObject({
    rows: ['2 buy AAPL 2024-01-15 2.5 @ 200', '2 sell AAPL 2024-02-20 2.5 @ 208'],
    left_out: [3],
    rejected: [],
  })
})

it('a journal: its commission once, shorts left out', () => {
  const file = `Symbol,Side,Qty,Entry Date,Entry Price,Exit Date,Exit Price,Commission
AAPL,Long,10,01/15/2024,185.50,02/20/2024,190,2.00
TSLA,Short,5,01/16/2024,200,02/20/2024,190,2.00
`
  expect(told(file)).toMatchObject({
    rows: ['2 buy AAPL 2024-01-15 10 @ 185.5', '2 sell AAPL 2024-02-20 10 @ 190 fee 2'],
    left_out: [3],
  })
})

it('a table of trades that also has a day of closing stays as it is', () => {
  const file = `Date,Close Date,Symbol,Action,Shares,Price
2024-01-15,2024-01-17,AAPL,Buy,10,185.5
`
  expect(told(file).rows).toEqual(['2 buy AAPL 2024-01-15 10 @ 185.5'])
})

import { expect, it } from 'vitest'
import { told } from './told.ts'

// The layout of Fio banka’s list of trades, with invented rows: https://www.fio.cz, e-Broker, “Obchody a pohyby”.

it('Fio: a column of money for each currency, of which a row fills that of its own', () => {
  const file = `Datum obchodu;Směr;Symbol;Cena;Počet;Měna;Objem v CZK;Poplatky v CZK;Objem v USD;Poplatky v USD;Objem v EUR;Poplatky v EUR;Text FIO;Datum vypořádání
03.01.2024 15:31;Nákup;AAPL;180,00;10;USD;;;-1800,00;7,95;;;Nákup;05.01.2024
20.02.2024 00:00;Dividenda;AAPL;;;USD;;;2,40;;;;AAPL - Dividenda;20.02.2024
20.02.2024 00:00;;AAPL;;;USD;;;-0,36;;;;AAPL - Daň z divid. zaplacená;20.02.2024
03.06.2024 15:31;Prodej;AAPL;190,00;5;USD;;;950,00;7,95;;;Prodej;05.06.2024
02.01.2024 10:00;;;;;CZK;50000,00;;;;;;Vloženo na účet z 2300000000;02.01.2024
`
  expect(told(file)).toMatchObject({
    rows: [
      '2 buy AAPL 2024-01-03 10 @ 180 fee 7.95 USD',
      '3 dividend AAPL 2024-02-20 2.4 USD',
      '4 tax AAPL 2024-02-20 0.36 USD',
      '5 sell AAPL 2024-06-03 5 @ 190 fee 7.95 USD',
      '6 deposit 2024-01-02 50000 CZK',
    ],
    // −1800 − 7.95 + 2.40 − 0.36 + 950 − 7.95
    cash: { USD: '-863.86', CZK: '50000' },
  })
})

it('what a row is worth in another currency too does not count', () => {
  const file = `Date,Action,Ticker,Shares,Currency,Price (USD),Price (EUR),Amount (USD),Amount (EUR),Fee (USD),Fee (EUR)
2024-01-03,Buy,AAPL,10,USD,180,165,1801,1651,1,0.92
2024-01-04,Buy,SAP.DE,2,EUR,153,140,307.09,281,1.09,1
`
  expect(told(file).rows).toEqual([
    '2 buy AAPL 2024-01-03 10 @ 180 fee 1 USD',
    '3 buy SAP.DE 2024-01-04 2 @ 140 fee 1 EUR',
  ])
})

it('without a column for the currency the one that is filled says it', () => {
  const file = `Date,Action,Ticker,Shares,Price,Amount EUR,Amount USD
2024-01-03,Buy,AAPL,10,180,,1800
2024-01-03,Buy,SAP.DE,10,140,1400
`
  expect(told(file).rows).toEqual([
    '2 buy AAPL 2024-01-03 10 @ 180 USD',
    '3 buy SAP.DE 2024-01-03 10 @ 140 EUR',
  ])
})

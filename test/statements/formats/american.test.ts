import { expect, it } from 'vitest'
import { told } from '../told.ts'

// Invented rows in the layouts that the brokers write.

it('Schwab: a line about the account above, newest first, days “as of”, the total below', () => {
  const file = `"Transactions  for account Individual ...123 as of 06/30/2025 10:00:00 ET"
"Date","Action","Symbol","Description","Quantity","Price","Fees & Comm","Amount"
"06/12/2025 as of 06/11/2025","Qualified Dividend","VOO","VANGUARD S&P 500 ETF","","","","$12.50"
"06/12/2025","Reinvest Shares","VOO","VANGUARD S&P 500 ETF","0.025","$500.00","","-$12.50"
"06/10/2025","Sell","LSTD","LISTEDCO INC","4","$52.50","$0.05","$209.95"
"06/09/2025","NRA Tax Adj","OVSS","OVERSEAS PLC","","","","-$1.20"
"06/06/2025","Bank Interest","","BANK INT 051625-061525","","","","$0.42"
"06/05/2025","Sell to Open","LSTD 07/18/2025 55.00 C","CALL LISTEDCO","1","$1.20","$0.66","$119.34"
"06/04/2025","Stock Split","SPLT","SPLITCO CORP","30","","",""
"06/03/2025","Journaled Shares","LSTD","LISTEDCO INC","5","","",""
"06/02/2025","Buy","LSTD","LISTEDCO INC","10","$50.00","$4.95","-$504.95"
"06/01/2025","MoneyLink Transfer","","Tfr BANK, ME","","","","$1,000.00"
"Transactions Total","","","","","","","$824.06"
`
  expect(told(file)).toEqual({
    format: 'Schwab',
    rows: [
      '3 dividend VOO 2025-06-11 12.5 USD',
      '4 buy VOO 2025-06-12 0.025 @ 500 USD',
      '5 sell LSTD 2025-06-10 4 @ 52.5 fee 0.05 USD',
      '6 tax OVSS 2025-06-09 1.2 USD',
      '7 interest 2025-06-06 0.42 USD',
      '11 buy LSTD 2025-06-02 10 @ 50 fee 4.95 USD',
      '12 deposit 2025-06-01 1000 USD',
    ],
    left_out: [8, 9, 13],
    rejected: [10],
    positions: { VOO: '0.025', LSTD: '6' },
    // 12.50 − 12.50 + 209.95 − 1.20 + 0.42 − 504.95 + 1000
    cash: { USD: '704.22' },
  })
})

it('Vanguard: what is held above, then what happened; the settlement fund is cash', () => {
  const file = `Account Number,Investment Name,Symbol,Shares,Share Price,Total Value,
12345678,VANGUARD TOTAL STOCK MARKET ETF,VTI,12,260.10,3121.20,

Account Number,Trade Date,Settlement Date,Transaction Type,Transaction Description,Investment Name,Symbol,Shares,Share Price,Principal Amount,Commissions and Fees,Net Amount,Accrued Interest,Account Type,
12345678,2024-01-02,2024-01-02,Funds Received,Electronic bank transfer,CASH,,0.0,1.0,3000.00,0.0,3000.00,0.0,CASH,
12345678,2024-01-03,2024-01-05,Buy,Buy,VANGUARD TOTAL STOCK MARKET ETF,VTI,12.0,235.50,-2826.00,0.0,-2826.00,0.0,CASH,
12345678,2024-01-05,2024-01-05,Sweep out,Sweep Out Of Settlement Fund,VANGUARD FEDERAL MONEY MARKET FUND,VMFXX,0.0,1.0,2826.00,0.0,2826.00,0.0,CASH,
12345678,2024-03-27,2024-03-27,Dividend,Dividend Received,VANGUARD TOTAL STOCK MARKET ETF,VTI,0.0,1.0,10.20,0.0,10.20,0.0,CASH,
12345678,2024-03-28,2024-03-28,Dividend,Dividend Received,VANGUARD FEDERAL MONEY MARKET FUND,VMFXX,0.0,1.0,1.10,0.0,1.10,0.0,CASH,
12345678,2024-03-28,2024-03-28,Reinvestment,Dividend Reinvestment,VANGUARD FEDERAL MONEY MARKET FUND,VMFXX,1.1,1.0,-1.10,0.0,-1.10,0.0,CASH,
12345678,2024-04-01,2024-04-03,Sell,Sell,VANGUARD TOTAL STOCK MARKET ETF,VTI,-2.0,258.00,516.00,0.5,515.50,0.0,CASH,
`
  expect(told(file)).toEqual({
    format: 'Vanguard',
    rows: [
      '5 deposit 2024-01-02 3000 USD',
      '6 buy VTI 2024-01-03 12 @ 235.5 USD',
      '8 dividend VTI 2024-03-27 10.2 USD',
      '9 dividend VMFXX 2024-03-28 1.1 USD',
      '11 sell VTI 2024-04-01 2 @ 258 fee 0.5 USD',
    ],
    left_out: [2, 7, 10],
    rejected: [],
    positions: { VTI: '10' },
    // 3000 − 2826 + 10.20 + 1.10 + 515.50
    cash: { USD: '700.8' },
  })
})

it('E*TRADE: as written until 2025', () => {
  const file = `For Account:,####0000

TransactionDate,TransactionType,SecurityType,Symbol,Quantity,Amount,Price,Commission,Description
06/12/24,Dividend,EQ,LSTD,0,4.15,0,0,LISTEDCO INC
05/20/24,Sold,EQ,LSTD,-2,103.93,52,0.07,LISTEDCO INC
05/17/24,Sold Short,OPTN,LSTD May 17 '24 $55 Call,-1,119.34,1.2,0.66,CALL
05/15/24,Bought,EQ,LSTD,6,-300,50,0,LISTEDCO INC
05/14/24,Transfer,Unknown,,0,500,0,0,TRANSFER FROM BANK
`
  expect(told(file)).toEqual({
    format: 'E*TRADE',
    rows: [
      '4 dividend LSTD 2024-06-12 4.15 USD',
      '5 sell LSTD 2024-05-20 2 @ 52 fee 0.07 USD',
      '7 buy LSTD 2024-05-15 6 @ 50 USD',
      '8 deposit 2024-05-14 500 USD',
    ],
    left_out: [6],
    rejected: [],
    positions: { LSTD: '4' },
    cash: { USD: '308.08' },
  })
})

it('E*TRADE: as written since, with lines above and “--” for nothing', () => {
  const file = `All Transactions Activity Types

Account Activity for Individual -1111 from Current Year

Total:,303.93

Activity/Trade Date,Transaction Date,Settlement Date,Activity Type,Description,Symbol,Cusip,Quantity #,Price $,Amount $,Commission,Category,Note
06/02/25,06/02/25,06/03/25,Sold,LISTEDCO INC,LSTD,--,-2.0,52.0,103.93,0.07,--,--
05/02/25,05/02/25,05/05/25,Bought,LISTEDCO INC,LSTD,--,6.0,50.0,-300.0,0.0,--,--
05/01/25,05/01/25,05/01/25,Online Transfer,TRANSFER FROM A BANK,--,--,0.0,0.0,500.0,0.0,--,--
`
  expect(told(file)).toEqual({
    format: 'E*TRADE',
    rows: [
      '8 sell LSTD 2025-06-02 2 @ 52 fee 0.07 USD',
      '9 buy LSTD 2025-05-02 6 @ 50 USD',
      '10 deposit 2025-05-01 500 USD',
    ],
    left_out: [],
    rejected: [],
    positions: { LSTD: '4' },
    cash: { USD: '303.93' },
  })
})

it('Merrill: what happened stands in the description', () => {
  const file = `"Trade Date","Settlement Date","Pending/Settled","Account Nickname","Account Registration","Type","Description 1 ","Description 2","Symbol/CUSIP #","Quantity","Price ($)","Amount ($)"
"03/05/2024","03/05/2024","Settled","Edge","CMA","","Dividend","LISTEDCO INC","LSTD","","","$7.50"
"03/04/2024","03/06/2024","Settled","Edge","CMA","","Sale","LISTEDCO INC","LSTD","-5","$52.00","$259.99"
"02/01/2024","02/05/2024","Settled","Edge","CMA","","Purchase","LISTEDCO INC","LSTD","15","$50.00","($750.00)"
"01/31/2024","01/31/2024","Pending","Edge","CMA","","Purchase","LISTEDCO INC","LSTD","15","$50.00","($750.00)"
"01/30/2024","01/30/2024","Settled","Edge","CMA","","Funds Transfer","TR FROM BANK","","","","$1,000.00"
`
  expect(told(file)).toEqual({
    format: 'Merrill',
    rows: [
      '2 dividend LSTD 2024-03-05 7.5 USD',
      '3 sell LSTD 2024-03-04 5 @ 52 fee 0.01 USD',
      '4 buy LSTD 2024-02-01 15 @ 50 USD',
      '6 deposit 2024-01-30 1000 USD',
    ].map((row) => row.replace(' fee 0.01', '')),
    left_out: [5],
    rejected: [],
    positions: { LSTD: '10' },
    // a cent is rounding of the amount: the sale is booked at 260
    cash: { USD: '517.5' },
  })
})

it('Webull: orders, of which only those that were filled count', () => {
  const file = `Name,Symbol,Side,Status,Filled,Total Qty,Price,Avg Price,Time-in-Force,Placed Time,Filled Time
Listedco,LSTD,Sell,Filled,2,2,@52.00,52.01,DAY,03/05/2024 10:30:00 EST,03/05/2024 10:30:05 EST
Listedco,LSTD,Buy,Cancelled,0,5,@49.00,,DAY,03/04/2024 10:00:00 EST,
Listedco,LSTD,Buy,Filled,10,10,@50.00,50.00,DAY,01/30/2024 09:31:00 EST,01/30/2024 09:31:02 EST
`
  expect(told(file)).toEqual({
    format: 'Webull',
    rows: ['2 sell LSTD 2024-03-05 2 @ 52.01 USD', '4 buy LSTD 2024-01-30 10 @ 50 USD'],
    left_out: [3],
    rejected: [],
    positions: { LSTD: '8' },
    cash: { USD: '-395.98' },
  })
})

it('Wealthsimple: the sub-type says which way a trade went', () => {
  const file = `transaction_date,settlement_date,account_id,account_type,activity_type,activity_sub_type,direction,symbol,name,currency,quantity,unit_price,commission,net_cash_amount
2024-01-02,2024-01-02,X1,TFSA,MoneyMovement,EFT,,,,CAD,,,,1000.00
2024-01-03,2024-01-05,X1,TFSA,Trade,BUY,LONG,LSTD,Listedco,CAD,10,50.00,0,-500.00
2024-02-01,2024-02-05,X1,TFSA,Trade,SELL,LONG,LSTD,Listedco,CAD,-4,52.00,0,208.00
2024-03-01,2024-03-01,X1,TFSA,Dividend,,,LSTD,Listedco,CAD,,,,3.00
2024-03-02,2024-03-02,X1,TFSA,Fee,,,,,CAD,,,,-1.50
`
  expect(told(file)).toEqual({
    format: 'Wealthsimple',
    rows: [
      '2 deposit 2024-01-02 1000 CAD',
      '3 buy LSTD 2024-01-03 10 @ 50 CAD',
      '4 sell LSTD 2024-02-01 4 @ 52 CAD',
      '5 dividend LSTD 2024-03-01 3 CAD',
      '6 fee 2024-03-02 1.5 CAD',
    ],
    left_out: [],
    rejected: [],
    positions: { LSTD: '6' },
    cash: { CAD: '709.5' },
  })
})

it('Questrade: three letters for what happened, commissions negative', () => {
  const file = `Transaction Date,Settlement Date,Action,Symbol,Description,Quantity,Price,Gross Amount,Commission,Net Amount,Currency,Account #,Activity Type,Account Type
2024-01-02 12:00:00 AM,2024-01-02 12:00:00 AM,CON,,CONTRIBUTION,0,0,0,0,1000,CAD,1,Deposits,TFSA
2024-01-03 12:00:00 AM,2024-01-05 12:00:00 AM,Buy,LSTD.TO,LISTEDCO,10,50,-500,-4.95,-504.95,CAD,1,Trades,TFSA
2024-02-01 12:00:00 AM,2024-02-05 12:00:00 AM,Sell,LSTD.TO,LISTEDCO,-4,52,208,-4.95,203.05,CAD,1,Trades,TFSA
2024-03-01 12:00:00 AM,2024-03-01 12:00:00 AM,DIV,LSTD.TO,LISTEDCO,0,0,0,0,3,CAD,1,Dividends,TFSA
2024-03-04 12:00:00 AM,2024-03-04 12:00:00 AM,FXT,,CONVERSION,0,0,0,0,-100,CAD,1,FX conversion,TFSA
2024-03-05 12:00:00 AM,2024-03-05 12:00:00 AM,WDR,,WITHDRAWAL,0,0,0,0,-100,CAD,1,Withdrawals,TFSA
`
  expect(told(file)).toEqual({
    format: 'Questrade',
    rows: [
      '2 deposit 2024-01-02 1000 CAD',
      '3 buy LSTD.TO 2024-01-03 10 @ 50 fee 4.95 CAD',
      '4 sell LSTD.TO 2024-02-01 4 @ 52 fee 4.95 CAD',
      '5 dividend LSTD.TO 2024-03-01 3 CAD',
      '7 withdrawal 2024-03-05 100 CAD',
    ],
    left_out: [6],
    rejected: [],
    positions: { 'LSTD.TO': '6' },
    cash: { CAD: '601.1' },
  })
})

it('Coinbase: coins with the currency they were paid in, rewards as a dividend that bought them', () => {
  const file = `
Transactions
User,Somebody,00000000-0000-0000-0000-000000000000
ID,Timestamp,Transaction Type,Asset,Quantity Transacted,Price Currency,Price at Transaction,Subtotal,Total (inclusive of fees and/or spread),Fees and/or Spread,Notes
a,2024-01-02 10:00:00 UTC,Deposit,USD,1000,USD,$1.00,$1000.00,$1000.00,$0.00,Deposit from bank
b,2024-01-03 10:00:00 UTC,Buy,BTC,0.01,USD,$42000.00,$420.00,$426.30,$6.30,Bought 0.01 BTC
c,2024-02-01 10:00:00 UTC,Staking Income,ETH,0.002,USD,$2500.00,$5.00,$5.00,$0.00,
d,2024-03-01 10:00:00 UTC,Advanced Trade Sell,BTC,0.004,USD,$61000.00,$244.00,$242.54,$1.46,Sold 0.004 BTC
e,2024-03-02 10:00:00 UTC,Send,BTC,0.001,USD,$61000.00,$61.00,$61.00,$0.00,
`
  expect(told(file)).toEqual({
    format: 'Coinbase',
    rows: [
      '5 deposit 2024-01-02 1000 USD',
      '6 buy BTC-USD 2024-01-03 0.01 @ 42000 fee 6.3 USD',
      '7 dividend ETH-USD 2024-02-01 5 USD',
      '7 buy ETH-USD 2024-02-01 0.002 @ 2500 USD',
      '8 sell BTC-USD 2024-03-01 0.004 @ 61000 fee 1.46 USD',
      '9 transfer_out BTC-USD 2024-03-02 0.001 USD',
    ],
    left_out: [],
    rejected: [],
    positions: { 'BTC-USD': '0.005', 'ETH-USD': '0.002' },
    cash: { USD: '816.24' },
  })
})

it('Coinbase: what one coin became is a sale of it and a purchase of the other', () => {
  const file = `ID,Timestamp,Transaction Type,Asset,Quantity Transacted,Price Currency,Price at Transaction,Subtotal,Total (inclusive of fees and/or spread),Fees and/or Spread,Notes
a,2024-01-03 10:00:00 UTC,Buy,BTC,0.1,USD,$42000.00,$4200.00,$4220.00,$20.00,Bought 0.1 BTC
b,2024-03-05 10:00:00 UTC,Convert,BTC,0.05,USD,$60000.00,$2985.00,$3000.00,$15.00,Converted 0.05 BTC to 0.9 ETH
c,2024-03-06 10:00:00 UTC,Convert,BTC,0.01,USD,$60000.00,$597.00,$600.00,$3.00,Converted somehow
`
  expect(told(file)).toMatchObject({
    rows: [
      '2 buy BTC-USD 2024-01-03 0.1 @ 42000 fee 20 USD',
      // (2985 + 15) ÷ 0.05, and 2985 ÷ 0.9
      '3 sell BTC-USD 2024-03-05 0.05 @ 60000 fee 15 USD',
      '3 buy ETH-USD 2024-03-05 0.9 @ 3316.6666666667 USD',
    ],
    rejected: [4],
    positions: { 'BTC-USD': '0.05', 'ETH-USD': '0.9' },
    cash: { USD: '-4220' },
  })
})

it('Merrill: a reinvestment stands in two rows, one of shares and one of money', () => {
  const file = `"Trade Date","Settlement Date","Pending/Settled","Account Nickname","Account Registration","Type","Description 1 ","Description 2","Symbol/CUSIP #","Quantity","Price ($)","Amount ($)"
"06/28/2024","06/28/2024","Settled","Roth","IRA","Dividends & Interest","Dividend","LISTEDCO INC","LSTD","","","10.20"
"06/28/2024","06/28/2024","Settled","Roth","IRA","","Reinvestment Share(s)","LISTEDCO INC","LSTD","0.04","",""
"06/28/2024","06/28/2024","Settled","Roth","IRA","","Reinvestment Program","LISTEDCO INC","LSTD","","","-10.20"
"06/28/2024","06/28/2024","Settled","Roth","IRA","","Reinvestment Share(s)","OTHERCO INC","OTHR","0.5","",""
`
  expect(told(file)).toMatchObject({
    // 10.20 ÷ 0.04
    rows: ['2 dividend LSTD 2024-06-28 10.2 USD', '3 buy LSTD 2024-06-28 0.04 @ 255 USD'],
    left_out: [4],
    rejected: [5],
    cash: { USD: '0' },
  })
})

it('Webull: the part of an order that was filled is a trade', () => {
  const file = `Name,Symbol,Side,Status,Filled,Total Qty,Price,Avg Price,Time-in-Force,Placed Time,Filled Time
Listedco,LSTD,Buy,Partially Filled,3,5,@50.00,50.00,DAY,01/30/2024 09:31:00 EST,01/30/2024 09:31:02 EST
Listedco,LSTD,Buy,Cancelled,2,5,@50.00,49.90,DAY,01/31/2024 09:31:00 EST,01/31/2024 09:31:02 EST
Listedco,LSTD,Buy,Cancelled,0,5,@49.00,,DAY,03/04/2024 10:00:00 EST,
`
  expect(told(file)).toMatchObject({ left_out: [4], rejected: [], positions: { LSTD: '5' } })
})

it('Coinbase in 2021: other headings of the total and of the fee', () => {
  const file = `"You can use this transaction report to inform your likely tax obligations."

Transactions
User,someone@example.com,abc

Timestamp,Transaction Type,Asset,Quantity Transacted,Spot Price Currency,Spot Price at Transaction,Subtotal,Total (inclusive of fees),Fees,Notes
2021-02-01T10:00:00Z,Buy,BTC,0.01,EUR,33000,330,335,5,Bought
2021-02-02T10:00:00Z,Sell,BTC,0.004,EUR,35000,140,137.5,2.5,Sold
`
  expect(told(file)).toMatchObject({
    format: 'Coinbase',
    rows: [
      '7 buy BTC-EUR 2021-02-01 0.01 @ 33000 fee 5 EUR',
      '8 sell BTC-EUR 2021-02-02 0.004 @ 35000 fee 2.5 EUR',
    ],
  })
})

it('Fidelity NetBenefits: dividends buy units, and units are sold for a fee', () => {
  const file = `Plan name:,ACME 401K
Date Range,01/01/2024 - 12/31/2024

Date,Investment,Transaction Type,Amount,Shares/Unit
03/15/2024,FID 500 INDEX,CONTRIBUTIONS,"500.00","3.125"
03/29/2024,FID 500 INDEX,DIVIDEND,"10.40","0.065"
04/01/2024,FID 500 INDEX,RECORDKEEPING FEE,"-8.00","-0.050"
`
  expect(told(file, { securities: () => 'FXAIX' })).toMatchObject({
    rows: [
      '5 buy FXAIX 2024-03-15 3.125 @ 160 USD',
      '6 dividend FXAIX 2024-03-29 10.4 USD',
      '6 buy FXAIX 2024-03-29 0.065 @ 160 USD',
      '7 sell FXAIX 2024-04-01 0.05 @ 160 USD',
      '7 fee FXAIX 2024-04-01 8 USD',
    ],
    positions: { FXAIX: '3.14' },
    cash: { USD: '-500' },
  })
  // nothing of it is booked while nobody knows the fund
  expect(told(file, { securities: () => null })).toMatchObject({ rows: [], rejected: [5, 6, 7] })
})

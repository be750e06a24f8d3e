import { expect, it } from 'vitest'
import { told } from '../told.ts'

// Invented rows in the layouts of brokers of the United States and Canada that no format names.

// columns and codes as in the tests of public importers of JP Morgan's and Chase's activity
it('Chase: what a dividend was is no fee, the fee stands in two currencies, and the sweep is cash', () => {
  const file = `Trade Date,Settlement Date,Account Name,Account Type,Type,Description,Cusip,Ticker,Security Type,Local Currency,Price USD,Price Local,Quantity,Amount USD,Amount Local,Income USD,Income Local,Balance,Commissions USD,Commissions Local,Tax Withheld
10/9/2025,10/9/2025,Self-Directed,Brokerage,BNK,BANKLINK ACH PULL 1,,,Other,USD,0,0,0,5000,5000,,,0,,,0
10/9/2025,10/9/2025,Self-Directed,Brokerage,WDL,CHASE DEPOSIT SWEEP INTRA-DAY WITHDRWAL,000000000,QACDS,Money Market,USD,0,0,-804.21,804.21,804.21,,,0,,,0
10/14/2025,10/14/2025,Self-Directed,Brokerage,Dividend,APPLE INC,037833100,AAPL,Stock,USD,0,0,0,19.24,19.24,19.24,19.24,0,,,0
10/15/2025,10/16/2025,Self-Directed,Brokerage,Buy,APPLE INC,037833100,AAPL,Stock,USD,220,220,10,-2200,-2200,,,0,,,0
10/20/2025,10/21/2025,Self-Directed,Brokerage,Sell,APPLE INC,037833100,AAPL,Stock,USD,563.35,563.35,-4,2253.38,2253.38,,,0,0.02,0.02,0
10/21/2025,10/21/2025,Self-Directed,Brokerage,REC,APPLE INC,037833100,AAPL,Stock,USD,0,0,3,,,,,0,,,0
FOOTNOTES
`
  expect(told(file)).toMatchObject({
    rows: [
      '2 deposit 2025-10-09 5000 USD',
      '4 dividend AAPL 2025-10-14 19.24 USD',
      '5 buy AAPL 2025-10-15 10 @ 220 USD',
      '6 sell AAPL 2025-10-20 4 @ 563.35 fee 0.02 USD',
      '7 transfer_in AAPL 2025-10-21 3 USD',
    ],
    left_out: [3, 8],
    rejected: [],
  })
})

// as in public translators of RBC Direct Investing's activity export
it('RBC: months in words, a split among the reorganizations, and a dividend that bought shares', () => {
  const file = `"Activity Export as of May 25, 2025 10:00:00 AM ET"

"Account: 12345678 - RRSP"

"Date","Activity","Symbol","Symbol Description","Quantity","Price","Settlement Date","Account","Value","Currency","Description"
"May 25, 2025","Buy","XEI","ISHARES S&P/TSX",100,24.10,"May 26, 2025","12345678","-2,419.95","CAD","ISHARES S&P/TSX UNSOLICITED"
"May 15, 2025","Dividends","XEI","ISHARES S&P/TSX",,,"May 15, 2025","12345678",66,"CAD","DIV - ISHARES CASH DIV ON 600 SHS"
"May 15, 2025","Dividends","XEI","ISHARES S&P/TSX",2,24.00,"May 15, 2025","12345678",-48,"CAD","DRP - ISHARES DIVIDEND REINVESTED"
"May 10, 2025","Deposits & Contributions",,,0,0,"May 10, 2025","12345678","3,500.00","CAD","CON - CONTRIBUTION"
"May 8, 2025","Transfers",,,0,0,"May 8, 2025","12345678",-1350.00,"CAD","TRF - TRANSFER FOREIGN EXCHANGE 1.35"
"May 7, 2025","Reorganization","XEI","ISHARES S&P/TSX",90,,"May 7, 2025","12345678",0,"CAD","STK SPLIT ON 10 SHS"

"Disclaimers"
`
  // 2419.95 − 100 × 24.10 is the commission
  expect(told(file)).toMatchObject({
    rows: [
      '6 buy XEI 2025-05-25 100 @ 24.1 fee 9.95 CAD',
      '7 dividend XEI 2025-05-15 66 CAD',
      '8 buy XEI 2025-05-15 2 @ 24 CAD',
      '9 deposit 2025-05-10 3500 CAD',
    ],
    left_out: [10, 11, 13],
    rejected: [],
  })
})

// the sections of thinkorswim's account statement, which public parsers read one by one
it('thinkorswim: numbers written as formulas, and each trade told three times', () => {
  const file = `Account Statement for 12345678SCHW (Individual) since 11/3/25 through 12/1/25

Cash Balance
DATE,TIME,TYPE,REF #,DESCRIPTION,Misc Fees,Commissions & Fees,AMOUNT,BALANCE
11/14/25,00:00:00,BAL,,Cash balance at the start of business day,,,,0.00
11/14/25,09:00:00,WIN,="1",WIRED FUNDS RECEIVED 20000.0 US$,,,"20,000.00","20,000.00"
11/14/25,09:30:00,TRD,="2",BOT +100 AAPL @100.00,,,"-10,000.00","10,000.00"
11/17/25,10:30:00,TRD,="3",SOLD -100 AAPL @101.00,-0.75,-1.00,"10,100.00","20,098.25"
11/18/25,10:30:00,TRD,="4",SOLD -1 SPX 100 (Weeklys) 19 DEC 25 6950 PUT @1.35,-0.88,-7.20,135.00,"20,225.17"
11/19/25,10:30:00,DOI,="5",QUALIFIED DIVIDEND (AAPL),,,24.00,"20,249.17"
,,,,TOTAL,,,,"$20,249.17"

Account Order History
Notes,,Time Placed,Spread,Side,Qty,Pos Effect,Symbol,Exp,Strike,Type,PRICE,,TIF,Status
,,11/14/25 09:29:00,STOCK,BUY,+100,TO OPEN,AAPL,,,STOCK,100.50,LMT,DAY,FILLED

Account Trade History
,Exec Time,Spread,Side,Qty,Pos Effect,Symbol,Exp,Strike,Type,Price,Net Price,Order Type
,11/14/25 09:30:00,STOCK,BUY,+100,TO OPEN,AAPL,,,STOCK,100.00,100.00,LMT
,11/17/25 10:30:00,STOCK,SELL,-100,TO CLOSE,AAPL,,,STOCK,101.00,101.00,LMT
`
  // 20000 + 100 − 1.75 + 24, the balance without the option
  expect(told(file)).toMatchObject({
    rows: [
      '6 deposit 2025-11-14 20000',
      '7 buy AAPL 2025-11-14 100 @ 100',
      '8 sell AAPL 2025-11-17 100 @ 101 fee 1.75',
      '10 dividend AAPL 2025-11-19 24',
    ],
    rejected: [],
    cash: { '': '20122.25' },
  })
})

// TD Direct Investing's codes, and the columns of a 529 plan at Vanguard
it('codes of TD Direct Investing, and a plan that pays out what it sells', () => {
  const td = `Trade Date,Settle Date,Description,Action,Quantity,Price,Commission,Net Amount,Currency
20 Jul 2025,22 Jul 2025,ISHARES CORE EQUITY,BUY,50,36.50,-9.99,-1834.99,CAD
24 Dec 2025,24 Dec 2025,ISHARES CORE EQUITY,TXPDDV,,,,36.91,CAD
24 Dec 2025,24 Dec 2025,ISHARES CORE EQUITY,WHTX02,,,,-5.54,CAD
`
  expect(told(td, { securities: () => 'XEQT.TO' }).rows).toEqual([
    '2 buy XEQT.TO 2025-07-20 50 @ 36.5 fee 9.99 CAD',
    '3 dividend XEQT.TO 2025-12-24 36.91 CAD',
    '4 tax 2025-12-24 5.54 CAD',
  ])
  const plan = `Account Number,Trade Date,Transaction Type,Investment Name,Share Price,Shares,Gross Amount,Net Amount
1-01,06/30/2025,Contribution AIP,Target Enrollment 2040,$10.00,25,$250,$250
1-01,07/31/2025,Withdrawal,Target Enrollment 2040,$9.00,-10,-$90,-$90
`
  expect(told(plan, { securities: () => 'FUND' }).rows).toEqual([
    '2 buy FUND 2025-06-30 25 @ 10',
    '3 sell FUND 2025-07-31 10 @ 9',
  ])
})

it('what a bond pays is interest, though the bond is not tracked', () => {
  const file = `Date,Action,Symbol,Description,Price,Quantity,Fees & Comm,Amount
03/15/2025,Bond Interest,912828YW8,US TREASURY NOTE,,,,$500.00
02/15/2025,Buy,912828YW8,US TREASURY NOTE,$99.00,10000,,-$9900.00
`
  expect(told(file)).toMatchObject({ rows: ['2 interest 2025-03-15 500 USD'], left_out: [3], rejected: [] })
})

it.each([
  // Vanguard in Britain pays a dividend again after it took it back
  [
    'Date,Details,Amount,Balance\n',
    '29/07/2025,DIV: FOO.XLON.GB @ GBP 0.31,170.83,1\n',
    '29/07/2025,Reversal of DIV: FOO.XLON.GB @ GBP 0.31,-170.83,1\n',
  ],
  // without signs the word says it
  ['Date,Type,Symbol,Amount\n', '2025-07-29,Dividend,FOO,1.50\n', '2025-07-30,Dividend reversal,FOO,1.50\n'],
  ['Date,Type,Symbol,Amount\n', '2025-07-29,Fee,FOO,1.50\n', '2025-07-30,Fee reversed,FOO,1.50\n'],
])('takes back a dividend or a fee by its reversal: %s', (header, paid, reversal) => {
  expect(told(header + paid + reversal)).toMatchObject({ rows: [], left_out: [2, 3], rejected: [] })
})

// BMO InvestorLine's preamble and rule, and Scotia iTRADE's codes, as in public importers of them
it('banks of Canada: a rule below the header, individuals, and what a code takes back', () => {
  const bmo = `Transaction Type=ALL,Product Type=All,Symbol=,From=2025-01-01,To=2025-09-07,,,,,,
Transaction Date,Settlement Date,Account type,Activity Description,Description,Symbol,Quantity,Price,Price Currency,Total Amount,Total Currency
----------------,---------------,------------,--------------------,-----------,------,--------,-----,--------------,------------,--------------
2025-08-17,2025-08-18,Individual,Buy,BMO EQUAL WEIGHT,ZEB,65,78.77,CAD,-5130,CAD
2025-08-16,2025-08-18,TFSA,Dividend,BMO EQUAL WEIGHT,ZEB,65,,,12.57,CAD
2025-08-15,2025-08-18,TFSA,Sell,VANGUARD TOTAL BD,BND,-50,,,4269.56,USD
`
  // 5130 − 65 × 78.77, and 4269.56 ÷ 50
  expect(told(bmo)).toMatchObject({
    rows: [
      '4 buy ZEB 2025-08-17 65 @ 78.77 fee 9.95 CAD',
      '5 dividend ZEB 2025-08-16 12.57 CAD',
      '6 sell BND 2025-08-15 50 @ 85.3912 USD',
    ],
    rejected: [],
  })
  const scotia = `Description,Symbol,Transaction Date,Settlement Date,Account Currency,Type,Quantity,Currency of Price,Price,Settlement Amount
ACME CORP,ACME,28-Jun-2025,30-Jun-2025,CAD,BUY,200.00,CAD,10.000,-2009.99,
ACME CORP,ACME,29-Jun-2025,30-Jun-2025,CAD,SELL,200.00,CAD,10.000,1990.01,
ACME CORP,ACME,30-Jun-2025,30-Jun-2025,CAD,CNCL SELL,-200.00,CAD,10.000,-1990.01,
HST,,30-Jun-2025,30-Jun-2025,CAD,HST,0,CAD,0,-3.25,
`
  expect(told(scotia)).toMatchObject({
    rows: ['2 buy ACME 2025-06-28 200 @ 10 fee 9.99 CAD', '5 tax 2025-06-30 3.25 CAD'],
    left_out: [3, 4],
    rejected: [],
  })
})

it('CIBC: the market gives the suffix, and shares may come from elsewhere', () => {
  const file = `Transaction Date,Settlement Date,Currency of Sub-account Held In,Transaction Type,Symbol,Market,Description,Quantity,Currency of Price,Price,Commission,Exchange Rate,Currency of Amount,Amount
" August 28, 2025"," August 29, 2025",CAD,Buy,CDZ,CDN,ISHARES,100,CAD,30.00,6.95,,CAD,"-3,006.95"
" August 27, 2025"," August 29, 2025",USD,Sell,MSFT,US,MICROSOFT CORP,-2,USD,400.00,6.95,,USD,793.05
" August 12, 2025"," August 12, 2025",CAD,Transf In,RY,CDN,ROYAL BANK BOOK VALUE 1234.50,10,,0.00,,,CAD,0.00
`
  expect(told(file).rows).toEqual([
    '2 buy CDZ.TO 2025-08-28 100 @ 30 fee 6.95 CAD',
    '3 sell MSFT 2025-08-27 2 @ 400 fee 6.95 USD',
    '4 transfer_in RY.TO 2025-08-12 10 CAD',
  ])
})

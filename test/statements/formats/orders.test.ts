import { expect, it } from 'vitest'
import { statementOf, told } from '../told.ts'

// Lists of orders count what was executed, whatever was ordered. Invented rows in the layouts of brokers.

it('moomoo: shares and price in one cell, one total of the fees, executions below their order', () => {
  const file = `Side,Symbol,Name,Order Price,Order Qty,Order Amount,Status,Filled@Avg Price,Order Time,Order Type,Markets,Currency,Fill Qty,Fill Price,Fill Amount,Fill Time,Commission,Platform Fees,Total
Buy,AAPL,Apple,190.00,10,1900.00,Filled,10@189.50,"Jan 8, 2026 10:00:00 ET",Limit,US,USD,4,189.40,757.60,"Jan 8, 2026 10:00:01 ET",0.99,1,1.99
,,,,,,,,,,US,USD,6,189.5666,1137.40,"Jan 8, 2026 10:00:02 ET",,,
Sell,AAPL,Apple,Market Price,5,1000.00,Partially Filled,3@200,"Feb 9, 2026 10:00:00 ET",Market,US,USD,3,200,600.00,"Feb 9, 2026 10:00:02 ET",0.99,1,2.05
Buy,00700,TENCENT,400,100,40000,Filled,100@399.8,"Feb 10, 2026 10:00:00 HKT",Limit,HK,HKD,100,399.8,39980,"Feb 10, 2026 10:00:02 HKT",3,15,60.10
Buy,MSFT,Microsoft,400.00,1,400.00,Cancelled,0@0.00,"Jan 9, 2026 10:00:00 ET",Limit,US,USD,,,,,,,
`
  expect(told(file)).toMatchObject({
    format: 'moomoo',
    rows: [
      '2 buy AAPL 2026-01-08 10 @ 189.5 fee 1.99 USD',
      '4 sell AAPL 2026-02-09 3 @ 200 fee 2.05 USD',
      '5 buy 0700.HK 2026-02-10 100 @ 399.8 fee 60.1 HKD',
    ],
    left_out: [3, 6],
    rejected: [],
  })
})

it('moomoo in Chinese is Futu', () => {
  const file = `方向,代码,名称,订单价格,订单数量,订单金额,交易状态,已成交@均价,下单时间,订单类型,市场,币种,成交数量,成交价格,成交金额,成交时间,佣金,平台使用费,合计费用
买入,AAPL,苹果,190.00,10,1900.00,全部成交,10@189.5,2026/01/08 10:00:00 (美东),限价单,美股,USD,10,189.5,1895.00,2026/01/08 10:00:01 (美东),0.99,1,1.99
卖出,00700,腾讯控股,400.00,100,40000.00,全部成交,100@400,2026/02/09 10:00:00 (香港),限价单,港股,HKD,100,400,40000.00,2026/02/09 10:00:02 (香港),3,15,60.1
买入,MSFT,微软,400.00,1,400.00,已撤单,0@0,2026/02/10 10:00:00 (美东),限价单,美股,USD,,,,,,,
`
  expect(told(file)).toMatchObject({
    rows: [
      '2 buy AAPL 2026-01-08 10 @ 189.5 fee 1.99 USD',
      '3 sell 0700.HK 2026-02-09 100 @ 400 fee 60.1 HKD',
    ],
    left_out: [4],
  })
})

it('a list of executions: codes of Hong Kong have five digits, and an option is none of the shares', () => {
  const file = `Symbol,Name,Side,Fill Qty,Fill Price,Fill Amount,Fill Time,Markets,Currency,Counterparty
AAPL,Apple,Buy,10,190.00,1900.00,"Jan 8, 2026 10:12:14 ET",US,USD,
AAPL250509C185000,AAPL 250509 185.00 C,Buy,1,2.50,250.00,"Jan 8, 2026 10:13:00 ET",US,USD,
00020,SENSETIME-W,Buy,"1,000",1.435,"1,435.00","Aug 31, 2026 14:49:17 HKT",HK,HKD,6087
`
  expect(told(file)).toMatchObject({
    left_out: [3],
    rejected: [],
    positions: { AAPL: '10', '0020.HK': '1000' },
  })
})

it('a German list of orders: a part was executed, on a day of its own', () => {
  const file = `Auftragsdatum;Art;ISIN;Bezeichnung;Stück;Limit;Status;Ausgeführte Stück;Ausführungskurs;Ausführungszeit
02.01.2024;Kauf;US0378331005;APPLE INC.;10;171,00;Teilausgeführt;6;170,50;03.01.2024 10:15:00
`
  expect(told(file).rows).toEqual(['2 buy AAPL 2024-01-03 6 @ 170.5'])
})

it('comdirect: the day of the trade is not that of the booking', () => {
  const file = `;
"Umsätze Depot";"Zeitraum: 01.10.2023 - 16.01.2025";

"Buchungstag";"Geschäftstag";"Stück / Nom.";"Bezeichnung";"WKN";"Währung";"Ausführungskurs";"Umsatz in EUR";
"04.01.2024";"02.01.2024";"10";"APPLE INC.";"865985";"EUR";"170,50";"-1.714,90";
`
  const securities = ({ name }: { name: string }) => (name === 'APPLE INC.' ? 'AAPL' : null)
  expect(told(file, { securities }).rows).toEqual(['5 buy AAPL 2024-01-02 10 @ 170.5 fee 9.9 EUR'])
})

it('a total of the fees counts once, beside those that it is the sum of', () => {
  const file = `Date,Type,Symbol,Quantity,Price,Amount,Commission,Exchange Fee,Total Fees
2024-01-05,Buy,AAPL,10,150.50,1505.00,1.00,0.50,1.50
2024-02-05,Sell,AAPL,5,160.00,800.00,1.00,0.20,1.20
`
  expect(told(file).rows).toEqual([
    '2 buy AAPL 2024-01-05 10 @ 150.5 fee 1.5',
    '3 sell AAPL 2024-02-05 5 @ 160 fee 1.2',
  ])
})

it('a code with a digit that is paid in Singapore dollars is one of Singapore', () => {
  const file = `CDP Securities Account,1681-0000-0000

Trade Date,Settlement Date,Security Name,Security Code,Buy/Sell,Quantity,Price (SGD),Amount (SGD),Fees (SGD)
15 Jan 2024,17 Jan 2024,DBS GROUP HOLDINGS LTD,D05,Buy,100,32.50,"3,250.00",28.10
20 Feb 2024,22 Feb 2024,DBS GROUP HOLDINGS LTD,D05,Sell,50,33.00,"1,650.00",27.20
`
  // −3250 − 28.10 + 1650 − 27.20
  expect(told(file)).toMatchObject({ positions: { 'D05.SI': '50' }, cash: { SGD: '-1655.3' } })
})

it('EasyEquities: a name, shares and a price in the comment', () => {
  const file = `Date,Comment,Debit/Credit
2024-01-05,Deposit,10000.00
2024-01-08,Bought Satrix 40 ETF 20.0000 @ 65.50,-1310.00
2024-01-08,Broker Commission,-3.28
2024-04-02,Sold Satrix 40 ETF 5.0000 @ 68.00,340.00
2024-04-15,Dividend on Satrix 40 ETF,31.50
2024-06-15,Satrix 40 ETF dividend,22.00
2024-06-16,Foreign Dividend: AAPL,1.50
`
  expect(statementOf(file).questions).toMatchObject([
    { about: 'security', security: { name: 'Satrix 40 ETF' }, count: 4 },
  ])
  const securities = ({ name }: { name: string }) => (name === 'Satrix 40 ETF' ? 'STX40.JO' : null)
  // 10000 − 1310 − 3.28 + 340 + 31.50 + 22 + 1.50
  expect(told(file, { securities })).toMatchObject({
    rejected: [],
    positions: { 'STX40.JO': '15' },
    cash: { '': '9081.72' },
  })
})

it('a workbook’s days are numbers, and below them stand sums and remarks', () => {
  const file = `Datum,Vorgang,Symbol,Stück,Kurs,Gebühr,Betrag
45691,Kauf,AAPL,10,220.5,1,-2206
45754,Verkauf,AAPL,3,181.75,1,544.25
Summe,,,,,2,-1661.75
Alle Angaben ohne Gewähr,,,,,,
`
  // 45658 is the first day of 2025
  expect(told(file)).toMatchObject({
    rows: ['2 buy AAPL 2025-02-03 10 @ 220.5 fee 1', '3 sell AAPL 2025-04-07 3 @ 181.75 fee 1'],
    left_out: [4, 5],
  })
})

it('a column “Order” that says buy and sell is no number', () => {
  const file = `Date,Folio Number,ISIN,Order,Units,NAV,Current Nav,Amount (INR)
2024-01-15,12345,US0378331005,buy,100.000,150.00,180.00,15000.00
2024-03-15,12345,US0378331005,sell,40.000,160.00,180.00,6400.00
`
  expect(told(file).rows).toEqual([
    '2 buy AAPL 2024-01-15 100 @ 150 INR',
    '3 sell AAPL 2024-03-15 40 @ 160 INR',
  ])
})

it('Nabtrade: the tax on the brokerage is a part of the fee', () => {
  const file = `Trade Date,Settlement Date,Confirmation Number,Code,Exchange,Buy/Sell,Quantity,Average Price,Brokerage,GST,Net Proceeds
15/01/2024,17/01/2024,N1,BHP,ASX,Buy,100,45.00,17.23,1.72,4518.95
20/03/2024,22/03/2024,N2,BHP,ASX,Sell,40,44.00,13.59,1.36,1745.05
`
  expect(told(file).rows).toEqual([
    '2 buy BHP.AX 2024-01-15 100 @ 45 fee 18.95',
    '3 sell BHP.AX 2024-03-20 40 @ 44 fee 14.95',
  ])
})

it('Saxo’s trades: the amount counts shares, beside the value that was traded', () => {
  const file = `Trade ID;Account ID;Instrument;Instrument Symbol;Instrument ISIN;Trade Time;B/S;OpenClose;Amount;Price;Traded Value;Commission;Currency
1;99;Apple Inc.;AAPL:xnas;US0378331005;15-Jan-2024 15:00:00;Bought;Open;10;185,00;-1850,00;-3,00;USD
2;99;Apple Inc.;AAPL:xnas;US0378331005;20-Mar-2024 15:00:00;Sold;Close;-4;172,00;688,00;-3,00;USD
`
  expect(told(file).rows).toEqual([
    '2 buy AAPL 2024-01-15 10 @ 185 fee 3 USD',
    '3 sell AAPL 2024-03-20 4 @ 172 fee 3 USD',
  ])
})

it('a German list of costs, each and all of them', () => {
  const file = `Datum;Uhrzeit;Auftragstyp;ISIN;Name;Nominale;Ausführungspreis;Handelsvolumen;Fremdkosten;Ordergebühr;Summe Kosten;Ausmachender Betrag
02.01.2024;10:15;Kauf;US0378331005;APPLE INC.;10;170,50;1.705,00;1,20;4,90;6,10;-1.711,10
01.03.2024;11:15;Verkauf;US0378331005;APPLE INC.;4;165,00;660,00;0,80;4,90;5,70;654,30
`
  // −1711.10 + 654.30
  expect(told(file)).toMatchObject({ rejected: [], positions: { AAPL: '6' }, cash: { '': '-1056.8' } })
})

it('Rakuten’s trades abroad: dollars of the United States in Japanese, in headings and in cells', () => {
  const file = `約定日,受渡日,ティッカー,銘柄名,口座,取引区分,売買区分,信用区分,弁済期限,決済通貨,数量［株］,単価［USドル］,約定代金［USドル］,為替レート,手数料［USドル］,税金［USドル］,受渡金額［USドル］,受渡金額［円］
2024/1/15,2024/1/17,AAPL,アップル,特定,現物,買付,-,-,USドル,10,185.00,"1,850.00",147.5,9.16,0.92,"1,860.08",-
2024/3/20,2024/3/22,AAPL,アップル,特定,現物,売付,-,-,USドル,4,172.00,688.00,150.1,3.40,0.34,684.26,-
`
  // −1860.08 + 684.26
  expect(told(file)).toMatchObject({ rejected: [], positions: { AAPL: '6' }, cash: { USD: '-1175.82' } })
})

it('a price that is called rate is one, where it makes the sums come out', () => {
  const file = `Trade Dt,Scrip,Buy/Sell,Qty,Rate,Brokerage,Net Amt
05-APR-23,INFY,B,10,1450.50,14.50,14519.50
15-MAY-23,INFY,S,4,1525.00,6.10,6093.90
`
  expect(told(file).rows).toEqual([
    '2 buy INFY 2023-04-05 10 @ 1450.5 fee 14.5',
    '3 sell INFY 2023-05-15 4 @ 1525 fee 6.1',
  ])
})

it('Barclays: pence beside the price, pounds before the total', () => {
  const file = `Investment,Date,Transaction,Quantity,Price,Total,Reference
"Listed Co plc (LCO)",15/01/2024,Buy,100,450.00p,£455.95,B1
"Listed Co plc (LCO)",20/03/2024,Sell,40,470.00p,£182.05,B2
`
  // −455.95 + 182.05
  expect(told(file)).toMatchObject({ rejected: [], positions: { LCO: '60' }, cash: { GBP: '-273.9' } })
})

it('CMC: a tax that the brokerage includes is not charged again', () => {
  const file = `Trade Date,Settlement Date,Contract Note,Code,Buy/Sell,Quantity,Average Price,Brokerage (inc GST),GST,Consideration
13/01/2024,15/01/2024,123,VAS,B,10,92.5000,11.00,1.00,936.00
14/03/2024,18/03/2024,124,VAS,S,4,95.0000,11.00,1.00,369.00
`
  expect(told(file).rows).toEqual([
    '2 buy VAS 2024-01-13 10 @ 92.5 fee 11',
    '3 sell VAS 2024-03-14 4 @ 95 fee 11',
  ])
})

it('the type says no more than trade, and the description which way it went', () => {
  const file = `Date,Description,Asset Code,Type,No. Shares,Share Price (£),Total Value (£)
2024-01-03,Buy,VWRP.L,Trade,4.5,80.00,360.00
2024-01-02,Deposit,,Cash,,,400.00
2024-02-02,Management fee,,Fee,,,-0.45
2024-03-02,Sell,VWRP.L,Trade,-1,85.00,-85.00
`
  expect(told(file).rows).toEqual([
    '2 buy VWRP.L 2024-01-03 4.5 @ 80 GBP',
    '3 deposit 2024-01-02 400 GBP',
    '4 fee 2024-02-02 0.45 GBP',
    '5 sell VWRP.L 2024-03-02 1 @ 85 GBP',
  ])
})

it('“Income” of a security is its dividend', () => {
  const file = `Trade Date,Transaction,Stock,Ticker,Quantity,Price,Net Amount
03-Jan-2024,Purchase,BAE Systems,BA.L,100,11.20,-1120.00
20-Jun-2024,Income,BAE Systems,BA.L,,,18.50
`
  expect(told(file).rows).toEqual(['2 buy BA.L 2024-01-03 100 @ 11.2', '3 dividend BA.L 2024-06-20 18.5'])
})

it('Scotia: the currency of the price, however near, is not that of the amount', () => {
  const file = `Description,Symbol,Transaction Date,Settlement Date,Account Currency,Type,Quantity,Currency of Price,Price,Settlement Amount
VANGUARD S&P 500,VFV.TO,03-Jan-24,05-Jan-24,CAD,BUY,10,CAD,105.50,-1064.99
APPLE INC,AAPL,04-Jan-24,08-Jan-24,CAD,BUY,2,USD,184.25,-510.20
VANGUARD S&P 500,VFV.TO,04-Jun-24,06-Jun-24,CAD,SELL,-5,CAD,120.00,590.01
`
  expect(told(file)).toMatchObject({
    rows: [
      '2 buy VFV.TO 2024-01-03 10 @ 105.5 fee 9.99 CAD',
      // 510.20 ÷ 2
      '3 buy AAPL 2024-01-04 2 @ 255.1 CAD',
      '4 sell VFV.TO 2024-06-04 5 @ 120 fee 9.99 CAD',
    ],
    cash: { CAD: '-985.18' },
  })
})

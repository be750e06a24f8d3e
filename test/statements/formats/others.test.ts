import { expect, it } from 'vitest'
import { readStatement } from '../../../src/statements/read-statement.ts'
import { statementOf, told } from '../told.ts'

// Invented rows in the layouts that the brokers write.

it('Zerodha: a ticker and its exchange, and one holding of what was bought on one and sold on the other', () => {
  const file = `symbol,isin,trade_date,exchange,segment,series,trade_type,auction,quantity,price,trade_id,order_id,order_execution_time
INFY,INE009A01021,2024-01-15,NSE,EQ,EQ,buy,false,10.000000,1550.250000,1,11,2024-01-15T10:00:00
INFY,INE009A01021,2024-02-15,BSE,EQ,A,sell,false,4.000000,1650.000000,2,12,2024-02-15T10:00:00
NIFTY24FEB22000CE,,2024-02-15,NSE,FO,,buy,false,50,120.5,3,13,2024-02-15T10:00:00
TCS,INE467B01029,2024-02-16,constructor,EQ,EQ,buy,false,1,4000,4,14,2024-02-16T10:00:00
`
  expect(told(file)).toEqual({
    format: 'Zerodha',
    rows: [
      '2 buy INFY.NS 2024-01-15 10 @ 1550.25 INR',
      '3 sell INFY.NS 2024-02-15 4 @ 1650 INR',
      '5 buy TCS 2024-02-16 1 @ 4000 INR',
    ],
    left_out: [4],
    rejected: [],
    positions: { 'INFY.NS': '6', TCS: '1' },
    cash: { INR: '-12902.5' },
  })
})

it('CommSec: trades in words, brokerage in the amount', () => {
  const file = `Date,Reference,Details,Debit($),Credit($),Balance($)
20/02/2024,C3,S 4 BHP @ 46.00,,164.05,704.10
15/01/2024,C2,B 10 BHP @ 45.00,459.95,,540.05
14/01/2024,C1,Direct Transfer - Somebody,,1000.00,1000.00
`
  expect(told(file)).toEqual({
    format: 'CommSec',
    rows: [
      '2 sell BHP.AX 2024-02-20 4 @ 46 fee 19.95 AUD',
      '3 buy BHP.AX 2024-01-15 10 @ 45 fee 9.95 AUD',
      '4 deposit 2024-01-14 1000 AUD',
    ],
    left_out: [],
    rejected: [],
    positions: { 'BHP.AX': '6' },
    // the first balance
    cash: { AUD: '704.1' },
  })
})

it('Interactive Brokers: sections, each with sums that are left out', () => {
  const file = `Statement,Header,Field Name,Field Value
Statement,Data,Title,Activity Statement
Open Positions,Header,DataDiscriminator,Asset Category,Currency,Symbol,Quantity,Mult,Cost Price,Cost Basis,Close Price,Value,Unrealized P/L,Code
Open Positions,Data,Summary,Stocks,USD,LSTD,6,1,50.1,300.6,55,330,29.4,
Trades,Header,DataDiscriminator,Asset Category,Currency,Symbol,Date/Time,Quantity,T. Price,C. Price,Proceeds,Comm/Fee,Basis,Realized P/L,MTM P/L,Code
Trades,Data,Order,Stocks,USD,LSTD,"2024-02-05, 10:15:00",10,50.00,50.65,-500,-1,501,0,6.5,O
Trades,Data,Order,Stocks,USD,LSTD,"2024-05-06, 11:00:00",-4,55.00,55.54,220,-1.02,-200.4,18.58,-2.16,C
Trades,SubTotal,,Stocks,USD,LSTD,,6,,,-280,-2.02,300.6,18.58,4.34,
Trades,Data,Order,Equity and Index Options,USD,LSTD 16FEB24 55 C,"2024-02-05, 10:16:00",1,1.2,1.3,-120,-1,121,0,10,O
Fees,Header,Subtitle,Currency,Date,Description,Amount
Fees,Data,Other Fees,USD,2024-03-01,Market data,-1.50
Fees,Data,Total,,,,-1.50
Deposits & Withdrawals,Header,Currency,Settle Date,Description,Amount
Deposits & Withdrawals,Data,USD,2024-02-01,Electronic Fund Transfer,1000
Deposits & Withdrawals,Data,USD,2024-06-01,Disbursement,-100
Deposits & Withdrawals,Data,Total,,,900
Dividends,Header,Currency,Date,Description,Amount
Dividends,Data,USD,2024-03-14,LSTD(US0378331005) Cash Dividend USD 0.50 per Share (Ordinary Dividend),5
Withholding Tax,Header,Currency,Date,Description,Amount,Code
Withholding Tax,Data,USD,2024-03-14,LSTD(US0378331005) Cash Dividend USD 0.50 per Share - US Tax,-0.75,
Interest,Header,Currency,Date,Description,Amount
Interest,Data,USD,2024-04-03,USD Credit Interest for Mar-2024,2.10
Interest,Data,USD,2024-05-03,USD Debit Interest for Apr-2024,-0.40
`
  expect(told(file)).toEqual({
    format: 'Interactive Brokers',
    rows: [
      '6 buy LSTD 2024-02-05 10 @ 50 fee 1 USD',
      '7 sell LSTD 2024-05-06 4 @ 55 fee 1.02 USD',
      '11 fee 2024-03-01 1.5 USD',
      '14 deposit 2024-02-01 1000 USD',
      '15 withdrawal 2024-06-01 100 USD',
      '18 dividend LSTD 2024-03-14 5 USD',
      '20 tax LSTD 2024-03-14 0.75 USD',
      '22 interest 2024-04-03 2.1 USD',
      '23 fee 2024-05-03 0.4 USD',
    ],
    left_out: [8, 9, 12, 16],
    rejected: [],
    positions: { LSTD: '6' },
    // −501 + 218.98 − 1.50 + 1000 − 100 + 5 − 0.75 + 2.10 − 0.40
    cash: { USD: '622.43' },
  })
})

it('a Flex query: executions and cash, with the exchange of each share', () => {
  const file = `<FlexQueryResponse queryName="q" type="AF">
<FlexStatements count="1">
<FlexStatement accountId="U1" fromDate="20240101" toDate="20240701">
<Trades>
<Trade symbol="LSTD" isin="US0378331005" listingExchange="NASDAQ" tradeDate="20240205" quantity="10" tradePrice="50" ibCommission="-1" proceeds="-500" currency="USD" assetCategory="STK" buySell="BUY" tradeID="1" levelOfDetail="EXECUTION"/>
<Trade symbol="VUSA" isin="IE00B3XXRP09" listingExchange="LSEETF" tradeDate="2024-02-06" quantity="2" tradePrice="75" ibCommission="-1" proceeds="-150" currency="GBP" assetCategory="STK" buySell="BUY" tradeID="2"/>
<Trade symbol="EUR.USD" tradeDate="20240207" quantity="100" tradePrice="1.08" ibCommission="-2" proceeds="-108" currency="USD" assetCategory="CASH" buySell="BUY" tradeID="3"/>
<Trade symbol="LSTD" listingExchange="NASDAQ" tradeDate="20240506" quantity="-4" tradePrice="55" ibCommission="-1.02" proceeds="220" currency="USD" assetCategory="STK" buySell="SELL" tradeID="4" levelOfDetail="EXECUTION"/>
</Trades>
<CashTransactions>
<CashTransaction type="Deposits/Withdrawals" symbol="" amount="1000" currency="USD" dateTime="20240201" transactionID="5" levelOfDetail="DETAIL"/>
<CashTransaction type="Dividends" symbol="LSTD" isin="US0378331005" description="LSTD(US0378331005) CASH DIVIDEND" amount="5" currency="USD" dateTime="20240314;202000" transactionID="6" levelOfDetail="DETAIL"/>
<CashTransaction type="Dividends" symbol="LSTD" amount="5" currency="USD" dateTime="20240314" levelOfDetail="SUMMARY"/>
<CashTransaction type="Withholding Tax" symbol="LSTD" amount="-0.75" currency="USD" dateTime="20240314;202000" transactionID="7" levelOfDetail="DETAIL"/>
<CashTransaction type="Broker Interest Received" symbol="" amount="2.1" currency="USD" dateTime="20240403" transactionID="8" levelOfDetail="DETAIL"/>
</CashTransactions>
</FlexStatement>
</FlexStatements>
</FlexQueryResponse>`
  expect(told(file)).toEqual({
    format: 'Interactive Brokers Flex',
    rows: [
      '5 buy LSTD 2024-02-05 10 @ 50 fee 1 USD',
      '6 buy VUSA.L 2024-02-06 2 @ 75 fee 1 GBP',
      '8 sell LSTD 2024-05-06 4 @ 55 fee 1.02 USD',
      '11 deposit 2024-02-01 1000 USD',
      '12 dividend LSTD 2024-03-14 5 USD',
      '14 tax LSTD 2024-03-14 0.75 USD',
      '15 interest 2024-04-03 2.1 USD',
    ],
    left_out: [7, 13],
    rejected: [],
    positions: { LSTD: '6', 'VUSA.L': '2' },
    cash: { USD: '724.33', GBP: '-151' },
  })
})

it('OFX 1: leaves that are not closed, empty ones, an ampersand; tickers at the end', () => {
  const file = `OFXHEADER:100
DATA:OFXSGML
VERSION:102
ENCODING:USASCII
CHARSET:1252

<OFX>
<INVSTMTMSGSRSV1><INVSTMTTRNRS><INVSTMTRS><DTASOF>20240701<CURDEF>USD
<INVTRANLIST><DTSTART>20240101<DTEND>20240701
<INVBANKTRAN><STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20240102120000[-5:EST]<TRNAMT>1000<FITID>1<NAME>A&B BANK<MEMO></STMTTRN><SUBACCTFUND>CASH</INVBANKTRAN>
<BUYSTOCK><INVBUY><INVTRAN><FITID>2<DTTRADE>20240103<MEMO>BOUGHT
</INVTRAN><SECID><UNIQUEID>037833100<UNIQUEIDTYPE>CUSIP</SECID>
<UNITS>4<UNITPRICE>50.5<COMMISSION>1<TOTAL>-203<SUBACCTSEC>CASH<SUBACCTFUND>CASH</INVBUY><BUYTYPE>BUY</BUYSTOCK>
<SELLMF><INVSELL><INVTRAN><FITID>3<DTTRADE>20240301</INVTRAN><SECID><UNIQUEID>594918104<UNIQUEIDTYPE>CUSIP</SECID><UNITS>-1<UNITPRICE>60<FEES>0.02<TOTAL>59.98<SUBACCTSEC>CASH</INVSELL><SELLTYPE>SELL</SELLMF>
<INCOME><INVTRAN><FITID>4<DTTRADE>20240215</INVTRAN><SECID><UNIQUEID>037833100<UNIQUEIDTYPE>CUSIP</SECID><INCOMETYPE>DIV<TOTAL>1.2<SUBACCTSEC>CASH</INCOME>
<REINVEST><INVTRAN><FITID>5<DTTRADE>20240415</INVTRAN><SECID><UNIQUEID>037833100<UNIQUEIDTYPE>CUSIP</SECID><INCOMETYPE>DIV<TOTAL>-1.3<SUBACCTSEC>CASH<UNITS>0.025<UNITPRICE>52</REINVEST>
<INVBANKTRAN><STMTTRN><TRNTYPE>INT<DTPOSTED>20240430<TRNAMT>0.4<FITID>6<NAME>INTEREST</STMTTRN></INVBANKTRAN>
</INVTRANLIST></INVSTMTRS></INVSTMTTRNRS></INVSTMTMSGSRSV1>
<SECLISTMSGSRSV1><SECLIST><STOCKINFO><SECINFO><SECID><UNIQUEID>037833100<UNIQUEIDTYPE>CUSIP</SECID><SECNAME>LISTEDCO<TICKER>LSTD</SECINFO></STOCKINFO></SECLIST></SECLISTMSGSRSV1>
</OFX>
`
  expect(told(file)).toEqual({
    format: 'OFX',
    rows: [
      '10 deposit 2024-01-02 1000 USD',
      '11 buy LSTD 2024-01-03 4 @ 50.5 fee 1 USD',
      '14 sell MSFT 2024-03-01 1 @ 60 fee 0.02 USD',
      '15 dividend LSTD 2024-02-15 1.2 USD',
      '16 dividend LSTD 2024-04-15 1.3 USD',
      '16 buy LSTD 2024-04-15 0.025 @ 52 USD',
      '17 interest 2024-04-30 0.4 USD',
    ],
    left_out: [],
    rejected: [],
    positions: { LSTD: '4.025', MSFT: '-1' },
    // 1000 − 203 + 59.98 + 1.20 + 1.30 − 1.30 + 0.40
    cash: { USD: '858.58' },
  })
})

it('Kraken: two rows of a ledger are one trade', () => {
  const file = `"txid","refid","time","type","subtype","aclass","asset","wallet","amount","fee","balance"
"L0","D1","2024-01-02 10:00:00","deposit","","currency","ZUSD","spot / main",1000.0000,0.0000,1000.0000
"L1","T1","2024-01-15 10:00:00","trade","","currency","ZUSD","spot / main",-420.0000,1.0900,578.9100
"L2","T1","2024-01-15 10:00:00","trade","","currency","XXBT","spot / main",0.0100000000,0,0.0100000000
"L3","T2","2024-02-15 10:00:00","trade","","currency","XXBT","spot / main",-0.0050000000,0,0.0050000000
"L4","T2","2024-02-15 10:00:00","trade","","currency","ZUSD","spot / main",250.0000,0.6500,828.2600
"L5","W1","2024-02-16 10:00:00","withdrawal","","currency","XXBT","spot / main",-0.0010000000,0.0001,0.0039000000
`
  expect(told(file)).toEqual({
    format: 'Kraken',
    rows: [
      '2 deposit 2024-01-02 1000 USD',
      '3 buy BTC-USD 2024-01-15 0.01 @ 42000 fee 1.09 USD',
      '5 sell BTC-USD 2024-02-15 0.005 @ 50000 fee 0.65 USD',
      '7 transfer_out BTC-USD 2024-02-16 0.0011 USD',
    ],
    left_out: [],
    rejected: [],
    // the last balances
    positions: { 'BTC-USD': '0.0039' },
    cash: { USD: '828.26' },
  })
})

it('Kraken: coins that went from one wallet to another stay, and what money earned is interest', () => {
  const file = `"txid","refid","time","type","subtype","aclass","asset","wallet","amount","fee","balance"
"L1","R1","2024-01-05 10:00:00","transfer","spottostaking","currency","DOT","spot / main",-10,0,0
"L2","R1","2024-01-05 10:00:00","transfer","stakingfromspot","currency","DOT.S","spot / main",10,0,10
"L3","R2","2024-01-12 10:00:00","earn","autoallocation","currency","ETH","spot / main",-1,0,0
"L4","R2","2024-01-12 10:00:00","earn","autoallocation","currency","ETH","earn / flexible",1,0,1
"L5","R3","2024-02-04 10:00:00","earn","reward","currency","EUR","earn / flexible",0.10,0.02,42.08
"L6","R4","2024-02-05 10:00:00","trade","","currency","XBT","spot / main",-0.001,0.00001,0.49899
"L7","R4","2024-02-05 10:00:00","trade","","currency","ZEUR","spot / main",42,0,84.08
`
  expect(told(file)).toMatchObject({
    rows: [
      '6 interest 2024-02-04 0.1 EUR',
      '6 fee 2024-02-04 0.02 EUR',
      // 42 ÷ 0.00101
      '7 sell BTC-EUR 2024-02-05 0.00101 @ 41584.1584158416 EUR',
    ],
    left_out: [2, 3, 4, 5],
    rejected: [],
  })
})

it('Kraken: the list of trades', () => {
  const file = `"txid","ordertxid","pair","time","type","ordertype","price","cost","fee","vol","margin","misc","ledgers"
"T1","O1","XXBTZEUR","2024-01-15 10:00:00.1234","buy","limit",42000.00000,420.00000,1.09200,0.01000000,0.00000,"","L1,L2"
"T2","O2","ETH/USD","2024-01-16 10:00:00.1234","sell","market",2500.00000,250.00000,0.65000,0.10000000,0.00000,"","L3,L4"
`
  expect(told(file)).toMatchObject({
    rows: [
      '2 buy BTC-EUR 2024-01-15 0.01 @ 42000 fee 1.092 EUR',
      '3 sell ETH-USD 2024-01-16 0.1 @ 2500 fee 0.65 USD',
    ],
    cash: { EUR: '-421.092', USD: '249.35' },
  })
})

it('a document of another kind is refused in words', () => {
  const problem = (text: string) => readStatement(text, '2026-01-02')
  expect(problem('<html><body>Log in</body></html>')).toMatchObject({
    problem: expect.stringMatching(/a web page, whatever its name says/),
  })
  expect(problem('{"what": 1}')).toMatchObject({ problem: expect.stringMatching(/no list of activities/) })
  expect(problem('{"activities": [')).toHaveProperty('problem')
  expect(problem('OFXHEADER:100\n\n<OFX><A><B></A>')).toHaveProperty('problem')
  expect(problem('<?xml version="1.0"?><OFX><BANKMSGSRSV1></BANKMSGSRSV1></OFX>')).toMatchObject({
    problem: expect.stringMatching(/no investment account/),
  })
})

const ACTIONS =
  'Corporate Actions,Header,Asset Category,Currency,Report Date,Date/Time,Description,Quantity,Proceeds,Value,Realized P/L,Code'

it('Interactive Brokers: a merger is an exchange, one for cash a sale, and a new number nothing', () => {
  const file = `Statement,Header,Field Name,Field Value
Statement,Data,Title,Activity Statement
${ACTIONS}
Corporate Actions,Data,Stocks,USD,2024-06-10,"2024-06-07, 20:25:00","NVDA(US67066G1040) Split 10 for 1 (NVDA, NVIDIA CORP, US67066G1040)",108,0,0,0,
Corporate Actions,Data,Stocks,USD,2024-02-01,"2024-02-01, 20:25:00","PARENT(US9000000011) Spinoff 1 for 5 (CHILD, Synthetic Child, US9000000029)",200,0,0,0,
Corporate Actions,Data,Stocks,USD,2024-03-01,"2024-03-01, 20:25:00","OLDC(US0000000003) Merged(Acquisition) WITH US0000000001 1 for 2 (OLDC, OLD CORP, US0000000003)",-50,0,-500,0,
Corporate Actions,Data,Stocks,USD,2024-03-01,"2024-03-01, 20:25:00","OLDC(US0000000003) Merged(Acquisition) WITH US0000000001 1 for 2 (NEWC, NEW CORP, US0000000001)",25,0,500,0,
Corporate Actions,Data,Stocks,USD,2024-03-01,"2024-03-01, 20:25:00","CASHC(US0000000009) Merged(Acquisition) FOR USD 10.00 PER SHARE (CASHC, CASH CORP, US0000000009)",-50,500,-500,0,
Corporate Actions,Data,Stocks,USD,2024-05-01,"2024-05-01, 20:25:00","FB(US30303M1027) CUSIP/ISIN Change to (US30303M1028) (FB.OLD, FACEBOOK, US30303M1027)",-50,0,0,0,
Corporate Actions,Data,Stocks,USD,2024-05-01,"2024-05-01, 20:25:00","FB(US30303M1027) CUSIP/ISIN Change to (US30303M1028) (META, META, US30303M1028)",50,0,0,0,
Corporate Actions,Data,Total,,,,,,0,0,0,
Transfers,Header,Asset Category,Currency,Symbol,Date,Type,Direction,Xfer Company,Xfer Account,Qty,Xfer Price,Market Value,Realized P/L,Cash Amount,Code
Transfers,Data,Stocks,USD,MSFT,2024-05-05,ACATS,In,--,X1,10,--,4000,0,0,
`
  const statement = statementOf(file)
  expect(told(file)).toMatchObject({
    rows: [
      '6 exchange OLDC 2024-03-01 0 USD',
      '8 sell CASHC 2024-03-01 50 @ 10 USD',
      '9 exchange FB 2024-05-01 0 USD',
      '13 transfer_in MSFT 2024-05-05 10 USD',
    ],
    // the split, the other halves, the total
    left_out: [4, 11, 7, 10],
    rejected: [5],
  })
  const [merger] = statement.rows
  expect(merger!.transaction).toMatchObject({
    ratio: { numerator: 1, denominator: 2 },
    terms: { newSymbol: 'NEWC' },
  })
})

it('a row that is taken back is left out with the one that takes it back', () => {
  const file = `Dividends,Header,Currency,Date,Description,Amount
Dividends,Data,USD,2024-03-14,LSTD(US9000000011) Cash Dividend USD 0.50 per Share (Ordinary Dividend),500
Dividends,Data,USD,2024-03-14,LSTD(US9000000011) Cash Dividend USD 0.50 per Share - Reversal (Ordinary Dividend),-500
Dividends,Data,USD,2024-03-14,LSTD(US9000000011) Cash Dividend USD 0.50 per Share (Ordinary Dividend),480
Withholding Tax,Header,Currency,Date,Description,Amount,Code
Withholding Tax,Data,USD,2024-03-14,LSTD(US9000000011) Cash Dividend USD 0.50 per Share - US Tax,-75,
Withholding Tax,Data,USD,2024-03-14,LSTD(US9000000011) Cash Dividend USD 0.50 per Share - US Tax,25,
Withholding Tax,Data,USD,2024-09-14,LSTD(US9000000011) Cash Dividend USD 0.50 per Share - US Tax,5,
`
  expect(told(file)).toMatchObject({
    rows: ['4 dividend LSTD 2024-03-14 480 USD', '6 tax LSTD 2024-03-14 50 USD'],
    left_out: [2, 3, 7],
    // of another day, it is not known what it is a part of
    rejected: [8],
  })
})

it('SelfWealth and Stake: codes of the exchange in Sydney', () => {
  expect(
    told(`Trade Date,Settlement Date,Action,Reference,Code,Name,Units,Average Price,Consideration,Brokerage,Total
2024-01-15 00:00:00,2024-01-17 00:00:00,Buy,T1,BHP,BHP GROUP LIMITED,50,47.10,2355.00,9.50,2364.50
2024-06-20 00:00:00,2024-06-24 00:00:00,Sell,T2,BHP,BHP GROUP LIMITED,20,43.00,860.00,9.50,850.50
`),
  ).toMatchObject({
    format: 'SelfWealth',
    rows: ['2 buy BHP.AX 2024-01-15 50 @ 47.1 fee 9.5 AUD', '3 sell BHP.AX 2024-06-20 20 @ 43 fee 9.5 AUD'],
  })
  expect(
    told(`Trade Date,Settlement Date,Symbol,Side,Trade Identifier,Units,Avg. Price,Value,Fees,GST,Total Value,Currency
2024-01-15,2024-01-17,CBA,Buy,S1,10,112.00,1120.00,2.73,0.27,1123.00,AUD
2024-01-16,2024-01-18,AAPL,Buy,S2,2,183.63,367.26,3.00,0.00,370.26,USD
`),
  ).toMatchObject({
    format: 'Stake',
    rows: ['2 buy CBA.AX 2024-01-15 10 @ 112 fee 3 AUD', '3 buy AAPL 2024-01-16 2 @ 183.63 fee 3 USD'],
  })
})

it('Vanguard UK: what was bought stands in two tables and counts once', () => {
  expect(
    told(`Cash Transactions
Date,Details,Amount,Balance
29/01/2024,Regular Deposit,500.00,500.00
30/01/2024,Bought 8 S&P 500 UCITS ETF - Distributing (VUSA),-580.80,-80.80
28/03/2024,DIV: VUSA.XLON.GB @ GBP 0.221,1.77,-79.03
01/04/2024,Account Fee for the period,-2.10,-81.13
Balance,,-81.13,

Investment Transactions
Date,InvestmentName,TransactionDetails,Quantity,Price,Cost
30/01/2024,S&P 500 UCITS ETF - Distributing (VUSA),Bought 8 S&P 500 UCITS ETF - Distributing (VUSA),8,72.60,580.80
12/06/2024,S&P 500 UCITS ETF - Distributing (VUSA),Sold 3 S&P 500 UCITS ETF - Distributing (VUSA),-3,80.00,-240.00
`),
  ).toMatchObject({
    rows: [
      '3 deposit 2024-01-29 500',
      '5 dividend VUSA.L 2024-03-28 1.77 GBP',
      '6 fee 2024-04-01 2.1',
      '11 buy VUSA.L 2024-01-30 8 @ 72.6 GBP',
      '12 sell VUSA.L 2024-06-12 3 @ 80 GBP',
    ],
    rejected: [],
  })
})

it('a Flex query as CSV: two tables, currencies are none of the shares', () => {
  const file = `"ClientAccountID","CurrencyPrimary","AssetClass","Symbol","Description","ISIN","ListingExchange","TradeID","TradeDate","Quantity","TradePrice","TradeMoney","Proceeds","Taxes","IBCommission","NetCash","ClosePrice","Buy/Sell","LevelOfDetail"
"U1","USD","STK","AAPL","APPLE INC","US0378331005","NASDAQ","111","20240105","10","181.5","1815","-1815","0","-1","-1816","181.18","BUY","EXECUTION"
"U1","EUR","STK","VWCE","VANGUARD","IE00BK5BQT80","IBIS2","112","20240205","5","108.5","542.5","-542.5","0","-1.25","-543.75","108.6","BUY","EXECUTION"
"U1","USD","STK","AAPL","APPLE INC","US0378331005","NASDAQ","113","20240305","-4","170","-680","680","0","-1.01","678.99","170.12","SELL","EXECUTION"
"U1","USD","CASH","EUR.USD","EUR.USD","","","114","20240306","1000","1.08","1080","-1080","0","-2","0","0","BUY","EXECUTION"
"ClientAccountID","CurrencyPrimary","Type","SettleDate","ISIN","Description","Amount"
"U1","USD","Dividends","20240314","US0378331005","AAPL(US0378331005) CASH DIVIDEND USD 0.25 PER SHARE (Ordinary Dividend)","1.5"
"U1","USD","Withholding Tax","20240314","US0378331005","AAPL(US0378331005) CASH DIVIDEND USD 0.25 PER SHARE - US TAX","-0.23"
"U1","EUR","Deposits/Withdrawals","20240102","","CASH RECEIPTS / ELECTRONIC FUND TRANSFERS","3000"
`
  expect(told(file)).toMatchObject({
    format: 'Interactive Brokers Flex',
    left_out: [5],
    rejected: [],
    positions: { AAPL: '6', 'VWCE.DE': '5' },
    // −1816 + 678.99 + 1.50 − 0.23; 3000 − 543.75
    cash: { USD: '-1135.74', EUR: '2456.25' },
  })
})

it('Wealthsimple’s monthly statement: shares in a text', () => {
  const file = `date,transaction,description,amount,balance,currency
2024-01-02,CONT,Contribution (executed at 2024-01-02),1000.00,1000.00,CAD
2024-01-15,BUY,"VFV - Vanguard S&P 500: Bought 5.0000 shares (executed at 2024-01-15)",-577.50,422.50,CAD
2024-03-31,DIV,"VFV - Vanguard S&P 500: 2024-03-31 (record date) 5.0000 shares",1.50,424.00,CAD
2024-03-31,NRT,"VFV - Vanguard S&P 500: Non-resident tax",-0.20,423.80,CAD
2024-04-15,SELL,"VFV - Vanguard S&P 500: Sold 1.0000 shares (executed at 2024-04-15)",120.00,543.80,CAD
2024-04-16,FPLINT,Stock Lending Monthly Interest Payment,0.02,543.82,CAD
`
  expect(told(file)).toMatchObject({
    format: 'Wealthsimple',
    rejected: [],
    positions: { VFV: '4' },
    // the last balance
    cash: { CAD: '543.82' },
  })
})

it('B3: what came and what left, of all brokers', () => {
  const file = `Entrada/Saída;Data;Movimentação;Produto;Instituição;Quantidade;Preço unitário;Valor da Operação
Credito;15/01/2024;Transferência - Liquidação;PETR4 - PETROBRAS;XP INVESTIMENTOS;100; R$38,50 ; R$3.850,00
Credito;20/03/2024;Dividendo;PETR4 - PETROBRAS;XP INVESTIMENTOS;100; R$1,10 ; R$110,00
Debito;20/05/2024;Transferência - Liquidação;PETR4 - PETROBRAS;XP INVESTIMENTOS;50; R$40,00 ; R$2.000,00
`
  expect(told(file)).toMatchObject({
    format: 'B3',
    rejected: [],
    positions: { 'PETR4.SA': '50' },
    // −3850 + 110 + 2000
    cash: { BRL: '-1740' },
  })
})

it('Interactive Brokers’ Transaction History: amounts in the currency of the summary', () => {
  const file = `Statement,Header,Field Name,Field Value
Statement,Data,Title,Transaction History
Summary,Header,Field Name,Field Value
Summary,Data,Base Currency,EUR
Transaction History,Header,Date,Account,Description,Transaction Type,Symbol,Quantity,Price,Price Currency,Gross Amount ,Commission,Net Amount
Transaction History,Data,2024-01-15,U***1,APPLE INC,Buy,AAPL,10.0,185.5,USD,-1700.00,-0.92,-1700.92
Transaction History,Data,2024-01-02,U***1,Electronic Fund Transfer,Deposit,-,-,-,-,3000.0,-,3000.0
`
  expect(told(file)).toMatchObject({
    rows: ['6 buy AAPL 2024-01-15 10 @ 170 fee 0.92 EUR', '7 deposit 2024-01-02 3000 EUR'],
    rejected: [],
    cash: { EUR: '1299.08' },
  })
})

it('OFX: a ticker instead of a number, and shares that were transferred in', () => {
  const file = `OFXHEADER:100
DATA:OFXSGML

<OFX><INVSTMTMSGSRSV1><INVSTMTTRNRS><INVSTMTRS><CURDEF>USD<INVACCTFROM><ACCTID>1</INVACCTFROM><INVTRANLIST>
<BUYMF><INVBUY><INVTRAN><FITID>12<DTTRADE>20240120</INVTRAN><SECID><UNIQUEID>VFIAX<UNIQUEIDTYPE>TICKER</SECID><UNITS>1.5<UNITPRICE>400<TOTAL>-600</INVBUY><BUYTYPE>BUY</BUYMF>
<TRANSFER><INVTRAN><FITID>10<DTTRADE>20240304</INVTRAN><SECID><UNIQUEID>037833100<UNIQUEIDTYPE>CUSIP</SECID><UNITS>5<TFERACTION>IN<UNITPRICE>180</TRANSFER>
</INVTRANLIST></INVSTMTRS></INVSTMTTRNRS></INVSTMTMSGSRSV1></OFX>`
  expect(told(file).rows).toEqual([
    '5 buy VFIAX 2024-01-20 1.5 @ 400 USD',
    '6 transfer_in AAPL 2024-03-04 5 USD',
  ])
})

it('Interactive Brokers: what accrued, was lent or granted is left out by name', () => {
  const file = `Trades,Header,DataDiscriminator,Asset Category,Currency,Symbol,Date/Time,Quantity,T. Price,C. Price,Proceeds,Comm/Fee,Basis,Realized P/L,MTM P/L,Code
Trades,Data,Order,Stocks,USD,KO,"2024-02-05, 10:15:00",5,60.00,60,-300,-1,301,0,0,O
Change in Dividend Accruals,Header,Asset Category,Currency,Symbol,Date,Ex Date,Pay Date,Quantity,Tax,Fee,Gross Rate,Gross Amount,Net Amount,Code
Change in Dividend Accruals,Data,Stocks,USD,KO,2024-03-14,2024-03-14,2024-04-01,5,0.36,0,0.485,2.43,2.07,Po
Change in Dividend Accruals,Data,Total,,,,,,,0.36,0,,2.43,2.07,
Stock Yield Enhancement Program Securities Lent Activity,Header,Asset Category,Date,Symbol,Transaction ID,Quantity,Collateral Amount
Stock Yield Enhancement Program Securities Lent Activity,Data,Stocks,2024-03-15,KO,SL1,-5,310
Grant Activity,Header,Symbol,Report Date,Description,Award Date,Vesting Date,Quantity,Price,Value
Grant Activity,Data,IBKR,2024-03-18,Referral,2024-03-18,2025-03-18,2,110,220
`
  const statement = statementOf(file)
  expect(told(file).rows).toEqual(['2 buy KO 2024-02-05 5 @ 60 fee 1 USD'])
  expect(statement.skipped.map(({ line, reason }) => `${line} ${reason.slice(0, 24)}`)).toEqual([
    '4 a dividend or interest t',
    '5 a sum of other rows',
    '7 shares that are lent sta',
    '9 a grant brings no shares',
  ])
  const flex = `<FlexQueryResponse><FlexStatements><FlexStatement accountId="U1">
<Trade symbol="KO" tradeDate="20240205" quantity="5" tradePrice="60" proceeds="-300" ibCommission="-1" currency="USD" assetCategory="STK" buySell="BUY" tradeID="1"/>
<ChangeInDividendAccrual symbol="KO" date="20240314" quantity="5" netAmount="2.07" currency="USD" assetCategory="STK"/>
<SLBActivity symbol="KO" date="20240315" quantity="-5" currency="USD" assetCategory="STK"/>
</FlexStatement></FlexStatements></FlexQueryResponse>`
  expect(statementOf(flex).skipped.map(({ reason }) => reason.slice(0, 24))).toEqual([
    'a dividend or interest t',
    'shares that are lent sta',
  ])
})

it('Interactive Brokers: shares that were given are a stock dividend, and a spin-off names the old company', () => {
  const file = `Corporate Actions,Header,Asset Category,Currency,Report Date,Date/Time,Description,Quantity,Proceeds,Value,Realized P/L,Code
Corporate Actions,Data,Stocks,USD,2024-02-05,"2024-02-02, 20:25:00","KO(US1912161007) Stock Dividend US1912161007 1 for 20 (KO, COCA COLA CO, US1912161007)",5,0,300,0,
Corporate Actions,Data,Stocks,USD,2023-01-05,"2023-01-03, 20:25:00","GE(US3696043013) Spinoff  1 for 3 (GEHC, GE HEALTHCARE, US36266G1076)",3,0,180,0,
`
  const tickers: Record<string, string> = { US1912161007: 'KO', US36266G1076: 'GEHC' }
  const statement = statementOf(file, { securities: ({ isin }) => tickers[isin] ?? null })
  expect(statement.rows.map(({ transaction: { type, symbol, shares } }) => [type, symbol, shares])).toEqual([
    ['stock_dividend', 'KO', 5n * 10n ** 10n],
  ])
  expect(statement.rejected.map(({ reason }) => reason)).toEqual([
    expect.stringContaining(
      'Shares of GEHC (3) came from a spin-off of GE: add a spin-off of GE on that day,',
    ),
  ])
  // nothing but the part of the cost is missing, and 0 is one
  const question = { about: 'spin_off', symbol: 'GEHC', from: 'GE', lines: [3] }
  expect(statement.questions).toEqual([question])
  const securities = ({ isin }: { isin: string }) => tickers[isin] ?? null
  const shareOf = (costShares: Record<string, string>) =>
    statementOf(file, { securities, answers: { costShares } }).rows.flatMap(({ transaction }) =>
      transaction.type === 'spin_off'
        ? [[transaction.symbol, transaction.terms?.newSymbol, transaction.terms?.costShare]]
        : [],
    )
  expect(shareOf({ GEHC: '25%' })).toEqual([['GE', 'GEHC', 25n * 10n ** 8n]])
  expect(shareOf({ GEHC: '0%' })).toEqual([['GE', 'GEHC', 0n]])
  expect(shareOf({ GEHC: '101%' })).toEqual([])
  expect(shareOf({ GE: '25%' })).toEqual([])
})

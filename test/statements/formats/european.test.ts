import { expect, it } from 'vitest'
import { statementOf, told } from '../told.ts'

// Invented rows in the layouts that the brokers write.

it('Trading 212: prices in pence or dollars, totals in pounds with every fee', () => {
  const file = `Action,Time,ISIN,Ticker,Name,No. of shares,Price / share,Currency (Price / share),Exchange rate,Result,Currency (Result),Total,Currency (Total),Withholding tax,Currency (Withholding tax),Notes,ID,Currency conversion fee,Currency (Currency conversion fee)
Deposit,2024-01-02 08:00:00.123,,,,,,,,,,1000.00,GBP,,,Bank Transfer,d1,,
Market buy,2024-01-03 10:00:00,US0378331005,AAPL,Apple,2.0000000000,180.00,USD,1.27,,,284.00,GBP,,,,b1,0.54,GBP
Limit buy,2024-01-04 10:00:00,IE00B3XXRP09,VUSA,Vanguard S&P 500,5,7500,GBX,100,,,375.00,GBP,,,,b2,,
Dividend (Ordinary),2024-02-16 10:00:00,US0378331005,AAPL,Apple,2,0.20,USD,Not available,,,0.31,GBP,0.07,USD,,,,
Market sell,2024-03-01 10:00:00,US0378331005,AAPL,Apple,1,170.00,USD,1.25,-5,GBP,135.80,GBP,,,,s1,0.20,GBP
Interest on cash,2024-03-02 02:00:00,,,,,,,,,,0.12,GBP,,,Interest,i1,,
Currency conversion,2024-03-03 02:00:00,,,,,,,,,,10,GBP,,,,c1,,
Withdrawal,2024-03-04 02:00:00,,,,,,,,,,-50.00,GBP,,,,w1,,
`
  expect(told(file)).toEqual({
    format: 'Trading 212',
    rows: [
      '2 deposit 2024-01-02 1000 GBP',
      // (284 − 0.54) ÷ 2
      '3 buy AAPL 2024-01-03 2 @ 141.73 fee 0.54 GBP',
      '4 buy VUSA.L 2024-01-04 5 @ 75 GBP',
      '5 dividend AAPL 2024-02-16 0.31 GBP',
      '6 sell AAPL 2024-03-01 1 @ 136 fee 0.2 GBP',
      '7 interest 2024-03-02 0.12 GBP',
      '9 withdrawal 2024-03-04 50 GBP',
    ],
    left_out: [8],
    rejected: [],
    positions: { AAPL: '1', 'VUSA.L': '5' },
    // 1000 − 284 − 375 + 0.31 + 135.80 + 0.12 − 50
    cash: { GBP: '427.23' },
  })
})

it('Trading 212: “tax exempted” says what kind of dividend it is', () => {
  const file = `Action,Time,ISIN,Ticker,Name,No. of shares,Price / share,Currency (Price / share),Exchange rate,Total,Currency (Total),Withholding tax,Currency (Withholding tax),ID
Dividend (Tax exempted),2025-02-07 08:00:00,IE00B3XXRP09,VUSA,Vanguard,5,0.10,GBP,Not available,0.60,EUR,0.00,GBP,
Dividend (Return of capital non us),2025-02-08 08:00:00,IE00B3XXRP09,VUSA,Vanguard,5,0.10,GBP,Not available,0.60,EUR,0.00,GBP,
`
  expect(told(file).rows).toEqual([
    '2 dividend VUSA.L 2025-02-07 0.6 EUR',
    '3 return_of_capital VUSA.L 2025-02-08 0.6 EUR',
  ])
})

it('Trading 212: in 2020 the currency stood in the heading', () => {
  const file = `Action,Time,ISIN,Ticker,Name,No. of shares,Price / share,Currency (Price / share),Exchange rate,Result (GBP),Total (GBP),Withholding tax,Currency (Withholding tax),Charge amount (GBP),Stamp duty reserve tax (GBP),Notes,ID
Market buy,2020-06-01 10:00:00,GB0002634946,LSTD,Listedco,10,250.00,GBX,100,,25.13,,,,0.13,,b1
`
  expect(told(file)).toMatchObject({
    rows: ['2 buy LSTD.L 2020-06-01 10 @ 2.5 fee 0.13 GBP'],
    cash: { GBP: '-25.13' },
  })
})

it('Trade Republic: ISINs, amounts without fee and tax, semicolons as well', () => {
  const names =
    'datetime;date;account_type;category;type;asset_class;name;symbol;shares;price;amount;fee;tax;currency;original_amount;original_currency;fx_rate;description;transaction_id;counterparty_name;counterparty_iban;payment_reference;mcc_code'
  const file = `${names}
2024-01-02T08:00:00.000Z;2024-01-02;DEFAULT;CASH;CUSTOMER_INPAYMENT;;;;;;1000.00;;;EUR;;;;;a;;;;
2024-01-16T10:00:00.000Z;2024-01-16;DEFAULT;TRADING;BUY;STOCK;Apple;US0378331005;2;168.5;-337.00;-1.00;;EUR;;;;;b;;;;
2024-02-16T10:00:00.000Z;2024-02-16;DEFAULT;CASH;DIVIDEND;STOCK;Apple;US0378331005;2;;0.45;;-0.07;EUR;;;;;c;;;;
2024-02-20T10:00:00.000Z;2024-02-20;DEFAULT;TRADING;BUY;FUND;Unheard of;DE0007164600;1;50;-50.00;-1.00;;EUR;;;;;d;;;;
2024-03-06T10:00:00.000Z;2024-03-06;DEFAULT;CASH;CARD_TRANSACTION;;;;;;-12.30;;;EUR;;;;Grocer;e;;;;5411
`
  expect(told(file)).toEqual({
    format: 'Trade Republic',
    rows: [
      '2 deposit 2024-01-02 1000 EUR',
      '3 buy AAPL 2024-01-16 2 @ 168.5 fee 1 EUR',
      '4 dividend AAPL 2024-02-16 0.45 EUR',
      '4 tax AAPL 2024-02-16 0.07 EUR',
      '5 buy DE0007164600 2024-02-20 1 @ 50 fee 1 EUR',
      '6 withdrawal 2024-03-06 12.3 EUR',
    ],
    left_out: [],
    rejected: [],
    positions: { AAPL: '2', DE0007164600: '1' },
    cash: { EUR: '599.08' },
  })
  // a security without a ticker is asked for by its name; its row stays
  const statement = statementOf(file)
  expect(statement.questions).toEqual([
    {
      about: 'security',
      security: { symbol: '', isin: 'DE0007164600', name: 'Unheard of', currency: 'EUR' },
      lines: [5],
      count: 1,
      trade: { day: '2024-02-20', price: '50', currency: 'EUR' },
    },
  ])
  expect(statement.rows.filter(({ security }) => security !== undefined)).toMatchObject([
    { line: 5, security: 'DE0007164600' },
  ])
  expect(told(file, { answers: { securities: { DE0007164600: 'SAP.DE' } } }).positions).toEqual({
    AAPL: '2',
    'SAP.DE': '1',
  })
})

it('Revolut: money with its sign, a fee that no column names', () => {
  const file = `Date,Ticker,Type,Quantity,Price per share,Total Amount,Currency,FX Rate
2024-02-01T08:00:00.000000Z,,CASH TOP-UP,,,USD 600,USD,1.0800
2024-02-01T15:00:00.123Z,LSTD,BUY - MARKET,1.5,USD 100.00,USD 150.00,USD,1.0800
2024-02-16T09:00:00.000Z,LSTD,DIVIDEND,,,USD 0.31,USD,1.0770
2024-03-01T00:00:00.000Z,,CUSTODY FEE,,,-USD 0.04,USD,1.0810
2024-03-04T16:00:00.000Z,LSTD,SELL - MARKET,0.5,USD 110.00,USD 54.97,USD,1.0850
`
  expect(told(file)).toEqual({
    format: 'Revolut',
    rows: [
      '2 deposit 2024-02-01 600 USD',
      '3 buy LSTD 2024-02-01 1.5 @ 100 USD',
      '4 dividend LSTD 2024-02-16 0.31 USD',
      '5 fee 2024-03-01 0.04 USD',
      '6 sell LSTD 2024-03-04 0.5 @ 110 fee 0.03 USD',
    ],
    left_out: [],
    rejected: [],
    positions: { LSTD: '1' },
    cash: { USD: '505.24' },
  })
})

it('Freetrade: the currency of the share tells London from New York', () => {
  const file = `Title,Type,Timestamp,Account Currency,Total Amount,Buy / Sell,Ticker,ISIN,Price per Share in Account Currency,Stamp Duty,Quantity,Venue,Order ID,Order Type,Instrument Currency,Total Shares Amount,Price per Share,FX Rate,Base FX Rate,FX Fee (BPS),FX Fee Amount,Dividend Ex Date,Dividend Pay Date,Dividend Eligible Quantity,Dividend Amount Per Share,Dividend Gross Distribution Amount,Dividend Net Distribution Amount,Dividend Withheld Tax Percentage,Dividend Withheld Tax Amount
Bank top up,TOP_UP,2024-01-02T08:00:00.000Z,GBP,500.00,,,,,,,,,,,,,,,,,,,,,,,,
Listedco,ORDER,2024-01-03T10:00:00.000Z,GBP,100.50,BUY,LSTD,GB0002634946,10.00000000,0.50,10.00000000,London,o1,BASIC,GBP,100.00,10.00,1.0,1.0,,,,,,,,,,
Apple,ORDER,2024-01-04T10:00:00.000Z,GBP,143.20,BUY,AAPL,US0378331005,142.56,0.00,1.00000000,NASDAQ,o2,BASIC,USD,181.05,181.05,1.27,1.27,45,0.64,,,,,,,,
Listedco,DIVIDEND,2024-02-01T10:00:00.000Z,GBP,1.20,,LSTD,GB0002634946,,,,,,,GBP,,,,,,,2024-01-05,2024-02-01,10,0.12,1.20,1.20,0,0.00
Statement,MONTHLY_STATEMENT,2024-02-02T10:00:00.000Z,GBP,,,,,,,,,,,,,,,,,,,,,,,,,
`
  expect(told(file)).toEqual({
    format: 'Freetrade',
    rows: [
      '2 deposit 2024-01-02 500 GBP',
      '3 buy LSTD.L 2024-01-03 10 @ 10 fee 0.5 GBP',
      '4 buy AAPL 2024-01-04 1 @ 142.56 fee 0.64 GBP',
      '5 dividend LSTD.L 2024-02-01 1.2 GBP',
    ],
    left_out: [6],
    rejected: [],
    positions: { 'LSTD.L': '10', AAPL: '1' },
    cash: { GBP: '257.5' },
  })
})

it('Hargreaves Lansdown: the reference says what happened, prices in pence, names alone', () => {
  const file = `HL Stocks & Shares ISA,,,,,,,
Client number:,1234567,,,,,,
Trade date,Settle date,Reference,Description,Unit cost (p),Quantity,Value (£),
02/01/2024,02/01/2024,Card Web,Card payment,n/a,n/a,1000.00,
03/01/2024,05/01/2024,B123456789,Listedco plc Ord 10p,250.00,100.00,-261.95,
15/02/2024,19/02/2024,S123456790,Listedco plc Ord 10p,260.00,40.00,92.05,
01/03/2024,01/03/2024,MANAGE FEE,Management Fee,n/a,n/a,-1.25,
`
  const answers = { securities: { 'Listedco plc Ord 10p': 'LSTD.L' } }
  expect(told(file, { answers })).toEqual({
    format: 'Hargreaves Lansdown',
    rows: [
      '4 deposit 2024-01-02 1000 GBP',
      '5 buy LSTD.L 2024-01-03 100 @ 2.5 fee 11.95 GBP',
      '6 sell LSTD.L 2024-02-15 40 @ 2.6 fee 11.95 GBP',
      '7 fee 2024-03-01 1.25 GBP',
    ],
    left_out: [],
    rejected: [],
    positions: { 'LSTD.L': '60' },
    cash: { GBP: '828.85' },
  })
  expect(statementOf(file).questions).toMatchObject([
    { about: 'security', security: { name: 'Listedco plc Ord 10p' }, count: 2 },
  ])
})

it('Swissquote: semicolons, day first, a tax in the costs of a dividend', () => {
  const file = `Date;Order #;Transaction;Symbol;Name;ISIN;Quantity;Unit price;Costs;Accrued Interest;Net Amount;Balance;Currency
02-01-2024 08:00:00;00000000;Payment;;;;1.0;1000.00;0.00;0.00;1'000.00;1'000.00;CHF
03-01-2024 10:00:00;10000001;Buy;NESN;Nestle N;CH0038863350;5.0;96.00;5.85;0.00;-485.85;514.15;CHF
22-04-2024 10:00:00;00000000;Dividend;NESN;Nestle N;CH0038863350;5.0;3.00;5.25;0.00;9.75;523.90;CHF
02-05-2024 10:00:00;10000002;Sell;NESN;Nestle N;CH0038863350;2.0;92.00;5.85;0.00;178.15;702.05;CHF
30-06-2024 10:00:00;00000000;Custody Fees;;;;1.0;15.00;0.00;0.00;-15.00;687.05;CHF
`
  expect(told(file)).toEqual({
    format: 'Swissquote',
    rows: [
      '2 deposit 2024-01-02 1000 CHF',
      '3 buy NESN.SW 2024-01-03 5 @ 96 fee 5.85 CHF',
      '4 dividend NESN.SW 2024-04-22 15 CHF',
      '4 tax NESN.SW 2024-04-22 5.25 CHF',
      '5 sell NESN.SW 2024-05-02 2 @ 92 fee 5.85 CHF',
      '6 fee 2024-06-30 15 CHF',
    ],
    left_out: [],
    rejected: [],
    positions: { 'NESN.SW': '3' },
    // the last balance
    cash: { CHF: '687.05' },
  })
})

it('Avanza: Swedish words, a comma for decimals', () => {
  const file = `Datum;Konto;Typ av transaktion;Värdepapper/beskrivning;Antal;Kurs;Belopp;Transaktionsvaluta;Courtage (SEK);Valutakurs;Instrumentvaluta;ISIN;Resultat
2024-04-30;1234567;Ränta;Avkastningsskatt;;;1,50;SEK;;;;;
2024-04-05;1234567;Utdelning;Apple Inc;10;2,50;25,00;SEK;;;SEK;US0378331005;
2024-03-01;1234567;Sälj;Apple Inc;-4;1 850,00;7 361,00;SEK;39,00;;SEK;US0378331005;100
2024-02-01;1234567;Köp;Apple Inc;10;1 800,50;-18 044,00;SEK;39,00;;SEK;US0378331005;
2024-01-02;1234567;Insättning;Insättning;;;20 000,00;SEK;;;;;
`
  expect(told(file)).toEqual({
    format: 'Avanza',
    rows: [
      '2 interest 2024-04-30 1.5 SEK',
      '3 dividend AAPL 2024-04-05 25 SEK',
      '4 sell AAPL 2024-03-01 4 @ 1850 fee 39 SEK',
      '5 buy AAPL 2024-02-01 10 @ 1800.5 fee 39 SEK',
      '6 deposit 2024-01-02 20000 SEK',
    ],
    left_out: [],
    rejected: [],
    positions: { AAPL: '6' },
    cash: { SEK: '9343.5' },
  })
})

it('Saxo: the trade is in the words of its event', () => {
  const file = `Client ID,Trade Date,Value Date,Type,Instrument,Instrument ISIN,Instrument currency,Exchange Description,Instrument Symbol,Event,Amount,Order ID,Conversion Rate
1,02-Jan-2024,02-Jan-2024,Cash Transfer,,,,,,Deposit,1000.00,,1
1,03-Jan-2024,05-Jan-2024,Trade,Vanguard FTSE All-World,IE00B3RBWM25,EUR,Euronext Amsterdam,VWRL:xams,Buy 3 @ 104.50 EUR,-315.50,2,1
1,04-Jan-2024,08-Jan-2024,Trade,Apple Inc.,US0378331005,USD,NASDAQ,AAPL:xnas,Buy 2 @ 181.50 USD,-335.10,3,0.92
`
  expect(told(file)).toEqual({
    format: 'Saxo',
    rows: [
      '2 deposit 2024-01-02 1000',
      '3 buy VWRL.AS 2024-01-03 3 @ 104.5 fee 2 EUR',
      // 335.10 ÷ 0.92 = 364.24, of which 2 × 181.50 are for the shares
      '4 buy AAPL 2024-01-04 2 @ 181.5 fee 1.2391304348 USD',
    ],
    left_out: [],
    rejected: [],
    positions: { 'VWRL.AS': '3', AAPL: '2' },
    cash: { '': '1000', EUR: '-315.5', USD: '-364.2391304348' },
  })
})

it('Saxo: a dividend in the currency of the account, which newer files name', () => {
  const header = `Client ID,Trade Date,Value Date,Type,Instrument,Instrument ISIN,Instrument currency,Exchange Description,Instrument Symbol,Event,Amount,Order ID,Conversion Rate`
  const row = `1,07-Feb-2024,09-Feb-2024,Corporate action,Apple Inc.,US0378331005,USD,NASDAQ,AAPL:xnas,Cash dividend,4.60,,0.92`
  expect(told(`${header}\n${row}\n`).rows).toEqual(['2 dividend AAPL 2024-02-07 5 USD'])
  expect(told(`${header},Booked Amount Currency\n${row},EUR\n`).rows).toEqual([
    '2 dividend AAPL 2024-02-07 4.6 EUR',
  ])
})

it('XTB: shares and price are in the comment', () => {
  const file = `ID;Type;Time;Symbol;Comment;Amount
5;Withholding tax;05.04.2024 10:00:00;LSTD.US;LSTD.US USD WHT 15%;-0.45
4;DIVIDENT;05.04.2024 10:00:00;LSTD.US;LSTD.US USD 1.00/ SHR;3.00
3;Stocks/ETF sale;01.03.2024 15:00:00;LSTD.US;CLOSE BUY 1/3 @ 55.00;55.00
2;Stocks/ETF purchase;03.01.2024 15:00:00;LSTD.US;OPEN BUY 3 @ 50.00;-150.00
1;deposit;02.01.2024 15:00:00;;Transfer;500.00
`
  expect(told(file)).toMatchObject({
    format: 'XTB',
    rows: [
      '2 tax LSTD 2024-04-05 0.45',
      '3 dividend LSTD 2024-04-05 3',
      '4 sell LSTD 2024-03-01 1 @ 55',
      '5 buy LSTD 2024-01-03 3 @ 50',
      '6 deposit 2024-01-02 500',
    ],
    left_out: [],
    rejected: [],
    positions: { LSTD: '2' },
    cash: { '': '407.55' },
  })
})

it('eToro: no prices, so that they follow from the amounts', () => {
  const file = `Date,Type,Details,Amount,Units,Realized Equity Change,Realized Equity,Balance,Position ID,Asset type,NWA
02/01/2024 10:00:00,Deposit,500.00 USD Visa,500.00,-,500.00,500.00,500.00,,,0.00
15/01/2024 10:00:00,Open Position,LSTD/USD,200.00,4.000000,0.00,500.00,300.00,1,Stocks,0.00
16/01/2024 10:00:00,Open Position,GOLD/USD,50.00,1.000000,0.00,500.00,250.00,2,CFD,0.00
01/03/2024 10:00:00,Dividend,LSTD/USD,1.40,-,1.40,501.40,251.40,1,Stocks,0.00
04/03/2024 10:00:00,Position closed,LSTD/USD,110.00,2.000000,10.00,511.40,361.40,1,Stocks,0.00
05/03/2024 10:00:00,Open Position,BTC/USD,100.00,0.002,0.00,511.40,261.40,3,Crypto,0.00
`
  expect(told(file)).toEqual({
    format: 'eToro',
    rows: [
      '2 deposit 2024-01-02 500 USD',
      '3 buy LSTD 2024-01-15 4 @ 50 USD',
      '5 dividend LSTD 2024-03-01 1.4 USD',
      '6 sell LSTD 2024-03-04 2 @ 55 USD',
      '7 buy BTC-USD 2024-03-05 0.002 @ 50000 USD',
    ],
    left_out: [4],
    rejected: [],
    positions: { LSTD: '2', 'BTC-USD': '0.002' },
    cash: { USD: '311.4' },
  })
})

it('DEGIRO in Dutch: columns by their places, the account’s money', () => {
  const file = `Datum,Tijd,Product,ISIN,Beurs,Uitvoeringsplaats,Aantal,Koers,,Lokale waarde,,Waarde EUR,Wisselkoers,AutoFX Kosten,Transactiekosten en/of kosten van derden EUR,Totaal EUR,Order ID,
05-03-2024,09:04,VANGUARD FTSE AW,IE00B3RBWM25,EAM,XAMS,3,"104,5000",EUR,"-313,50",EUR,"-313,50",,"0,00","-1,00","-314,50",,a
06-03-2024,15:31,APPLE INC,US0378331005,NDQ,XNAS,-2,"173,0000",USD,"346,00",USD,"318,00","1,0881","-0,80","-2,00","315,20",,b
`
  expect(told(file)).toEqual({
    format: 'DEGIRO',
    rows: ['2 buy VWRL.AS 2024-03-05 3 @ 104.5 fee 1 EUR', '3 sell AAPL 2024-03-06 2 @ 159 fee 2.8 EUR'],
    left_out: [],
    rejected: [],
    positions: { 'VWRL.AS': '3', AAPL: '-2' },
    cash: { EUR: '0.7' },
  })
})

it('DEGIRO’s account: what a trade costs is a row of its own', () => {
  const file = `Datum,Tijd,Valutadatum,Product,ISIN,Omschrijving,FX,Mutatie,,Saldo,,Order Id
20-03-2024,07:00,19-03-2024,VANGUARD FTSE AW,IE00B3RBWM25,Dividend,,EUR,"1,50",EUR,"186,00",
20-03-2024,07:00,19-03-2024,VANGUARD FTSE AW,IE00B3RBWM25,Dividendbelasting,,EUR,"-0,22",EUR,"184,50",
05-03-2024,09:04,05-03-2024,VANGUARD FTSE AW,IE00B3RBWM25,DEGIRO Transactiekosten en/of kosten van derden,,EUR,"-1,00",EUR,"185,50",a
05-03-2024,09:04,05-03-2024,VANGUARD FTSE AW,IE00B3RBWM25,"Koop 3 @ 104,5 EUR",,EUR,"-313,50",EUR,"186,50",a
04-03-2024,09:04,04-03-2024,,,Degiro Cash Sweep Transfer,,EUR,"-500,00",EUR,"500,00",
04-03-2024,09:00,04-03-2024,,,iDEAL storting,,EUR,"500,00",EUR,"500,00",
`
  expect(told(file)).toEqual({
    format: 'DEGIRO account',
    rows: [
      '2 dividend VWRL.AS 2024-03-20 1.5 EUR',
      '3 tax VWRL.AS 2024-03-20 0.22 EUR',
      '4 fee VWRL.AS 2024-03-05 1 EUR',
      '5 buy VWRL.AS 2024-03-05 3 @ 104.5 EUR',
      '7 deposit 2024-03-04 500 EUR',
    ],
    left_out: [6],
    rejected: [],
    positions: { 'VWRL.AS': '3' },
    cash: { EUR: '186.78' },
  })
})

it('DEGIRO: shares that no order moved were split, and market data says so', () => {
  const file = `Date,Time,Product,ISIN,Reference,Venue,Quantity,Price,,Local value,,Value,,Exchange rate,Transaction,,Total,,Order ID
10-06-2024,10:00,APPLE INC,US0378331005,NDQ,,10,"120,0000",USD,"-1200,00",USD,"-1110,00",EUR,"1,081",,,"-1110,00",EUR,
10-06-2024,10:00,APPLE INC,US0378331005,NDQ,,-1,"1200,0000",USD,"1200,00",USD,"1110,00",EUR,"1,081",,,"1110,00",EUR,
02-01-2024,15:31,APPLE INC,US0378331005,NDQ,XNAS,1,"1000,0000",USD,"-1000,00",USD,"-920,00",EUR,"1,087","-2,00",EUR,"-922,00",EUR,0000-0001
`
  expect(told(file)).toMatchObject({
    left_out: [2, 3],
    rejected: [],
    positions: { AAPL: '1' },
    cash: { EUR: '-922' },
  })
})

it('Trade Republic: taxes that were given back are no taxes', () => {
  const file = `"datetime";"date";"account_type";"category";"type";"asset_class";"name";"symbol";"shares";"price";"amount";"fee";"tax";"currency";"original_amount";"original_currency";"fx_rate";"description";"transaction_id"
"2024-02-24T15:00:00.000Z";"2024-02-24";"DEFAULT";"CASH";"TAX_OPTIMIZATION";"";"";"";"";"";"0.00";"";"2.35";"EUR";"";"";"";"";"t7"
"2024-02-25T15:00:00.000Z";"2024-02-25";"DEFAULT";"CASH";"TAX_OPTIMIZATION";"";"";"";"";"";"0.00";"";"-1.10";"EUR";"";"";"";"";"t8"
`
  expect(told(file)).toMatchObject({ rows: ['3 tax 2024-02-25 1.1 EUR'], rejected: [2] })
})

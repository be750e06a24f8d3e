import { expect, it } from 'vitest'
import { told } from '../told.ts'

// Invented rows in the layouts that the programs write.

it('Yahoo: lots, of which those without a day are watched', () => {
  const file = `Symbol,Current Price,Date,Time,Change,Open,High,Low,Volume,Trade Date,Purchase Price,Quantity,Commission,High Limit,Low Limit,Comment
LSTD,61.00,2024/07/01,16:00 EDT,1.0,60.0,62.0,59.0,1000,20240105,50.0,10.0,4.95,,,first
VOO,500.00,2024/07/01,16:00 EDT,0.5,499.0,501.0,498.0,4000000,,,,,,,
`
  expect(told(file)).toEqual({
    format: 'Yahoo Finance',
    rows: ['2 buy LSTD 2024-01-05 10 @ 50 fee 4.95'],
    left_out: [3],
    rejected: [],
    positions: { LSTD: '10' },
    cash: { '': '-504.95' },
  })
})

it('Wealthfolio: with its older names, cash under a symbol of its own', () => {
  const file = `date,symbol,quantity,activityType,unitPrice,currency,fee,amount
2024-01-02,$CASH-USD,1,DEPOSIT,1000,USD,0,
2024-01-15,LSTD,10,BUY,50.00,USD,4.95,
2024-02-15,LSTD,10,DIVIDEND,0.24,USD,0,
2024-03-01,LSTD,3,SPLIT,0,USD,0,
2024-03-02,LSTD,4,SELL,55.00,USD,4.95,
2024-03-03,MSFT,2,TRANSFER_IN,400.00,USD,0,
`
  expect(told(file)).toEqual({
    format: 'Wealthfolio',
    rows: [
      '2 deposit 2024-01-02 1000 USD',
      '3 buy LSTD 2024-01-15 10 @ 50 fee 4.95 USD',
      '4 dividend LSTD 2024-02-15 2.4 USD',
      '6 sell LSTD 2024-03-02 4 @ 55 fee 4.95 USD',
      '7 transfer_in MSFT 2024-03-03 2 USD',
    ],
    left_out: [5],
    rejected: [],
    positions: { LSTD: '6', MSFT: '2' },
    cash: { USD: '712.5' },
  })
})

it('Portfolio Performance in German: values with fees and taxes in them, no prices', () => {
  const file = `Datum;Typ;Wert;Buchungswährung;Bruttobetrag;Währung Bruttobetrag;Wechselkurs;Gebühren;Steuern;Stück;ISIN;WKN;Ticker-Symbol;Wertpapiername;Notiz
2024-01-02T00:00;Einlage;3.000,00;EUR;;;;;;;;;;;
2024-01-03T10:00;Kauf;-1.005,50;EUR;;;;5,50;;10;IE00B3RBWM25;A1JX52;VWRL.AS;Vanguard FTSE;
2024-02-15T00:00;Dividende;7,36;EUR;;;;;2,64;10;IE00B3RBWM25;A1JX52;VWRL.AS;Vanguard FTSE;
2024-03-01T10:00;Verkauf;428,50;EUR;;;;5,50;6,00;4;IE00B3RBWM25;A1JX52;VWRL.AS;Vanguard FTSE;
2024-03-31T00:00;Zinsen;1,10;EUR;;;;;;;;;;;
2024-03-31T00:00;Gebühren;-2,00;EUR;;;;;;;;;;;
2024-04-01T00:00;Entnahme;-100,00;EUR;;;;;;;;;;;
2024-04-02T00:00;Einlieferung;500,00;EUR;;;;;;5;US0378331005;865985;;Apple;
`
  expect(told(file)).toEqual({
    format: 'Portfolio Performance',
    rows: [
      '2 deposit 2024-01-02 3000 EUR',
      '3 buy VWRL.AS 2024-01-03 10 @ 100 fee 5.5 EUR',
      '4 dividend VWRL.AS 2024-02-15 10 EUR',
      '4 tax VWRL.AS 2024-02-15 2.64 EUR',
      // (428.50 + 5.50 + 6.00) ÷ 4
      '5 sell VWRL.AS 2024-03-01 4 @ 110 fee 11.5 EUR',
      '6 interest 2024-03-31 1.1 EUR',
      '7 fee 2024-03-31 2 EUR',
      '8 withdrawal 2024-04-01 100 EUR',
      '9 transfer_in AAPL 2024-04-02 5 EUR',
    ],
    left_out: [],
    rejected: [],
    positions: { 'VWRL.AS': '6', AAPL: '5' },
    cash: { EUR: '2329.46' },
  })
})

it('Parqet: a comma for decimals, quotes inside of cells', () => {
  const file = `datetime;date;time;price;shares;amount;tax;fee;realizedgains;type;broker;assettype;identifier;wkn;originalcurrency;currency;fxrate;holding;holdingname
2024-01-03T10:00:00.000Z;03.01.2024;10:00:00;104,50;3;313,50;0;1;0;Buy;x;Security;IE00B3RBWM25;A1JX52;EUR;EUR;;h;Vanguard "All-World" ETF
2024-02-15T10:00:00.000Z;15.02.2024;10:00:00;0,5;3;1,5;0,28;0;0;Dividend;x;Security;IE00B3RBWM25;A1JX52;EUR;EUR;;h;Vanguard
2024-03-01T10:00:00.000Z;01.03.2024;10:00:00;110;1;110;0;1;5,5;Sell;x;Security;IE00B3RBWM25;A1JX52;EUR;EUR;;h;Vanguard
2024-03-02T10:00:00.000Z;02.03.2024;10:00:00;40000;0,01;400;0;0;0;Buy;x;Crypto;BTC;;EUR;EUR;;h;Bitcoin
`
  expect(told(file)).toEqual({
    format: 'Parqet',
    rows: [
      '2 buy VWRL.AS 2024-01-03 3 @ 104.5 fee 1 EUR',
      '3 dividend VWRL.AS 2024-02-15 1.5 EUR',
      '3 tax VWRL.AS 2024-02-15 0.28 EUR',
      '4 sell VWRL.AS 2024-03-01 1 @ 110 fee 1 EUR',
      '5 buy BTC-EUR 2024-03-02 0.01 @ 40000 EUR',
    ],
    left_out: [],
    rejected: [],
    positions: { 'VWRL.AS': '2', 'BTC-EUR': '0.01' },
    cash: { EUR: '-604.28' },
  })
})

it('Snowball: the quantity of cash is the amount', () => {
  const file = `Event,Date,Symbol,Price,Quantity,Currency,FeeTax,Exchange,FeeCurrency,DoNotAdjustCash,Note
CASH_IN,2024-01-02,,1,1000,USD,,,,,
BUY,2024-01-03,LSTD,50,10,USD,1.5,NASDAQ,USD,,
BUY,2024-01-04,VWRL,100,2,EUR,1,AMS,EUR,,
DIVIDEND,2024-02-15,LSTD,0.3,10,USD,0.45,NASDAQ,USD,,
SPLIT,2024-03-01,LSTD,0,2,USD,,NASDAQ,,,
CASH_EXPENSE,2024-03-02,,1,5,USD,,,,,
`
  expect(told(file)).toEqual({
    format: 'Snowball',
    rows: [
      '2 deposit 2024-01-02 1000 USD',
      '3 buy LSTD 2024-01-03 10 @ 50 fee 1.5 USD',
      '4 buy VWRL.AS 2024-01-04 2 @ 100 fee 1 EUR',
      '5 dividend LSTD 2024-02-15 3 USD',
      '5 tax LSTD 2024-02-15 0.45 USD',
      '7 fee 2024-03-02 5 USD',
    ],
    left_out: [6],
    rejected: [],
    positions: { LSTD: '10', 'VWRL.AS': '2' },
    cash: { USD: '496.05', EUR: '-201' },
  })
})

it('Sharesight: a title above, the market gives the suffix, the header comes again', () => {
  const header =
    'Market,Code,Name,Type,Date,Quantity,Price *,Brokerage *,Currency,Exchange Rate,Value,,Comments'
  const file = `All Trades Report for Somebody between 01/01/2024 and 30/06/2024

${header}
ASX,BHP,BHP Group,Buy,15/01/2024,10,45.00,9.95,AUD,,459.95,,
ASX,BHP,BHP Group,Sell,20/02/2024,-4,46.00,9.95,AUD,,174.05,,

${header}
NASDAQ,AAPL,Apple,Buy,16/01/2024,2,185.00,2.00,USD,0.66,563.63,,
NASDAQ,AAPL,Apple,Split,17/01/2024,2,0.00,0.00,USD,0.66,0,,
`
  expect(told(file)).toEqual({
    format: 'Sharesight',
    rows: [
      '4 buy BHP.AX 2024-01-15 10 @ 45 fee 9.95 AUD',
      '5 sell BHP.AX 2024-02-20 4 @ 46 fee 9.95 AUD',
      '8 buy AAPL 2024-01-16 2 @ 185 fee 2 USD',
    ],
    left_out: [9],
    rejected: [],
    positions: { 'BHP.AX': '6', AAPL: '2' },
    cash: { AUD: '-285.9', USD: '-372' },
  })
})

it('Delta: what was bought stands with its name, a fee in coins is no money', () => {
  const file = `Date,Way,Base amount,Base currency (name),Base type,Quote amount,Quote currency,Exchange,Sent/Received from,Sent to,Fee amount,Fee currency (name),Broker,Notes
2024-01-02T10:00:00.000Z,DEPOSIT,1000,USD (US Dollar),FIAT,,,,,,,,,
2024-01-15T10:00:00.000Z,BUY,0.01,BTC (Bitcoin),CRYPTO,420,USD,,,,1.05,USD (US Dollar),,
2024-01-16T10:00:00.000Z,BUY,2,LSTD (Listedco),STOCK,100,USD,,,,,,,
2024-02-15T10:00:00.000Z,SELL,1,LSTD (Listedco),STOCK,55,USD,,,,1,USD (US Dollar),,
`
  expect(told(file)).toEqual({
    format: 'Delta',
    rows: [
      '2 deposit 2024-01-02 1000 USD',
      '3 buy BTC-USD 2024-01-15 0.01 @ 42000 fee 1.05 USD',
      '4 buy LSTD 2024-01-16 2 @ 50 USD',
      '5 sell LSTD 2024-02-15 1 @ 55 fee 1 USD',
    ],
    left_out: [],
    rejected: [],
    positions: { 'BTC-USD': '0.01', LSTD: '1' },
    cash: { USD: '532.95' },
  })
})

it('Ghostfolio’s CSV: a dividend is a quantity and its unit price', () => {
  const file = `Date,Code,DataSource,Currency,Price,Quantity,Action,Fee,Note
15-01-2024,LSTD,YAHOO,USD,50,10,buy,4.95,
15-02-2024,LSTD,YAHOO,USD,0.3,10,dividend,0,
16-02-2024,LSTD,YAHOO,USD,55,4,sell,4.95,
`
  expect(told(file)).toEqual({
    format: 'Ghostfolio',
    rows: [
      '2 buy LSTD 2024-01-15 10 @ 50 fee 4.95 USD',
      '3 dividend LSTD 2024-02-15 3 USD',
      '4 sell LSTD 2024-02-16 4 @ 55 fee 4.95 USD',
    ],
    left_out: [],
    rejected: [],
    positions: { LSTD: '6' },
    cash: { USD: '-286.9' },
  })
})

it('Ghostfolio’s JSON: the symbols of its main source are ours', () => {
  const file = `{
  "meta": {"date": "2024-07-01T00:00:00.000Z", "version": "2.0.0"},
  "accounts": [{"name": "a [{"}],
  "activities": [
    {"accountId": "a", "comment": null, "fee": 4.95, "quantity": 10, "type": "BUY", "unitPrice": 50, "currency": "USD", "dataSource": "YAHOO", "date": "2024-01-15T00:00:00.000Z", "symbol": "LSTD"},
    {"accountId": "a", "comment": "q1", "fee": 0, "quantity": 1, "type": "DIVIDEND", "unitPrice": 3.1, "currency": "USD", "dataSource": "YAHOO", "date": "2024-02-15T00:00:00.000Z", "symbol": "LSTD"},
    {"accountId": "a", "comment": null, "fee": 0, "quantity": 1, "type": "INTEREST", "unitPrice": 1.2, "currency": "USD", "dataSource": "MANUAL", "date": "2024-03-31T00:00:00.000Z", "symbol": "Interest"},
    {"accountId": "a", "comment": null, "fee": 2.5, "quantity": 0, "type": "FEE", "unitPrice": 0, "currency": "USD", "dataSource": "MANUAL", "date": "2024-04-01T00:00:00.000Z", "symbol": "Account fee"},
    {"accountId": "a", "comment": null, "fee": 0, "quantity": 1, "type": "ITEM", "unitPrice": 900, "currency": "USD", "dataSource": "MANUAL", "date": "2024-04-01T00:00:00.000Z", "symbol": "House"}
  ]
}`
  expect(told(file)).toEqual({
    format: 'Ghostfolio',
    rows: [
      '5 buy LSTD 2024-01-15 10 @ 50 fee 4.95 USD',
      '6 dividend LSTD 2024-02-15 3.1 USD',
      '7 interest 2024-03-31 1.2 USD',
      '8 fee 2024-04-01 2.5 USD',
    ],
    left_out: [9],
    rejected: [],
    positions: { LSTD: '10' },
    cash: { USD: '-503.15' },
  })
})

it('Yahoo: cash under a symbol of its own', () => {
  const file = `Symbol,Current Price,Date,Time,Change,Open,High,Low,Volume,Trade Date,Purchase Price,Quantity,Commission,High Limit,Low Limit,Comment,Transaction Type
AAPL,189.50,2024/05/15,16:00 EDT,1.2,188,190,187,1000,20240115,185.5,10.0,0.0,,,,BUY
$$CASH_TX,,,,,,,,,20240102,,5000.0,,,,,DEPOSIT
`
  expect(told(file)).toMatchObject({ rejected: [], cash: { '': '3145' } })
})

it('pytr writes Portfolio Performance’s columns, without the gross amount', () => {
  const file = `Wert;Buchungswährung;Datum;Uhrzeit;Typ;Notiz;Gebühren;Steuern;ISIN;Wertpapiername;Stück
-501,00;EUR;15.01.2024;10:00:00;Kauf;Kauforder;1,00;;US0378331005;Apple;5
3,50;EUR;17.01.2024;10:00:00;Dividende;;;0,90;US0378331005;Apple;5
`
  // 500 ÷ 5; 3.50 + 0.90
  expect(told(file).rows).toEqual([
    '2 buy AAPL 2024-01-15 5 @ 100 fee 1 EUR',
    '3 dividend AAPL 2024-01-17 4.4 EUR',
    '3 tax AAPL 2024-01-17 0.9 EUR',
  ])
})

it('Parqet: an account of cash is a holding there, and money here', () => {
  const file = `datetime;date;time;price;shares;amount;tax;fee;realizedgains;type;broker;assettype;identifier;wkn;originalcurrency;currency;fxrate;holding;holdingname
2024-03-16T09:15:00.000Z;16.03.2024;10:15:00;1;1000;1000;0;0;0;TransferIn;comdirect;Cash;;;EUR;EUR;;h3;Konto
2024-03-17T09:15:00.000Z;17.03.2024;10:15:00;112,5;1;112,5;0;9,9;0;Buy;comdirect;Security;IE00B3RBWM25;A1JX52;EUR;EUR;;h1;Vanguard
`
  expect(told(file)).toMatchObject({
    rows: ['2 deposit 2024-03-16 1000 EUR', '3 buy VWRL.AS 2024-03-17 1 @ 112.5 fee 9.9 EUR'],
    rejected: [],
  })
})

it('Ghostfolio: the code of a fee is a name of its own', () => {
  const file = `Date,Code,DataSource,Currency,Price,Quantity,Action,Fee,Note
01-09-2021,Account Opening Fee,MANUAL,USD,0,0,fee,49,
16-09-2021,MSFT,YAHOO,USD,298.580,5,buy,19.00,My first order
`
  expect(told(file).rows).toEqual(['2 fee 2021-09-01 49 USD', '3 buy MSFT 2021-09-16 5 @ 298.58 fee 19 USD'])
})

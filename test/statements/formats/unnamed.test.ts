import { expect, it } from 'vitest'
import { readStatement } from '../../../src/statements/read-statement.ts'
import { statementOf, told } from '../told.ts'

// Invented rows in the layouts of brokers that no format names: what they say is guessed.

it('Scalable: fee and tax beside the amount, orders that were cancelled', () => {
  const file = `date;time;status;reference;description;assetType;type;isin;shares;price;amount;fee;tax;currency
2024-03-05;10:00:00;Executed;"SCAL1";"Apple";Security;Sell;US0378331005;1;175,50;175,50;0,99;1,20;EUR
2024-02-15;10:00:00;Executed;"WW1";"Apple";Cash;Distribution;US0378331005;;;0,45;0,00;0,10;EUR
2024-01-15;10:00:00;Executed;"SCAL2";"Apple";Security;Savings plan;US0378331005;2;170,50;-341,00;0,00;0,00;EUR
2024-01-14;10:00:00;Cancelled;"SCAL3";"Apple";Security;Buy;US0378331005;2;160,50;-321,00;0,99;0,00;EUR
2024-01-02;10:00:00;Executed;"D1";"Einzahlung";Cash;Deposit;;;;1.000,00;0,00;0,00;EUR
`
  // 1000 − 341 + 175.50 − 0.99 − 1.20 + 0.45 − 0.10
  expect(told(file)).toMatchObject({ rejected: [], positions: { AAPL: '1' }, cash: { EUR: '832.66' } })
})

it('TD Ameritrade: no type, but words for what moved money', () => {
  const file = `DATE,TRANSACTION ID,DESCRIPTION,QUANTITY,SYMBOL,PRICE,COMMISSION,AMOUNT,REG FEE,SHORT-TERM RDM FEE,FUND REDEMPTION FEE, DEFERRED SALES CHARGE
01/15/2021,1,Bought 10 AAPL @ 130.00,10,AAPL,130.00,6.95,-1306.95,,,,
02/15/2021,2,Sold 4 AAPL @ 135.00,4,AAPL,135.00,6.95,533.04,0.01,,,
02/16/2021,3,QUALIFIED DIVIDEND (AAPL),,AAPL,,,2.05,,,,
02/17/2021,4,CLIENT REQUESTED ELECTRONIC FUNDING RECEIPT (FUNDS NOW),,,,,500.00,,,,
***END OF FILE***
`
  // −1306.95 + 533.04 + 2.05 + 500
  expect(told(file)).toMatchObject({ rejected: [], positions: { AAPL: '6' }, cash: { '': '-271.86' } })
})

it('Firstrade: what “Other” is, its description says', () => {
  const file = `Symbol,Quantity,Price,Action,Description,TradeDate,SettledDate,Interest,Amount,Commission,Fee,CUSIP,RecordType
AAPL,10.00000,185.00,BUY,APPLE INC,2024-01-15,2024-01-17,0.00,-1850.00,0.00,0.00,037833100,Trade
AAPL,-4.00000,175.00,SELL,APPLE INC,2024-03-15,2024-03-19,0.00,699.98,0.00,0.02,037833100,Trade
AAPL,0.00000,,Dividend,APPLE INC  CASH DIV ON 6 SHS,2024-05-16,2024-05-16,0.00,1.50,0.00,0.00,037833100,Financial
,0.00000,,Interest,INTEREST ON CREDIT BALANCE,2024-05-16,2024-05-16,0.00,0.12,0.00,0.00,00099A109,Financial
,0.00000,,Other,Wire Funds Received,2024-01-10,2024-01-10,0.00,2000.00,0.00,0.00,,Financial
`
  // −1850 + 699.98 + 1.50 + 0.12 + 2000
  expect(told(file)).toMatchObject({ rejected: [], positions: { AAPL: '6' }, cash: { '': '851.6' } })
})

it('Lightyear: of two amounts the one that the fee makes right', () => {
  const file = `Date,Reference,Ticker,ISIN,Type,Quantity,CCY,Price/share,Gross Amount,FX Rate,Fee,Net Amt.,Tax Amt.
15/03/2024 10:00:00,OR-2,AAPL,US0378331005,Sell,1.000000000,USD,175.000000000,175.00,,0.18,174.82,0.00
20/01/2024 10:00:00,OR-1,AAPL,US0378331005,Buy,2.000000000,USD,170.000000000,340.34,,0.34,340.34,0.00
15/02/2024 10:00:00,DD-1,AAPL,US0378331005,Dividend,,USD,,0.48,,0.00,0.41,0.07
02/01/2024 10:00:00,DT-1,,,Deposit,,USD,,1000.00,,0.00,1000.00,0.00
`
  // 1000 − 340.34 + 174.82 + 0.41
  expect(told(file)).toMatchObject({ rejected: [], positions: { AAPL: '1' }, cash: { USD: '834.89' } })
})

it('Interactive Investor: debits and credits, the costs in them', () => {
  const file = `Date,Settlement Date,Symbol,Sedol,Quantity,Price,Description,Reference,Debit,Credit,Running Balance
20/03/2024,22/03/2024,VOD,BH4HKS3,100,£0.70,VODAFONE GROUP PLC,C1,n/a,£66.01,£560.99
15/01/2024,17/01/2024,VOD,BH4HKS3,700,£0.71,VODAFONE GROUP PLC,C2,£505.02,n/a,£494.98
02/01/2024,02/01/2024,n/a,n/a,n/a,n/a,DEBIT CARD PAYMENT,C3,n/a,"£1,000.00","£1,000.00"
`
  // the first balance
  expect(told(file)).toMatchObject({ rejected: [], positions: { VOD: '600' }, cash: { GBP: '560.99' } })
})

it('Nordnet: Swedish words, tabs, the same fee in two columns', () => {
  const file = `Id	Bokföringsdag	Affärsdag	Likviddag	Depå	Transaktionstyp	Värdepapper	ISIN	Antal	Kurs	Ränta	Total Avgift	Valuta	Belopp	Valuta	Inköpsvärde	Valuta	Resultat	Valuta	Totalt antal	Saldo	Växlingskurs	Transaktionstext	Makuleringsdatum	Notanummer	Verifikationsnummer	Courtage	Valuta
5	2024-04-05	2024-04-05	2024-04-05	123	UTDELNING	Apple	US0378331005	6	2,5				15	SEK			0	SEK	6	5003	1			1	1	0	SEK
4	2024-03-01	2024-03-01	2024-03-05	123	SÅLT	Apple	US0378331005	4	1 850		39	SEK	7 361	SEK	7000	SEK	361	SEK	6	4988	1			1	1	39	SEK
3	2024-02-01	2024-02-01	2024-02-05	123	KÖPT	Apple	US0378331005	10	1 800,5		39	SEK	-18 044	SEK	18044	SEK	0	SEK	10	1956	1			1	1	39	SEK
2	2024-01-02	2024-01-02	2024-01-02	123	INSÄTTNING								20 000	SEK			0	SEK	0	20000	1			1	1		
`
  // 20000 − 18044 + 7361 + 15
  expect(told(file)).toMatchObject({ rejected: [], positions: { AAPL: '6' }, cash: { SEK: '9332' } })
})

it('a French account: spaces group thousands', () => {
  const file = `"Date opération";"Libellé";"Code ISIN";"Sens";"Quantité";"Cours";"Frais";"Montant net";"Devise"
"15/01/2024";"APPLE INC";"US0378331005";"Achat";"10";"170,50";"9,90";"-1 714,90";"EUR"
"01/03/2024";"APPLE INC";"US0378331005";"Vente";"4";"165,00";"9,90";"650,10";"EUR"
`
  // −1714.90 + 650.10
  expect(told(file)).toMatchObject({ rejected: [], positions: { AAPL: '6' }, cash: { EUR: '-1064.8' } })
})

it('the columns of our own format in everybody’s words', () => {
  const file = `Date,Ticker,Type,Shares,Price,Total
2024-01-15,VOO,BOUGHT,2,435.1,870.2
2024-02-15,VOO,Verkauf,1,455,455
2024-03-15,VOO,DIV,2,0.9,1.8
2024-03-20,,DEPOSIT,,,1000
`
  // −870.20 + 455 + 1.80 + 1000
  expect(told(file)).toMatchObject({ rejected: [], positions: { VOO: '1' }, cash: { '': '586.6' } })
})

it('a list of dividends is none of purchases', () => {
  const file = `Symbol,Pay Date,Shares,Dividend per share,Total dividend,Currency
AAPL,2024-02-15,10,0.24,2.40,USD
MSFT,2024-03-14,5,0.75,3.75,USD
`
  expect(told(file).rows).toEqual([
    '2 dividend AAPL 2024-02-15 2.4 USD',
    '3 dividend MSFT 2024-03-14 3.75 USD',
  ])
})

it('tastytrade: “Buy to Open” is said of shares too, and an option is none of them', () => {
  const file = `Date,Type,Sub Type,Action,Symbol,Instrument Type,Description,Value,Quantity,Average Price,Commissions,Fees,Multiplier,Root Symbol,Underlying Symbol,Expiration Date,Strike Price,Call or Put,Order #,Total,Currency
2024-02-15T15:30:00+0000,Trade,Buy to Open,BUY_TO_OPEN,AAPL,Equity,Bought 10 AAPL @ 184.00,"-1,840.00",10,-184.00,0.00,-0.01,,,,,,,123456,"-1,840.01",USD
2024-03-15T15:30:00+0000,Trade,Sell to Close,SELL_TO_CLOSE,AAPL,Equity,Sold 4 AAPL @ 172.00,688.00,4,172.00,0.00,-0.03,,,,,,,123457,687.97,USD
2024-02-16T22:00:00+0000,Money Movement,Dividend,,AAPL,Equity,APPLE INC,2.40,0,,--,0.00,,,,,,,,2.40,USD
2024-02-10T22:00:00+0000,Money Movement,Deposit,,,,ACH DEPOSIT,"5,000.00",0,,--,0.00,,,,,,,,"5,000.00",USD
2024-02-20T15:30:00+0000,Trade,Sell to Open,SELL_TO_OPEN,AAPL  240419C00190000,Equity Option,Sold 1 AAPL 04/19/24 Call 190.00 @ 3.00,300.00,1,300.00,-1.00,-0.14,100,AAPL,AAPL,4/19/24,190,CALL,123458,298.86,USD
`
  // −1840.01 + 687.97 + 2.40 + 5000
  expect(told(file)).toMatchObject({
    left_out: [6],
    rejected: [],
    positions: { AAPL: '6' },
    cash: { USD: '3850.36' },
  })
})

it('of two amounts the one that every row has', () => {
  const file = `Transaction Time (CET),Transaction Category,Transaction Type,Asset Id,Asset Name,Asset Currency,Transaction Currency,Currency Pair,Exchange Rate,Transaction Amount,Trade Amount,Trade Price,Trade Quantity,Cash Balance Amount
2024-01-02 10:00:00,deposits,SEPA deposit,,,,EUR,,,500.00,,,,500.00
2024-01-15 10:00:00,trades,Buy Trade,US0378331005,Apple,USD,EUR,USD/EUR,0.92,-170.66,-185.50,185.50,1,329.34
2024-01-15 10:00:00,fees,Trade fee,US0378331005,Apple,USD,EUR,,,-0.99,,,,328.35
2024-02-15 10:00:00,dividends,Cash Dividend,US0378331005,Apple,USD,EUR,,,0.19,,,,328.54
`
  // the last balance
  expect(told(file)).toMatchObject({ rejected: [], positions: { AAPL: '1' }, cash: { EUR: '328.54' } })
})

it('tickers inside of names, and trades inside of texts', () => {
  const named = `Date,Security,Action,Shares,Price
2024-01-15,Apple Inc (AAPL),Buy,10,185.5
2024-01-16,Microsoft Corp (MSFT),Buy,1,390
`
  expect(told(named).positions).toEqual({ AAPL: '10', MSFT: '1' })
  const stated = `Date,Account,Description,Debit,Credit,Balance
2024-01-02,Cash,Deposit from bank,,1000.00,1000.00
2024-01-15,Cash,BUY 10 AAPL @ 85.50,855.00,,145.00
`
  expect(told(stated)).toMatchObject({ positions: { AAPL: '10' }, cash: { '': '145' } })
})

it('instants since 1970 are days', () => {
  const file = `timestamp,symbol,side,qty,price
1705312800,AAPL,buy,10,185.5
1708437600,AAPL,sell,4,182
`
  // date -u -d @1705312800
  expect(told(file).rows).toEqual(['2 buy AAPL 2024-01-15 10 @ 185.5', '3 sell AAPL 2024-02-20 4 @ 182'])
})

it('one number for each ticker is asked for: shares, or what they cost', () => {
  const file = `Stock,Bought on,Amount,Cost
AAPL,15/1/24,10,185.5
MSFT,3/2/24,5,390
`
  expect(statementOf(file)).toMatchObject({ rows: [], questions: [{ about: 'column', field: 'shares' }] })
  expect(told(file, { answers: { columns: { amount: 'shares', cost: 'price' } } }).rows).toEqual([
    '2 buy AAPL 2024-01-15 10 @ 185.5',
    '3 buy MSFT 2024-02-03 5 @ 390',
  ])
})

it('two dates of an American broker in Australia: that of the trade', () => {
  const file = `Settlement Date (US),Trade Date (US),Side,Instrument,Units,Effective Price (USD),Currency (USD),Brokerage Fee (USD),Value (USD)
2024-01-17,2024-01-15,B,AAPL,10,185.50,USD,3.00,1858.00
`
  expect(told(file).rows).toEqual(['2 buy AAPL 2024-01-15 10 @ 185.5 fee 3 USD'])
})

it('“Cost” alone may be that of a share or of all: asked, and either answer counts', () => {
  const file = `Symbol,Shares,Cost,Date
AAPL,10,185.5,01/15/2024
`
  expect(statementOf(file)).toMatchObject({ rows: [], questions: [{ about: 'column', field: 'price' }] })
  expect(told(file, { answers: { columns: { cost: 'price' } } }).rows).toEqual([
    '2 buy AAPL 2024-01-15 10 @ 185.5',
  ])
  expect(told(file, { answers: { columns: { cost: 'amount' } } }).rows).toEqual([
    '2 buy AAPL 2024-01-15 10 @ 18.55',
  ])
})

it('a plan at work: what is paid in buys shares of a fund', () => {
  const file = `Date,Investment,Transaction Type,Amount ($),Shares/Unit
01/15/2024,FID 500 INDEX,CONTRIBUTIONS,500.00,3.125
02/15/2024,FID 500 INDEX,Exchange Out,-100.00,-0.600
`
  expect(told(file, { securities: () => 'FXAIX' }).rows).toEqual([
    '2 buy FXAIX 2024-01-15 3.125 @ 160 USD',
    '3 sell FXAIX 2024-02-15 0.6 @ 166.6666666667 USD',
  ])
})

it('cash that is counted like shares', () => {
  const file = `Symbol,Side,Qty,Fill Price,Commission,Closing Time
NASDAQ:AAPL,Buy,10,185.5,1,2024-01-15 14:30:00
$CASH,Deposit,5000,,,2024-01-02 00:00:00
`
  // −1856 + 5000
  expect(told(file)).toMatchObject({ rejected: [], positions: { AAPL: '10' }, cash: { '': '3144' } })
})

it('funds are subscribed to and redeemed', () => {
  const file = `Transaction Date,Fund Name,Transaction Type,Units,NAV Price,Amount (SGD)
15/01/2024,Sample Global Fund,Subscription,100,10.00,1000.00
20/02/2024,Sample Global Fund,Redemption,50,10.10,505.00
`
  expect(told(file, { securities: () => 'FUND' }).rows).toEqual([
    '2 buy FUND 2024-01-15 100 @ 10 SGD',
    '3 sell FUND 2024-02-20 50 @ 10.1 SGD',
  ])
})

it('prices in pence that the heading says so of, amounts in pounds', () => {
  const file = `Date,Type,Company,Units/Quantity,Price (pence),Amount Credited/Debited,Reference
15/01/2024,Purchase,VANGUARD S&P 500 UCITS ETF,10,7500,-755.00,A1
16/02/2024,Dividend,VANGUARD S&P 500 UCITS ETF,,,2.31,A2
`
  expect(told(file, { securities: () => 'VUSA.L' }).rows).toEqual([
    '2 buy VUSA.L 2024-01-15 10 @ 75 fee 5 GBP',
    '3 dividend VUSA.L 2024-02-16 2.31 GBP',
  ])
})

it('amounts with the sign of the shares: what was sold is less of both', () => {
  const file = `Date,Company,Ticker,# Shares,Price paid,Total paid
3 Jan 2024,Apple,AAPL,10,$185.50,"$1,855.00"
20 Feb 2024,Apple,AAPL,-4,$182.00,-$728.00
`
  expect(told(file).rows).toEqual(['2 buy AAPL 2024-01-03 10 @ 185.5', '3 sell AAPL 2024-02-20 4 @ 182'])
})

it('a gross amount decides whether its tax is in the net one', () => {
  const file = `Date,Ticker,Type,Gross,Tax,Net
2024-02-15,AAPL,Dividend,2.40,0.36,2.04
2024-03-14,MSFT,Dividend,3.75,0.56,3.19
`
  // 2.04 + 3.19
  expect(told(file)).toMatchObject({ rejected: [], cash: { '': '5.23' } })
})

it('short positions are none, and an action that nobody knows is asked about', () => {
  const file = `Date,Symbol,Action,Qty,Price
2024-01-15,TSLA,Short,10,200
2024-01-20,TSLA,Cover,10,190
2024-01-21,AAPL,Long,5,185
`
  expect(told(file)).toMatchObject({ rows: ['4 buy AAPL 2024-01-21 5 @ 185'], left_out: [2, 3] })
  expect(statementOf(file.replaceAll(/Short|Cover|Long/g, 'Abracadabra')).questions).toMatchObject([
    { about: 'type', word: 'Abracadabra', count: 3 },
  ])
})

it('a price in euros is one, in the columns of our own format too', () => {
  const file = `Date,Ticker,Type,Shares,Price (EUR)
2024-01-15,AAPL,Buy,10,170.66
`
  expect(told(file).rows).toEqual(['2 buy AAPL 2024-01-15 10 @ 170.66 EUR'])
})

it('Directa: the heading says what the amount is in, whatever the share is in', () => {
  const file = `Data operazione,Data valuta,Tipo operazione,Ticker,Isin,Descrizione,Quantità,Importo euro,Importo Divisa,Divisa
30-12-2024,30-12-2024,Conferimento con bonifico,,,,0,1200,0,EUR
28-11-2024,30-11-2024,Acquisto,AAPL,US0378331005,APPLE INC,5,-1000,-1050,USD
`
  expect(told(file)).toMatchObject({ rejected: [], positions: { AAPL: '5' }, cash: { EUR: '200' } })
})

it('Traders Place: what was paid, in the currency of the payment, with a tax in German', () => {
  const file = `Handelsdatum;Valutadatum;Transaktion;WP-Identifikation;WP-Name;Nominale / Stück;Kurs / Limit;Handelswährung;Zahlungswährung;Kurswert in Zahlungswährung;Summe der eigenen Spesen in Zahlungswährung;bezahlte / erhaltene KESt in Zahlungswährung;Endbetrag in Zahlungwährung;Währungskurs
31.10.2025;04.11.2025;Verkauf;US0378331005;Apple;4,000000;150,000000;EUR;EUR;600,00;1,00;34,50;564,50;1,000000
03.10.2025;05.10.2025;Kauf;US0378331005;Apple;10,000000;110,000000;USD;EUR;1000,00;1,00;0,00;1001,00;1,100000
`
  // 564.50 − 1001
  expect(told(file)).toMatchObject({
    rows: ['2 sell AAPL 2025-10-31 4 @ 150 fee 35.5 EUR', '3 buy AAPL 2025-10-03 10 @ 100 fee 1 EUR'],
    cash: { EUR: '-436.5' },
  })
})

it('Exante: the exchange behind the ticker, and a type of the asset beside that of the row', () => {
  const file = `Time,Side,Symbol ID,ISIN,Type,Price,Currency,Quantity,Commission,Commission Currency,Traded Volume
2024-01-15 10:00:00,buy,AAPL.NASDAQ,US0378331005,STOCK,185.5,USD,10,0.2,USD,1855
2024-02-16 10:00:00,sell,VOD.LSE,GB00BH4HKS39,STOCK,68.2,GBX,100,0.5,GBP,6820
2024-02-17 10:00:00,sell,AAPL.CBOE.15H2024.C190,,OPTION,1.2,USD,1,1.5,USD,120
`
  expect(told(file)).toMatchObject({
    rows: ['2 buy AAPL 2024-01-15 10 @ 185.5 fee 0.2 USD', '3 sell VOD.L 2024-02-16 100 @ 0.682 fee 0.5 GBP'],
    left_out: [4],
    rejected: [],
  })
})

it('a gross amount is gross, where nothing but its heading says so', () => {
  const file = `Ticker,Type,Date,Quantity,Price,Brokerage,Currency,GrossAmount,TaxWithheld
AAPL,BUY,2024-06-01,10,150.00,1.00,USD,,
AAPL,DIVIDEND,2024-08-15,,,,USD,50.00,7.50
`
  // −1500 − 1 + 50 − 7.50
  expect(told(file)).toMatchObject({ rejected: [], cash: { USD: '-1458.5' } })
})

it('a bond’s price is a part of its nominal amount, and gold is no ticker among metals', () => {
  const file = `Buchungstag;Geschäftsart;ISIN;Assetklasse;Symbol;Stück;Kurs;Gesamt
15.03.2024;Kauf;US0378331005;Renten;;5.000;98,50%;4.925,00
16.03.2024;Kauf;;Metal;GOLD;1;60,00;60,00
`
  const { rows, questions } = statementOf(file)
  expect(rows.map(({ transaction: { symbol, amount } }) => [symbol, amount])).toEqual([
    ['AAPL', 4925n * 10n ** 10n],
  ])
  expect(questions).toMatchObject([{ about: 'security', security: { symbol: '', name: 'GOLD' } }])
})

it('what was booked for a security without saying how many is neither a deposit nor a withdrawal', () => {
  const file = `Datum;Buchungstext;Verwendungszweck;Betrag;Währung
15.03.2024;Auszahlung;Wertpapiere ISIN US0378331005;-1500,00;EUR
16.03.2024;Auszahlung;Miete;-500,00;EUR
`
  expect(told(file)).toMatchObject({ rows: ['3 withdrawal 2024-03-16 500 EUR'], rejected: [2] })
})

it('a list of what is held is none of trades, whatever it is called and whenever it was made', () => {
  const lists = [
    `Datum der Erstellung;Depotnummer;Wertpapierbezeichnung;WKN;ISIN;Einstiegskurs;Bewertungskurs;Stückzahl;Assetklasse
15.06.2026;506740786;APPLE;865985;US0378331005;"81,37 €";"210,10 €";5;Aktien
`,
    `ISIN;Wertpapiername;Stück/Nominale;Einstandskurs;Währung;Bewertungskurs;Währung;Zeit;Handelsplatz;Kurswert;Währung
US0378331005;APPLE;10;150,00;EUR;173,00;EUR;21:28 Uhr;Direkthandel;1.730,00;EUR
`,
  ]
  for (const list of lists) expect(() => statementOf(list)).toThrow('This file lists what is held')
})

it('Quicken’s codes in a table: a reinvested dividend is two, and what went into the account is money', () => {
  const file = `"Date","Action","Security","Price","Shares","Commission","Amount"
"1/15/2024","Buy","AAPL","185.00","10","4.95","-1,854.95"
"2/16/2024","ReinvDiv","VOO","450","0.01","",""
"2/17/2024","XIn","","","","","500.00"
"2/20/2024","CGLong","VOO","","","","7.00"
"2/20/2024","IntInc","","","","","0.70"
`
  // −1854.95 + 4.50 − 4.50 + 500 + 7 + 0.70
  expect(told(file)).toMatchObject({
    rejected: [],
    positions: { AAPL: '10', VOO: '0.01' },
    cash: { '': '-1347.25' },
  })
})

it('thinkorswim: a row with a strike is an option, whose symbol is that of the share', () => {
  const file = `Exec Time,Spread,Side,Qty,Pos Effect,Symbol,Exp,Strike,Type,Price,Net Price
1/15/24 10:00:00,STOCK,BUY,+10,TO OPEN,AAPL,,,STOCK,185.00,185.00
1/16/24 10:00:00,SINGLE,SELL,-1,TO OPEN,AAPL,16 FEB 24,190,CALL,2.50,2.50
`
  expect(told(file)).toMatchObject({ left_out: [3], positions: { AAPL: '10' } })
})

it('what was opened is a share where it moved shares × price, and an option where it moved a hundred times that', () => {
  const file = `Date,Activity,Sym,Qty,Price,Fees,Amount
01/15/2024,Bought To Open,AAPL,10,185.00,0.00,-1850.00
02/16/2024,Sold To Close,AAPL,-4,190.00,0.02,759.98
02/17/2024,Sold To Open,AAPL,-1,2.50,0.66,249.34
`
  expect(told(file)).toMatchObject({ left_out: [4], rejected: [], positions: { AAPL: '6' } })
})

it('the currency before a conversion is not that of the amount, and coffee is no fee', () => {
  const file = `date,type,symbol,quantity,price,currency,fee,total,original currency,status
2024-01-15,BUY,AAPL,10,170,EUR,1,1701,USD,
2024-01-16,Cash Card,,,,EUR,,-12.4,,Coffee
`
  // −1701 − 12.40
  expect(told(file)).toMatchObject({ rejected: [], cash: { EUR: '-1713.4' } })
})

it('a price in hundredths of what the amount is in: a bond’s in percent, a share’s in cents; and no yen is a hundredth of a dollar', () => {
  const bond = `Date,Type,ISIN,Nominal,Price,Amount,Fee,Currency
2024-01-15,Buy,US0378331005,10000,98.50,-9855.00,5,USD
2024-06-15,Sell,US0378331005,4000,99.00,3955.00,5,USD
`
  // −9855 + 3955
  expect(told(bond)).toMatchObject({
    rows: ['2 buy AAPL 2024-01-15 10000 @ 0.985 fee 5 USD', '3 sell AAPL 2024-06-15 4000 @ 0.99 fee 5 USD'],
    cash: { USD: '-5900' },
  })
  const yen = `Date,Type,ISIN,Quantity,Price,Price currency,Amount,Currency
2013-05-15,Buy,US0378331005,10,10000,JPY,1000,USD
`
  expect(told(yen).rows).toEqual(['2 buy AAPL 2013-05-15 10 @ 100 USD'])
})

it('what was paid counts before what it was of, and the rest was withheld', () => {
  const file = `Fecha Operación;Tipo Operación;Valor;Títulos;Precio;Importe Bruto;Comisión;Importe Neto;Divisa
15/01/2024;COMPRA;TEF;100;3,80;380,00;2,00;382,00;EUR
15/02/2024;ABONO DIVIDENDO;TEF;100;0,15;15,00;0,00;12,15;EUR
20/03/2024;REEMBOLSO;TEF;40;4,00;160,00;2,00;158,00;EUR
`
  // −382 + 12.15 + 158
  expect(told(file)).toMatchObject({ rejected: [], positions: { TEF: '60' }, cash: { EUR: '-211.85' } })
})

it('Estonia: words of its own', () => {
  const file = `Kuupäev;Tehing;Sümbol;ISIN;Kogus;Hind;Valuuta;Teenustasu;Summa
15.01.2024;Ost;LHV1T;EE3100102203;100;3,50;EUR;0,50;-350,50
20.03.2024;Müük;LHV1T;EE3100102203;40;3,60;EUR;0,50;143,50
`
  expect(told(file)).toMatchObject({ rejected: [], positions: { LHV1T: '60' }, cash: { EUR: '-207' } })
})

it('a dividend that states the shares it was paid on is no sale', () => {
  const file = `Date,Settlement Date,Symbol,Sedol,Quantity,Price,Description,Reference,Debit,Credit,Running Balance
01/02/2024,01/02/2024,n/a,n/a,n/a,n/a,Debit Card Subscription,C2,n/a,"£1,500.00","£1,500.00"
05/02/2024,07/02/2024,LSTD,B000001,10,£105.50,Listed Growth Fund,C1,"£1,060.99",n/a,£439.01
28/03/2024,28/03/2024,LSTD,B000001,10,n/a,Div 10 Listed Growth Fund,C3,n/a,£4.30,£443.31
30/03/2024,03/04/2024,LSTD,B000001,4,£110.00,Listed Growth Fund,C5,n/a,£434.01,£877.32
`
  expect(told(file)).toMatchObject({
    rows: [
      '2 deposit 2024-02-01 1500 GBP',
      '3 buy LSTD 2024-02-05 10 @ 105.5 fee 5.99 GBP',
      '4 dividend LSTD 2024-03-28 4.3 GBP',
      '5 sell LSTD 2024-03-30 4 @ 110 fee 5.99 GBP',
    ],
    rejected: [],
    // the last balance
    cash: { GBP: '877.32' },
  })
})

it('what was reinvested is the dividend too, where no row is one of its own', () => {
  const header = 'Date,Type,Symbol,Quantity,Price,Amount,Currency\n2024-01-02,Buy,LSTD,10,230,-2300,USD\n'
  const reinvested = '2024-03-28,Dividend Reinvestment,LSTD,0.04,255,-10.2,USD\n'
  expect(told(header + reinvested).rows.slice(1)).toEqual([
    '3 dividend LSTD 2024-03-28 10.2 USD',
    '3 buy LSTD 2024-03-28 0.04 @ 255 USD',
  ])
  expect(told(`${header}${reinvested}2024-03-28,Dividend,LSTD,,,10.2,USD\n`).rows.slice(1)).toEqual([
    '3 buy LSTD 2024-03-28 0.04 @ 255 USD',
    '4 dividend LSTD 2024-03-28 10.2 USD',
  ])
})

it('options, treasuries and coins, by what brokers call them', () => {
  const file = `Date,Type,Symbol,Description,Quantity,Price,Amount,Currency
2024-01-02,Buy,AAPL 01/19/2024 150.00 C,CALL APPLE INC,1,2.5,-250,USD
2024-01-02,Sell,-AAPL240119C150,CALL,1,2.5,250,USD
2024-01-02,Buy,.AAPL240119C150,Call,1,2.5,-250,USD
2024-01-02,Buy,NIFTY24JAN21000CE,Call,1,2.5,-250,USD
2024-01-03,Buy,912828YK0,US TREASURY NOTE 1.375% 10/15/2022,10000,99.5,-9950,USD
2024-01-04,Buy,BTC,Bitcoin,0.01,43000,-430,USD
2024-01-05,Buy,BTC,Grayscale Bitcoin Mini Trust,10,4,-40,USD
`
  expect(told(file)).toMatchObject({
    rows: ['7 buy BTC-USD 2024-01-04 0.01 @ 43000 USD', '8 buy BTC 2024-01-05 10 @ 4 USD'],
    left_out: [2, 3, 4, 5, 6],
    rejected: [],
  })
})

it('a column of currencies under a heading that nobody knows is that of the amount', () => {
  const file = `Date,Type,Fiat amount,Fiat,Asset amount,Asset,Asset price,Fee
2024-01-05,buy,100.00,EUR,0.0025,BTC,40000,0
`
  expect(told(file).rows).toEqual(['2 buy BTC-EUR 2024-01-05 0.0025 @ 40000 EUR'])
})

it('a list of an employee’s purchases has shares, though its heading says what was done with them', () => {
  const file = `Purchase Date,Shares Purchased,Purchase Price,FMV,Ticker
2024-06-30,12.5,85.00,100.00,LSTD
`
  expect(told(file).rows).toEqual(['2 buy LSTD 2024-06-30 12.5 @ 85'])
})

it('an amount beside a price may be one of coins, shares or money, which is asked', () => {
  const file = `Date,Type,Asset,Amount,Price (USD)
2024-01-05,Buy,ETH,1,2200
2024-02-05,Staking Reward,ETH,0.01,2300
2024-05-05,Sell,ETH,0.3,3100
`
  expect(statementOf(file)).toMatchObject({
    rows: [],
    questions: [{ about: 'column', field: 'shares', columns: ['Amount'] }],
  })
  expect(told(file, { answers: { columns: { amount: 'shares' } } }).rows).toEqual([
    '2 buy ETH-USD 2024-01-05 1 @ 2200 USD',
    // 0.01 × 2300
    '3 dividend ETH-USD 2024-02-05 23 USD',
    '3 buy ETH-USD 2024-02-05 0.01 @ 2300 USD',
    '4 sell ETH-USD 2024-05-05 0.3 @ 3100 USD',
  ])
  // of money nothing says how many shares it bought
  expect(told(file, { answers: { columns: { amount: 'amount' } } })).toMatchObject({ rejected: [2, 4] })
})

it('a rate beside the price tells what an amount in the currency of the account has beyond it', () => {
  const file = `Trade Date,Type,Symbol,Quantity,Price,Instrument currency,Booked Amount,Conversion Rate
2024-03-05,Buy,AAPL,10,170.00,USD,-1570.10,0.92
2024-06-05,Sell,AAPL,4,190.00,USD,693.00,0.92
2024-06-15,Dividend,AAPL,,,USD,2.10,0.93
`
  expect(told(file).rows).toEqual([
    // 1570.10 ÷ 0.92 − 1700, 760 − 693 ÷ 0.92, and 2.10 ÷ 0.93
    '2 buy AAPL 2024-03-05 10 @ 170 fee 6.6304347826 USD',
    '3 sell AAPL 2024-06-05 4 @ 190 fee 6.7391304348 USD',
    '4 dividend AAPL 2024-06-15 2.2580645161 USD',
  ])
})

it('and so where shares and price stand in a text', () => {
  const file = `Handelsdato;Transaktionstype;Hændelse;Instrument;Instrumentsymbol;Instrumentvaluta;Bogført beløb;Omregningskurs
05-03-2024;Handel;Køb 10 @ 170,00 USD;Apple Inc.;AAPL:xnas;USD;-11.760,50;6,90
25-06-2024;Handel;Salg -4 @ 190,00 USD;Apple Inc.;AAPL:xnas;USD;5.205,50;6,90
15-06-2024;Corporate action;Kontant udbytte;Apple Inc.;AAPL:xnas;USD;20,10;6,90
`
  expect(told(file).rows).toEqual([
    // 11760.50 ÷ 6.90 − 1700, 760 − 5205.50 ÷ 6.90, and 20.10 ÷ 6.90
    '2 buy AAPL 2024-03-05 10 @ 170 fee 4.4202898551 USD',
    '3 sell AAPL 2024-06-25 4 @ 190 fee 5.5797101449 USD',
    '4 dividend AAPL 2024-06-15 2.9130434783 USD',
  ])
})

it('an amount that no rate brings near to shares × price is refused as before', () => {
  const file = `Trade Date,Type,Symbol,Quantity,Price,Currency,Amount,Exchange Rate
2024-03-05,Buy,AAPL,10,170.00,USD,-1564.00,0.92
2024-03-06,Buy,AAPL,10,170.00,USD,-1564.00,0.92
2024-03-07,Buy,AAPL,10,170.00,USD,-1264.00,0.92
`
  expect(told(file)).toMatchObject({ positions: { AAPL: '20' }, rejected: [4] })
})

it('a rate beside the price tells whether the fee is in an amount of another currency', () => {
  const header = 'Trade date;ISIN;Type;Quantity;Price;Price currency;Exchange rate;Amount (EUR);Fee (EUR)\n'
  // 10 × 185.50 ÷ 1.09 = 1701.83, and a euro more
  const rows = '15.01.2024;US0378331005;Buy;10;185.50;USD;1.09;-1702.83;1.00\n'
  expect(told(header + rows)).toMatchObject({ cash: { EUR: '-1702.83' }, positions: { AAPL: '10' } })
  // the price is no rate, and the amount that of an account that nothing names
  const italian = `Operazione;Descrizione;Titolo;Isin;Segno;Quantita;Divisa;Prezzo;Cambio;Controvalore;Commissioni
22/04/2024;Compravendita Titoli;APPLE INC;US0378331005;A;10;USD;170,5;1,08;1.578,70;9,95
16/05/2024;Stacco Cedola;APPLE INC;US0378331005;;10;USD;0,25;1,1;1,60;0
`
  // 9.95 × 1.08 and 1.60 × 1.10 in its dollars
  expect(told(italian).rows).toEqual([
    '2 buy AAPL 2024-04-22 10 @ 170.5 fee 10.746 USD',
    '3 dividend AAPL 2024-05-16 1.76 USD',
  ])
})

it('a fee in a coin is not in the money that a row states', () => {
  const file = `Transaction ID,Timestamp,Transaction Type,In/Out,Amount Fiat,Fiat,Amount Asset,Asset,Asset market price,Asset market price currency,Asset class,Fee,Fee asset
T2,2024-02-02T10:00:00+01:00,buy,outgoing,100.00,EUR,0.00250000,BTC,40000.00,EUR,Cryptocurrency,-,-
T6,2024-02-06T10:00:00+01:00,withdrawal,outgoing,40.00,EUR,0.00090000,BTC,45000.00,EUR,Cryptocurrency,0.00006000,BTC
`
  expect(told(file)).toMatchObject({ positions: { 'BTC-EUR': '0.00154' }, rejected: [] })
})

it('a transfer is no fee or tax, whatever the other account is called', () => {
  const file = `Date,Type,Symbol,Amount,Currency
2024-01-01,Transfer from Brokerage,,1000,USD
2024-01-02,Transfer to Brokerage account,,-200,USD
2024-01-03,Transfer from Taxable,,50,USD
2024-01-04,Pre-tax contribution,,500,USD
2024-01-05,Tax-exempt dividend,LSTD,3.2,USD
2024-01-07,Brokerage,,-4.95,USD
2024-01-08,Tax withheld,LSTD,-1,USD
`
  expect(told(file).rows).toEqual([
    '2 deposit 2024-01-01 1000 USD',
    '3 withdrawal 2024-01-02 200 USD',
    '4 deposit 2024-01-03 50 USD',
    '5 deposit 2024-01-04 500 USD',
    '6 dividend LSTD 2024-01-05 3.2 USD',
    '7 fee 2024-01-07 4.95 USD',
    '8 tax LSTD 2024-01-08 1 USD',
  ])
})

it('a currency by its sign or its name, and a pair of a coin among shares', () => {
  const file = `Date;Type;Symbol;Shares;Price;Currency
2024-01-15;Buy;AAPL;1;185.5;€
2024-01-16;Buy;MSFT;1;390;Euro
2024-01-17;Buy;VOD.L;1;0.7;£
2024-01-18;Buy;BTC/EUR;0.1;40000;EUR
`
  expect(told(file).rows).toEqual([
    '2 buy AAPL 2024-01-15 1 @ 185.5 EUR',
    '3 buy MSFT 2024-01-16 1 @ 390 EUR',
    '4 buy VOD.L 2024-01-17 1 @ 0.7 GBP',
    '5 buy BTC-EUR 2024-01-18 0.1 @ 40000 EUR',
  ])
})

it('what was withheld beside an amount without shares is of a dividend', () => {
  const file = `Ticker,Date,Gross,Tax withheld,Net,Currency
AAPL,2024-02-15,2.40,0.36,2.04,USD
MSFT,2024-03-14,7.50,1.13,6.37,USD
`
  // 2.04 + 6.37
  expect(told(file)).toMatchObject({ rejected: [], cash: { USD: '8.41' } })
  expect(told(file).rows[0]).toBe('2 dividend AAPL 2024-02-15 2.4 USD')
})

it('coins that were credited for money that was debited, and the other way', () => {
  const file = `Transaction Type,Date,Amount Debited,Debit Currency,Amount Credited,Credit Currency,Direction
Buy,2024-01-02T10:00:00+00,100.00,CAD,0.0020,BTC,purchase
Sell,2024-01-03T10:00:00+00,0.001,BTC,54.00,CAD,sale
`
  expect(told(file).rows).toEqual([
    '2 buy BTC-CAD 2024-01-02 0.002 @ 50000 CAD',
    '3 sell BTC-CAD 2024-01-03 0.001 @ 54000 CAD',
  ])
})

it('says that there are no rows below a header, and no header above rows', () => {
  expect(readStatement('Date,Type,Symbol,Quantity,Price\n', '2026-11-20')).toEqual({
    problem: 'The file has a header but no rows below it.',
  })
  expect(readStatement('2024-01-15,Buy,AAPL,10,185.5\n', '2026-11-20')).toEqual({
    problem:
      'We couldn’t find a header we know in the first 40 rows. The file starts with “2024-01-15,Buy,AAPL,10,185.5”, which is a row already: add a line above it that says what each column holds, such as Date,Type,Ticker,Shares,Price.',
  })
})

it('shares that vested cost no cash, and came at what they were worth', () => {
  const file = `Date,Type,Symbol,Quantity,Price,Amount,Currency
2024-01-02,Vesting,LSTD,5,185,,USD
2024-01-03,Sell to cover,LSTD,-2,186,372,USD
2024-01-04,Required minimum distribution,,,,-300,USD
2024-01-05,Employer match,,,,100,USD
2024-01-06,Tax-loss harvesting sell,LSTD,-1,180,180,USD
`
  expect(told(file)).toMatchObject({
    rejected: [],
    positions: { LSTD: '2' },
    // 372 − 300 + 100 + 180
    cash: { USD: '352' },
  })
})

it('sums between the rows of each ticker, below a heading that says what it holds', () => {
  const file = `Symbol,Date,Type,Quantity,Price,Amount,Currency
LSTD,2024-01-02,Buy,10,185,-1850,USD
LSTD,2024-02-02,Sell,-4,190,760,USD
Subtotal LSTD,,,6,,-1090,
MSFT,2024-01-03,Buy,5,400,-2000,USD
Total MSFT,,,5,,-2000,
Grand Total,,,11,,-3090,
`
  expect(told(file)).toMatchObject({
    left_out: [4, 6, 7],
    rejected: [],
    positions: { LSTD: '6', MSFT: '5' },
    cash: { USD: '-3090' },
  })
})

it('tickers as people and Bloomberg write them, below a heading that says so', () => {
  const file = `Symbol,Date,Type,Quantity,Price,Currency
$TSLA,2024-01-02,Buy,1,185,USD
AAPL US Equity,2024-02-02,Buy,1,190,USD
700 HK,2024-01-03,Buy,1,400,HKD
VOD LN,2024-01-03,Buy,1,0.7,GBP
TOTAL SA,2024-01-03,Buy,1,60,EUR
`
  expect(told(file)).toMatchObject({
    // a name, which has to be asked for
    rejected: [6],
    positions: { TSLA: '1', AAPL: '1', '0700.HK': '1', 'VOD.L': '1' },
  })
})

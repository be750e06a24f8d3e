import { expect, it } from 'vitest'
import { decoded } from '../../../src/statements/file-text.ts'
import { statementOf, told } from '../told.ts'

// Invented rows as banks, exchanges and people of other countries write them; no format names these tables.

it('Japan: headings and words, codes of four digits, units in brackets, and Shift JIS', () => {
  const file = `"約定日","受渡日","銘柄コード","銘柄名","市場名称","取引区分","売買区分","数量［株］","単価［円］","手数料［円］","受渡金額［円］"
"2024/1/15","2024/1/17","7203","トヨタ自動車","東証","現物","買付","100","2,750.5","0","275,050"
"2024/6/10","2024/6/12","7203","トヨタ自動車","東証","現物","売付","50","3,300.0","0","165,000"
`
  const rows = ['2 buy 7203.T 2024-01-15 100 @ 2750.5 JPY', '3 sell 7203.T 2024-06-10 50 @ 3300 JPY']
  expect(told(file)).toMatchObject({ rows, rejected: [], cash: { JPY: '-110050' } })
  const other = `約定日,銘柄コード,銘柄名,売買,数量,単価,手数料,受渡金額,通貨
2024/05/27,6758,ソニー,配当金,,,,"3,586",JPY
2024/06/01,6758,ソニー,買付,10,"12,000",100,"120,100",JPY
`
  expect(told(other).rows).toEqual([
    '2 dividend 6758.T 2024-05-27 3586 JPY',
    '3 buy 6758.T 2024-06-01 10 @ 12000 fee 100 JPY',
  ])
})

it('bytes of one sign each are of Japan, of Poland or of the West by the words that they make', () => {
  const hex = (text: string) => Uint8Array.from(text.match(/../g)!.map((pair) => Number.parseInt(pair, 16)))
  expect(decoded(hex('96f192e893fa2c96c195bf96bc2c909497ca'))).toBe('約定日,銘柄名,数量')
  expect(decoded(hex('576172746f9ce62c207ab36f74792c207ab962'))).toBe('Wartość, złoty, ząb')
  expect(decoded(hex('66fc7220476562fc68722c204772f6df65'))).toBe('für Gebühr, Größe')
})

it('Poland: K and S, a walor on GPW', () => {
  const file = `Historia transakcji;;;;;;;;
Czas transakcji;Walor;Giełda;K/S;Liczba walorów;Kurs;Waluta;Prowizja;Wartość
15.01.2024 10:12:33;CDPROJEKT;WWA-GPW;K;20;112,50;PLN;8,78;2250,00
03.06.2024 11:00:01;CDPROJEKT;WWA-GPW;S;5;140,10;PLN;2,73;700,50
`
  expect(told(file).rows).toEqual([
    '3 buy CDPROJEKT.WA 2024-01-15 20 @ 112.5 fee 8.78 PLN',
    '4 sell CDPROJEKT.WA 2024-06-03 5 @ 140.1 fee 2.73 PLN',
  ])
})

it('Brazil: codes of the exchange in reais', () => {
  const file = `Data do Negócio;Tipo de Movimentação;Mercado;Código de Negociação;Quantidade;Preço;Valor
15/01/2024;Compra;Mercado à Vista;PETR4;100;R$ 38,15;R$ 3.815,00
10/06/2024;Venda;Mercado à Vista;PETR4;40;R$ 37,90;R$ 1.516,00
`
  expect(told(file).rows).toEqual([
    '2 buy PETR4.SA 2024-01-15 100 @ 38.15 BRL',
    '3 sell PETR4.SA 2024-06-10 40 @ 37.9 BRL',
  ])
})

it('Denmark: classes of shares have a letter before the exchange', () => {
  const file = `Handelsdato;Handling;Papir;Antal;Kurs;Omkostninger;Beløb;Valuta
15-01-2024;Køb;NOVO-B.CO;20;735,40;29;-14.737,00;DKK
21-03-2024;Udbytte;NOVO-B.CO;20;6,40;;128,00;DKK
`
  expect(told(file).rows).toEqual([
    '2 buy NOVO-B.CO 2024-01-15 20 @ 735.4 fee 29 DKK',
    '3 dividend NOVO-B.CO 2024-03-21 128 DKK',
  ])
})

it('sections of few columns are tables of their own, and rows of sums alone are none', () => {
  const file = `My Brokerage
Trade Activity
Trade Date,Settle Date,Symbol,Description,Action,Qty,Price,Commission,Net Amount
01/16/2024,01/18/2024,AAPL,APPLE INC,BUY,10,183.63,0.00,"(1,836.30)"
,,,,,,,,"(1,836.30)"

Income
Date,Symbol,Description,Type,Amount
02/15/2024,AAPL,APPLE INC,Qualified Dividend,2.40
03/28/2024,,CREDIT INTEREST,Interest,0.53

Deposits and Withdrawals
Date,Description,Amount
01/10/2024,ACH DEPOSIT,"5,000.00"
06/20/2024,ACH WITHDRAWAL,(200.00)
`
  expect(told(file)).toMatchObject({
    rows: [
      '4 buy AAPL 2024-01-16 10 @ 183.63',
      '9 dividend AAPL 2024-02-15 2.4',
      '10 interest 2024-03-28 0.53',
      '14 deposit 2024-01-10 5000',
      '15 withdrawal 2024-06-20 200',
    ],
    rejected: [],
    left_out: [5, 7, 12],
  })
})

it('lots of a report of gains are purchases at their average cost', () => {
  const file = `Symbol,Date Acquired,Quantity,Average Cost Basis,Cost Basis Total
AAPL,Jan-16-2024,10,$183.63,"$1,836.30"
`
  expect(told(file).rows).toEqual(['2 buy AAPL 2024-01-16 10 @ 183.63'])
})

it('an amount with a currency in its heading is in that one, and the price in that of the column', () => {
  const file = `date,ticker,side,quantity,price,currency,commission,fx rate,total (EUR)
2024-01-16,AAPL,BUY,10,183.63,USD,1.00,1.0870,-1690.25
2024-01-17,SAP.DE,BUY,5,140.10,EUR,2.00,1,-702.50
2024-06-10,AAPL,SELL,3,193.12,USD,1.00,1.0760,537.51
`
  // (1690.25 − 1) ÷ 10, and (537.51 + 1) ÷ 3
  expect(told(file)).toMatchObject({
    rows: [
      '2 buy AAPL 2024-01-16 10 @ 168.925 fee 1 EUR',
      '3 buy SAP.DE 2024-01-17 5 @ 140.1 fee 2 EUR',
      '4 sell AAPL 2024-06-10 3 @ 179.5033333333 fee 1 EUR',
    ],
    cash: { EUR: '-1855.2400000001' },
  })
})

it('Germany: numbers with a unit, and months in words', () => {
  const file = `Buchungsdatum\tBuchungstext\tWertpapier\tAnzahl\tKurs\tBetrag
15. Januar 2024\tWertpapierkauf\tSAP.DE\t10 Stk\t139,50 EUR\t-1.395,00 EUR
3. März 2024\tWertpapierverkauf\tSAP.DE\t4 Stk.\t170,00 EUR\t680,00 EUR
`
  expect(told(file).rows).toEqual([
    '2 buy SAP.DE 2024-01-15 10 @ 139.5 EUR',
    '3 sell SAP.DE 2024-03-03 4 @ 170 EUR',
  ])
})

it('Japan and Hungary: days with signs of their own, and thousands apart', () => {
  expect(
    told(`取引日,取引,銘柄コード,株数,単価,受渡金額,通貨
2024年1月15日,買い,7203,100,"2,750","275,000",JPY
`).rows,
  ).toEqual(['2 buy 7203.T 2024-01-15 100 @ 2750 JPY'])
  expect(
    told(`Kötés dátuma;Művelet;Értékpapír;Mennyiség;Árfolyam;Díj;Összeg;Deviza
2024.01.15.;Vétel;OTP.BD;10;15 500;775;-155 775;HUF
2024.06.10.;Eladás;OTP.BD;4;17 200;344;68 456;HUF
`).rows,
  ).toEqual([
    '2 buy OTP.BD 2024-01-15 10 @ 15500 fee 775 HUF',
    '3 sell OTP.BD 2024-06-10 4 @ 17200 fee 344 HUF',
  ])
})

it('Switzerland: a ticker with its exchange is one, beside an ISIN too', () => {
  const file = `Datum;Auftrag;Titel;ISIN;Anzahl;Kurs;Währung;Total CHF
15.01.24;Kauf;NESN.SW;CH0038863350;25;97,34;CHF;2'449,10
`
  expect(told(file).rows).toEqual(['2 buy NESN.SW 2024-01-15 25 @ 97.34 fee 15.6 CHF'])
})

it('headings in somebody’s own words: paid per share, total paid', () => {
  const file = `"Bought on","Stock","# of Shares","Paid per share","Total paid"
"Jan 16, 2024","AAPL","10","$183.63","$1,836.30"
`
  expect(told(file).rows).toEqual(['2 buy AAPL 2024-01-16 10 @ 183.63'])
})

it('an account of cash: what came and what went, whatever the texts say', () => {
  const file = `Date,Description,Money In,Money Out,Balance
01/02/2024,Salary,2000.00,,2000.00
15/02/2024,Rent,,800.00,1200.00
29/02/2024,Credit interest,3.10,,1203.10
`
  expect(told(file)).toMatchObject({
    rows: ['2 deposit 2024-02-01 2000', '3 withdrawal 2024-02-15 800', '4 interest 2024-02-29 3.1'],
    rejected: [],
  })
})

it('Russia, China and Korea: words of their own', () => {
  const russian = `Дата,Операция,Тикер,Количество,Цена,Комиссия,Сумма
15.01.2024,Покупка,SBER,10,270.50,1.35,2706.35
20.02.2024,Продажа,SBER,4,280.00,0.56,1119.44
`
  expect(told(russian).rows).toEqual([
    '2 buy SBER 2024-01-15 10 @ 270.5 fee 1.35',
    '3 sell SBER 2024-02-20 4 @ 280 fee 0.56',
  ])
  const chinese = `成交日期,证券代码,证券名称,买卖标志,成交数量,成交价格,成交金额,手续费
20240115,600519,贵州茅台,买入,100,1650.00,165000.00,41.25
`
  expect(told(chinese).rows).toEqual(['2 buy 600519 2024-01-15 100 @ 1650 fee 41.25'])
  const korean = `거래일자,종목코드,구분,수량,단가,거래금액,수수료
2024-01-15,005930,매수,10,73000,730000,100
2024-02-15,005930,매도,4,75000,300000,50
`
  expect(told(korean).rows).toEqual([
    '2 buy 005930 2024-01-15 10 @ 73000 fee 100',
    '3 sell 005930 2024-02-15 4 @ 75000 fee 50',
  ])
})

it('Yuh: the currency of what left in one column, of what came in another', () => {
  const file = `DATE;ACTIVITY TYPE;ACTIVITY NAME;DEBIT;DEBIT CURRENCY;CREDIT;CREDIT CURRENCY;FEES/COMMISSION;BUY/SELL;QUANTITY;ASSET;PRICE PER UNIT
15/01/2024;INVEST_ORDER_EXECUTED;"10 x Nestle";-1005;CHF;;;5;BUY;10;NESN;100
02/01/2024;PAYMENT_TRANSACTION_IN;"Transfer";;;2000;CHF;;;;;
`
  expect(told(file)).toMatchObject({ rejected: [], positions: { NESN: '10' }, cash: { CHF: '995' } })
})

it('Disnat: a letter behind the ticker says in which country it trades', () => {
  const file = `Date de transaction,Date de règlement,Type de transaction,Classe d'actif,Symbole,Description,Marché,Quantité,Prix,Devise du prix,Commission payée,Montant de l'opération,Devise du compte
-,2025-09-29,DIVIDENDE SOCIÉTÉ FIDUCIE,Actions,XIC,ISHRS CORE S&P/TSX CAPPED,-,9,-,CAN,0,"2,53",CAN
2025-08-01,2025-08-05,VENTE,Actions,CASH-C,GLB X HIGH INT SVGS-A ETF,CAN,-10,50,CAN,0,500,CAN
2025-07-31,2025-08-01,ACHAT,Actions,AAPL-U,APPLE INC,USA,2,"200,5",USA,"9,95","-410,95",USA
-,2024-12-18,RÉSILIATION,-,-,RETRAIT,-,0,-,CAN,0,-300,CAN
`
  expect(told(file)).toMatchObject({
    rows: [
      '2 dividend XIC.TO 2025-09-29 2.53 CAD',
      '3 sell CASH.TO 2025-08-01 10 @ 50 CAD',
      '4 buy AAPL 2025-07-31 2 @ 200.5 fee 9.95 USD',
      '5 withdrawal 2024-12-18 300 CAD',
    ],
    rejected: [],
  })
})

it('CommSec’s trades, and Westpac’s: sales have a minus everywhere, and the GST is in the brokerage', () => {
  const file = `Transaction Summary
01 Jul 2025 - 30 Jun 2026

Code,Company,Date,Type,Quantity,Unit Price ($),Trade Value ($),Brokerage+GST ($),GST ($),Contract Note,Total Value ($)
"OOO","BETASHARES OIL","01/06/2026","Buy","100","8.0000","800.0000","10.0000","0.9100","999","810.0000"
"OOO","BETASHARES OIL","05/06/2026","Sell","-100","8.5000","-850.0000","10.0000","0.9100","998","-840.0000"
GLOSSARY,,,,,,,,,,
`
  expect(told(file)).toMatchObject({
    rows: ['5 buy OOO.AX 2026-06-01 100 @ 8 fee 10 AUD', '6 sell OOO.AX 2026-06-05 100 @ 8.5 fee 10 AUD'],
    rejected: [],
  })
})

it('B3’s trades: a code of less than a lot ends with F, and an option is no share', () => {
  const file = `Data do Negócio;Tipo de Movimentação;Mercado;Prazo/Vencimento;Instituição;Código de Negociação;Quantidade;Preço;Valor
15/02/2023;Compra;Mercado Fracionário;-;XP;ITSA4F;37;8,92;330,04
20/04/2023;Venda;Mercado à Vista;-;XP;ITSA4;30;10;300
05/05/2023;Compra;Opção de Compra;19/05/2023;XP;PETRE250;100;0,5;50
`
  expect(told(file)).toMatchObject({ left_out: [4], rejected: [], positions: { 'ITSA4.SA': '7' } })
})

it('Fidelity International: the sign is that of the holding, and cash names the fund that paid it', () => {
  const file = `Account ,All Accounts
Valuations,"£152,733.84"

Order date,Completion date,Transaction type,Investments,Product Wrapper,Account Number,Source investment,Amount,Quantity,Price per unit,Reference Number,Status,
18 Jun 2020,23 Jun 2020,Buy,"ISHARES VII PLC, ISHARES CORE S&P 500 UCITS ETF USD (ACC) (CSP1)",Investment ISA,O1,,3031.72,12,251.81,1,Completed,
19 Aug 2025,22 Aug 2025,Sell,Fidelity Index Japan Fund,Investment ISA,O1,,-257.00,100,2.57,2,Completed,
29 May 2018,Pending,Buy,Fidelity Index Japan Fund,Investment ISA,O1,,0.00,0,196,3,Cancelled,
04 Mar 2026,04 Mar 2026,Transfer To Cash Management Account For Fees,Cash,Investment ISA,O1,,-22.98,22.98,1,4,Completed,
02 Mar 2026,02 Mar 2026,Cash In Lump Sum,Cash,Investment ISA,O1,,500.00,500,1,5,Completed,
02 Feb 2026,02 Feb 2026,Cash Dividend,Cash,Investment ISA,O1,Fidelity Index Japan Fund,12.55,12.55,1,6,Completed,
`
  expect(told(file, { answers: { securities: { 'Fidelity Index Japan Fund': 'FJP.L' } } })).toMatchObject({
    rows: [
      '5 buy CSP1.L 2020-06-18 12 @ 251.81 fee 10 GBP',
      '6 sell FJP.L 2025-08-19 100 @ 2.57 GBP',
      '9 deposit 2026-03-02 500 GBP',
      '10 dividend FJP.L 2026-02-02 12.55 GBP',
    ],
    left_out: [7, 8],
    rejected: [],
  })
})

it.each([
  [
    'Romania',
    'Data;Tip tranzactie;Simbol;Cantitate;Pret;Moneda;Comision;Valoare neta',
    'Cumparare',
    'Vanzare',
  ],
  ['Croatia', 'Datum;Vrsta;Simbol;Količina;Cijena;Valuta;Naknada;Iznos', 'Kupnja', 'Prodaja'],
  ['Latvia', 'Datums;Darījums;Simbols;Skaits;Cena;Valūta;Komisija;Summa', 'Pirkums', 'Pārdošana'],
  ['Lithuania', 'Data;Operacija;Simbolis;Kiekis;Kaina;Valiuta;Mokestis;Suma', 'Pirkimas', 'Pardavimas'],
  ['Greece', 'Ημερομηνία;Κίνηση;Σύμβολο;Ποσότητα;Τιμή;Νόμισμα;Προμήθεια;Ποσό', 'Αγορά', 'Πώληση'],
  ['Ukraine', 'Дата;Операція;Тікер;Кількість;Ціна;Валюта;Комісія;Сума', 'Купівля', 'Продаж'],
  ['Israel', 'תאריך;סוג פעולה;סימול;כמות;שער;מטבע;עמלה;סכום', 'קניה', 'מכירה'],
  ['Vietnam', 'Ngày;Loại;Mã CK;Khối lượng;Giá;Tiền tệ;Phí;Giá trị', 'Mua', 'Bán'],
  ['Indonesia', 'Tanggal;Tipe;Kode Saham;Jumlah;Harga;Mata uang;Biaya;Nilai', 'Beli', 'Jual'],
])('%s: words of its own', (_, header, buy, sell) => {
  const file = `${header}
15/01/2024;${buy};AAPL;10;170,50;EUR;1,00;-1706,00
20/03/2024;${sell};AAPL;4;175,00;EUR;1,00;699,00
`
  // −1706 + 699
  expect(told(file)).toMatchObject({ rejected: [], positions: { AAPL: '6' }, cash: { EUR: '-1007' } })
})

it('of a language that nobody knows, the numbers beside securities and money are asked about', () => {
  const file = `Date;Xx;ISIN;Yy;Zz;Currency;Amount
15/01/2024;qq;US0378331005;10;170,50;EUR;-1705,00
20/03/2024;ww;US0378331005;4;175,00;EUR;700,00
`
  expect(statementOf(file).questions).toEqual([{ about: 'column', field: 'shares', columns: ['Yy', 'Zz'] }])
})

it('Fidelity in Britain: the cash of a trade is in the trade', () => {
  const file = `Order date,Completion date,Transaction type,Investments,Product Wrapper,Account Number,Source investment,Amount,Quantity,Price per unit,Reference Number,Status
05 Feb 2024,07 Feb 2024,Buy,LISTED WORLD FUND (LSTD),Investment ISA,A1,,1055.00,10.00,105.50,R1,Completed
05 Feb 2024,07 Feb 2024,Cash Out For Buy,Cash,Investment ISA,A1,,-1055.00,1055.00,1.00,R5,Completed
01 Feb 2024,01 Feb 2024,Cash In Lump Sum,Cash,Investment ISA,A1,,1500.00,1500.00,1.00,R2,Completed
`
  expect(told(file)).toMatchObject({
    rows: ['2 buy LSTD.L 2024-02-05 10 @ 105.5 GBP', '4 deposit 2024-02-01 1500 GBP'],
    left_out: [3],
    cash: { GBP: '445' },
  })
})

it('Japan: codes of Tokyo are in yen where no column says so', () => {
  const file = `約定日,銘柄コード,銘柄名,取引,数量,単価,手数料,受渡金額
2024/03/04,7203,トヨタ自動車,買付,100,"3,500",275,"350,275"
`
  expect(told(file).rows).toEqual(['2 buy 7203.T 2024-03-04 100 @ 3500 fee 275 JPY'])
})

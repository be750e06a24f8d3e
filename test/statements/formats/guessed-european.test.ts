import { expect, it } from 'vitest'
import { told } from '../told.ts'

// Invented rows in the layouts of brokers that no format names: what they say is guessed.

it('BUX: a subscription is a fee, and the pair of an exchange rate no ticker', () => {
  const file = `Transaction Time (CET),Transaction Category,Transaction Type,Transfer Type,Transaction Amount,Transaction Currency,Cash Balance Amount,Asset Id,Asset Name,Asset Quantity,Asset Price,Asset Currency,Currency Pair,Exchange Rate,Profit And Loss Amount,Transaction Description
2023-01-18 12:15:23.606000,deposits,Sepa Deposit,,600,EUR,600,,,,,,,,,
2023-03-21 13:37:29.383000,trades,Buy Trade,,-542.92,EUR,57.08,US0378331005,Apple,49,11.08,EUR,,,,Transaction Amount: 542.92
2023-03-21 13:37:29.384000,fees,Trading Fee,,-1.5,EUR,55.58,US0378331005,Apple,,,,,,,
2023-05-02 11:07:12.872000,fees,Subscription Fee,,-2.99,EUR,52.59,,,,,,,,,
2023-05-05 11:38:06.646000,dividends,Cash Dividend,,16.4,EUR,68.99,US0378331005,Apple,,,,,,,
2023-07-09 10:25:51.533000,interest,Interest Payment,,0.23,EUR,69.22,,,,,,,,,
2024-06-21 13:37:29.384000,trades,Sell Trade,,7.2,EUR,76.42,US0378331005,Apple,0.6,12,EUR,,,,Transaction Amount: 7.2
2025-06-11 16:45:18.652000,trades,Buy Trade,,-10,EUR,66.42,US5949181045,Microsoft,0.1,114.547,USD,EURUSD,1.14547,,Transaction Amount: 11.45
2025-07-06 09:21:16.051000,others,Promotional,CASH_CREDIT,4.67,EUR,71.09,,,,,,,,,
`
  // the last balance
  expect(told(file)).toMatchObject({
    left_out: [],
    rejected: [],
    positions: { AAPL: '48.4', MSFT: '0.1' },
    cash: { EUR: '71.09' },
  })
})

it('Rabobank: what is missing of a gross dividend was withheld', () => {
  const file = `Portefeuille;Naam;Datum;Type mutatie;Valuta mutatie;Volume;Koers;Valuta koers;Valuta kosten €;Waarde;Bedrag;Isin code;Tijd;Beurs
1;Apple;28-11-2023;Contant dividend;EUR;60;1,35 ;EUR;0;81,00;68,85;US0378331005;;
1;Apple;08-02-2024;Koop Fondsen;EUR;1,5;84,20 ;EUR;0;126,30;-126,30;US0378331005;11:46:03.004;Clearstream
1;Apple;09-02-2024;Verkoop Fondsen;EUR;-0,5;84,00 ;EUR;0;42,00;42,00;US0378331005;11:46:02.924;Clearstream
1;;24-01-2024;Storting / opname;EUR;0;0,00 ;EUR;0;0,00;250,00;;;
1;;06-01-2024;Tarieven en services;EUR;0;0,00 ;EUR;0;0,00;-17,44;;;
1;;03-01-2024;Rente beleggersrekening;EUR;0;0,00 ;EUR;0;0,00;1,63;;;
`
  expect(told(file)).toEqual({
    format: 'Spreadsheet',
    rows: [
      '2 dividend AAPL 2023-11-28 81 EUR',
      '2 tax AAPL 2023-11-28 12.15 EUR',
      '3 buy AAPL 2024-02-08 1.5 @ 84.2 EUR',
      '4 sell AAPL 2024-02-09 0.5 @ 84 EUR',
      '5 deposit 2024-01-24 250 EUR',
      '6 fee 2024-01-06 17.44 EUR',
      '7 interest 2024-01-03 1.63 EUR',
    ],
    left_out: [],
    rejected: [],
    positions: { AAPL: '1' },
    // 68.85 − 126.30 + 42 + 250 − 17.44 + 1.63
    cash: { EUR: '218.74' },
  })
})

it('finpension: a price in CHF of a fund in USD', () => {
  const file = `Date;Category;"Asset Name";ISIN;"Number of Shares";"Asset Currency";"Currency Rate";"Asset Price in CHF";"Cash Flow";Balance
2023-11-07;Interests;;;;CHF;1.000000;;0.450000;965.73
2023-10-07;"Flat-rate administrative fee";;;;CHF;1.000000;;-1.320000;965.28
2023-07-11;Buy;"A fund";US0378331005;0.500000;USD;1.100000;820.000000;-410.000000;966.60
2022-05-11;Deposit;;;;CHF;1.000000;;1376.600000;1376.600000
`
  expect(told(file)).toMatchObject({
    rows: [
      '2 interest 2023-11-07 0.45 CHF',
      '3 fee 2023-10-07 1.32 CHF',
      '4 buy AAPL 2023-07-11 0.5 @ 820 CHF',
      '5 deposit 2022-05-11 1376.6 CHF',
    ],
    cash: { CHF: '965.73' },
  })
})

it('flatex: the text of the booking says what it is, and columns without headings hold the currency', () => {
  const file = `Buchungstag;Valuta;Bezeichnung;ISIN;Nominal (Stk.);;Betrag;;Kurs;;Devisenkurs;TA.-Nr.;Buchungsinformation
03.01.2025;06.01.2025;VANGUARD FTSE ALL-WLD UCITS ETF;IE00B3RBWM25;2;Stück;267,68;EUR;133,84;EUR;1,000;4045504719;Ausführung ORDER Kauf IE00B3RBWM25 217509927
05.02.2025;06.02.2025;VANGUARD FTSE ALL-WLD UCITS ETF;IE00B3RBWM25;-0,5;Stück;-67,50;EUR;135,00;EUR;1,000;4099429365;Ausführung ORDER Verkauf IE00B3RBWM25 217615086
`
  expect(told(file).rows).toEqual([
    '2 buy VWRL.AS 2025-01-03 2 @ 133.84 EUR',
    '3 sell VWRL.AS 2025-02-05 0.5 @ 135 EUR',
  ])
  const account = `Buchtag;Valuta;BIC / BLZ;IBAN / Kontonummer;Buchungsinformationen;TA-Nr.;Betrag;;Auftraggeberkonto;Konto
03.01.2025;03.01.2025;;DE00;Überweisung;1;1.000,00;EUR;1;2
06.01.2025;06.01.2025;;;Ausführung ORDER Kauf IE00B3RBWM25 217509927;2;-31,62;EUR;1;2
16.02.2025;16.02.2025;;;Ertragsabrechnung IE00B3RBWM25;3;1,62;EUR;1;2
17.02.2025;17.02.2025;;;Gebühr Depotverwahrung;4;-0,62;EUR;1;2
`
  // what was paid for shares is no withdrawal
  expect(told(account)).toMatchObject({
    rows: [
      '2 deposit 2025-01-03 1000 EUR',
      '4 dividend VWRL.AS 2025-02-16 1.62 EUR',
      '5 fee 2025-02-17 0.62 EUR',
    ],
    rejected: [3],
  })
})

it('XTB since 2025: the trade stands in the comment, with another decimal mark', () => {
  const file = `Account number;12345678;;;;;;
Cash Operations;;;;;;;
Type;Ticker;Instrument;Time;Amount;ID;Comment;Product
Free funds interest;;;2025-12-01 10:00:00;0,24;100001;Free-funds Interest 2025-11;IKE
Stock purchase;IS0M.DE;Bonds;2025-10-01 10:00:00;-616,32;100003;OPEN BUY 4 @ 154.0800;IKE
Stock purchase;LI7U.DE;Lithium;2025-10-01 09:00:00;-98,95;100004;OPEN BUY 10 @ 9.8950;IKE
Stock sell;IS0M.DE;Bonds;2025-10-02 08:00:00;297,65;100005;CLOSE BUY 2 @ 148.825;IKE
Withholding tax;DTLE.UK;Treasury;2025-09-01 10:00:00;-0,64;100007;DTLE.UK EUR WHT 10%;IKE
Dividend;DTLE.UK;Treasury;2025-09-01 10:00:00;6,42;100006;DTLE.UK EUR 0.0642/ SHR;IKE
IKE deposit;;;2025-08-01 10:00:00;1.000,00;100008;Transfer in operation;IKE
Total;;;;588,40;;;
`
  expect(told(file)).toMatchObject({
    left_out: [11],
    rejected: [],
    positions: { 'IS0M.DE': '2', 'LI7U.DE': '10' },
    // the total
    cash: { '': '588.4' },
  })
})

it('Nordnet in Finnish and Norwegian', () => {
  const finnish = `Id;Kirjauspäivä;Kauppapäivä;Maksupäivä;Salkku;Tapahtumatyyppi;Arvopaperi;ISIN;Määrä;Kurssi;Korko;Kokonaiskulut;Kokonaiskulut Valuutta;Summa;Valuutta;Hankinta-arvo;Tulos;Kokonaismäärä;Saldo;Vaihtokurssi;Tapahtumateksti;Mitätöintipäivä;Laskelma;Vahvistusnumero
3;2024-02-01;2024-02-01;2024-02-05;123;OSTO;Apple;US0378331005;10;180,5;0;9;EUR;-1814;EUR;1814;0;10;186;;;;1;1
4;2024-03-01;2024-03-01;2024-03-05;123;MYYNTI;Apple;US0378331005;4;185;0;9;EUR;731;EUR;725;6;6;917;;;;1;1
5;2024-04-05;2024-04-05;2024-04-05;123;OSINKO;Apple;US0378331005;6;0,25;0;0;EUR;1,5;EUR;0;0;6;918,5;;;;1;1
6;2024-04-05;2024-04-05;2024-04-05;123;ENNAKKOPIDÄTYS;Apple;US0378331005;6;0;0;0;EUR;-0,2;EUR;0;0;6;918,3;;;;1;1
2;2024-01-02;2024-01-02;2024-01-02;123;TALLETUS;;;0;0;0;0;;2000;EUR;0;0;0;2000;;;;1;1
`
  expect(told(finnish)).toMatchObject({ rejected: [], positions: { AAPL: '6' }, cash: { EUR: '918.3' } })
  const norwegian = `Id	Bokføringsdag	Handelsdag	Oppgjørsdag	Portefølje	Transaksjonstype	Verdipapir	ISIN	Antall	Kurs	Rente	Totale Avgifter	Valuta	Beløp	Valuta	Kjøpsverdi	Valuta	Resultat	Valuta	Totalt antall	Saldo	Vekslingskurs	Transaksjonstekst	Makuleringsdato	Sluttseddelnummer	Verifikationsnummer	Kurtasje	Valuta
4	2024-03-01	2024-03-01	2024-03-05	123	SALG	Apple	US0378331005	4	1 850		39	NOK	7 361	NOK	7000	NOK	361	NOK	6	4988	1			1	1	39	NOK
3	2024-02-01	2024-02-01	2024-02-05	123	KJØPT	Apple	US0378331005	10	1 800,5		39	NOK	-18 044	NOK	18044	NOK	0	NOK	10	1956	1			1	1	39	NOK
2	2024-01-02	2024-01-02	2024-01-02	123	INNSKUDD								20 000	NOK			0	NOK	0	20000	1			1	1		
6	2024-04-02	2024-04-02	2024-04-02	123	UTBYTTE	Apple	US0378331005	6	2,5				15	NOK			0	NOK	6	5003	1			1	1	0	NOK
7	2024-04-02	2024-04-02	2024-04-02	123	KILDESKATT	Apple	US0378331005	6	0,5				-2	NOK			0	NOK	6	5003	1			1	1	0	NOK
`
  // 20000 − 18044 + 7361 + 15 − 2
  expect(told(norwegian)).toMatchObject({ rejected: [], positions: { AAPL: '6' }, cash: { NOK: '9330' } })
})

it('Fineco: the letter of a side, the day of the trade under another heading, amounts in the account’s currency', () => {
  const file = `Dossier: 123456789,,,,,,,,,,,,,,,
Titoli e operazioni,,,,,,,,,,,,,,,

Operazione,Data valuta,Descrizione,Titolo,Isin,Segno,Quantita,Divisa,Prezzo,Cambio,Controvalore,Commissioni Fondi Sw/Ingr/Uscita,Commissioni Fondi Banca Corrispondente,Spese Fondi Sgr,Commissioni amministrato
15/01/2024,17/01/2024,Compravendita titoli,VANGUARD,IE00B3RBWM25,A,5,EUR,105.70,,528.50,,,,2.95
15/03/2024,19/03/2024,Compravendita titoli,VANGUARD,IE00B3RBWM25,V,4,EUR,108.00,,432.00,,,,2.95
20/02/2024,22/02/2024,Compravendita titoli,APPLE INC,US0378331005,A,2,USD,179.00,1.1000,325.45,,,,12.95
15/06/2024,17/06/2024,Dividendo,VANGUARD,IE00B3RBWM25,,,EUR,,,20.95,,,,
`
  expect(told(file)).toMatchObject({
    rows: [
      '5 buy VWRL.AS 2024-01-15 5 @ 105.7 fee 2.95 EUR',
      '6 sell VWRL.AS 2024-03-15 4 @ 108 fee 2.95 EUR',
      // 2 × 179.00 ÷ 1.1 is 325.45 EUR
      '7 buy AAPL 2024-02-20 2 @ 162.725 fee 12.95 EUR',
      '8 dividend VWRL.AS 2024-06-15 20.95 EUR',
    ],
    rejected: [],
  })
})

it('AJ Bell, InvestEngine: the ticker or the ISIN stands in the name', () => {
  expect(
    told(`Date,Transaction,Description,Quantity,Amount (GBP),Reference
15/01/2024,Purchase,Vanguard FTSE All-World UCITS ETF (LSE:VWRL),10,"-1,009.95",C123
20/03/2024,Sale,Vanguard FTSE All-World UCITS ETF (LSE:VWRL),4,412.05,C124
`).rows,
  ).toEqual(['2 buy VWRL.L 2024-01-15 10 @ 100.995 GBP', '3 sell VWRL.L 2024-03-20 4 @ 103.0125 GBP'])
  expect(
    told(`Security / ISIN,Transaction Type,Quantity,Share Price,Total Trade Value,Trade Date/Time,Settlement Date,Broker
Vanguard FTSE All-World / ISIN IE00B3RBWM25,Buy,2,£110.80,£221.60,23/12/24 15:18:12,27/12/24,None
Vanguard FTSE All-World / ISIN IE00B3RBWM25,Sell,1,£102.22,£102.22,30/04/25 14:13:11,02/05/25,None
`).rows,
  ).toEqual(['2 buy VWRL.AS 2024-12-23 2 @ 110.8 GBP', '3 sell VWRL.AS 2025-04-30 1 @ 102.22 GBP'])
})

it('an exchange in a column of its own is a part of the ticker', () => {
  const file = `Portfolio,Ticker,Exchange,Type,Date,Quantity,Price,Currency
Main,AAPL,NasdaqGS,Buy,2024-01-15,10,185.00,USD
Main,VOD,LSE,Sell,2024-03-01,4,0.70,GBP
`
  expect(told(file).positions).toEqual({ AAPL: '10', 'VOD.L': '-4' })
})

it('ING: of several charges one is known only by a word in its name, and the sums tell that it counts', () => {
  const file = `Depotbezeichnung;Direkt-Depot
Ordernummer;Ausführungsdatum;Ausführungszeit;ISIN;Wertpapierbezeichnung;Richtung;Stück/Nominal;Ausführungskurs;Währung;Kurswert;Provision;Fremde Spesen;Endbetrag
1;03.01.2024;10:15:00;US0378331005;Apple Inc.;Kauf;10;168,50;EUR;1.685,00;9,11;1,95;1.696,06
2;04.03.2024;11:15:00;US0378331005;Apple Inc.;Verkauf;5;160,20;EUR;801,00;6,90;1,95;792,15
`
  expect(told(file)).toMatchObject({
    rows: ['3 buy AAPL 2024-01-03 10 @ 168.5 fee 11.06 EUR', '4 sell AAPL 2024-03-04 5 @ 160.2 fee 8.85 EUR'],
    // 792.15 − 1696.06
    cash: { EUR: '-903.91' },
  })
})

it('Renta 4: a charge that no dictionary has is a fee where the sums come out with it', () => {
  const file = `Fecha;Operación;Valor;ISIN;Títulos;Precio;Divisa;Efectivo bruto;Comisión;Cánones;Efectivo neto
03/01/2024;COMPRA;APPLE;US0378331005;100;11,20;EUR;1.120,00;5,00;1,10;1.126,10
15/01/2024;DIVIDENDO;APPLE;US0378331005;100;0,20;EUR;20,00;0,00;0,00;16,20
13/06/2024;VENTA;APPLE;US0378331005;50;12,00;EUR;600,00;5,00;0,90;594,10
`
  expect(told(file)).toMatchObject({
    rows: [
      '2 buy AAPL 2024-01-03 100 @ 11.2 fee 6.1 EUR',
      '3 dividend AAPL 2024-01-15 20 EUR',
      '3 tax AAPL 2024-01-15 3.8 EUR',
      '4 sell AAPL 2024-06-13 50 @ 12 fee 5.9 EUR',
    ],
    // −1126.10 + 16.20 + 594.10
    cash: { EUR: '-515.8' },
  })
})

it('shares for nothing are a stock dividend, and a split is one whatever its type is called', () => {
  const french = `Date opération;Opération;Valeur;Code ISIN;Montant;Quantité;Cours
03/01/2024;ACHAT COMPTANT;APPLE;US0378331005;-1 708,41;10;170,50
13/06/2024;ATTRIBUTION GRATUITE;APPLE;US0378331005;0,00;1;0
`
  expect(told(french).rows[1]).toBe('3 stock_dividend AAPL 2024-06-13 1')
  const swedish = `Datum;Konto;Typ av transaktion;Värdepapper/beskrivning;Antal;Kurs;Belopp;Courtage;Valuta;ISIN
2024-06-03;Ann ISK;Köp;Apple;2;1906;-3831,60;19,60;SEK;US0378331005
2024-06-04;Ann ISK;Övrigt;Split Apple 1:2;2;;;;SEK;US0378331005
`
  expect(told(swedish)).toMatchObject({ left_out: [3], rejected: [] })
})

it('a dividend that is free of tax, or stated before or after it, is no tax', () => {
  const words = [
    'Steuerfreie Ausschüttung',
    'Dividende nach Steuern',
    'Dividende exonérée d’impôt',
    'Dividendo exento de impuestos',
    'Belastingvrij dividend',
    'Skattefri utdelning',
    'Dividend before tax',
  ]
  const rows = words.map((word, i) => `2024-01-1${i},${word},VTI,5,EUR\n`)
  const taxes = '2024-02-12,Quellensteuer Dividende,VTI,-1,EUR\n2024-02-13,Dividend tax,VTI,-1,EUR\n'
  expect(told(`Date,Type,Symbol,Amount,Currency\n${rows.join('')}${taxes}`).rows).toEqual([
    ...words.map((_, i) => `${i + 2} dividend VTI 2024-01-1${i} 5 EUR`),
    '9 tax VTI 2024-02-12 1 EUR',
    '10 tax VTI 2024-02-13 1 EUR',
  ])
})

import { expect, it } from 'vitest'
import { told } from '../told.ts'

it('DKB: a trade in the text of a booking, on the day of the trade', () => {
  const file = `"Girokonto u18";"DE78120300000000000000"
"Zeitraum:";"01.01.2026 - 15.06.2026"
""
"Buchungsdatum";"Wertstellung";"Status";"Zahlungspflichtige*r";"Zahlungsempfänger*in";"Verwendungszweck";"Umsatztyp";"IBAN";"Betrag (€)";"Gläubiger-ID";"Mandatsreferenz";"Kundenreferenz"
"15.06.26";"12.06.26";"Gebucht";"DKB AG";"M M";"Depot 0500000000 Wertpapierertrag 12.06.2026 000066336002660 WKN 870747 MICROSOFT ISIN US5949181045";"Eingang";"0000000000";"0,67";"";"";""
"12.02.26";"14.02.26";"Gebucht";"M M";"DKB AG";"Depot 0500000000 Wertp.Abrechn. 10.02.2026 000004744649900 WKN 870747 Gesch.Art KD MICROSOFT CORP ISIN US5949181045 Preis      270,55000000 EUR Stück           1";"Ausgang";"0000000000";"-280,55";"";"";""
"01.02.26";"01.02.26";"Gebucht";"E M";"M M";"Sparplan";"Eingang";"DE69120300000000000000";"75";"";"";""
"13.01.26";"11.01.26";"Gebucht";"M M";"E M";"Umbuchung";"Ausgang";"DE15100123450000000000";"-509,59";"";"";""
`
  expect(told(file)).toMatchObject({
    format: 'DKB',
    rows: [
      '5 dividend MSFT 2026-06-15 0.67 EUR',
      '6 buy MSFT 2026-02-10 1 @ 270.55 fee 10 EUR',
      '7 deposit 2026-02-01 75 EUR',
      '8 withdrawal 2026-01-13 509.59 EUR',
    ],
    rejected: [],
  })
})

it('UBS: the day of the trade, what was paid, and an order that was taken back', () => {
  const row = (what: string, shares: string, price: string, value: string) =>
    `14.08.2026;0210;0210 R800;0210.S3;26.03.2026;;30.03.2026;30.03.2026;${what};1895681;US0378331005;;${shares};CHF;${price};;CHF;${value};;;;;R5;Aktien;Stammaktien;Aktien`
  const file = `Bewertungsdatum;Bankbeziehung;Portfolio;Produkt;Abschluss;Abschlusszeit;Buchung;Valuta;Beschreibung 1;Beschreibung 2;Beschreibung 3;Valor;ISIN;Whrg.;Anzahl/Betrag;Whrg.;Trans.-Preis;Devisenkurs;Bewertungswährung;Trans.-Wert;Marchzinsen;Real. Erfolg in %;Real. Erfolg;Auftrags-Nr.;Externe Referenz;Anlageklasse;Sub-Anlageklasse;Instrumentenkategorie
${row('Kauf;Apple;', '5', "2'010.5", '10052.5')}
${row('Kauf;Apple;', '2.5', '200.10', '500')}
${row('Storno;Kauf;Apple', '-2.5', '200.10', '-500')}
`
  expect(told(file)).toMatchObject({
    rows: ['2 buy AAPL 2026-03-26 5 @ 2010.5 CHF'],
    left_out: [3, 4],
    rejected: [],
  })
})

import { expect, it } from 'vitest'
import { told } from '../told.ts'

// Invented rows in the layouts of an Activity Statement in the languages of its owners.

it('German: trades with an account, cash, charges and income; options, currencies and sums left out', () => {
  const file = `Statement,Header,Feldname,Feldwert
Statement,Data,Title,Kontoauszug
Offene Positionen,Header,DataDiscriminator,Anlagekategorie,Währung,Symbol,Menge,Mult,Einstandspreis,Einstandswert,Schlusskurs,Wert,Unrealisierter G/V,Code
Offene Positionen,Data,Summary,Aktien,USD,AAPL,20,1,120,2400,150,3000,600,
Transaktionen,Header,DataDiscriminator,Anlagekategorie,Währung,Konto,Symbol,Datum/Zeit,Menge,T.-Kurs,Schlusskurs,Erlös,Provision/Gebühr,Basis,Realisierter G/V,MTM G/V,Code
Transaktionen,Data,Order,Aktien,USD,U1,AAPL,"2026-03-02, 10:00:00",20,120,120,-2400,-1,2401,0,0,O
Transaktionen,Data,Order,Aktien,USD,U1,AAPL,"2026-05-04, 11:00:00",-10,130,130,1300,-1,-1200,99,0,C
Transaktionen,SubTotal,,Aktien,USD,U1,AAPL,,10,,,-1100,-2,1201,0,0,
Transaktionen,Header,DataDiscriminator,Anlagekategorie,Währung,Konto,Symbol,Datum/Zeit,Menge,T.-Kurs,,Erlös,Provision in EUR,,,MTM in EUR,Code
Transaktionen,Data,Order,Devisen,USD,U1,EUR.USD,"2026-03-01, 10:00:00",1000,1.08,,-1080,-2,,,0,
Transaktionen,Data,Order,Aktien- und Indexoptionen,USD,U1,SPY 31MAR26 570 C,"2026-03-01, 10:00:00",1,1.08,1.1,-108,-1,,,0,
Einzahlungen & Auszahlungen,Header,Währung,Konto,Abrechnungsdatum,Beschreibung,Betrag
Einzahlungen & Auszahlungen,Data,USD,U1,2026-02-10,Elektronische Überweisung,1500
Einzahlungen & Auszahlungen,Data,Gesamt,,,,1500
Gebühren,Header,Subtitle,Währung,Konto,Datum,Beschreibung,Betrag
Gebühren,Data,Sonstige Gebühren,USD,U1,2026-02-11,Snapshot,-1.5
Gebühren,Data,Gesamt,,,,,-1.5
Dividenden,Header,Währung,Konto,Datum,Beschreibung,Betrag
Dividenden,Data,USD,U1,2026-04-01,AAPL(US0378331005) Bardividende USD 0.33 pro Aktie,6.6
Quellensteuer,Header,Währung,Konto,Datum,Beschreibung,Betrag,Code
Quellensteuer,Data,USD,U1,2026-04-01,AAPL(US0378331005) Bardividende - US Steuer,-0.99,
Zinsen,Header,Währung,Konto,Datum,Beschreibung,Betrag
Zinsen,Data,USD,U1,2026-08-05,USD Sollzinsen für Jul-2026,-0.79
Änderungen bei Dividendenabgrenzungen,Header,Anlagekategorie,Währung,Konto,Symbol,Datum,Ex-Datum,Zahltag,Menge,Steuer,Gebühr,Bruttosatz,Bruttobetrag,Nettobetrag,Code
Änderungen bei Dividendenabgrenzungen,Data,Aktien,USD,U1,AAPL,2026-03-28,2026-03-29,2026-04-01,20,0.99,0,0.33,6.6,5.61,Po
`
  expect(told(file)).toEqual({
    format: 'Interactive Brokers',
    rows: [
      '6 buy AAPL 2026-03-02 20 @ 120 fee 1 USD',
      '7 sell AAPL 2026-05-04 10 @ 130 fee 1 USD',
      '13 deposit 2026-02-10 1500 USD',
      '16 fee 2026-02-11 1.5 USD',
      '19 dividend AAPL 2026-04-01 6.6 USD',
      '21 tax AAPL 2026-04-01 0.99 USD',
      '23 fee 2026-08-05 0.79 USD',
    ],
    left_out: [8, 10, 11, 14, 17, 25],
    rejected: [],
    positions: { AAPL: '10' },
    // −2401 + 1299 + 1500 − 1.50 + 6.60 − 0.99 − 0.79
    cash: { USD: '401.32' },
  })
})

it('Spanish, French and Portuguese: the same places under other headings', () => {
  const spanish = `Statement,Header,Nombre del campo,Valor del campo
Operaciones,Header,DataDiscriminator,Categoría de activo,Divisa,Símbolo,Fecha/Hora,Cantidad,Precio trans.,Precio de cier.,Productos,Tarifa/com.,Básico,PyG realizadas,MTM P/G,Código
Operaciones,Data,Order,Acciones,EUR,ENG,"2025-02-01, 10:00:00",50,14.00,14.50,-700.00,-1.00,701.00,0,25.00,O
Tarifas,Header,Subtitle,Divisa,Fecha,Descripción,Cantidad
Tarifas,Data,Otras comisiones,EUR,2025-01-31,Custodia,-2.00
Depósitos y retiradas,Header,Divisa,Fecha de liquidación,Descripción,Cantidad
Depósitos y retiradas,Data,EUR,2025-01-06,Transferencia,1000
Retención de impuestos,Header,Divisa,Fecha,Descripción,Cantidad,Código
Retención de impuestos,Data,EUR,2025-03-10,ENG(ES0130670112) Dividendo - ES Impuestos,-3.8,
Retención de impuestos,Data,Total Retención de impuestos en EUR,,,-3.8,
`
  expect(told(spanish).rows).toEqual([
    '3 buy ENG 2025-02-01 50 @ 14 fee 1 EUR',
    '5 fee 2025-01-31 2 EUR',
    '7 deposit 2025-01-06 1000 EUR',
    '9 tax ENG 2025-03-10 3.8 EUR',
  ])
  const french = `Statement,Header,Nom champ,Valeur champ
Transactions,Header,DataDiscriminator,Catégorie d'actifs,Devise,Compte,Symbole,Date/Heure,Quantité,Prix trans.,Cours de clôt.,Produit,Comm/Tarif,Base,P/L réalisé,P/L MTM,Code
Transactions,Data,Order,Actions,EUR,U2,OVH,"2025-10-21, 03:17:30",-15,9.5,8.92,142.5,-0.5,139,3,-5,C
Dividendes,Header,Devise,Compte,Date,Description,Montant
Dividendes,Data,USD,U1,2025-12-10,PYPL(US70450Y1038) Dividende en espèces USD 0.14 par action,0.7
Dividendes,Data,Total,,,,0.7
Dépôts et retraits,Header,Devise,Compte,Date de règlement,Description,Montant
Dépôts et retraits,Data,EUR,U1,2025-08-07,Déboursement initié,-1000
`
  expect(told(french).rows).toEqual([
    '3 sell OVH 2025-10-21 15 @ 9.5 fee 0.5 EUR',
    '5 dividend PYPL 2025-12-10 0.7 USD',
    '8 withdrawal 2025-08-07 1000 EUR',
  ])
  const portuguese = `Operações,Header,DataDiscriminator,Categoria de ativos,Moeda,Símbolo,Data/hora,Quantidade,Preço Neg.,Preço Fch.,Rendimentos,Corr/Taxa,Base,P&L realizados,P&L MTM,Código
Operações,Data,Order,Ações,USD,AAA,"2025-12-01, 10:00:00",1,10,10,-10,-0.1,10.1,0,0,O
`
  expect(told(portuguese).rows).toEqual(['2 buy AAA 2025-12-01 1 @ 10 fee 0.1 USD'])
})

it('English: a contract for difference is no share', () => {
  const file = `Trades,Header,DataDiscriminator,Asset Category,Currency,Symbol,Date/Time,Quantity,T. Price,C. Price,Proceeds,Comm/Fee,Basis,Realized P/L,MTM P/L,Code
Trades,Data,Order,CFDs,USD,AAPL,"2024-03-04, 10:15:00",10,170.5,171,-1705,-1,1706,0,5,O
`
  expect(told(file)).toMatchObject({ rows: [], left_out: [2], rejected: [] })
})

import type { Row } from '../csv.ts'
import type { Mapping } from '../mapping.ts'

/**
 * DEGIRO writes its headings in the customer's language, and none above the currency that follows or precedes an amount: the
 * columns are known by their places.
 *
 *     Date,Time,Product,ISIN,Reference exchange,Venue,Quantity,Price,,Local value,,Value EUR,Exchange rate,AutoFX Fee,Transaction and/or third party fees EUR,Total EUR,Order ID,
 *     12-03-2024,15:31,APPLE INC,US0378331005,NDQ,XNAS,4,"173,2300",USD,"-692,92",USD,"-634,00","1,0929","-1,59","-2,00","-637,59",,0000-0001
 *
 *     Datum,Tijd,Valutadatum,Product,ISIN,Omschrijving,FX,Mutatie,,Saldo,,Order Id
 *     12-03-2024,15:31,12-03-2024,APPLE INC,US0378331005,"Koop 4 @ 173,23 USD",,USD,"-692,92",EUR,"10,00",0000-0001
 */
export const degiro: readonly Mapping[] = [
  {
    name: 'DEGIRO',
    header: ['degiro quantity', 'degiro price', 'degiro total'],
    field: {
      date: 'degiro date',
      isin: 'degiro isin',
      name: 'degiro product',
      shares: 'degiro quantity',
      price: 'degiro price',
      priceCurrency: 'degiro price currency',
      fee: ['degiro fee', 'degiro autofx'],
      amount: 'degiro total',
      currency: 'degiro total currency',
      id: 'degiro order',
    },
    words: [[/^exchange$/, 'exchange']],
    amount: 'net',
    days: 'dmy',
    signed: true,
    // a split, or a number that changed: shares go and come, and no order at any exchange did that
    odd: (cells, cell) =>
      cells.id === '' && cell('degiro venue') === ''
        ? { ...cells, types: ['exchange'], amount: '', fees: [] }
        : cells,
  },
  {
    name: 'DEGIRO account',
    header: ['degiro description', 'degiro change'],
    field: {
      date: 'degiro date',
      type: 'degiro description',
      isin: 'degiro isin',
      name: 'degiro product',
      amount: 'degiro change',
      currency: 'degiro change currency',
    },
    words: [
      // what a trade costs is a row of its own
      [
        /transactiekosten|comissoes|taxas de terceiros|comision|costes|costi di|transaction and\/or third|third party fees|transaktionsgebuhr|kosten van derden|custos de transacao|connectivity|aansluitingskosten|einrichtung|conectividade|\bfrais/,
        'fee',
      ],
      [
        /cash sweep|processed flatex withdrawal|flatex.*(?:sweep|transfer)|geldrekening|overboeking (?:van|naar) uw|transferir (?:de|para)/,
        'sweep',
      ],
      [
        /^(?:valuta|fx|credito de divisa|levantamento de divisa|wahrungswechsel|operation de change)/,
        'conversion',
      ],
      [/ideal|sofort|reservation|storting|deposit|einzahlung|deposito/, 'cash'],
      [/terugstorting|withdrawal|auszahlung|levantamento/, 'cash'],
    ],
    amount: 'net',
    days: 'dmy',
    signed: true,
    odd: (cells) => {
      const text = cells.types[0] ?? ''
      // Kauf 2 zu je 102,5 EUR
      const trade = /(\d[\d.,]{0,19}) ?(?:[^@\d]{0,80}@|zu je) ?(\d[\d.,]{0,19}) ?([A-Z]{3})?/.exec(
        text.slice(0, 200),
      )
      if (!/[1-9]/.test(cells.amount) && !trade) return { skip: 'a row that moved neither shares nor cash' }
      if (!trade) return cells
      return { ...cells, shares: trade[1]!, price: trade[2]!, priceCurrency: trade[3] ?? '' }
    },
  },
]

/** Names the columns of DEGIRO's header; null for any other row. */
export function degiroHeader({ line, cells }: Row): Row | null {
  const places = layouts.find(({ isOf }) => isOf(cells))?.names
  if (!places) return null
  const name = (heading: string, i: number) => {
    const currency = /[A-Z]{3}$/.exec(heading)?.[0]
    return `degiro ${places[i] ?? `column ${i}`}${currency ? ` (${currency})` : ''}`
  }
  return { line, cells: cells.map(name) }
}

/** In every language ISIN is ISIN, or `Code ISIN`. */
function isIsin(heading: string | undefined): boolean {
  return heading !== undefined && /^(?:c[oó]d[a-z]{1,4} )?ISIN$/i.test(heading)
}

/** The currencies have no heading. */
const layouts: readonly { isOf: (cells: readonly string[]) => boolean; names: readonly string[] }[] = [
  {
    isOf: (cells) =>
      isIsin(cells[3]) && cells[8] === '' && cells[10] === '' && cells[12] !== '' && cells.length >= 16,
    names:
      'date,time,product,isin,exchange,venue,quantity,price,price currency,local value,local currency,value,rate,autofx,fee,total,order,order'.split(
        ',',
      ),
  },
  {
    isOf: (cells) =>
      isIsin(cells[3]) && cells[8] === '' && cells[10] === '' && cells[12] === '' && cells.length >= 18,
    names:
      'date,time,product,isin,exchange,venue,quantity,price,price currency,local value,local currency,value,value currency,rate,fee,fee currency,total,total currency,order,order'.split(
        ',',
      ),
  },
  {
    isOf: (cells) => isIsin(cells[4]) && cells[8] === '' && cells[10] === '' && cells.length >= 11,
    names:
      'date,time,value date,product,isin,description,fx,change currency,change,balance currency,balance,order'.split(
        ',',
      ),
  },
]

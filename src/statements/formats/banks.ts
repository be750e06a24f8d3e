import type { Mapping } from '../mapping.ts'
import { isinIn } from '../security.ts'

/** Banks of Germany and Switzerland, whose lists of bookings have trades among other money. */
export const banks: readonly Mapping[] = [
  {
    // the account: … Wertp.Abrechn. 05.06.2026 … ISIN LU1737652583 … Preis 74,50600000 EUR Stück 0,3355;Ausgang;…;-25
    name: 'DKB',
    header: ['buchungsdatum', 'zahlungsempfangerin', 'verwendungszweck', 'umsatztyp', 'betrag'],
    field: { date: 'buchungsdatum', amount: 'betrag', note: 'verwendungszweck', status: 'status' },
    amount: 'net',
    days: 'dmy',
    decimals: ',',
    currency: 'EUR',
    signed: true,
    feeIsRest: true,
    odd: (cells) => {
      const isin = isinIn(cells.note)
      const [, date = '', price = '', shares = ''] =
        /Abrechn\. (\d\d\.\d\d\.\d{4})\b.*\bPreis\s+([\d.,]+)\s+EUR\s+St(?:ü|ue)ck\s+([\d.,]+)/.exec(
          cells.note.slice(0, 400),
        ) ?? []
      if (shares !== '')
        return { ...cells, date, types: [cells.amount.startsWith('-') ? 'buy' : 'sell'], isin, price, shares }
      return { ...cells, types: [isin !== '' && /ertrag/i.test(cells.note) ? 'dividend' : 'cash'], isin }
    },
  },
  {
    // 14.08.2026;…;26.01.2026;;28.01.2026;…;Kauf aus Emission;CSIF (CH) Equity;;…;CH0189956813;;0.415;CHF;2'410.55;;CHF;1000;…
    name: 'UBS',
    header: [
      'abschluss',
      'beschreibung 1',
      'beschreibung 2',
      'isin',
      'anzahl/betrag',
      'bewertungswahrung',
      'trans -wert',
    ],
    field: {
      date: ['abschluss', 'buchung'],
      type: 'beschreibung 1',
      name: 'beschreibung 2',
      isin: 'isin',
      shares: 'anzahl/betrag',
      // the price is that of the fund's own currency, and rounded
      amount: 'trans -wert',
      currency: 'bewertungswahrung',
      priceCurrency: 'whrg 2',
      asset: 'instrumentenkategorie',
    },
    amount: 'net',
    days: 'dmy',
    decimals: '.',
    odd: (cells) => (cells.isin === '' ? { ...cells, shares: '' } : cells),
  },
]

import { addDays, type Day } from '../../src/portfolio/day.ts'
import { type Decimal, ONE, rounded, text, times } from '../../src/portfolio/decimal.ts'
import type { DayOrder } from '../../src/statements/day-spelling.ts'
import type { Answers } from '../../src/statements/question.ts'
import { chances } from '../reference/random-case.ts'

/** A row of a ledger, as the file is meant. */
export type Meant = {
  type: 'buy' | 'sell' | 'dividend' | 'interest' | 'deposit' | 'withdrawal' | 'fee'
  date: Day
  symbol: string | null
  shares: Decimal | null
  price: Decimal | null
  fee: Decimal
  tax: Decimal
  /** The cash of what is no trade, before fee and tax. */
  amount: Decimal
}

export type RandomFile = {
  bytes: Uint8Array
  text: string
  /** What is meant, by the line it stands on. */
  meant: Map<number, Meant>
  /** What a person who knows the file would answer. */
  answers: Answers
  hasPrice: boolean
}

type Language = {
  names: Record<
    | 'date'
    | 'type'
    | 'symbol'
    | 'shares'
    | 'price'
    | 'fee'
    | 'tax'
    | 'amount'
    | 'currency'
    | 'note'
    | 'balance',
    string[]
  >
  words: Record<Meant['type'], string[]>
}

/** What people and programs call their columns, in their own words and not in those of columns.ts. */
const languages: readonly Language[] = [
  {
    names: {
      date: ['Date', 'Trade Date', 'TradeDate', 'Execution date', 'date_of_trade', 'Day'],
      type: ['Type', 'Action', 'Transaction Type', 'Side', 'activity_type'],
      symbol: ['Symbol', 'Ticker', 'Instrument', 'STOCK SYMBOL', 'Security'],
      shares: ['Shares', 'Quantity', 'Qty', 'Units', 'No. of shares', 'numberOfShares'],
      price: ['Price', 'Unit price', 'Price per share', 'Price/Share', 'Fill price ($)', 'avg_price'],
      fee: ['Fee', 'Commission', 'Fees & Comm', 'Brokerage', 'Transaction costs'],
      tax: ['Tax', 'Withholding tax', 'Taxes'],
      amount: ['Amount', 'Total', 'Net Amount', 'Value', 'Proceeds', 'Cash Amount'],
      currency: ['Currency', 'CCY'],
      note: ['Note', 'Comment', 'Memo'],
      balance: ['Balance', 'Cash balance'],
    },
    words: {
      buy: ['Buy', 'BUY', 'Bought', 'Purchase', 'You bought', 'MARKET_BUY'],
      sell: ['Sell', 'SELL', 'Sold', 'Sale', 'Limit sell'],
      dividend: ['Dividend', 'Cash Dividend', 'DIVIDEND', 'Qualified dividend'],
      interest: ['Interest', 'Interest earned', 'Bank interest'],
      deposit: ['Deposit', 'Cash deposit', 'Contribution'],
      withdrawal: ['Withdrawal', 'Cash withdrawal'],
      fee: ['Fee', 'Account fee', 'Custody fee'],
    },
  },
  {
    names: {
      date: ['Datum', 'Handelstag', 'Ausführungsdatum', 'Buchungstag'],
      type: ['Typ', 'Vorgang', 'Transaktion', 'Buchungsart'],
      symbol: ['Symbol', 'Ticker', 'Kürzel'],
      shares: ['Stück', 'Anzahl', 'Stückzahl', 'Menge'],
      price: ['Kurs', 'Preis', 'Stückpreis', 'Ausführungskurs'],
      fee: ['Gebühr', 'Gebühren', 'Provision', 'Entgelt'],
      tax: ['Steuer', 'Quellensteuer', 'Steuern'],
      amount: ['Betrag', 'Gesamtbetrag', 'Summe', 'Wert', 'Endbetrag'],
      currency: ['Währung'],
      note: ['Notiz', 'Bemerkung'],
      balance: ['Saldo', 'Kontostand'],
    },
    words: {
      buy: ['Kauf', 'KAUF', 'Wertpapierkauf'],
      sell: ['Verkauf', 'Wertpapierverkauf'],
      dividend: ['Dividende', 'Ausschüttung', 'Ertrag'],
      interest: ['Zinsen', 'Zins'],
      deposit: ['Einzahlung', 'Einlage'],
      withdrawal: ['Auszahlung', 'Entnahme'],
      fee: ['Gebühr', 'Depotgebühr', 'Entgelt'],
    },
  },
  {
    names: {
      date: ['Date', "Date d'opération", 'Date opération'],
      type: ['Opération', "Type d'opération", 'Sens'],
      symbol: ['Symbole', 'Ticker', 'Mnémonique'],
      shares: ['Quantité', 'Nombre de titres', 'Qté'],
      price: ['Cours', 'Prix unitaire', 'Prix'],
      fee: ['Frais', 'Courtage', 'Commission'],
      tax: ['Impôt', 'Prélèvements'],
      amount: ['Montant', 'Montant net', 'Total'],
      currency: ['Devise'],
      note: ['Commentaire', 'Remarque'],
      balance: ['Solde'],
    },
    words: {
      buy: ['Achat', 'ACHAT'],
      sell: ['Vente', 'VENTE'],
      dividend: ['Dividende', 'Dividendes'],
      interest: ['Intérêts'],
      deposit: ['Versement', 'Dépôt'],
      withdrawal: ['Retrait'],
      fee: ['Frais', 'Frais de garde'],
    },
  },
  {
    names: {
      date: ['Fecha', 'Fecha operación'],
      type: ['Operación', 'Tipo de operación', 'Tipo'],
      symbol: ['Símbolo', 'Ticker'],
      shares: ['Títulos', 'Cantidad', 'Acciones'],
      price: ['Precio', 'Precio unitario', 'Cotización'],
      fee: ['Comisión', 'Gastos', 'Comisiones'],
      tax: ['Retención', 'Impuestos'],
      amount: ['Importe', 'Importe neto', 'Efectivo'],
      currency: ['Divisa', 'Moneda'],
      note: ['Notas', 'Comentarios'],
      balance: ['Saldo'],
    },
    words: {
      buy: ['Compra', 'COMPRA'],
      sell: ['Venta', 'VENTA'],
      dividend: ['Dividendo', 'Cobro de dividendos'],
      interest: ['Intereses'],
      deposit: ['Ingreso', 'Aportación'],
      withdrawal: ['Retirada', 'Reintegro'],
      fee: ['Comisión', 'Comisión de custodia'],
    },
  },
  {
    names: {
      date: ['Datum', 'Transactiedatum'],
      type: ['Soort', 'Transactietype', 'Koop/Verkoop'],
      symbol: ['Symbool', 'Ticker'],
      shares: ['Aantal', 'Aantal stuks'],
      price: ['Koers', 'Prijs'],
      fee: ['Kosten', 'Transactiekosten', 'Provisie'],
      tax: ['Belasting', 'Dividendbelasting'],
      amount: ['Bedrag', 'Totaal', 'Totaalbedrag'],
      currency: ['Valuta', 'Munt'],
      note: ['Opmerking'],
      balance: ['Saldo'],
    },
    words: {
      buy: ['Koop', 'Aankoop'],
      sell: ['Verkoop'],
      dividend: ['Dividend', 'Dividenduitkering'],
      interest: ['Rente'],
      deposit: ['Storting'],
      withdrawal: ['Opname'],
      fee: ['Kosten', 'Servicekosten'],
    },
  },
  {
    names: {
      date: ['Data', 'Data operazione'],
      type: ['Operazione', 'Tipo operazione', 'Causale'],
      symbol: ['Simbolo', 'Ticker'],
      shares: ['Quantità', 'Numero azioni'],
      price: ['Prezzo', 'Prezzo unitario'],
      fee: ['Commissioni', 'Spese'],
      tax: ['Ritenuta', 'Imposte'],
      amount: ['Importo', 'Controvalore', 'Importo netto'],
      currency: ['Divisa', 'Valuta'],
      note: ['Note', 'Osservazioni'],
      balance: ['Saldo'],
    },
    words: {
      buy: ['Acquisto', 'ACQUISTO'],
      sell: ['Vendita'],
      dividend: ['Dividendo', 'Dividendi'],
      interest: ['Interessi'],
      deposit: ['Versamento', 'Deposito'],
      withdrawal: ['Prelievo'],
      fee: ['Commissioni', 'Spese di custodia'],
    },
  },
  {
    names: {
      date: ['Datum', 'Affärsdag', 'Transaktionsdag'],
      type: ['Typ av transaktion', 'Transaktionstyp', 'Händelse'],
      symbol: ['Symbol', 'Ticker', 'Kortnamn'],
      shares: ['Antal', 'Antal aktier'],
      price: ['Kurs', 'Pris'],
      fee: ['Courtage', 'Avgift'],
      tax: ['Skatt', 'Källskatt'],
      amount: ['Belopp', 'Summa', 'Nettobelopp'],
      currency: ['Valuta'],
      note: ['Anteckning', 'Kommentar'],
      balance: ['Saldo'],
    },
    words: {
      buy: ['Köp', 'KÖP'],
      sell: ['Sälj'],
      dividend: ['Utdelning'],
      interest: ['Ränta'],
      deposit: ['Insättning'],
      withdrawal: ['Uttag'],
      fee: ['Avgift', 'Depåavgift'],
    },
  },
]

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** A random ledger in a random spelling: the same one for the same seed. */
export function randomFile(seed: number): RandomFile {
  const { int, maybe, pick, shuffled } = chances(seed)
  const language = pick(...languages)
  const isUnnamed = maybe(0.15)
  const meant = ledger()

  const days = pick<'iso' | 'packed' | 'named' | DayOrder>(
    'iso',
    'iso',
    'packed',
    'named',
    'dmy',
    'dmy',
    'mdy',
    'mdy',
  )
  const between = days === 'mdy' ? pick('/', '-') : pick('/', '.', '-')
  const isShortYear = maybe(0.2)
  const isPadded = maybe(0.6)
  const time = days === 'packed' ? '' : pick('', '', '', ' 10:15', ' 23:59:59')
  const separator = pick(',', ',', ';', '\t', '|')
  const mark = pick('.', '.', ',')
  const groups = separator === ',' && mark === ',' ? '' : pick('', '', mark === '.' ? ',' : '.', ' ', "'")
  const places = pick(0, 2, 4)
  const sign = pick('', '', '', '$', '€', 'USD ', ' EUR')

  const isNet = maybe(0.6)
  const hasFee = meant.some(({ fee }) => fee > 0n)
  const hasTax = meant.some(({ tax }) => tax > 0n)
  const hasCash = meant.some(({ shares }) => shares === null)
  const hasAmount = hasCash || maybe(0.6)
  const hasPrice = !hasAmount || maybe(0.85)
  const areSharesSigned = isUnnamed || maybe(0.4)
  const areAmountsSigned = isUnnamed || maybe(0.6)
  const areChargesNegative = maybe(0.25)
  const hasCurrency = maybe(0.4)

  const spelledDay = (day: Day): string => {
    const [year = '', month = '', date = ''] = day.split('-')
    const plain = (part: string) => (isPadded ? part : String(Number(part)))
    const ofYear = isShortYear ? year.slice(2) : year
    switch (days) {
      case 'iso':
      case 'ymd':
        return day + time
      case 'packed':
        return year + month + date
      case 'named':
        return `${plain(date)}-${months[Number(month) - 1]}-${ofYear}${time}`
      case 'dmy':
        return [plain(date), plain(month), ofYear].join(between) + time
      case 'mdy':
        return [plain(month), plain(date), ofYear].join(between) + time
    }
  }
  const spelledNumber = (value: Decimal | null, isMoney: boolean): string => {
    if (value === null) return ''
    const [whole = '', fraction = ''] = text(value < 0n ? -value : value).split('.')
    const grouped = groups ? whole.replace(/\B(?=(?:\d{3})+$)/g, groups) : whole
    const decimals = isMoney ? fraction.padEnd(places, '0') : fraction
    const digits = grouped + (decimals ? mark + decimals : '')
    const beside = isMoney && sign ? (sign.startsWith(' ') ? digits + sign : sign + digits) : digits
    return value < 0n ? `-${beside}` : beside
  }
  const cashOf = ({ type, shares, price, amount, fee, tax }: Meant): Decimal => {
    const isIn = ['sell', 'dividend', 'interest', 'deposit'].includes(type)
    const gross = shares === null ? amount : rounded(times(shares, price!), 2)
    const charge = isNet ? fee + tax : 0n
    const cash = isIn ? gross - charge : gross + charge
    return areAmountsSigned && !isIn ? -cash : cash
  }

  const columns: { name: string; cell: (row: Meant) => string }[] = []
  const add = (name: string, cell: (row: Meant) => string) => void columns.push({ name, cell })
  const named = (field: keyof Language['names']) => pick(...language.names[field])
  const words = Object.fromEntries(
    Object.entries(language.words).map(([type, some]) => [type, pick(...some)]),
  ) as Record<Meant['type'], string>
  add(named('date'), ({ date }) => spelledDay(date))
  if (!isUnnamed) add(named('type'), ({ type }) => words[type])
  add(named('symbol'), ({ symbol }) => symbol ?? '')
  add(named('shares'), ({ type, shares }) =>
    spelledNumber(shares !== null && areSharesSigned && type === 'sell' ? -shares : shares, false),
  )
  if (hasPrice) add(named('price'), ({ price }) => spelledNumber(price, true))
  const charged = (charge: Decimal) =>
    charge === 0n ? '' : spelledNumber(areChargesNegative ? -charge : charge, true)
  if (hasFee || maybe(0.2)) add(named('fee'), ({ fee }) => charged(fee))
  if (hasTax) add(named('tax'), ({ tax }) => charged(tax))
  if (hasAmount) add(named('amount'), (row) => spelledNumber(cashOf(row), true))
  if (hasCurrency) add(named('currency'), () => (sign.includes('EUR') || sign === '€' ? 'EUR' : 'USD'))
  if (maybe(0.4)) add(named('note'), () => pick('', 'for later', 'Müller & Söhne', 'a, b; c', '5 of 10'))
  if (maybe(0.2)) add('Account', () => '12345678')
  if (maybe(0.2)) add('Exchange rate', () => '1' + mark + '0850')
  if (maybe(0.2)) add('Market value', () => spelledNumber(123_456n * (ONE / 100n), true))
  const ordered = shuffled(columns)

  const quoted = (cell: string): string =>
    cell.includes(separator) || cell.includes('"') || maybe(0.05) ? `"${cell.replaceAll('"', '""')}"` : cell
  const lines: string[] = []
  for (let left = maybe(0.3) ? int(1, 4) : 0; left > 0; left--)
    lines.push(pick('Transactions', `Account${separator}12345678`, '', 'From the first of January'))
  lines.push(ordered.map(({ name }) => quoted(name)).join(separator))
  const byLine = new Map<number, Meant>()
  for (const row of meant) {
    lines.push(ordered.map(({ cell }) => quoted(cell(row))).join(separator))
    byLine.set(lines.length, row)
  }
  const content = lines.join(pick('\n', '\r\n')) + '\n'
  return {
    bytes: encoded(content, pick('utf-8', 'utf-8', 'marked', 'utf-16', 'windows-1252')),
    text: content,
    meant: byLine,
    answers: {
      ...((days === 'dmy' || days === 'mdy') && { days }),
      decimals: mark,
      amount: isNet ? 'net' : 'gross',
    },
    hasPrice,
  }

  function ledger(): Meant[] {
    const rows: Meant[] = []
    const first = addDays('2015-01-01', int(0, 3000))
    for (let left = int(1, 12); left > 0; left--) {
      const type = isUnnamed
        ? pick('buy', 'buy', 'sell')
        : pick<Meant['type']>(
            'buy',
            'buy',
            'buy',
            'sell',
            'sell',
            'dividend',
            'interest',
            'deposit',
            'withdrawal',
            'fee',
          )
      const isTrade = type === 'buy' || type === 'sell'
      const withFee = isTrade && maybe(0.5)
      rows.push({
        type,
        date: addDays(first, int(0, 900)),
        symbol: isTrade || type === 'dividend' ? pick('VOO', 'LSTD', 'SAP.DE', 'AAPL', 'BRK-B') : null,
        shares: isTrade
          ? pick(
              BigInt(int(1, 200)) * ONE,
              BigInt(int(1, 99_999)) * (ONE / 1000n),
              BigInt(int(1, 3000)) * ONE,
            )
          : null,
        price: isTrade
          ? pick(
              BigInt(int(100, 99_999)) * (ONE / 100n),
              BigInt(int(1, 4000)) * ONE,
              BigInt(int(1000, 999_999)) * (ONE / 1000n),
            )
          : null,
        fee: withFee ? pick(BigInt(int(1, 1500)) * (ONE / 100n), BigInt(int(1, 9)) * ONE) : 0n,
        tax: type === 'dividend' && maybe(0.3) ? BigInt(int(1, 90)) * (ONE / 100n) : 0n,
        amount: isTrade ? 0n : pick(BigInt(int(100, 999_999)) * (ONE / 100n), BigInt(int(1, 5000)) * ONE),
      })
    }
    // a file of cash alone is none of trades
    if (!rows.some(({ shares }) => shares !== null))
      rows[0] = {
        ...rows[0]!,
        type: 'buy',
        symbol: 'VOO',
        shares: ONE,
        price: 100n * ONE,
        amount: 0n,
        fee: 0n,
        tax: 0n,
      }
    return maybe(0.7) ? rows.toSorted((a, b) => (a.date < b.date ? -1 : 1)) : rows
  }
}

/** Windows-1252 has the letters of all these languages where Latin-1 has them, and the sign of the euro at 0x80. */
function encoded(content: string, encoding: 'utf-8' | 'marked' | 'utf-16' | 'windows-1252'): Uint8Array {
  if (encoding === 'utf-8') return new TextEncoder().encode(content)
  if (encoding === 'marked') return new TextEncoder().encode(`\uFEFF${content}`)
  const codes = Array.from(content, (letter) => letter.charCodeAt(0))
  if (encoding === 'windows-1252')
    return Uint8Array.from(codes.map((code) => (code === 0x20ac ? 0x80 : code)))
  return Uint8Array.from([0xfeff, ...codes].flatMap((code) => [code & 255, code >> 8]))
}

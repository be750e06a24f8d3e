import { columnWords } from './column-words.ts'
import { isMoney } from './money-codes.ts'
import { plainLetters } from './plain-letters.ts'

/** What a column of a statement holds. `debit` and `credit` are the two halves of an amount. */
export type Field =
  | 'date'
  | 'type'
  | 'symbol'
  | 'isin'
  | 'cusip'
  | 'name'
  | 'shares'
  | 'price'
  | 'fee'
  | 'tax'
  | 'amount'
  | 'gross'
  | 'debit'
  | 'credit'
  | 'currency'
  | 'priceCurrency'
  /** What the fee is in. */
  | 'feeCurrency'
  | 'note'
  | 'id'
  | 'status'
  | 'balance'
  | 'rate'
  /** What kind of asset it is: a share, a fund, an option. */
  | 'asset'
  /** Where it trades: `NASDAQ`, `LSE`, `XETRA`. */
  | 'exchange'
  /** At what price an option is exercised: a row that has one is about an option. */
  | 'strike'

/**
 * Returns the name of a column as the tables of names have it: `Price ($)`, ` price ` and `Price*` are `price`, `Buy / Sell` is `buy/sell`,
 * `unitPrice` and `unit_price` are `unit price`, `Gebühr` is `gebuhr`, `Total (EUR)` and `Total EUR` are `total`.
 */
export function columnName(heading: string): string {
  return withoutCurrency(
    plainLetters(heading.slice(0, LONGEST_HEADING))
      .replace(/([a-z])(?=[A-Z])/g, '$1 ')
      .replace(/\(optional\)/i, '')
      .replace(/\b([Nn])[º°]/g, '$1o')
      // in brackets a currency, a unit, or a footnote
      .replace(/[([](?:[A-Z]{3}|[$€£¥p]|pence|%|[Ss]tk\.?|[Ss]tuck)[)\]]/g, '')
      .replace(/[（［([](?:[円株口%％/]|現地通貨|(?:US|米)?トル)+[）］)\]]/g, '')
      .replace(/[$€£*#:"]/g, '')
      .replace(/[\s_.]+/g, ' ')
      .replace(/ ?\/ ?/g, '/')
      .trim(),
  ).toLowerCase()
}

/** `Umsatz in EUR`, `Value EUR` and `Kurswert in Zahlungswährung` are named by what stands before the currency. */
function withoutCurrency(spelled: string): string {
  const name = spelled.replace(/(?<=\S) in (?:zahlungs?|handels|konto|abrechnungs|depot)wahrung$/i, '')
  const [, before, code] = /^(.*?\S)(?: (?:in|en|v|w)|,)? ([A-Z]{3})$/.exec(name) ?? []
  return before && code && isMoney(code) ? before : name
}

const LONGEST_HEADING = 80

/** The currency that a heading names: `Total (GBP)`, `Value EUR`, `Courtage (SEK)`, `Unit cost (p)`; '' for none. */
export function headingCurrency(heading: string): string {
  const [, bracketed, symbol, last] =
    /[([（［](?:([A-Z]{3})|([€£¥円p]|pence|(?:US|米)ドル))[)\]）］]|\s([A-Z]{3}|euros?)\s?$/.exec(
      heading.slice(0, LONGEST_HEADING),
    ) ?? []
  const word = bracketed ?? last ?? ''
  if (symbol) return signs[symbol] ?? ''
  return word.startsWith('euro') ? 'EUR' : bracketed || isMoney(word) ? word : ''
}

const signs: Record<string, string> = {
  '€': 'EUR',
  '£': 'GBP',
  '¥': 'JPY',
  円: 'JPY',
  USドル: 'USD',
  米ドル: 'USD',
  p: 'GBX',
  pence: 'GBX',
}

/**
 * The fields that a heading may mean, best first: the same word is a currency in one language and a value date in
 * another, so that the cells below it decide (guess.ts). Empty for a heading that nobody knows.
 */
export function fieldsOf(name: string): { field: Field; rank: number }[] {
  return known.get(name) ?? known.get(name.replace(BESIDE_NAME, '')) ?? loosely(name)
}

/** What follows a name without changing it: `Trade Date/Time`, `Timestamp (UTC)`, `Trade Date (US)`, `Orderdatum Uhrzeit`, `Brokerage (inc GST)`. */
const BESIDE_NAME =
  / ?(?:\/ ?time|\(?(?:utc|cet|est|et|gmt|local|us|uk|au)\)?|\(?inc\w*\.? (?:gst|vat)\)?|(?<=date|datum) (?:and time|& time|time|uhrzeit))$/

/** True for a column of numbers that a trade does not need, so that nobody has to be told that it is not used. */
export function isBeside(name: string): boolean {
  return BESIDE.test(name)
}

const BESIDE =
  /current|last price|market|realized|realised|gain|profit|loss|p\/l|\bpnl|change|^(?:open|high|low|close|volume|weight|time|year|line|row|nr|no)$|limit|balance|saldo|solde|rate|kurs$|wechselkurs|koers$|valutakurs|cambio|basis|account|konto|compte|cuenta|rekening|conto|portfolio|phone|total qty|\bid\b|code|wkn|valor(?:en)?$|order|reference|referenz|per share|mcc|split|age|days|^broker|institution|institui[cç]|intermediar|platform|plattform|time ?zone|zeitzone|fuseau/

const known = new Map<string, { field: Field; rank: number }[]>()
for (const [field, list] of Object.entries(columnWords) as [Field, string][])
  for (const [rank, name] of list.split('|').entries()) {
    const meanings = known.get(name.trim()) ?? []
    if (!meanings.some((each) => each.field === field)) meanings.push({ field, rank })
    known.set(name.trim(), meanings)
  }

/** A word inside a longer name: `Trade commission USD`, `Datum der Ausführung`. */
const within: readonly (readonly [RegExp, Field])[] = [
  [
    /\b(?:per|je|par|por|pro) (?:share|unit|stuck|aktie|anteil|action|part|aandeel|stuk|accion|titulo|azione)$/,
    'price',
  ],
  [/^(?:total|gesamt|totaal) ?(?:paid|spent|invested|received|cost|betaald|bezahlt)$/, 'amount'],
  [/^(?:fiat|cash|trade|order|transaction|net|gross) (?:amount|value) \(|amount \((?:excl|incl)/, 'amount'],
  [/\bisin\b/, 'isin'],
  [/\bcusip\b/, 'cusip'],
  [/exchange rate|fx rate|wechselkurs|taux de change|tipo de cambio|wisselkoers|tasso di cambio/, 'rate'],
  [/balance|saldo|kontostand|solde/, 'balance'],
  [/currency|wahrung|devise|divisa|moneda|valuutta|\bvaluta mutatie/, 'currency'],
  [
    /commission|\bfees?\b|brokerage|gebuhr|provision|\bfrais\b|courtage|comision|transactiekosten|commissioni|\bspesen?\b|avgift|stamp duty/,
    'fee',
  ],
  [/\btax|steuer|\bkest\b|impot|retencion|belasting|ritenut|skatt|withh/, 'tax'],
  [/\bgross\b|brutto|\bbrut\b|\blordo\b|\bbruto\b/, 'gross'],
  [/date|datum|fecha|\bdata\b|\bdag\b|paiva$/, 'date'],
  [/number of|no of|quantity|anzahl|stuck|quantite|cantidad|\baantal|quantita|\bantal|\bshares$/, 'shares'],
  [/price|preis|\bkurs\b|\bprix\b|\bcours\b|precio|koers|\bprijs|prezzo/, 'price'],
  [/受渡金額|受取金額/, 'amount'],
  [/amount|betrag|montant|importe|bedrag|importo|belopp|proceeds/, 'amount'],
  [/ticker|symbol/, 'symbol'],
  [/(?<!account )\btypes?\b|\btyyppi|\bsoort\b|(?:transaktions?|umsatz|vorgangs|auftrags|order)art$/, 'type'],
]

/** Days of the file, of a valuation or of the security, and not of what happened. */
const NOT_OF_ROW =
  /^(?:bewertungs?|stichtag|auszugs|erstell|falligkeits)\w*(?:datum|tag)$|datum der erstellung|(?:valuation|report|statement|export|maturity|expiry|expiration) date/

/** True for a heading of days that say nothing of a row: when the file was made, or its shares were valued. */
export function isOfFile(name: string): boolean {
  return NOT_OF_ROW.test(name)
}

/** The rank of a name that is known only by a word in it. */
export const LOOSE = 1000

function loosely(name: string): { field: Field; rank: number }[] {
  if (isOfFile(name)) return []
  const found = within.find(([pattern]) => pattern.test(name))
  return found ? [{ field: found[1], rank: LOOSE }] : []
}

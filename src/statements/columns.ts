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
  | 'note'
  | 'id'
  | 'status'
  | 'balance'
  | 'rate'

/**
 * Returns the name of a column as the tables of names have it: `Price ($)`, ` price ` and `Price*` are `price`,
 * `unitPrice` and `unit_price` are `unit price`, `Gebühr` is `gebuhr`, `Total (EUR)` is `total`.
 */
export function columnName(heading: string): string {
  return (
    heading
      .slice(0, LONGEST_HEADING)
      .replace(/([a-z])(?=[A-Z])/g, '$1 ')
      // in brackets a currency, or a footnote
      .replace(/[([](?:[A-Z]{3}|[$€£¥p]|%)[)\]]/g, '')
      .normalize('NFD')
      .replace(/\p{M}|[$€£*#:"]/gu, '')
      .replaceAll('ß', 'ss')
      .replace(/[\s_.]+/g, ' ')
      .trim()
      .toLowerCase()
  )
}

const LONGEST_HEADING = 80

/** The currency that a heading names: `Total (GBP)`, `Value EUR`, `Courtage (SEK)`, `Unit cost (p)`; '' for none. */
export function headingCurrency(heading: string): string {
  const [, bracketed, symbol, last] =
    /[([](?:([A-Z]{3})|([€£¥p]))[)\]]|\s([A-Z]{3})\s?$/.exec(heading.slice(0, LONGEST_HEADING)) ?? []
  return bracketed ?? (symbol ? (signs[symbol] ?? '') : last && currencies.has(last) ? last : '')
}

const signs: Record<string, string> = { '€': 'EUR', '£': 'GBP', '¥': 'JPY', p: 'GBX' }

/** A heading may end with any three capital letters, such as `Price FIX`. */
const currencies = new Set(
  'USD EUR GBP CHF CAD AUD NZD SEK NOK DKK PLN CZK HUF JPY INR BRL MXN ZAR SGD HKD TRY ILS RON BGN CNY KRW'.split(
    ' ',
  ),
)

/**
 * The fields that a heading may mean, best first: the same word is a currency in one language and a value date in
 * another, so that the cells below it decide (guess.ts). Empty for a heading that nobody knows.
 */
export function fieldsOf(name: string): { field: Field; rank: number }[] {
  return known.get(name) ?? loosely(name)
}

/** True for a column of numbers that a trade does not need, so that nobody has to be told that it is not used. */
export function isBeside(name: string): boolean {
  return BESIDE.test(name)
}

const BESIDE =
  /current|last price|market|realized|realised|gain|profit|loss|p\/l|\bpnl|change|^(?:open|high|low|close|volume|weight|time|year|line|row|nr|no)$|limit|balance|saldo|solde|rate|kurs$|wechselkurs|koers$|valutakurs|cambio|basis|account|konto|compte|cuenta|rekening|conto|portfolio|phone|total qty|\bid\b|code|wkn|valor(?:en)?$|order|reference|referenz|per share|mcc|split|age|days/

/** Names of columns, the most telling first. Accents are left out. */
const names: Record<Field, string> = {
  date: `trade date|activity/trade date|date of trade|transaction date|execution date|run date|activity date|date executed|executed at|executed on|purchase date|buy date|date acquired|date|trade day|day|date/time|datetime|date time|timestamp|time|trade time|filled time|execution time|created at|when|transaction day|transaction time
    |handelsdatum|handelstag|ausfuhrungsdatum|ausfuhrung|transaktionsdatum|schlusstag|kaufdatum|datum|tag|datum/uhrzeit|zeit|zeitpunkt|buchungstag|buchungsdatum|buchung
    |date operation|date d'operation|date de transaction|date de l'operation|date transaction|date d'execution|jour
    |fecha operacion|fecha de operacion|fecha de la operacion|fecha|dia|fecha de transaccion|fecha ejecucion
    |transactiedatum|handelsdag|uitvoeringsdatum|boekdatum|boekingsdatum
    |data operazione|data dell'operazione|data|data esecuzione|giorno|data contabile
    |affarsdag|transaktionsdag|bokforingsdag|avslutsdag|data negocio|data da operacao|data transakcji|paivamaara|dato|handledato|kauppapaiva
    |open date|open time|booking date|posting date|process date|value date|valuta|valutadatum|valutadag|settlement date|settle date|date valeur|date de valeur|fecha valor|data valuta|date reglement|likviddag|rentedatum`,
  type: `action|transaction type|activity type|trans code|transaction|side|buy/sell|buy / sell|b/s|way|trade type|type of transaction|operation|operation type|activity|event|event type|kind|type|direction|order side|category|order type
    |transaktionstyp|transaktionsart|transaktion|transaktionart|vorgang|buchungsart|geschaftsart|auftragsart|orderart|kauf/verkauf|typ|art|umsatzart|richtung|buchungstyp
    |type d'operation|type operation|type de transaction|nature|achat/vente|sens|nature de l'operation
    |tipo de operacion|tipo operacion|tipo de transaccion|operacion|movimiento|compra/venta|tipo de movimiento|tipo|concepto
    |soort transactie|transactietype|type transactie|koop/verkoop|soort|transactie|transactiesoort
    |tipo operazione|tipo di operazione|operazione|tipo transazione|causale|segno|acquisto/vendita|movimento
    |typ av transaktion|kop/salj|handelse|transaktionstyp|affarstyp|tipo de negocio|typ transakcji|transaksjonstype|transaktionstype`,
  symbol: `symbol|ticker|ticker symbol|stock symbol|symbol/cusip|instrument symbol|trading symbol|stock ticker|security symbol|stock code|instrument code|instrument|stock|security|asset|scrip|epic|code|share|equity|base currency|security id|instrument id|identifier|underlying symbol
    |kurzel|borsenkurzel|wertpapierkurzel|tickersymbol|symbole|symbool|effectcode|code valeur|mnemonique|simbolo|codigo|kortnamn|sigla|titolo|wertpapier|valeur|valor|vardepapper|effect|fonds|aandeel|accion|azione|aktie|titre|titulo|activo|bezeichnung|papper`,
  isin: `isin|isin code|isin-code|instrument isin|security isin|codigo isin|code isin|codice isin|identifier|isin/wkn|isin nummer|isin-nummer|isin number`,
  cusip: `cusip|cusip number|cusip no|symbol/cusip`,
  name: `name|security name|description|security description|investment name|investment|company|company name|product|product name|stock name|instrument name|asset name|title|fund|fund name|security|instrument|holding|details|asset
    |wertpapier|wertpapiername|wertpapierbezeichnung|bezeichnung|titel|produkt|name des wertpapiers|papier
    |libelle|valeur|titre|nom|designation|produit|nom du titre|nom de la valeur
    |nombre|valor|producto|titulo|activo|descripcion|nombre del valor|accion
    |omschrijving|fonds|naam|effect|fondsnaam|product|aandeel
    |titolo|nome|descrizione|prodotto|strumento|azione|denominazione
    |vardepapper|vardepapper/beskrivning|namn|beskrivning|aktie|vardepappersnamn|verdipapir|vaerdipapir`,
  shares: `shares|quantity|qty|units|no of shares|number of shares|no shares|number of units|no of units|share quantity|quantity transacted|filled qty|filled quantity|executed quantity|filled|share count|amount of shares|shares traded|quantity traded|units/shares|units transacted|base amount|volume|vol|size
    |anzahl|stuck|stucke|stk|stuckzahl|anteile|menge|nominal|nominale|stuck/nominal|stuck/nominale|nominal/stuck|nennwert/stuck|anzahl aktien
    |quantite|nombre de titres|nb titres|titres|nombre|parts|nombre de parts|qte
    |cantidad|numero de titulos|titulos|participaciones|acciones|num titulos|n titulos|no titulos|unidades
    |aantal|stuks|aantal stuks|aantal aandelen
    |quantita|numero|numero azioni|azioni|pezzi|quote
    |antal|antal aktier|antal andelar|andelar|antall|quantidade|ilosc|mangd|stycken`,
  price: `price|unit price|share price|price per share|price / share|price per unit|execution price|executed price|fill price|avg price|average price|avg fill price|average fill price|trade price|purchase price|buy price|cost per share|cost per unit|cost/share|price/share|unit cost|price each|price paid|t price|rate per share|nav|price at transaction|spot price|deal price
    |kurs|preis|stuckpreis|ausfuhrungskurs|ausfuhrungspreis|kaufkurs|einstandskurs|einzelpreis|preis je stuck|preis pro stuck|kurs je stuck|kurs/preis|preis je anteil|kaufpreis|preis je aktie|preis pro aktie|stuckkurs
    |cours|prix|prix unitaire|cours d'execution|prix d'execution|prix par action|cours unitaire
    |precio|precio unitario|cotizacion|precio por accion|cambio|precio de ejecucion|precio medio
    |koers|prijs|prijs per stuk|uitvoeringskoers|prijs per aandeel|stukprijs
    |prezzo|prezzo unitario|prezzo medio|prezzo di esecuzione|prezzo per azione
    |pris|kurs/pris|pris per aktie|preco|preco unitario|cena|kurssi`,
  fee: `commission|commissions|fee|fees|fees & comm|fees & commissions|commission & fees|commissions and fees|commission fees|commissions & fees|commission/fees|comm/fee|comm|brokerage|brokerage fee|brokerage fees|transaction fee|transaction fees|transaction cost|transaction costs|trading fee|trading fees|costs|charges|charge|total fees|total fee|broker fee|order fee|fees and/or spread|fee amount|stamp duty|ib commission|exchange fee|sec fee|reg fee|other fees|platform fee
    |gebuhr|gebuhren|provision|kosten|entgelt|entgelte|spesen|ordergebuhr|orderkosten|ordergebuhren|transaktionskosten|handelsgebuhr|nebenkosten|fremdspesen|courtage|borsengebuhr|kommission
    |frais|couts|frais de courtage|commission de courtage|frais de transaction|droits|frais totaux
    |comision|comisiones|gastos|corretaje|comision y gastos|canon|gastos y comisiones
    |transactiekosten|provisie|kosten derden|brokerkosten|transactievergoeding
    |commissione|commissioni|spese|costi|costo|commissioni e spese
    |avgift|avgifter|total avgift|courtageavgift|kurtage|taxas|corretagem|prowizja|kulut|palkkio`,
  tax: `tax|taxes|tax amt|withholding tax|tax withheld|withheld tax|tax amount|foreign tax|nra tax|stamp tax|withholding
    |steuer|steuern|quellensteuer|kapitalertragsteuer|kapitalertragssteuer|kest|abgeltungsteuer|abgeltungssteuer|solidaritatszuschlag|soli|kirchensteuer|einbehaltene steuer|verrechnungssteuer|stempelsteuer|einbehaltene steuern
    |impot|impots|taxe|taxes|prelevements|retenue a la source|impot retenu|prelevement
    |retencion|impuesto|impuestos|retenciones|retencion origen|retencion destino
    |belasting|dividendbelasting|bronbelasting|bronheffing|beurstaks|roerende voorheffing|belastingen
    |ritenuta|ritenute|imposta|imposte|tasse|ritenuta fiscale|bollo|tasse e imposte
    |skatt|kallskatt|kupongskatt|utlandsk skatt|skatter|imposto|impostos|podatek`,
  amount: `net amount|net amt|amt|total amt|net cash amount|net proceeds|total amount|net value|total net|total|total cost|total (inclusive of fees and/or spread)|settlement amount|settlement value|cash amount|cash|amount|value|total value|net total|net cash|proceeds|cash flow|cashflow|transaction amount|trade value|trade amount|net|consideration|money|sum|paid|payment|quote amount|total price|cost
    |nettobetrag|endbetrag|ausmachender betrag|gesamtbetrag|zahlbetrag|betrag|summe|gegenwert|umsatz|wert|gesamt|gesamtpreis|betrag netto|buchungsbetrag|abrechnungsbetrag
    |montant net|total net|montant|montant total|net a payer|somme
    |importe neto|neto|importe total|importe|efectivo neto|efectivo|monto|monto neto|liquido
    |nettobedrag|totaalbedrag|bedrag|totaal|mutatie|netto bedrag|totale bedrag|netto
    |importo netto|netto|importo|controvalore|totale|ammontare|controvalore netto
    |nettobelopp|belopp|totalbelopp|summa|total belopp|likvid|valor liquido|kwota|belop|belob|summa kr`,
  gross: `gross amount|gross amt|gross|gross value|gross proceeds|subtotal|principal|principal amount|trade gross|market value of trade
    |bruttobetrag|brutto|kurswert|bruttowert|betrag brutto|montant brut|brut|importe bruto|bruto|efectivo bruto|brutobedrag|bruto bedrag|importo lordo|lordo|controvalore lordo|bruttobelopp|bruttovarde`,
  debit: `debit|debits|money out|paid out|withdrawals|soll|belastung|debet|debe|cargo|dare|addebito|af|uit|uttag|debito|outflow`,
  credit: `credit|credits|money in|paid in|deposits|haben|gutschrift|credito|haber|abono|avere|accredito|bij|in|insattning|inflow`,
  currency: `currency|ccy|curr|transaction currency|currency code|account currency|trade currency|settlement currency|cash currency|currency (total)|price currency|original currency|instrument currency|quote currency|cur|net currency
    |wahrung|buchungswahrung|handelswahrung|devise|monnaie|divisa|moneda|munt|muntsoort|valuta|valutasoort|moeda|waluta|transaktionsvaluta|kontowahrung|abrechnungswahrung`,
  priceCurrency: `price currency|currency (price / share)|instrument currency|trading currency|instrumentvaluta|kurswahrung|local currency`,
  note: `note|notes|comment|comments|memo|remark|remarks|notiz|notizen|bemerkung|bemerkungen|kommentar|anmerkung|commentaire|commentaires|remarque|remarques|nota|notas|comentario|comentarios|observaciones|opmerking|opmerkingen|notitie|commento|commenti|osservazioni|anteckning|anteckningar|notering|description|details`,
  id: `transaction id|trade id|order id|order|order no|id|fitid|txid|reference|reference number|ref|ordernummer|order-id|orderid|transaktionsnummer|referenz|numero de orden|verifikationsnummer|auftragsnummer`,
  status: `status|order status|state|pending/settled|zustand|estado|stato|statut|etat`,
  balance: `balance|cash balance|running balance|account balance|available balance|saldo|kontostand|solde|saldo efectivo|saldo contable`,
  rate: `exchange rate|fx rate|fxrate|conversion rate|wechselkurs|devisenkurs|umrechnungskurs|taux de change|tipo de cambio|wisselkoers|tasso di cambio|valutakurs|vaxlingskurs|taxa de cambio`,
}

const known = new Map<string, { field: Field; rank: number }[]>()
for (const [field, list] of Object.entries(names) as [Field, string][])
  for (const [rank, name] of list.split('|').entries()) {
    const meanings = known.get(name.trim()) ?? []
    if (!meanings.some((each) => each.field === field)) meanings.push({ field, rank })
    known.set(name.trim(), meanings)
  }

/** A word inside a longer name: `Trade commission USD`, `Datum der Ausführung`. */
const within: readonly (readonly [RegExp, Field])[] = [
  [/\bisin\b/, 'isin'],
  [/\bcusip\b/, 'cusip'],
  [/exchange rate|fx rate|wechselkurs|taux de change|tipo de cambio|wisselkoers|tasso di cambio/, 'rate'],
  [/balance|saldo|kontostand|solde/, 'balance'],
  [/currency|wahrung|devise|divisa|moneda/, 'currency'],
  [
    /commission|\bfees?\b|brokerage|gebuhr|provision|\bfrais\b|courtage|comision|transactiekosten|commissioni|\bspese\b|avgift|stamp duty/,
    'fee',
  ],
  [/\btax|steuer|impot|retencion|belasting|ritenut|skatt|withh/, 'tax'],
  [/\bgross\b|brutto|\bbrut\b|\blordo\b|\bbruto\b/, 'gross'],
  [/date|datum|fecha|\bdata\b|\bdag\b/, 'date'],
  [/number of|no of|quantity|anzahl|stuck|quantite|cantidad|\baantal|quantita|\bantal|\bshares$/, 'shares'],
  [/price|preis|\bkurs\b|\bprix\b|\bcours\b|precio|koers|\bprijs|prezzo/, 'price'],
  [/amount|betrag|montant|importe|bedrag|importo|belopp|proceeds/, 'amount'],
  [/ticker|symbol/, 'symbol'],
]

function loosely(name: string): { field: Field; rank: number }[] {
  const found = within.find(([pattern]) => pattern.test(name))
  return found ? [{ field: found[1], rank: 1000 }] : []
}

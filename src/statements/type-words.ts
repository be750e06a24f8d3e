/** What a row of a statement is about; recorded-rows.ts says what the ledger makes of each. */
export type Kind =
  | 'buy'
  | 'sell'
  /** A buy or a sale, as the sign of the shares or of the cash says. */
  | 'trade'
  | 'dividend'
  | 'reinvested'
  /** Shares that were earned (staking, a bonus), at a price of their day. */
  | 'reward'
  | 'interest'
  | 'tax'
  | 'fee'
  | 'deposit'
  | 'withdrawal'
  /** Money that came or went, as its sign says. */
  | 'cash'
  | 'return of capital'
  | 'split'
  /** Shares that came from or went to another place, or money that did. */
  | 'transfer'
  | 'received'
  | 'delivered'
  | 'spin-off'
  | 'exchange'
  | 'in lieu'
  | 'option'
  | 'short'
  | 'sweep'
  | 'conversion'
  | 'canceled'
  | 'sum'
  | 'nothing'

/** The words for a kind of row: the first pattern that is in the file's word counts. */
export type Words = readonly (readonly [RegExp, Kind])[]

/** A word in small letters without accents, `BUY_TO_OPEN` as `buy to open`. */
export function plainWord(text: string): string {
  return text
    .slice(0, 120)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .replace(/([a-z])(?=[A-Z])/g, '$1 ')
    .toLowerCase()
    .replace(/[\s_]+/g, ' ')
    .trim()
}

/** What a word means, by the format's own words and then by everybody's; null for one that nobody knows. */
export function kindOf(text: string, own: Words = []): Kind | null {
  const word = plainWord(text)
  if (word === '' && own.length === 0) return null
  const found =
    own.find(([pattern]) => pattern.test(word)) ??
    (word === '' ? undefined : words.find(([pattern]) => pattern.test(word)))
  return found?.[1] ?? null
}

/**
 * Words of English, German, French, Spanish, Dutch, Italian, Swedish and a few others. The order matters: `dividend
 * tax` is a tax, `Verkauf` has `kauf` in it.
 */
const words: Words = [
  [
    /\b(?:cancel|cancell?ed|cancellation|reversal|reversed|storno|cxl|annule|anulad|annull|geannuleerd|makulerad)/,
    'canceled',
  ],
  [
    /\bto (?:open|close)\b|\boptions?\b|\bexpired\b|\bexpiration\b|\bassigned\b|\bassignment\b|\bexercised?\b|optionsschein/,
    'option',
  ],
  [/\bshort sale\b|\bsell short\b|\bsold short\b|\bbuy to cover\b|\bcover short\b|leerverkauf/, 'short'],
  [/\bsweep\b|money market (?:purchase|redemption)/, 'sweep'],
  [/in lieu|fractional share/, 'in lieu'],
  [/spin ?-?off|abspaltung|scission|escision/, 'spin-off'],
  [
    /merger|name change|exchange of|conversion (?:in|out)|tender|takeover|fusion|verschmelzung|umtausch|acquisition\b.*stock|redemption|reorgani|delisting/,
    'exchange',
  ],
  [
    /\bfx\b|forex|currency conversion|currency exchange|foreign exchange|fx exchange|wahrungs|devisen|change de devise|cambio de divisa|valuta (?:credit|debit|creditering|debitering)|valutawissel|cambio valuta|vaxling/,
    'conversion',
  ],
  [/split|aktiensplit|division d'actions|frazionamento/, 'split'],
  [
    /stock ?(?:dividend|distribution)|dividend in shares|stockdividend|bonus (?:issue|share)|scrip|stuckdividende|gratisaktie|stock as dividend/,
    'split',
  ],
  [/return of capital|capital return|kapitalruckzahlung|remboursement de capital|roc\b/, 'return of capital'],
  [
    /withh|\btax|steuer|impot|prelevement|retenue|retencion|impuesto|belasting|heffing|ritenut|imposta|\btass|bollo|skatt|\bnra\b|\bpodatek|imposto/,
    'tax',
  ],
  [
    /reinvest|\bdrip\b|wiederanlage|thesaurierung|herinvest|reinversion|reinvestimento|aterinvest/,
    'reinvested',
  ],
  [
    /dividend|divid|distribution|ausschuttung|\bertrag|utdelning|\budbytte|utbytte|udbytte|uitkering|cap(?:ital)? gain|coupon|kupon|qualified div|\bdiv\b|cedola|repartition|osinko|rendimento/,
    'dividend',
  ],
  [/staking|reward|airdrop|learning|inflation|cashback|free ?share|freeshare|earn\b/, 'reward'],
  [/interest|\bzins|zinsen|interet|\binteres|\brente|interessi|\branta|\bjuros|odsetki|\bkorko/, 'interest'],
  [
    /\bfees?\b|fee$|commission|gebuhr|entgelt|\bfrais|comision|kosten\b|\bspese|avgift|custody|\bcharges?\b|\badr\b|provision|depotgebuhr|abonnement|subscription|courtage|canone|opłata|oplata/,
    'fee',
  ],
  [
    /\b(?:journaled|transferred) shares|security transfer|securities transfer|transfer of (?:securities|shares|assets)|wertpapier(?:ubertrag|einlieferung)|depotubertrag|stock plan|\bacat/,
    'transfer',
  ],
  [
    /delivery \(?inbound|einlieferung|transfer (?:\(?in\b|from\b)|shares in\b|add holding|receive|received shares|livraison entrante|ingang effecten/,
    'received',
  ],
  [
    /transfer (?:\(?out\b|to\b)|shares out\b|delivery \(?outbound|auslieferung|\bsend\b|remove holding/,
    'delivered',
  ],
  [
    /\bsell|\bsold\b|\bsale\b|verkauf|verkoop|\bvent[ea]|\bvendit|\bvendu|\bvenda|\bsalj|\bsalt\b|\bsolgt\b|\bsalg|\bsprzedaz|\bmyynti|\bcession|close position|position closed|\brimborso|abgang/,
    'sell',
  ],
  [
    /\bbuy|\bbought\b|purchase|kauf|\bachat|\bachete|\bcompra|koop\b|\bkoop|acquist|\bkop\b|\bkopt\b|\bkjopt\b|k[oø]bt?\b|kjøpt?\b|\bkjop|\bkob\b|\bkupno|\bosto\b|\bsouscription|\bsuscripcion|sottoscrizione|sparplan|savings ?plan|open position|acquired|zugang|vesting|\bespp/,
    'buy',
  ],
  [
    /withdraw|auszahlung|retrait|retirada|reintegro|\bopname|prelievo|\buttag|cash out|entnahme|removal|payout|outbound|outgoing|uitbetaling|onttrekking|ausgang|\bwyplata|virement (?:emis|sortant)|disbursement/,
    'withdrawal',
  ],
  [
    /deposit|top.?up|contribution|einzahlung|versement|approvisionnement|virement (?:recu|entrant)|ingreso|aporte|aportacion|storting|deposito|versamento|insattning|cash in\b|inbound|inpayment|einlage|funds received|incoming|gutschrift|\bwplata|bonifico in|inleg/,
    'deposit',
  ],
  [
    /transfer|\bach\b|\bwire|moneylink|\beft\b|electronic fund|journal|uberweisung|virement|transferencia|bonifico|overboeking|overforing|cash|\bcard\b|umbuchung|lastschrift|\bpayment|paiement|pagamento|zahlung|money movement|misc|adjust/,
    'cash',
  ],
  [/\btrade|\border\b|transaction|executed/, 'trade'],
  [/^b$|^k$|^a$|^c$|^by$/, 'buy'],
  [/^s$|^v$|^sl$/, 'sell'],
  [/^total|^sub ?total|^summe|^gesamt|^totale|^totaal|^suma/, 'sum'],
]

import { plainLetters } from './plain-letters.ts'

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
  | 'stock dividend'
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
  return plainLetters(text.slice(0, 120))
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

/** Words for a row that takes another one back. */
export const CANCELED =
  /\b(?:cncl|cancell?ed|cancellation|cancel|reversal|reversed|storno|stornierung|cxl|annule|anulad|annull|geannuleerd|makulerad|correction of)/

/**
 * Words of English, German, French, Spanish, Dutch, Italian, the Nordic languages and a few others. The order matters: `dividend
 * tax` is a tax, `Verkauf` has `kauf` in it. What is a part of other words has its ends marked: `scrip` is in subscription.
 */
const words: Words = [
  // Quicken's, of which those with an X move the cash elsewhere
  [/^cvrshrt|^shtsell/, 'short'],
  [/^(?:div|cg(?:long|short|mid))x?$/, 'dividend'],
  [/^reinv ?(?:div|int|lg|sh|md)x?$/, 'reward'],
  [/^(?:int ?inc|misc ?inc)x?$/, 'interest'],
  [/^(?:misc ?exp|marg ?int)x?$/, 'fee'],
  [/^rtrn ?capx?$/, 'return of capital'],
  [/^shrs ?in$|^rec$/, 'received'],
  [/^shrs ?out$/, 'delivered'],
  [/^stk ?split$/, 'split'],
  [/^x ?in$|^contribx?$|^dep$/, 'deposit'],
  [/^[ghpq]st$/, 'tax'],
  [/^x ?out$|^withdrwx?$|^wdl?$/, 'withdrawal'],
  // TD Direct Investing's
  [/^txpddv\b/, 'dividend'],
  [CANCELED, 'canceled'],
  [
    /\bto (?:open|close)\b|\boptions?\b|\bexpired\b|\bexpiration\b|\bassigned\b|\bassignment\b|\bexercised?\b|optionsschein/,
    'option',
  ],
  [
    /^(?:short|cover)$|\bshort sale\b|\bsell short\b|\bshort sell\b|\bsold short\b|\bbuy to cover\b|\bcover short\b|leerverkauf/,
    'short',
  ],
  [/\bsweep\b|money market (?:purchase|redemption)|\bpreferred deposit\b/, 'sweep'],
  [
    /in lieu of (?:dividend|interest)|^payments? in lieu$|substitute (?:payment|dividend)|manufactured/,
    'dividend',
  ],
  [/in lieu|fractional share|\bfraction|spitzenausgleich|rompus/, 'in lieu'],
  [/spin ?-?off|\bspinoff|abspaltung|scission|escision|\bdemerger|scissione|avknoppning/, 'spin-off'],
  [
    /\bmerge[rd]\b|\bmerger|name change|symbol change|isin change|exchange of|conversion \(?(?:in|out)|\btender|takeover|\bfusion|verschmelzung|umtausch|acquisition\b.*stock|reorgani|delisting|general corporate action|kapitalmassnahme|produktwijziging|productwijziging|isin-?wechsel/,
    'exchange',
  ],
  [/\bloaned\b|\bon loan\b|\bloan (?:return|recall)|\bsecurities lent\b/, 'nothing'],
  [/\b(?:isa|sipp|card|debit|cash) subscription|\bemployer (?:match|contribution)/, 'deposit'],
  [/^rmd\b|\b(?:normal|required minimum|early|premature|ira|retirement) dist/, 'withdrawal'],
  [/(?:conversion|exchange|forex|\bfx) fee/, 'fee'],
  // from one fund of a plan to another
  [/^(?:exchange|switch) in\b/, 'buy'],
  [/^(?:exchange|switch) out\b/, 'sell'],
  // the sign says which of the two
  [
    /(?:deposit|funding|einzahlung|einlage|versement|deposito|contribution)\w* ?(?:\/|&|and|und|or|oder|et|y) ?(?:withdraw|auszahl|entnahme|retrait|retir)/,
    'cash',
  ],
  [
    /\bfx\b|forex|^conversion$|currency conversion|currency exchange|foreign exchange|wahrungs|devisen|change de devise|cambio de divisa|valuta (?:credit|debit|creditering|debitering)|valutawissel|cambio valuta|vaxling|valuutanvaihto|przewalutowanie/,
    'conversion',
  ],
  [
    /\bsplit|aktiensplit|division d'actions|frazionamento|\bconsolidation\b|reverse split|share consolidation/,
    'split',
  ],
  [
    /stock ?(?:div\b|dividend|distribution)|dividend in shares|stockdividend|bonus (?:issue|share)|\bscrip\b|stuckdividende|gratisaktie|actions gratuites|attribution (?:d'actions )?gratuite|stock as dividend|gratisaktien|株式分割|^分割/,
    'stock dividend',
  ],
  [
    /return of (?:capital|principal)|capital return|capital repayment|kapitalruckzahlung|remboursement de capital|nennwertruckzahlung|\broc\b|rimborso di capitale|paaomanpalautus/,
    'return of capital',
  ],
  [/\bunstak|\bstake$|^stake\b|^lock|^unlock|\brejected$/, 'nothing'],
  // what is free of tax, or stated before it, is none
  [
    /^(?=.*(?:divid|ausschutt|\bertrag|utdel|utbyt|udbyt|distribut|uitkering)).*(?:steuerfrei|skattefri|belastingvrij|exone|exempt|exento|esente|untaxed|(?:vor|nach) steuer|(?:avant|apres) impot|(?:before|after) tax)/,
    'dividend',
  ],
  [
    /withh|\bwht(?:x\d*)?\b|vorabpauschale|(?<!\b(?:pre|after|post)[- ])\btax(?!able\b|[- ]?(?:free|exempt(?:ed)?|deferred|loss|lot)\b)|\btaxe\b|steuer|impot|prelevement|retenue|retencion|impuesto|belasting|heffing|ritenut|\brit\.|imposta|\btass|bollo|skatt|\bnra\b|\bpodatek|podatku|imposto|\birrf\b|beurstaks|voorheffing|ennakkopidatys|lahdevero|\bvero\b|stopaj|\bdan\b|srazkova|stamp duty|\bsdrt\b|\bftt\b|\bttf\b|\btds\b|\bstt\b|solidaritat|kirchenst|所得税|住民税|源泉徴収|国税|地方税|налог|ндфл|印花税|세금|\bgravamen|\bgmf\b|\bimpozit|\bporez|\bdavek\b|\bnodokl|φορο|податок/,
    'tax',
  ],
  [
    /reinvest|^rei$|\bdri?p\b|wiederanlage|thesaurierung|herinvest|reinversion|reinvestimento|aterinvest|再投資/,
    'reinvested',
  ],
  [
    /dividend|(?<!in)divid|\bdistribution|ausschuttung|\bertrag|utdelning|\budbytte|\budb\b|utbytte|udbytte|uitkering|cap(?:ital)? gain|\bcoupons?\b|\bkupon|qualified div|\bdiv\b|^pil$|\bcedol|\bprovent|repartition|osinko|rendimento|encaissement coupon|jcp\b|juros sobre capital|temettu|dywidend|wertpapierertrag|配当|分配金|\bosztalek|дивиденд|купон|股息|红利|派息|배당|분배금|μερισμ|дивіденд|דיבידנד/,
    'dividend',
  ],
  [
    /staking|\breward|airdrop|learning|\binflation\b|cashback|free ?share|freeshare|\bearn\b|\bmining\b/,
    'reward',
  ],
  [
    /interest|\bzins|zinsen|interet|\binteres|\brente|\brenter\b|interessi|\branta|\brantor|\brentor|belaningsrante|belaningsrente|\bjuros|odsetki|\bkorko|talletuskorko|overtrekksrente|\bfaiz\b|\burok|aksjelan|securities lending|wertpapierleihe|pret de titres|stock lending|stock loan income|^int$|share lending|利息|利子|利金|預金利息|\bkamat|процент|이자|예탁금이용료|\bdobanda|\bpalukan|τοκο|відсот|ריבית/,
    'interest',
  ],
  [
    /\bfees?\b|(?<!cof)fee$|commission|gebuhr|entgelt|\bfrais|comision|kosten\b|\bspese|avgift|custody(?! account)|\bcharges?\b|\badr\b|\bprovision|depotgebuhr|abonnement|subscription|courtage|canone|\boplata|droits de garde|tarieven|palvelumaksu|poplat|komisyon|\btaxas?\b de|\bgebyr|kurtage|kurtasje|prowizja|comissao|comissoes|custos|\bcustodia|^(?:total )?brokerage\b(?! account)|brokerage (?:fee|charge|commission)|手数料|комисси|手续费|佣金|수수료|\bnaknad|\bmokest|\bkomisij|προμηθ|комісі|\bbiaya|עמל/,
    'fee',
  ],
  [
    /(?:\bacats?|transfer of (?:securities|shares|assets)|(?:depot|wertpapier)ubertrag|securit(?:y|ies) transfer)\b.* (?:in|incoming|eingang|eingehend|received)\b/,
    'received',
  ],
  [
    /(?:\bacats?|transfer of (?:securities|shares|assets)|(?:depot|wertpapier)ubertrag|securit(?:y|ies) transfer)\b.* (?:out|outgoing|ausgang|ausgehend|sent)\b/,
    'delivered',
  ],
  [
    /\b(?:journaled|transferred) shares|security transfer|securities transfer|transfer of (?:securities|shares|assets)|wertpapier(?:ubertrag|einlieferung)|depotubertrag|stock plan|\bacat|transfer from .* to /,
    'transfer',
  ],
  [
    /delivery \(?inbound|einlieferung|transf(?:er)? (?:\(?in\b|\(?incoming|from\b)|shares in\b|add holding|receive\b|received shares|livraison entrante|ingang effecten|\bdeposit of shares|ubertrag (?:eingang|eingehend|zugang)|transfert (?:de titres )?entrant|\bvest(?:ing|ed)?\b/,
    'received',
  ],
  [
    /transf(?:er)? (?:\(?out\b|\(?outgoing|to\b)|shares out\b|delivery \(?outbound|auslieferung|\bsend\b|remove holding|ubertrag (?:ausgang|ausgehend|abgang)|transfert (?:de titres )?sortant/,
    'delivered',
  ],
  [
    /\bsell|\bsold\b|\bsale\b|\bdispos(?:al|ed)\b|\bdivest|\bredemption\b|\bredeem|verkauf|verkoop|\bvent[ea]|\bvendit|\bvendu|\bvenda|\bsalj|\bsalt\b|\bsolgt\b|\bsalg|\bsprzedaz|\bmyynti|\bcession|close position|position closed|position (?:ge)?schl[io]|\bposition closure|\brimborso|\brachat|abgang|rucknahme|\breembolso|\bmuuk\b|\bprodej|\bliquidation\b|\bsatis\b|\bsatim|売付|売却|売り|^売$|現物売|解約|\beladas|продаж|卖出|매도|\bvanzar|\bprodaj|\bpardavim|\bpardosan|πωλησ|\bjual\b|\bpenjualan|^ban$|מכיר/,
    'sell',
  ],
  [
    /\bbuy|\bbought\b|purchase|kauf|\bachat|\bachete|\bcompra|koop\b|\bkoop|acquist|\bacquisition\b|^acquired$|\bkop\b|\bkopt\b|\bkjopt\b|k[oø]bt?\b|\bkjop|\bkob\b|\bkupno|\bkup\b|\bzakup|\bnakup|^ost$|\bosto\b|\bsouscription|\bsuscripcion|sottoscrizione|sparplan|savings ?plan|open position|position (?:er)?off?n|acquired|zugang|\bsubscribe|\bipo\b|aquisicao|auto-?invest|\bespp|\balis\b|\balim\b|\bzeichnung|買付|買い|^買$|現物買|購入|\bvetel|покупк|买入|매수|\bcumpar|\bkupnj|\bkupovin|\bpirkim|\bpirkum|αγορα|купівл|\bbeli\b|\bpembelian|^mua$|קני/,
    'buy',
  ],
  [
    /withdraw|auszahlung|retrait|retirada|reintegro|(?<!\/ )\bopname\b|prelievo|\buttag|cash out|entnahme|removal|payout|outbound|outgoing|uitbetaling|onttrekking|ausgang|\bwyplata|virement (?:emis|sortant)|disbursement|resiliation|utbetaling|\buttak|\bhaevning|(?:wire|\bach|\beft|transfer) (?:out|sent|paid)\b|\botto\b|\bnosto\b|cekim|\bsaque|\bvyber|\bvybran|spending|card debit|atm\b|出金|\bkifizetes|вывод|списание|转出|银行转取|출금|\bretragere|\bisplat|\bisemim|\bissemim|\bizmaks|αναληψ|виведен|\bpenarikan|משיכ/,
    'withdrawal',
  ],
  [
    /deposit|top.?up|contribution|cotisation|subvention|einzahlung|versement|approvisionnement|virement (?:recu|entrant)|transfert recu|ingreso|aporte|aportacion|(?:wire|\bach|\beft|transfer|payment) (?:in|received)\b|storting(?! ?\/)|\bversamento|deposito|insattning|innskudd|indbetaling|indskud|talletus|cash in\b|inbound|inpayment|einlage|funds received|incoming|gutschrift|\bwplata|bonifico in|inleg|promotion|\bbonus\b|\bvklad|\bvlozen|conferimento|\baward|grant$|incitatif|\bgift|para yatirma|\brebate|入金|振込入金|\bbefizetes|пополнение|ввод|зачисление|转入|银行转存|입금|\bdepunere|\balimentare|\buplat|\biemaks|\binesim|καταθεσ|поповн|\bsetoran|הפקד/,
    'deposit',
  ],
  [
    /transfer|\bach\b|^p2p\b|\bwire|moneylink|\beft\b|electronic fund|journal|roth conversion|^checks?$|^cheques?$|^refund$|uberweisung|virement|transferencia|bonifico|overboeking|overforing|cash|\bcard\b|\bvergutung|umbuchung|lastschrift|\bpayment|paiement|pagamento|zahlung|money movement|misc|adjust|storting|opname|siirto|prevod|przelew/,
    'cash',
  ],
  [/\btrade|\border\b|transaction|executed|compravendita|compraventa|negociacao/, 'trade'],
  [/^(?:b|k|a|c|by|bot|long)$|^bot [+\d]/, 'buy'],
  [/^(?:s|v|sl|sld)$/, 'sell'],
  [/^total|^sub ?total|^summe|^gesamt|^totale|^totaal|^suma|^yhteensa/, 'sum'],
]

/** What a file says of the security that a row is about; '' for what it does not say. */
export type NamedSecurity = { symbol: string; isin: string; name: string; currency: string }

/**
 * Returns the ticker of a security that a file names by ISIN or by name alone, or null when it is not known (yet).
 */
export type Securities = (security: NamedSecurity) => string | null

/** True for twelve characters whose last is the check digit of the others (ISO 6166). */
export function isIsin(text: string): boolean {
  return /^[A-Z]{2}[A-Z0-9]{9}\d$/.test(text) && luhn(text)
}

/** The first ISIN in a text, such as `Vanguard FTSE All-World / ISIN IE00B3RBWM25`; '' without one. */
export function isinIn(text: string): string {
  if (isIsin(text)) return text
  if (text.length < 12 || text.length > 400) return ''
  return text.match(/\b[A-Z]{2}[A-Z0-9]{9}\d\b/g)?.find(isIsin) ?? ''
}

/**
 * The ISIN of a CUSIP with a right check digit: `037833100` is US0378331005. Null for any other text. Numbers that
 * begin with a letter are of other countries (CINS) and have no ISIN that could be worked out.
 */
export function isinOfCusip(cusip: string): string | null {
  if (!/^\d[A-Z0-9]{7}\d$/.test(cusip) || cusipDigit(cusip) !== Number(cusip[8])) return null
  const open = `US${cusip}`
  for (let digit = 0; digit < 10; digit++) if (luhn(`${open}${digit}`)) return `${open}${digit}`
  return null
}

/** Letters are two digits (A is 10), every second digit from the right counts double, and the sum ends with 0. */
function luhn(text: string): boolean {
  let sum = 0
  let double = false
  for (let i = text.length - 1; i >= 0; i--) {
    const value = Number.parseInt(text[i]!, 36)
    for (const digit of value > 9 ? [value % 10, Math.floor(value / 10)] : [value]) {
      const counted = double ? digit * 2 : digit
      sum += counted > 9 ? counted - 9 : counted
      double = !double
    }
  }
  return sum % 10 === 0
}

function cusipDigit(cusip: string): number {
  let sum = 0
  for (let i = 0; i < 8; i++) {
    const value = Number.parseInt(cusip[i]!, 36) * (i % 2 === 1 ? 2 : 1)
    sum += Math.floor(value / 10) + (value % 10)
  }
  return (10 - (sum % 10)) % 10
}

/**
 * The ticker as the market source spells it, of one that a broker or a tracker wrote: `BRK.B` and `BRK/B` are BRK-B,
 * `VWRL:xams` and `AMS:VWRL` are VWRL.AS, `AAPL.US`, `AAPL.NASDAQ` and `NASDAQ:AAPL` are AAPL, `MSFT US Equity` is MSFT. Any other
 * text is returned in capitals.
 */
export function tickerOf(spelled: string): string {
  // $TSLA, as people write it
  const text = spelled
    .trim()
    .toUpperCase()
    .replace(/^\$(?=[A-Z]{1,6}$)/, '')
  const [left, right, ...others] = text.split(':')
  if (right !== undefined && others.length === 0) {
    if (suffixes.has(left!)) return tickerOf(right) + suffixes.get(left!)!
    if (suffixes.has(right)) return tickerOf(left!) + suffixes.get(right)!
  }
  const bloomberg = /^([A-Z0-9./]{1,8}) ([A-Z]{2})(?: EQUITY)?$/.exec(text)
  if (bloomberg && suffixes.has(bloomberg[2]!)) {
    const suffix = suffixes.get(bloomberg[2]!)!
    return tickerOf(suffix === '.HK' ? bloomberg[1]!.padStart(4, '0') : bloomberg[1]!) + suffix
  }
  const shareClass = /^([A-Z]{1,5})[./ ]([AB])$/.exec(text)
  if (shareClass) return `${shareClass[1]}-${shareClass[2]}`
  const [ticker, country] = text.split('.')
  if (country !== undefined && countries.has(country)) return ticker! + countries.get(country)!
  // Exante's AAPL.NASDAQ and VOD.LSE: the source's own suffixes are shorter
  if (country !== undefined && country.length > 2 && suffixes.has(country))
    return ticker! + suffixes.get(country)!
  return text
}

/**
 * The ticker of a symbol that trades on an exchange, which a file names in a column of its own: `VOD` on LSE is VOD.L. An exchange
 * that nobody knows, and a symbol that has its exchange in it, change nothing.
 */
export function tickerOn(symbol: string, exchange: string): string {
  const name = exchange
    .trim()
    .toUpperCase()
    .replace(/\s*\(.*\)$/, '')
  const suffix = suffixes.get(name) ?? longNames.find(([pattern]) => pattern.test(name))?.[1]
  // Hong Kong's codes have five digits at brokers, and four at the source
  const own = tickerOf(suffix === '.HK' ? symbol.replace(/^0+(?=\d{4}$)/, '') : symbol)
  return suffix === undefined || /[.:=]/.test(own) || own.includes('-USD') ? own : own + suffix
}

/** Exchanges by what they are called in words. */
const longNames: readonly (readonly [RegExp, string])[] = [
  [/^(?:NASDAQ|NYSE|NEW YORK STOCK|AMEX|ARCA|BATS|CBOE(?! EUROPE)|OTC|UNITED STATES)/, ''],
  [/^(?:LONDON|LSE)/, '.L'],
  [/^(?:XETRA|DEUTSCHE BORSE|DEUTSCHE BÖRSE)/, '.DE'],
  [/^(?:EURONEXT )?AMSTERDAM/, '.AS'],
  [/^(?:EURONEXT )?PARIS/, '.PA'],
  [/^(?:EURONEXT )?BRUSSEL/, '.BR'],
  [/^(?:EURONEXT )?LISBO/, '.LS'],
  [/^(?:BORSA ITALIANA|MILAN|EURONEXT MILAN)/, '.MI'],
  [/^(?:BOLSA DE MADRID|MADRID)/, '.MC'],
  [/^(?:SIX|SWISS)/, '.SW'],
  [/^(?:TORONTO|TSX$|CDN$|CAN$|CANADA$)/, '.TO'],
  [/^AUSTRALIA/, '.AX'],
  [/^(?:HONG KONG|香港)/, '.HK'],
  [/STOCKHOLM/, '.ST'],
  [/COPENHAGEN/, '.CO'],
  [/^OSLO/, '.OL'],
  [/HELSINKI/, '.HE'],
  [/^(?:東証|東京|TOKYO|TSE JAPAN)/, '.T'],
  [/^(?:B3|BOVESPA|MERCADO A VISTA|MERCADO À VISTA|VISTA)/, '.SA'],
  [/(?:GPW|WARSAW|WARSZAWA)/, '.WA'],
  [/(?:PRAGUE|PRAHA|BCPP)/, '.PR'],
]

/**
 * The ticker of a code that only its currency places: shares have codes of four digits in Tokyo, of four letters and the
 * number of their class in São Paulo, and of letters with a digit in Singapore. Any other one as it is.
 */
export function tickerIn(symbol: string, currency: string): string {
  if (currency === 'JPY' && /^(?:\d{4}|\d{3}[A-Z])$/.test(symbol)) return `${symbol}.T`
  if (currency === 'SGD' && /^(?=.*[A-Z])(?=.*\d)[A-Z0-9]{3,4}$/.test(symbol)) return `${symbol}.SI`
  return currency === 'BRL' && /^[A-Z]{4}\d{1,2}$/.test(symbol) ? `${symbol}.SA` : symbol
}

/** True for the code of an option: `AAPL250509C185000`, `AAPL  240419C00190000`. */
export function isOptionCode(text: string): boolean {
  return text.length <= 40 && options.some((spelling) => spelling.test(text))
}

const options = [
  // AAPL240119C00150000, -AAPL240119C150 (Fidelity), .AAPL240119C150 (Thinkorswim)
  /^[-.]?[A-Z]{1,6} *\d{6}[CP]\d+(?:\.\d+)?$/,
  // AAPL 01/19/2024 150.00 C
  /^[A-Z]{1,6} \d\d\/\d\d\/\d{2,4} \d+(?:\.\d+)? [CP]$/,
  // AAPL 19JAN24 150 C
  /^[A-Z]{1,6} \d\d?[A-Z]{3}\d\d \d+(?:\.\d+)? [CP]$/,
  // NIFTY24JAN21000CE, BANKNIFTY24JANFUT
  /^[A-Z&-]{2,20}\d\d(?:[A-Z]{3}|[1-9OND]\d\d)(?:\d+(?:\.\d+)?(?:CE|PE)|FUT)$/,
]

/** True for what can only be a ticker: capitals and digits, at most with a class of shares and a suffix (`NOVO-B.CO`). */
export function isTickerLike(text: string): boolean {
  return (
    /^[\^]?[A-Z0-9]{1,12}(?:-[A-Z]{1,2})?(?:[.\-:/=][A-Za-z0-9]{1,7})?$/.test(text) && !/^\d{1,3}$/.test(text)
  )
}

/** Exchanges by their market identifier, by the names that Google and trackers use, and by Bloomberg's two letters. */
const suffixes = new Map<string, string>(
  Object.entries({
    '': 'XNAS NASDAQ XNYS NYSE XNGS XNMS ARCX NYSEARCA AMEX XASE BATS BATSX NYSEAMERICAN US UW UN UQ',
    '.L': 'XLON LON LSE LN',
    '.DE': 'XETR ETR XETRA GY',
    '.F': 'XFRA FRA',
    '.AS': 'XAMS AMS EAM NA',
    '.PA': 'XPAR EPA PAR FP',
    '.BR': 'XBRU EBR BB',
    '.MI': 'XMIL BIT MIL IM',
    '.MC': 'XMAD BME SM',
    '.LS': 'XLIS ELI PL',
    '.SW': 'XSWX SWX VTX XVTX SW SE',
    '.VI': 'XWBO VIE AV',
    '.ST': 'XSTO STO SS',
    '.CO': 'XCSE CPH DC',
    '.OL': 'XOSL OSL NO',
    '.HE': 'XHEL HEL FH',
    '.TO': 'XTSE TSE TSX CN CT',
    '.V': 'XTSX CVE TSXV CV',
    '.AX': 'XASX ASX AU AT',
    '.NZ': 'XNZE NZE NZX NZ',
    '.HK': 'XHKG HKG HKEX HK',
    '.SI': 'XSES SGX SP',
    '.NS': 'XNSE NSE IN',
    '.BO': 'XBOM BSE BOM',
    '.T': 'XTKS TYO JT',
    '.JO': 'XJSE JSE SJ',
    '.SA': 'BVMF SAO BVSP',
    '.WA': 'XWAR WSE GPW',
    '.PR': 'XPRA PSE',
    '.KS': 'XKRX KRX',
    '.TW': 'XTAI TPE',
    '.MX': 'XMEX BMV',
    '.IS': 'XIST',
    '.TA': 'XTAE TASE',
  }).flatMap(([suffix, codes]) => codes.split(' ').map((code) => [code, suffix] as const)),
)

/** Suffixes that name a country, where the source names an exchange. */
const countries = new Map([
  ['US', ''],
  ['UK', '.L'],
  ['FR', '.PA'],
  ['NL', '.AS'],
  ['IT', '.MI'],
  ['ES', '.MC'],
  ['CH', '.SW'],
  ['PT', '.LS'],
])

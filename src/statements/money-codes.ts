/** True for the code of a currency, or of its small unit as exchanges write it. Coins are none. */
export function isMoney(code: string): boolean {
  return codes.has(code)
}

/**
 * The code of a currency that a program writes otherwise: `CAN` and `C$` are CAD, `€` and `EURO` EUR; any other text is returned as it
 * is, `$` and `¥` too, which are the money of several countries.
 */
export function moneyCode(code: string): string {
  return Object.hasOwn(otherwise, code) ? otherwise[code]! : code
}

const codes = new Set(
  'USD EUR GBP CHF CAD AUD NZD SEK NOK DKK ISK PLN CZK HUF RON BGN HRK TRY ILS RUB UAH JPY CNY CNH HKD TWD KRW SGD MYR THB IDR PHP VND INR PKR BRL MXN ARS CLP COP PEN ZAR EGP NGN KES AED SAR QAR KWD GBX GBp ZAc ZAC ILA'.split(
    ' ',
  ),
)

const otherwise: Record<string, string> = {
  CAN: 'CAD',
  USA: 'USD',
  STG: 'GBP',
  RMB: 'CNY',
  '€': 'EUR',
  EURO: 'EUR',
  EUROS: 'EUR',
  '£': 'GBP',
  POUND: 'GBP',
  'POUND STERLING': 'GBP',
  'BRITISH POUND': 'GBP',
  US$: 'USD',
  'US DOLLAR': 'USD',
  'US DOLLARS': 'USD',
  'U.S. DOLLAR': 'USD',
  C$: 'CAD',
  CA$: 'CAD',
  CDN: 'CAD',
  'CANADIAN DOLLAR': 'CAD',
  A$: 'AUD',
  'AUSTRALIAN DOLLAR': 'AUD',
  SFR: 'CHF',
  'SWISS FRANC': 'CHF',
  '₹': 'INR',
  YEN: 'JPY',
  R$: 'BRL',
  ZŁ: 'PLN',
  KČ: 'CZK',
  円: 'JPY',
  日本円: 'JPY',
  USドル: 'USD',
  米ドル: 'USD',
  米国ドル: 'USD',
  HKドル: 'HKD',
  香港ドル: 'HKD',
  ユーロ: 'EUR',
}

/**
 * The pair by which the source quotes a coin, where a table is one of coins: `BTC` that was paid in EUR is BTC-EUR. Null for a
 * text that is no coin's code.
 */
export function coinPair(code: string, currency: string): string | null {
  return /^[A-Z0-9]{2,10}$/.test(code) && !isMoney(code) ? `${code}-${currency || 'USD'}` : null
}

/** True for the code of a coin that many hold. Some are tickers of funds as well, so that one alone proves nothing. */
export function isCoin(code: string): boolean {
  return coins.has(code)
}

const coins = new Set(
  'BTC XBT ETH XRP LTC BCH ADA SOL DOT DOGE XDG SHIB MATIC POL AVAX LINK UNI ATOM XLM XMR ETC TRX EOS XTZ ALGO FIL NEAR APT ARB OP SUI TON AAVE MKR SNX COMP GRT SAND MANA CRO BNB USDT USDC DAI BUSD LUNA FTM VET ICP HBAR EGLD KSM DASH ZEC NEO IOTA QTUM PEPE WBTC STETH'.split(
    ' ',
  ),
)

/** The currency that a coin stands for, where it is worth a dollar; any other code as it is. */
export function moneyOfCoin(code: string): string {
  return dollars.has(code) ? 'USD' : code
}

const dollars = new Set('USDT USDC BUSD FDUSD TUSD USDP'.split(' '))

/** The coin that a coin is paid in: `SOL-ETH` and `ETHXBT` have ETH and XBT. Null for what is no pair of two coins. */
export function coinPaidIn(text: string): string | null {
  const [, coin = '', other = ''] = COINS.exec(text) ?? []
  // Kraken's XETH
  const isFirst = isCoin(coin) || (coin.length === 4 && coin.startsWith('X') && isCoin(coin.slice(1)))
  return isFirst ? other || null : null
}

const COINS = /^([A-Z0-9]{2,10}?)[/_-]?X?(BTC|XBT|ETH|BNB|SOL|TRX|DOGE)$/

/**
 * The halves of a pair as exchanges write it: `BTC/CHF`, `BTC-EUR`, `BTCEUR`, `XXBTZEUR`. A coin that is worth a dollar is one. Null
 * for what is no pair.
 */
export function halvesOfPair(text: string): { coin: string; currency: string } | null {
  const [, coin, currency] = PAIR.exec(text) ?? []
  return coin && currency ? { coin, currency: currency.replace(/^USD[TC]$/, 'USD') } : null
}

const PAIR = /^([A-Z0-9.]{2,10}?)[/_-]?Z?(USD|EUR|GBP|CAD|AUD|CHF|JPY|SEK|NOK|DKK|PLN|TRY|BRL|USDT|USDC)$/

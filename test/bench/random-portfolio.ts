import { addDays, type Day, weekday } from '../../src/portfolio/day.ts'
import { type Decimal, fromNumber, ONE, stored, text, times } from '../../src/portfolio/decimal.ts'
import type { Bar, Dividend, Instrument, Quote, Split } from '../../src/portfolio/instrument.ts'
import type { StoredMarket } from '../../src/portfolio/ledger.ts'
import { prepareLedger, type RawLedger } from '../../src/portfolio/prepared-ledger.ts'
import { priceHistory } from '../../src/portfolio/price-history.ts'
import type { TransactionType } from '../../src/portfolio/kind.ts'
import type { Transaction } from '../../src/portfolio/transaction.ts'

/** How much of a portfolio: the symbols without the two benchmarks, whole years of daily closes. */
export type Size = { transactions: number; symbols: number; years: number }

const FIRST: Day = '2014-01-02'
export const benchmarks = ['VOO', 'QQQ']

/** The same portfolio for the same size, in every run and on every machine; its dividends count by themselves. */
export function randomPortfolio(size: Size): RawLedger {
  const chance = dice(size.transactions)
  const days = sessions(size.years)
  const symbols = Array.from({ length: size.symbols }, (_, i) => `S${i}`)
  const markets = new Map([...benchmarks, ...symbols].map((name) => [name, randomMarket(name, days, chance)]))
  const raw: RawLedger = {
    baseCurrency: 'USD',
    costBasis: 'fifo',
    benchmarks,
    dividendRule: { counting: 'automatic', withholding: 0n, dismissed: new Set() },
    transactions: randomTransactions(size, symbols, days, markets, chance),
    markets,
    today: days.at(-1)!,
  }
  return inRecordedUnits(raw)
}

/** Share units, and in what a symbol trades, are decided once, and stored. */
function inRecordedUnits(raw: RawLedger): RawLedger {
  const { recognized, listed } = prepareLedger(raw, new Map())
  const unitsOf = new Map(recognized.map(({ transaction, unitsDay }) => [transaction, unitsDay]))
  const currencyOf = new Map(listed.map(({ transaction, currency }) => [transaction, currency]))
  const transactions = raw.transactions.map((row) => {
    const unitsDay = unitsOf.get(row.id)
    const listingCurrency = currencyOf.get(row.id)
    return {
      ...row,
      ...(unitsDay !== undefined && { unitsDay }),
      ...(listingCurrency !== undefined && { listingCurrency }),
    }
  })
  return { ...raw, transactions }
}

/**
 * The same rows as other objects: what is remembered of objects is not known of them. Their texts are read from JSON, as
 * the database's are: a day or a kind is then one text in all rows, and two of them are compared by their address.
 */
export function copied(raw: RawLedger): RawLedger {
  const markets = Array.from(raw.markets, ([symbol, { bars, ...known }]) => {
    return [symbol, { ...reread(known), bars: { ...bars } }] as const
  })
  const transactions = raw.transactions.map(({ shares, price, fee, amount, ...texts }): Transaction => {
    return { ...reread(texts), shares, price, fee, amount }
  })
  return { ...raw, transactions, markets: new Map(markets) }
}

const reread = <Row>(row: Row) => JSON.parse(JSON.stringify(row)) as Row

/** The same rows with a price for every symbol that was not known before, on the day they already end with. */
export function requoted(raw: RawLedger, round: number): RawLedger {
  const markets = Array.from(raw.markets, ([symbol, known]) => {
    const price = text(times(stored(known.quote!.price), ONE + fromNumber(round / 10_000)))
    return [symbol, { ...known, quote: { ...known.quote!, price } }] as const
  })
  return { ...raw, markets: new Map(markets) }
}

/** The same rows with another purchase today. */
export function edited(raw: RawLedger, round: number): RawLedger {
  const bought = raw.transactions.findLast(({ type }) => type === 'buy')!
  const row = { ...bought, id: `edit ${round}`, date: raw.today, unitsDay: raw.today }
  return { ...raw, transactions: [...raw.transactions, row] }
}

/** Every Monday to Friday. */
function sessions(years: number): Day[] {
  const end = `${Number(FIRST.slice(0, 4)) + years}${FIRST.slice(4)}`
  const days: Day[] = []
  for (let day = FIRST; day < end; day = addDays(day, 1)) if (weekday(day) % 6 !== 0) days.push(day)
  return days
}

/** Closes that walk 2 % a day, a dividend every quarter; every fourth symbol split once. */
function randomMarket(symbol: string, days: readonly Day[], chance: Dice): StoredMarket {
  let close = 20 + 300 * chance()
  const bars: Bar[] = days.map((day) => {
    close *= 1 + 0.04 * (chance() - 0.49)
    return { day, close: Math.fround(close) }
  })
  const splits: Split[] =
    chance() < 0.25
      ? [{ day: days[Math.floor(chance() * days.length)]!, numerator: 2 + pick(chance, 3), denominator: 1 }]
      : []
  const dividends: Dividend[] = bars
    .filter((_, i) => i % 63 === 62)
    .map((bar) => ({ day: bar.day, amount: Math.round(bar.close) / 200 }))
  const instrument: Instrument = {
    symbol,
    name: `${symbol} Inc.`,
    currency: 'USD',
    kind: 'equity',
    exchange: 'NYQ',
    timeZone: 'America/New_York',
  }
  const last = bars.pop()!
  const quote: Quote = {
    symbol,
    price: text(fromNumber(last.close)),
    currency: 'USD',
    previousClose: text(fromNumber(bars.at(-1)!.close)),
    at: Date.parse(`${last.day}T18:00Z`),
  }
  return { instrument, bars: priceHistory(bars), splits, dividends, quote }
}

/** Every symbol is bought first, then traded at random; none is ever sold out, so all are held to the end. */
function randomTransactions(
  size: Size,
  symbols: readonly string[],
  days: readonly Day[],
  markets: ReadonlyMap<string, StoredMarket>,
  chance: Dice,
): Transaction[] {
  const held = new Map<string, Decimal>()
  return Array.from({ length: size.transactions }, (_, i): Transaction => {
    const at = Math.floor((i * days.length) / size.transactions)
    const date = days[at]!
    const symbol = symbols[i] ?? symbols[pick(chance, symbols.length)]!
    const type = i < symbols.length ? 'buy' : kinds[pick(chance, kinds.length)]!
    const { bars, quote, splits } = markets.get(symbol)!
    const later = BigInt(splits[0] && splits[0].day > date ? splits[0].numerator : 1)
    const before = held.get(symbol) ?? 0n
    const cash = fromNumber(Math.round(1 + 200_000 * chance()) / 100)
    const booking = { id: `${i}`, type, date, currency: null, ratio: null, note: '' }
    if (type === 'buy' || type === 'sell') {
      const wished = fromNumber(Math.round(1 + 500_000 * chance()) / 10_000)
      // a half at most of what was there, in whole hundred-millionths
      const half = (before / later / 200n) * 100n
      const shares = type === 'buy' || half === 0n ? wished : wished < half ? wished : half
      // the last session has no bar yet
      const price = (bars.closes[at] ?? stored(quote!.price)) * later
      held.set(symbol, type === 'buy' ? before + shares * later : before - shares * later)
      return { ...booking, symbol, shares, price, fee: ONE, amount: times(shares, price) }
    }
    const own = type === 'dividend' ? symbol : null
    return { ...booking, symbol: own, shares: null, price: null, fee: 0n, amount: cash }
  })
}

const kinds: TransactionType[] = [
  ...Array<TransactionType>(11).fill('buy'),
  ...Array<TransactionType>(5).fill('sell'),
  'dividend',
  'dividend',
  'deposit',
  'withdrawal',
  'fee',
]

export type Dice = () => number

/** Mulberry32: the same numbers between 0 and 1 for the same seed. */
export function dice(seed: number): Dice {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const pick = (chance: Dice, among: number) => Math.floor(chance() * among)

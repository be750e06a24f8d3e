import { priceHistory } from '../src/portfolio/price-history.ts'
import { valuations } from '../src/portfolio/valuation.ts'
import { type Performance, performance } from '../src/metrics/performance.ts'
import { inBaseCurrency } from '../src/portfolio/currency.ts'
import { type Day, dayOf } from '../src/portfolio/day.ts'
import { type Decimal, stored, text as plain } from '../src/portfolio/decimal.ts'
import { type Entry, readEntry } from '../src/portfolio/entry.ts'
import type { Bar, Dividend, Instrument, Quote, Split } from '../src/portfolio/instrument.ts'
import { withLastPrices } from '../src/portfolio/last-price.ts'
import { type Ledger, type Market, market } from '../src/portfolio/ledger.ts'
import type { Lot } from '../src/portfolio/lot.ts'
import { withOwnPrices } from '../src/portfolio/own-price.ts'
import { withMovedLots } from '../src/portfolio/moved-lots.ts'
import { inOrder, type Transaction } from '../src/portfolio/transaction.ts'

/** A decimal as it is spoken of: `dec('12.50')`. */
export const dec: (text: string) => Decimal = stored

/**
 * `25 VOO {116.00, 2016-01-16}`: shares, what each cost, the day they were bought. In double braces what all of
 * them cost: `146 VOO {{4400.74, 2016-01-16}}`. A third word tells lots of one day apart.
 */
export function lots(text: string): Lot[] {
  return lines(text).map((line) => {
    const match = /^(\S+) \S+ (\{\{?)([^,]+), (\S+?)(?:, (\w+))?\}+$/.exec(line)
    if (!match) throw new Error(`not a lot: ${line}`)
    const [, shares, brace, cost, date, name] = match
    const each = brace === '{' ? dec(shares!) : dec('1')
    return {
      transaction: name ?? date!,
      date: date!,
      shares: dec(shares!),
      cost: (dec(cost!) * each) / dec('1'),
    }
  })
}

/** Lots as text again, with what all of their shares cost: `50 {251.25, 2024-01-02}`. */
export const written = (some: readonly Lot[]): string[] =>
  some.map((lot) => `${plain(lot.shares)} {${plain(lot.cost)}, ${lot.date}}`)

/**
 * One transaction a line, in any order:
 *
 *     2024-01-02 buy 10 VOO @ 400 fee 1
 *     2024-02-01 deposit 500
 *     2024-03-02 split VOO 2:1
 *     2024-03-05 dividend VOO 12.50, or with what was kept back of it: dividend VOO 12.50 fee 1.88
 *     2024-03-06 interest 3.20, or of a symbol: 2024-03-06 tax VOO 1.10
 *
 * `2024-03-06 transfer_in 10 VOO acquired 2020-01-02 cost 3000`, `2024-03-07 transfer_out 5 VOO`.
 * `2024-03-08 sell 5 VOO @ 410 lots 2024-01-02:3,2024-03-01` names the lots it takes; `reinvested 2 VOO @ 400`;
 * `stock_dividend 1 VOO`; `return_of_capital VOO 12.50`.
 * `2024-03-09 spin_off VOO into NEW shares 5 takes 0.2`; `2024-03-09 exchange VOO into NEW ratio 3:2 shares 7 cash 4.50`.
 *
 * In another currency than the portfolio's: `2024-01-02 buy 10 SAP.DE @ 100 in EUR`. Goes through the ledger's own door (entry.ts). Its identity is the number of its line, from 1.
 */
export function transactions(text: string): Transaction[] {
  return inOrder(entered(text))
}

/** The same in the order of the lines, as they would be stored. */
export function entered(text: string): Transaction[] {
  return lines(text).map((line, i) => {
    const read = readEntry(entry(line), '2100-01-01')
    if ('faults' in read) throw new Error(`${line}: ${read.faults.map((fault) => fault.reason).join('; ')}`)
    return { id: `${i + 1}`, ...read.transaction }
  })
}

function entry(whole: string): Entry {
  const [line, currency] = whole.split(' in ') as [string, string?]
  return { ...inWords(line), ...(currency && { currency }) }
}

/** What follows a word: `fee 1.50`. */
const told = (name: string, words: readonly string[]) =>
  words.includes(name) ? (words[words.indexOf(name) + 1] ?? '') : ''

function inWords(line: string): Entry {
  const [date, type, ...words] = line.split(/\s+/) as [string, string, ...string[]]
  if (type === 'buy' || type === 'sell' || type === 'reinvested') {
    const [shares, symbol, at, price, ...others] = words
    if (at !== '@') throw new Error(`a price follows an @: ${line}`)
    const fee = told('fee', others)
    const lots = told('lots', others).replaceAll(':', ' ')
    const note = type === 'buy' && price === '0' ? 'gift' : ''
    return { date, type, shares: shares!, symbol: symbol!, price: price!, fee, lots, note }
  }
  if (type === 'transfer_in' || type === 'transfer_out' || type === 'stock_dividend') {
    const [shares, symbol, ...others] = words
    const terms = { acquired: told('acquired', others), cost: told('cost', others) }
    return { date, type, shares: shares!, symbol: symbol!, ...terms }
  }
  if (type === 'spin_off' || type === 'exchange') {
    const [symbol, , new_symbol, ...others] = words
    const terms = {
      ratio: told('ratio', others),
      shares: told('shares', others),
      amount: told('cash', others),
    }
    return {
      date,
      type,
      symbol: symbol!,
      new_symbol: new_symbol!,
      cost_share: told('takes', others),
      ...terms,
    }
  }
  if (type === 'split') return { date, type, symbol: words[0]!, ratio: words[1]! }
  if (type === 'dividend')
    return { date, type, symbol: words[0]!, amount: words[1]!, fee: told('fee', words) }
  // what names a symbol says so before its amount: `fee VOO 1.50`
  if (!/^[\d.]/.test(words[0]!)) return { date, type, symbol: words[0]!, amount: words[1]! }
  return { date, type, amount: words[0]!, note: words.slice(1).join(' ') }
}

/**
 * What the source knows, by symbol, after commas: `2024-01-02 400` a close, `2024-03-22 dividend 1.54`,
 * `2024-06-03 split 2:1`, `quote 2024-06-03T14:00Z 402 after 401` (of the session before), `in GBP`.
 */
export function closes(known: Record<string, string>): Map<string, Market> {
  return new Map(Object.entries(known).map(([symbol, text]) => [symbol, quoted(symbol, text)]))
}

function quoted(symbol: string, text: string): Market {
  const bars: Bar[] = []
  const splits: Split[] = []
  const dividends: Dividend[] = []
  let quote: Quote | null = null
  let currency = 'USD'
  for (const item of text.split(',').map((each) => each.trim())) {
    const [day, word, last, , previous] = item.split(/\s+/) as [string, string, ...string[]]
    if (day === 'in') currency = word
    else if (day === 'quote') {
      quote = { symbol, price: last!, currency, previousClose: previous ?? null, at: Date.parse(word) }
    } else if (word === 'dividend') dividends.push({ day, amount: Number(last) })
    else if (word === 'split') {
      const [numerator, denominator] = last!.split(':').map(Number)
      splits.push({ day, numerator: numerator!, denominator: denominator! })
    } else if (day) bars.push({ day, close: Number(word) })
  }
  const own = { instrument: instrument(symbol, currency), bars: priceHistory(bars), splits, dividends, quote }
  return market(own)
}

export function instrument(symbol: string, currency = 'USD'): Instrument {
  return {
    symbol,
    name: `${symbol} Inc.`,
    currency,
    kind: 'equity',
    exchange: '',
    timeZone: 'America/New_York',
  }
}

/**
 * Today is the last day anything is known of, unless told. `delisted` is as in last-price.ts. Trades are in the share
 * units of their days, whatever their prices would say (share-units.ts).
 */
export function ledger(
  text: string,
  { delisted = new Map(), ...about }: Partial<Ledger> & { delisted?: ReadonlyMap<string, Day> } = {},
): Ledger {
  const own = entered(text)
  const known = [...(about.markets?.values() ?? [])].map((each): Day => dayOf(each.prices.days.at(-1) ?? 0))
  const today = [...known, ...own.map(({ date }) => date), '1970-01-01'].toSorted().at(-1)!
  const recorded = {
    baseCurrency: 'USD',
    costBasis: 'fifo' as const,
    benchmarks: [],
    markets: new Map(),
    today,
    ...about,
    transactions: about.transactions ?? inOrder(own, (symbol) => about.markets?.get(symbol)?.splits ?? []),
    stage: 'as recorded' as const,
  }
  const inBase = inBaseCurrency(withLastPrices(withOwnPrices(recorded), delisted))
  return { ...withMovedLots(inBase), stage: 'ready' }
}

export function measured(of: Ledger, from: Day | null = null, to: Day = of.today): Performance {
  return performance(of, valuations(of, to), from)
}

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

import { SYMBOL } from './instrument.ts'

/** Something that the market does not quote, or that its owner prices all the same. The currency is a major unit. */
export type OwnInstrument = { symbol: string; currency: string; name: string }

/** Returns what a portfolio's owner prices; a text that cannot be read is none. */
export function ownInstruments(kept: readonly string[]): OwnInstrument[] {
  return kept.flatMap((text) => readOwnInstrument(text) ?? [])
}

/** Reads what a portfolio keeps of one, `MY-HOUSE EUR The house`; null for what is not spelled so. */
export function readOwnInstrument(text: string): OwnInstrument | null {
  const [, symbol = '', currency = '', name = ''] = /^(\S+) ([A-Z]{3}) (.{1,100})$/.exec(text) ?? []
  return SYMBOL.test(symbol) ? { symbol, currency, name } : null
}

/** Returns the text that `readOwnInstrument` reads. */
export function ownInstrumentText({ symbol, currency, name }: OwnInstrument): string {
  return `${symbol} ${currency} ${name}`
}

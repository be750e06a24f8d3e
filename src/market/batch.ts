import type { Day } from '../portfolio/day.ts'
import type { History } from '../portfolio/instrument.ts'
import type { Fetched, MarketSource, Quoted } from './source.ts'

/**
 * Daily bars of many symbols, each from its day on: an answer for every symbol, whatever becomes of the others. It is
 * one call for each symbol; the source decides how many go out together.
 */
export async function histories(
  source: Pick<MarketSource, 'history'>,
  wanted: readonly { symbol: string; from: Day }[],
): Promise<Map<string, Fetched<History>>> {
  return new Map(
    await Promise.all(
      wanted.map(async ({ symbol, from }) => [symbol, await source.history(symbol, from)] as const),
    ),
  )
}

/**
 * Current prices without the quote endpoint: a history carries the latest price. It is one call for each symbol,
 * for the bars of the last few days.
 */
export async function quotesByChart(
  source: Pick<MarketSource, 'history'>,
  symbols: readonly string[],
  today: Day,
): Promise<Map<string, Fetched<Quoted>>> {
  const charts = await histories(
    source,
    symbols.map((symbol) => ({ symbol, from: today })),
  )
  return new Map(
    [...charts].map(([symbol, answer]) => [
      symbol,
      answer.status === 'ok'
        ? { status: 'ok', value: { instrument: answer.value.instrument, quote: answer.value.quote } }
        : answer,
    ]),
  )
}

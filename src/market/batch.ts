import type { Day } from '../portfolio/day.ts'
import type { History } from '../portfolio/instrument.ts'
import type { Fetched, MarketSource, Quoted } from './source.ts'

/**
 * Daily bars of many symbols, each from its day on: an answer for every symbol, whatever becomes of the others. It is
 * one call for each symbol; the source decides how many go out together.
 */
export async function histories(
  source: Required<Pick<MarketSource, 'history'>>,
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
 * for the bars of the last few days. One that hangs is unavailable after `patience` milliseconds, so that the others
 * do not wait for it.
 */
export async function quotesByChart(
  source: Required<Pick<MarketSource, 'history'>>,
  symbols: readonly string[],
  today: Day,
  patience: number = PATIENCE,
): Promise<Map<string, Fetched<Quoted>>> {
  const timer: { id?: ReturnType<typeof setTimeout> } = {}
  const tooLate = new Promise<Fetched<never>>((resolve) => {
    timer.id = setTimeout(
      () => resolve({ status: 'unavailable', reason: 'the chart does not come' }),
      patience,
    )
  })
  const charts = await Promise.all(
    symbols.map(async (symbol) => {
      const answer = await Promise.race([source.history(symbol, today), tooLate])
      return [symbol, answer.status === 'ok' ? priced(answer.value) : answer] as const
    }),
  )
  clearTimeout(timer.id)
  return new Map(charts)
}

const PATIENCE = 3000

function priced({ instrument, quote }: History): Fetched<Quoted> {
  return { status: 'ok', value: { instrument, quote } }
}

import type { Day } from '../portfolio/day.ts'
import type { History } from '../portfolio/instrument.ts'
import { MINUTE } from '../portfolio/time.ts'
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
 * do not wait for it. Its call goes on among the `late` ones, and answers whoever asks for the symbol again.
 */
export async function quotesByChart(
  source: Required<Pick<MarketSource, 'history'>>,
  symbols: readonly string[],
  today: Day,
  { late, patience = PATIENCE }: { late: LateCharts; patience?: number },
): Promise<Map<string, Fetched<Quoted>>> {
  const timer: { id?: ReturnType<typeof setTimeout> } = {}
  const tooLate = new Promise<Fetched<never>>((resolve) => {
    timer.id = setTimeout(() => resolve(NOT_YET), patience)
  })
  const charts = await Promise.all(
    symbols.map(async (symbol) => {
      const chart = late.of(symbol) ?? source.history(symbol, today)
      const answer = await Promise.race([chart, tooLate])
      if (answer === NOT_YET) late.keep(symbol, chart)
      return [symbol, answer.status === 'ok' ? priced(answer.value) : answer] as const
    }),
  )
  clearTimeout(timer.id)
  return new Map(charts)
}

const PATIENCE = 3000
const NOT_YET: Fetched<never> = { status: 'unavailable', reason: 'the chart does not come' }

/** Charts that were not waited for any longer. */
export type LateCharts = {
  keep(symbol: string, chart: Promise<Fetched<History>>): void
  /** Takes out the chart of a symbol that is still to come, or has brought something; null when there is none. */
  of(symbol: string): Promise<Fetched<History>> | null
  has(symbol: string): boolean
}

/** Keeps them for as long as a price is good for whoever looks at it: a minute from the call. */
export function lateCharts(now: () => number): LateCharts {
  const kept = new Map<string, { until: number; chart: Promise<Fetched<History>> }>()
  const fresh = (symbol: string) => {
    const found = kept.get(symbol)
    if (found && found.until <= now()) kept.delete(symbol)
    return kept.get(symbol)?.chart ?? null
  }
  return {
    keep: (symbol, chart) => {
      kept.set(symbol, { until: now() + MINUTE, chart })
      const forget = () => void (kept.get(symbol)?.chart === chart && kept.delete(symbol))
      void chart.then(({ status }) => status === 'unavailable' && forget(), forget)
    },
    of: (symbol) => {
      const chart = fresh(symbol)
      kept.delete(symbol)
      return chart
    },
    has: (symbol) => fresh(symbol) !== null,
  }
}

function priced({ instrument, quote }: History): Fetched<Quoted> {
  return { status: 'ok', value: { instrument, quote } }
}

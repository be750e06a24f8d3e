import { addDays } from '../portfolio/day.ts'
import type { Chart } from '../metrics/chart.ts'
import { gapShown } from './gap-in-cents.ts'
import type { Snapshot } from './snapshot.ts'

/** What a menu says of a portfolio, in its own currency. */
export type Brief = { value: string | null; currency: string; change: string | null; ratio: number | null }

/** What a list of portfolios says of one, beside its name; it is made from its snapshot and its chart. */
export type ListedFigures = {
  brief: Brief
  /** Behind which benchmark, or ahead of it; null without one. */
  gap: { benchmark: string; amount: string | null } | null
  /** The returns of twelve months from their start, and those of that benchmark on the same days. */
  year: { own: (number | null)[]; benchmark: (number | null)[] }
  /** Symbols that lack a price of today. */
  without: string[]
  /** What a group consisted of then (storage/groups.ts). */
  members?: string
}

/** So many points does the line of a year have. */
const POINTS = 48

/** What a menu says of a portfolio with this snapshot. */
export function briefOf({ portfolio, summary }: Snapshot): Brief {
  const { change, ratio } = summary.today
  return { value: summary.value, currency: portfolio.base_currency, change, ratio }
}

export function listedFigures(snapshot: Snapshot, chart: Chart): ListedFigures {
  const { portfolio, summary } = snapshot
  const [benchmark] = portfolio.benchmarks
  return {
    brief: briefOf(snapshot),
    gap: benchmark === undefined ? null : { benchmark, amount: gapShown(snapshot, benchmark) },
    year: lastYear(chart, benchmark),
    without: summary.today.left_out,
    ...(snapshot.group && { members: snapshot.group.members }),
  }
}

function lastYear({ days, twr, benchmarks }: Chart, benchmark: string | undefined): ListedFigures['year'] {
  const last = days.at(-1)
  if (last === undefined) return { own: [], benchmark: [] }
  const since = addDays(last, -365)
  const first = Math.max(
    0,
    days.findLastIndex((day) => day <= since),
  )
  const count = days.length - first
  const step = Math.max(1, (count - 1) / (POINTS - 1))
  const at = Array.from({ length: Math.min(count, POINTS) }, (_, i) => first + Math.round(i * step))
  const theirs = benchmark === undefined ? [] : (benchmarks[benchmark]?.twr ?? [])
  return { own: sinceFirst(twr, at), benchmark: theirs.length === 0 ? [] : sinceFirst(theirs, at) }
}

/** Returns since the first of some days, to a hundredth of a percent. */
function sinceFirst(index: readonly (number | null)[], at: readonly number[]): (number | null)[] {
  const start = index[at[0] ?? 0] ?? 0
  return at.map((i) => {
    const level = index[i] ?? null
    return level === null ? null : Math.round(((1 + level) / (1 + start) - 1) * 10_000) / 10_000
  })
}

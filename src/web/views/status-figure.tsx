import { day, exact, fullTime, none, percent, when } from '../format.ts'
import { t } from '../words/words.ts'

export const At = ({ iso, now }: { iso: string | null; now: number }) =>
  iso === null ? (
    <>{none}</>
  ) : (
    <time datetime={iso} title={fullTime(Date.parse(iso))}>
      {when(Date.parse(iso), now)}
    </time>
  )

export function sinceDay(since: string | null): string {
  return since === null ? '' : t('since {day}', { day: day(since) })
}

/** Never rounds up: 100.00% means all. */
export function rate(ratio: number): string {
  return percent(Math.floor(ratio * 10_000) / 10_000)
}

export function whole(count: number): string {
  return exact(String(count))
}

/** Writes `840 ms`, `4.1 s`, `12 min`, `5 h` or `3 days`. */
export function span(ms: number): string {
  const minutes = ms / 60_000
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (minutes < 2) return `${exact(String(Number((ms / 1000).toFixed(ms < 10_000 ? 1 : 0))))} s`
  if (minutes < 120) return `${Math.round(minutes)} min`
  return minutes < 48 * 60
    ? `${Math.round(minutes / 60)} h`
    : t('{n} days', { n: Math.round(minutes / 1440) })
}

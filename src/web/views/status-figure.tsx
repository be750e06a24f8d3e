import { day, fullTime, none, percent, when } from '../format.ts'

export const At = ({ iso, now }: { iso: string | null; now: number }) =>
  iso === null ? (
    <>{none}</>
  ) : (
    <time datetime={iso} title={fullTime(Date.parse(iso))}>
      {when(Date.parse(iso), now)}
    </time>
  )

export function sinceDay(since: string | null): string {
  return since === null ? '' : `since ${day(since)}`
}

/** Never rounds up: 100.00% means all. */
export function rate(ratio: number): string {
  return percent(Math.floor(ratio * 10_000) / 10_000)
}

export function whole(count: number): string {
  return count.toLocaleString('en-US')
}

export function counted(count: number, noun: string): string {
  const plural = noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`
  return `${whole(count)} ${count === 1 ? noun : plural}`
}

/** Writes `840 ms`, `4.1 s`, `12 min`, `5 h` or `3 days`. */
export function span(ms: number): string {
  const minutes = ms / 60_000
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (minutes < 2) return `${Number((ms / 1000).toFixed(ms < 10_000 ? 1 : 0))} s`
  if (minutes < 120) return `${Math.round(minutes)} min`
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} days`
}

/** Seconds until an answer says that one may ask again: its Retry-After is a number of them, or a date; undefined without. */
export function secondsOf(header: string | null, now: number): number | undefined {
  if (header === null) return undefined
  if (/^\d+$/.test(header)) return +header
  const date = Date.parse(header)
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000))
}

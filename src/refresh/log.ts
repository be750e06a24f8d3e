/**
 * One line of JSON an event, for `wrangler tail` and Workers Logs. Facts are ids, counts, symbols and durations:
 * never amounts, names, notes or secrets.
 */
export function log(
  event: string,
  facts: Record<string, string | number | boolean | null | readonly string[]> = {},
): void {
  console.log(JSON.stringify({ event, ...facts }))
}

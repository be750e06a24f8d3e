import { spend } from '../storage/usage.ts'

/**
 * One line of JSON an event, for `wrangler tail` and Workers Logs. Facts are ids, counts, symbols and durations:
 * never amounts, names, notes or secrets.
 */
export function log(
  event: string,
  facts: Record<string, string | number | boolean | null | readonly string[]> = {},
): void {
  spend('logLines')
  console.log(JSON.stringify({ event, ...facts }))
}

/** What went wrong, for a log line: a failed query comes with its parameters, which are the user's own figures. */
export function cause(error: unknown): string {
  return String(error).split('\nparams:')[0]!.slice(0, 300)
}

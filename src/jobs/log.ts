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

/**
 * What went wrong, for a log line. A failed query comes with its parameters, which are the user's own figures, and what
 * is no JSON is quoted by the parser.
 */
export function cause(error: unknown): string {
  const said = String(error).split('\nparams:')[0]!
  const unquoted = said.startsWith('SyntaxError') ? said.replace(/['"].*/s, '…') : said
  return unquoted.slice(0, 300)
}

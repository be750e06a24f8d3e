import type { RecordedClose, RecordedLine } from '../portfolio/track-record.ts'
import { iso } from './everything.ts'

/**
 * Writes a track record with the transactions that it is about, a line for each:
 *
 *   {"yardstick":"track record","version":1,"portfolio":"ID","name":"Family",
 *   "closes":[
 *   {"number":1,"day":"2026-11-30","at":"2026-11-30T22:17:03.000Z",…,"hash":"…"}],
 *   "transactions":[
 *   {"order":1,"ticker":"QQQ","type":"buy",…}]}
 */
export function trackRecordText(
  { id, name }: { id: string; name: string },
  closes: readonly RecordedClose[],
  transactions: readonly RecordedLine[],
): string {
  const list = (rows: readonly object[]) => `[${rows.map((row) => `\n${JSON.stringify(row)}`).join(',')}]`
  const head = JSON.stringify({ yardstick: 'track record', version: 1, portfolio: id, name }).slice(0, -1)
  const rows = closes.map((close) => ({ ...close, at: iso(close.at) }))
  return `${head},\n"closes":${list(rows)},\n"transactions":${list(transactions)}}\n`
}

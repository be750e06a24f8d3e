import { log } from '../jobs/log.ts'
import { lastFinalBar } from '../market/hours/trading-hours.ts'
import { wholeIndex } from '../metrics/twr.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import type { Day } from '../portfolio/day.ts'
import { closeText, ledgerText, nextClose, transactionText } from '../portfolio/track-record.ts'
import { valuations } from '../portfolio/valuation.ts'
import { transactionLine } from '../statements/everything.ts'
import { inOneTransaction } from '../storage/database.ts'
import { keptTransactions } from '../storage/everything.ts'
import { appendClose, lastRecordedDay, trackRecordOf } from '../storage/track-record.ts'
import type { Home } from './home.ts'
import type { LedgerCache } from './ledger-cache.ts'

/**
 * Appends a row to the track record of a portfolio for the last session that is over, unless there is one. An evening that was
 * missed is recorded when the object next comes to it, with that instant; a session before the last one stays without a row,
 * because what is known now was not known then. A group has no record: its portfolios have theirs.
 */
export async function extendRecord(
  { db, id }: Home,
  ledgers: LedgerCache,
  revision: number,
  now: number,
): Promise<void> {
  const portfolio = await ledgers.portfolio()
  if (!portfolio || portfolio.kind) return
  const { day, since } = lastFinalBar({ kind: 'index', timeZone: null }, now)
  if (since < portfolio.createdAt) return
  // asked more often than there is something to do
  const last = await lastRecordedDay(db, id)
  if (last !== null && last >= day) return
  const before = await trackRecordOf(db, id)
  const lines = new Map<string, Record<string, unknown>>()
  for (const row of await keptTransactions(db, id)) {
    const line = transactionLine(row)
    lines.set(await sha256(transactionText(line)), line)
  }
  const read = await ledgers.ledger()
  if (!read || (last === null && lines.size === 0)) return
  const made = { day, at: now, revision, index: indexAt(read.ledger, day) }
  const close = { ...nextClose(before, lines, made), ledger: await sha256(ledgerText(lines.keys())) }
  const hash = await sha256(closeText(id, close))
  await inOneTransaction(db, [appendClose(db, id, { ...close, hash })])
  log('track record', { portfolio: id, day, number: close.number })
}

/** The time-weighted index at the close of a day, to nine decimals; null without a value. */
function indexAt(ledger: Ledger, day: Day): string | null {
  const index = wholeIndex(valuations(ledger, day)).at(-1) ?? null
  return index === null ? null : index.toFixed(9)
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

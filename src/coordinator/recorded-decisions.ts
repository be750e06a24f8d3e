import { appendAudit, type AuditEntry, LISTING_CURRENCY } from '../storage/audit.ts'
import { inOneTransaction } from '../storage/database.ts'
import { type Recorded, recordListingCurrencies, recordUnits } from '../storage/transactions.ts'
import { breath } from './breath.ts'
import type { Home } from './home.ts'
import type { LedgerCache, PreparedRead } from './ledger-cache.ts'

/** Stores what is decided of a row once: in which share units it is, and in which currency its listing was. */
export async function recordDecisions(
  { db, id }: Home,
  ledgers: LedgerCache,
  { recognized, listed, transactions }: PreparedRead,
  now: number,
): Promise<void> {
  if (recognized.length + listed.length === 0) return
  const entry = (subject: string, after: object): AuditEntry => ({
    action: 'update',
    subject,
    before: null,
    after,
  })
  const entries = [
    ...(recognized.length > 0 ? [entry('share units', { recognized: recognized.length })] : []),
    ...(listed.length > 0 ? [entry(LISTING_CURRENCY, { rows: listed.length })] : []),
  ]
  const decisions = [...recordUnits(id, recognized), ...recordListingCurrencies(id, listed)]
  const unitsDays = new Map(recognized.map(({ transaction, unitsDay }) => [transaction, unitsDay]))
  const currencies = new Map(listed.map(({ transaction, currency }) => [transaction, currency]))
  const after = transactions.map((row): Recorded => {
    const [unitsDay, listingCurrency] = [unitsDays.get(row.id), currencies.get(row.id)]
    if (unitsDay === undefined && listingCurrency === undefined) return row
    return { ...row, ...(unitsDay && { unitsDay }), ...(listingCurrency && { listingCurrency }) }
  })
  // each is right by itself, and done again after a kill
  for (const each of decisions.slice(0, -1)) {
    await inOneTransaction(db, [each])
    await breath()
  }
  await ledgers.write([...decisions.slice(-1), ...appendAudit(db, id, 'system', entries, now)], {
    transactions: after,
  })
}

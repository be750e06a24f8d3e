import { describe, expect, it } from 'vitest'
import { appendAudit, type AuditEntry, lastDeedOn, recentAuditEntries } from '../../src/storage/audit.ts'
import { inOneTransaction } from '../../src/storage/database.ts'
import { db, NOW, transaction } from './sample.ts'

describe('the audit log', () => {
  const deed = (subject: string): AuditEntry => ({
    action: 'update',
    subject,
    before: null,
    after: { name: subject },
  })

  it('says who did what, with the row before and after, decimals exact', async () => {
    const after = transaction('2024-01-02 buy 0.00000001 AAPL @ 2')
    const deeds: AuditEntry[] = [
      { action: 'create', subject: `transaction:${after.id}`, before: null, after },
    ]
    await inOneTransaction(db(), appendAudit(db(), 'one', 'ann', deeds, NOW))
    const row = await lastDeedOn(db(), 'one', `transaction:${after.id}`)
    expect(row).toMatchObject({ actor: 'ann', action: 'create', at: NOW, before: null })
    // one hundred-millionth in ten-billionths
    expect(JSON.parse(row!.after!)).toMatchObject({ symbol: 'AAPL', shares: '100' })
  })

  it('only grows, newest first when read', async () => {
    await inOneTransaction(db(), appendAudit(db(), 'two', 'ann', [deed('a'), deed('b')], NOW))
    await inOneTransaction(db(), appendAudit(db(), 'two', 'ann', [deed('a')], NOW + 1))
    expect((await recentAuditEntries(db(), 'two', 10)).map(({ subject }) => subject)).toEqual(['a', 'b', 'a'])
    expect(await recentAuditEntries(db(), 'two', 2)).toHaveLength(2)
  })

  it('of one portfolio is not another’s', async () => {
    await inOneTransaction(db(), appendAudit(db(), 'three', 'ann', [deed('a')], NOW))
    expect(await recentAuditEntries(db(), 'four', 10)).toEqual([])
  })
})

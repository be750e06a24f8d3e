import { describe, expect, it } from 'vitest'
import { appendAudit, type AuditEntry, lastEntryOn, recentEntries } from '../../src/storage/audit.ts'
import { inOneTransaction } from '../../src/storage/database.ts'
import { db, keptPortfolio, NOW, rows, transaction } from './sample.ts'

describe('the audit log', () => {
  const entry = (subject: string): AuditEntry => ({
    action: 'update',
    subject,
    before: null,
    after: { name: subject },
  })

  it('says who did what, with the row before and after, decimals exact', async () => {
    const after = transaction('2024-01-02 buy 0.00000001 AAPL @ 2')
    const entries: AuditEntry[] = [
      { action: 'create', subject: `transaction:${after.id}`, before: null, after },
    ]
    await inOneTransaction(db(), appendAudit(db(), 'one', 'ann', entries, NOW))
    const row = (await rows('audit')).find(({ portfolio_id }) => portfolio_id === 'one')!
    expect(row).toMatchObject({ actor: 'ann', action: 'create', at: NOW, before: null })
    // one hundred-millionth in ten-billionths
    expect(JSON.parse(row.after as string)).toMatchObject({ symbol: 'AAPL', shares: '100' })
    expect(await lastEntryOn(db(), 'one', `transaction:${after.id}`)).toEqual({
      kind: 'transaction',
      action: 'create',
      before: null,
      after: { ...after, shares: '0.00000001', price: '2', fee: '0', amount: '0.00000002' },
    })
  })

  it('only grows, newest first when read', async () => {
    await inOneTransaction(db(), appendAudit(db(), 'two', 'ann', [entry('a'), entry('b')], NOW))
    await inOneTransaction(db(), appendAudit(db(), 'two', 'ann', [entry('a')], NOW + 1))
    expect((await recentEntries(db(), 'two', 10)).map(({ subject }) => subject)).toEqual(['a', 'b', 'a'])
    expect(await recentEntries(db(), 'two', 2)).toHaveLength(2)
  })

  it('of one portfolio is not another’s', async () => {
    await inOneTransaction(db(), appendAudit(db(), 'three', 'ann', [entry('a')], NOW))
    expect(await recentEntries(db(), 'four', 10)).toEqual([])
  })
})

describe('an entry is read back with the fields of its subject', () => {
  const read = async (entry: AuditEntry) => {
    const portfolio = crypto.randomUUID()
    await inOneTransaction(db(), appendAudit(db(), portfolio, 'ann', [entry], NOW))
    return lastEntryOn(db(), portfolio, entry.subject)
  }

  it('the settings of a portfolio before and after', async () => {
    const before = await keptPortfolio({ name: 'Old' })
    const after = { ...before, name: 'New' }
    const entry = { action: 'update', subject: 'portfolio', before, after } as const
    expect(await read(entry)).toEqual({ kind: 'portfolio', action: 'update', before, after })
  })

  it('the counts of an import and of recognized share units', async () => {
    const counts = { format: 'Transactions', accepted: 2, duplicates: 1, rejected: 0 }
    expect(await read({ action: 'import', subject: 'import:1', before: null, after: counts })).toEqual({
      kind: 'import',
      action: 'import',
      id: '1',
      ...counts,
    })
    expect(await read({ action: 'delete', subject: 'import:1', before: counts, after: null })).toMatchObject({
      action: 'delete',
      accepted: 2,
    })
    const after = { recognized: 3 }
    expect(await read({ action: 'update', subject: 'share units', before: null, after })).toEqual({
      kind: 'share units',
      recognized: 3,
    })
  })

  it('of a deleted transaction also where its row came from', async () => {
    const before = { ...transaction('2024-01-02 dividend 3.2 AAPL'), version: 2, sequence: 7, rowKey: 'k#0' }
    expect(await read({ action: 'delete', subject: 'transaction:1', before, after: null })).toMatchObject({
      kind: 'transaction',
      before: { amount: '3.2', shares: null, version: 2, sequence: 7, rowKey: 'k#0' },
      after: null,
    })
  })

  it('of an unknown subject as it stands', async () => {
    expect(await read({ action: 'create', subject: 'goal:1', before: null, after: { n: 1 } })).toEqual({
      kind: 'unknown',
      action: 'create',
      subject: 'goal:1',
    })
  })

  it('none when nothing was logged', async () => {
    expect(await lastEntryOn(db(), 'nobody', 'portfolio')).toBeNull()
  })
})

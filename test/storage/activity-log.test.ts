import { describe, expect, it } from 'vitest'
import { activityLog, type LogCursor, type LogEntry, type LogView } from '../../src/storage/activity-log.ts'
import { appendAudit, type AuditEntry } from '../../src/storage/audit.ts'
import { inOneTransaction } from '../../src/storage/database.ts'
import { saveRefresh } from '../../src/storage/refreshes.ts'
import { db, NOW } from './sample.ts'

describe('the activity log', () => {
  const deed = (subject: string, action: AuditEntry['action'] = 'create'): AuditEntry => ({
    action,
    subject,
    before: null,
    after: { n: 1 },
  })
  const refreshed = (portfolioId: string, generation: number, finishedAt: number) =>
    saveRefresh(db(), {
      portfolioId,
      generation,
      reason: 'button',
      status: 'done',
      done: 2,
      total: 3,
      failed: [{ symbol: 'KO', reason: 'none' }],
      startedAt: finishedAt - 500,
      finishedAt,
    })
  const told = (entries: LogEntry[]) =>
    entries.map((entry) => (entry.kind === 'deed' ? entry.deed.subject : `refresh ${entry.id}`))

  it('has deeds and refreshes in one order, newest first, a page at a time', async () => {
    const id = crypto.randomUUID()
    await inOneTransaction(db(), appendAudit(db(), id, 'ann', [deed('portfolio')], NOW))
    await refreshed(id, 1, NOW + 1)
    await inOneTransaction(
      db(),
      appendAudit(db(), id, 'ann', [deed('transaction:a'), deed('transaction:b')], NOW + 2),
    )
    await refreshed(id, 2, NOW + 2)
    await refreshed('another', 1, NOW + 3)
    const all = ['refresh 2', 'transaction:b', 'transaction:a', 'refresh 1', 'portfolio']
    const paged: LogEntry[] = []
    for (let before: LogCursor | null = null; ; before = paged.at(-1)!) {
      const page = await activityLog(db(), id, { view: 'all', limit: 2, before })
      if (page.length === 0) break
      paged.push(...page)
    }
    expect(told(paged)).toEqual(all)
    expect(paged[0]).toMatchObject({
      kind: 'refresh',
      refresh: {
        reason: 'button',
        status: 'done',
        done: 2,
        total: 3,
        failed: [{ symbol: 'KO', reason: 'none' }],
      },
    })
    expect(paged[1]).toMatchObject({
      actor: 'ann',
      deed: { action: 'create', before: null, after: { n: 1 } },
    })
  })

  it('shows one kind of entry when asked', async () => {
    const id = crypto.randomUUID()
    const deeds = [
      deed('portfolio'),
      deed('transaction:a'),
      deed('import:1', 'import'),
      deed('share units', 'update'),
    ]
    await inOneTransaction(db(), appendAudit(db(), id, 'ann', deeds, NOW))
    await refreshed(id, 1, NOW + 1)
    const of = async (view: LogView) => told(await activityLog(db(), id, { view, limit: 9, before: null }))
    expect(await of('edits')).toEqual(['transaction:a'])
    expect(await of('imports')).toEqual(['share units', 'import:1'])
    expect(await of('settings')).toEqual(['portfolio'])
    expect(await of('refreshes')).toEqual(['refresh 1'])
  })
})

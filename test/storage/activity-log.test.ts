import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { activityLog, type LogCursor, type LogEntry, type LogView } from '../../src/storage/activity-log.ts'
import { appendAudit, type AuditEntry } from '../../src/storage/audit.ts'
import { inOneTransaction } from '../../src/storage/database.ts'
import { saveRefresh } from '../../src/storage/refreshes.ts'
import { anotherAccount } from '../worker/account.ts'
import { db, NOW, transaction } from './sample.ts'

describe('the activity log', () => {
  const entry = (
    subject: string,
    action: AuditEntry['action'] = 'create',
    after: unknown = portfolio,
  ): AuditEntry => ({ action, subject, before: null, after })
  const portfolio = { name: 'Ann’s', baseCurrency: 'USD', benchmarks: ['VOO'] }
  const bought = transaction('2024-01-02 buy 10 AAPL @ 185.5')
  const paid = transaction('2024-01-03 deposit 500')
  const counts = { format: 'Transactions', accepted: 1, duplicates: 0, rejected: 0 }
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
    entries.map((each) => {
      if (each.kind === 'refresh') return `refresh ${each.id}`
      if (each.kind === 'notice') return `told ${each.notice.title}`
      const { change } = each
      return change.kind === 'transaction' ? change.after!.type : change.kind
    })

  it('has changes and refreshes in one order, newest first, a page at a time', async () => {
    const id = crypto.randomUUID()
    await inOneTransaction(db(), appendAudit(db(), id, 'ann', [entry('portfolio')], NOW))
    await refreshed(id, 1, NOW + 1)
    await inOneTransaction(
      db(),
      appendAudit(
        db(),
        id,
        'ann',
        [entry('transaction:a', 'create', bought), entry('transaction:b', 'create', paid)],
        NOW + 2,
      ),
    )
    await refreshed(id, 2, NOW + 2)
    await refreshed('another', 1, NOW + 3)
    await anotherAccount('another')
    // what was told comes before what else there was at that instant, and is for nobody but whoever was told
    const notice = 'INSERT INTO notices (account_id, id, portfolio_id, title, body, address, tag, at)'
    for (const [account, title, at] of [
      ['owner', 'early', NOW + 1],
      ['owner', 'late', NOW + 2],
      ['another', 'else', NOW + 2],
    ] as const)
      await env.DB.prepare(`${notice} VALUES (?, ?, ?, ?, '', '/', '', ?)`)
        .bind(account, title, id, title, at)
        .run()
    const all = ['told late', 'refresh 2', 'deposit', 'buy', 'told early', 'refresh 1', 'portfolio']
    const paged: LogEntry[] = []
    for (let before: LogCursor | null = null; ; before = paged.at(-1)!) {
      const page = await activityLog(db(), id, {
        view: 'all',
        limit: 2,
        before,
        isOwner: true,
        reader: 'owner',
      })
      if (page.length === 0) break
      paged.push(...page)
    }
    expect(told(paged)).toEqual(all)
    expect(paged[1]).toMatchObject({
      kind: 'refresh',
      refresh: {
        reason: 'button',
        status: 'done',
        done: 2,
        total: 3,
        failed: [{ symbol: 'KO', reason: 'none' }],
      },
    })
    expect(paged[2]).toMatchObject({
      kind: 'audit',
      actor: 'ann',
      change: {
        kind: 'transaction',
        action: 'create',
        before: null,
        after: { date: '2024-01-03', amount: '500' },
      },
    })
  })

  it('shows one kind of entry when asked', async () => {
    const id = crypto.randomUUID()
    const entries = [
      entry('portfolio'),
      entry('transaction:a', 'create', bought),
      entry('import:1', 'import', counts),
      entry('share units', 'update', { recognized: 1 }),
    ]
    await inOneTransaction(db(), appendAudit(db(), id, 'ann', entries, NOW))
    await refreshed(id, 1, NOW + 1)
    const of = async (view: LogView) =>
      told(await activityLog(db(), id, { view, limit: 9, before: null, isOwner: true }))
    expect(await of('edits')).toEqual(['buy'])
    expect(await of('imports')).toEqual(['share units', 'import'])
    expect(await of('settings')).toEqual(['portfolio'])
    expect(await of('refreshes')).toEqual(['refresh 1'])
  })
})

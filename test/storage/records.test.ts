import { describe, expect, it } from 'vitest'
import { inOneTransaction } from '../../src/storage/database.ts'
import {
  activityLog,
  answerTo,
  appendAudit,
  deadLettersKept,
  type AuditEntry,
  insertImport,
  lastDeedOn,
  latestRefreshes,
  type LogCursor,
  type LogEntry,
  type LogView,
  recentAuditEntries,
  rememberAnswer,
  saveDeadLetter,
  saveRefresh,
} from '../../src/storage/records.ts'
import { db, keptPortfolio, NOW, rows, transaction } from './sample.ts'

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

describe('an idempotency key', () => {
  const remember = (portfolio: string, key: string, answer: string, now = NOW) =>
    inOneTransaction(db(), rememberAnswer(db(), portfolio, key, answer, now))

  it('is new until its answer is remembered; what it made may be deleted, then the next answer counts', async () => {
    expect(await answerTo(db(), 'p', 'key')).toBeNull()
    await remember('p', 'key', 'first')
    await remember('p', 'key', 'second')
    expect(await answerTo(db(), 'p', 'key')).toBe('second')
  })

  it('of one portfolio is new in another', async () => {
    await remember('p', 'shared', 'first')
    expect(await answerTo(db(), 'q', 'shared')).toBeNull()
  })

  it('is forgotten after a day, when the next one comes', async () => {
    await remember('r', 'old', 'first', NOW)
    await remember('r', 'young', 'second', NOW + 86_400_000)
    expect(await answerTo(db(), 'r', 'old')).toBe('first')
    await remember('r', 'new', 'third', NOW + 86_400_001)
    expect(await answerTo(db(), 'r', 'old')).toBeNull()
    expect(await answerTo(db(), 'r', 'young')).toBe('second')
  })
})

it('an import is kept with the lines it rejected', async () => {
  const { id } = await keptPortfolio()
  const rejected = [{ line: 3, reason: 'Price “x” is not a number such as 1234.56.' }]
  const record = {
    id: 'import',
    portfolioId: id,
    format: 'Transactions',
    accepted: 2,
    duplicates: 1,
    rejected,
    createdAt: NOW,
  }
  await inOneTransaction(db(), [insertImport(db(), record)])
  const [row] = await rows('imports')
  expect(row).toMatchObject({ portfolio_id: id, accepted: 2, duplicates: 1 })
  expect(JSON.parse(row!.rejected as string)).toEqual(rejected)
})

describe('a refresh that ended', () => {
  const record = (generation: number, finishedAt: number) => ({
    portfolioId: 'p',
    generation,
    reason: 'button',
    status: 'done' as const,
    done: 3,
    total: 4,
    failed: [{ symbol: 'NOPE', reason: 'No data found' }],
    startedAt: NOW,
    finishedAt,
  })

  it('is kept once, as it ended first', async () => {
    await saveRefresh(db(), record(1, NOW + 1))
    await saveRefresh(db(), record(1, NOW + 9))
    expect(await latestRefreshes(db(), 10)).toEqual([record(1, NOW + 1)])
  })

  it('is listed newest first', async () => {
    await saveRefresh(db(), record(2, NOW + 2))
    expect((await latestRefreshes(db(), 1)).map(({ generation }) => generation)).toEqual([2])
  })
})

it('dead letters are kept once each, counted all and shown newest first', async () => {
  const letter = (id: string, at: number) => ({
    id,
    message: '{"kind":"quotes"}',
    reason: 'failed every try',
    at,
    resentAt: null,
  })
  for (const each of [letter('a', NOW), letter('b', NOW + 2), letter('c', NOW + 1), letter('b', NOW + 9)]) {
    await saveDeadLetter(db(), each)
  }
  expect(await deadLettersKept(db(), 2)).toEqual({
    count: 3,
    waiting: 3,
    newest: [letter('b', NOW + 2), letter('c', NOW + 1)],
  })
})

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

import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { addSaidOfFiles } from '../../src/storage/file-answers.ts'
import { addTickers } from '../../src/storage/securities.ts'
import { allPortfolioIds, eraseAccount, sharedWith } from '../../src/storage/erasure.ts'
import { database, inOneTransaction } from '../../src/storage/database.ts'
import { chosenTickers, closesOn, rememberTicker } from '../../src/storage/securities.ts'
import { claim, isClaimOf } from '../../src/storage/accounts.ts'
import { saveChallenge, takeChallenge } from '../../src/storage/challenges.ts'
import {
  addPasskey,
  notePasskeyUse,
  passkeyById,
  removePasskey,
  renamePasskey,
} from '../../src/storage/passkeys.ts'
import { ownerOfCode, replaceCodes, useCode } from '../../src/storage/recovery-codes.ts'
import { beginSession } from '../../src/storage/sessions.ts'
import { visibleTo } from '../../src/storage/visitors.ts'
import { type Parts, partsOf } from '../../src/statements/read-everything.ts'
import { dismissSplit, notBelieved, restoreSplit, sayTheSame } from '../../src/storage/rulings.ts'
import { waitingOf } from '../../src/storage/notices.ts'
import { deliverNotice } from '../../src/jobs/deliver-notice.ts'
import { localeOf } from '../../src/web/locale.ts'
import { tell, tellWhatWaits } from '../../src/jobs/tell.ts'
import { portfolioById } from '../../src/storage/portfolios.ts'
import { keepPushKeys } from '../../src/storage/push-keys.ts'
import { saveDeadLetter } from '../../src/storage/dead-letters.ts'
import { anotherAccount } from '../worker/account.ts'
import { app } from '../../src/web/app.tsx'
import { HOST } from '../worker/app.ts'
import { DAY, NOON, setClock } from '../worker/clock.ts'
import { invested, trades } from '../worker/invested.ts'
import { metered } from '../worker/metered.ts'
import { computedReads, pageReads, warmReads } from '../web/reads.ts'

// What the app asks of D1 on its ways through a portfolio's life, each statement once, by the plan that SQLite makes
// of it. A plan depends on no value, and hardly on the rows: none of the tables is analyzed.

const meter = metered()
const asked = new Set<string>()

/** Tables that are meant to be read from their first row to their last, and why. */
const wholeTables: Record<string, string> = {
  tracked_symbols: 'the clock and the status page look at every symbol that somebody needs',
  broker_connections: 'each evening all are asked, and there are few',
  push_keys: 'it has one row',
  dead_letters: 'the status page counts them, and there are as few as there were outages',
}

/** Statements that read a table whole, and why they may. */
const wholeOnce: [RegExp, string][] = [
  [
    /^UPDATE `?audit`? SET (actor|subject)/,
    'an account is deleted once, and no index is worth a written row at each edit for that',
  ],
  [/^UPDATE invitations SET accepted_by/, 'the same; few are open'],
  [
    /^SELECT\s+\(SELECT count\(\*\) FROM owners\)/,
    'the status page counts what is kept, transactions no further than 100,000',
  ],
  [/^DELETE FROM `challenges` WHERE account_id/, 'the same; each lasts five minutes'],
  [/^UPDATE unfinished_imports SET actor/, 'the same; each lasts as long as an import'],
  [/^SELECT DISTINCT alerts\.portfolio_id/, 'four times an hour the alerts of all portfolios are read'],
  [/^UPDATE portfolios SET opened_at[^]*FROM alerts UNION/, 'the same, once a day'],
]

beforeAll(async () => {
  const id = await invested(trades)
  await meter.watchOver(id)
  await meter.start()
  const note = () => meter.statements.splice(0).forEach((each) => asked.add(each))
  const send = (path: string, method: string, body?: string, type = 'application/json') =>
    meter.request(path, { method, headers: { origin: HOST, 'content-type': type }, ...(body && { body }) })

  for (const [, path] of [...warmReads, ...computedReads, ...pageReads]) await meter.request(path(id))
  await meter.request(`/api/portfolios/${id}/transactions?limit=2`)
  const grouped = await send('/api/groups', 'POST', JSON.stringify({ name: 'G', portfolios: [id] }))
  const { id: group } = (await grouped.json()) as { id: string }
  await meter.watchOver(group)
  for (const [, path] of [...warmReads, ...computedReads]) await meter.request(path(group))
  await meter.request(`/api/portfolios/${group}/transactions?limit=2`)
  await send(`/api/groups/${group}`, 'PATCH', JSON.stringify({ name: 'H', portfolios: [id] }))
  await send('/api/portfolios', 'POST', '{"name":"Second"}')
  for (const path of ['/api/groups', '/api/groups/all']) await meter.request(path)
  await send(`/api/groups/${group}`, 'DELETE')
  for (const view of ['edits', 'imports', 'settings', 'refreshes'])
    await meter.request(`/portfolios/${id}/activity?view=${view}`)
  const tokenMade = await send('/api/tokens', 'POST', '{"name":"A script"}', 'application/json')
  const { id: token, token: bearer } = (await tokenMade.json()) as { id: string; token: string }
  const authorization = `Bearer ${bearer}`
  const context = createExecutionContext()
  await app.fetch(new Request(`${HOST}/api/portfolios`, { headers: { authorization } }), meter.env, context)
  await waitOnExecutionContext(context)
  await meter.request('/account')
  await send(`/api/tokens/${token}`, 'DELETE')
  await send('/account/notices/push/options.json', 'POST', '{}')
  const hook = '{"kind":"webhook","address":"https://hooks.test/plans"}'
  const channelMade = await send('/api/notice-channels', 'POST', hook)
  const { id: channel } = (await channelMade.json()) as { id: string }
  const told = { account: 'owner', portfolio: id }
  const notice = { id: 'plans', title: '', body: '', address: '/', tag: '', at: NOON }
  await tell(meter.env, told, [notice])
  for (const each of await waitingOf(database(meter.env.DB), 'owner', ['plans']))
    await deliverNotice(meter.env, each, NOON, localeOf)
  await tellWhatWaits(meter.env, NOON)
  await send(`/api/notice-channels/${channel}/test`, 'POST')
  await meter.request('/account/notices')
  await meter.request(`/portfolios/${id}/activity`)
  await send(`/api/notice-channels/${channel}`, 'DELETE')
  for (const path of ['/status', '/api/status', '/api/portfolios', '/portfolios', '/'])
    await meter.request(path)
  await meter.request('/securities?q=coca')
  note()

  const form = (path: string, fields: Record<string, string>) =>
    send(path, 'POST', new URLSearchParams(fields).toString(), 'application/x-www-form-urlencoded')
  const people = `/portfolios/${id}/people`
  const made = await form(`${people}/invitations`, { role: 'viewer' })
  const [invitation] = /\/invitations\/[\w-]{43}/.exec(await made.text())!
  const newcomer = new Request(HOST + invitation, {
    method: 'POST',
    headers: { origin: HOST },
    body: new URLSearchParams({ name: 'Bob' }),
  })
  await app.fetch(newcomer, meter.env, createExecutionContext())
  for (const path of ['members/bob', 'members/bob/remove', 'invitations/none/withdraw'])
    await form(`${people}/${path}`, { role: 'editor' })
  const shared = await form(`/portfolios/${id}/links`, { days: '7' })
  const [link] = /\/s\/[\w-]{43}/.exec(await shared.text())!
  await meter.request(link)
  await form(`/portfolios/${id}/links/none/withdraw`, {})
  note()

  const keeper = env.PORTFOLIO.getByName(id)
  const entry = { type: 'buy', symbol: 'KO', date: '2034-06-01', price: '61', shares: '2' }
  const added = await keeper.add('owner', entry, 'a key', true)
  if (added.status !== 'ok') throw new Error(added.status)
  await keeper.replace('owner', added.value.id, 1, { ...entry, shares: '3' })
  await keeper.delete('owner', added.value.id)
  await keeper.add('owner', { ...entry, note: 'in its place' }, null)
  await keeper.restore('owner', added.value.id)
  await keeper.import('owner', `${trades}KO,2035-03-07,Buy,1,$60.00,\n`, false)
  const { imports } = (await (await meter.request(`/api/portfolios/${id}/imports`)).json()) as {
    imports: { id: string }[]
  }
  await meter.request(`/portfolios/${id}/imports/${imports[0]!.id}`)
  await keeper.undoImport('owner', imports[0]!.id, true)
  const recorded = await keeper.acceptDividends('owner', 'all')
  if (recorded.status === 'ok') await keeper.undoAcceptance('owner', recorded.value.at)
  await keeper.change('owner', { name: 'Another', baseCurrency: 'EUR' })
  await keeper.refresh('owner', 'button', true)
  note()
  const page = await meter.request(`/portfolios/${id}/live`, {
    headers: { upgrade: 'websocket', origin: HOST },
  })
  page.webSocket!.accept()
  await keeper.snapshot('owner', false)
  note()
  await meter.deliver()
  note()
  for (const [now, cron] of [
    [NOON + 10 * 60_000, '* * * * *'],
    [NOON + 11 * 60_000, '* * * * *'],
    [NOON + DAY / 4, '15 22 * * MON-FRI'],
  ] as const) {
    setClock(now)
    await meter.cron(now, cron)
    await meter.deliver()
    note()
  }
  meter.sent.push({ kind: 'quotes', symbols: ['NOPE', 'KO'], requester: null })
  meter.sent.push({ kind: 'history', symbol: 'NOPE', from: '2030-01-01', requester: null })
  await meter.deliver()
  const db = database(meter.env.DB)
  await dismissSplit(db, 'TSLA', '2020-08-31')
  await restoreSplit(db, 'TSLA', '2020-08-31')
  await sayTheSame(db, 'TSLA', '2035-03-07')
  await notBelieved(db, 'TSLA')
  await inOneTransaction(db, [rememberTicker(db, 'owner', { name: 'US1912161007', symbol: 'KO' }, NOON)])
  await chosenTickers(db, 'owner', ['US1912161007'])
  await closesOn(db, ['KO'], '2035-03-07')
  await saveDeadLetter(db, { id: 'a', message: '{"kind":"quotes"}', reason: 'why', at: NOON, resentAt: null })
  await saveChallenge(db, { hash: 'a', ceremony: 'sign in', challenge: 'b', accountId: null }, NOON)
  await takeChallenge(db, 'a', NOON)
  const passkey = { id: 'a', accountId: 'owner', publicKey: '', counter: 1, transports: '', name: 'Phone' }
  await addPasskey(db, passkey, NOON)
  await passkeyById(db, 'a')
  await notePasskeyUse(db, 'a', 1, NOON)
  await renamePasskey(db, 'owner', 'a', 'Another')
  await inOneTransaction(db, replaceCodes(db, 'owner', ['a'], NOON))
  await removePasskey(db, 'owner', 'a', NOON)
  await meter.request('/account')
  await ownerOfCode(db, 'a')
  await inOneTransaction(db, [useCode(db, 'a', NOON)])
  await visibleTo(db, 'owner')
  await inOneTransaction(db, claim(db, { name: 'Zoe', now: NOON, codes: ['b'] }))
  await inOneTransaction(
    db,
    beginSession(db, { hash: 'a', accountId: 'owner', device: '' }, NOON, isClaimOf('b')),
  )
  await send('/api/dead-letters/a/resend', 'POST')
  await send('/api/dead-letters/resend', 'POST', '{}')
  page.webSocket!.close(1000)
  await vi.waitFor(async () => {
    const row = await env.DB.prepare('SELECT watched_until FROM portfolios WHERE id = ?').bind(id).first()
    if (row?.watched_until !== 0) throw new Error('still watched')
  }, 60_000)
  const { id: _, ...like } = (await portfolioById(db, id))!
  await keeper.remove('owner')
  const other = crypto.randomUUID()
  await meter.watchOver(other)
  await env.PORTFOLIO.getByName(other).create({ ...like, id: other }, trades)
  note()
  await dismissSplit(db, 'TSLA', '2020-08-31')
  const file = await (await meter.request(`/portfolios/${other}/export/everything.json`)).text()
  await meter.request('/account/export')
  const copy = crypto.randomUUID()
  await meter.watchOver(copy)
  const [part] = (partsOf(file) as Parts).portfolios
  await inOneTransaction(db, addTickers('owner', [{ name: 'US1912161007', symbol: 'KO', at: NOON }]))
  await inOneTransaction(
    db,
    addSaidOfFiles('owner', [{ header: 'datum', answers: { days: 'dmy' }, at: NOON }]),
  )
  await env.PORTFOLIO.getByName(copy).takeIn({ ...like, id: copy }, new TextEncoder().encode(part!.text))
  note()
  await env.DB.prepare('UPDATE portfolios SET deleted_at = 0 WHERE id = ?').bind(id).run()
  await keeper.erase()
  await allPortfolioIds(db, 'owner')
  await sharedWith(db, 'owner')
  await anotherAccount('gone')
  await eraseAccount(db, 'gone', NOON)
  await keepPushKeys(db, { publicKey: 'a', privateKey: 'b' }, NOON)
  note()
})
afterAll(() => void vi.useRealTimers())

type Step = { id: number; parent: number; detail: string }

/**
 * A walk along an index that ends with the LIMIT reads no more than it answers.
 */
function isShort(statement: string, steps: readonly Step[], detail: string): boolean {
  const isSorted = steps.every((each) => !/TEMP B-TREE/.test(each.detail))
  return isSorted && / USING (COVERING )?INDEX /.test(detail) && /\blimit \?\)?$/i.test(statement.trim())
}

/**
 * What is wrong with a plan: a table that is read whole, or a JSON text that is walked through for each row of a loop.
 * Of the steps with one parent, each is a loop inside the one before.
 */
function faults(statement: string, steps: readonly Step[]): string[] {
  return steps.flatMap(({ parent, detail }, i) => {
    const scanned = /^SCAN (\w+)/.exec(detail)?.[1]
    if (!scanned) return []
    const isInner = steps
      .slice(0, i)
      .some((each) => each.parent === parent && /^(SCAN|SEARCH) /.test(each.detail))
    if (/VIRTUAL TABLE/.test(detail)) return isInner ? [`${detail}, in a loop`] : []
    const isTable = tables.has(scanned)
    return isTable && !(scanned in wholeTables) && !isShort(statement, steps, detail) ? [detail] : []
  })
}

let tables = new Set<string>()

async function planOf(statement: string): Promise<Step[]> {
  const values = Array.from({ length: statement.split('?').length - 1 }, () => null)
  const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${statement}`)
    .bind(...values)
    .all<Step>()
  return results
}

describe('every statement of the app', () => {
  beforeAll(async () => {
    const { results } = await env.DB.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all<{
      name: string
    }>()
    tables = new Set(results.map(({ name }) => name))
  })

  it('is asked on the way', () => {
    const untouched = [...tables].filter((table) => ![...asked].some((each) => each.includes(table)))
    expect(untouched.filter((table) => !/^(_cf|sqlite|d1_)/.test(table))).toEqual([])
    expect(asked.size).toBeGreaterThan(50)
  })

  it('searches by a key or an index, and walks through no table and, for each row of one, through no text', async () => {
    const found: Record<string, string[]> = {}
    for (const statement of asked) {
      if (wholeOnce.some(([pattern]) => pattern.test(statement.trim()))) continue
      const wrong = faults(statement, await planOf(statement))
      if (wrong.length > 0) found[statement.replace(/\s+/g, ' ')] = wrong
    }
    expect(found).toEqual({})
  })

  it('would be noticed where it does not', async () => {
    const wrong = async (statement: string) => faults(statement, await planOf(statement))
    expect(await wrong("SELECT * FROM transactions WHERE note = 'a'")).toEqual(['SCAN transactions'])
    expect(
      await wrong(`UPDATE transactions SET units_day = found.value->>1 FROM json_each(?) AS found
        WHERE transactions.id = found.value->>0 AND portfolio_id = ?`),
    ).toEqual([expect.stringContaining('in a loop')])
    expect(await wrong('SELECT * FROM transactions WHERE portfolio_id = ?')).toEqual([])
  })
})

import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { anotherAccount, claimInstance } from '../worker/account.ts'
import { asStranger, importCsv, newPortfolio, settled } from '../worker/app.ts'
import { setClock } from '../worker/clock.ts'
import { columnsByTable } from '../worker/columns.ts'
import { openSocket } from '../worker/socket.ts'
import { nothingBehind } from '../worker/underway.ts'
import { words } from './page.ts'

beforeEach(() => setClock())
afterEach(() => setClock())

type Who = { cookie: string }
type Row = Record<string, unknown>

async function rowsOf(query: string, ...values: unknown[]): Promise<Row[]> {
  return (
    await env.DB.prepare(query)
      .bind(...values)
      .all<Row>()
  ).results
}

const post = (who: Who, path: string, fields: Record<string, string> = {}) =>
  asStranger(path, { method: 'POST', headers: who, body: new URLSearchParams(fields) })

/** Signs somebody in just now. */
async function fresh(id: string): Promise<Who> {
  const who = await anotherAccount(id)
  await env.DB.prepare('UPDATE sessions SET created_at = ? WHERE account_id = ?').bind(Date.now(), id).run()
  return who
}

async function portfolioOf(who: Who, name: string): Promise<string> {
  const made = await asStranger('/api/portfolios', {
    method: 'POST',
    headers: { ...who, 'content-type': 'application/json' },
    body: JSON.stringify({ name, dividends: 'recorded' }),
  })
  return ((await made.json()) as { id: string }).id
}

const importOf = (who: Who, id: string, shares = 10) =>
  asStranger(`/api/portfolios/${id}/imports`, {
    method: 'POST',
    headers: { ...who, 'content-type': 'text/csv' },
    body: `Ticker,Date,Type,Shares,Price\nKO,2034-01-03,Buy,${shares},60\n`,
  })

async function settledFor(who: Who, id: string): Promise<void> {
  await nothingBehind(id)
  const latest = await asStranger(`/api/portfolios/${id}/refreshes/latest`, { headers: who })
  expect(['done', 'failed']).toContain(((await latest.json()) as { status: string }).status)
}

/** A row in every table that says whose it is, of an account and a portfolio of its. */
async function everywhere(account: string, portfolio: string, other: string): Promise<void> {
  const bind = (query: string, ...values: unknown[]) => env.DB.prepare(query).bind(...values)
  await env.DB.batch([
    bind(
      "INSERT INTO passkeys VALUES (?, ?, 'key', 0, '', 'Phone', 0, NULL, NULL)",
      `passkey ${account}`,
      account,
    ),
    bind(
      "INSERT INTO challenges VALUES (?, 'register', 'text', ?, 9999999999999)",
      `challenge ${account}`,
      account,
    ),
    bind("INSERT INTO file_answers VALUES (?, 'date,type', '{}', 0)", account),
    bind("INSERT INTO known_securities VALUES (?, 'US1912161007', 'KO', 0)", account),
    bind('INSERT INTO recovery_codes VALUES (?, ?, NULL)', `code ${account}`, account),
    bind(
      "INSERT INTO api_tokens VALUES (?, 't', ?, 'Script', 'ys_abc', 'read', 0, NULL, NULL)",
      `token ${account}`,
      account,
    ),
    bind(
      "INSERT INTO invitations VALUES (?, 'i', ?, 'viewer', '', ?, 0, 9999999999999, ?, 0)",
      `invitation ${account}`,
      portfolio,
      account,
      other,
    ),
    bind(
      "INSERT INTO share_links VALUES (?, 'l', ?, '', 0, ?, 0, NULL, 'page', NULL, NULL)",
      `link ${account}`,
      portfolio,
      account,
    ),
    bind(
      "INSERT INTO alerts VALUES (?, ?, ?, 'price_below', 'KO', '50', '2034-01-03', '{}', 0, NULL, NULL)",
      `alert ${account}`,
      portfolio,
      account,
    ),
    bind('INSERT INTO digests VALUES (?, ?, 0, NULL, NULL)', portfolio, account),
    bind(
      "INSERT INTO track_record VALUES (?, 1, '2034-01-03', 0, 1, NULL, 0, 0, '[]', '[]', '', '', '')",
      portfolio,
    ),
    bind(
      "INSERT INTO unfinished_imports VALUES (?, ?, ?, 'deleting', 0)",
      `unfinished ${portfolio}`,
      portfolio,
      account,
    ),
    bind(
      "INSERT INTO broker_connections VALUES (?, 'ibkr', ?, '200001', '1', 0, NULL, NULL)",
      portfolio,
      account,
    ),
    bind(
      "INSERT INTO broker_statements VALUES (?, ?, 'ibkr', 0, 'hash', 'text', '', 0, '[]')",
      `statement ${portfolio}`,
      portfolio,
    ),
    bind(
      "INSERT INTO notice_channels VALUES (?, ?, 'ntfy', 'Phone', 'ntfy.sh', '{}', '', NULL, 0, NULL, NULL, NULL, 0, NULL, NULL, NULL)",
      `channel ${account}`,
      account,
    ),
    ...[portfolio, null].map((about) =>
      bind(
        "INSERT INTO notices (account_id, id, portfolio_id, title, body, address, tag, at) VALUES (?, ?, ?, '', '', '/', '', 0)",
        account,
        `notice of ${about}`,
        about,
      ),
    ),
    bind(
      "INSERT INTO notice_deliveries SELECT sequence, ?, 'Phone', 'sent', 1, 0, NULL FROM notices WHERE account_id = ?",
      `channel ${account}`,
      account,
    ),
    bind("INSERT INTO members VALUES (?, ?, 'editor', 0)", portfolio, other),
    bind('INSERT INTO group_members VALUES (?, ?)', `a group with ${portfolio}`, portfolio),
    bind("INSERT INTO idempotency VALUES (?, 'key', 'answer', 0, NULL)", portfolio),
    bind(
      'INSERT INTO dead_letters VALUES (?, ?, ?, 0, NULL)',
      `letter ${portfolio}`,
      JSON.stringify({ kind: 'chart', portfolio }),
      'why',
    ),
  ])
}

/** Everything that is stored, as one text: database, copies, and what the objects keep. */
async function dump(portfolios: string[], accounts: string[] = []): Promise<string> {
  const tables = await Promise.all(
    [...(await columnsByTable()).keys()].map(async (name) =>
      JSON.stringify([name, await rowsOf(`SELECT * FROM ${name}`)]),
    ),
  )
  const { keys } = await env.SNAPSHOTS.list()
  const copies = await Promise.all(
    keys.map(async ({ name, metadata }) => JSON.stringify([name, metadata, await env.SNAPSHOTS.get(name)])),
  )
  const desks = Array.from({ length: 8 }, (_, i) => env.PRICE_DESK.getByName(`desk ${i}`))
  const stubs: DurableObjectStub[] = [
    ...portfolios.map((id) => env.PORTFOLIO.getByName(id)),
    ...accounts.map((id) => env.ALLOWANCES.getByName(id)),
    ...desks,
    env.PRICE_DESK.getByName('clock'),
    env.MARKET_GATEWAY.getByName('market'),
  ]
  const objects = await Promise.all(
    stubs.map((stub) =>
      runInDurableObject(stub, async (_, { storage }) =>
        JSON.stringify([[...(await storage.list())], await storage.getAlarm()]),
      ),
    ),
  )
  return [...tables, ...copies, ...objects].join('\n')
}

describe('deleting an account', { shuffle: false }, () => {
  it('leaves nothing of it anywhere, and everything of everybody else', async () => {
    const [gone, stays] = [crypto.randomUUID(), crypto.randomUUID()]
    const [ann, bob] = [await fresh(gone), await fresh(stays)]
    const [own, deleted, bobs] = [
      await portfolioOf(ann, 'Family'),
      await portfolioOf(ann, 'Old'),
      await portfolioOf(bob, 'Bob’s'),
    ]
    for (const [who, id] of [
      [ann, own],
      [bob, bobs],
    ] as const) {
      expect((await importOf(who, id)).status).toBe(201)
      await settledFor(who, id)
    }
    await settledFor(ann, deleted)
    await asStranger(`/api/portfolios/${deleted}`, { method: 'DELETE', headers: ann })
    await everywhere(gone, own, stays)
    await everywhere(stays, bobs, gone)
    await anotherAccount('carol')
    await env.DB.prepare("INSERT INTO members VALUES (?, 'carol', 'viewer', 0)").bind(bobs).run()
    // ann edits bob's, and both have pages open
    expect((await importOf(ann, bobs, 5)).status).toBe(201)
    await settledFor(bob, bobs)
    const pages = await Promise.all([openSocket(own, '', bob), openSocket(bobs, '', ann)])
    expect(pages).toHaveLength(2)
    const ids = [gone, own, deleted]
    await env.ALLOWANCES.getByName(gone).take(`write ${own}`, { most: 60, within: 60_000 }, Date.now())
    const before = await dump([own, deleted, bobs], [gone])
    expect(before).toContain(`write ${own}`)
    for (const id of ids) expect(before).toContain(id)
    const tables = [...new Set((await ownColumns()).map(({ table }) => table))]
    expect(await without(tables, [gone, own])).toEqual([])

    const account = await (await asStranger('/account', { headers: ann })).text()
    expect(words(account)).toContain('Family is shared: one other person loses it.')
    const refused = await post(ann, '/account/delete', { confirm: 'somebody else' })
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain('is not your name, so nothing was deleted.')
    const answer = await post(ann, '/account/delete', { confirm: gone })
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/sign-in'])

    await vi.waitFor(async () => {
      const after = await dump([own, deleted, bobs], [gone])
      for (const id of ids) expect(after.split('\n').filter((line) => line.includes(id))).toEqual([])
    }, 60_000)
    expect((await asStranger('/account', { headers: ann })).headers.get('location')).toMatch(/^\/sign-in/)
    expect((await asStranger(`/portfolios/${own}`, { headers: bob })).status).toBe(404)
    // bob's are all there, in every table that says whose a row is; of ann's deletion there is a line without a name
    expect(await without(tables, [stays, bobs])).toEqual([])
    expect((await asStranger(`/portfolios/${bobs}`, { headers: bob })).status).toBe(200)
    expect(
      await rowsOf("SELECT portfolio_id, actor, before, after FROM audit WHERE subject = 'account'"),
    ).toEqual([{ portfolio_id: '', actor: 'system', before: null, after: null }])
    expect(await rowsOf("SELECT count(*) AS n FROM audit WHERE actor = 'nobody'")).toEqual([{ n: 1 }])
  })

  it('needs a fresh sign-in', async () => {
    const who = await anotherAccount('long-here')
    expect(words(await (await asStranger('/account', { headers: who })).text())).toContain('Sign in again')
    expect((await post(who, '/account/delete', { confirm: 'long-here' })).status).toBe(422)
    expect(await rowsOf("SELECT id FROM owners WHERE id = 'long-here'")).toHaveLength(1)
  })

  it('of whoever runs the instance leaves it unclaimed', async () => {
    await env.DB.prepare('UPDATE sessions SET created_at = ?').bind(Date.now()).run()
    const who = await fresh('owner')
    const id = await newPortfolio()
    await settled(id)
    expect((await importCsv(id, 'Ticker,Date,Type,Shares,Price\nKO,2034-01-03,Buy,1,60\n')).status).toBe(201)
    await settled(id)
    expect((await post(who, '/account/delete', { confirm: 'Ann' })).status).toBe(303)
    expect((await asStranger('/sign-in')).status).toBe(503)
    expect(await rowsOf("SELECT id FROM owners WHERE id = 'owner'")).toEqual([])
    await claimInstance()
  })
})

/** The tables that have no row with any of these ids. */
async function without(tables: string[], ids: string[]): Promise<string[]> {
  const texts = await Promise.all(
    tables.map(async (name) => [name, JSON.stringify(await rowsOf(`SELECT * FROM ${name}`))] as const),
  )
  return texts.filter(([, text]) => !ids.some((id) => text.includes(id))).map(([name]) => name)
}

/** The columns that say whose a row is, of the database as it is migrated. */
async function ownColumns(): Promise<{ table: string; column: string }[]> {
  const all = [...(await columnsByTable())].flatMap(([table, columns]) =>
    columns.map((column) => ({ table, column })),
  )
  return all.filter(({ column }) => /^(owner|account|portfolio|member|user)(_id)?$|_by$|^actor$/.test(column))
}

it('knows every column that says whose a row is', async () => {
  // whoever adds a column of another name here has erasure.ts delete by it, and `everywhere` fill it
  expect([...new Set((await ownColumns()).map(({ column }) => column))].toSorted()).toEqual([
    'accepted_by',
    'account_id',
    'actor',
    'created_by',
    'owner_id',
    'portfolio_id',
  ])
})

describe('the last snapshot on a device', () => {
  const htmlOf = async (cookie: string) => (await asStranger('/account', { headers: { cookie } })).text()
  const keptBy = (page: string) => /<html[^>]* data-keep="(\S+) [^"]+"/.exec(page)?.[1] ?? null

  it('is named by a page for the account that asked for it, until it is switched off', async () => {
    const { cookie } = await anotherAccount('keeper')
    expect(keptBy(await htmlOf(cookie))).toBeNull()
    const on = await post({ cookie }, '/account/kept-snapshot', { keep: 'on' })
    expect(on.status).toBe(303)
    const asked = on.headers
      .get('set-cookie')!
      .split(',')
      .find((each) => /^\s*keep=/.test(each))!
    expect(asked).toMatch(/HttpOnly/i)
    const keep = asked.trim().split(';')[0]!
    expect(keptBy(await htmlOf(`${cookie}; ${keep}`))).toBe('keeper')
    const off = await post({ cookie: `${cookie}; ${keep}` }, '/account/kept-snapshot', { keep: 'off' })
    expect(off.headers.get('set-cookie')).toMatch(/keep=;[^,]*Max-Age=0/)
    // somebody else who signs in with this browser has not asked for it
    const other = await anotherAccount('not-keeper')
    expect(keptBy(await htmlOf(`${other.cookie}; ${keep}`))).toBeNull()
    // nor has anybody who is not signed in
    expect(await (await asStranger('/sign-in', { headers: { cookie: keep } })).text()).not.toContain(
      'data-keep',
    )
    expect((await post({ cookie }, '/account/kept-snapshot', { keep: 'maybe' })).status).toBe(422)
  })

  it('is asked for no longer after signing out', async () => {
    const { cookie } = await anotherAccount('leaver')
    const out = await post({ cookie: `${cookie}; keep=leaver` }, '/sign-out')
    expect(out.headers.get('set-cookie')).toMatch(/keep=;[^,]*Max-Age=0/)
  })
})

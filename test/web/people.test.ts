import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { database } from '../../src/storage/database.ts'
import { eraseAccount } from '../../src/storage/erasure.ts'
import { hashOf } from '../../src/web/access/secret.ts'
import { anotherAccount } from '../worker/account.ts'
import { asStranger, HOST, json, newPortfolio, request, send } from '../worker/app.ts'
import { invested } from '../worker/invested.ts'
import { openSocket } from '../worker/socket.ts'
import { page, post, words } from './page.ts'
import { recentTrades } from './reads.ts'

let id: string
let bob: { cookie: string }

beforeAll(async () => {
  id = await invested(recentTrades, { name: 'Ours' })
  bob = await anotherAccount('bob')
})

/** Invites somebody with the form of the settings, and returns the path of the link that the page shows. */
async function invited(role: string, note = ''): Promise<string> {
  const answer = await post(`/portfolios/${id}/people/invitations`, { role, note })
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'private, no-store'])
  const [, path] = /value="https:\/\/yardstick\.test(\/invitations\/[\w-]{43})"/.exec(await answer.text())!
  return path!
}

const as = (who: { cookie: string }, path: string, fields?: Record<string, string>) =>
  asStranger(path, {
    headers: who,
    ...(fields && { method: 'POST', body: new URLSearchParams(fields) }),
  })

const roles = async () =>
  (await json(`/api/portfolios/${id}/members`)).members.map((each: { name: string; role: string }) => [
    each.name,
    each.role,
  ])

describe('an invitation', { shuffle: false }, () => {
  beforeAll(async () => {
    await env.DB.prepare('DELETE FROM members').run()
    await env.DB.prepare('DELETE FROM invitations').run()
  })

  it('is a link with a secret that is stored nowhere and shown once', async () => {
    const path = await invited('viewer', 'For Carol')
    const secret = path.split('/')[2]!
    const settings = await page(`/portfolios/${id}/settings`)
    expect(words(settings)).toContain('For Carol can view')
    expect(settings).not.toContain(secret)
    const { results } = await env.DB.prepare('SELECT * FROM invitations').all()
    expect(JSON.stringify(results)).not.toContain(secret)
    expect(results).toContainEqual(expect.objectContaining({ hash: await hashOf(secret), role: 'viewer' }))
  })

  it('makes somebody who is signed in a member, once', async () => {
    const path = await invited('viewer')
    const seen = words(await (await as(bob, path)).text())
    expect(seen).toContain('Ann invites you to view this portfolio')
    expect(seen).toContain('You are signed in as bob.')
    expect((await as(bob, `/portfolios/${id}`)).status).toBe(404)
    const accepted = await as(bob, path, {})
    expect(accepted.headers.get('location')).toBe(`/portfolios/${id}`)
    expect((await as(bob, `/portfolios/${id}`)).status).toBe(200)
    expect(await roles()).toEqual([['bob', 'viewer']])
    const carol = await anotherAccount('carol')
    expect((await as(carol, path)).status).toBe(404)
    expect((await as(carol, path, {})).status).toBe(404)
    expect(await roles()).toEqual([['bob', 'viewer']])
  })

  it('to edit raises a viewer, and to view lowers no editor', async () => {
    await as(bob, await invited('editor'), {})
    expect(await roles()).toEqual([['bob', 'editor']])
    await as(bob, await invited('viewer'), {})
    expect(await roles()).toEqual([['bob', 'editor']])
  })

  it('leaves the owner the owner', async () => {
    const path = await invited('viewer')
    const answer = await post(path, {})
    expect(answer.headers.get('location')).toBe(`/portfolios/${id}`)
    expect(await roles()).toEqual([['bob', 'editor']])
    // it was not used up
    expect((await as(await anotherAccount('carol'), path)).status).toBe(200)
  })

  it('leads whoever is not signed in to the sign-in and back, or makes a newcomer an account', async () => {
    const path = await invited('editor')
    const seen = await (await asStranger(path)).text()
    expect(seen).toContain(`href="/sign-in?next=${encodeURIComponent(path)}"`)
    expect((await asStranger(path, form({ name: ' ' }))).status).toBe(422)
    const [first, second] = await Promise.all([
      asStranger(path, form({ name: 'Dora' })),
      asStranger(path, form({ name: 'Eve' })),
    ])
    // one of the two is a member, the other has nothing
    expect([first.status, second.status].toSorted((a, b) => a - b)).toEqual([200, 404])
    const made = first.status === 200 ? first : second
    expect(made.headers.get('cache-control')).toBe('private, no-store')
    const codes = (await made.text()).match(/(?:[0-9A-Z]{4}-){4}[0-9A-Z]{4}/g)!
    expect(codes).toHaveLength(10)
    const cookie = made.headers.get('set-cookie')!.split(';')[0]!
    expect((await as({ cookie }, `/portfolios/${id}/transactions/new`)).status).toBe(200)
    expect((await roles()).length).toBe(2)
    // without a passkey yet, one of them signs them in again
    const again = await asStranger('/sign-in/recovery-code', form({ code: codes[3]! }))
    expect([again.status, again.headers.get('location')]).toEqual([303, '/account'])
  })

  it('expires, can be withdrawn, and makes no account then', async () => {
    const old = await invited('viewer')
    await env.DB.prepare('UPDATE invitations SET expires_at = 1 WHERE hash = ?')
      .bind(await hashOf(old.split('/')[2]!))
      .run()
    const withdrawn = await invited('viewer', 'Wrong person')
    const { invitations } = await json(`/api/portfolios/${id}/invitations`)
    const found = invitations.find(({ note }: { note: string }) => note === 'Wrong person')
    await post(`/portfolios/${id}/people/invitations/${found.id}/withdraw`, {})
    const accounts = async () => (await env.DB.prepare('SELECT count(*) AS n FROM owners').first())!.n
    const before = await accounts()
    for (const path of [old, withdrawn, `/invitations/${'x'.repeat(43)}`, '/invitations/short']) {
      expect([path, (await asStranger(path)).status]).toEqual([path, 404])
      expect([path, (await asStranger(path, form({ name: 'Late' }))).status]).toEqual([path, 404])
    }
    expect(await accounts()).toBe(before)
  })

  it('is one of at most 20 that are open', async () => {
    await env.DB.prepare('DELETE FROM invitations').run()
    for (let i = 0; i < 20; i++) await invited('viewer')
    const refused = await post(`/portfolios/${id}/people/invitations`, { role: 'viewer' })
    expect([refused.status, words(await refused.text()).includes('20 open invitations')]).toEqual([422, true])
    const api = await send(`/api/portfolios/${id}/invitations`, { role: 'viewer' })
    expect(api.status).toBe(422)
    await env.DB.prepare('DELETE FROM invitations').run()
    expect((await send(`/api/portfolios/${id}/invitations`, { role: 'viewer' })).status).toBe(201)
  })
})

const form = (fields: Record<string, string>) => ({ method: 'POST', body: new URLSearchParams(fields) })

describe('the API', () => {
  it('invites, lists, changes and removes', async () => {
    const made = await send(`/api/portfolios/${id}/invitations`, { role: 'viewer', note: 'By program' })
    const { address, ...said } = (await made.json()) as { id: string; address: string }
    expect(said).toEqual({ id: said.id, role: 'viewer', note: 'By program' })
    const frank = await anotherAccount('frank')
    await as(frank, new URL(address).pathname, {})
    expect(await roles()).toContainEqual(['frank', 'viewer'])
    const changed = await send(`/api/portfolios/${id}/members/frank`, { role: 'editor' }, 'PATCH')
    expect(await changed.json()).toEqual({ account: 'frank', role: 'editor' })
    expect((await send(`/api/portfolios/${id}/members/frank`, { role: 'owner' }, 'PATCH')).status).toBe(422)
    expect((await send(`/api/portfolios/${id}/members/nobody`, { role: 'editor' }, 'PATCH')).status).toBe(404)
    const remove = () => request(`/api/portfolios/${id}/members/frank`, { method: 'DELETE' })
    expect([(await remove()).status, (await remove()).status]).toEqual([204, 404])
    expect(await roles()).not.toContainEqual(['frank', 'editor'])
    expect((await send(`/api/portfolios/${id}/invitations`, { role: 'admin' })).status).toBe(422)
  })
})

describe('a member who is removed', () => {
  const reads = () =>
    [
      '',
      '/holdings',
      '/chart.json',
      '/transactions',
      '/export/transactions.csv',
      '/export/holdings.csv',
      '/settings',
    ].map((path) => `/portfolios/${id}${path}`)

  it('reads nothing from then on, also where KV has a copy, and their open pages are closed', async () => {
    const gina = await anotherAccount('gina')
    await as(gina, await invited('viewer'), {})
    for (const path of reads()) expect([path, (await as(gina, path)).status]).toEqual([path, 200])
    const open = await openSocket(id, '', gina)
    const others = await openSocket(id)
    await post(`/portfolios/${id}/people/members/gina/remove`, {})
    for (const path of reads()) expect([path, (await as(gina, path)).status]).toEqual([path, 404])
    await expect(openSocket(id, '', gina)).rejects.toThrow('404')
    expect(await open.closed).toBe(4401)
    const stillOpen = await runInDurableObject(env.PORTFOLIO.getByName(id), (_, state) =>
      state.getWebSockets().filter(({ readyState }) => readyState === 1),
    )
    expect(stillOpen).toHaveLength(1)
    others.close()
  })

  it('may go by themselves, and the owner may not', async () => {
    const hugo = await anotherAccount('hugo')
    await as(hugo, await invited('viewer'), {})
    const settings = words(await (await as(hugo, `/portfolios/${id}/settings`)).text())
    expect(settings).toContain('Leave this portfolio')
    expect(settings).not.toMatch(/Save settings|People|Share links|Delete/)
    expect((await as(hugo, `/portfolios/${id}/leave`, {})).status).toBe(422)
    expect((await as(hugo, `/portfolios/${id}/leave`, { confirm: 'yes' })).headers.get('location')).toBe('/')
    expect((await as(hugo, `/portfolios/${id}`)).status).toBe(404)
    expect((await post(`/portfolios/${id}/leave`, { confirm: 'yes' })).status).toBe(422)
  })
})

it('nobody but the owner sees who else is there', async () => {
  await as(bob, await invited('editor'), {})
  for (const path of [`/api/portfolios/${id}/members`, `/api/portfolios/${id}/invitations`])
    expect((await asStranger(path, { headers: bob })).status).toBe(403)
  const origin = { ...bob, origin: HOST }
  const refused = await asStranger(`/portfolios/${id}/people/members/bob`, {
    method: 'POST',
    headers: origin,
    body: new URLSearchParams({ role: 'editor' }),
  })
  expect(refused.status).toBe(403)
})

describe('the activity', () => {
  it('says who did it: you, or another by name', async () => {
    await as(bob, await invited('editor'), {})
    await as(bob, `/portfolios/${id}/cash-flows`, { type: 'deposit', date: '2034-06-01', amount: '10' })
    expect(words(await page(`/portfolios/${id}/activity`))).toMatch(/bob added: deposit.*You imported/)
    expect(words(await (await as(bob, `/portfolios/${id}/activity`)).text())).toMatch(
      /You added: deposit.*Ann imported/,
    )
  })
})

describe('an open page', () => {
  it('closes once a page says anything but ping, and when it is the oldest of 21', async () => {
    const pages = []
    for (let i = 0; i < 21; i++) pages.push(await openSocket(id))
    expect(await pages[0]!.closed).toBe(1008)
    pages[1]!.send('hello')
    expect(await pages[1]!.closed).toBe(1008)
    const open = await runInDurableObject(env.PORTFOLIO.getByName(id), (_, state) =>
      state.getWebSockets().filter(({ readyState }) => readyState === 1),
    )
    expect(open).toHaveLength(19)
    for (const each of pages.slice(2)) each.close()
  })

  it('closes when the browser that opened it signs out, and no other’s', async () => {
    const jane = await anotherAccount('jane')
    await as(jane, await invited('viewer'), {})
    const [hers, ours] = [await openSocket(id, '', jane), await openSocket(id)]
    expect((await as(jane, '/sign-out', {})).status).toBe(303)
    expect(await hers.closed).toBe(4401)
    await expect(openSocket(id, '', jane)).rejects.toThrow('401')
    ours.close()
  })
})

describe('the log of a portfolio', { shuffle: false }, () => {
  const log = async (who?: { cookie: string }) =>
    words(
      await (
        await (who
          ? as(who, `/portfolios/${ours}/activity?show=people`)
          : request(`/portfolios/${ours}/activity?show=people`))
      ).text(),
    )
  let ours: string

  it('says to its owner who let whom see it', async () => {
    ours = await newPortfolio({ name: 'Logged', benchmarks: [] })
    const frank = await anotherAccount('frank')
    const { address } = await (
      await send(`/api/portfolios/${ours}/invitations`, { role: 'viewer', note: 'For Frank' })
    ).json<{ address: string }>()
    await as(frank, new URL(address).pathname, {})
    await send(`/api/portfolios/${ours}/members/frank`, { role: 'editor' }, 'PATCH')
    await send(`/api/portfolios/${ours}/members/nobody`, { role: 'editor' }, 'PATCH')
    const made = await (
      await send(`/api/portfolios/${ours}/links`, { note: 'For all', days: 7 })
    ).json<{ id: string }>()
    await send(`/api/portfolios/${ours}/links/${made.id}`, undefined, 'DELETE')
    await send(`/api/portfolios/${ours}/links/${made.id}`, undefined, 'DELETE')
    const seen = await log()
    for (const entry of [
      'You invited somebody to view: For Frank.',
      'frank accepted an invitation to view.',
      'You let frank edit.',
      'You created a share link with percentages only: For all.',
      'You revoked a share link.',
    ])
      expect(seen).toContain(entry)
    // what changed nothing is no entry
    expect(seen.match(/revoked a share link/g)).toHaveLength(1)
    expect(seen.match(/You let/g)).toHaveLength(1)
    const theirs = await log(frank)
    for (const secret of ['For Frank', 'For all', 'accepted']) expect(theirs).not.toContain(secret)
    expect(await (await as(frank, `/portfolios/${ours}/export/everything.json`)).text()).not.toContain(
      'For Frank',
    )
  })

  it('says who removed a member, and keeps nothing of an account that is gone', async () => {
    await send(`/api/portfolios/${ours}/members/frank`, undefined, 'DELETE')
    expect(await log()).toContain('You removed frank.')
    await eraseAccount(database(env.DB), 'frank', 1)
    expect(await log()).toContain('You removed somebody.')
    const { results } = await env.DB.prepare('SELECT * FROM audit').all()
    expect(JSON.stringify(results)).not.toContain('frank')
  })
})

describe('a share link by the API', () => {
  it('is made, listed without its address, and withdrawn', async () => {
    const path = `/api/portfolios/${id}/links`
    const made = await send(path, { note: 'For a friend', shows: 'amounts', days: null })
    expect([made.status, made.headers.get('cache-control')]).toEqual([201, 'private, no-store'])
    const link = await made.json<{ id: string; address: string }>()
    expect(link).toMatchObject({ note: 'For a friend', shows: 'amounts', expires_at: null })
    expect((await asStranger(new URL(link.address).pathname)).status).toBe(200)
    const { links } = await json(path)
    expect(links).toContainEqual({
      id: link.id,
      kind: 'page',
      note: 'For a friend',
      shows: 'amounts',
      created_at: expect.any(String) as string,
      expires_at: null,
    })
    expect(JSON.stringify(links)).not.toContain(link.address.split('/').at(-1))
    expect((await send(`${path}/${link.id}`, undefined, 'DELETE')).status).toBe(204)
    expect((await asStranger(new URL(link.address).pathname)).status).toBe(404)
    expect((await send(`${path}/${link.id}`, undefined, 'DELETE')).status).toBe(404)
  })

  it.each([
    [{ shows: 'everything' }, 'shows'],
    [{ kind: 'film' }, 'kind'],
    [{ days: 0 }, 'days'],
    [{ days: 3651 }, 'days'],
    [{ days: 1.5 }, 'days'],
    [{ days: 'never' }, 'days'],
    [{ note: 'x'.repeat(101) }, 'note'],
  ])('is refused with a sentence: %j', async (body, field) => {
    const answer = await send(`/api/portfolios/${id}/links`, body)
    expect(answer.status).toBe(422)
    expect(JSON.stringify(await answer.json())).toContain(field)
  })

  it('shows percentages for 30 days unless it is asked for more', async () => {
    const link = await (
      await send(`/api/portfolios/${id}/links`, {})
    ).json<{ shows: string; created_at: string; expires_at: string }>()
    expect(link.shows).toBe('percentages')
    expect(Date.parse(link.expires_at) - Date.parse(link.created_at)).toBe(30 * 24 * 60 * 60_000)
  })
})

import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { database, inOneTransaction } from '../../../src/storage/database.ts'
import { insertPortfolio } from '../../../src/storage/portfolios.ts'
import { type Need, routeName, routeTable } from '../../../src/web/access/route-table.ts'
import { hashOf } from '../../../src/web/access/secret.ts'
import { app } from '../../../src/web/app.tsx'
import { defaults } from '../../../src/web/portfolio-form.ts'
import { anotherAccount, claimInstance, SESSION } from '../../worker/account.ts'
import { asStranger, HOST } from '../../worker/app.ts'

// Every route of the app, asked by everybody there is: what each is told stands in the table, by what the route needs.
// The requests bring a body that no route reads, so that whoever is let in is told so, and changes nothing.

const sessions = ['no session', 'expired', 'signed out', 'other user', 'viewer', 'editor', 'owner', 'admin']
const tokens = ['read token', 'write token', 'revoked token', 'expired token']
const everybody = [...sessions, ...tokens]

/** What somebody is told: `reads` is let in where the route changes nothing. */
type Told = 'let in' | 'reads' | 'sign in first' | 'not allowed' | 'no such portfolio'

const strangers = ['no session', 'expired', 'signed out', 'revoked token', 'expired token']
const each = (who: readonly string[], told: Told) => Object.fromEntries(who.map((one) => [one, told]))
const stranger = each(strangers, 'sign in first')
const nobodys = each(['other user', 'admin'], 'no such portfolio')

const table: Record<Need, Record<string, Told>> = {
  always: each(everybody, 'let in'),
  public: each(everybody, 'let in'),
  account: {
    ...stranger,
    ...each(['other user', 'viewer', 'editor', 'owner', 'admin', 'write token'], 'let in'),
    'read token': 'reads',
  },
  // what a tool changes needs a token that may write (test/browser/mcp.test.ts)
  token: {
    ...stranger,
    ...each(['other user', 'viewer', 'editor', 'owner', 'admin'], 'not allowed'),
    ...each(['read token', 'write token'], 'let in'),
  },
  session: {
    ...stranger,
    ...each(['other user', 'viewer', 'editor', 'owner', 'admin'], 'let in'),
    ...each(['read token', 'write token'], 'not allowed'),
  },
  admin: {
    ...stranger,
    ...each(['other user', 'viewer', 'editor', 'owner', 'read token', 'write token'], 'not allowed'),
    admin: 'let in',
  },
  viewer: {
    ...stranger,
    ...nobodys,
    ...each(['viewer', 'editor', 'owner', 'write token'], 'let in'),
    'read token': 'reads',
  },
  editor: {
    ...stranger,
    ...nobodys,
    viewer: 'not allowed',
    ...each(['editor', 'owner', 'write token'], 'let in'),
    'read token': 'reads',
  },
  // a group is its owner's alone
  group: {
    ...stranger,
    ...nobodys,
    ...each(['viewer', 'editor'], 'no such portfolio'),
    ...each(['owner', 'write token'], 'let in'),
    'read token': 'reads',
  },
  owner: {
    ...stranger,
    ...nobodys,
    ...each(['viewer', 'editor'], 'not allowed'),
    ...each(['owner', 'write token'], 'let in'),
    'read token': 'reads',
  },
}

const routes = [...new Set(app.routes.map(({ method, path }) => `${method} ${path}`))]
  .filter((route) => !route.startsWith('ALL '))
  .map((route) => route.split(' ') as [method: string, path: string])

/** Their session ends or they leave: the next to be asked finds everybody as before. */
const changesPeople = /\/(sign-out|sign-out-everywhere|leave)$/
const deletes = (method: string, path: string) => method === 'DELETE' && path === '/api/portfolios/:id'

const NEVER = Date.parse('2100-01-01')
const PORTFOLIO = crypto.randomUUID()
const GROUP = crypto.randomUUID()
const headersOf: Record<string, Record<string, string>> = { 'no session': {}, admin: SESSION }
const bearer = (letter: string) => `ys_${letter.repeat(43)}`

/** Makes a portfolio of its owner with a viewer and an editor, which nobody has opened yet. */
async function portfolio(id: string): Promise<void> {
  const db = database(env.DB)
  const of = {
    id,
    ownerId: 'keeper',
    createdAt: 0,
    dismissedDividends: [],
    dismissedActions: [],
    ownInstruments: [],
  }
  await inOneTransaction(db, insertPortfolio(db, { ...defaults, ...of, name: 'Theirs', benchmarks: [] }))
  await members(id)
}

async function group(id: string): Promise<void> {
  const db = database(env.DB)
  const of = {
    id,
    ownerId: 'keeper',
    createdAt: 0,
    dismissedDividends: [],
    dismissedActions: [],
    ownInstruments: [],
    kind: 'group' as const,
  }
  await inOneTransaction(db, insertPortfolio(db, { ...defaults, ...of, name: 'Theirs', benchmarks: [] }))
}

async function members(id: string): Promise<void> {
  for (const role of ['viewer', 'editor'])
    await env.DB.prepare('INSERT OR IGNORE INTO members VALUES (?, ?, ?, 0)').bind(id, role, role).run()
}

/** Signs everybody in who is, or was. */
async function signIn(): Promise<void> {
  await claimInstance()
  const who = { 'other user': 'other', viewer: 'viewer', editor: 'editor', owner: 'keeper' }
  for (const [name, account] of Object.entries(who)) headersOf[name] = await anotherAccount(account)
  headersOf['expired'] = await anotherAccount('late')
  await env.DB.prepare("UPDATE sessions SET expires_at = 1 WHERE account_id = 'late'").run()
  await members(PORTFOLIO)
}

beforeAll(async () => {
  await anotherAccount('keeper')
  await anotherAccount('viewer')
  await anotherAccount('editor')
  await portfolio(PORTFOLIO)
  await group(GROUP)
  await signIn()
  headersOf['signed out'] = await anotherAccount('gone')
  await asStranger('/sign-out', { method: 'POST', headers: headersOf['signed out'] })
  const made = [
    ['read token', 'r', 'read', NEVER],
    ['write token', 'w', 'write', null],
    ['expired token', 'e', 'write', 1],
  ] as const
  for (const [who, letter, scope, expiresAt] of made) {
    await env.DB.prepare("INSERT INTO api_tokens VALUES (?, ?, 'keeper', ?, 'ys_', ?, 0, ?, ?)")
      .bind(await hashOf(letter.repeat(43)), who, who, scope, expiresAt, Date.now())
      .run()
    headersOf[who] = { authorization: `Bearer ${bearer(letter)}` }
  }
  headersOf['revoked token'] = { authorization: `Bearer ${bearer('x')}` }
})

async function ask(method: string, path: string, who: string): Promise<Response> {
  let id = PORTFOLIO
  if (deletes(method, path)) await portfolio((id = crypto.randomUUID()))
  const isOfGroup = /\/groups\/:id/.test(path)
  const about = isOfGroup && method !== 'GET' ? crypto.randomUUID() : GROUP
  if (about !== GROUP) await group(about)
  const named = path.startsWith('/api/dashboard-') ? `${path}?portfolio_id=${id}` : path
  const address = named
    .replace('/portfolios/:id', `/portfolios/${id}`)
    .replace('/groups/:id', `/groups/${about}`)
    .replace(/:region\{.*\}/, 'holdings')
    .replace(/:[a-z]+/g, 'x')
  const headers = new Headers({ origin: HOST, ...headersOf[who] })
  if (tokens.includes(who)) headers.delete('origin')
  if (path.endsWith('/live')) headers.set('upgrade', 'websocket')
  if (method !== 'GET') headers.set('content-type', 'text/plain')
  const body = method === 'GET' || method === 'DELETE' ? null : '\0'
  const context = createExecutionContext()
  const answer = await app.fetch(new Request(HOST + address, { method, headers, body }), env, context)
  answer.webSocket?.accept()
  answer.webSocket?.close()
  await waitOnExecutionContext(context)
  return answer
}

/** What an answer tells whoever asked. Below a name of what there is not, somebody who is let in finds nothing. */
async function toldBy(answer: Response, path: string): Promise<Told | number> {
  const { status } = answer
  const text = await answer.text()
  const isSignIn = answer.headers.get('location')?.startsWith('/sign-in?next=') === true
  if (status === 401 || (status === 303 && isSignIn)) return 'sign in first'
  // a route of the account itself, whose sign-in was too long ago
  if (status === 403) return text.includes('Sign in again') ? 'let in' : 'not allowed'
  const namesMore = /:(?!id\b)/.test(path)
  if (status === 404 && text.includes('There is no such portfolio')) return 'no such portfolio'
  if (status === 404 && path.includes('portfolios/:id') && !namesMore) return 'no such portfolio'
  if (status < 400 || [400, 404, 413, 415, 422, 428].includes(status)) return 'let in'
  return status
}

it('the routes are those of the table', () => {
  const names = routes.map(([method, path]) => routeName(method, path))
  expect(names.toSorted()).toEqual(Object.keys(routeTable).toSorted())
  expect(names.length).toBeGreaterThan(90)
})

it('the table says of everybody what they are told', () => {
  for (const told of Object.values(table)) expect(Object.keys(told).toSorted()).toEqual(everybody.toSorted())
})

describe('everybody who asks', () => {
  it.each(routes)('is told what the table says: %s %s', async (method, path) => {
    const need = routeTable[routeName(method, path)]!
    const letsIn = (who: string) => {
      const told = table[need][who]!
      return told === 'reads' ? (method === 'GET' ? 'let in' : 'not allowed') : told
    }
    const find = async (who: string) => {
      const answer = await ask(method, path, who)
      const told = await toldBy(answer, path)
      // below a portfolio that they may not see, a name that does not exist is one page for all
      const isHidden = letsIn(who) === 'no such portfolio' && answer.status === 404
      if (changesPeople.test(path)) await signIn()
      return [who, isHidden ? 'no such portfolio' : told] as const
    }
    const found: Record<string, unknown> = {}
    // whoever changes something waits for the one before
    const together = everybody.filter((who) => method === 'GET' || letsIn(who) !== 'let in')
    Object.assign(found, Object.fromEntries(await Promise.all(together.map(find))))
    for (const who of everybody) if (!together.includes(who)) [, found[who]] = await find(who)
    expect(found).toEqual(Object.fromEntries(everybody.map((who) => [who, letsIn(who)])))
  })
})

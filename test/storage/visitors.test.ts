import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { database, inOneTransaction } from '../../src/storage/database.ts'
import { deletePortfolio } from '../../src/storage/portfolios.ts'
import { visitorBy } from '../../src/storage/visitors.ts'
import { hashOf } from '../../src/web/access/secret.ts'
import { anotherAccount } from '../worker/account.ts'
import { newPortfolio } from '../worker/app.ts'

const db = database(env.DB)
const NOW = Date.parse('2035-03-07T17:00:00Z')
const hash = (cookie: string) => hashOf(cookie.split('=')[1]!)

let portfolioId: string
let owner: string
let member: string
let stranger: string

const ask = (of: string, id: string | null = portfolioId, now = NOW) =>
  visitorBy(db, 'session', { hash: of, portfolioId: id, now })

beforeAll(async () => {
  portfolioId = await newPortfolio({ name: 'Ours', benchmarks: [] })
  owner = await hashOf('s'.repeat(43))
  member = await hash((await anotherAccount('bob')).cookie)
  stranger = await hash((await anotherAccount('carol')).cookie)
  await env.DB.prepare("INSERT INTO members VALUES (?, 'bob', 'viewer', 0)").bind(portfolioId).run()
})

describe('who presents a session', () => {
  it('is its account, with the role of the portfolio that is named', async () => {
    expect(await ask(owner)).toMatchObject({ account: 'owner', isAdmin: true, role: 'owner', scope: 'write' })
    expect(await ask(member)).toMatchObject({ account: 'bob', isAdmin: false, role: 'viewer' })
    expect(await ask(stranger)).toMatchObject({ account: 'carol', role: null })
  })

  it('has the list of what they own and of what is shared with them', async () => {
    const brief = { value: '0', currency: 'USD', change: null, ratio: null }
    const ours = { id: portfolioId, name: 'Ours', brief }
    expect((await ask(owner))!.list).toEqual([ours])
    expect((await ask(member, null))!.list).toEqual([ours])
    expect((await ask(stranger, null))!.list).toEqual([])
  })

  it('has no role in a portfolio that does not exist', async () => {
    expect(await ask(owner, crypto.randomUUID())).toMatchObject({ role: null })
    expect(await ask(owner, null)).toMatchObject({ role: null })
  })

  it('is nobody once it has expired, and with a hash that nobody has', async () => {
    expect(await ask(owner, portfolioId, Date.parse('2100-01-01'))).toBeNull()
    expect(await ask(await hashOf('unknown'))).toBeNull()
  })

  it('loses a portfolio that is deleted, whatever the role', async () => {
    const id = await newPortfolio({ name: 'Gone', benchmarks: [] })
    await env.DB.prepare("INSERT INTO members VALUES (?, 'bob', 'editor', 0)").bind(id).run()
    expect(await ask(member, id)).toMatchObject({ role: 'editor' })
    await inOneTransaction(db, [deletePortfolio(db, id, NOW)])
    for (const each of [owner, member]) {
      const visitor = await ask(each, id)
      expect([visitor!.role, visitor!.list.length]).toEqual([null, 1])
    }
  })
})

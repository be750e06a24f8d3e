import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrations } from '../../src/local/backup-file.ts'
import { cloudflare, type StandIn } from '../cloudflare/stand-in.ts'
import { run } from './run.ts'

/** `npm run deploy` against the stand-in, without its look at what is installed. */
const deploy = (url: string, token?: string) => run('deploy', url, [], token)

describe('deploying to an account', () => {
  let standIn: StandIn
  beforeAll(async () => {
    standIn = await cloudflare()
  })
  afterAll(() => standIn.close())

  const tables = () =>
    standIn.account.databases[0]!.sqlite.prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
      .all()
      .map(({ name }) => name)

  it('creates the database, the namespace and both queues, migrates, uploads and prints the address last', async () => {
    const { code, said } = await deploy(standIn.url)
    expect(said).toMatch(/created the database yardstick\n/)
    const [next, last] = said.trim().split('\n').slice(-2)
    expect(last).toBe('Yardstick is at https://yardstick.owner.workers.dev')
    expect(next).toBe(
      'Next: choose a secret of more than 20 characters with `npx wrangler secret put SETUP_TOKEN --name yardstick`, and enter it at https://yardstick.owner.workers.dev/setup',
    )
    expect(code).toBe(0)
    const { databases, namespaces, queues, scripts } = standIn.account
    expect(databases.map(({ name }) => name)).toEqual(['yardstick'])
    expect(namespaces).toHaveLength(1)
    expect(queues.map(({ queue_name, consumers }) => [queue_name, consumers.length])).toEqual([
      ['yardstick-refresh', 1],
      ['yardstick-refresh-dlq', 1],
    ])
    expect(tables()).toEqual(expect.arrayContaining(['portfolios', 'transactions', 'snapshots']))
    // the code never meets a database that is older than it is
    const { requests } = standIn
    const uploaded = requests.findIndex((each) => /^PUT .*\/scripts\/yardstick$/.test(each))
    const asked = requests.slice(0, uploaded).filter((each) => /d1\/database\/.*\/query$/.test(each))
    expect(uploaded).toBeGreaterThan(0)
    expect(asked.length).toBeGreaterThanOrEqual(migrations().length)
    const script = scripts.get('yardstick')!
    expect(script.crons).toEqual(['* * * * *', '15 22 * * MON-FRI'])
    expect(script.bindings.find(({ name }) => name === 'DB')!.id).toBe(databases[0]!.uuid)
    expect([...script.secrets]).toEqual([['ORIGIN', 'https://yardstick.owner.workers.dev']])
    const text = JSON.stringify(script.bindings)
    for (const only of ['DEV_LOGIN', 'SETUP_TOKEN', 'ACCESS_']) expect(text).not.toContain(only)
  }, 600_000)

  it('creates only what is missing on a second run, after a queue and the namespace were deleted', async () => {
    const { databases, namespaces, queues, scripts } = standIn.account
    const uuid = databases[0]!.uuid
    // somebody has claimed it, and chosen another address
    databases[0]!.sqlite.exec("INSERT INTO owners (id, created_at, is_admin) VALUES ('owner', 0, 1)")
    const { secrets } = scripts.get('yardstick')!
    secrets.set('ORIGIN', 'https://portfolio.example')
    queues.splice(0, 1)
    namespaces.splice(0, 1)
    const applied = () => databases[0]!.sqlite.prepare('SELECT name FROM d1_migrations').all().length
    const before = applied()
    standIn.requests.length = 0
    const { code, said } = await deploy(standIn.url)
    expect(said).toContain('found the database yardstick')
    expect(said).not.toContain('Next:')
    expect(code).toBe(0)
    expect(secrets.get('ORIGIN')).toBe('https://portfolio.example')
    expect(databases.map((each) => each.uuid)).toEqual([uuid])
    expect(applied()).toBe(before)
    expect(namespaces).toHaveLength(1)
    expect(queues.map(({ queue_name }) => queue_name).toSorted()).toEqual([
      'yardstick-refresh',
      'yardstick-refresh-dlq',
    ])
    const bound = scripts.get('yardstick')!.bindings.find(({ name }) => name === 'SNAPSHOTS')!
    expect(bound.namespace_id).toBe(namespaces[0]!.id)
  }, 600_000)

  it('says in a sentence that nobody is signed in, and creates nothing', async () => {
    const other = await cloudflare()
    const { code, said } = await deploy(other.url, 'wrong')
    expect(code).toBe(1)
    expect(said.trim()).toBe(
      'Cloudflare does not know who you are. Run `npx wrangler login`, then `npm run deploy` again.',
    )
    expect(other.requests.filter((request) => !request.startsWith('GET '))).toEqual([])
    await other.close()
  }, 600_000)
})

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrations } from '../../src/local/backup-file.ts'
import { cloudflare, type StandIn, TOKEN } from '../cloudflare/stand-in.ts'
import { configurationOf } from '../../src/local/wrangler.ts'
import { run } from './run.ts'

it('a staging environment has names of its own for all that is made', () => {
  const named = configurationOf('yardstick-staging', { database: 'd1' }).match(/"yardstick[\w-]*"/g)!
  expect(new Set(named)).toEqual(
    new Set(['"yardstick-staging"', '"yardstick-staging-refresh"', '"yardstick-staging-refresh-dlq"']),
  )
})

/** `npm run deploy` against the stand-in, without its look at what is installed. */
const deploy = (url: string, login?: Parameters<typeof run>[3]) => run('deploy', url, [], login)

describe('deploying to an account', { shuffle: false }, () => {
  let standIn: StandIn
  /** Where wrangler keeps who is signed in. */
  let home: string
  beforeAll(async () => {
    standIn = await cloudflare()
    home = mkdtempSync(join(tmpdir(), 'yardstick-login-'))
    mkdirSync(join(home, '.wrangler/config'), { recursive: true })
    const login = [`oauth_token = "${TOKEN}"`, 'expiration_time = "2099-01-01T00:00:00.000Z"']
    writeFileSync(join(home, '.wrangler/config/default.toml'), login.join('\n'))
  })
  afterAll(async () => {
    rmSync(home, { recursive: true })
    await standIn.close()
  })

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

  /** Nothing is said in the environment. */
  const unsaid = { CLOUDFLARE_API_TOKEN: undefined, CLOUDFLARE_ACCOUNT_ID: undefined }

  /** All that an account has but the code. */
  const state = () => {
    const { databases, namespaces, queues, scripts } = standIn.account
    const { bindings, crons, secrets } = scripts.get('yardstick')!
    const migrated = databases[0]!.sqlite.prepare('SELECT * FROM d1_migrations').all()
    const ids = databases.map(({ uuid, name }) => [uuid, name])
    return structuredClone({ ids, migrated, namespaces, queues, bindings, crons, secrets })
  }

  it('changes nothing but the code on a second run, here by somebody whom `wrangler login` has signed in', async () => {
    const { databases, scripts } = standIn.account
    // somebody has claimed it, and chosen another address
    databases[0]!.sqlite.exec("INSERT INTO owners (id, created_at, is_admin) VALUES ('owner', 0, 1)")
    scripts.get('yardstick')!.secrets.set('ORIGIN', 'https://portfolio.example')
    const before = state()
    const { code, said } = await deploy(standIn.url, { ...unsaid, XDG_CONFIG_HOME: home })
    expect(said).toContain('found the database yardstick')
    expect(said).not.toContain('Next:')
    expect(code).toBe(0)
    const { bindings, ...others } = before
    expect(state()).toMatchObject(others)
    expect(state().bindings.map(({ name, id, namespace_id }) => [name, id, namespace_id])).toEqual(
      bindings.map(({ name, id, namespace_id }) => [name, id, namespace_id]),
    )
    expect(scripts.get('yardstick')!.uploads).toBe(2)
  }, 600_000)

  it('creates what is missing: here a queue, the namespace and the database were deleted', async () => {
    const { databases, namespaces, queues, scripts } = standIn.account
    queues.splice(0, 1)
    namespaces.splice(0, 1)
    databases.splice(0, 1)
    const { code, said } = await deploy(standIn.url)
    expect(said).toContain('created the database yardstick')
    expect(code).toBe(0)
    expect(namespaces).toHaveLength(1)
    const consumers = Object.fromEntries(queues.map((each) => [each.queue_name, each.consumers.length]))
    expect(consumers).toEqual({ 'yardstick-refresh': 1, 'yardstick-refresh-dlq': 1 })
    const { bindings } = scripts.get('yardstick')!
    expect(bindings.find(({ name }) => name === 'SNAPSHOTS')!.namespace_id).toBe(namespaces[0]!.id)
    expect(bindings.find(({ name }) => name === 'DB')!.id).toBe(databases[0]!.uuid)
    expect(tables()).toContain('portfolios')
  }, 600_000)

  it('says in a sentence that the token is refused, and creates nothing', async () => {
    const other = await cloudflare()
    const { code, said } = await deploy(other.url, { CLOUDFLARE_API_TOKEN: 'wrong' })
    expect(code).toBe(1)
    expect(said.trim()).toMatch(
      /^Couldn’t look for the database\.\nCloudflare refuses the token in CLOUDFLARE_API_TOKEN: .* Then run `npm run deploy` again\.$/,
    )
    expect(other.requests.filter((request) => !request.startsWith('GET '))).toEqual([])
    await other.close()
  }, 600_000)

  it('asks which account is meant where there are several', async () => {
    const several = await cloudflare(['One', 'Two'])
    const { code, said } = await deploy(several.url, { CLOUDFLARE_ACCOUNT_ID: undefined })
    expect(code).toBe(1)
    expect(said).toMatch(
      /^Say which account is meant: .*CLOUDFLARE_ACCOUNT_ID, .*\. .*\n {2}\w{32} {2}One\n {2}\w{32} {2}Two\n$/,
    )
    await several.close()
  })

  it('says that nothing was reached', async () => {
    const { code, said } = await deploy('http://127.0.0.1:9')
    expect(code).toBe(1)
    expect(said).toMatch(/^http:\/\/127\.0\.0\.1:9 didn’t answer: .*\n\nCouldn’t look for the database\.\n$/)
  })
})

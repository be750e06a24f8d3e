import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { everythingText, portfolioText } from '../../src/statements/everything.ts'
import { database } from '../../src/storage/database.ts'
import { addChannel } from '../../src/storage/notice-channels.ts'
import { anotherAccount } from '../worker/account.ts'
import { asStranger, importCsv, json, request, send, settled } from '../worker/app.ts'
import { setClock } from '../worker/clock.ts'
import { columnsByTable } from '../worker/columns.ts'
import { invested, trades } from '../worker/invested.ts'

beforeEach(() => setClock())
afterEach(() => setClock())

type Who = { cookie: string }
type Listed = { transactions: { id: string; lots?: [{ transaction: string; shares: string }] }[] }
const OWNER = null

/** As somebody else where there is one, and as the owner of the instance otherwise. */
const ask = (who: Who | null, path: string, init: RequestInit = {}) =>
  who ? asStranger(path, { ...init, headers: { ...(init.headers as object), ...who } }) : request(path, init)

const exported = async (who: Who | null, path = '/api/account/export') => (await ask(who, path)).text()

function bring(who: Who | null, text: string): Promise<Response> {
  return ask(who, '/api/account/import', {
    method: 'POST',
    body: text,
    headers: { 'content-type': 'application/json' },
  })
}

async function brought(who: Who | null, text: string): Promise<string> {
  const answer = await bring(who, text)
  const body = (await answer.json()) as { portfolios: { id: string }[]; problems: string[] }
  expect([answer.status, body.problems]).toEqual([201, []])
  return body.portfolios[0]!.id
}

/** How many rows there are of everything that an import writes. */
async function counts(): Promise<unknown> {
  const tables = ['portfolios', 'transactions', 'imports', 'audit', 'corporate_actions', 'members', 'owners']
  const sums = tables.map((table) => `(SELECT count(*) FROM ${table}) AS ${table}`)
  return env.DB.prepare(`SELECT ${sums.join(', ')}`).first()
}

/** A portfolio to which everything has happened. */
async function eventful(): Promise<string> {
  const id = await invested(trades, { name: 'Family “&” <b>', benchmarks: ['SPY'], description: 'Ünïcode' })
  const path = `/api/portfolios/${id}`
  await send(
    path,
    {
      cost_basis: 'hifo',
      withholding: '15%',
      risk_free_rate: '2%',
      dividends: 'automatic',
      targets: 'QQQ 60',
    },
    'PATCH',
  )
  await importCsv(id, 'Ticker,Date,Type,Shares,Price\nQQQ,2012-03-01,Sell,400,60\nKO,2034-01-03,Buy,10,60\n')
  const entry = { type: 'buy', symbol: 'KO', date: '2034-06-01', price: '61.5', shares: '2', note: '=1+1\nä' }
  const added = (await (await send(`${path}/transactions`, entry)).json()) as { id: string; version: number }
  await send(
    `${path}/transactions/${added.id}`,
    { ...entry, shares: '3', review: '2036-06-01', version: added.version },
    'PUT',
  )
  const gone = (await (await send(`${path}/transactions`, { ...entry, date: '2034-07-01' })).json()) as {
    id: string
  }
  await request(`${path}/transactions/${gone.id}`, { method: 'DELETE' })
  await send(`${path}/transactions`, {
    type: 'transfer_in',
    symbol: 'AAPL',
    date: '2034-08-01',
    shares: '5',
    acquired: '2020-01-02',
    cost: '371.5',
  })
  // of two purchases of one day the second
  const second = (await (
    await send(`${path}/transactions`, { ...entry, date: '2034-01-03', price: '58' })
  ).json()) as { id: string }
  const lots = [{ transaction: second.id, shares: '1.5' }]
  await send(`${path}/transactions`, { ...entry, type: 'sell', date: '2034-09-01', lots })
  await send(`${path}/transactions`, { type: 'deposit', date: '2034-01-02', amount: '0.00000001' })
  await env.DB.prepare(
    "INSERT OR IGNORE INTO corporate_actions (symbol, day, kind) VALUES ('KO', '2034-01-04', 'same')",
  ).run()
  const undone = await importCsv(id, 'Ticker,Date,Type,Shares,Price\nPEP,2034-01-03,Buy,1,170\n')
  const { import_id } = (await undone.json()) as { import_id: string }
  expect((await request(`${path}/imports/${import_id}`, { method: 'DELETE' })).ok).toBe(true)
  await settled(id)
  return id
}

describe('everything in one file', () => {
  it('is taken by another account, which exports the same bytes and shows the same figures', async () => {
    const id = await eventful()
    const file = await exported(OWNER, `/portfolios/${id}/export/everything.json`)
    const parsed = JSON.parse(file) as { portfolios: { transactions: unknown[]; activity: unknown[] }[] }
    expect(parsed.portfolios[0]!.transactions).toHaveLength(11)
    expect(parsed.portfolios[0]!.activity.length).toBeGreaterThan(8)
    expect(file).toContain('"by":"Ann"')

    const bob = await anotherAccount(crypto.randomUUID())
    const copy = await brought(bob, file)
    expect(copy).not.toBe(id)
    expect(await exported(bob)).toBe(file)
    expect(await exported(bob, '/account/export')).toBe(file)
    const read = async (who: Who | null, whose: string) =>
      (await ask(who, `/api/portfolios/${whose}/performance`)).json()
    expect(await read(bob, copy)).toEqual(await read(OWNER, id))
    expect(await exported(bob, `/portfolios/${copy}/activity`)).toContain('Ann created the portfolio')
    const { transactions } = await (await ask(bob, `/api/portfolios/${copy}/transactions`)).json<Listed>()
    const [{ transaction, shares }] = transactions.find(({ lots }) => lots)!.lots!
    const named = transactions.find(({ id: each }) => each === transaction)
    expect([named, shares]).toEqual([expect.objectContaining({ date: '2034-01-03', price: '58' }), '1.5'])
    // nobody else sees it
    expect((await request(`/portfolios/${copy}`)).status).toBe(404)
    // laid out by another program it is the same file
    const carol = await anotherAccount(crypto.randomUUID())
    await brought(carol, JSON.stringify(parsed, null, 2))
    expect(await exported(carol)).toBe(file)
    // a deletion is undone from the log that came with it
    const { results } = await env.DB.prepare(
      "SELECT subject FROM audit WHERE portfolio_id = ? AND action = 'delete' AND before LIKE '%2034-07-01%'",
    )
      .bind(copy)
      .all<{ subject: string }>()
    const gone = results[0]!.subject.replace('transaction:', '')
    const restored = await ask(bob, `/api/portfolios/${copy}/transactions/${gone}/restore`, {
      method: 'POST',
    })
    expect([restored.status, await restored.json()]).toEqual([
      200,
      expect.objectContaining({ date: '2034-07-01', note: '=1+1\nä' }),
    ])
    // what was imported there once adds nothing here
    const again = await ask(bob, `/api/portfolios/${copy}/imports`, { method: 'POST', body: trades })
    expect(await again.json()).toMatchObject({ accepted: 0 })
  })

  it('has no id, account or secret in it', async () => {
    await eventful()
    const { results } = await env.DB.prepare('SELECT hash FROM sessions').all<{ hash: string }>()
    const file = await exported(OWNER)
    expect(file.length).toBeGreaterThan(1000)
    expect(file).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/)
    expect(file).not.toMatch(/"(id|owner|ownerId|owner_id|account|role)"/)
    for (const { hash } of results) expect(file).not.toContain(hash)
  })

  it('of thousands of rows is the same again', async () => {
    const many = Array.from({ length: 2100 }, (_, i) => i)
    const at = Date.UTC(2034, 0, 2)
    const part = portfolioText(
      { ...settings, name: 'Many' },
      {
        rulings: [],
        imports: [],
        transactions: many.map((i) => ({
          order: 2 * i + 1,
          transaction: {
            type: 'deposit',
            symbol: null,
            date: '2034-01-02',
            shares: null,
            price: null,
            fee: 0n,
            amount: BigInt(i + 1) * 10_000_000_000n,
            currency: null,
            ratio: null,
            note: '',
          },
          version: 1 + (i % 3),
          importNumber: null,
          rowKey: `row ${i}`,
          createdAt: at + i,
          updatedAt: at + 2 * i,
        })),
        activity: many.map((i) => ({
          at: at + i,
          by: i % 2 ? 'Zoë' : null,
          action: 'create',
          subject: `transaction:${i + 1}`,
          before: null,
          after: { type: 'deposit', symbol: null, date: '2034-01-02', amount: `${i}0000000000` },
        })),
      },
    )
    const dave = await anotherAccount(crypto.randomUUID())
    await brought(dave, everythingText([part]))
    expect(await exported(dave)).toBe(everythingText([part]))
    // a file of before the risk-free rate has none
    const erin = await anotherAccount(crypto.randomUUID())
    await brought(erin, everythingText([part]).replace('"risk_free_rate":null,', ''))
    expect(await exported(erin)).toBe(everythingText([part]))
  })

  it('becomes a new portfolio when it is dropped on an import page, and is not read as a statement', async () => {
    const id = await invested('Ticker,Date,Type,Shares,Price\nKO,2034-01-03,Buy,10,60\n', { name: 'Dropped' })
    const file = await exported(OWNER, `/portfolios/${id}/export/everything.json`)
    const body = new FormData()
    body.set('file', new File([file], 'Dropped.json'))
    const before = (await json('/api/portfolios')).portfolios.length
    const answer = await request(`/portfolios/${id}/imports`, { method: 'POST', body })
    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      expect.stringMatching(/^\/portfolios\//),
    ])
    expect(answer.headers.get('location')).not.toBe(`/portfolios/${id}`)
    expect((await json('/api/portfolios')).portfolios).toHaveLength(before + 1)
    const api = await importCsv(id, file)
    expect([api.status, ((await api.json()) as { detail: string }).detail]).toEqual([
      422,
      expect.stringContaining('/api/account/import'),
    ])
  })
})

describe('nothing is lost', () => {
  /** What is in the file, by table, and what is left out of it and why. */
  const columns: Record<string, { kept: string; left: string }> = {
    portfolios: {
      kept: `name description base_currency benchmarks cost_basis dividends withholding risk_free_rate targets dismissed_dividends
        dismissed_actions own_instruments kind created_at`,
      // whose it is, and what the app notes of its pages
      left: 'id owner_id opened_at watched_until deleted_at',
    },
    // of a group, its portfolios by their numbers in the file
    group_members: { kept: 'portfolio_id', left: 'group_id' },
    transactions: {
      kept: `sequence type symbol date shares price fee amount currency ratio note review terms units_day units
        listing_currency version import_id row_key created_at updated_at`,
      left: 'id portfolio_id',
    },
    imports: { kept: 'format accepted duplicates rejected created_at undone_at', left: 'id portfolio_id' },
    audit: { kept: 'at actor action subject before after', left: 'id portfolio_id' },
    known_securities: { kept: 'name symbol at', left: 'owner_id' },
    file_answers: { kept: 'header answers at', left: 'owner_id' },
    // what was told so far is left out: the new portfolio is another
    alerts: {
      kept: 'portfolio_id kind subject level set_on channels created_at',
      left: 'id account_id state told_at',
    },
    digests: { kept: 'portfolio_id channels created_at', left: 'account_id told_for' },
  }
  /** What somebody signs in with or has shared, and what is made of the rest. */
  const left =
    `api_tokens broker_connections broker_statements challenges headlines idempotency invitations members notice_channels notices passkeys recovery_codes refreshes sessions
    share_links snapshots track_record tracked unfinished_imports`.split(/\s+/)

  it('because every table and every column of a portfolio or an account is in the file, or left out for a reason', async () => {
    const byTable = await columnsByTable()
    const own = [...byTable].filter(
      ([name, all]) =>
        name === 'portfolios' || all.some((column) => /^(owner|portfolio|account)_id$/.test(column)),
    )
    expect(own.map(([name]) => name).toSorted()).toEqual([...Object.keys(columns), ...left].toSorted())
    for (const [name, { kept, left: unused }] of Object.entries(columns))
      expect(byTable.get(name)!.toSorted()).toEqual(`${kept} ${unused}`.split(/\s+/).toSorted())
  })

  it('of what an account has chosen for its securities', async () => {
    const [frank, grace] = [crypto.randomUUID(), crypto.randomUUID()]
    const [his, hers] = [await anotherAccount(frank), await anotherAccount(grace)]
    await env.DB.prepare("INSERT INTO known_securities VALUES (?, 'US1912161007', 'KO', 1000)")
      .bind(frank)
      .run()
    await env.DB.prepare("INSERT INTO known_securities VALUES (?, 'PEPSICO', 'PEP', 2000)").bind(frank).run()
    const file = await exported(his)
    expect(file).toContain('{"name":"US1912161007","symbol":"KO","at":"1970-01-01T00:00:01.000Z"}')
    expect((await bring(hers, file)).status).toBe(201)
    expect(await exported(hers)).toBe(file)
  })

  it('of the groups of an account, which are made again of the portfolios in the file', async () => {
    const [his, hers] = [await anotherAccount('joe'), await anotherAccount('kim')]
    const create = async (path: string, body: object) => {
      const headers = { 'content-type': 'application/json' }
      const made = await ask(his, path, { method: 'POST', body: JSON.stringify(body), headers })
      return ((await made.json()) as { id: string }).id
    }
    const ids = [
      await create('/api/portfolios', { name: 'A' }),
      await create('/api/portfolios', { name: 'B' }),
    ]
    const second = await create('/api/groups', {
      name: 'Second',
      portfolios: [ids[1]!],
      base_currency: 'EUR',
      benchmarks: ['QQQ'],
    })
    await ask(his, '/api/groups')
    // alerts on a group are in the file as well
    await create(`/api/portfolios/${second}/alerts`, { kind: 'gap_zero', subject: 'QQQ' })
    const file = await exported(his)
    const { groups } = JSON.parse(file) as { groups: { kind: string; portfolios: number[] }[] }
    expect(groups).toMatchObject([
      { kind: 'all', portfolios: [] },
      { kind: 'group', name: 'Second', base_currency: 'EUR', benchmarks: ['QQQ'], portfolios: [2] },
    ])
    expect(file).toContain('{"group":2,"kind":"gap_zero","subject":"QQQ",')
    expect((await bring(hers, file)).status).toBe(201)
    expect(await exported(hers)).toBe(file)
    const both = await bring(hers, file.replace('"group":2', '"group":2,"portfolio":1'))
    expect(await both.text()).toContain('alerts, row 1: “group” cannot be read')
    const wrong = file.replace('"kind":"group"', '"kind":"club"')
    expect(await (await bring(hers, wrong)).text()).toContain('groups, row 2: “kind” cannot be read')
  })

  it('of what an account wants to be told', async () => {
    const [jana, karl] = [crypto.randomUUID(), crypto.randomUUID()]
    const [hers, his] = [await anotherAccount(jana), await anotherAccount(karl)]
    const nothing = { rulings: [], imports: [], transactions: [], activity: [] }
    const id = await brought(hers, everythingText([portfolioText(settings, nothing)]))
    const path = `/api/portfolios/${id}`
    const ask = (method: string, at: string, body: object) =>
      asStranger(path + at, {
        method,
        body: JSON.stringify(body),
        headers: { ...hers, 'content-type': 'application/json' },
      })
    expect(
      (await ask('POST', '/alerts', { kind: 'price_below', subject: 'VOO', level: '400.5' })).status,
    ).toBe(201)
    // each has the same two channels, under ids of their own
    for (const [account, name] of [jana, karl].flatMap((each) =>
      ['Phone', 'Mail'].map((name) => [each, name]),
    )) {
      const made = {
        kind: 'ntfy',
        label: name!,
        target: 'ntfy.sh',
        opened: name!,
        origin: '',
        sessionId: null,
      }
      await addChannel(database(env.DB), { id: `${account} ${name}`, accountId: account!, ...made }, 1000)
    }
    const channels = [`${jana} Mail`]
    expect((await ask('POST', '/alerts', { kind: 'price_held', channels })).status).toBe(201)
    expect((await ask('PUT', '/digest', { channels })).status).toBe(204)
    const file = await exported(hers)
    expect(file).toContain('"kind":"price_held","set_on":"2035-03-07","channels":[1]')
    expect(file).toContain('"kind":"price_below","subject":"VOO","level":"400.5","set_on":"2035-03-07"')
    await brought(his, file)
    expect(await exported(his)).toBe(file)
    const own = await env.DB.prepare('SELECT channels FROM digests WHERE account_id = ?')
      .bind(karl)
      .first('channels')
    expect(own).toBe(JSON.stringify([`${karl} Mail`]))
    const wrong = await bring(his, file.replace('price_below', 'weather'))
    expect([wrong.status, await wrong.text()]).toEqual([422, expect.stringContaining('alerts, row 1')])
  })

  it('of what an account has said of its files', async () => {
    const [henry, iris] = [crypto.randomUUID(), crypto.randomUUID()]
    const [his, hers] = [await anotherAccount(henry), await anotherAccount(iris)]
    const said = '{"days":"dmy","columns":{"betrag":"amount","kurs":null},"words":{"kupno":"buy"}}'
    await env.DB.prepare("INSERT INTO file_answers VALUES (?, 'datum|betrag', ?, 1000)")
      .bind(henry, said)
      .run()
    const file = await exported(his)
    expect(file).toContain(`{"header":"datum|betrag","answers":${said},"at":"1970-01-01T00:00:01.000Z"}`)
    expect((await bring(hers, file)).status).toBe(201)
    expect(await exported(hers)).toBe(file)
    for (const wrong of [
      '{"days":"xyz"}',
      '{"columns":{"a":"secret"}}',
      '{"words":[]}',
      '{"columns":null}',
      '{"columns":{"a":1}}',
      '{"days":{"toString":1}}',
      '{"other":1}',
      '[]',
    ]) {
      const answer = await bring(hers, file.replace(said, wrong))
      expect([wrong, answer.status, await answer.text()]).toEqual([
        wrong,
        422,
        expect.stringContaining('“answers” cannot be read'),
      ])
    }
  })
})

const settings = {
  name: 'Small',
  description: '',
  base_currency: 'USD',
  benchmarks: ['VOO'],
  cost_basis: 'fifo',
  dividends: 'recorded',
  withholding: null,
  risk_free_rate: null,
  dismissed_dividends: [],
  created_at: '2034-01-02T00:00:00.000Z',
}
const row = {
  order: 1,
  type: 'buy',
  ticker: 'KO',
  date: '2034-01-03',
  price: '60',
  shares: '10',
  row_key: 'a#1',
  created_at: '2034-01-03T00:00:00.000Z',
}
const entry = { at: '2034-01-03T00:00:00.000Z', by: 'Ann', action: 'create', subject: 'transaction:1' }
const whole = { portfolio: settings, rulings: [], imports: [], transactions: [row], activity: [entry] }

describe('a file', () => {
  const file = (part: object, more: object = {}) =>
    JSON.stringify({ yardstick: 'everything', version: 1, portfolios: [{ ...whole, ...part }], ...more })
  const withRow = (more: object) => file({ transactions: [{ ...row, ...more }] })

  it.each([
    ['of a newer version', file({}, { version: 2 }), 'newer version'],
    ['of another program', '{"portfolios":[]}', 'was not exported with “Export everything”'],
    ['that is cut off', file({}).slice(0, -5), 'damaged'],
    ['with an owner', file({}, { owner_id: 'owner' }), '“owner_id”'],
    ['with an owner of the portfolio', file({ portfolio: { ...settings, owner_id: 'owner' } }), '“owner_id”'],
    ['with an id of the portfolio', file({ id: crypto.randomUUID() }), '“id”'],
    ['with a role', file({ members: [{ account: 'bob', role: 'owner' }] }), '“members”'],
    ['with a row of another portfolio', withRow({ portfolio_id: 'x' }), '“portfolio_id”'],
    ['with an id of a row', withRow({ id: 'x' }), '“id”'],
    ['with a kind that this version does not know', withRow({ type: 'option' }), 'not a transaction type'],
    ['with a row that no form would take', withRow({ shares: '-1' }), 'shares'],
    ['with a number where a text belongs', withRow({ price: 60 }), '“price”'],
    ['with a day that is none', withRow({ date: '2034-02-30' }), 'date'],
    ['with a row in the future', withRow({ date: '2134-01-03' }), 'date'],
    ['with a row of an import that is not there', withRow({ import: 1 }), '“import”'],
    ['with two rows of one key', file({ transactions: [row, { ...row, order: 2 }] }), '“row_key”'],
    ['with two rows in one place', file({ transactions: [row, { ...row, row_key: 'b#1' }] }), '“order”'],
    [
      'with an entry of the log that undoing would break on',
      file({ activity: [{ ...entry, before: { type: 'x' } }] }),
      '“before”',
    ],
    ['with a NUL', withRow({ note: 'a\0b' }), '“note”'],
    ['with half a character', file({ portfolio: { ...settings, name: '\ud800' } }), '“name”'],
    ['with a currency that is none', file({ portfolio: { ...settings, base_currency: 'XX' } }), 'currency'],
    ['with a list that is none', file({ transactions: {} }), 'no list “transactions”'],
    ['with a number for a portfolio', '{"yardstick":"everything","version":1,"portfolios":[1]}', 'settings'],
    [
      'with more portfolios than anybody may have',
      JSON.stringify({
        yardstick: 'everything',
        version: 1,
        portfolios: Array.from({ length: 21 }, () => whole),
      }),
      'more than 20',
    ],
  ])('%s is refused with a sentence, and nothing is written', async (_, text, sentence) => {
    const before = await counts()
    const answer = await bring(OWNER, text)
    expect(answer.status).toBe(422)
    expect(((await answer.json()) as { detail: string }).detail).toContain(sentence)
    expect(await counts()).toEqual(before)
  })

  it('that is chosen on the page of the account is refused beside its field', async () => {
    for (const [text, sentence] of [
      ['', 'Choose a file from “Export everything”.'],
      ['{}', 'This file was not exported with “Export everything”.'],
    ] as const) {
      const body = new FormData()
      body.set('file', new File([text], 'everything.json'))
      const answer = await request('/account/import', { method: 'POST', body })
      expect([answer.status, await answer.text()]).toEqual([
        422,
        expect.stringContaining(`<p class="fault" id="everything-fault" role="alert">${sentence}`),
      ])
    }
  })

  it('that is sound is taken by who sends it', async () => {
    const erin = await anotherAccount(crypto.randomUUID())
    const id = await brought(erin, file({}))
    const owner = await env.DB.prepare('SELECT owner_id FROM portfolios WHERE id = ?').bind(id).first()
    expect(erin.cookie).toContain(String(owner!.owner_id))
  })
})

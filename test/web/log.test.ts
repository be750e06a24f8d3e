import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { cause } from '../../src/jobs/log.ts'
import { app } from '../../src/web/app.tsx'
import { takeAppLog } from '../worker/app-log.ts'
import { anotherAccount, SESSION } from '../worker/account.ts'
import { asStranger, byToken, HOST, importCsv, request, send, settled, signed } from '../worker/app.ts'
import { post } from './page.ts'

// One way through the app with something to find in all that a person can enter or is given.

const planted = {
  name: 'Planted portfolio',
  description: 'planted remark',
  account: 'planted.person@example.test',
  note: 'planted note',
  amount: '918273.64',
  csvAmount: '564738.29',
  price: '73.9182',
  token: 'planted token name',
  invitation: 'planted invitee',
}

it('the log has no secret, no amount, no name and no note in it', async () => {
  takeAppLog()
  const secrets: string[] = [SESSION.cookie.split('=')[1]!]
  const secretIn = async (answer: Response, pattern: RegExp) => {
    const [, secret] = pattern.exec(await answer.text())!
    secrets.push(secret!)
    return secret!
  }
  await post('/account/name', { name: planted.account })
  const made = await send('/api/portfolios', { name: planted.name, description: planted.description })
  const { id } = (await made.json()) as { id: string }
  const deposit = { type: 'deposit', date: '2024-01-03', amount: planted.amount, note: planted.note }
  const path = `/api/portfolios/${id}/transactions`
  const added = (await (await send(path, deposit, 'POST', { 'idempotency-key': 'planted-key' })).json()) as {
    id: string
    version: number
  }
  await send(`${path}/${added.id}`, { ...deposit, note: `${planted.note} again`, version: 1 }, 'PUT')
  // refused: twice the same, more than held, an old version, nothing that can be read
  await send(path, deposit)
  await send(path, { type: 'sell', symbol: 'AAPL', date: '2024-02-01', shares: '5', price: planted.price })
  await send(`${path}/${added.id}`, { ...deposit, version: 1 }, 'PUT')
  await importCsv(id, `what,is\n${planted.note},${planted.csvAmount}\n`)
  const csv = `Date,Type,Ticker,Shares,Price,Amount,Note\n2024-01-04,Buy,AAPL,3,${planted.price},,${planted.note}\n2024-01-04,Deposit,,,,${planted.csvAmount},\n`
  await importCsv(id, csv, '?preview=1')
  await importCsv(id, csv)
  await settled(id)

  const tokenMade = await send('/api/tokens', { name: planted.token, scope: 'write' })
  const token = await secretIn(tokenMade, /"token":"(ys_[\w-]{43})"/)
  await byToken(token, `/api/portfolios/${id}`)
  await byToken(token.slice(0, -1), `/api/portfolios/${id}`)
  const invited = await post(`/portfolios/${id}/people/invitations`, {
    role: 'viewer',
    note: planted.invitation,
  })
  const invitation = await secretIn(invited, /\/invitations\/([\w-]{43})/)
  const bob = await anotherAccount('bob')
  secrets.push(bob.cookie.split('=')[1]!)
  await asStranger(`/invitations/${invitation}`, { headers: bob })
  await asStranger(`/invitations/${invitation}`, {
    method: 'POST',
    headers: bob,
    body: new URLSearchParams(),
  })
  const linked = await post(`/portfolios/${id}/links`, { note: planted.note, shows: 'amounts', days: '7' })
  const link = await secretIn(linked, /\/s\/([\w-]{43})/)
  await asStranger(`/s/${link}`)
  await request(`/portfolios/${id}`)

  // where D1 fails in the middle, the error names its statement, and the address what was asked for
  const down = () => Promise.reject(new Error('D1_ERROR: Network connection lost.'))
  const prepared = { bind: () => prepared, all: down, run: down, raw: down }
  const broken = { ...env, DB: { prepare: () => prepared, batch: down } } as unknown as Env
  for (const address of [
    `/invitations/${invitation}`,
    `/s/${link}`,
    `/api/portfolios/${id}?q=${planted.note}`,
  ])
    await app.fetch(signed(HOST + address), broken, createExecutionContext())
  await send(`/api/portfolios/${id}`, undefined, 'DELETE')

  const lines = takeAppLog()
  const text = lines.join('\n')
  expect(lines.length).toBeGreaterThan(5)
  expect(text).toContain('"event":"import"')
  expect(text).toContain('"event":"error"')
  const values = [
    ...Object.values(planted),
    'planted-key',
    ...secrets,
    ...secrets.map((each) => each.slice(3, 20)),
  ]
  expect(values.filter((value) => text.includes(value))).toEqual([])
})

it('names what went wrong without quoting what was stored', () => {
  const readings = ['{"note":"planted" x', 'planted', '{"note":"planted note\n"', "'planted'"].map((text) => {
    try {
      return JSON.parse(text) as string
    } catch (error) {
      return cause(error)
    }
  })
  for (const said of readings) expect(said).toMatch(/^SyntaxError: /)
  expect(readings.join()).not.toContain('planted')
  expect(cause(new Error('Failed query: insert into "audit" values (?)\nparams: planted'))).toBe(
    'Error: Failed query: insert into "audit" values (?)',
  )
})

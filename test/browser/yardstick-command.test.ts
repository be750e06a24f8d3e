import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { programs } from '../../src/statements/exports/programs.ts'
import { serve } from './browser.ts'

const command = join(import.meta.dirname, '../../src/local/yardstick.mjs')
const folder = mkdtempSync(join(tmpdir(), 'yardstick-command-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let url: string
let token: string
let reader: string
let id: string

beforeAll(async () => {
  const { server, url: address } = await serve()
  url = address.origin
  const post = async (path: string, body: object) => {
    const headers = { origin: url, 'content-type': 'application/json' }
    const made = await server.fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })
    return (await made.json()) as { id: string; token: string }
  }
  token = (await post('/api/tokens', { name: 'the command', scope: 'write' })).token
  reader = (await post('/api/tokens', { name: 'a reader' })).token
  id = (await post('/api/portfolios', { name: 'Savings', dividends: 'recorded' })).id
})

/** Runs the command as npx does, from another folder; what stands in `typed` comes by the standard input. */
function yardstick(
  args: readonly string[],
  { as = token, typed = '' } = {},
): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [command, ...args], {
    cwd: folder,
    env: { ...process.env, YARDSTICK_URL: url, YARDSTICK_TOKEN: as, NODE_OPTIONS: '' },
  })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk) => (out += chunk))
  child.stderr.on('data', (chunk) => (err += chunk))
  child.stdin.end(typed)
  return new Promise((ended) => child.on('close', (code) => ended({ code, out, err })))
}

const api = async (path: string) =>
  (await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } })).json()

describe('the command', { shuffle: false }, () => {
  it('says what it can do, with every program that has an export', async () => {
    const { code, out } = await yardstick(['--help'])
    expect(code).toBe(0)
    for (const name of Object.keys(programs)) expect(out).toContain(name)
  })

  it.each([
    [[], ''],
    [['sell'], 'There is no command “sell”.'],
    [['status', '--yes'], '`yardstick status` has no --yes.'],
    [['status', '--loud'], 'Unknown option'],
    [['export', 'gold'], 'There is no export “gold”: everything, csv'],
    [['import'], 'Say which file'],
    [['status', '--url', 'ftp://x'], 'is no address'],
  ])('%j is not understood, which is code 2', async (args, sentence) => {
    const { code, err } = await yardstick(args)
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(sentence) })
  })

  it.each([
    [['status', 'Gold'], 'There is no portfolio “Gold”. You have Savings'],
    [['status', '--url', 'http://127.0.0.1:1'], 'does not answer'],
    [['import', 'none.csv'], 'There is no file none.csv.'],
  ])('%j is refused with a sentence, which is code 1', async (args, sentence) => {
    const { code, err } = await yardstick(args)
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining(sentence) })
  })

  it('a token that is nobody’s is refused, and one that only reads may look at a file but not import it', async () => {
    writeFileSync(join(folder, 'one.csv'), 'Ticker,Type,Date,Price,Shares\nKO,buy,2024-01-02,60,10\n')
    const stranger = await yardstick(['status'], { as: `ys_${'A'.repeat(43)}` })
    expect(stranger).toEqual({ code: 1, out: '', err: 'Sign in first, or send an API token of yours.\n' })
    const refused = await yardstick(['import', 'one.csv', '--yes'], { as: reader })
    expect(refused.out).toContain('1 row new')
    expect({ code: refused.code, err: refused.err }).toEqual({
      code: 1,
      err: 'This API token is read-only.\n',
    })
  })

  it('shows a file, imports it only when told so, and exports what it had', async () => {
    const lines = [
      'Ticker,Type,Date,Price,Shares',
      'KO,buy,2024-01-02,60,10',
      'VOO,buy,2024-01-03,430,2',
      'KO,buy,soon,1,1',
    ]
    writeFileSync(join(folder, 'trades.csv'), `${lines.join('\n')}\n`)
    const shown = await yardstick(['import', 'trades.csv'], { typed: 'n\n' })
    expect(shown.code).toBe(3)
    expect(shown.out).toContain('2 rows new, 0 there already, 1 rejected, 0 left out')
    expect(shown.out).toContain('line 2: 2024-01-02 buy KO 10 at 60')
    expect(shown.out).toMatch(/line 4 is rejected: .*“soon”/)
    // an input that has ended is no yes
    expect((await yardstick(['import', 'trades.csv'])).code).toBe(3)
    expect((await api(`/api/portfolios/${id}/transactions`)) as object).toMatchObject({ transactions: [] })

    const imported = await yardstick(['import', 'trades.csv', 'savings'], { typed: 'y\n' })
    expect({ code: imported.code, out: imported.out }).toEqual({
      code: 0,
      out: expect.stringContaining('Imported 2 rows into “Savings”.'),
    })
    const again = await yardstick(['import', 'trades.csv', '--yes'])
    expect({ code: again.code, out: again.out }).toEqual({
      code: 0,
      out: expect.stringContaining('2 there already'),
    })

    expect((await yardstick(['export', 'csv', '--output', 'back.csv'])).code).toBe(0)
    const back = readFileSync(join(folder, 'back.csv'), 'utf8')
    expect(back).toContain('KO,buy,2024-01-02,60,10')
    expect(await yardstick(['export', 'csv', 'Savings', '--output', '-'])).toEqual({
      code: 0,
      out: back,
      err: '',
    })
    const kept = await yardstick(['export', 'csv', '--output', 'back.csv'])
    expect(kept).toMatchObject({ code: 1, err: expect.stringContaining('back.csv is there already.') })
  })

  it('says the figures that the API has', async () => {
    const { summary } = (await api(`/api/dashboard-initial-data?portfolio_id=${id}`)) as {
      summary: { invested: string }
    }
    // 10 × 60 + 2 × 430
    expect(summary.invested).toBe('1460')
    const [answer] = JSON.parse((await yardstick(['status', '--json'])).out) as { summary: object }[]
    expect(answer!.summary).toMatchObject({ invested: '1460' })
    expect((await yardstick(['status'])).out).toMatch(/^Savings {2}(\$[\d,]+\.\d\d|—)\n/)
  })

  it('backs everything up into a file that it takes in again', async () => {
    expect((await yardstick(['backup', 'all.json'])).code).toBe(0)
    const taken = await yardstick(['import', 'all.json', '--yes'])
    expect(taken).toMatchObject({ code: 0, out: expect.stringContaining('Added “Savings”.') })
    const { err, code } = await yardstick(['status', 'Savings'])
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringMatching(/^Several are called “Savings”\..*\(/),
    })
    expect((await yardstick(['export', 'everything', id, '--output', 'one.json'])).code).toBe(0)
    const { portfolios } = JSON.parse(readFileSync(join(folder, 'one.json'), 'utf8')) as {
      portfolios: { transactions: object[] }[]
    }
    expect(portfolios.map(({ transactions }) => transactions.length)).toEqual([2])
  })
})

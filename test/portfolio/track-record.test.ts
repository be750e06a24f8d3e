import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  closeText,
  ledgerText,
  nextClose,
  type RecordedClose,
  type RecordedLine,
  transactionText,
} from '../../src/portfolio/track-record.ts'
import { trackRecordText } from '../../src/statements/track-record-text.ts'

const script = join(import.meta.dirname, '../../scripts/verify-track-record.mjs')
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

let folder: string
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'yardstick-record-'))))
afterAll(() => rmSync(folder, { recursive: true }))

const line = (
  order: number,
  type: string,
  date: string,
  shares: string,
  more: RecordedLine = {},
): RecordedLine => ({
  order,
  ticker: 'VOO',
  type,
  date,
  price: '400',
  shares,
  row_key: `row ${order}`,
  created_at: `${date}T15:00:00.000Z`,
  ...more,
})

/** Adds the close of a day, made at 22:17 in Greenwich, with all transactions that there are then. */
function closed(
  before: RecordedClose[],
  day: string,
  lines: readonly RecordedLine[],
  index: string,
): RecordedClose[] {
  const byHash = new Map(lines.map((each) => [sha256(transactionText(each)), each]))
  const made = { day, at: Date.parse(`${day}T22:17:00Z`), revision: before.length + 7, index }
  const close = { ...nextClose(before, byHash, made), ledger: sha256(ledgerText(byHash.keys())) }
  return [...before, { ...close, hash: sha256(closeText('p', close)) }]
}

const old = line(1, 'buy', '2024-01-02', '10')
const bought = line(2, 'buy', '2026-11-27', '5')
const sold = line(3, 'sell', '2026-12-01', '3', { note: 'a remark', review: '2027-01-01' })
const fixed = { ...bought, shares: '6' }

const first = closed([], '2026-11-30', [old, bought], '1.000000000')
const second = closed(first, '2026-12-01', [old, bought, sold], '1.010000000')
// Wednesday's was missed, and on Thursday the purchase of November was corrected
const third = closed(second, '2026-12-03', [old, fixed, sold], '1.020000000')
const now = [old, fixed, sold]

type File = { closes: Record<string, unknown>[]; transactions: RecordedLine[] } & Record<string, unknown>
const file = (closes = third, transactions = now) =>
  JSON.parse(trackRecordText({ id: 'p', name: 'Ours' }, closes, transactions)) as File

/** What the script says of a file, and whether it is content. */
function verified(text: string | object, ...more: string[]): Promise<{ isSound: boolean; said: string }> {
  const path = join(folder, `${crypto.randomUUID()}.json`)
  writeFileSync(path, typeof text === 'string' ? text : JSON.stringify(text))
  return new Promise((done) =>
    execFile(process.execPath, [script, path, ...more], (error, out, problems) =>
      done({ isSound: error === null, said: out + problems }),
    ),
  )
}

describe('a close', () => {
  it('counts the trades that were recorded within three days, weekend or not', () => {
    // the purchase of 2024 came with the first close, that of Friday on Monday
    expect(first[0]).toMatchObject({ number: 1, trades: 2, prompt: 1, previous: '0'.repeat(64) })
    expect(second[1]).toMatchObject({ number: 2, trades: 3, prompt: 2, previous: first[0]!.hash })
  })

  it('names what was changed since the one before: as removed and added, and no longer recorded in time', () => {
    const [was, is] = [bought, fixed].map((each) => sha256(transactionText(each)))
    expect(third[2]).toMatchObject({ added: [is], removed: [was], trades: 3, prompt: 1 })
  })

  it('is hashed from this text, which says all of it', () => {
    const { hash, ...rest } = first[0]!
    expect(transactionText(old)).toBe(`ticker: "VOO"
type: "buy"
date: "2024-01-02"
price: "400"
shares: "10"
fee: null
amount: null
ratio: null
currency: null
acquired: null
cost: null
lots: null
new_ticker: null
cost_share: null
share_units: null
row_key: "row 1"
created_at: "2024-01-02T15:00:00.000Z"
`)
    const [a, b] = [old, bought].map((each) => sha256(transactionText(each))).toSorted()
    const text = `yardstick track record 1
portfolio: p
number: 1
day: 2026-11-30
at: 2026-11-30T22:17:00.000Z
revision: 7
index: 1.000000000
trades: 2
prompt: 1
added: ${a} ${b}
removed: 
ledger: ${sha256(`${a}\n${b}\n`)}
previous: ${'0'.repeat(64)}
`
    expect(closeText('p', rest)).toBe(text)
    expect(hash).toBe(sha256(text))
  })
})

describe('the script that verifies a record', () => {
  it('has at most 60 lines and knows nothing of ours', () => {
    const text = readFileSync(script, 'utf8')
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(60)
    expect([...text.matchAll(/from '([^']+)'/g)].map(([, from]) => from)).toEqual(['node:crypto', 'node:fs'])
  })

  it('holds a record to be sound, and says what was corrected and what is not recorded yet', async () => {
    const later = line(4, 'buy', '2026-12-04', '1')
    const noted = await verified(file(third, [...now, later]), second[1]!.hash)
    expect(noted.isSound).toBe(true)
    expect(noted.said).toContain('2026-12-03: transactions changed or deleted that were recorded: 1.')
    expect(noted.said).toContain('The hash that you noted is that of close 2, 2026-12-01.')
    expect(noted.said).toContain('entered or changed after the last close: 1.')
    expect(noted.said).toContain('trades: 3, recorded within 3 days: 1')
    // a note is no trade
    expect((await verified(file(third, [old, fixed, { ...sold, note: 'another' }]))).isSound).toBe(true)
  })

  it('of a portfolio put back to an earlier day holds what was recorded until then, and what came after it', async () => {
    const again = closed(second, '2026-12-04', [old, bought, sold], '1.030000000')
    expect((await verified(file(again, [old, bought, sold]))).isSound).toBe(true)
    // whoever noted the hash of what is gone learns that it is
    const gone = await verified(file(again, [old, bought, sold]), third[2]!.hash)
    expect(gone).toMatchObject({
      isSound: false,
      said: expect.stringContaining('not in this record') as string,
    })
  })

  it('finds any field of any row that was changed', async () => {
    const tampered = third.flatMap((_, i) =>
      Object.keys(third[i]!).map((field) => {
        const changed = file()
        const value = changed.closes[i]![field]
        changed.closes[i]![field] = Array.isArray(value)
          ? [...(value as string[]), 'f'.repeat(64)]
          : typeof value === 'number'
            ? value + 1
            : String(value).replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10))
        return [`${i} ${field}`, changed] as const
      }),
    )
    expect(tampered).toHaveLength(3 * 12)
    const found = await Promise.all(
      tampered.map(async ([name, changed]) => [name, await verified(changed)] as const),
    )
    expect(found.filter(([, { isSound }]) => isSound)).toEqual([])
    for (const [name, { said }] of found)
      expect([name, said]).toEqual([name, expect.stringMatching(/Close \d/)])
  })

  it.each([
    ['a row left out', (all: File) => all.closes.splice(1, 1)],
    ['the first row left out', (all: File) => all.closes.shift()],
    ['two rows in another order', (all: File) => (all.closes = all.closes.toReversed())],
    ['an old trade changed', (all: File) => (all.transactions[0]!.shares = '11')],
    ['an old trade deleted', (all: File) => all.transactions.shift()],
    [
      'an old trade entered later than it says',
      (all: File) => (all.transactions[0]!.created_at = '2024-01-01'),
    ],
    ['another portfolio', (all: File) => (all.portfolio = 'q')],
    ['a row that lacks something', (all: File) => delete all.closes[1]!.added],
  ])('finds %s', async (_, tamper) => {
    const all = file()
    tamper(all)
    const { isSound, said } = await verified(all)
    expect([isSound, said.length > 20, said.includes('    at ')]).toEqual([false, true, false])
  })

  it('says of another file that it is none', async () => {
    for (const text of ['', '{', '[]', '{"yardstick":"everything","version":1}']) {
      const { isSound, said } = await verified(text)
      expect([isSound, said]).toEqual([false, expect.stringContaining('cannot be read as a track record')])
    }
  })
})

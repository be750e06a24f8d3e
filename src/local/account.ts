import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Row } from './backup-file.ts'
import { type Answer, ask, databaseNamed, namespaceTitled, selectIn } from './cloudflare.ts'
import { type Change, deployedMarket, literal, type Place, refuseOldSchema } from './database.ts'
import { configured, fail, failSigned, nameOnAccount, wrangler } from './wrangler.ts'

/** KV deletes so many keys at once. */
const MOST_DELETED = 10_000

/** The database of the Cloudflare account. wrangler writes it, since a file of statements is all or nothing. */
export function account(): Place {
  const name = nameOnAccount()
  const label = `${name} on your Cloudflare account`
  const unread = `Couldn’t read ${label}. Has \`npm run deploy\` been run?`
  let found: Promise<string> | undefined
  const database = () => (found ??= databaseNamed(name).then((it) => it?.uuid ?? fail(unread)))
  const place: Place = {
    label,
    name,
    market: deployedMarket(),
    migrate: () => refuseOldSchema(place),

    async query(questions) {
      const answer = await selectIn(await database(), questions.join(';\n'))
      return answer.refused ? failSigned(unread, answer.refused) : answer.result
    },

    // as a text, a long row might be longer than D1 lets a text be
    selected: () => '*',

    write: (changes) =>
      withFile('statements.sql', changes.flatMap(statements).join(''), async (file) => {
        const where = ['--remote', '--config', configured(name, { database: await database() })]
        const ended = await wrangler('d1', 'execute', 'DB', '--yes', '--file', file, ...where)
        if (ended.code !== 0) failSigned(`Couldn’t write ${label}. Nothing there was changed.`, ended)
      }),

    async forgetCopies() {
      const namespace = await namespaceTitled(`${name}-snapshots`)
      if (namespace === undefined) return
      const path = `storage/kv/namespaces/${namespace.id}`
      const keys: string[] = []
      // a thousand a page; what is deleted may be listed for a minute, so all are listed first
      for (let cursor: string | undefined = ''; cursor !== undefined;) {
        const page: Answer<{ name: string }[]> = await ask('GET', `${path}/keys?cursor=${cursor}`)
        if (page.refused)
          fail('The rows are restored, but the copies in KV couldn’t be listed.', page.refused)
        keys.push(...page.result.map((key) => key.name))
        cursor = page.next
      }
      for (let from = 0; from < keys.length; from += MOST_DELETED) {
        const some = keys.slice(from, from + MOST_DELETED)
        const deleted = await ask('POST', `${path}/bulk/delete`, some)
        if (deleted.refused)
          fail('The rows are restored, but the copies in KV couldn’t be deleted.', deleted.refused)
      }
    },

    close: async () => undefined,
  }
  return place
}

async function withFile(name: string, text: string, work: (file: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'yardstick-'))
  try {
    const file = join(folder, name)
    writeFileSync(file, text)
    await work(file)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** D1 takes statements of 100 kB. A value of more code points than `LONG` may be written in pieces of so many. */
const LONGEST = 100_000
const LONG = 20_000

function statements(change: Change): string[] {
  if (typeof change === 'string') return [`${change};\n`]
  const { table, rows, isOptional = false } = change
  return rows.flatMap((row) => insert(table, row, isOptional))
}

/** The statements that insert a row: one, unless a long value makes it longer than D1 takes. */
function insert(table: string, row: Row, isOptional: boolean): string[] {
  const verb = isOptional ? 'INSERT OR IGNORE' : 'INSERT'
  const columns = Object.keys(row)
  const names = columns.map((column) => `"${column}"`).join(', ')
  const into = (values: Row) =>
    `${verb} INTO "${table}" (${names}) VALUES (${columns.map((each) => literal(values[each]!)).join(', ')});\n`
  const whole = into(row)
  if (Buffer.byteLength(whole) < LONGEST) return [whole]
  const isLong = (column: string) => String(row[column]).length > LONG
  const begun = Object.fromEntries(columns.map((column) => [column, isLong(column) ? '' : row[column]!]))
  const short = columns.filter((column) => !isLong(column))
  const found = short.map((column) => `"${column}" IS ${literal(row[column]!)}`).join(' AND ')
  const appended = columns.filter(isLong).flatMap((column) => {
    const parts = String(row[column]).match(/[^]{1,20000}/gu)!
    return parts.map(
      (part) => `UPDATE "${table}" SET "${column}" = "${column}" || ${literal(part)} WHERE ${found};\n`,
    )
  })
  return [into(begun), ...appended]
}

import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import { migrations, type Row } from './backup-file.ts'
import { AS_TEXT, type Change, deployedMarket, literal, type Place } from './database.ts'
import { fail, option, refuseReadOnly, root } from './wrangler.ts'

/** The state of `npm start`, chosen by the same options. It is reached through its bindings, in this process. */
export function thisMachine(): Place {
  const market = option('market') ?? 'demo'
  const known = ['demo', deployedMarket()]
  if (!known.includes(market)) fail(`--market is ${known.join(' or ')}, not “${market}”.`)
  const state = option('state') ?? `.wrangler/${market}`
  const label = `the ${market} portfolios on this machine (${state})`
  let reached: ReturnType<typeof reach> | null = null
  const bindings = async () => (await (reached ??= reach(state))).env

  return {
    label,
    name: 'this machine',
    market,

    async migrate() {
      const { DB } = await bindings()
      try {
        await applyMigrations(DB)
      } catch (error) {
        fail(`Couldn’t prepare ${label}: ${(error as Error).message}.`)
      }
    },

    async query(questions) {
      const { DB } = await bindings()
      try {
        const answers = await DB.batch<Row>(questions.map((question) => DB.prepare(question)))
        return answers.map(({ results }) => results)
      } catch (error) {
        return fail(`Couldn’t read ${label}: ${(error as Error).message}.`)
      }
    },

    // between two processes a text is a tenth of the work that fields are
    selected: (columns) => `json_array(${columns.map((each) => `"${each}"`).join(', ')}) AS ${AS_TEXT}`,

    async write(changes) {
      const { DB } = await bindings()
      const all = changes.flatMap((change) => statements(DB, change))
      try {
        // the runtime hangs up on who is silent for long, as this process is while it makes a text of many rows
        await DB.batch(all).catch((error: Error) => {
          if (error.message !== 'fetch failed') throw error
          return DB.batch(all)
        })
      } catch (error) {
        fail(`Couldn’t write ${label}: ${(error as Error).message}. Nothing there was changed.`)
      }
    },

    async forgetCopies() {
      const { SNAPSHOTS } = await bindings()
      for (;;) {
        // a thousand at most; what is deleted is not listed again
        const { keys } = await SNAPSHOTS.list()
        if (keys.length === 0) return
        await Promise.all(keys.map(({ name }) => SNAPSHOTS.delete(name)))
      }
    },

    async close() {
      await (await reached)?.dispose()
      reached = null
    },
  }
}

/**
 * Does what `wrangler d1 migrations apply` does, which starts a runtime for each migration: each is a transaction together
 * with the note that it was applied.
 */
async function applyMigrations(DB: D1Database): Promise<void> {
  await DB.prepare(
    'CREATE TABLE IF NOT EXISTS d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)',
  ).run()
  const { results } = await DB.prepare('SELECT name FROM d1_migrations').all<{ name: string }>()
  const applied = new Set(results.map(({ name }) => name))
  const missing = migrations()
    .map((name) => `${name}.sql`)
    .filter((file) => !applied.has(file))
  for (const file of missing) {
    const sql = readFileSync(join(root, 'migrations', file), 'utf8')
      .trimEnd()
      .replace(/;$/, '')
    // as one statement: each costs a call of the runtime, and to divide the text by wrangler takes longer than all else
    await DB.prepare(`${sql};\nINSERT INTO d1_migrations (name) VALUES (${literal(file)})`).run()
  }
}

/**
 * Opens the local database and KV alone: the app's objects are no part of it. wrangler would open them with the same runtime,
 * but takes longer to load than all of this does, and asks Cloudflare where it is.
 */
async function reach(state: string) {
  refuseReadOnly(resolve(root, state))
  // it takes a moment to load, which a mistyped option should not
  const { convertV4MiniflareOptions, Miniflare } = await import('miniflare')
  const own = readFileSync(join(root, 'wrangler.toml'), 'utf8')
  const said = (field: string) => new RegExp(`^${field} = "(.*)"$`, 'm').exec(own)![1]!
  const runtime = new Miniflare(
    convertV4MiniflareOptions({
      modules: true,
      script: '',
      cf: false,
      compatibilityDate: said('compatibility_date'),
      d1Databases: { DB: said('preview_database_id') },
      kvNamespaces: { SNAPSHOTS: said('preview_id') },
      resourcePersistencePath: join(resolve(root, state), 'v3'),
    }),
  )
  const env = { DB: await runtime.getD1Database('DB'), SNAPSHOTS: await runtime.getKVNamespace('SNAPSHOTS') }
  return { env, dispose: () => runtime.dispose() }
}

/** So many characters of rows travel as one parameter. */
const PIECE = 500_000

function statements(DB: D1Database, change: Change): D1PreparedStatement[] {
  if (typeof change === 'string') return [DB.prepare(change)]
  const { table, rows, isOptional = false } = change
  return pieces(rows).map(({ columns, texts }) => {
    const names = columns.map((name) => `"${name}"`).join(', ')
    const values = columns.map((_, i) => `value ->> ${i}`).join(', ')
    const verb = isOptional ? 'INSERT OR IGNORE' : 'INSERT'
    const insert = `${verb} INTO "${table}" (${names}) SELECT ${values} FROM json_each(?)`
    return DB.prepare(insert).bind(`[${texts.join(',')}]`)
  })
}

/** Rows with the same columns, one behind the other, as texts of their values. */
function pieces(rows: readonly Row[]): { columns: string[]; texts: string[] }[] {
  const made: { columns: string[]; texts: string[]; length: number }[] = []
  for (const row of rows) {
    const columns = Object.keys(row)
    const text = JSON.stringify(Object.values(row))
    const last = made.at(-1)
    const isLike = last?.columns.join() === columns.join()
    if (last && isLike && last.length + text.length < PIECE) {
      last.texts.push(text)
      last.length += text.length
    } else made.push({ columns, texts: [text], length: text.length })
  }
  return made
}

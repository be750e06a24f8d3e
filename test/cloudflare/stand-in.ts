import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DatabaseSync } from 'node:sqlite'

// A small server that speaks the part of Cloudflare's REST API that deploying uses. It keeps what was made, runs SQL for
// real, and records every request. It checks the token, and refuses routes that it does not know.

export type Account = {
  databases: { uuid: string; name: string; sqlite: DatabaseSync }[]
  namespaces: { id: string; title: string; keys?: string[] }[]
  /** What was uploaded to be executed, by its name. */
  files: Map<string, string>
  queues: Queue[]
  scripts: Map<string, Script>
}

type Queue = { queue_id: string; queue_name: string; consumers: Record<string, unknown>[] }
type Script = { bindings: Binding[]; crons: string[]; uploads: number; secrets: Map<string, string> }
type Binding = { name: string; type: string; [field: string]: unknown }
type Answer = {
  status?: number
  result?: unknown
  errors?: { code: number; message: string }[]
  etag?: string
}
type Asked = {
  method: string
  path: string
  query: URLSearchParams
  body: string
  account: Account
  owners: readonly string[]
  host: string
}

export const TOKEN = 'a-token'
export const ACCOUNT = 'a0000000000000000000000000000001'
const IN_ACCOUNT = `/accounts/${ACCOUNT}/`
/** Where files are uploaded, without a token but at an address that nobody can guess. */
const UPLOADS = '/uploads/'

export type StandIn = { url: string; account: Account; requests: string[]; close: () => Promise<void> }

/** `owners` names the accounts that whoever asks may use; the first is the one that is kept here. */
export async function cloudflare(owners: readonly string[] = ['Owner']): Promise<StandIn> {
  const account: Account = { databases: [], namespaces: [], queues: [], scripts: new Map(), files: new Map() }
  const requests: string[] = []
  const answerTo = async (request: IncomingMessage): Promise<Answer> => {
    const { pathname: path, searchParams: query } = new URL(request.url!, 'http://localhost')
    const body = await bodyOf(request)
    requests.push(`${request.method} ${path}`)
    if (path.startsWith(UPLOADS)) {
      account.files.set(path.slice(UPLOADS.length), body)
      return { etag: createHash('md5').update(body).digest('hex') }
    }
    if (request.headers.authorization !== `Bearer ${TOKEN}`) {
      return { status: 403, errors: [{ code: 10000, message: 'Authentication error' }] }
    }
    const host = request.headers.host!
    const answer = answered({ account, owners, method: request.method!, path, query, body, host })
    // everything is on the first page
    const isLater = Number(query.get('page') ?? 1) > 1
    return isLater && Array.isArray(answer.result) ? { result: [] } : answer
  }
  const server = createServer(async (request, response) => {
    const { status = 200, result = null, errors = [], etag } = await answerTo(request)
    const count = Array.isArray(result) ? result.length : 1
    const result_info = { page: 1, per_page: 100, count, total_count: count, total_pages: 1 }
    response.writeHead(status, { 'content-type': 'application/json', ...(etag !== undefined && { etag }) })
    response.end(JSON.stringify({ success: errors.length === 0, errors, messages: [], result, result_info }))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    account,
    requests,
    close: () => new Promise((closed) => server.close(() => closed())),
  }
}

function answered(asked: Asked): Answer {
  const { path, owners } = asked
  if (path === '/user/tokens/verify') return { result: { id: 'token', status: 'active' } }
  if (path === '/user') return { result: { id: 'owner', email: 'owner@example.org' } }
  const accounts = owners.map((name, i) => ({ id: ACCOUNT.slice(0, -1) + (i + 1), name }))
  if (path === '/accounts') return { result: accounts }
  if (path === '/memberships')
    return { result: accounts.map((each) => ({ id: 'membership', account: each })) }
  const [kind, ...rest] = path.startsWith(IN_ACCOUNT) ? path.slice(IN_ACCOUNT.length).split('/') : []
  const answer = routes[kind ?? '']?.(asked, rest) ?? unknown(asked)
  if (answer.status === 404 && process.env.TOLD)
    console.error('404', asked.method, path, asked.body.slice(0, 1500))
  return answer
}

const unknown = ({ method, path }: Asked): Answer => missing(7003, `no route ${method} ${path}`)
const missing = (code: number, message: string): Answer => ({ status: 404, errors: [{ code, message }] })

const routes: Record<string, (asked: Asked, path: string[]) => Answer | null> = {
  d1(asked, [, id, action]) {
    const { account, method, query, body } = asked
    const shown = ({ uuid, name }: Account['databases'][number]) => ({ uuid, name, version: 'production' })
    if (id === undefined && method === 'GET') {
      const name = query.get('name')
      return { result: account.databases.filter((each) => name === null || each.name === name).map(shown) }
    }
    if (id === undefined && method === 'POST') {
      const { name } = JSON.parse(body) as { name: string }
      const database = { uuid: newId(), name, sqlite: new DatabaseSync(':memory:') }
      account.databases.push(database)
      return { result: shown(database) }
    }
    const database = account.databases.find((each) => each.uuid === id || each.name === id)
    if (!database) return missing(7404, `The database ${id} could not be found`)
    if (action === undefined) return { result: shown(database) }
    if (action === 'import') return imported(asked, database.sqlite)
    if (action !== 'query') return null
    const { sql } = JSON.parse(body) as { sql: string }
    try {
      return {
        result: statementsIn(sql).map((each) => ({
          success: true,
          meta: {},
          results: run(database.sqlite, each),
        })),
      }
    } catch (error) {
      return { status: 400, errors: [{ code: 7500, message: (error as Error).message }] }
    }
  },

  storage({ account, method, body }, [, , id, part]) {
    if (id !== undefined) {
      const found = account.namespaces.find((each) => each.id === id)
      if (!found) return missing(10013, 'namespace not found')
      if (part === 'keys') return { result: (found.keys ?? []).map((name) => ({ name })) }
      if (part === 'bulk') {
        const gone = JSON.parse(body) as string[]
        found.keys = (found.keys ?? []).filter((name) => !gone.includes(name))
      }
      return { result: found }
    }
    if (method === 'GET') return { result: account.namespaces }
    const { title } = JSON.parse(body) as { title: string }
    const namespace = { id: newId(), title }
    account.namespaces.push(namespace)
    return { result: namespace }
  },

  queues({ account, method, query, body }, [id, part, consumer]) {
    if (id === undefined && method === 'GET') {
      const name = query.get('name')
      return { result: account.queues.filter((each) => name === null || each.queue_name === name) }
    }
    if (id === undefined) {
      const { queue_name } = JSON.parse(body) as { queue_name: string }
      const queue: Queue = { queue_id: newId(), queue_name, consumers: [] }
      account.queues.push(queue)
      return { result: queue }
    }
    const queue = account.queues.find((each) => each.queue_id === id)
    if (!queue) return missing(11000, 'queue not found')
    if (part === undefined) return { result: queue }
    if (method === 'GET') return { result: queue.consumers }
    const { script_name: script, ...rest } = JSON.parse(body) as { script_name: string }
    const settings = { consumer_id: consumer ?? newId(), script, ...rest }
    queue.consumers = [...queue.consumers.filter((each) => each.consumer_id !== consumer), settings]
    return { result: settings }
  },
}

routes.workers = ({ account, method, body }, [kind, name, part]) => {
  if (kind === 'subdomain') return { result: { subdomain: 'owner' } }
  const script = account.scripts.get(name!)
  if (kind === 'workers')
    return { result: { id: name, name, subdomain: { enabled: true, previews_enabled: false } } }
  if (kind === 'services') {
    if (!script) return missing(10090, 'This Worker does not exist on your account.')
    return {
      result: {
        id: name,
        default_environment: {
          environment: 'production',
          script: { id: name, last_deployed_from: 'wrangler' },
        },
      },
    }
  }
  if (kind !== 'scripts') return null
  // all files are there already
  if (part === 'assets-upload-session') return { result: { jwt: 'files', buckets: [] } }
  if (part === undefined && method === 'PUT') {
    const { bindings } = JSON.parse(/name="metadata"[^{]*(\{.*\})\r?\n--/.exec(body)![1]!) as {
      bindings: Binding[]
    }
    const known = new Map(script?.bindings.map((each) => [each.name, each]))
    const bound = bindings.map((each) => (each.type === 'inherit' ? known.get(each.name)! : each))
    const lost = bound.find(
      ({ type, namespace_id }) =>
        type === 'kv_namespace' && !account.namespaces.some(({ id }) => id === namespace_id),
    )
    if (lost)
      return {
        status: 400,
        errors: [{ code: 10041, message: `KV namespace '${String(lost.namespace_id)}' not found.` }],
      }
    account.scripts.set(name!, {
      crons: script?.crons ?? [],
      uploads: (script?.uploads ?? 0) + 1,
      bindings: bound,
      secrets: script?.secrets ?? new Map<string, string>(),
    })
    return {
      result: {
        id: name,
        etag: 'e',
        entry_point: 'index.js',
        startup_time_ms: 20,
        pipeline_hash: 'p',
        deployment_id: 'd',
      },
    }
  }
  if (!script) return missing(10007, 'This Worker does not exist on your account.')
  if (part === 'schedules') {
    if (method === 'PUT') script.crons = (JSON.parse(body) as { cron: string }[]).map(({ cron }) => cron)
    return { result: { schedules: script.crons.map((cron) => ({ cron })) } }
  }
  if (part === 'subdomain') return { result: { enabled: true, previews_enabled: false } }
  if (part === 'secrets') {
    if (method === 'PUT') {
      const secret = JSON.parse(body) as { name: string; text: string }
      script.secrets.set(secret.name, secret.text)
    }
    return { result: [...script.secrets.keys()].map((each) => ({ name: each, type: 'secret_text' })) }
  }
  if (part === 'deployments') return { result: { deployments: [] } }
  if (part === 'script-settings') return { result: {} }
  if (part === 'settings') return { result: { bindings: script.bindings } }
  return null
}

/** A file of statements: it is uploaded, and then executed as one transaction. */
function imported({ account, body, host }: Asked, sqlite: DatabaseSync): Answer {
  const { action, etag } = JSON.parse(body) as { action: string; etag: string }
  if (action === 'init') return { result: { filename: etag, upload_url: `http://${host}${UPLOADS}${etag}` } }
  const sql = account.files.get(etag)!
  const done = { success: true, type: 'import', at_bookmark: 'b', messages: [] }
  // https://developers.cloudflare.com/d1/platform/limits/
  if (statementsOf(sql).some((each) => Buffer.byteLength(each) > 100_000))
    return { result: { ...done, status: 'error', errors: ['statement too long: SQLITE_TOOBIG'] } }
  try {
    sqlite.exec(`BEGIN;${sql};COMMIT`)
  } catch (error) {
    sqlite.exec('ROLLBACK')
    return { result: { ...done, status: 'error', errors: [(error as Error).message] } }
  }
  const meta = { duration: 1, rows_read: 0, rows_written: 0, size_after: 0 }
  return { result: { ...done, status: 'complete', result: { num_queries: 1, final_bookmark: 'b', meta } } }
}

/** A statement ends at a semicolon that stands in no text. To load wrangler for this would take a second. */
function statementsOf(sql: string): string[] {
  return sql.match(/(?:'[^']*'|[^';])*;/g) ?? []
}

/** Several questions in one text; what changes the database is executed as a whole. */
function statementsIn(sql: string): string[] {
  return /^\s*SELECT/i.test(sql) ? sql.split(/;\n/) : [sql]
}

function run(sqlite: DatabaseSync, sql: string): unknown[] {
  const isAnswered = /^\s*(SELECT|PRAGMA)/i.test(sql)
  if (isAnswered) return sqlite.prepare(sql).all()
  sqlite.exec(sql)
  return []
}

let made = 0
const newId = () => `c10dfa2e${String(++made).padStart(24, '0')}`

function bodyOf(request: IncomingMessage): Promise<string> {
  return new Promise((read) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => read(Buffer.concat(chunks).toString('utf8')))
  })
}

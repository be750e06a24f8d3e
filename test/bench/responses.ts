import { hashOf } from '../../src/web/access/secret.ts'
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { readD1Migrations } from '@cloudflare/vitest-pool-workers'
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare'
import { unstable_getMiniflareWorkerOptions } from 'wrangler'

const root = join(import.meta.dirname, '../..')

export type Served = {
  /** The local bindings, to prepare and to empty storage by. */
  db: D1
  snapshots: Awaited<ReturnType<Miniflare['getKVNamespace']>>
  /**
   * One request on the one connection that stays open: the whole answer, and the milliseconds it took. A Worker beside ours
   * has a port of its own.
   */
  send(path: string, init?: Init): Promise<Answered>
  /** Where it listens. */
  origin: string
  worker: ByHand
  /** A Worker beside ours. */
  beside(name: string): Promise<ByHand>
  close(): Promise<void>
}

/** A Worker whose clock and queue are worked by hand. */
type ByHand = {
  scheduled(event: { cron: string; scheduledTime?: Date }): Promise<unknown>
  queue(
    name: string,
    messages: { id: string; timestamp: Date; attempts: number; body: unknown }[],
  ): Promise<unknown>
}

export type D1 = Awaited<ReturnType<Miniflare['getD1Database']>>
type Init = {
  method?: string
  type?: string
  body?: string
  cookie?: string
  headers?: Record<string, string>
  port?: number
}
type Answered = { status: number; ms: number; body: string }

/**
 * The Worker as it is deployed, built and minified, behind a socket of its own: no assets in front, no proxy and no log
 * of `wrangler dev`, which would cost more than the Worker does. Its market is the invented one; nothing asks it.
 */
export async function served(ports: Ports, kept: Kept = {}): Promise<Served> {
  build()
  return serve(ports, kept)
}

/** A folder to keep the storage in, which a later process finds again, a stand-in for Yahoo, and the Workers beside ours. */
type Kept = { folder?: string; yahoo?: string; beside?: (own: OwnOptions) => Beside[] }

/** How Miniflare is told of our Worker. */
export type OwnOptions = ReturnType<typeof unstable_getMiniflareWorkerOptions>['workerOptions']
export type Beside = OwnOptions & { name: string; modules: Module[] }
type Module = { type: 'ESModule' | 'Text'; path: string; contents: string }

export type Ports = { entry: number; direct: number }

/** Bundles and minifies the Worker into `dist`. */
export function build(): void {
  const wrangler = join(root, 'node_modules/wrangler/bin/wrangler.js')
  const built = ['deploy', '--dry-run', '--outdir', 'dist', '--minify']
  execFileSync(process.execPath, [wrangler, ...built], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
}

/** Serves what was built. */
export async function serve(ports: Ports, { folder, yahoo, beside }: Kept = {}): Promise<Served> {
  const { workerOptions } = unstable_getMiniflareWorkerOptions(join(root, 'wrangler.toml'))
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      host: '127.0.0.1',
      port: ports.entry,
      cf: false,
      log: new Log(LogLevel.NONE),
      logRequests: false,
      handleStructuredLogs: () => undefined,
      ...(folder !== undefined && { resourcePersistencePath: folder }),
      workers: [
        {
          ...workerOptions,
          name: 'yardstick',
          bindings: { MARKET: yahoo ? 'yahoo' : 'demo', YAHOO_BASE_URL: yahoo ?? '', LIMITS: 'off' },
          modules: builtModules(),
          unsafeDirectSockets: [{ host: '127.0.0.1', port: ports.direct }],
        },
        ...(beside?.(workerOptions) ?? []),
      ],
    }),
  )
  await miniflare.ready
  const db = await miniflare.getD1Database('DB')
  const isNew = (await db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'portfolios'").first()) === null
  for (const { queries } of isNew ? await readD1Migrations(join(root, 'migrations')) : []) {
    for (const query of queries) await db.prepare(query).run()
  }
  if (isNew) await signIn(db)
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const worker = async (name: string) => (await miniflare.getWorker(name)) as unknown as ByHand
  return {
    db,
    origin: `http://127.0.0.1:${ports.direct}`,
    snapshots: await miniflare.getKVNamespace('SNAPSHOTS'),
    worker: await worker('yardstick'),
    beside: worker,
    send: (path, init) => answered(agent, init?.port ?? ports.direct, path, init),
    close: async () => {
      agent.destroy()
      await miniflare.dispose()
    },
  }
}

/** The session of an account, as its browser presents it. */
export const cookieOf = (account: string) => `__Host-session=${account.padEnd(43, 's')}`

/** What was built, and what `[[rules]]` of wrangler.toml keeps apart. */
export function builtModules(): Module[] {
  const contents = (path: string) => readFileSync(join(root, 'dist', path), 'utf8')
  const texts = readdirSync(join(root, 'dist')).filter((name) => name.endsWith('.csv'))
  return [
    { type: 'ESModule', path: 'index.js', contents: contents('index.js') },
    ...texts.map((path): Module => ({ type: 'Text', path, contents: contents(path) })),
  ]
}

/** Makes an account with a session of a year; `owner` is the one that makes what the bench makes. */
export async function signIn(db: D1, account = 'owner'): Promise<void> {
  const until = Date.now() + 365 * 86_400_000
  const hash = await hashOf(cookieOf(account).split('=')[1]!)
  await db
    .prepare("INSERT INTO owners (id, created_at, name, is_admin) VALUES (?, 0, 'Ann', ?)")
    .bind(account, account === 'owner' ? 1 : 0)
    .run()
  await db
    .prepare(
      `INSERT INTO sessions (hash, id, account_id, created_at, used_at, expires_at, ends_at, device)
       VALUES (?, ?, ?, 0, ${until}, ${until}, ${until}, 'A program')`,
    )
    .bind(hash, `of ${account}`, account)
    .run()
}

/** The CPU of all threads of the workerd that this process has started, in milliseconds. Linux alone says it. */
export function cpuOfWorkerd(): number {
  const children = readdirSync('/proc/self/task').flatMap((thread) =>
    readFileSync(`/proc/self/task/${thread}/children`, 'utf8').trim().split(' '),
  )
  const workerd = children.find(
    (pid) => pid && readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'workerd',
  )
  if (workerd === undefined) throw new Error('workerd is no child of this process')
  const threads = readdirSync(`/proc/${workerd}/task`)
  const nanoseconds = threads.map((thread) =>
    Number(readFileSync(`/proc/${workerd}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
  )
  return nanoseconds.reduce((sum, each) => sum + each, 0) / 1e6
}

function answered(agent: Agent, port: number, path: string, init: Init = {}): Promise<Answered> {
  const { method = 'GET', type, body, cookie = cookieOf('owner') } = init
  return new Promise((resolve, reject) => {
    const started = performance.now()
    const headers = {
      ...(type && { 'content-type': type, origin: `http://127.0.0.1:${port}` }),
      ...init.headers,
      cookie,
      ...(body && { 'content-length': Buffer.byteLength(body) }),
    }
    const asked = request({ agent, host: '127.0.0.1', port, path, method, headers }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('error', reject)
      answer.on('end', () => {
        const ms = performance.now() - started
        resolve({ status: answer.statusCode!, ms, body: Buffer.concat(chunks).toString() })
      })
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

import { execFileSync } from 'node:child_process'
import { accessSync, constants, existsSync, readFileSync, statfsSync } from 'node:fs'
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-pool-workers'
import { defineConfig } from 'vitest/config'
import { flexStandIn } from './test/brokers/ibkr/stand-in.ts'
import { snapTradeStandIn } from './test/brokers/snaptrade/stand-in.ts'
import { noticeStandIn } from './test/notices/stand-in.ts'
import { replacedModules } from './test/replaced-modules.ts'

// the local platform would ask Cloudflare where it is
process.env.CLOUDFLARE_CF_FETCH_ENABLED = 'false'
// the local platform syncs each write to the disk, two hundred times a test: in memory nothing waits for that
if (isRoomy('/dev/shm')) process.env.TMPDIR = '/dev/shm'

// the pages name the files of the browser's part, which a fresh clone does not have
if (!existsSync('src/web/assets.json') || !existsSync('static/api/reference.txt')) {
  execFileSync(process.execPath, ['--import', './src/local/needs-node.mjs', 'src/local/build-client.ts'])
}

/**
 * Node imports the files as they are, and `test/as-deployed.ts` replaces what wrangler.toml does. Vite would rewrite each
 * file and reach all that it imports through an object, an eighth of what the core project takes. JSX is nothing that Node
 * reads: what imports a page is tested in workerd.
 */
const native = {
  experimental: { viteModuleRunner: false, nodeLoader: false },
  execArgv: ['--import', new URL('test/as-deployed.ts', import.meta.url).href],
}

/** The one broker that tests ask, over its own HTTP. */
const flexService = flexStandIn()
const snapTrade = snapTradeStandIn()

/** What is pure of the upper floors: nothing of it needs workerd, where a file costs a reset of the storage. */
const PURE = [
  'test/coordinator/{coordinator-state,refresh-state,snapshot-builder}.test.ts',
  'test/web/{format,import-answer,packed-lines,remembered-routes,treemap,views/html,words}.test.ts',
  'test/web/access/{network,no-attestation,role}.test.ts',
  'test/web/mcp/{arguments,confirmation}.test.ts',
  'test/jobs/{poll-plan,refresh-plan,source}.test.ts',
  'test/storage/{read-once,row-ids}.test.ts',
]

/** Who may do what, and what is refused. */
const ACCESS = 'test/web/access/**/*.test.ts'

/** What breaks each part in turn, and all of them at once. */
const FAULTS = 'test/{coordinator,jobs}/{*faults,chaos}.test.ts'

/** A poll gives up after a second otherwise, which a busy machine needs for one page. */
const PATIENT = { timeout: 60_000 }

export default defineConfig({
  test: {
    reporters: ['default', './test/closing-line.ts'],
    // the app logs a line an event; a failed test shows its own
    silent: 'passed-only',
    // what Vite made of a module is kept below node_modules, by the text of the module, of this file and of the lockfile
    fsModuleCache: true,
    projects: [
      {
        test: {
          ...native,
          name: 'core',
          environment: 'node',
          // nothing of a file outlives it (`npm run test:alone`), and a process for each took twice the time
          isolate: false,
          // random ledgers are mostly garbage: a twelfth of the time went into collecting it sooner
          execArgv: [...native.execArgv, '--max-semi-space-size=64'],
          testTimeout: 60_000,
          setupFiles: ['./test/setup.ts'],
          include: [
            'test/*.test.ts',
            'test/{portfolio,metrics,snapshot,statements,market,brokers,notices,demo,reference,local}/**/*.test.ts',
            ...PURE,
          ],
        },
      },
      // two of like size, each run in a process of its own (test/check.ts), so that both cores of a small machine have a
      // workerd: what readers see, and what is done behind them, breaks or is refused
      inWorkerd('worker', {
        include: ['test/{web,coordinator}/**/*.test.ts'],
        exclude: [ACCESS, FAULTS, ...PURE],
      }),
      inWorkerd('background', {
        // the cookies of Yahoo are tried on workerd as well
        include: ['test/{storage,jobs}/**/*.test.ts', ACCESS, FAULTS, 'test/market/yahoo/cookies.test.ts'],
        exclude: PURE,
      }),
      {
        test: {
          ...native,
          name: 'browser',
          environment: 'node',
          // wrangler, its server and Chromium are started once for all files
          isolate: false,
          fileParallelism: false,
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['./test/browser/unpack-chromium.ts'],
          setupFiles: ['./test/browser/setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          expect: { poll: PATIENT },
        },
      },
    ],
  },
})

/** Whether there is such a folder, and in it a gigabyte for a run's temporary files. */
function isRoomy(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize >= 1 << 30
  } catch {
    return false
  }
}

/** Tests that run inside the Workers runtime, with its real D1, KV, queues and Durable Objects. */
function inWorkerd(name: string, files: { include: string[]; exclude?: string[] }) {
  return {
    resolve: { alias: replacedModules().map(([find, replacement]) => ({ find, replacement })) },
    plugins: [
      cloudflareTest(async () => ({
        main: './test/worker/index.ts',
        wrangler: { configPath: './wrangler.toml' },
        miniflare: {
          bindings: {
            MARKET: 'demo',
            LIMITS: 'off',
            ORIGIN: 'https://yardstick.test',
            TEST_MIGRATIONS: await readD1Migrations('./migrations'),
            CHAOS_SEED: process.env.CHAOS_SEED ?? '',
            CHAOS_OPERATIONS: process.env.CHAOS_OPERATIONS ?? '',
            TEST_SLOWNESS: process.env.TEST_SLOWNESS ?? '',
            TEST_STARTS_AT: process.env.TEST_STARTS_AT ?? '',
            TEST_CRONS: (await import('wrangler')).unstable_readConfig({ config: './wrangler.toml' }).triggers
              .crons,
          },
          // an outbound fetch() that no test answered ends here, on the Node side: never the network
          outboundService: async (request: Request) => {
            const { hostname } = new URL(request.url)
            if (hostname === 'ndcdyn.interactivebrokers.com') return flexService(request)
            if (hostname === 'api.snaptrade.com') return snapTrade(request)
            const answer = await noticeStandIn(request)
            return answer ?? new Response(`no network in tests: ${request.url}`, { status: 599 })
          },
        },
      })),
    ],
    test: {
      name,
      ...files,
      // what is replaced in them is found by Vite only where it transforms them
      server: { deps: { inline: ['yahoo-finance2', 'tough-cookie', '@simplewebauthn/server'] } },
      setupFiles: ['./test/worker/setup.ts'],
      isolate: false,
      // for slow machines; nothing is measured by it
      testTimeout: 120_000,
      hookTimeout: 120_000,
      expect: { poll: PATIENT },
    },
  }
}

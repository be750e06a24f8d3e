import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-pool-workers'
import { defineConfig } from 'vitest/config'
import { unstable_readConfig } from 'wrangler'

// the local platform would ask Cloudflare where it is
process.env.CLOUDFLARE_CF_FETCH_ENABLED = 'false'

export default defineConfig({
  test: {
    reporters: ['default', './test/closing-line.ts'],
    // the app logs a line an event; a failed test shows its own
    silent: 'passed-only',
    projects: [
      {
        test: {
          name: 'core',
          environment: 'node',
          include: ['test/*.test.ts', 'test/{portfolio,metrics,snapshot,statements,market,demo}/**/*.test.ts'],
        },
      },
      {
        plugins: [
          cloudflareTest(async () => ({
            main: './src/index.ts',
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              bindings: {
                MARKET: 'demo',
                TEST_MIGRATIONS: await readD1Migrations('./migrations'),
                CHAOS_SEED: process.env.CHAOS_SEED ?? '',
                TEST_CRONS: unstable_readConfig({ config: './wrangler.toml' }).triggers.crons,
              },
              // an outbound fetch() that no test answered ends here, on the Node side: never the network
              outboundService: (request: Request) =>
                new Response(`no network in tests: ${request.url}`, { status: 599 }),
            },
          })),
        ],
        test: {
          name: 'worker',
          include: ['test/{storage,coordinator,jobs,web}/**/*.test.ts'],
          setupFiles: ['./test/worker/setup.ts'],
          isolate: false,
          // for slow machines; nothing is measured by it
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'browser',
          environment: 'node',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['./test/browser/unpack-chromium.ts'],
          testTimeout: 60_000,
          hookTimeout: 90_000,
        },
      },
    ],
  },
})

import { reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterAll, afterEach, beforeAll, vi } from 'vitest'
import { claimInstance } from './account.ts'
import { startClockAt } from '../starting-clock.ts'
import { takeAppLog, takeLeaks } from './app-log.ts'
import { forgetShared } from './invested.ts'
import { beginMessages, endLeftOver } from './left-over.ts'

// Vitest puts back what a file before has spied on, but neither its clock nor its globals.
vi.useRealTimers()
vi.unstubAllGlobals()

// `npm run test:hours` says at which instant each file is to begin
if (env.TEST_STARTS_AT) startClockAt(Number(env.TEST_STARTS_AT))

// Every file starts from empty storage; its tests share it.
beforeAll(async () => {
  await endLeftOver()
  // the platform answers before it has, and does not do it at all where D1 is still at work
  await vi.waitFor(
    async () => {
      await reset()
      const left = await env.DB.prepare('SELECT name FROM sqlite_master').all()
      if (left.results.length > 0) throw new Error('the database has not been emptied')
    },
    { timeout: 60_000, interval: 50 },
  )
  // as one statement, for each of a hundred files: a batch of them takes twice the time, and the platform's own way a trip
  // a migration
  const queries = env.TEST_MIGRATIONS.flatMap((migration) => migration.queries)
  await env.DB.prepare(queries.join(';\n')).run()
  await claimInstance()
  forgetShared()
  beginMessages()
})

afterEach(({ task }) => {
  const lines = takeAppLog()
  if (task.result?.state === 'fail') console.log(['the app logged:', ...lines].join('\n'))
})

// whatever a file has tried
afterAll(() => {
  const leaks = takeLeaks()
  if (leaks.length > 0) throw new Error(`the log has a secret, an amount or a note in it: ${leaks[0]}`)
})

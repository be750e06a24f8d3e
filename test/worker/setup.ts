import { applyD1Migrations, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeAll } from 'vitest'
import { startClockAt } from '../starting-clock.ts'
import { takeAppLog } from './app-log.ts'

// `npm run test:hours` says at which instant each file is to begin
if (env.TEST_STARTS_AT) startClockAt(Number(env.TEST_STARTS_AT))

// Every file starts from empty storage; its tests share it.
beforeAll(async () => {
  await reset()
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
})

afterEach(({ task }) => {
  const lines = takeAppLog()
  if (task.result?.state === 'fail') console.log(['the app logged:', ...lines].join('\n'))
})

import { startClockAt } from './starting-clock.ts'

// `npm run test:hours` says at which instant the tests are to be run
if (process.env.TEST_STARTS_AT) startClockAt(Number(process.env.TEST_STARTS_AT))

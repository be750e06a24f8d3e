import { afterAll } from 'vitest'
import { takeLeaks } from './app-log.ts'

// whatever a file has tried
afterAll(() => {
  const leaks = takeLeaks()
  if (leaks.length > 0) throw new Error(`the log has a secret, an amount or a note in it: ${leaks[0]}`)
})

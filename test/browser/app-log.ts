import type { Page } from 'playwright-core'
import type { createTestHarness } from 'wrangler'
import { enteredIn, isLeak } from '../worker/leaks.ts'

type Harness = ReturnType<typeof createTestHarness>

const running = new Set<Harness>()
const lines: string[] = []
/** What people have entered on a page: notes, names, remarks. */
const entered = new Set<string>()

/** Keeps what the app of a server logs, until it is searched. Its `close` is the server's from here on. */
export function keepLog(harness: Harness): Pick<Harness, 'close'> {
  running.add(harness)
  return {
    async close() {
      take(harness)
      running.delete(harness)
      await harness.close()
    },
  }
}

/** Notes what a page sends of what a person writes. */
export function noteTyped(page: Page): void {
  page.on('request', (request) => {
    if (request.method() === 'GET') return
    const body = request.postData()
    const isForm = request.headers()['content-type']?.includes('urlencoded')
    for (const text of enteredIn(isForm ? new URLSearchParams(body ?? '') : body)) entered.add(text)
  })
}

/** The lines with a secret in them, an amount, or what somebody has entered, since this was last asked. */
export function takeLeaks(): string[] {
  for (const harness of running) take(harness)
  const leaks = lines.splice(0).filter((line) => isLeak(line, entered))
  entered.clear()
  return leaks
}

function take(harness: Harness): void {
  for (const { message } of harness.getLogs()) if (message.startsWith('{"event":')) lines.push(message)
  harness.clearLogs()
}

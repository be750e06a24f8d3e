import {
  createExecutionContext,
  createMessageBatch,
  runDurableObjectAlarm,
  runInDurableObject,
} from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import worker from '../../src/index.ts'
import type { RefreshMessage } from '../../src/jobs/messages.ts'
import { runCron } from '../../src/jobs/schedule.ts'
import { app } from '../../src/web/app.tsx'
import { HOST, upstreamCalls, signed } from './app.ts'
import { type Counts, countingEnv } from './counting.ts'
import { withOwnDesk } from './queue.ts'

/** wrangler.toml, max_batch_size */
export const BATCH = 12

/** What the app asked of platform and market while it was metered; a message counts when it is sent. */
export type Metered = Counts & { requests: number; batches: number; upstream: number }

/**
 * The app with every binding counted, those of its coordinators too. What goes into the queue waits until `deliver`
 * hands it to the consumer, so that all of a minute's work is over before the next begins.
 */
export function metered() {
  const sent: RefreshMessage[] = []
  const queue = {
    send: (body: RefreshMessage) => void sent.push(body),
    sendBatch: (messages: { body: RefreshMessage }[]) => void sent.push(...messages.map(({ body }) => body)),
  }
  const { env: counting, counts, statements } = countingEnv({ ...env, REFRESH: queue as never })
  let [requests, batches, messages, upstreamBefore] = [0, 0, 0, 0]
  const upstream = async () => {
    const { quote = 0, chart = 0, search = 0 } = await upstreamCalls()
    return quote + chart + search
  }

  return {
    /** The bindings, counted. */
    env: counting,
    statements,
    sent,
    /** From here on this portfolio's coordinator is counted as well. */
    async watchOver(id: string): Promise<void> {
      await runInDurableObject(env.PORTFOLIO.getByName(id), (object) => {
        Object.assign(object, { env: counting })
      })
    },
    /** The alarm of a portfolio at `now`, if it is due by then. */
    async alarm(id: string, now: number): Promise<void> {
      const object = env.PORTFOLIO.getByName(id)
      const due = await runInDurableObject(object, (_, { storage }) => storage.getAlarm())
      if (due === null || due > now) return
      counts.objectCalls++
      await runDurableObjectAlarm(object)
    },
    async start(): Promise<void> {
      for (const key of Object.keys(counts) as (keyof Counts)[]) counts[key] = 0
      statements.length = 0
      requests = 0
      batches = 0
      messages = 0
      upstreamBefore = await upstream()
    },
    async read(): Promise<Metered> {
      return { ...counts, messages, requests, batches, upstream: (await upstream()) - upstreamBefore }
    },
    /** Of the owner, or of whoever has these headers. */
    async request(path: string, init?: RequestInit, who?: { cookie: string }): Promise<Response> {
      requests++
      const ctx = createExecutionContext()
      const asked = who ? new Request(HOST + path, { ...init, headers: who }) : signed(HOST + path, init)
      return app.fetch(asked, counting, ctx)
    },
    async cron(now: number, cron = '* * * * *'): Promise<void> {
      requests++
      // the Worker's call of the desk that does it
      counts.objectCalls++
      await runCron(cron, now, counting)
    },
    /** Answers what was delivered. */
    async deliver(): Promise<RefreshMessage[]> {
      const delivered: RefreshMessage[] = []
      while (sent.length > 0) {
        const bodies = sent.splice(0, BATCH)
        messages += bodies.length
        batches++
        delivered.push(...bodies)
        const batch = createMessageBatch(
          'yardstick-refresh',
          bodies.map((body) => ({ id: crypto.randomUUID(), timestamp: new Date(), attempts: 1, body })),
        )
        await worker.queue(
          batch as never,
          withOwnDesk(counting, () => counts.objectCalls++),
        )
      }
      return delivered
    },
  }
}

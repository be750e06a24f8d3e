import { AsyncLocalStorage } from 'node:async_hooks'
import {
  createExecutionContext,
  createMessageBatch,
  createScheduledController,
  getQueueResult,
  waitOnExecutionContext,
} from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterAll, beforeAll } from 'vitest'
import { LedgerReader } from '../../src/coordinator/ledger-reader.ts'
import { ListedReports } from '../../src/coordinator/listed-reports.ts'
import { PortfolioReports } from '../../src/coordinator/portfolio-reports.ts'
import { PortfolioWrites } from '../../src/coordinator/portfolio-writes.ts'
import { Allowances, PortfolioCoordinator } from '../../src/index.ts'
import { PriceDesk } from '../../src/jobs/price-desk.ts'
import worker from '../../src/index.ts'
import { MarketGateway as Deployed } from '../../src/jobs/market-gateway.ts'
import type { RefreshMessage } from '../../src/jobs/messages.ts'
import { app } from '../../src/web/app.tsx'
import { HOST, signed } from './app.ts'
import { type Counts, countingEnv, nothing } from './counting.ts'
import { MarketGateway } from './faulty-gateway.ts'
import { BATCH } from './metered.ts'

/** One call of the Worker or of an object, and what it asked for itself, retries included. */
export type Invocation = { name: string; counts: Counts; external: string[] }

/** How often the queue delivers a message: wrangler.toml, max_retries, and once before. */
const TRIES = 4

/**
 * The app with each invocation counted by itself, as the platform limits them: a request, a batch of the queue, a run of
 * the clock, and each call of an object. What goes into the queue waits until `deliver`. Addresses that the gateway
 * calls are in `external`. Call it at the top of a file: the objects are counted while the file's tests run. They are not
 * from the call on, since Vitest runs no hook of a file whose tests are all left out, and nobody would make them what they
 * were.
 */
export function invocations() {
  const made: Invocation[] = []
  const sent: { id: string; timestamp: Date; attempts: number; body: RefreshMessage }[] = []
  const current = new AsyncLocalStorage<{ whose: object; counts: Counts; external: string[] }>()
  const lost = { ...nothing }
  const queue = {
    sendBatch: async (messages: Iterable<{ body: RefreshMessage }>) => {
      const timestamp = new Date()
      for (const { body } of messages) sent.push({ id: crypto.randomUUID(), timestamp, attempts: 1, body })
    },
  }
  const { env: counting } = countingEnv(
    { ...env, REFRESH: queue as never },
    () => current.getStore()?.counts ?? lost,
  )
  const counted = <T>(name: string, whose: object, work: () => T): T => {
    const one = { whose, counts: { ...nothing }, external: [] }
    made.push({ name, ...one })
    return current.run(one, work)
  }

  let restores: (() => void)[] = []
  beforeAll(() => {
    restores = [
      LedgerReader,
      ListedReports,
      PortfolioReports,
      PortfolioWrites,
      PortfolioCoordinator,
      PriceDesk,
      Allowances,
      Deployed,
    ].map(({ prototype }) =>
      replaced(
        prototype,
        (name, method) =>
          function (this: object, ...given) {
            Object.assign(this, { env: counting })
            const call = () => method.apply(this, given)
            // a method that the object calls itself is a part of what it was asked for
            return current.getStore()?.whose === this || name === 'marketOf'
              ? call()
              : counted(`${prototype.constructor.name}.${name}`, this, call)
          },
      ),
    )
    restores.push(
      replaced(
        MarketGateway.prototype,
        (name, method) =>
          function (this: object, ...given) {
            const answer = method.apply(this, given)
            if (name !== 'network') return answer
            const network = answer as typeof fetch
            return (input: RequestInfo | URL, init?: RequestInit) => {
              current.getStore()!.external.push(input instanceof Request ? input.url : String(input))
              return network(input, init)
            }
          },
      ),
    )
  })
  afterAll(() => restores.forEach((restore) => restore()))

  return {
    made,
    sent,
    async request(path: string, init?: RequestInit): Promise<Response> {
      const ctx = createExecutionContext()
      const asked = signed(HOST + path, init)
      const answer = await counted(`${asked.method} ${path.replaceAll(/[\da-f-]{36}/g, ':id')}`, app, () =>
        app.fetch(asked, counting, ctx),
      )
      await waitOnExecutionContext(ctx)
      return answer
    },
    cron(cron: string, now: number): Promise<void> {
      const event = createScheduledController({ cron, scheduledTime: new Date(now) })
      return counted(`cron ${cron}`, worker, () => worker.scheduled(event, counting))
    },
    /** Delivers what is in the queue, or the next batch of it; what is to be tried again goes behind the others. */
    async deliver(batches = Infinity): Promise<void> {
      for (let i = 0; i < batches && sent.length > 0; i++) {
        const messages = sent.splice(0, BATCH)
        const batch = createMessageBatch('yardstick-refresh', messages)
        const ctx = createExecutionContext()
        await counted('queue', worker, () => worker.queue(batch as never, counting))
        const { retryMessages } = await getQueueResult(batch, ctx)
        const again = messages.filter(({ id }) => retryMessages.some(({ msgId }) => msgId === id))
        sent.push(
          ...again
            .map((each) => ({ ...each, attempts: each.attempts + 1 }))
            .filter(({ attempts }) => attempts <= TRIES),
        )
      }
    },
  }
}

type Method = (this: object, ...given: unknown[]) => unknown

/** Puts other methods in the place of a class's own; answers what puts them back. */
function replaced(prototype: object, by: (name: string, method: Method) => Method): () => void {
  const before = Object.getOwnPropertyDescriptors(prototype)
  for (const [name, descriptor] of Object.entries(before)) {
    if (name === 'constructor' || typeof descriptor.value !== 'function') continue
    Object.defineProperty(prototype, name, { ...descriptor, value: by(name, descriptor.value as Method) })
  }
  return () => Object.defineProperties(prototype, before)
}

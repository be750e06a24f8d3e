import { createExecutionContext, createMessageBatch, getQueueResult } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import worker from '../../src/index.ts'
import { carryOut, type Delivery } from '../../src/jobs/price-desk.ts'

/** Hands one message to the consumer and answers what became of it. */
export async function deliver(body: unknown, attempts = 1, queue = 'yardstick-refresh', bindings: Env = env) {
  const batch = createMessageBatch(queue, [
    { id: crypto.randomUUID(), timestamp: new Date(), attempts, body },
  ])
  const ctx = createExecutionContext()
  await worker.queue(batch as never, withOwnDesk(bindings))
  return getQueueResult(batch, ctx)
}

/** These bindings with desks that work with them, and not with the object's own; `note` hears of each call. */
export function withOwnDesk(bindings: Env, note: () => void = () => {}): Env {
  const desk = {
    carryOut: (delivery: Delivery) => {
      note()
      return carryOut(delivery, bindings)
    },
  }
  return { ...bindings, PRICE_DESK: { getByName: () => desk } as unknown as Env['PRICE_DESK'] }
}

import { createExecutionContext, createMessageBatch, getQueueResult } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import worker from '../../src/index.ts'

/** Hands one message to the consumer and answers what became of it. */
export async function deliver(body: unknown, attempts = 1, queue = 'yardstick-refresh', bindings: Env = env) {
  const batch = createMessageBatch(queue, [
    { id: crypto.randomUUID(), timestamp: new Date(), attempts, body },
  ])
  const ctx = createExecutionContext()
  await worker.queue(batch as never, bindings)
  return getQueueResult(batch, ctx)
}

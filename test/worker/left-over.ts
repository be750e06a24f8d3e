import { expect, vi } from 'vitest'
import { platformNow } from '../starting-clock.ts'

// The platform's queue outlives `reset()`: what a file leaves in it, delayed or half consumed, would be worked on in the
// storage of the next one, and counted there.

/** Milliseconds by the platform's clock; what was sent before is another file's. */
let begun = 0
let consuming = 0

/** Puts an end to the messages of the file before: those at work are waited for, no other is begun from here on. */
export async function endMessages(): Promise<void> {
  begun = Infinity
  await vi.waitFor(() => expect(consuming).toBe(0), { timeout: 60_000, interval: 10 })
}

/** Consumes what is sent from here on. */
export function beginMessages(): void {
  begun = platformNow()
}

/** Consumes a batch of this file's messages; one of an older file's is taken off the queue. */
export async function consumeOwn(
  batch: MessageBatch,
  consume: (batch: MessageBatch) => Promise<void>,
): Promise<void> {
  const messages = batch.messages.filter((message) => message.timestamp.getTime() >= begun)
  if (messages.length === 0) return batch.ackAll()
  consuming++
  try {
    const own = new Proxy(batch, {
      get: (target, name) => (name === 'messages' ? messages : (Reflect.get(target, name) as unknown)),
    })
    await consume(own)
  } finally {
    consuming--
  }
}

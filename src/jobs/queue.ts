import { spend } from '../storage/usage.ts'
import type { RefreshMessage } from './messages.ts'

/** The queue takes a hundred messages at once, and 256 KB, of which headers take some. */
const BATCH = 100
const BATCH_CHARACTERS = 200_000

/** Sends messages to the refresh queue in their order; answers how many. Throws when the queue does not take them. */
export async function send(env: Env, messages: readonly RefreshMessage[], delaySeconds = 0): Promise<number> {
  for (const batch of inBatches(messages)) {
    await env.REFRESH.sendBatch(
      batch.map((body) => ({ body })),
      { delaySeconds },
    )
    // a message is written, read at each try, and deleted
    spend('queueOperations', batch.length)
  }
  return messages.length
}

/** Splits messages, in their order, into batches that the queue takes. */
export function inBatches(messages: readonly RefreshMessage[]): RefreshMessage[][] {
  const batches: RefreshMessage[][] = []
  let room = 0
  for (const message of messages) {
    const { length } = JSON.stringify(message)
    const batch = batches.at(-1)
    if (batch && batch.length < BATCH && length <= room) batch.push(message)
    else {
      batches.push([message])
      room = BATCH_CHARACTERS
    }
    room -= length
  }
  return batches
}

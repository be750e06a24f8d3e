import { env } from 'cloudflare:workers'
import { platformNow } from '../starting-clock.ts'
import { dawdle } from './slowness.ts'

// What the app does behind its answers is not over when a test goes on, nor when its file ends. The platform's queue
// outlives `reset()`: what a file leaves in it, delayed or half consumed, would be worked on in the storage of the next one,
// and counted there.

/** What requests have left running (`waitUntil`). */
const left = new Set<Promise<unknown>>()
/** Milliseconds by the platform's clock; what was sent before is another file's. */
let begun = 0
let consuming = 0
/** The bodies that this file has sent. A slow queue takes one of the file before so late that its time is of this one. */
const sent = new Set<string>()
/** Those that were not delivered yet, and how many of each. What is delayed is not waited for. */
const onTheirWay = new Map<string, number>()

/** Says what is under way of all this; null when it is over. */
export function underway(): string | null {
  if (left.size > 0) return `${left.size} requests have left something running`
  return consuming > 0 || onTheirWay.size > 0 ? 'messages are on their way or at work' : null
}

/** Waits until nothing is named any more. */
export async function until(over: () => string | null | Promise<string | null>): Promise<void> {
  const latest = platformNow() + 60_000
  for (let named = await over(); named !== null; named = await over()) {
    if (platformNow() > latest) throw new Error(`after a minute, ${named}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** Puts an end to what the file before has left: messages at work are waited for, no other is begun from here on. */
export async function endLeftOver(): Promise<void> {
  begun = Infinity
  await until(() => (consuming > 0 ? 'messages of another file are at work' : null))
}

/** Consumes what is sent from here on: nobody of the file before is left to send anything. */
export function beginMessages(): void {
  sent.clear()
  onTheirWay.clear()
  // what was killed never ends
  left.clear()
  begun = platformNow()
}

/** Follows what a request leaves running. */
export function follow(ctx: ExecutionContext): ExecutionContext {
  const waitUntil = ctx.waitUntil.bind(ctx)
  ctx.waitUntil = (work) => {
    left.add(work)
    const over = () => void left.delete(work)
    work.then(over, over)
    waitUntil(work)
  }
  return ctx
}

/** Notes what anybody sends, whichever bindings they have. */
export function followQueues(): void {
  const prototype = Object.getPrototypeOf(env.REFRESH) as Queue
  const { send, sendBatch } = prototype
  prototype.send = function (this: Queue, body, options) {
    return noted([body], options?.delaySeconds, () => send.call(this, body, options))
  }
  prototype.sendBatch = function (this: Queue, messages, options) {
    const all = [...messages]
    const bodies = all.map(({ body }) => body)
    return noted(bodies, options?.delaySeconds, () => sendBatch.call(this, all, options))
  }
}

async function noted<T>(bodies: unknown[], delay: number | undefined, send: () => Promise<T>): Promise<T> {
  const all = bodies.map((body) => JSON.stringify(body))
  for (const text of all) sent.add(text)
  const texts = delay ? [] : all
  for (const text of texts) onTheirWay.set(text, (onTheirWay.get(text) ?? 0) + 1)
  try {
    return await send()
  } catch (error) {
    texts.forEach(delivered)
    throw error
  }
}

function delivered(text: string): void {
  const others = (onTheirWay.get(text) ?? 0) - 1
  if (others > 0) onTheirWay.set(text, others)
  else onTheirWay.delete(text)
}

/** Consumes a batch of this file's messages; one of an older file's is taken off the queue. */
export async function consumeOwn(
  batch: MessageBatch,
  consume: (batch: MessageBatch) => Promise<void>,
): Promise<void> {
  const messages = batch.messages.filter(
    ({ timestamp, body }) => timestamp.getTime() >= begun && sent.has(JSON.stringify(body)),
  )
  if (messages.length === 0) return batch.ackAll()
  consuming++
  for (const { body } of messages) delivered(JSON.stringify(body))
  try {
    const own = new Proxy(batch, {
      get: (target, name) => (name === 'messages' ? messages : (Reflect.get(target, name) as unknown)),
    })
    await dawdle()
    await consume(own)
    await dawdle()
  } finally {
    consuming--
  }
}

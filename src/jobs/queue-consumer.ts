import { database } from '../storage/database.ts'
import { saveDeadLetter } from '../storage/dead-letters.ts'
import { spend } from '../storage/usage.ts'
import { backoff, TRIES } from './backoff.ts'
import { count, handOver } from './counters.ts'
import { coordinator, priceDesk } from './durable-objects.ts'
import { cause, log } from './log.ts'
import {
  isOfAnotherVersion,
  isOfPrices,
  isOverdue,
  readMessage,
  type RefreshMessage,
  symbolsIn,
  tasksIn,
} from './messages.ts'
import { done, type Outcome } from './outcome.ts'
import { tellArrivals, tellPostponed } from './waiting-refreshes.ts'

/**
 * The queue's consumer. Each message is done, tried again later or put aside, whatever becomes of the others in its
 * batch. What takes time is done by the object it hands the message to (price-desk.ts), which writes upserts guarded by
 * time, so a message that comes twice, late or in another order changes nothing.
 */
export async function consume(batch: MessageBatch, env: Env): Promise<void> {
  const handle = batch.queue.endsWith('-dlq') ? deadLetter : handleMessage
  spend('requests')
  spend('queueOperations', batch.messages.length)
  await Promise.all(batch.messages.map((message) => isolate(message, () => handle(message, env))))
  await handOver(env.DB, Date.now())
}

/** Seconds in which a deployment has spread, or nearly. */
const UNTIL_DEPLOYED = 300

/** Handles one message; an exception makes the queue deliver this message again, and no other. */
async function isolate(message: Message, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    const refresh = readMessage(message.body)
    if (refresh) count(`queue ${refresh.kind} failed`)
    log('message failed', { id: message.id, attempts: message.attempts, error: cause(error) })
    message.retry({ delaySeconds: backoff(message.attempts) })
  }
}

async function handleMessage(message: Message, env: Env): Promise<void> {
  const { body, attempts } = message
  const refresh = readMessage(body)
  if (!refresh) {
    log('message not understood', { id: message.id, attempts })
    count('queue not understood')
    // once it has failed every try the queue parks it, and it can be sent again when this version is gone
    if (isOfAnotherVersion(body)) return message.retry({ delaySeconds: backoff(attempts, UNTIL_DEPLOYED) })
    await env.REFRESH_DLQ.send(body)
    spend('queueOperations')
    return acknowledge(message)
  }
  const { kind } = refresh
  const started = Date.now()
  if (isOverdue(refresh, started)) {
    log('message overdue', { kind, attempts })
    return acknowledge(message)
  }
  // when D1 or a Durable Object fails, nothing is half-written, and the next try does all of it again
  const { retryAfter, reason } = await dispatch(message, refresh, env)
  if (retryAfter === null) acknowledge(message)
  else {
    const delaySeconds = backoff(attempts, retryAfter)
    message.retry({ delaySeconds })
    if (attempts < TRIES && isOfPrices(refresh)) {
      await tellPostponed(refresh.requester, reason, Date.now() + delaySeconds * 1000, env)
    }
  }
  count(`queue ${kind} ${retryAfter === null ? 'done' : 'later'}`)
  log('message', {
    kind,
    symbols: symbolsIn(refresh).length,
    attempts,
    ms: Date.now() - started,
    outcome: retryAfter === null ? 'done' : 'retry',
    reason,
  })
}

async function dispatch(
  { id, attempts, timestamp }: Message,
  refresh: RefreshMessage,
  env: Env,
): Promise<Outcome> {
  if (refresh.kind === 'chart') {
    await coordinator(env, refresh.portfolio).afterTheClose()
    return done
  }
  if (refresh.kind === 'statement') {
    const outcome = await coordinator(env, refresh.portfolio).fetchStatement(refresh.broker)
    // tomorrow evening it is asked for again, so nobody has to send this message anew
    return attempts < TRIES ? outcome : done
  }
  if (refresh.kind === 'notice') {
    const { notice, channel } = refresh
    await priceDesk(env, channel).deliver({ notice, channel })
    return done
  }
  const [symbol] = symbolsIn(refresh)
  return symbol === undefined
    ? done
    : priceDesk(env, symbol).carryOut({ id, attempts, sentAt: timestamp.getTime(), message: refresh })
}

/** Stores a message that failed every try, for the status page, and tells the refresh that waits for it. */
async function deadLetter(message: Message, env: Env): Promise<void> {
  const refresh = readMessage(message.body)
  const reason = refresh ? 'every attempt failed' : 'not a message we know'
  await saveDeadLetter(database(env.DB), {
    id: message.id,
    message: JSON.stringify(message.body),
    reason,
    at: Date.now(),
    resentAt: null,
  })
  log('dead letter', { id: message.id, reason })
  if (refresh && isOfPrices(refresh)) {
    const arrivals = tasksIn(refresh).map((task) => ({
      task,
      failed: 'the market source could not be reached',
    }))
    await tellArrivals(refresh.requester, arrivals, env)
  }
  acknowledge(message)
}

function acknowledge(message: Message): void {
  message.ack()
  spend('queueOperations')
}

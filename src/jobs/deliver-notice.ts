import type { Opened } from '../notices/channel.ts'
import { channelOf } from '../notices/channels.ts'
import { newPushKeys, type PushKeys } from '../notices/push/keys.ts'
import { sendNotice } from '../notices/send-notice.ts'
import type { Sending } from '../notices/sending.ts'
import { type Notice, toldTo } from '../portfolio/notice.ts'
import type { StoredReader, Locale } from '../portfolio/sentence.ts'
import { type Database, database, inOneTransaction, type Statement } from '../storage/database.ts'
import { json } from '../storage/json.ts'
import { noteFailure, noteSent, type OpenedChannel, removeGone } from '../storage/notice-channels.ts'
import { claimDelivery, type Delivery, noteDelivery } from '../storage/notices.ts'
import { keepPushKeys, keptPushKeys } from '../storage/push-keys.ts'
import { log } from './log.ts'
import { send } from './queue.ts'
import { LONGEST_WAIT } from './tell.ts'

/** How a notice is written for a channel; `web`, which has the words, hands it in. */
export type LocaleOf = (stored: StoredReader) => Locale

/** In seconds: so long is a service left alone after each failure that passes, and then the notice is given up. */
const WAITS = [30, 120, 600, 3600, 4 * 3600]

/**
 * Sends a notice by a channel and notes what came of it. A message that comes twice sends nothing again: a delivery is taken by one,
 * and whoever is killed while they send it leaves one that is never sent again. What failed for now is another message, later.
 */
export async function deliverNotice(
  env: Env,
  delivery: Delivery,
  now: number,
  localeOf: LocaleOf,
): Promise<void> {
  const db = database(env.DB)
  const claimed = await claimDelivery(db, delivery, now)
  if (!claimed) return
  const { channel, notice, tries } = claimed
  const sending = await sendBy(env, db, channel, toldTo(notice, localeOf(channel)))
  const wait = waitAfter(sending, tries)
  const ended = Date.now()
  const said = sending.status === 'sent' ? null : sending.said
  const status = sending.status === 'sent' ? 'sent' : wait === null ? 'failed' : 'waiting'
  await inOneTransaction(db, [
    noteDelivery(db, delivery, status, said, ended),
    // a failure counts once for a notice
    ...(status === 'waiting' ? [] : noted(db, channel, sending, ended)),
  ])
  log('notice', { kind: channel.kind, outcome: status, tries })
  if (wait !== null) await send(env, [{ kind: 'notice', ...delivery }], wait)
}

/** Returns in how many seconds a notice is sent again; null when it is not. */
export function waitAfter(sending: Sending, tries: number): number | null {
  if (sending.status !== 'later') return null
  const wait = WAITS[tries - 1]
  if (wait === undefined) return null
  const asked = Math.max(wait, Math.ceil(sending.retryAfter ?? 0))
  return asked * 1000 <= LONGEST_WAIT ? asked : null
}

/** Sends a notice at once, for somebody who waits to see what comes of it. */
export async function sendNow(env: Env, channel: OpenedChannel, notice: Notice): Promise<Sending> {
  const db = database(env.DB)
  const sending = await sendBy(env, db, channel, notice)
  await inOneTransaction(db, noted(db, channel, sending, Date.now()))
  log('notice tried', { kind: channel.kind, outcome: sending.status })
  return sending
}

/** The keys by which push services know this Yardstick; made when they are first needed. */
export async function ownPushKeys(db: Database): Promise<PushKeys> {
  return (await keptPushKeys(db)) ?? (await keepPushKeys(db, await newPushKeys(), Date.now()))
}

async function sendBy(env: Env, db: Database, own: OpenedChannel, notice: Notice): Promise<Sending> {
  const channel = channelOf(own.kind)
  const opened = json(own.opened) as Opened | undefined
  if (!channel || !opened) return { status: 'gone', said: 'This version of Yardstick has no such channel.' }
  const keys = channel.kind === 'push' ? await ownPushKeys(db) : NO_KEYS
  const destination = { opened, origin: own.origin, keys, isLocal: isLocal(env) }
  return sendNotice(channel, notice, destination, {
    fetch: (input, init) => fetch(input, init),
    now: () => Date.now(),
  })
}

const NO_KEYS: PushKeys = { publicKey: '', privateKey: '' }

/** Says whether this is somebody's own machine, which `npm start` says. */
export function isLocal(env: Env): boolean {
  return (env as Env & { DEV_LOGIN?: string }).DEV_LOGIN !== undefined
}

/** What a channel has of it. A browser that has ended its subscription makes another, so that nothing is left of this one. */
function noted(db: Database, { id, kind }: OpenedChannel, sending: Sending, now: number): Statement[] {
  if (sending.status === 'sent') return [noteSent(db, id, now)]
  if (sending.status === 'gone' && kind === 'push') return [removeGone(db, id)]
  return [noteFailure(db, id, sending.said, sending.status === 'gone', now)]
}

import type { Notice } from '../portfolio/notice.ts'
import { faultOfAddress, hostOf } from './address.ts'
import type { Channel, Opened } from './channel.ts'
import type { PushKeys } from './push/keys.ts'
import type { Sending } from './sending.ts'
import { judgedByStatus, type Out, posted, type Unanswered } from './sent.ts'

/** Where a notice goes, and what is known there. */
export type Destination = {
  opened: Opened
  /** The address of this Yardstick. */
  origin: string
  keys: PushKeys
  /** True on somebody's own machine, where a channel may lead to the machine itself. */
  isLocal: boolean
}

/** Sends a notice by a channel: one call, and what came of it. No secret of the channel is in the sentence. */
export async function sendNotice(
  channel: Channel,
  notice: Notice,
  { opened, origin, keys, isLocal }: Destination,
  out: Out,
): Promise<Sending> {
  const now = out.now()
  const message = { notice, link: `${origin}${notice.address}`, origin, now, keys }
  const call = await Promise.resolve(channel.call(opened, message)).catch(() => null)
  // rules may have become stricter since it was entered
  if (call === null || faultOfAddress(call.url, isLocal) !== null) return unusable
  const answer = await posted(call, out)
  if (answer.status === null) return unanswered(answer, channel.knowsRepeats(opened))
  const judged =
    channel.judged?.(answer) ?? judgedByStatus(answer, hostOf(call.url), channel.said?.(answer) ?? null)
  return withoutSecrets(judged, channel, opened)
}

/** A key that is no point of its curve shows when it is used. */
const unusable: Sending = {
  status: 'gone',
  said: 'This channel cannot be used. Remove it and add another.',
}

/** Where a repeated notice is shown twice, one that may have arrived is not sent again. */
function unanswered({ said, mayHaveArrived }: Unanswered, knowsRepeats: boolean): Sending {
  return mayHaveArrived && !knowsRepeats
    ? { status: 'refused', said: `${said} It may have arrived.` }
    : { status: 'later', said, retryAfter: null }
}

/** A service may quote what it was sent. */
function withoutSecrets(sending: Sending, channel: Channel, opened: Opened): Sending {
  if (sending.status === 'sent') return sending
  const secrets = channel.fields.flatMap(({ name, isSecret }) =>
    isSecret && opened[name] ? [opened[name]] : [],
  )
  const said = [...secrets, ...(opened.secret ? [opened.secret] : [])].reduce(
    (text, secret) => text.replaceAll(secret, '…'),
    sending.said,
  )
  return { ...sending, said: said.slice(0, LONGEST_SAID) }
}

const LONGEST_SAID = 300

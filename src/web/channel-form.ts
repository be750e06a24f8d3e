import { isLocal } from '../jobs/deliver-notice.ts'
import type { Channel, ChannelField, Opened } from '../notices/channel.ts'
import { channelOf, channels } from '../notices/channels.ts'
import { newWebhookSecret } from '../notices/webhook.ts'
import { database } from '../storage/database.ts'
import { addChannel, channelsOf, MOST_CHANNELS, type NoticeChannel } from '../storage/notice-channels.ts'
import { signedIn } from './access/visitor.ts'
import { channelBody, type pushBody } from './api/channel-body.ts'
import { faultsIn, type FieldFault, type Typed } from './api/field.ts'
import { withReader } from './reader.ts'
import { type AppContext, reader } from './request.ts'
import { storedReader } from './locale.ts'
import { english, translated } from './words/words.ts'

export type ChannelForm = { channel: Channel; label: string; opened: Opened }

/** A channel that was just made, with what its owner is shown this once. */
type MadeChannel = { row: NoticeChannel; secret: string | null }

type Read = { form: ChannelForm } | { faults: FieldFault[] }

/** Reads what a form or a script asks for; what is given is used or refused. */
export function readChannel(c: AppContext, input: Typed<typeof channelBody>): Read {
  const faults = faultsIn(channelBody, input)
  if (faults.length > 0) return { faults }
  const channel = channelOf(input.kind ?? '')
  if (!channel) return { faults: [{ field: 'kind', reason: 'a channel needs a kind' }] }
  const { label, kind: _kind, ...given } = input
  return opening(channel, label ?? '', given, isLocal(c.env))
}

/** Reads what the script of a browser says of its subscription. */
export function readSubscription(c: AppContext, input: Typed<typeof pushBody>, label: string): Read {
  return opening(channels.push, label, input, isLocal(c.env))
}

function opening(
  channel: Channel,
  label: string,
  given: Readonly<Record<string, string | null | undefined>>,
  isOwnMachine: boolean,
): Read {
  const faults: FieldFault[] = []
  const opened: Record<string, string> = {}
  for (const field of channel.fields) {
    const typed = (given[field.name] ?? '').trim()
    const reason = faultOf(field, typed, isOwnMachine)
    if (reason !== null) faults.push({ field: field.name, reason })
    else if (typed !== '') opened[field.name] = typed
  }
  const known = channel.fields.map(({ name }) => name)
  for (const [field, value] of Object.entries(given))
    if (value != null && value !== '' && !known.includes(field))
      faults.push({ field, reason: `a channel of the kind ${channel.kind} has no such field` })
  return faults.length > 0 ? { faults } : { form: { channel, label: label.trim(), opened } }
}

function faultOf({ fault, isOptional }: ChannelField, typed: string, isOwnMachine: boolean): string | null {
  if (typed === '') return isOptional ? null : 'must be filled in'
  return fault(typed, isOwnMachine)
}

/** Adds a channel to whoever is signed in; null where they have as many as they may have. */
export async function makeChannel(
  c: AppContext,
  { channel, label, opened }: ChannelForm,
  isHere: boolean,
): Promise<MadeChannel | null> {
  const { account, proof } = await signedIn(c)
  const db = database(c.env.DB)
  const secret = channel.kind === 'webhook' ? newWebhookSecret() : null
  const target = channel.target(opened)
  const named = withReader(reader(c), () => `${translated(channel.name)}, ${translated(target)}`)
  const made = {
    id: crypto.randomUUID(),
    accountId: account,
    kind: channel.kind,
    label: label || named.slice(0, 100),
    target,
    opened: JSON.stringify({ ...opened, ...(secret !== null && { secret }) }),
    origin: new URL(c.req.url).origin,
    sessionId: isHere ? proof.id : null,
    ...storedReader(reader(c)),
  }
  if (!(await addChannel(db, made, Date.now()))) return null
  const row = (await channelsOf(db, account)).find(({ id }) => id === made.id)
  return row ? { row, secret } : null
}

export const tooManyChannels = english('An account has at most {n} channels. Remove one first.', {
  n: MOST_CHANNELS,
})
export const noSuchChannel = english('You have no such channel. It may have been removed already.')

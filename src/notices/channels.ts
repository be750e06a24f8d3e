import type { Channel, ChannelKind } from './channel.ts'
import { email } from './email.ts'
import { ntfy } from './ntfy.ts'
import { push } from './push/push.ts'
import { telegram } from './telegram.ts'
import { webhook } from './webhook.ts'

/** Every way to tell somebody something. A new one is a file beside these and a line here. */
export const channels: Readonly<Record<ChannelKind, Channel>> = { push, email, ntfy, telegram, webhook }

/** The channel of that kind; undefined when there is none. */
export function channelOf(kind: string): Channel | undefined {
  return Object.hasOwn(channels, kind) ? channels[kind as ChannelKind] : undefined
}

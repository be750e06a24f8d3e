import * as v from 'valibot'
import { channelsOf, type NoticeChannel } from '../storage/notice-channels.ts'
import type { Database } from '../storage/database.ts'
import { texts } from './api/field.ts'
import { english } from './words/words.ts'

/** By which of their channels somebody is told something. */
export const channelsField = texts(
  'The ids of the channels by which you are told; without it, and with null, all of them.',
)

/** How a program asks for the weekly digest. */
export const digestBody = v.object({ channels: channelsField })

/**
 * Reads which channels of one’s own were chosen: null for all, which goes for later ones as well, or why it cannot be. Without any
 * given they are all. A form says with `chosen` that it had them to choose from, so that none is none.
 */
export function readChannels(
  given: string | string[] | null | undefined,
  own: readonly Pick<NoticeChannel, 'id'>[],
): { channels: string[] | null } | { reason: string } {
  if (given === null || given === undefined) return { channels: null }
  const ids = [...new Set([given].flat())]
  if (ids.length === 0) return { reason: english('choose one channel at least') }
  const strange = ids.some((id) => !own.some((each) => each.id === id))
  if (strange) return { reason: english('choose among your channels') }
  return { channels: ids.length === own.length ? null : ids }
}

/** The channels in a form of which none was checked are an empty list, where the form had any. */
export function channelsIn(form: Record<string, unknown>): string | string[] | null {
  const { channels, chosen } = form as { channels?: string | string[]; chosen?: string }
  return channels ?? (chosen === undefined ? null : [])
}

/** The channels of an account that something can be sent by. */
export async function workingChannels(db: Database, account: string): Promise<NoticeChannel[]> {
  return (await channelsOf(db, account)).filter(({ stoppedAt }) => stoppedAt === null)
}

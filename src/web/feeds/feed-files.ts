import type { LinkKind } from '../../storage/access-schema.ts'

export type FeedKind = Exclude<LinkKind, 'page'>

/** The last part of a feed's address: programs tell by it what they read. */
export const feedFiles: Record<FeedKind, string> = {
  calendar: 'calendar.ics',
  activity: 'activity.atom',
  figures: 'figures.json',
  badge: 'badge.svg',
  card: 'card.svg',
}

export const linkKinds: readonly LinkKind[] = ['page', ...(Object.keys(feedFiles) as FeedKind[])]

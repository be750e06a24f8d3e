import * as v from 'valibot'
import { memberRoles } from '../../storage/members.ts'
import { linkKinds } from '../feeds/feed-files.ts'
import { choice, text, whole } from './field.ts'

/** Of an invitation or a share link. */
export const LONGEST_NOTE = 100

export const NO_ROLE = 'must be viewer or editor'

const role = choice('What they may do.', memberRoles, () => NO_ROLE)
const note = text(
  'A word on whom it is for.',
  v.maxLength(LONGEST_NOTE, `may have ${LONGEST_NOTE} characters`),
)

/** The role of a member. */
export const roleBody = v.object({ role })

/** An invitation. */
export const invitationBody = v.object({ role, note })

/** Ten years. */
const MOST_DAYS = 3650

/** A link by which anybody may look, or a program reads a feed. */
export const linkBody = v.object({
  kind: choice(
    'What it opens: a page, or a feed for a program; a page where it is left out.',
    linkKinds,
    () => `must be one of ${linkKinds.join(', ')}`,
  ),
  note,
  shows: choice(
    'Whether amounts can be seen; percentages where it is left out.',
    ['percentages', 'amounts'],
    () => 'must be percentages or amounts',
  ),
  days: whole(
    'After how many days it expires, 30 where it is left out; null for one that does not.',
    1,
    MOST_DAYS,
    `must be a whole number from 1 to ${MOST_DAYS}, or null for a link that does not expire`,
  ),
})

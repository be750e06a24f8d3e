import * as v from 'valibot'
import { choice, name, whole } from './field.ts'

/** In days. */
const LONGEST_LIFE = 366

/** A token as a script asks for it. */
export const tokenBody = v.object({
  name: name('What it is for.', 'a token needs a name'),
  scope: choice(
    'What it may do; read where it is left out.',
    ['read', 'write'],
    () => 'a scope is `read` or `write`',
  ),
  expires_in_days: whole(
    'After how many days it expires, 90 where it is left out; never or null for a token that does not.',
    1,
    LONGEST_LIFE,
    `a token expires in 1 to ${LONGEST_LIFE} days, or never, with \`never\` or null`,
    ['never'],
  ),
})

import * as v from 'valibot'
import { choice, name, texts, whole } from './field.ts'

/** In days. */
const LONGEST_LIFE = 366

export const wrongScope = 'a scope is `read` or `write`'

/** A token as a script asks for it. */
export const tokenBody = v.object({
  name: name('What it is for.', 'a token needs a name'),
  scope: choice('What it may do; read where it is left out.', ['read', 'write'], () => wrongScope),
  scopes: texts('The same as a list, such as ["read", "write"]; who may write may read as well.'),
  expires_in_days: whole(
    'After how many days it expires, 90 where it is left out; never or null for a token that does not.',
    1,
    LONGEST_LIFE,
    `a token expires in 1 to ${LONGEST_LIFE} days, or never, with \`never\` or null`,
    ['never'],
  ),
})

import { accessList } from '../storage/access-list.ts'
import { database } from '../storage/database.ts'
import type { ShareLink } from '../storage/share-links.ts'
import type { Role } from '../storage/visitors.ts'
import type { Made } from './access/people.ts'
import type { Reading } from './portfolio-reader.ts'
import { renderPage } from './render-page.tsx'
import type { AppContext } from './request.ts'
import type { Faults, Typed } from './views/portfolio-form.tsx'
import { Settings } from './views/settings.tsx'
import type { Props as Asked } from './views/ticker-question.tsx'
import { english } from './words/words.ts'

/** Responds with the settings of a portfolio; its owner sees who else may see it. */
export async function settingsPage(
  c: AppContext,
  status: 200 | 422,
  { snapshot, list }: Reading['page'],
  told: Told = {},
): Promise<Response> {
  const { id } = snapshot.portfolio
  const role = c.get('role') as Role
  const access = role === 'owner' ? await accessList(database(c.env.DB), id, Date.now()) : null
  const page = <Settings snapshot={snapshot} role={role} access={access} {...told} />
  return renderPage(c, status, english('Settings'), page, { list, current: id, revision: snapshot.revision })
}

/** What the page says besides the settings: what was refused, and what was made and is shown once. */
export type Told = {
  typed?: Typed
  faults?: Faults
  ticker?: Asked
  confirmed?: string
  invited?: string
  inviteFault?: string
  shared?: Pick<Made, 'address'> & { link: ShareLink }
  shareFault?: string
}

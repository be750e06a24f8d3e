import * as v from 'valibot'
import { linkKinds } from '../../feeds/feed-files.ts'
import { day, id, instant } from './value.ts'

const role = v.picklist(['viewer', 'editor'])

export const listedMember = v.strictObject({ account: v.string(), name: v.string(), role, since: instant })
export const members = v.strictObject({ members: v.array(listedMember) })
export const member = v.strictObject({ account: v.string(), role })

export const invitations = v.strictObject({
  invitations: v.array(
    v.strictObject({ id, role, note: v.string(), created_at: instant, expires_at: instant }),
  ),
})
export const invitation = v.looseObject({
  role,
  note: v.string(),
  address: v.pipe(v.string(), v.description('Told once, and never again.')),
})

const linkFields = {
  id,
  kind: v.picklist(linkKinds),
  note: v.string(),
  shows: v.picklist(['percentages', 'amounts']),
  created_at: instant,
  expires_at: v.nullable(instant),
}
export const links = v.strictObject({ links: v.array(v.strictObject(linkFields)) })
export const link = v.strictObject({
  ...linkFields,
  address: v.pipe(v.string(), v.description('Told once, and never again.')),
})

const tokenFields = {
  id,
  name: v.string(),
  prefix: v.string(),
  scope: v.picklist(['read', 'write']),
  scopes: v.array(v.picklist(['read', 'write'])),
  created_at: instant,
  expires_at: v.nullable(instant),
  last_used_on: v.nullable(day),
}
export const tokens = v.strictObject({ tokens: v.array(v.strictObject(tokenFields)) })
export const token = v.strictObject({
  ...tokenFields,
  token: v.pipe(v.string(), v.description('Told once, and never again.')),
})

import { expect, it } from 'vitest'
import type { Role } from '../../../src/storage/visitors.ts'
import { suffices } from '../../../src/web/access/role.ts'

it.each<[Role, Role[]]>([
  ['viewer', ['viewer']],
  ['editor', ['viewer', 'editor']],
  ['owner', ['viewer', 'editor', 'owner']],
])('the role of %s suffices for what %j may do, and for nothing else', (role, enough) => {
  const all: Role[] = ['viewer', 'editor', 'owner']
  expect(all.filter((needed) => suffices(role, needed))).toEqual(enough)
})

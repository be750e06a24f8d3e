import { expect, it } from 'vitest'
import { type Role, roleOf, suffices } from '../../../src/web/access/role.ts'

it('the owner of a portfolio is its owner, and nobody else has a role in it', () => {
  expect(roleOf('ann', 'ann')).toBe('owner')
  expect(roleOf('bob', 'ann')).toBeNull()
  expect(roleOf('', 'ann')).toBeNull()
})

it.each<[Role, Role[]]>([
  ['viewer', ['viewer']],
  ['editor', ['viewer', 'editor']],
  ['owner', ['viewer', 'editor', 'owner']],
])('the role of %s suffices for what %j may do, and for nothing else', (role, enough) => {
  const all: Role[] = ['viewer', 'editor', 'owner']
  expect(all.filter((needed) => suffices(role, needed))).toEqual(enough)
})

import { type Role, roles } from '../../storage/visitors.ts'

/** Says whether a role suffices for what needs `needed`. */
export function suffices(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed)
}

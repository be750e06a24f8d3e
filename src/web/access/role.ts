/** What somebody may do in a portfolio: each of these may also do what those before it may. */
export const roles = ['viewer', 'editor', 'owner'] as const
export type Role = (typeof roles)[number]

/**
 * The role of an actor in a portfolio of that owner; null for one who has none, and is not to learn that there is
 * such a portfolio. Nobody but the owner has one until portfolios can be shared; then the members of a portfolio are
 * asked for here, and nowhere else.
 */
export function roleOf(actor: string, owner: string): Role | null {
  return actor === owner ? 'owner' : null
}

/** Whether a role suffices where `needed` is asked for. */
export function suffices(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed)
}

/** The roles that somebody may have in a portfolio. Each may also do what the ones before it may do. */
export const roles = ['viewer', 'editor', 'owner'] as const
export type Role = (typeof roles)[number]

/**
 * Returns the role of an actor in a portfolio of that owner. It is null when they have none: then they must not learn
 * that the portfolio exists. Only the owner has a role until portfolios can be shared. The query for the members of a
 * portfolio then belongs here, and nowhere else.
 */
export function roleOf(actor: string, owner: string): Role | null {
  return actor === owner ? 'owner' : null
}

/** Says whether a role suffices for what needs `needed`. */
export function suffices(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed)
}

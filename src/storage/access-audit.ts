import { sql } from 'drizzle-orm'
import type { Statement } from './database.ts'
import { hasFields } from './json.ts'

// Entries of the audit log about who may do what. Those of a portfolio (invitations, members, share links and connections
// with brokers) are shown to its owner alone, and are in no file: whoever takes a file in elsewhere gives nobody a role. Those of an account (tokens,
// passkeys, recovery codes, channels of notices) stand in the log under the account's id, where a portfolio's stand under its own.

const subjects = [
  'invitation',
  'member',
  'share link',
  'broker connection',
  'API token',
  'passkey',
  'recovery codes',
  'notice channel',
] as const
type AccessSubject = (typeof subjects)[number]

/** What is kept of an invitation, a member, a link or a token: no name, and nothing that proves anything. */
type LoggedAccess = { role?: string; shows?: string; feed?: string; scope?: string; note?: string }

export type AccessChange = {
  kind: 'access'
  action: 'create' | 'update' | 'delete'
  about: AccessSubject
  /** The account of a member; null for anything else. */
  account: string | null
  before: LoggedAccess | null
  after: LoggedAccess | null
}

/**
 * Appends an entry where the statement before it in the same transaction has changed a row. A member is named by the account,
 * whose name is looked up when the entry is shown, so that nothing of it stays when the account is deleted.
 */
export function auditAccess(
  under: string,
  actor: string,
  change: Pick<AccessChange, 'action' | 'about' | 'before' | 'after'> & { account?: string },
  now: number,
): Statement {
  const { action, about, account, before, after } = change
  const [was, is] = [before, after].map((each) => each && JSON.stringify(each))
  const subject = account === undefined ? about : `${about}:${account}`
  return sql`
    INSERT INTO audit (portfolio_id, at, actor, action, subject, before, after)
    SELECT ${under}, ${now}, ${actor}, ${action}, ${subject}, ${was}, ${is} WHERE changes() > 0`
}

/** The condition that an entry of a portfolio's log is about who may see it. */
export const isAboutAccess = sql`(subject IN ('invitation', 'share link', 'broker connection') OR subject LIKE 'member:%')`

/** Returns what such an entry says; null for an entry about something else. */
export function accessChange(
  { action, subject }: { action: string; subject: string },
  before: unknown,
  after: unknown,
): AccessChange | null {
  const [name = '', account = null] = subject.split(':')
  const about = subjects.find((each) => each === name)
  if (about === undefined || !['create', 'update', 'delete'].includes(action)) return null
  return {
    kind: 'access',
    action: action as AccessChange['action'],
    about,
    account,
    before: logged(before),
    after: logged(after),
  }
}

function logged(state: unknown): LoggedAccess | null {
  if (!hasFields({})(state)) return null
  const fields = Object.entries(state as object).filter(([, value]) => typeof value === 'string')
  return Object.fromEntries(fields) as LoggedAccess
}

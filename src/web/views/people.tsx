import type { AccessList } from '../../storage/access-list.ts'
import { MOST_OPEN } from '../../storage/invitations.ts'
import type { MemberRole } from '../../storage/members.ts'
import { day, sentence } from '../format.ts'
import { Field } from './portfolio-form.tsx'

export const roleNames: Record<MemberRole, string> = { viewer: 'Can view', editor: 'Can edit' }

type PeopleProps = {
  portfolio: { id: string; name: string }
  access: AccessList
  /** The address of an invitation that was made just now. It is shown this once. */
  invited?: string | undefined
  fault?: string | undefined
}

/** Who may see a portfolio and who may edit it, for its owner. */
export const People = ({ portfolio, access, invited, fault }: PeopleProps) => {
  const { members, invitations } = access
  const path = `/portfolios/${portfolio.id}/people`
  return (
    <section class="panel" id="people" aria-labelledby="people-title">
      <h2 id="people-title">People</h2>
      {members.length === 0 && invitations.length === 0 && (
        <p class="aside">
          Only you can see this portfolio. Invite somebody to view it, or to edit it with you.
        </p>
      )}
      {members.length > 0 && (
        <ul class="people" aria-label="Members">
          {members.map(({ account, name, role }) => (
            <li>
              <span>{name || 'Somebody'}</span>
              <form method="post" action={`${path}/members/${account}`}>
                <select name="role" aria-label={`What ${name} can do`}>
                  <Roles chosen={role} />
                </select>
                <button class="button">Save</button>
              </form>
              <form method="post" action={`${path}/members/${account}/remove`}>
                <button class="button" aria-label={`Remove ${name}`}>
                  Remove
                </button>
              </form>
            </li>
          ))}
        </ul>
      )}
      {invited !== undefined && (
        <Once
          id="invited"
          address={invited}
          words="Send this link to one person. It works once, within 7 days, and is shown only this once."
        />
      )}
      {invitations.length > 0 && (
        <>
          <h3>Open invitations</h3>
          <ul class="people" aria-label="Open invitations">
            {invitations.map(({ id, role, note, expiresAt }) => (
              <li>
                <span>
                  {note || 'Somebody'}{' '}
                  <small>
                    {roleNames[role].toLowerCase()}, until{' '}
                    {day(new Date(expiresAt).toISOString().slice(0, 10))}
                  </small>
                </span>
                <form method="post" action={`${path}/invitations/${id}/withdraw`}>
                  <button class="button">Revoke</button>
                </form>
              </li>
            ))}
          </ul>
        </>
      )}
      {fault && (
        <p class="fault" role="alert">
          {sentence(fault)}
        </p>
      )}
      {invitations.length < MOST_OPEN && (
        <form class="form" method="post" action={`${path}/invitations`}>
          <div class="form-row">
            <Field name="invitation-note" label="Who is it for?" hint="Only you see this">
              <input id="invitation-note" name="note" maxlength={100} autocomplete="off" />
            </Field>
            <Field name="role" label="What can they do?">
              <select id="role" name="role">
                <Roles chosen="viewer" />
              </select>
            </Field>
          </div>
          <div class="actions">
            <button class="button">Create invitation</button>
          </div>
        </form>
      )}
    </section>
  )
}

const Roles = ({ chosen }: { chosen: MemberRole }) => (
  <>
    {Object.entries(roleNames).map(([role, name]) => (
      <option value={role} selected={role === chosen}>
        {name}
      </option>
    ))}
  </>
)

/** An address that holds a secret, which nobody can be shown again. */
export const Once = ({ id, address, words }: { id: string; address: string; words: string }) => (
  <div class="once" role="status">
    <label for={id}>{words}</label>
    <input id={id} value={address} readonly autofocus />
  </div>
)

/** The door out for a member. */
export const Leave = ({ portfolio }: { portfolio: { id: string; name: string } }) => (
  <details class="panel danger" id="leave">
    <summary>Leave this portfolio</summary>
    <p>You will no longer see {portfolio.name}. Nothing in it changes, and its owner can invite you again.</p>
    <form class="form" method="post" action={`/portfolios/${portfolio.id}/leave`}>
      <div class="actions">
        <button class="button destructive" name="confirm" value="yes">
          Leave {portfolio.name}
        </button>
      </div>
    </form>
  </details>
)

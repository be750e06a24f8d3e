import type { AccessList } from '../../storage/access-list.ts'
import { MOST_OPEN } from '../../storage/invitations.ts'
import type { MemberRole } from '../../storage/members.ts'
import { day, sentence } from '../format.ts'
import { Field } from './portfolio-form.tsx'
import { type Label, t } from '../words/words.ts'

const roleNames: Record<MemberRole, Label> = { viewer: 'Can view', editor: 'Can edit' }

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
      <h2 id="people-title">{t('People')}</h2>
      {members.length === 0 && invitations.length === 0 && (
        <p class="aside">
          {t('Only you can see this portfolio. Invite somebody to view it, or to edit it with you.')}
        </p>
      )}
      {members.length > 0 && (
        <ul class="people" aria-label={t('Members')}>
          {members.map(({ account, name, role }) => (
            <li>
              <span>{name || t('Somebody')}</span>
              <form method="post" action={`${path}/members/${account}`}>
                <select name="role" aria-label={t('What {name} can do', { name })}>
                  <Roles chosen={role} />
                </select>
                <button class="button">{t('Save')}</button>
              </form>
              <form method="post" action={`${path}/members/${account}/remove`}>
                <button class="button" aria-label={t('Remove {name}', { name })}>
                  {t('Remove')}
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
          words={t(
            'Send this link to one person. It works once, within 7 days, and is shown only this once.',
          )}
        />
      )}
      {invitations.length > 0 && (
        <>
          <h3>{t('Open invitations')}</h3>
          <ul class="people" aria-label={t('Open invitations')}>
            {invitations.map(({ id, role, note, expiresAt }) => (
              <li>
                <span>
                  {note || t('Somebody')}{' '}
                  <small>
                    {t(role === 'editor' ? 'can edit, until {day}' : 'can view, until {day}', {
                      day: day(new Date(expiresAt).toISOString().slice(0, 10)),
                    })}
                  </small>
                </span>
                <form method="post" action={`${path}/invitations/${id}/withdraw`}>
                  <button class="button">{t('Revoke')}</button>
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
            <Field name="invitation-note" label={t('Who is it for?')} hint={t('Only you see this')}>
              <input id="invitation-note" name="note" maxlength={100} autocomplete="off" />
            </Field>
            <Field name="role" label={t('What can they do?')}>
              <select id="role" name="role">
                <Roles chosen="viewer" />
              </select>
            </Field>
          </div>
          <div class="actions">
            <button class="button">{t('Create invitation')}</button>
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
        {t(name)}
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
    <summary>{t('Leave this portfolio')}</summary>
    <p>
      {t('You will no longer see {name}. Nothing in it changes, and its owner can invite you again.', {
        name: portfolio.name,
      })}
    </p>
    <form class="form" method="post" action={`/portfolios/${portfolio.id}/leave`}>
      <div class="actions">
        <button class="button destructive" name="confirm" value="yes">
          {t('Leave {name}', { name: portfolio.name })}
        </button>
      </div>
    </form>
  </details>
)

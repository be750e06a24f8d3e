import type { Invited } from '../../storage/invitations.ts'
import { Field, marks } from './portfolio-form.tsx'
import { t } from '../words/words.ts'

type InvitationProps = {
  secret: string
  invited: Invited
  /** Who is signed in; null for nobody. */
  visitor: { name: string } | null
  /** True where the invitation itself makes an account. */
  mayJoin: boolean
  /** What was typed as the name of a new account, and why it is none. */
  refused?: { name: string; fault: string } | undefined
}

/** What somebody is invited to, and the ways to accept it. */
export const Invitation = ({ secret, invited, visitor, mayJoin, refused }: InvitationProps) => {
  const { portfolio, role, invitedBy } = invited
  const path = `/invitations/${secret}`
  return (
    <div class="page">
      <h1>{portfolio}</h1>
      <p class="lead">
        {role === 'editor'
          ? t(
              '{name} invites you to edit this portfolio together: you will see what it holds, what it is worth and how it compares with an index fund, and can add and change its transactions.',
              { name: invitedBy || t('Somebody') },
            )
          : t(
              '{name} invites you to view this portfolio: you will see what it holds, what it is worth and how it compares with an index fund.',
              { name: invitedBy || t('Somebody') },
            )}
      </p>
      {visitor ? (
        <section class="panel">
          <form class="form" method="post" action={path}>
            <p>
              {visitor.name
                ? t('You are signed in as {name}.', { name: visitor.name })
                : t('You are signed in.')}
            </p>
            <div class="actions">
              <button class="button primary">{t('Accept')}</button>
            </div>
          </form>
        </section>
      ) : (
        <>
          {mayJoin && (
            <section class="panel" aria-labelledby="new-title">
              <h2 id="new-title">{t('If you are new here')}</h2>
              <form class="form" method="post" action={path}>
                <Field name="name" label={t('Your name')} fault={refused?.fault}>
                  <input
                    id="name"
                    name="name"
                    value={refused?.name}
                    required
                    maxlength={100}
                    autocomplete="name"
                    {...marks('name', refused?.fault)}
                  />
                </Field>
                <p class="aside">{t('Next, you add a passkey to sign in with.')}</p>
                <div class="actions">
                  <button class="button primary">{t('Accept and create account')}</button>
                </div>
              </form>
            </section>
          )}
          <section class="panel part" aria-labelledby="known-title">
            <h2 id="known-title">{t('If you have an account')}</h2>
            <div class="actions">
              <a class="button" href={`/sign-in?next=${encodeURIComponent(path)}`}>
                {t('Sign in and accept')}
              </a>
            </div>
          </section>
        </>
      )}
    </div>
  )
}

import type { Passkey } from '../../storage/passkeys.ts'
import type { Session } from '../../storage/sessions.ts'
import type { Visitor } from '../../storage/visitors.ts'
import { when } from '../format.ts'
import { deviceName } from './device-name.ts'
import { Fault } from './fault.tsx'
import { marks } from './portfolio-form.tsx'
import { PasskeyButton } from './passkey-button.tsx'
import { SignInAgain } from './sign-in-again.tsx'
import { t } from '../words/words.ts'

export type Means = {
  visitor: Visitor
  sessions: readonly Session[]
  passkeys: readonly Passkey[]
  /** How many recovery codes are not used. */
  codes: number
  /** True for somebody who has just signed in, and may change how one signs in. */
  isFresh: boolean
  hasPasskeys: boolean
  /** A new name of a passkey that was refused. */
  passkey?: { id: string; name: string; fault: string } | undefined
  now: number
}

/** How an account is signed in to, and where it is. */
export const SignInMeans = (props: Means) =>
  props.visitor.by === 'access' ? (
    <ThroughAccess />
  ) : (
    <>
      <Passkeys {...props} />
      <Codes {...props} />
      <Sessions {...props} />
    </>
  )

const Passkeys = ({ passkeys, isFresh, hasPasskeys, now, passkey }: Means) => (
  <section class="panel part" aria-labelledby="passkeys-title">
    <h2 id="passkeys-title">{t('Passkeys')}</h2>
    {passkeys.length === 0 ? (
      <p>{t('A passkey signs you in with your device’s fingerprint, face or PIN. You have none yet.')}</p>
    ) : (
      <ul class="proofs passkeys">
        {passkeys.map(({ id, name, createdAt, usedAt, doubtedAt }) => (
          <li>
            <span>
              {deviceName(name)}
              <small>
                {usedAt === null
                  ? t('added {added}, not used yet', { added: when(createdAt, now) })
                  : t('added {added}, last used {used}', {
                      added: when(createdAt, now),
                      used: when(usedAt, now),
                    })}
              </small>
              {doubtedAt !== null && (
                <small class="doubt">
                  {t('Refused {at}: there may be a copy of it. Remove it, and add a new one.', {
                    at: when(doubtedAt, now),
                  })}
                </small>
              )}
            </span>
            <details open={passkey?.id === id}>
              <summary>{t('Rename')}</summary>
              <form method="post" action={`/account/passkeys/${id}/name`}>
                <input
                  name="name"
                  value={passkey?.id === id ? passkey.name : name}
                  required
                  maxlength={100}
                  aria-label={t('New name of {name}', { name: deviceName(name) })}
                  {...marks(id, passkey?.id === id ? passkey.fault : undefined)}
                />
                <button class="button">{t('Save')}</button>
              </form>
              {passkey?.id === id && <Fault of={id}>{passkey.fault}</Fault>}
            </details>
            {isFresh && (
              <form method="post" action={`/account/passkeys/${id}/remove`}>
                <button class="button" aria-label={t('Remove {name}', { name: deviceName(name) })}>
                  {t('Remove')}
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
    )}
    {isFresh ? (
      <PasskeyButton does="register" next="/account" isSet={hasPasskeys} isPrimary={passkeys.length === 0}>
        {t('Add a passkey')}
      </PasskeyButton>
    ) : (
      <SignInAgain to={t('add or remove a passkey')} />
    )}
  </section>
)

const Codes = ({ codes, isFresh }: Means) => (
  <section class="panel part" aria-labelledby="codes-title">
    <h2 id="codes-title">{t('Recovery codes')}</h2>
    <p>
      {codes === 0
        ? t('A recovery code signs you in once if you lose your passkeys. You have none.')
        : codes === 1
          ? t('One code is left. Each signs you in once if you lose your passkeys.')
          : t('{n} codes are left. Each signs you in once if you lose your passkeys.', { n: codes })}
    </p>
    {isFresh ? (
      <form method="post" action="/account/recovery-codes">
        <button class="button">
          {codes === 0 ? t('Create recovery codes') : t('Replace them with new codes')}
        </button>
      </form>
    ) : (
      <SignInAgain to={t('create recovery codes')} />
    )}
  </section>
)

const Sessions = ({ visitor, sessions, now }: Means) => (
  <section class="panel part" aria-labelledby="sessions-title">
    <h2 id="sessions-title">{t('Where you are signed in')}</h2>
    <ul class="proofs sessions">
      {sessions.map(({ id, device, usedAt }) => (
        <li>
          <span>
            {deviceName(device)}
            {id === visitor.proof.id ? (
              ` ${t('(this browser)')}`
            ) : (
              <small>{t('last used {used}', { used: when(usedAt, now) })}</small>
            )}
          </span>
          <form method="post" action={`/account/sessions/${id}/end`}>
            <button class="button">{t('Sign out')}</button>
          </form>
        </li>
      ))}
    </ul>
    <form method="post" action="/account/sign-out-everywhere">
      <button class="button">{t('Sign out everywhere')}</button>
    </form>
  </section>
)

const ThroughAccess = () => (
  <section class="panel part" aria-labelledby="access-title">
    <h2 id="access-title">{t('How you sign in')}</h2>
    <p>{t('Cloudflare Access signs you in. No passkeys and no recovery codes are needed here.')}</p>
    <form method="post" action="/sign-out">
      <button class="button">{t('Sign out')}</button>
    </form>
  </section>
)

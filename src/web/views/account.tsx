import type { ApiToken } from '../../storage/api-tokens.ts'
import type { AccountEntry } from '../../storage/activity-log.ts'
import type { Passkey } from '../../storage/passkeys.ts'
import type { Session } from '../../storage/sessions.ts'
import type { Visitor } from '../../storage/visitors.ts'
import { when } from '../format.ts'
import { deviceName } from './device-name.ts'
import { accessWords } from './access-words.ts'
import { ApiTokens, type TypedToken } from './api-tokens.tsx'
import { marks } from './portfolio-form.tsx'
import { PasskeyButton } from './passkey-button.tsx'
import { TypedName } from './typed-name.tsx'
import { parts, t, translated } from '../words/words.ts'

/** A form of the page that was refused, with what was typed and why it was not taken. */
export type RefusedForm = {
  /** What was typed as one’s name, and why it is none. */
  typed?: string | undefined
  fault?: string | undefined
  /** What was typed as the name to confirm the deletion. */
  confirmed?: string | undefined
  passkey?: { id: string; name: string; fault: string } | undefined
  token?: TypedToken | undefined
  /** Why a file with everything was not taken in. */
  fileFault?: string | undefined
}

type AccountProps = RefusedForm & {
  visitor: Visitor
  sessions: readonly Session[]
  tokens: readonly ApiToken[]
  passkeys: readonly Passkey[]
  /** How many recovery codes are not used. */
  codes: number
  /** True for somebody who has just signed in, and may change how one signs in. */
  isFresh: boolean
  hasPasskeys: boolean
  /** True where this browser keeps the last snapshot. */
  isKeeping: boolean
  now: number
  /** What was changed of how the account is signed in to, newest first. */
  log: readonly AccountEntry[]
  /** Their portfolios that others may see. */
  shared: readonly { name: string; people: number }[]
}

export const Account = (props: AccountProps) => {
  const { visitor, typed = visitor.name, fault } = props
  return (
    <div class="page">
      <h1>{t('Account')}</h1>
      <section class="panel" aria-labelledby="you-title">
        <h2 id="you-title">{t('You')}</h2>
        <form class="form" method="post" action="/account/name">
          <div class="field">
            <label for="name">{t('Name')}</label>
            <input
              id="name"
              name="name"
              value={typed}
              required
              maxlength={100}
              autocomplete="name"
              {...marks('name', fault)}
            />
            {fault && <Fault of="name">{fault}</Fault>}
          </div>
          <div class="actions">
            <button class="button">{t('Save')}</button>
          </div>
        </form>
      </section>
      {visitor.by === 'access' ? (
        <ThroughAccess />
      ) : (
        <>
          <Passkeys {...props} />
          <Codes {...props} />
          <Sessions {...props} />
        </>
      )}
      <Kept {...props} />
      <Notified />
      <ApiTokens {...props} typed={props.token} />
      <Changes {...props} />
      <Everything {...props} />
      <Delete {...props} />
    </div>
  )
}

const Fault = ({ of, children }: { of: string; children: string }) => (
  <p class="fault" id={`${of}-fault`} role="alert">
    {translated(children)}
  </p>
)

const Passkeys = ({ passkeys, isFresh, hasPasskeys, now, passkey }: AccountProps) => (
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

const Codes = ({ codes, isFresh }: AccountProps) => (
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

const Changes = ({ log, now }: AccountProps) =>
  log.length > 0 && (
    <section class="panel part" aria-labelledby="changes-title">
      <h2 id="changes-title">{t('Account activity')}</h2>
      <ul class="proofs">
        {log.map(({ at, change }) => (
          <li>
            <span>
              {change.kind === 'access' &&
                t('You {deed}', { deed: accessWords(change, { actor: '', whom: null }) })}
              <small>{when(at, now)}</small>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )

const Sessions = ({ visitor, sessions, now }: AccountProps) => (
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

const Kept = ({ isKeeping }: AccountProps) => (
  <section class="panel part" aria-labelledby="kept-title">
    <h2 id="kept-title">{t('On this device')}</h2>
    <p>
      {isKeeping
        ? t(
            'This browser keeps each dashboard as you last saw it. It opens at once, even offline, and says how old it is. Nothing can be changed offline.',
          )
        : t(
            'This browser can keep each dashboard as you last saw it, so that it opens at once, even offline.',
          )}{' '}
      {t('Anyone who uses this browser can open it. Signing out deletes it.')}
    </p>
    <form method="post" action="/account/kept-snapshot">
      <input type="hidden" name="keep" value={isKeeping ? 'off' : 'on'} />
      <button class="button">
        {isKeeping ? t('Keep nothing on this device') : t('Keep the last snapshot on this device')}
      </button>
    </form>
  </section>
)

const Notified = () => (
  <section class="panel part" aria-labelledby="notified-title">
    <h2 id="notified-title">{t('Notifications')}</h2>
    <p>
      <a href="/account/notices">{t('Choose where notifications are sent')}</a>
    </p>
  </section>
)

const Everything = ({ fileFault }: AccountProps) => (
  <section class="panel part" aria-labelledby="everything-title">
    <h2 id="everything-title">{t('Everything in one file')}</h2>
    <p>
      {t(
        'Your portfolios with their settings, transactions, notes and activity. You can import the file into another Yardstick.',
      )}
    </p>
    <ul class="exports">
      <li>
        <a href="/account/export">{t('Export everything')}</a>
      </li>
    </ul>
    <form class="form" method="post" action="/account/import" enctype="multipart/form-data">
      <div class="field">
        <label for="everything">{t('Import portfolios from an export file')}</label>
        <input
          id="everything"
          name="file"
          type="file"
          accept=".json,application/json"
          required
          {...marks('everything', fileFault)}
        />
        {fileFault && <Fault of="everything">{fileFault}</Fault>}
      </div>
      <div class="actions">
        <button class="button">{t('Import')}</button>
      </div>
    </form>
  </section>
)

const Delete = ({ visitor, shared, isFresh, confirmed }: AccountProps) => {
  const { name, isAdmin } = visitor
  return (
    <details class="panel danger" id="delete" open={confirmed !== undefined}>
      <summary>{t('Delete your account')}</summary>
      <p>
        {t(
          'This deletes your account and all your portfolios, with their transactions, notes and history. It cannot be undone. Export what you want to keep first.',
        )}
      </p>
      {shared.map((each) => (
        <p>
          {each.people === 1
            ? t('{name} is shared: one other person loses it.', { name: each.name })
            : t('{name} is shared: {n} others lose it.', { name: each.name, n: each.people })}
        </p>
      ))}
      {isAdmin && (
        <p>
          {t(
            'You run this Yardstick. If nobody else does, it has no owner until somebody claims it with its SETUP_TOKEN.',
          )}
        </p>
      )}
      {isFresh ? (
        <TypedName
          action="/account/delete"
          name={name}
          label={t('Type your name to confirm')}
          what={t('your name')}
          typed={confirmed}
          button={t('Delete your account')}
        />
      ) : (
        <SignInAgain to={t('delete your account')} />
      )}
    </details>
  )
}

const ThroughAccess = () => (
  <section class="panel part" aria-labelledby="access-title">
    <h2 id="access-title">{t('How you sign in')}</h2>
    <p>{t('Cloudflare Access signs you in. No passkeys and no recovery codes are needed here.')}</p>
    <form method="post" action="/sign-out">
      <button class="button">{t('Sign out')}</button>
    </form>
  </section>
)

const SignInAgain = ({ to }: { to: string }) => (
  <p class="aside">
    {parts('{link} to {what}: that takes a sign-in of the last ten minutes.', {
      link: <a href="/sign-in?again=1&next=/account">{t('Sign in again')}</a>,
      what: to,
    })}
  </p>
)

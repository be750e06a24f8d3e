import type { ApiToken } from '../../storage/api-tokens.ts'
import type { AccountEntry } from '../../storage/activity-log.ts'
import { when } from '../format.ts'
import { accessWords } from './access-words.ts'
import { ApiTokens, type TypedToken } from './api-tokens.tsx'
import { Fault } from './fault.tsx'
import { marks } from './portfolio-form.tsx'
import { SignInAgain } from './sign-in-again.tsx'
import { type Means, SignInMeans } from './sign-in-means.tsx'
import { TypedName } from './typed-name.tsx'
import { t } from '../words/words.ts'

/** A form of the page that was refused, with what was typed and why it was not taken. */
export type RefusedForm = {
  /** What was typed as one’s name, and why it is none. */
  typed?: string | undefined
  fault?: string | undefined
  /** What was typed as the name to confirm the deletion. */
  confirmed?: string | undefined
  passkey?: Means['passkey']
  token?: TypedToken | undefined
  /** Why a file with everything was not taken in. */
  fileFault?: string | undefined
}

type AccountProps = RefusedForm &
  Means & {
    tokens: readonly ApiToken[]
    /** True where this browser keeps the last snapshot. */
    isKeeping: boolean
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
      <SignInMeans {...props} />
      <Kept {...props} />
      <Notified />
      <ApiTokens {...props} typed={props.token} />
      <Changes {...props} />
      <Everything {...props} />
      <Delete {...props} />
    </div>
  )
}

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

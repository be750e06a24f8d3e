import { PasskeyButton } from './passkey-button.tsx'
import { t, translated } from '../words/words.ts'

type RecoveryCodesProps = {
  codes: readonly string[]
  hasPasskeys?: boolean
  /** Right after the account was made, when there is no passkey yet: what the page says, and where it leads. */
  first?: { title: string; next: string }
}

/** The recovery codes of an account, the only time that they are shown. */
export const RecoveryCodes = ({ codes, hasPasskeys = false, first }: RecoveryCodesProps) => (
  <div class="page">
    <h1>{first === undefined ? t('Your new recovery codes') : translated(first.title)}</h1>
    <p class="lead">
      {first
        ? t('Two steps remain, so that you can sign in again and nobody else can.')
        : t('Any earlier codes no longer work.')}
    </p>
    {first && (
      <section class="panel part" aria-labelledby="passkey-title">
        <h2 id="passkey-title">{t('1. Add a passkey')}</h2>
        <p>{t('Your device keeps it and asks for your fingerprint, face or PIN when you sign in.')}</p>
        <PasskeyButton does="register" next={null} isSet={hasPasskeys} isPrimary>
          {t('Add a passkey')}
        </PasskeyButton>
      </section>
    )}
    <section class="panel part" aria-labelledby="codes-title">
      <h2 id="codes-title">{first ? t('2. Save your recovery codes') : t('Save them now')}</h2>
      <p>
        {t(
          'Each code signs you in once if you lose your passkeys. They are not shown again, so print them or keep them in your password manager.',
        )}
      </p>
      <ol class="codes">
        {codes.map((each) => (
          <li>
            <code>{each}</code>
          </li>
        ))}
      </ol>
    </section>
    <p class="actions">
      <a class={first ? 'button' : 'button primary'} href={first?.next ?? '/account'}>
        {t('I have saved them')}
      </a>
    </p>
  </div>
)

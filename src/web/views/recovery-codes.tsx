import { PasskeyButton } from './passkey-button.tsx'

type RecoveryCodesProps = {
  codes: readonly string[]
  hasPasskeys?: boolean
  /** Right after the account was made, when there is no passkey yet: what the page says, and where it leads. */
  first?: { title: string; next: string }
}

/** The recovery codes of an account, the only time that they are shown. */
export const RecoveryCodes = ({ codes, hasPasskeys = false, first }: RecoveryCodesProps) => (
  <div class="page">
    <h1>{first?.title ?? 'Your new recovery codes'}</h1>
    <p class="lead">
      {first
        ? 'Two steps remain, so that you can sign in again and nobody else can.'
        : 'Any earlier codes no longer work.'}
    </p>
    {first && (
      <section class="panel part" aria-labelledby="passkey-title">
        <h2 id="passkey-title">1. Add a passkey</h2>
        <p>Your device keeps it and asks for your fingerprint, face or PIN when you sign in.</p>
        <PasskeyButton does="register" next={null} isSet={hasPasskeys} isPrimary>
          Add a passkey
        </PasskeyButton>
      </section>
    )}
    <section class="panel part" aria-labelledby="codes-title">
      <h2 id="codes-title">{first ? '2. Save your recovery codes' : 'Save them now'}</h2>
      <p>
        Each code signs you in once if you lose your passkeys. They are not shown again, so print them or keep
        them in your password manager.
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
        I have saved them
      </a>
    </p>
  </div>
)

import { PasskeyButton } from './passkey-button.tsx'
import { t, translated } from '../words/words.ts'

type SignInProps = {
  /** The page that the sign-in leads to. */
  next: string
  /** True on the machine that Yardstick runs on, as `npm start` has it. */
  isLocal: boolean
  hasPasskeys: boolean
  /** What was wrong with a recovery code. */
  fault?: string | undefined
}

export const SignIn = ({ next, isLocal, hasPasskeys, fault }: SignInProps) => (
  <div class="page">
    <h1>{t('Sign in')}</h1>
    {isLocal && (
      <section class="panel" aria-labelledby="local-title">
        <h2 id="local-title">{t('This is your own machine')}</h2>
        <form class="form" method="post" action="/sign-in/local">
          <input type="hidden" name="next" value={next} />
          <p>{t('Only this machine can reach this Yardstick, so one click signs you in.')}</p>
          <div class="actions">
            <button class="button primary">{t('Open Yardstick')}</button>
          </div>
        </form>
      </section>
    )}
    <section class="panel part" aria-labelledby="passkey-title">
      <h2 id="passkey-title">{t('With a passkey')}</h2>
      <p>{t('Your device asks for your fingerprint, face or PIN. There is no password.')}</p>
      <PasskeyButton does="sign in" next={next} isSet={hasPasskeys} isPrimary={!isLocal}>
        {t('Sign in with a passkey')}
      </PasskeyButton>
      <details open={fault !== undefined}>
        <summary>{t('Use a recovery code')}</summary>
        <form class="form" method="post" action="/sign-in/recovery-code">
          {fault && (
            <p class="fault" role="alert">
              {translated(fault)}
            </p>
          )}
          <div class="field">
            <label for="code">{t('Recovery code')}</label>
            <input
              id="code"
              name="code"
              required
              maxlength={40}
              autocomplete="off"
              autocapitalize="characters"
              spellcheck={false}
              placeholder="K7QF-9T3M-XA52-0HVD-6RWC"
            />
            <small>
              {t('Each code works once. It signs you in here and signs you out everywhere else.')}
            </small>
          </div>
          <div class="actions">
            <button class="button">{t('Sign in with the code')}</button>
          </div>
        </form>
      </details>
    </section>
  </div>
)

/** The page in place of it where Cloudflare Access stands in front. */
export const SignInElsewhere = () => (
  <div class="page">
    <h1>{t('Sign in')}</h1>
    <section class="panel part" aria-labelledby="access-title">
      <h2 id="access-title">{t('With Cloudflare Access')}</h2>
      <p>
        {t(
          'Cloudflare Access signs people in to this Yardstick, and has signed you in. To sign in as somebody else, sign out first.',
        )}
      </p>
      <div class="actions">
        <a class="button primary" href="/">
          {t('Open Yardstick')}
        </a>
        <a class="button" href="/cdn-cgi/access/logout">
          {t('Sign out')}
        </a>
      </div>
    </section>
  </div>
)

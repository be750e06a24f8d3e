import { PasskeyButton } from './passkey-button.tsx'

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
    <h1>Sign in</h1>
    {isLocal && (
      <section class="panel" aria-labelledby="local-title">
        <h2 id="local-title">This is your own machine</h2>
        <form class="form" method="post" action="/sign-in/local">
          <input type="hidden" name="next" value={next} />
          <p>Only this machine can reach this Yardstick, so one click signs you in.</p>
          <div class="actions">
            <button class="button primary">Open Yardstick</button>
          </div>
        </form>
      </section>
    )}
    <section class="panel part" aria-labelledby="passkey-title">
      <h2 id="passkey-title">With a passkey</h2>
      <p>Your device asks for your fingerprint, face or PIN. There is no password.</p>
      <PasskeyButton does="sign in" next={next} isSet={hasPasskeys} isPrimary={!isLocal}>
        Sign in with a passkey
      </PasskeyButton>
      <details open={fault !== undefined}>
        <summary>Use a recovery code</summary>
        <form class="form" method="post" action="/sign-in/recovery-code">
          {fault && (
            <p class="fault" role="alert">
              {fault}
            </p>
          )}
          <div class="field">
            <label for="code">Recovery code</label>
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
            <small>Each code works once. It signs you in here and signs you out everywhere else.</small>
          </div>
          <div class="actions">
            <button class="button">Sign in with the code</button>
          </div>
        </form>
      </details>
    </section>
  </div>
)

/** The page in place of it where Cloudflare Access stands in front. */
export const SignInElsewhere = () => (
  <div class="page">
    <h1>Sign in</h1>
    <section class="panel part" aria-labelledby="access-title">
      <h2 id="access-title">With Cloudflare Access</h2>
      <p>
        Cloudflare Access signs people in to this Yardstick, and has signed you in. To sign in as somebody
        else, sign out first.
      </p>
      <div class="actions">
        <a class="button primary" href="/">
          Open Yardstick
        </a>
        <a class="button" href="/cdn-cgi/access/logout">
          Sign out
        </a>
      </div>
    </section>
  </div>
)

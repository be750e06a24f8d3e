type SignInProps = {
  /** The page that the sign-in leads to. */
  next: string
  /** True on the machine that Yardstick runs on, as `npm start` has it. */
  isLocal: boolean
}

export const SignIn = ({ next, isLocal }: SignInProps) => (
  <div class="page">
    <h1>Sign in</h1>
    {isLocal && (
      <section class="panel" aria-labelledby="local-title">
        <h2 id="local-title">This is your own machine</h2>
        <form class="form" method="post" action="/sign-in/local">
          <input type="hidden" name="next" value={next} />
          <p>Nobody else can reach this Yardstick, so one click signs you in.</p>
          <div class="actions">
            <button class="button primary">Open Yardstick</button>
          </div>
        </form>
      </section>
    )}
  </div>
)

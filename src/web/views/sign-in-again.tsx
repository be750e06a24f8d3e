import { parts, t } from '../words/words.ts'

/** Where a sign-in that is older than ten minutes does not do. */
export const SignInAgain = ({ to }: { to: string }) => (
  <p class="aside">
    {parts('{link} to {what}: that takes a sign-in of the last ten minutes.', {
      link: <a href="/sign-in?again=1&next=/account">{t('Sign in again')}</a>,
      what: to,
    })}
  </p>
)

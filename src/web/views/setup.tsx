import { parts, t, translated } from '../words/words.ts'

type Props = {
  /** What was typed as the name, where the form comes back. */
  name?: string
  fault?: string
}

/** The page on which whoever runs the instance claims it. */
export const Setup = ({ name, fault }: Props) => (
  <div class="page">
    <h1>{t('Claim this Yardstick')}</h1>
    <p class="lead">
      {t('Nobody has claimed it yet. Enter its setup token to become its owner. You can then invite others.')}
    </p>
    <section class="panel">
      <form class="form" method="post" action="/setup">
        {fault && (
          <p class="fault" role="alert">
            {translated(fault)}
          </p>
        )}
        <div class="field">
          <label for="name">{t('Your name')}</label>
          <input id="name" name="name" value={name} required maxlength={100} autocomplete="name" />
        </div>
        <div class="field">
          <label for="token">{t('Setup token')}</label>
          <input id="token" name="token" type="password" required autocomplete="off" />
          <small>
            {parts('The secret you chose with {command}.', {
              command: <code>npx wrangler secret put SETUP_TOKEN</code>,
            })}
          </small>
        </div>
        <div class="actions">
          <button class="button primary">{t('Claim')}</button>
        </div>
      </form>
    </section>
  </div>
)

import { type ApiToken, MOST_TOKENS } from '../../storage/api-tokens.ts'
import { day } from '../format.ts'
import { instant } from '../instant.ts'
import { Field } from './portfolio-form.tsx'
import { type Label, parts, t } from '../words/words.ts'

/** What programs may reach an account by, and the form that makes another. */
export const ApiTokens = ({ tokens, now }: { tokens: readonly ApiToken[]; now: number }) => (
  <section class="panel" aria-labelledby="tokens-title">
    <h2 id="tokens-title">{t('API tokens')}</h2>
    <p class="aside">
      {parts(
        'A program with a token can read or edit your portfolios on your behalf. What it may ask is in the {api}.',
        { api: <a href="/api">API</a> },
      )}
    </p>
    {tokens.length > 0 && (
      <ul class="proofs">
        {tokens.map((token) => (
          <li>
            <span>
              {token.name}
              <small>
                <code>{token.prefix}…</code> {t(scopes[token.scope])}, {use(token)}, {expiry(token, now)}
              </small>
            </span>
            <form method="post" action={`/account/tokens/${token.id}/revoke`}>
              <button class="button" aria-label={t('Revoke {name}', { name: token.name })}>
                {t('Revoke')}
              </button>
            </form>
          </li>
        ))}
      </ul>
    )}
    {tokens.length < MOST_TOKENS && (
      <form class="form" method="post" action="/account/tokens">
        <Field name="token-name" label={t('Name')}>
          <input id="token-name" name="name" required maxlength={100} autocomplete="off" />
        </Field>
        <div class="form-row">
          <Field name="scope" label={t('Access')}>
            <select id="scope" name="scope">
              <option value="read">{t('Read only')}</option>
              <option value="write">{t('Read and edit')}</option>
            </select>
          </Field>
          <Field name="expires_in_days" label={t('Expires after')}>
            <select id="expires_in_days" name="expires_in_days">
              <option value="30">{t('30 days')}</option>
              <option value="90" selected>
                {t('90 days')}
              </option>
              <option value="365">{t('1 year')}</option>
              <option value="never">{t('Never')}</option>
            </select>
          </Field>
        </div>
        <div class="actions">
          <button class="button">{t('Create token')}</button>
        </div>
      </form>
    )}
  </section>
)

/** A token that was just made, on the only page that ever shows it. */
export const NewToken = ({ token, row }: { token: string; row: ApiToken }) => (
  <div class="sheet">
    <h1>{t('New API token')}</h1>
    <section class="panel" aria-labelledby="token-title">
      <h2 id="token-title">{row.name}</h2>
      <p class="lead">{t('Copy the token now. This page is the only one that shows it.')}</p>
      <div class="form">
        <Field name="token" label={t('Token')}>
          <input id="token" value={token} readonly autocomplete="off" spellcheck={false} />
        </Field>
        <p class="aside">
          {parts('Programs send it with each request, in the header {header} followed by the token.', {
            header: <code>Authorization: Bearer</code>,
          })}
        </p>
        <div class="actions">
          <a class="button primary" href="/account">
            {t('I have copied it')}
          </a>
        </div>
      </div>
    </section>
  </div>
)

const scopes = { read: 'reads', write: 'reads and edits' } as const satisfies Record<string, Label>

function use({ usedAt }: ApiToken): string {
  return usedAt === null ? t('never used') : t('last used {used}', { used: dayOf(usedAt) })
}

function expiry({ expiresAt }: ApiToken, now: number): string {
  if (expiresAt === null) return t('does not expire')
  return expiresAt <= now ? t('has expired') : t('expires {day}', { day: dayOf(expiresAt) })
}

function dayOf(at: number): string {
  return day(instant(at).slice(0, 10))
}

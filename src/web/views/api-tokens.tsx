import { type ApiToken, MOST_TOKENS } from '../../storage/api-tokens.ts'
import { day } from '../format.ts'
import { instant } from '../instant.ts'
import { Choice, Field, marks } from './portfolio-form.tsx'
import { type Label, parts, t } from '../words/words.ts'

/** What was typed for a token that was refused, and why. */
export type TypedToken = { typed: Record<string, string>; faults: Record<string, string | undefined> }

type Props = { tokens: readonly ApiToken[]; now: number; typed?: TypedToken | undefined }

const none: TypedToken = { typed: {}, faults: {} }

/** What programs may reach an account by, and the form that makes another. */
export const ApiTokens = ({ tokens, now, typed: { typed, faults } = none }: Props) => (
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
        <Field name="token-name" label={t('Name')} fault={faults.name}>
          <input
            id="token-name"
            name="name"
            value={typed.name}
            required
            maxlength={100}
            autocomplete="off"
            {...marks('token-name', faults.name)}
          />
        </Field>
        <div class="form-row">
          <Choice
            name="scope"
            label={t('Access')}
            options={{ read: 'Read only', write: 'Read and edit' }}
            chosen={typed.scope ?? 'read'}
            fault={faults.scope}
          />
          <Choice
            name="expires_in_days"
            label={t('Expires after')}
            options={lives}
            chosen={typed.expires_in_days ?? '90'}
            fault={faults.expires_in_days}
          />
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

const lives = {
  30: '30 days',
  90: '90 days',
  365: '1 year',
  never: 'Never',
} as const satisfies Record<string, Label>

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

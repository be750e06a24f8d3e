import { type ApiToken, MOST_TOKENS } from '../../storage/api-tokens.ts'
import { day } from '../format.ts'
import { instant } from '../instant.ts'
import { Field } from './portfolio-form.tsx'

/** What programs may reach an account by, and the form that makes another. */
export const ApiTokens = ({ tokens, now }: { tokens: readonly ApiToken[]; now: number }) => (
  <section class="panel" aria-labelledby="tokens-title">
    <h2 id="tokens-title">API tokens</h2>
    <p class="aside">
      A program with a token can read or edit your portfolios on your behalf. What it may ask is in the{' '}
      <a href="/api">API</a>.
    </p>
    {tokens.length > 0 && (
      <ul class="proofs">
        {tokens.map((token) => (
          <li>
            <span>
              {token.name}
              <small>
                <code>{token.prefix}…</code> {scopes[token.scope]}, {use(token)}, {expiry(token, now)}
              </small>
            </span>
            <form method="post" action={`/account/tokens/${token.id}/revoke`}>
              <button class="button" aria-label={`Revoke ${token.name}`}>
                Revoke
              </button>
            </form>
          </li>
        ))}
      </ul>
    )}
    {tokens.length < MOST_TOKENS && (
      <form class="form" method="post" action="/account/tokens">
        <Field name="token-name" label="Name">
          <input id="token-name" name="name" required maxlength={100} autocomplete="off" />
        </Field>
        <div class="form-row">
          <Field name="scope" label="Access">
            <select id="scope" name="scope">
              <option value="read">Read only</option>
              <option value="write">Read and edit</option>
            </select>
          </Field>
          <Field name="expires_in_days" label="Expires after">
            <select id="expires_in_days" name="expires_in_days">
              <option value="30">30 days</option>
              <option value="90" selected>
                90 days
              </option>
              <option value="365">1 year</option>
              <option value="never">Never</option>
            </select>
          </Field>
        </div>
        <div class="actions">
          <button class="button">Create token</button>
        </div>
      </form>
    )}
  </section>
)

/** A token that was just made, on the only page that ever shows it. */
export const NewToken = ({ token, row }: { token: string; row: ApiToken }) => (
  <div class="sheet">
    <h1>New API token</h1>
    <section class="panel" aria-labelledby="token-title">
      <h2 id="token-title">{row.name}</h2>
      <p class="lead">Copy the token now. This page is the only one that shows it.</p>
      <div class="form">
        <Field name="token" label="Token">
          <input id="token" value={token} readonly autocomplete="off" spellcheck={false} />
        </Field>
        <p class="aside">
          Programs send it with each request, in the header <code>Authorization: Bearer</code> followed by the
          token.
        </p>
        <div class="actions">
          <a class="button primary" href="/account">
            I have copied it
          </a>
        </div>
      </div>
    </section>
  </div>
)

const scopes = { read: 'reads', write: 'reads and edits' } as const

function use({ usedAt }: ApiToken): string {
  return usedAt === null ? 'never used' : `last used ${dayOf(usedAt)}`
}

function expiry({ expiresAt }: ApiToken, now: number): string {
  if (expiresAt === null) return 'does not expire'
  return expiresAt <= now ? 'has expired' : `expires ${dayOf(expiresAt)}`
}

function dayOf(at: number): string {
  return day(instant(at).slice(0, 10))
}

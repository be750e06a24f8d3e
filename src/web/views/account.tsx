import type { ApiToken } from '../../storage/api-tokens.ts'
import type { Session } from '../../storage/sessions.ts'
import type { Visitor } from '../../storage/visitors.ts'
import { isFresh } from '../access/fresh.ts'
import { sentence, when } from '../format.ts'
import { ApiTokens } from './api-tokens.tsx'
import { Field, marks } from './portfolio-form.tsx'

type AccountProps = {
  visitor: Visitor
  sessions: readonly Session[]
  tokens: readonly ApiToken[]
  now: number
  /** Their portfolios that others may see. */
  shared: readonly { name: string; people: number }[]
  fault?: string | undefined
  /** What was typed as the name to confirm the deletion. */
  confirmed?: string | undefined
}

export const Account = ({ visitor, sessions, tokens, now, shared, fault, confirmed }: AccountProps) => (
  <div class="sheet">
    <h1>Account</h1>
    <div class="settings">
      <section class="panel" aria-labelledby="you-title">
        <h2 id="you-title">You</h2>
        <form class="form" method="post" action="/account/name">
          <label for="name">Name</label>
          <input id="name" name="name" value={visitor.name} required maxlength={100} autocomplete="name" />
          {fault && (
            <p class="fault" role="alert">
              {fault}
            </p>
          )}
          <div class="actions">
            <button class="button">Save</button>
          </div>
        </form>
      </section>
      <section class="panel" aria-labelledby="sessions-title">
        <h2 id="sessions-title">Where you are signed in</h2>
        <ul class="sessions">
          {sessions.map(({ id, device, usedAt }) => (
            <li>
              <form method="post" action={`/account/sessions/${id}/end`}>
                <span>
                  {device}
                  {id === visitor.proof.id ? ' (this browser)' : `, last used ${when(usedAt, now)}`}
                </span>
                <button class="button">Sign out</button>
              </form>
            </li>
          ))}
        </ul>
        <form method="post" action="/account/sign-out-everywhere">
          <button class="button">Sign out everywhere</button>
        </form>
      </section>
      <ApiTokens tokens={tokens} now={now} />
      <Delete visitor={visitor} shared={shared} now={now} confirmed={confirmed} />
    </div>
  </div>
)

type DeleteProps = Pick<AccountProps, 'visitor' | 'shared' | 'now' | 'confirmed'>

const Delete = ({ visitor, shared, now, confirmed }: DeleteProps) => {
  const { name, isAdmin } = visitor
  const fault =
    confirmed === undefined ? undefined : `“${confirmed}” is not your name, so nothing was deleted`
  return (
    <details class="panel danger" id="delete" open={confirmed !== undefined}>
      <summary>Delete your account</summary>
      <p>
        This deletes all your portfolios, with their transactions, notes and history, and how you sign in. It
        cannot be undone. Export what you want to keep first.
      </p>
      {shared.map((each) => (
        <p>
          {each.name} is shared: {each.people === 1 ? 'one other person loses' : `${each.people} others lose`}{' '}
          it.
        </p>
      ))}
      {isAdmin && (
        <p>
          You run this Yardstick. If nobody else does, it is then nobody’s, until somebody claims it with its
          SETUP_TOKEN.
        </p>
      )}
      {isFresh(visitor, now) ? (
        <form class="form" method="post" action="/account/delete">
          <Field name="confirm" label={`Type your name to confirm: ${name}`} fault={fault && sentence(fault)}>
            <input
              id="confirm"
              name="confirm"
              required
              autocomplete="off"
              spellcheck={false}
              value={confirmed ?? ''}
              {...marks('confirm', fault)}
            />
          </Field>
          <div class="actions">
            <button class="button destructive">Delete your account</button>
          </div>
        </form>
      ) : (
        <form class="form" method="post" action="/sign-out">
          <p>You signed in more than ten minutes ago. Sign in again, and then come back here.</p>
          <div class="actions">
            <button class="button">Sign out</button>
          </div>
        </form>
      )}
    </details>
  )
}

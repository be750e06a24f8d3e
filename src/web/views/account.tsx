import type { Session } from '../../storage/sessions.ts'
import type { Visitor } from '../../storage/visitors.ts'
import { when } from '../format.ts'

type AccountProps = {
  visitor: Visitor
  sessions: readonly Session[]
  now: number
  fault?: string | undefined
}

export const Account = ({ visitor, sessions, now, fault }: AccountProps) => (
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
    </div>
  </div>
)

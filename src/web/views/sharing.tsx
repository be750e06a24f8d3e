import type { AccessList } from '../../storage/access-list.ts'
import { MOST_LINKS } from '../../storage/share-links.ts'
import { day, sentence } from '../format.ts'
import { Once } from './people.tsx'
import { Field } from './portfolio-form.tsx'

/** How long a link may work, in days. */
export const durations: Record<string, string> = {
  '7': 'A week',
  '30': '30 days',
  '365': 'A year',
  never: 'Until I revoke it',
}

type SharingProps = {
  portfolio: { id: string }
  links: AccessList['links']
  /** The address of a link that was made just now. It is shown this once. */
  shared?: string | undefined
  fault?: string | undefined
}

/** The links by which anybody may look at a portfolio, for its owner. */
export const Sharing = ({ portfolio, links, shared, fault }: SharingProps) => {
  const path = `/portfolios/${portfolio.id}/links`
  return (
    <section class="panel" id="sharing" aria-labelledby="sharing-title">
      <h2 id="sharing-title">Share links</h2>
      <p class="aside">
        Anyone with a link sees a page with the figures, the chart and the holdings, without notes,
        transactions or downloads.
      </p>
      {shared !== undefined && (
        <Once
          id="shared"
          address={shared}
          words="Anyone with this link can view the portfolio. It is shown only this once, and you can revoke it at any time."
        />
      )}
      {links.length > 0 && (
        <ul class="people" aria-label="Links">
          {links.map(({ id, note, isPercentOnly, createdAt, expiresAt }) => (
            <li>
              <span>
                {note || `Link of ${dateOf(createdAt)}`}{' '}
                <small>
                  {isPercentOnly ? 'percentages only' : 'with amounts'}
                  {expiresAt === null ? '' : `, until ${dateOf(expiresAt)}`}
                </small>
              </span>
              <form method="post" action={`${path}/${id}/withdraw`}>
                <button class="button">Revoke</button>
              </form>
            </li>
          ))}
        </ul>
      )}
      {fault && (
        <p class="fault" role="alert">
          {sentence(fault)}
        </p>
      )}
      {links.length < MOST_LINKS && (
        <form class="form" method="post" action={path}>
          <div class="form-row">
            <Field name="link-note" label="Who is it for?" hint="Only you see this">
              <input id="link-note" name="note" maxlength={100} autocomplete="off" />
            </Field>
            <Field name="shows" label="What does it show?">
              <select id="shows" name="shows">
                <option value="percentages">Percentages only</option>
                <option value="amounts">Percentages and amounts</option>
              </select>
            </Field>
            <Field name="days" label="How long does it work?">
              <select id="days" name="days">
                {Object.entries(durations).map(([days, name]) => (
                  <option value={days} selected={days === '30'}>
                    {name}
                  </option>
                ))}
              </select>
            </Field>
          </div>
          <div class="actions">
            <button class="button">Create link</button>
          </div>
        </form>
      )}
    </section>
  )
}

function dateOf(instant: number): string {
  return day(new Date(instant).toISOString().slice(0, 10))
}

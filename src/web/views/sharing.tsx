import type { AccessList } from '../../storage/access-list.ts'
import { MOST_LINKS, type ShareLink } from '../../storage/share-links.ts'
import { day, sentence } from '../format.ts'
import { Once } from './people.tsx'
import { Field } from './portfolio-form.tsx'
import { type Label, t } from '../words/words.ts'

/** What a link opens. */
const kinds: Record<ShareLink['kind'], Label> = {
  page: 'A page to look at',
  calendar: 'Calendar of ex-dates and reviews (ICS)',
  activity: 'Activity (Atom)',
  figures: 'Figures, as for Home Assistant (JSON)',
  badge: 'Badge (SVG)',
  card: 'Card (SVG)',
}

/** How long a link may work, in days. */
export const durations: Record<string, Label> = {
  '7': 'A week',
  '30': '30 days',
  '365': 'A year',
  never: 'Until I revoke it',
}

export type SharingProps = {
  portfolio: { id: string }
  links: AccessList['links']
  /** A link that was made just now. Its address is shown this once. */
  shared?: { address: string; link: ShareLink } | undefined
  fault?: string | undefined
}

/** The links by which anybody may look at a portfolio, for its owner. */
export const Sharing = ({ portfolio, links, shared, fault }: SharingProps) => {
  const path = `/portfolios/${portfolio.id}/links`
  return (
    <section class="panel" id="sharing" aria-labelledby="sharing-title">
      <h2 id="sharing-title">{t('Share links and feeds')}</h2>
      <p class="aside">
        {t(
          'Anyone with a link sees a page with the figures, the chart and the holdings, without notes, transactions or downloads. A feed is for a program: whoever has its address can read it.',
        )}
      </p>
      {shared !== undefined && (
        <Once
          id="shared"
          address={shared.address}
          words={
            shared.link.kind === 'page'
              ? t(
                  'Anyone with this link can view the portfolio. It is shown only this once, and you can revoke it at any time.',
                )
              : t(
                  'Give this address to the program that reads it. It is shown only this once, and you can revoke it at any time.',
                )
          }
        />
      )}
      {links.length > 0 && (
        <ul class="people" aria-label={t('Links')}>
          {links.map(({ id, kind, note, isPercentOnly, createdAt, expiresAt }) => (
            <li>
              <span>
                {note || t('Link of {day}', { day: dateOf(createdAt) })}{' '}
                <small>
                  {kind === 'page' ? '' : `${t(kinds[kind])}, `}
                  {isPercentOnly ? t('percentages only') : t('with amounts')}
                  {expiresAt === null ? '' : t(', until {day}', { day: dateOf(expiresAt) })}
                </small>
              </span>
              <form method="post" action={`${path}/${id}/withdraw`}>
                <button class="button">{t('Revoke')}</button>
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
            <Field name="kind" label={t('What is it?')}>
              <select id="kind" name="kind">
                {Object.entries(kinds).map(([kind, name]) => (
                  <option value={kind}>{t(name)}</option>
                ))}
              </select>
            </Field>
            <Field name="link-note" label={t('Who is it for?')} hint={t('Only you see this')}>
              <input id="link-note" name="note" maxlength={100} autocomplete="off" />
            </Field>
            <Field name="shows" label={t('What does it show?')}>
              <select id="shows" name="shows">
                <option value="percentages">{t('Percentages only')}</option>
                <option value="amounts">{t('Percentages and amounts')}</option>
              </select>
            </Field>
            <Field name="days" label={t('How long does it work?')}>
              <select id="days" name="days">
                {Object.entries(durations).map(([days, name]) => (
                  <option value={days} selected={days === '30'}>
                    {t(name)}
                  </option>
                ))}
              </select>
            </Field>
          </div>
          <div class="actions">
            <button class="button">{t('Create link')}</button>
          </div>
        </form>
      )}
    </section>
  )
}

function dateOf(instant: number): string {
  return day(new Date(instant).toISOString().slice(0, 10))
}

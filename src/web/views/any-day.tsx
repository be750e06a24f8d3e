import type { Day } from '../../portfolio/day.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { day } from '../format.ts'
import { parts, t } from '../words/words.ts'

/** Chooses the past day that a page is about. Its form has no action, so it asks for the page that it is on. */
export const AnyDay = ({ snapshot }: { snapshot: Snapshot }) => (
  <details class="popover any-day" id="any-day">
    <summary title={t('Show this page as of a past day')}>{t('Any day')}</summary>
    <DayForm since={snapshot.summary.inputs?.since ?? null} until={snapshot.summary.as_of} />
  </details>
)

/** Says in the place of the prices' age which day a page is about, with the way to others and back. */
export const PastDay = ({ past, snapshot, today }: { past: Day; snapshot: Snapshot; today: Day }) => (
  <section
    id="freshness"
    class="freshness past"
    aria-label={t('Past day')}
    data-region={`/portfolios/${snapshot.portfolio.id}/freshness`}
  >
    <p role="status">
      {parts('As of {day}{detail}', {
        day: <strong>{day(past)}</strong>,
        detail: <span class="long">{t(', by today’s transactions')}</span>,
      })}
    </p>
    <DayForm chosen={past} until={today} />
    <a class="button" href={`/portfolios/${snapshot.portfolio.id}`} data-leaves="as_of">
      {t('Back to today')}
    </a>
  </section>
)

type DayFormProps = { chosen?: Day; since?: Day | null; until?: Day }

const DayForm = ({ chosen, since, until }: DayFormProps) => (
  <form method="get" data-day data-leaves="as_of">
    <input
      type="date"
      name="as_of"
      aria-label={t('Day')}
      value={chosen}
      min={since ?? undefined}
      max={until}
      required
    />
    <button class="button">{t('Show')}</button>
  </form>
)

import { dayAt } from '../../portfolio/day.ts'
import { TIME_ZONE } from '../../portfolio/time.ts'
import { MANY_REVIEWS } from '../../snapshot/decision-book.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import type { Clock } from '../clock.ts'
import { t } from '../words/words.ts'

/** Says in a line how many decisions are due for review, with the way to them; nothing where none is. */
export const DueReviews = ({ snapshot, clock }: { snapshot: Snapshot; clock: Clock }) => {
  const { portfolio, past, reviews } = snapshot
  // a snapshot may be from yesterday
  const today = past ?? dayAt(clock.now, TIME_ZONE)
  const { length } = reviews.filter((review) => review <= today)
  if (length === 0) return null
  return (
    <p class="today">
      <a href={`/portfolios/${portfolio.id}/decisions`}>
        {length === 1
          ? t('A decision is due for review')
          : length === MANY_REVIEWS
            ? t('More than {n} decisions are due for review', { n: MANY_REVIEWS - 1 })
            : t('{n} decisions are due for review', { n: length })}
      </a>
    </p>
  )
}

import { dayAt } from '../../portfolio/day.ts'
import { TIME_ZONE } from '../../portfolio/time.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import type { Clock } from '../clock.ts'
import { day, none, shortDay, signedMoney } from '../format.ts'
import { t } from '../words/words.ts'

/** So many are listed; the dividends page has all of them. */
const MOST = 4

/** The ex-dates that are expected in the next four weeks; nothing where there are none. */
export const ComingExDates = ({ snapshot, clock }: { snapshot: Snapshot; clock: Clock }) => {
  const { portfolio, past, ex_dates } = snapshot
  // a snapshot may be from yesterday
  const today = past ?? dayAt(clock.now, TIME_ZONE)
  const coming = ex_dates.filter(({ ex_date }) => ex_date >= today)
  if (coming.length === 0) return null
  const path = `/portfolios/${portfolio.id}/dividends#income`
  return (
    <>
      <h3>
        {t('Ex-dates ahead')} <small>{t('declared, or as last year')}</small>
      </h3>
      <ol>
        {coming.slice(0, MOST).map(({ symbol, ex_date, expected, late, declared, pay_date }) => (
          <li>
            <time datetime={ex_date} title={day(ex_date)}>
              {shortDay(ex_date, clock.now)}
            </time>
            <span class="what">
              <span class="symbol">{symbol}</span>
              {late && ` ${t('late')}`}
              {declared && (
                <small>
                  {' '}
                  {pay_date === null
                    ? t('declared')
                    : t('declared, paid {day}', { day: shortDay(pay_date, clock.now) })}
                </small>
              )}
            </span>
            <span class="amount" data-money>
              {expected === null ? none : signedMoney(expected, portfolio.base_currency)}
            </span>
          </li>
        ))}
      </ol>
      <a class="aside" href={path}>
        {coming.length > MOST
          ? t('{n} more in four weeks, and the year ahead', { n: coming.length - MOST })
          : t('The year ahead')}
      </a>
    </>
  )
}

import type { Child } from 'hono/jsx'
import type { Day } from '../../portfolio/day.ts'
import type { NotBelieved } from '../../storage/rulings.ts'
import { day, price } from '../format.ts'
import { mayEdit } from './shown-to.ts'
import { t } from '../words/words.ts'

type Props = { doubts: NotBelieved; path: string; currency: string; today: Day }

/** What of the source's history of a symbol does not count, and how to take back what the owner has said. */
export const Doubts = ({ doubts, path, currency, today }: Props) => {
  const { dismissed, left, otherCompany } = doubts
  if (dismissed.length + left.length === 0 && otherCompany === null) return null
  return (
    <section class="panel" aria-label={t('Not counted')}>
      <h2>{t('Not counted')}</h2>
      {otherCompany !== null && (
        <div class="aside">
          {t(
            'The latest prices seem to belong to another company: {company}. They are on hold until that is decided.',
            { company: otherCompany },
          )}{' '}
          <Ruling path={path} ruling="same" on={today}>
            {t('Same company')}
          </Ruling>
        </div>
      )}
      {dismissed.map(({ day: date, numerator, denominator }) => (
        <div class="aside">
          {t('The split of {ratio} on {day} was dismissed.', {
            ratio: `${numerator} : ${denominator}`,
            day: day(date),
          })}{' '}
          <Ruling path={path} ruling="split" on={date}>
            {t('Restore the split')}
          </Ruling>
        </div>
      ))}
      {left.map(({ day: date, close }) => (
        <p class="aside">
          {t('The close of {price} on {day} is left out: it is far from the closes before and after it.', {
            price: price(String(close), currency),
            day: day(date),
          })}
        </p>
      ))}
    </section>
  )
}

type RulingProps = { path: string; ruling: string; on: Day; children: Child }

/** A button that says something about the source's history of a symbol. */
export const Ruling = ({ path, ruling, on, children }: RulingProps) =>
  mayEdit() && (
    <form method="post" action={`${path}/rulings`}>
      <input type="hidden" name="ruling" value={ruling} />
      <input type="hidden" name="day" value={on} />
      <button class="button small">{children}</button>
    </form>
  )

import type { Child } from 'hono/jsx'
import type { Day } from '../../portfolio/day.ts'
import type { NotBelieved } from '../../storage/rulings.ts'
import { day, price } from '../format.ts'
import { mayEdit } from './shown-to.ts'

type Props = { doubts: NotBelieved; path: string; currency: string; today: Day }

/** What of the source's history of a symbol does not count, and how to take back what the owner has said. */
export const Doubts = ({ doubts, path, currency, today }: Props) => {
  const { dismissed, left, otherCompany } = doubts
  if (dismissed.length + left.length === 0 && otherCompany === null) return null
  return (
    <section class="panel" aria-label="Not counted">
      <h2>Not counted</h2>
      {otherCompany !== null && (
        <div class="aside">
          The latest prices seem to belong to another company: {otherCompany}. They are on hold until you
          decide.{' '}
          <Ruling path={path} ruling="same" on={today}>
            Same company
          </Ruling>
        </div>
      )}
      {dismissed.map(({ day: date, numerator, denominator }) => (
        <div class="aside">
          The split of {numerator} : {denominator} on {day(date)} was dismissed.{' '}
          <Ruling path={path} ruling="split" on={date}>
            Restore the split
          </Ruling>
        </div>
      ))}
      {left.map(({ day: date, close }) => (
        <p class="aside">
          The close of {price(String(close), currency)} on {day(date)} is left out: it is far from the closes
          before and after it.
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

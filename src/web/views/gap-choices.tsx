import type { GapReport } from '../../snapshot/gap-report.ts'
import { ranges } from '../chart-range.ts'
import { day } from '../format.ts'
import type { Division } from './gap-path.ts'
import { type Label, t } from '../words/words.ts'

const divisions = [
  [null, 'Holdings'],
  ['lot', 'Purchases'],
  ['year', 'Years'],
] as const satisfies readonly [unknown, Label][]

const periods = ['all', '5y', '12m', 'ytd', '3m', '1m'] as const

type GapChoicesProps = {
  division: Division
  address: (division: Division) => string
  /** The links choose what their part of the page shows, and the page stays. */
  inPlace?: boolean
}

/** How a gap is divided: among what, and over which period. */
export const GapChoices = ({ division: { by, range }, address, inPlace = false }: GapChoicesProps) => (
  <>
    <nav class="ranges" aria-label={t('Divided among')} data-choices={inPlace ? '' : undefined}>
      {divisions.map(([key, name]) => (
        <a href={address({ by: key, range })} aria-current={key === by ? 'true' : undefined}>
          {t(name)}
        </a>
      ))}
    </nav>
    <nav class="ranges" aria-label={t('Period')} data-choices={inPlace ? '' : undefined}>
      {periods.map((key) => (
        <a href={address({ by, range: key })} aria-current={key === range ? 'true' : undefined}>
          {t(ranges[key])}
        </a>
      ))}
    </nav>
  </>
)

/** When the period of a gap begins; nothing of the whole history. */
export const Since = ({ report }: { report: GapReport | null }) =>
  report?.from ? (
    <p class="aside">
      {report.put_in === undefined
        ? t('Since the close of {from}, when both are worth what the portfolio was worth then.', {
            from: day(report.from),
          })
        : t('Since the close of {from}: what has been added to the gap of that day, or taken from it.', {
            from: day(report.from),
          })}
    </p>
  ) : null

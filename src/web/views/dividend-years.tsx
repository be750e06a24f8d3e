import type { DividendBook } from '../../snapshot/dividend-book.ts'
import { money } from '../format.ts'
import { addressOf } from './portfolio-page.tsx'
import { t } from '../words/words.ts'

/**
 * Draws a bar for each year and one for the last twelve months, the best guide to the next. Dividends that nobody
 * recorded are hatched, whether they count or not.
 */
export const Years = ({ book, currency, path }: { book: DividendBook; currency: string; path: string }) => {
  const counts = book.proposals.length === 0
  const names = [...new Set([...book.years, ...Object.keys(book.unrecorded)])].toSorted()
  const years = names.map((year) => {
    const counted = Number(book.totals[year] ?? 0)
    const hatched = Number(book.unrecorded[year] ?? 0)
    return { year, solid: counts ? counted - hatched : counted, hatched }
  })
  const most = Math.max(...years.map(({ solid, hatched }) => solid + hatched), Number(book.yield.paid), 0)
  const isHatched = years.some(({ hatched }) => hatched > 0)
  return (
    <section class="panel" aria-labelledby="years-title">
      <header>
        <h2 id="years-title">{t('By year')}</h2>
        <p class="aside">
          {t('in {currency}', { currency })}
          {isHatched &&
            (counts ? t('; hatched: automatic, not recorded') : t('; hatched: not recorded, not counted'))}
        </p>
      </header>
      {isHatched && (
        <svg class="hatch" width="0" height="0" aria-hidden="true">
          <pattern
            id="hatched"
            width="5"
            height="5"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect width="2" height="5" />
          </pattern>
        </svg>
      )}
      <ol class="years">
        <li class="latest-year">
          <Bar solid={Number(book.yield.paid)} hatched={0} most={most} />
          <span title={t('The last 365 days, from current holdings')}>{t('12 months')}</span>
          <small data-money>{money(book.yield.paid, currency)}</small>
        </li>
        {years.toReversed().map(({ year, solid, hatched }) => (
          <li>
            <Bar solid={solid} hatched={hatched} most={most} />
            {book.totals[year] === undefined ? (
              <span>{year}</span>
            ) : (
              <a href={`${addressOf(path, { year })}#list`}>{year}</a>
            )}
            <small data-money>{money(book.totals[year] ?? (counts ? null : '0'), currency)}</small>
            {!counts && hatched > 0 && (
              <small data-money>+ {money(book.unrecorded[year] ?? null, currency)}</small>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}

/** Hatched on top of solid, in parts of the highest bar. */
const Bar = ({ solid, hatched, most }: { solid: number; hatched: number; most: number }) => {
  const part = (amount: number) => (most > 0 ? (100 * amount) / most : 0)
  const [low, high] = [part(solid), part(hatched)]
  return (
    <svg width="100%" height="96" aria-hidden="true">
      <rect y={`${(100 - low).toFixed(1)}%`} width="100%" height={`${low.toFixed(1)}%`} />
      {high > 0 && (
        <rect
          class="hatched"
          y={`${(100 - low - high).toFixed(1)}%`}
          width="100%"
          height={`${high.toFixed(1)}%`}
        />
      )}
    </svg>
  )
}

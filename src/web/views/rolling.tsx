import { rollingMonths, rollingSummary, type RollingYear } from '../../metrics/rolling-year.ts'
import { day, none, signedPercent, wholePercent } from '../format.ts'
import { Plot } from './chart.tsx'
import { inPoints, MonthTable } from './months.tsx'
import type { RiskProps } from './risk.tsx'
import { rollingPath } from './risk-path.ts'
import { parts, t } from '../words/words.ts'

/** The chart without its lines, which the browser draws from what `data-source` answers, and what it says in a sentence. */
export const Rolling = ({ snapshot: { portfolio, revision }, report: { rolling }, choice }: RiskProps) => {
  const { vs } = choice
  const { days, ahead, best, worst } = rollingSummary(rolling, vs)
  const of = (point: typeof best) => (point ? `${signedPercent(point.ratio)} (${day(point.day)})` : none)
  return (
    <section class="panel chart" id="rolling" aria-labelledby="rolling-title">
      <figure
        data-rolling
        data-source={rollingPath(portfolio.id, choice)}
        data-version={revision}
        data-currency={portfolio.base_currency}
        data-benchmarks={JSON.stringify(portfolio.benchmarks)}
        data-against={vs === null ? undefined : portfolio.benchmarks.indexOf(vs) + 1}
      >
        <figcaption>
          <h2 id="rolling-title">{t('Rolling 12 months')}</h2>
        </figcaption>
        {rolling.days.length < 2 ? (
          <p class="aside">
            {t('This needs more than 12 months of history: each point is the return of the year before it.')}
          </p>
        ) : (
          <>
            <div class="readout needs-script" data-readout hx-morph-skip="true"></div>
            <Plot />
            <noscript>
              <p class="aside">
                {t('The chart needs JavaScript. The table below has its figures, and in a sentence:')}
              </p>
            </noscript>
            <p class="aside legend">
              {parts('Each point is the return of the 12 months before it. Best {best}, worst {worst}.', {
                best: of(best),
                worst: of(worst),
              })}
              {vs !== null &&
                days > 0 &&
                ` ${t('Ahead of {benchmark} on {percent} of {n} days.', { benchmark: vs, percent: wholePercent(ahead / days), n: days })}`}
            </p>
            <AsTable rolling={rolling} vs={vs} />
          </>
        )}
      </figure>
    </section>
  )
}

/** The chart's points at the end of each month. */
const AsTable = ({ rolling, vs }: { rolling: RollingYear; vs: string | null }) => {
  const months = rollingMonths(rolling)
  return (
    <details id="rolling-table">
      <summary>{t('As a table, month by month')}</summary>
      <MonthTable
        months={months}
        of={({ twr }) => twr}
        inFull={signedPercent}
        steps={[0.1, 0.25]}
        caption={t('Return of the 12 months up to the end of each month, in percent')}
      />
      {vs !== null && (
        <>
          <h3 class="less">{t('vs {symbol}', { symbol: vs })}</h3>
          <MonthTable
            months={months}
            of={({ excess }) => excess[vs] ?? null}
            inFull={inPoints}
            steps={[0.03, 0.1]}
            caption={t(
              'Return of the 12 months up to the end of each month less that of {benchmark}, in percentage points',
              { benchmark: vs },
            )}
          />
        </>
      )}
    </details>
  )
}

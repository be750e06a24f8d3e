import { gapShown } from '../../snapshot/gap-in-cents.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { type ChartRange, queryOf, type RangeFault, ranges, wholeHistory } from '../chart-range.ts'
import { day, money, none, signedPercent } from '../format.ts'
import type { Clock } from '../clock.ts'
import { Drawer } from './drawer.tsx'
import { Gain } from './figure.tsx'
import { t, translated } from '../words/words.ts'

type Props = {
  snapshot: Snapshot
  clock: Clock
  range?: ChartRange | undefined
  /** The requested days, when they are no range; the whole history is shown then. */
  fault?: RangeFault | undefined
}

/** The chart without its lines, which the browser draws from the data that `data-source` answers. */
export const ChartFigure = ({ snapshot, clock, range = wholeHistory, fault }: Props) => {
  const { id, benchmarks, base_currency } = snapshot.portfolio
  const named = 'named' in range ? range.named : null
  return (
    <section
      id="chart"
      class="panel chart"
      aria-label={t('Chart')}
      data-region={`/portfolios/${id}/chart?${queryOf(range)}`}
    >
      <figure
        data-chart
        data-source={`/portfolios/${id}/chart.json?${queryOf(range)}`}
        data-last={JSON.stringify(snapshot.last)}
        // when this changes, the browser loads the lines again instead of moving the last point
        data-version={snapshot.chart_revision}
        data-currency={base_currency}
        data-benchmarks={JSON.stringify(benchmarks)}
        data-market={clock.market.phase}
      >
        <figcaption>
          <h2>{t('Against the benchmarks')}</h2>
          <div class="units needs-script" role="group" aria-label={t('What is drawn')} hx-morph-skip="true">
            <Unit of="money" says={t('Money')} pressed>
              $
            </Unit>
            <Unit of="percent" says={t('Percent, time-weighted')}>
              %
            </Unit>
            <Unit of="drawdown" says={t('Drawdown: drop from the previous peak')}>
              {t('Drawdown')}
            </Unit>
          </div>
          {benchmarks.length > 1 && <Against benchmarks={benchmarks} />}
          <a
            class="toggle"
            href={`/portfolios/${id}/compare`}
            title={t('Against anything else, and what if')}
          >
            {t('Compare, what if…')}
          </a>
          <button
            type="button"
            class="toggle needs-script"
            data-trades
            aria-pressed="false"
            hx-morph-skip="true"
            title={t('Show trades and dividends on the chart')}
          >
            {t('Trades')}
          </button>
          <Drawer
            id="chart-range"
            label={t('Range')}
            opener={t(named === null ? 'Custom' : ranges[named])}
            class="span"
          >
            <nav class="ranges" aria-label={t('Range')}>
              {Object.entries(ranges).map(([key, label]) => (
                <a
                  href={`/portfolios/${id}?range=${key}`}
                  data-range={key}
                  aria-current={key === named ? 'true' : undefined}
                >
                  {t(label)}
                </a>
              ))}
            </nav>
            <Custom id={id} range={range} fault={fault} />
          </Drawer>
        </figcaption>
        {fault && (
          <p class="fault" role="alert">
            {translated(fault.reason)} {t('The whole history is shown.')}
          </p>
        )}
        <div class="readout needs-script" data-readout hx-morph-skip="true"></div>
        <Plot />
        <p class="day-trades needs-script" data-day-trades hx-morph-skip="true" hidden></p>
        <noscript>
          <Latest snapshot={snapshot} />
        </noscript>
      </figure>
    </section>
  )
}

type UnitProps = { of: string; says: string; pressed?: boolean; children: string }

const Unit = ({ of, says, pressed, children }: UnitProps) => (
  <button
    type="button"
    data-unit={of}
    aria-pressed={pressed ? 'true' : 'false'}
    aria-label={says}
    title={says}
  >
    {children}
  </button>
)

/** Chooses the benchmark to which the gap is shaded. */
const Against = ({ benchmarks }: { benchmarks: readonly string[] }) => (
  <div class="units needs-script" role="group" aria-label={t('Shade the gap to')} hx-morph-skip="true">
    {benchmarks.map((symbol, i) => (
      <button
        type="button"
        data-against={i + 1}
        aria-pressed={i === 0 ? 'true' : 'false'}
        title={t('Shade the gap to {symbol}', { symbol })}
      >
        <span class={`swatch series-${i + 1}`} aria-hidden="true"></span>
        {symbol}
      </button>
    ))}
  </div>
)

/** Chooses any two days, which the address then contains. */
const Custom = ({ id, range, fault }: { id: string; range: ChartRange; fault: RangeFault | undefined }) => {
  const own = 'named' in range ? null : range
  return (
    <details class="custom popover" id="custom-range" open={fault !== undefined}>
      <summary aria-current={own ? 'true' : undefined}>{t('Custom')}</summary>
      <form action={`/portfolios/${id}`} data-custom>
        <label>
          {t('From')} <input type="date" name="from" value={fault?.from ?? own?.from ?? ''} />
        </label>
        <label>
          {t('To')} <input type="date" name="to" value={fault?.to ?? own?.to ?? ''} />
        </label>
        <button class="button">{t('Show')}</button>
        <p class="fault" role="alert"></p>
      </form>
    </details>
  )
}

/** Stands in the place of the lines when there is no script. */
const Latest = ({ snapshot }: { snapshot: Snapshot }) => (
  <table class="comparison">
    <caption>{t('The chart needs JavaScript. Values on {day}:', { day: endDay(snapshot) })}</caption>
    {endsOf(snapshot).map(({ name, value, twr, gap }) => (
      <tr>
        <th scope="row">{name}</th>
        <td>
          <span data-money>{value}</span>
        </td>
        <td>{gap && <Gain amount={gap} currency={snapshot.portfolio.base_currency} arrow />}</td>
        <td>{twr}</td>
      </tr>
    ))}
  </table>
)

function endDay({ last }: Snapshot): string {
  const end = last.days.at(-1)
  return end === undefined ? none : day(end)
}

type End = { name: string; value: string; twr: string; gap: string | null }

/** Returns the last values of the lines, the portfolio's first, and its distance to each. */
export function endsOf(snapshot: Snapshot): End[] {
  const { last, portfolio } = snapshot
  const of = (name: string, { value, twr }: Pick<Snapshot['last'], 'value' | 'twr'>) => {
    const cents = value.at(-1) ?? null
    return {
      name,
      value: money(cents === null ? null : (cents / 100).toFixed(2), portfolio.base_currency),
      twr: signedPercent(twr.at(-1)),
    }
  }
  const benchmarks = Object.entries(last.benchmarks).map(([name, line]) => ({
    ...of(name, line),
    gap: gapShown(snapshot, name),
  }))
  return [{ ...of(t('Portfolio'), last), gap: null }, ...benchmarks]
}

/** The area that the browser draws in. The arrow keys move through its days. */
export const Plot = () => (
  <div
    class="plot needs-script"
    data-plot
    hx-morph-skip="true"
    tabindex={0}
    role="slider"
    aria-label={t('Day in the chart')}
    aria-valuenow={0}
  ></div>
)

import type { Range } from '../../metrics/range.ts'
import type { Snapshot } from '../../metrics/snapshot.ts'
import { day, money, signedPercent } from '../format.ts'
import type { Clock } from './clock.ts'

export const ranges: Record<Range, string> = {
  '1m': '1M',
  '3m': '3M',
  ytd: 'YTD',
  '12m': '12M',
  '5y': '5Y',
  all: 'All',
}

type Props = {
  snapshot: Snapshot
  clock: Clock
  range?: Range | undefined
}

/** A figure without pixels: the browser draws the lines that `data-source` answers. */
export const ChartFigure = ({ snapshot, clock, range = 'all' }: Props) => {
  const { id, benchmarks, base_currency } = snapshot.portfolio
  return (
    <section
      id="chart"
      class="panel chart"
      aria-label="Chart"
      hx-get={`/portfolios/${id}/chart?range=${range}`}
      hx-trigger="changed-chart from:body"
      hx-swap="outerMorph"
    >
      <figure
        data-chart
        data-source={`/portfolios/${id}/chart.json?range=${range}`}
        data-last={JSON.stringify(snapshot.last)}
        // another past: the browser then loads the lines again instead of moving the last point
        data-version={snapshot.chart_revision}
        data-currency={base_currency}
        data-benchmarks={benchmarks.join(' ')}
        data-market={clock.market.phase}
      >
        <figcaption>
          <h2>Against the benchmarks</h2>
          <nav class="ranges" aria-label="Range">
            {Object.entries(ranges).map(([key, label]) => (
              <a
                href={`/portfolios/${id}?range=${key}`}
                data-range={key}
                aria-current={key === range ? 'true' : undefined}
              >
                {label}
              </a>
            ))}
          </nav>
          <div class="units needs-script" role="group" aria-label="Unit" hx-morph-skip="true">
            <button type="button" data-unit="money" aria-pressed="true" aria-label="Money">
              $
            </button>
            <button
              type="button"
              data-unit="percent"
              aria-pressed="false"
              aria-label="Percent, time-weighted"
            >
              %
            </button>
          </div>
        </figcaption>
        <div class="readout needs-script" data-readout hx-morph-skip-children="true"></div>
        <div class="plot needs-script" data-plot hx-morph-skip-children="true"></div>
        <noscript>
          <Latest snapshot={snapshot} />
        </noscript>
      </figure>
    </section>
  )
}

/** What the lines would end on. */
const Latest = ({ snapshot: { last, portfolio } }: { snapshot: Snapshot }) => {
  const currency = portfolio.base_currency
  const latest = last.days.at(-1)
  if (latest === undefined) return <p>Nothing has been bought yet.</p>
  const lines = [
    { name: 'Portfolio', value: last.value.at(-1), twr: last.twr.at(-1) },
    ...Object.entries(last.benchmarks).map(([name, { value, twr }]) => ({
      name,
      value: value.at(-1),
      twr: twr.at(-1),
    })),
  ]
  return (
    <table class="comparison">
      <caption>The lines need JavaScript. On {day(latest)} they end on:</caption>
      {lines.map(({ name, value, twr }) => (
        <tr>
          <th scope="row">{name}</th>
          <td data-money>{money(value == null ? null : (value / 100).toFixed(2), currency)}</td>
          <td>{signedPercent(twr)}</td>
        </tr>
      ))}
    </table>
  )
}

import type { Months } from '../../metrics/months.ts'
import { longRanges } from '../../metrics/range.ts'
import { rollingSummary } from '../../metrics/rolling-year.ts'
import { benchmarkRisks } from '../../metrics/catalog.ts'
import type { Contributed, RiskReport } from '../../snapshot/risk-report.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import type { Clock } from '../clock.ts'
import { coefficient, day, none, percent, sentence, signedPercent, wholePercent } from '../format.ts'
import { ranges } from '../chart-range.ts'
import { Plot } from './chart.tsx'
import { Comparison } from './comparison.tsx'
import { calledOf, Opening } from './explain.tsx'
import { Change, Gain } from './figure.tsx'
import { LookNote } from './look.tsx'
import { inPercent, inPoints, MonthTable } from './months.tsx'
import { liveRegion, PortfolioPage, Tabs } from './portfolio-page.tsx'
import { type RiskChoice, riskFigurePath, riskPath, rollingPath } from './risk-path.ts'
import { SymbolLink } from './symbol.tsx'
import { type Column, Table } from './table.tsx'

type RiskProps = { snapshot: Snapshot; clock: Clock; report: RiskReport; choice: RiskChoice }

/** What the returns cost in ups and downs, month by month, and what has made them. */
export const RiskPage = (props: RiskProps) => {
  const { snapshot, clock, report, choice } = props
  const { id, benchmarks } = snapshot.portfolio
  return (
    <PortfolioPage title="Risk and months" snapshot={snapshot} clock={clock}>
      <LookNote snapshot={snapshot} />
      {benchmarks.length > 1 && (
        <Tabs
          label="Benchmark"
          tabs={benchmarks.map((symbol) => ({
            href: riskPath(id, { ...choice, vs: symbol }),
            name: symbol,
            current: symbol === choice.vs,
          }))}
        />
      )}
      <div class="parts" {...liveRegion('risk', riskPath(id, choice))}>
        {report.months.years.length === 0 ? (
          <p class="panel aside">
            There is nothing to measure yet: returns begin with the first transaction.
          </p>
        ) : (
          <>
            <Ratios {...props} />
            <MonthsPanel months={report.months} vs={choice.vs} portfolio={id} />
            <Rolling {...props} />
            <Contributions {...props} />
          </>
        )}
      </div>
    </PortfolioPage>
  )
}

const Ratios = ({ snapshot, report: { figures }, choice }: RiskProps) => {
  const { id, benchmarks } = snapshot.portfolio
  const name = (figure: string) => (
    <th scope="row">
      {Opening({
        figure,
        called: riskName(figure),
        path: riskFigurePath(id, figure, choice),
      })}
    </th>
  )
  return (
    <section class="panel" aria-labelledby="ratios-title">
      <header>
        <h2 id="ratios-title">Risk</h2>
        <p class="aside">{figures.inputs?.since && `since ${day(figures.inputs.since)}`}</p>
        <nav class="ranges" aria-label="Period">
          {longRanges.map((range) => (
            <a
              href={riskPath(id, { ...choice, range })}
              aria-current={range === choice.range ? 'true' : undefined}
            >
              {range === '3y' ? '3Y' : ranges[range]}
            </a>
          ))}
        </nav>
      </header>
      <div class="ratios">
        <div>
          <Comparison caption="The portfolio beside each benchmark" benchmarks={benchmarks}>
            {ownFigures.map(([figure, write]) => (
              <tr>
                {name(figure)}
                <td>{write(figures[figure])}</td>
                {benchmarks.map((symbol) => (
                  <td>{write(figures.benchmarks[symbol]?.[figure] ?? null)}</td>
                ))}
              </tr>
            ))}
          </Comparison>
        </div>
        {benchmarks.length > 0 && (
          <div>
            <Comparison caption="The portfolio against each benchmark" benchmarks={benchmarks} apart>
              {figuresAgainst.map(([figure, write]) => (
                <tr>
                  {name(figure)}
                  {benchmarks.map((symbol) => (
                    <td>{write(figures.benchmarks[symbol]?.[figure] ?? null)}</td>
                  ))}
                </tr>
              ))}
            </Comparison>
          </div>
        )}
      </div>
      <Reasons reasons={figures.reasons} />
    </section>
  )
}

/** Of the portfolio and of each benchmark. */
export const ownFigures = [
  ['twr', signedPercent],
  ['volatility', percent],
  ['max_drawdown', percent],
  ['sharpe', coefficient],
  ['sortino', coefficient],
] as const

/** Of the portfolio against a benchmark. */
export const figuresAgainst = [
  ['beta', coefficient],
  ['alpha', signedPercent],
  ['correlation', coefficient],
  ['tracking_error', percent],
  ['information_ratio', coefficient],
  ['up_capture', percent],
  ['down_capture', percent],
] as const

/** The name of a figure of the page; null for another. */
export function riskName(figure: string): string | null {
  const isShown = [...ownFigures, ...figuresAgainst].some(([name]) => name === figure)
  return isShown ? (benchmarkRisks[figure]?.name ?? calledOf(figure)) : null
}

/** Each reason why figures of the tables are missing, once. */
const Reasons = ({ reasons }: { reasons: Record<string, string> }) => {
  const shown = Object.entries(reasons).flatMap(([key, reason]) => {
    const [, symbol, named] = /^benchmarks\.(.+?)(?:\.([a-z_]+))?$/.exec(key) ?? []
    const name = symbol !== undefined && named === undefined ? '' : riskName(named ?? key)
    return name === null ? [] : [{ reason, symbol: symbol ?? '', name }]
  })
  if (shown.length === 0) return null
  return (
    <details id="reasons" class="aside">
      <summary>Why some figures are missing</summary>
      <ul>
        {[...Map.groupBy(shown, ({ reason }) => reason)].map(([reason, alike]) => (
          <li>
            {[...Map.groupBy(alike, ({ symbol }) => symbol)].map(namesOf).join(', ')}: {sentence(reason)}
          </li>
        ))}
      </ul>
    </details>
  )
}

/** `VOO` of a benchmark that has none of its figures, else `VOO Beta`. */
function namesOf([symbol, missing]: [symbol: string, missing: { name: string }[]]): string {
  const isAll = missing.length >= figuresAgainst.length
  if (symbol !== '' && isAll) return symbol
  return missing.map(({ name }) => `${symbol} ${name}`.trim()).join(', ')
}

const MonthsPanel = ({ months, vs, portfolio }: { months: Months; vs: string | null; portfolio: string }) => (
  <section class="panel" aria-labelledby="months-title">
    <header>
      <h2 id="months-title">Months</h2>
      <p class="aside">time-weighted, in percent, of the whole history</p>
      <a class="aside" href={`/portfolios/${portfolio}/export/months.csv`}>
        Export
      </a>
    </header>
    <MonthTable
      months={months}
      of={({ twr }) => twr}
      inFull={inPercent}
      steps={[0.02, 0.05]}
      caption="Return of each month, in percent"
    />
    {vs !== null && (
      <>
        <h3 class="less">Less {vs}</h3>
        <p class="aside">in percentage points: above 0 the portfolio did better</p>
        <MonthTable
          months={months}
          of={({ excess }) => excess[vs] ?? null}
          inFull={inPoints}
          steps={[0.01, 0.03]}
          caption={`Return of each month less that of ${vs}, in percentage points`}
        />
      </>
    )}
  </section>
)

const Rolling = ({ snapshot: { portfolio, revision }, report: { rolling }, choice }: RiskProps) => {
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
          <h2 id="rolling-title">Rolling 12 months</h2>
        </figcaption>
        {rolling.days.length < 2 ? (
          <p class="aside">
            This needs more than 12 months of history: each point is the return of the year before it.
          </p>
        ) : (
          <>
            <div class="readout needs-script" data-readout hx-morph-skip="true"></div>
            <Plot />
            <noscript>
              <p class="aside">The chart needs JavaScript. What it shows in a sentence:</p>
            </noscript>
            <p class="aside legend">
              Each point is the return of the 12 months before it. Best {of(best)}, worst {of(worst)}.
              {vs !== null && days > 0 && ` Ahead of ${vs} on ${wholePercent(ahead / days)} of ${days} days.`}
            </p>
          </>
        )}
      </figure>
    </section>
  )
}

type Row = Contributed & { symbol: string | null; name: string; is_open: boolean }

const Contributions = ({ snapshot: { portfolio }, report }: RiskProps) => {
  const { figures, contributions, unassigned } = report
  const currency = portfolio.base_currency
  const isNothing = unassigned.amount === '0'
  const rest: Row = {
    ...unassigned,
    symbol: null,
    name: 'Fees, interest and taxes of no holding',
    is_open: true,
  }
  const rows: Row[] = isNothing ? contributions : [...contributions, rest]
  const columns: Column<Row>[] = [
    {
      name: 'Holding',
      write: ({ symbol, name, is_open }) =>
        symbol === null ? (
          name
        ) : (
          <>
            <SymbolLink portfolio={portfolio.id} symbol={symbol} />{' '}
            <small>{is_open ? name : `${name}, sold`}</small>
          </>
        ),
      foot: ['Gain'],
    },
    {
      name: 'Contribution',
      money: true,
      write: ({ amount }) => <Gain amount={amount} currency={currency} />,
      foot: [<Gain amount={figures.total_gain} currency={currency} />],
    },
    {
      name: 'Of money put in',
      hint: 'The contribution ÷ (the value at the start + deposits); all of them add up to the simple return.',
      write: ({ ratio }) => <Change ratio={ratio} arrow />,
      foot: [<Change ratio={figures.simple_return} arrow />],
    },
  ]
  return (
    <section class="panel" aria-labelledby="contributions-title">
      <header>
        <h2 id="contributions-title">Contribution by holding</h2>
        <p class="aside">
          {figures.inputs?.since && `since ${day(figures.inputs.since)}`}: gains, dividends and interest, less
          fees and taxes
        </p>
      </header>
      <Table
        columns={columns}
        rows={rows}
        foot={[null]}
        label="Contribution by holding"
        class="contributions"
      />
    </section>
  )
}

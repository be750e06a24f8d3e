import { text } from '../../portfolio/decimal.ts'
import type { BestAndWorst } from '../../snapshot/decision-row.ts'
import type { GapReport } from '../../snapshot/gap-report.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { dividedWaterfall, type Waterfall, waterfall } from '../../snapshot/waterfall.ts'
import type { Clock } from '../clock.ts'
import { ranges } from '../chart-range.ts'
import { day, sentence, tone } from '../format.ts'
import { Decisions } from './decisions.tsx'
import { type Division, gapPath } from './gap-path.ts'
import { liveRegion, PortfolioPage, Tabs } from './portfolio-page.tsx'
import { Steps } from './waterfall.tsx'

type GapProps = {
  snapshot: Snapshot
  clock: Clock
  /** One of the portfolio's; null when it has none. */
  benchmark: string | null
  /** Null without a benchmark. */
  decided: BestAndWorst | null
  division: Division
  /** Null of the whole history by holding, which is in the snapshot. */
  report: GapReport | null
}

const divisions = [
  [null, 'Holdings'],
  ['lot', 'Purchases'],
  ['year', 'Years'],
] as const

/** So many purchases are shown one by one. */
const PURCHASES = 25

const periods = ['all', '5y', '12m', 'ytd', '3m', '1m'] as const

/** Why the portfolio is ahead of a benchmark, or behind: every step from the benchmark's value to the portfolio's. */
export const GapPage = ({ snapshot, clock, benchmark, decided, division, report }: GapProps) => {
  const { portfolio } = snapshot
  const { id, benchmarks } = portfolio
  const { by, range } = division
  const found =
    benchmark === null
      ? 'this portfolio has no benchmark'
      : report
        ? dividedWaterfall(report, by ?? 'symbol', by === 'lot' ? PURCHASES : Infinity)
        : waterfall(snapshot, benchmark, Infinity)
  const title = titleOf(found, benchmark)
  return (
    <PortfolioPage title={title} snapshot={snapshot} clock={clock}>
      {benchmarks.length > 1 && (
        <Tabs
          label="Benchmark"
          tabs={benchmarks.map((symbol) => ({
            href: gapPath(id, symbol, division),
            name: symbol,
            current: symbol === benchmark,
          }))}
        />
      )}
      <div class="parts" {...liveRegion('gap', gapPath(id, benchmark ?? '', division))}>
        <section class="panel" aria-label="Steps">
          {benchmark !== null && (
            <header>
              <nav class="ranges" aria-label="Divided among">
                {divisions.map(([key, name]) => (
                  <a
                    href={gapPath(id, benchmark, { by: key, range })}
                    aria-current={key === by ? 'true' : undefined}
                  >
                    {name}
                  </a>
                ))}
              </nav>
              <nav class="ranges" aria-label="Period">
                {periods.map((key) => (
                  <a
                    href={gapPath(id, benchmark, { by, range: key })}
                    aria-current={key === range ? 'true' : undefined}
                  >
                    {ranges[key]}
                  </a>
                ))}
              </nav>
            </header>
          )}
          {report?.from && (
            <p class="aside">
              Since the close of {day(report.from)}, when both are worth what the portfolio was worth then.
            </p>
          )}
          {typeof found === 'string' ? (
            <p class="aside">{sentence(found)}</p>
          ) : (
            <Steps of={found} portfolio={portfolio} />
          )}
        </section>
        {benchmark !== null && decided !== null && (
          <Decisions decided={decided} portfolio={portfolio} benchmark={benchmark} />
        )}
      </div>
    </PortfolioPage>
  )
}

/** `Why ahead of VOO`. */
export function gapTitle(snapshot: Snapshot, benchmark: string | null): string {
  return titleOf(benchmark === null ? '' : waterfall(snapshot, benchmark), benchmark)
}

function titleOf(found: Waterfall | string, benchmark: string | null): string {
  if (typeof found === 'string') return 'Why ahead or behind'
  return `Why ${verdicts[tone(text(found.gap))]} ${benchmark}`
}

const verdicts = { gain: 'ahead of', loss: 'behind', even: 'level with' }

import { text } from '../../portfolio/decimal.ts'
import type { BestAndWorst } from '../../snapshot/decision-row.ts'
import type { GapReport } from '../../snapshot/gap-report.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { dividedWaterfall, waterfall } from '../../snapshot/waterfall.ts'
import type { Clock } from '../clock.ts'
import { sentence, tone } from '../format.ts'
import { Decisions } from './decisions.tsx'
import { gapPath } from './gap-path.ts'
import { liveRegion, PortfolioPage, Tabs } from './portfolio-page.tsx'
import { Steps } from './waterfall.tsx'

type GapProps = {
  snapshot: Snapshot
  clock: Clock
  /** One of the portfolio's; null when it has none. */
  benchmark: string | null
  /** Null without a benchmark. */
  decided: BestAndWorst | null
  /** Among what it is divided, unless that is holdings. */
  divided: { by: 'lot' | 'year'; report: GapReport } | null
}

const divisions = [
  [null, 'Holdings'],
  ['lot', 'Purchases'],
  ['year', 'Years'],
] as const

/** So many purchases are shown one by one. */
const PURCHASES = 25

/** Why the portfolio is ahead of a benchmark, or behind: every step from the benchmark's value to the portfolio's. */
export const GapPage = ({ snapshot, clock, benchmark, decided, divided }: GapProps) => {
  const { portfolio } = snapshot
  const { id, benchmarks } = portfolio
  const by = divided?.by ?? null
  const found =
    benchmark === null
      ? 'this portfolio has no benchmark'
      : divided
        ? dividedWaterfall(divided.report, divided.by, PURCHASES)
        : waterfall(snapshot, benchmark, Infinity)
  return (
    <PortfolioPage title={gapTitle(snapshot, benchmark)} snapshot={snapshot} clock={clock}>
      {benchmarks.length > 1 && (
        <Tabs
          label="Benchmark"
          tabs={benchmarks.map((symbol) => ({
            href: gapPath(id, symbol, by),
            name: symbol,
            current: symbol === benchmark,
          }))}
        />
      )}
      <div class="parts" {...liveRegion('gap', gapPath(id, benchmark ?? '', by))}>
        <section class="panel" aria-label="Steps">
          {benchmark !== null && (
            <header>
              <nav class="ranges" aria-label="Divided among">
                {divisions.map(([key, name]) => (
                  <a href={gapPath(id, benchmark, key)} aria-current={key === by ? 'true' : undefined}>
                    {name}
                  </a>
                ))}
              </nav>
            </header>
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
  const found = benchmark === null ? null : waterfall(snapshot, benchmark)
  if (found === null || typeof found === 'string') return 'Why ahead or behind'
  return `Why ${verdicts[tone(text(found.gap))]} ${benchmark}`
}

const verdicts = { gain: 'ahead of', loss: 'behind', even: 'level with' }

import { text } from '../../portfolio/decimal.ts'
import type { BestAndWorst } from '../../snapshot/decision-row.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { waterfall } from '../../snapshot/waterfall.ts'
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
}

/** Why the portfolio is ahead of a benchmark, or behind: every step from the benchmark's value to the portfolio's. */
export const GapPage = ({ snapshot, clock, benchmark, decided }: GapProps) => {
  const { portfolio } = snapshot
  const { id, benchmarks } = portfolio
  const found =
    benchmark === null ? 'this portfolio has no benchmark' : waterfall(snapshot, benchmark, Infinity)
  return (
    <PortfolioPage title={gapTitle(snapshot, benchmark)} snapshot={snapshot} clock={clock}>
      {benchmarks.length > 1 && (
        <Tabs
          label="Benchmark"
          tabs={benchmarks.map((symbol) => ({
            href: gapPath(id, symbol),
            name: symbol,
            current: symbol === benchmark,
          }))}
        />
      )}
      <div class="parts" {...liveRegion('gap', gapPath(id, benchmark ?? ''))}>
        <section class="panel" aria-label="Steps">
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

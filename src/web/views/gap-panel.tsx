import type { Snapshot } from '../../snapshot/snapshot.ts'
import { waterfall } from '../../snapshot/waterfall.ts'
import { sentence } from '../format.ts'
import { gapTitle } from './gap.tsx'
import { gapPath } from './gap-path.ts'
import { addressOf } from './portfolio-page.tsx'
import { Steps } from './waterfall.tsx'

type GapPanelProps = {
  snapshot: Snapshot
  /** What the dashboard measures against: one of the portfolio's benchmarks; null when it has none. */
  benchmark: string | null
}

/** On the dashboard, why the portfolio is ahead of a benchmark, or behind, at a glance. */
export const GapPanel = ({ snapshot, benchmark }: GapPanelProps) => {
  const { portfolio, holdings, closed } = snapshot
  if (benchmark === null) return null
  const title = gapTitle(snapshot, benchmark)
  const found = waterfall(snapshot, benchmark)
  return (
    <section
      id="why"
      class="panel why"
      aria-label={title}
      data-region={addressOf(`/portfolios/${portfolio.id}/why`, { vs: versusOf(portfolio, benchmark) })}
    >
      <header>
        <h2>{title}</h2>
        <Against portfolio={portfolio} benchmark={benchmark} at="why" />
        <a class="aside" href={gapPath(portfolio.id, benchmark)}>
          All {holdings.length + closed.length}
        </a>
      </header>
      {typeof found === 'string' ? (
        <p class="aside">{sentence(found)}</p>
      ) : (
        <Steps of={found} portfolio={portfolio} brief />
      )}
    </section>
  )
}

type AgainstProps = {
  portfolio: Snapshot['portfolio']
  benchmark: string | null
  /** The part of the dashboard that the choice leads back to. */
  at: string
  /** What else the address says. */
  query?: Record<string, string | null>
}

/** The choice of what the dashboard measures against, where there is one. */
export const Against = ({ portfolio, benchmark, at, query }: AgainstProps) => {
  const { id, benchmarks } = portfolio
  if (benchmarks.length < 2) return null
  return (
    <nav class="ranges" aria-label="Benchmark">
      {benchmarks.map((symbol) => (
        <a
          href={`${addressOf(`/portfolios/${id}`, { ...query, vs: versusOf(portfolio, symbol) })}#${at}`}
          aria-current={symbol === benchmark ? 'true' : undefined}
        >
          {symbol}
        </a>
      ))}
    </nav>
  )
}

/** What the address says of the benchmark; null of the first, which is chosen when it says nothing. */
export function versusOf({ benchmarks }: Snapshot['portfolio'], benchmark: string | null): string | null {
  return benchmark === benchmarks[0] ? null : benchmark
}

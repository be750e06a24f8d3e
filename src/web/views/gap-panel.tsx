import type { Snapshot } from '../../snapshot/snapshot.ts'
import { isWhatIf } from '../../snapshot/waterfall.ts'
import { type DividedGap, wholeGap } from '../divided-gap.ts'
import { sentence } from '../format.ts'
import { Decisions } from './decisions.tsx'
import { stepsOf, titleOf } from './gap.tsx'
import { GapChoices, Since } from './gap-choices.tsx'
import { type Division, gapPath } from './gap-path.ts'
import { addressOf } from './portfolio-page.tsx'
import { Steps } from './waterfall.tsx'
import { t } from '../words/words.ts'

type GapPanelProps = {
  snapshot: Snapshot
  /** What the dashboard measures against: one of the portfolio's benchmarks; null when it has none. */
  benchmark: string | null
  gap?: DividedGap | undefined
}

/**
 * On the dashboard, why the portfolio is ahead of a benchmark, or behind, at a glance. The decisions are fetched when
 * the reader comes to them, because the snapshot does not have them.
 */
export const GapPanel = ({ snapshot, benchmark, gap = wholeGap }: GapPanelProps) => {
  const { portfolio } = snapshot
  if (benchmark === null) return null
  const { division, report, decided } = gap
  const found = stepsOf(snapshot, benchmark, gap)
  const title = titleOf(found, benchmark)
  const { by, range } = division
  const versus = versusOf(portfolio, benchmark)
  const isVariant = isWhatIf(snapshot, benchmark)
  const whole = gapPath(portfolio.id, benchmark, division)
  const chosen = { by, period: range === 'all' ? null : range }
  return (
    <section
      id="why"
      class="panel why"
      aria-label={title}
      data-region={addressOf(`/portfolios/${portfolio.id}/why`, {
        vs: versus,
        ...chosen,
        decisions: decided && 'shown',
      })}
    >
      <header>
        <h2>{title}</h2>
        <Against portfolio={portfolio} benchmark={benchmark} at="why" query={chosen} />
        <GapChoices division={division} address={(other) => inPanel(portfolio.id, versus, other)} inPlace />
        <a class="aside" href={whole}>
          {by === 'year' || isVariant
            ? t('Details')
            : t('All {n}', { n: report?.parts.length ?? countOf(snapshot) })}
        </a>
      </header>
      <Since report={report} />
      {typeof found === 'string' ? (
        <p class="aside">{sentence(found)}</p>
      ) : (
        <Steps of={found} portfolio={portfolio} whole={whole} />
      )}
      {isVariant ? null : decided === null ? (
        <p class="undecided">
          <a href={`${whole}#decisions`} data-revealed="decisions">
            {t('Best and worst decisions')}
          </a>
        </p>
      ) : (
        <Decisions
          decided={decided}
          since={report?.from ?? null}
          portfolio={portfolio}
          benchmark={benchmark}
          inPanel
        />
      )}
    </section>
  )
}

function countOf({ holdings, closed }: Snapshot): number {
  return holdings.length + closed.length
}

/** The dashboard with the panel divided in another way; it says so of the whole and of holdings too. */
function inPanel(portfolio: string, vs: string | null, { by, range }: Division): string {
  return `${addressOf(`/portfolios/${portfolio}`, { vs, by: by ?? 'symbol', period: range })}#why`
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
    <nav class="ranges" aria-label={t('Benchmark of the gap')}>
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

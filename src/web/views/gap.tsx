import { text } from '../../portfolio/decimal.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { dividedWaterfall, type Waterfall, waterfall } from '../../snapshot/waterfall.ts'
import type { Clock } from '../clock.ts'
import type { DividedGap } from '../divided-gap.ts'
import { sentence, tone } from '../format.ts'
import { BenchmarkNotes } from './benchmark-notes.tsx'
import { Decisions } from './decisions.tsx'
import { GapChoices, Since } from './gap-choices.tsx'
import { gapPath } from './gap-path.ts'
import { LookNote } from './look.tsx'
import { liveRegion, PortfolioPage, Tabs } from './portfolio-page.tsx'
import { mayEdit } from './shown-to.ts'
import { Steps } from './waterfall.tsx'
import { parts, t } from '../words/words.ts'

type GapProps = {
  snapshot: Snapshot
  clock: Clock
  /** One of the portfolio's; null when it has none. */
  benchmark: string | null
  gap: DividedGap
}

/** So many purchases are shown one by one. */
const PURCHASES = 25

/** Why the portfolio is ahead of a benchmark, or behind: every step from the benchmark's value to the portfolio's. */
export const GapPage = ({ snapshot, clock, benchmark, gap }: GapProps) => {
  const { portfolio } = snapshot
  const { id, benchmarks } = portfolio
  const { division, report, decided } = gap
  const isEmpty = snapshot.transaction_count === 0
  const most = division.by === 'lot' ? PURCHASES : Infinity
  const found =
    benchmark === null ? t('this portfolio has no benchmark') : stepsOf(snapshot, benchmark, gap, most)
  return (
    <PortfolioPage title={titleOf(found, benchmark)} snapshot={snapshot} clock={clock}>
      <LookNote snapshot={snapshot} />
      {benchmarks.length > 1 && (
        <Tabs
          label={t('Benchmark')}
          tabs={benchmarks.map((symbol) => ({
            href: gapPath(id, symbol, division),
            name: symbol,
            current: symbol === benchmark,
          }))}
        />
      )}
      <div class="parts" {...liveRegion('gap', gapPath(id, benchmark ?? '', division))}>
        <section class="panel" aria-label={t('Steps')}>
          {benchmark !== null && (
            <header>
              <GapChoices division={division} address={(chosen) => gapPath(id, benchmark, chosen)} />
            </header>
          )}
          <Since report={report} />
          {benchmark !== null && <BenchmarkNotes benchmarks={[benchmark]} />}
          {typeof found === 'string' ? (
            <p class="aside">
              {sentence(found)}{' '}
              {isEmpty &&
                mayEdit() &&
                parts('Add a transaction by hand, or {link}.', {
                  link: <a href={`/portfolios/${id}/imports`}>{t('import them all from a CSV')}</a>,
                })}
            </p>
          ) : (
            <Steps of={found} portfolio={portfolio} />
          )}
        </section>
        {benchmark !== null && decided !== null && !isEmpty && (
          <Decisions
            decided={decided}
            since={report?.from ?? null}
            portfolio={portfolio}
            benchmark={benchmark}
          />
        )}
      </div>
    </PortfolioPage>
  )
}

/** The steps of a gap as it is divided, at most `most` of them, or a sentence when it is not known. */
export function stepsOf(
  snapshot: Snapshot,
  benchmark: string,
  { division, report }: DividedGap,
  most?: number,
): Waterfall | string {
  return report
    ? dividedWaterfall(report, division.by ?? 'symbol', most)
    : waterfall(snapshot, benchmark, most)
}

/** `Why ahead of VOO`. */
export function gapTitle(snapshot: Snapshot, benchmark: string | null): string {
  return titleOf(benchmark === null ? '' : waterfall(snapshot, benchmark), benchmark)
}

export function titleOf(found: Waterfall | string, benchmark: string | null): string {
  if (typeof found === 'string') return t('Why ahead or behind')
  return t(verdicts[tone(text(found.gap))], { benchmark: benchmark ?? '' })
}

const verdicts = {
  gain: 'Why ahead of {benchmark}',
  loss: 'Why behind {benchmark}',
  even: 'Why level with {benchmark}',
} as const

import type { RiskReport } from '../../snapshot/risk-report.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import type { Clock } from '../clock.ts'
import { Contributions } from './contributions.tsx'
import { LookNote } from './look.tsx'
import { MonthsPanel } from './months.tsx'
import { liveRegion, PortfolioPage, Tabs } from './portfolio-page.tsx'
import { Ratios } from './ratios.tsx'
import { type RiskChoice, riskPath } from './risk-path.ts'
import { Rolling } from './rolling.tsx'
import { t } from '../words/words.ts'

export type RiskProps = { snapshot: Snapshot; clock: Clock; report: RiskReport; choice: RiskChoice }

/** What the returns cost in ups and downs, month by month, and what has made them. */
export const RiskPage = (props: RiskProps) => {
  const { snapshot, clock, report, choice } = props
  const { id, benchmarks } = snapshot.portfolio
  return (
    <PortfolioPage title={t('Risk and months')} snapshot={snapshot} clock={clock}>
      <LookNote snapshot={snapshot} back={riskPath(id, { ...choice, vs: null })} />
      {benchmarks.length > 1 && (
        <Tabs
          label={t('Benchmark')}
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
            {t('There is nothing to measure yet: returns begin with the first transaction.')}
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

import type { Snapshot } from '../../snapshot/snapshot.ts'
import type { ChartRange, RangeFault } from '../chart-range.ts'
import { day } from '../format.ts'
import { AllocationPanel } from './allocation.tsx'
import { ChartFigure } from './chart.tsx'
import type { Clock } from '../clock.ts'
import type { DividedGap } from '../divided-gap.ts'
import { GapPanel } from './gap-panel.tsx'
import { Heading } from './portfolio-page.tsx'
import { RecentActivity } from './recent-activity.tsx'
import { Headline } from './headline.tsx'
import type { Order } from './holding-order.tsx'
import { Holdings } from './holdings.tsx'
import { Recent } from './recent-transactions.tsx'
import { mayEdit } from './shown-to.ts'
import { t } from '../words/words.ts'

export type DashboardProps = {
  snapshot: Snapshot
  clock: Clock
  range?: ChartRange
  fault?: RangeFault | undefined
  order?: Order | undefined
  /** What the portfolio is measured against: one of its benchmarks; null when it has none. */
  benchmark: string | null
  /** How many holdings are shown. */
  rows?: number | undefined
  gap?: DividedGap | undefined
}

/** Each part is also a fragment with an address of its own, which replaces it when it changes. */
export const Dashboard = ({ snapshot, clock, range, fault, order, benchmark, rows, gap }: DashboardProps) => {
  const { id, name, benchmarks } = snapshot.portfolio
  return (
    <div class={benchmarks.length > 3 ? 'dashboard many' : 'dashboard'}>
      <Heading
        title={name}
        priced={{ snapshot, clock }}
        actions={
          mayEdit() && (
            <>
              <a class="button" href={`/portfolios/${id}/transactions/new`} aria-keyshortcuts="n" data-go="n">
                {t('Add transaction')}
              </a>
              <a class="button" href={`/portfolios/${id}/imports`}>
                {t('Import')}
              </a>
            </>
          )
        }
      />
      {snapshot.transaction_count === 0 ? (
        <Empty snapshot={snapshot} />
      ) : (
        <>
          <Headline snapshot={snapshot} clock={clock} />
          <ChartFigure snapshot={snapshot} clock={clock} range={range} fault={fault} />
          <GapPanel snapshot={snapshot} benchmark={benchmark} gap={gap} />
          <Holdings snapshot={snapshot} clock={clock} order={order} benchmark={benchmark} rows={rows} />
          <AllocationPanel snapshot={snapshot} benchmark={benchmark} />
          <Recent snapshot={snapshot} clock={clock} />
          <RecentActivity snapshot={snapshot} clock={clock} />
        </>
      )}
    </div>
  )
}

const Empty = ({ snapshot: { portfolio, past } }: { snapshot: Snapshot }) =>
  past === undefined ? (
    <FirstSteps portfolio={portfolio} />
  ) : (
    <section class="panel empty">
      <h2>{t('Nothing yet on {day}', { day: day(past) })}</h2>
      <p>{t('The first transaction of {name} is later.', { name: portfolio.name })}</p>
    </section>
  )

const FirstSteps = ({ portfolio }: { portfolio: { id: string; name: string } }) => (
  <section class="panel empty">
    <h2>{t('{name} is empty', { name: portfolio.name })}</h2>
    {mayEdit() ? (
      <>
        <p>
          {t(
            'Import a CSV of your trades. Prices, splits and benchmark history load in the background, and this page updates by itself.',
          )}
        </p>
        <p class="actions">
          <a class="button primary" href={`/portfolios/${portfolio.id}/imports`}>
            {t('Import a CSV')}
          </a>
          <a class="button" href={`/portfolios/${portfolio.id}/transactions/new`}>
            {t('Add a transaction')}
          </a>
        </p>
      </>
    ) : (
      <p>{t('It has no transactions yet. This page updates by itself when there are some.')}</p>
    )}
  </section>
)

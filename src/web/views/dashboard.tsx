import type { Range } from '../../metrics/range.ts'
import type { Snapshot } from '../../metrics/snapshot.ts'
import { Activity } from './activity.tsx'
import { ChartFigure } from './chart.tsx'
import type { Clock } from './clock.ts'
import { Freshness } from './freshness.tsx'
import { Headline } from './headline.tsx'
import { Holdings } from './holdings.tsx'

/** Each part is also a fragment with an address of its own, which replaces it when it changes. */
export const Dashboard = ({
  snapshot,
  clock,
  range,
}: {
  snapshot: Snapshot
  clock: Clock
  range?: Range
}) => (
  <div class="dashboard">
    <div class="topline">
      <h1>{snapshot.portfolio.name}</h1>
      <Freshness snapshot={snapshot} clock={clock} />
    </div>
    {snapshot.transaction_count === 0 ? (
      <Empty portfolio={snapshot.portfolio} />
    ) : (
      <>
        <Headline snapshot={snapshot} clock={clock} />
        <ChartFigure snapshot={snapshot} clock={clock} range={range} />
        <Holdings snapshot={snapshot} clock={clock} />
        <Activity snapshot={snapshot} clock={clock} />
      </>
    )}
  </div>
)

const Empty = ({ portfolio }: { portfolio: { id: string; name: string } }) => (
  <section class="panel empty">
    <h2>Nothing in {portfolio.name} yet</h2>
    <p>
      A CSV of your purchases and sales is all it takes: prices, splits and the benchmarks&rsquo; history are
      fetched behind, and this page fills itself.
    </p>
    <p>
      <a class="button primary" href={`/portfolios/${portfolio.id}/imports`}>
        Import a CSV
      </a>
    </p>
  </section>
)

import type { Child } from 'hono/jsx'
import { fullTime, none, when } from '../format.ts'

/** As the API answers it; instants are ISO texts. */
export type SystemStatus = {
  market: 'yahoo' | 'demo'
  upstream: { endpoint: string; outcome: string; count: number }[]
  circuits: { endpoint: string; open_until: string | null }[]
  refreshes: {
    portfolio_id: string
    generation: number
    reason: string
    status: string
    done: number
    total: number
    failed: { symbol: string; reason: string }[]
    started_at: string | null
    finished_at: string | null
  }[]
  dead_letters: { count: number; newest: { id: string; reason: string; at: string; message: string }[] }
  quotes: { symbol: string; price: string; at: string | null; fetched_at: string | null }[]
  quarantined: { symbol: string; price: string; currency: string; at: string | null; reason: string }[]
}

/** True figures of the machinery, nothing derived. `now` decides how times are shortened. */
export const Status = ({ status, now = Date.now() }: { status: SystemStatus; now?: number }) => {
  const open = status.circuits.filter(({ open_until }) => open_until !== null)
  return (
    <div class="page wide-page">
      <h1>Status</h1>
      <p class="lead">
        {status.market === 'demo'
          ? 'Prices come from the demo market: invented.'
          : 'Prices come from Yahoo Finance.'}{' '}
        {open.length === 0
          ? 'No endpoint is held back.'
          : `Held back for a while, after too many failures: ${open.map(({ endpoint }) => endpoint).join(', ')}.`}
      </p>
      <Table
        title="Calls to the source"
        columns={['Endpoint', 'Outcome', 'Calls']}
        empty="None yet."
        rows={status.upstream.map(({ endpoint, outcome, count }) => [
          endpoint,
          outcome,
          <Count of={count} />,
        ])}
      />
      <Table
        title="Circuits"
        columns={['Endpoint', 'State']}
        empty="No endpoint has been asked yet."
        rows={status.circuits.map(({ endpoint, open_until }) => [
          endpoint,
          open_until === null ? (
            'closed: calls go through'
          ) : (
            <strong class="gain-loss">
              open until <At iso={open_until} now={now} />
            </strong>
          ),
        ])}
      />
      <Table
        title="Refreshes"
        columns={['Portfolio', 'No.', 'Reason', 'Status', 'Done', 'Started', 'Took', 'Failed']}
        empty="None yet."
        rows={status.refreshes.map((refresh) => [
          <a href={`/portfolios/${refresh.portfolio_id}`}>{refresh.portfolio_id.slice(0, 8)}</a>,
          <Count of={refresh.generation} />,
          refresh.reason,
          refresh.status,
          `${refresh.done} of ${refresh.total}`,
          <At iso={refresh.started_at} now={now} />,
          took(refresh),
          refresh.failed.map(({ symbol, reason }) => `${symbol}: ${reason}`).join('; ') || none,
        ])}
      />
      <Table
        title="Dead letters"
        count={status.dead_letters.count}
        columns={['At', 'Reason', 'Message']}
        empty="None: every message was handled."
        rows={status.dead_letters.newest.map(({ at, reason, message }) => [
          <At iso={at} now={now} />,
          reason,
          <code>{message}</code>,
        ])}
      />
      <Table
        title="Quotes"
        columns={['Symbol', 'Price', 'Traded', 'Fetched']}
        empty="None yet."
        rows={status.quotes.map(({ symbol, price, at, fetched_at }) => [
          symbol,
          <Count of={price} />,
          <At iso={at} now={now} />,
          <At iso={fetched_at} now={now} />,
        ])}
      />
      <Table
        title="Prices not believed"
        columns={['Symbol', 'Price', 'Traded', 'Reason']}
        empty="None: every price was plausible."
        rows={status.quarantined.map(({ symbol, price, currency, at, reason }) => [
          symbol,
          <Count of={`${price} ${currency}`} />,
          <At iso={at} now={now} />,
          reason,
        ])}
      />
    </div>
  )
}

type TableProps = { title: string; count?: number; columns: string[]; empty: string; rows: Child[][] }

const Table = ({ title, count, columns, empty, rows }: TableProps) => (
  <section class="panel">
    <h2>
      {title} {count !== undefined && <span class="count">{count}</span>}
    </h2>
    {rows.length === 0 ? (
      <p class="aside">{empty}</p>
    ) : (
      <div class="scroll">
        <table class="grid records">
          <thead>
            <tr>
              {columns.map((column) => (
                <th scope="col">{column}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr>
                {row.map((cell) => (
                  <td>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    )}
  </section>
)

const Count = ({ of }: { of: number | string }) => <span class="number">{of}</span>

const At = ({ iso, now }: { iso: string | null; now: number }) =>
  iso === null ? (
    <>{none}</>
  ) : (
    <time datetime={iso} title={fullTime(Date.parse(iso))}>
      {when(Date.parse(iso), now)}
    </time>
  )

function took({ started_at, finished_at }: SystemStatus['refreshes'][number]): string {
  if (started_at === null || finished_at === null) return none
  return `${((Date.parse(finished_at) - Date.parse(started_at)) / 1000).toFixed(1)} s`
}

import { none } from '../format.ts'
import type { SystemStatus } from '../status.ts'
import { At, span, whole } from './status-figure.tsx'
import { end, List, words } from './status-list.tsx'

type Props = { status: SystemStatus; own: readonly { id: string; name: string }[]; now: number }

export const Refreshes = ({ status, own, now }: Props) => (
  <List
    title="Refreshes"
    aside={`last ${status.refreshes.length}`}
    columns={[
      'Portfolio',
      end('No.'),
      'Reason',
      'Status',
      end('Done'),
      'Started',
      end('Took'),
      words('Failed'),
    ]}
    empty="None yet."
    rows={status.refreshes.map((refresh) => {
      const name = own.find(({ id }) => id === refresh.portfolio_id)?.name
      return [
        name === undefined ? 'other owner' : <a href={`/portfolios/${refresh.portfolio_id}`}>{name}</a>,
        whole(refresh.generation),
        refresh.reason,
        refresh.status,
        `${refresh.done} of ${refresh.total}`,
        <At iso={refresh.started_at} now={now} />,
        span(refresh.ms),
        failures(refresh.failed),
      ]
    })}
  />
)

/** the portfolio's own log has all of them */
const NAMED = 3

function failures(failed: SystemStatus['refreshes'][number]['failed']): string {
  const named = failed.slice(0, NAMED).map(({ symbol, reason }) => `${symbol}: ${reason}`)
  const more = failed.length - named.length
  return [...named, ...(more > 0 ? [`and ${whole(more)} more`] : [])].join('; ') || none
}

import { none } from '../format.ts'
import type { SystemStatus } from '../status.ts'
import { At, span, whole } from './status-figure.tsx'
import { end, List, words } from './status-list.tsx'
import { t, translated } from '../words/words.ts'

type Props = { status: SystemStatus; own: readonly { id: string; name: string }[]; now: number }

export const Refreshes = ({ status, own, now }: Props) => (
  <List
    title={t('Refreshes')}
    aside={t('last {n}', { n: status.refreshes.length })}
    columns={[
      t('Portfolio'),
      end(t('No.')),
      t('Reason'),
      t('Status'),
      end(t('Done')),
      t('Started'),
      end(t('Took')),
      words(t('Failed')),
    ]}
    empty={t('None yet.')}
    rows={status.refreshes.map((refresh) => {
      const name = own.find(({ id }) => id === refresh.portfolio_id)?.name
      return [
        name === undefined ? t('other owner') : <a href={`/portfolios/${refresh.portfolio_id}`}>{name}</a>,
        whole(refresh.generation),
        translated(refresh.reason),
        translated(refresh.status),
        t('{done} of {total}', { done: refresh.done, total: refresh.total }),
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
  const named = failed.slice(0, NAMED).map(({ symbol, reason }) => `${symbol}: ${translated(reason)}`)
  const more = failed.length - named.length
  return [...named, ...(more > 0 ? [t('and {n} more', { n: whole(more) })] : [])].join('; ') || none
}

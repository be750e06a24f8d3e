import { day, none, price } from '../format.ts'
import type { SystemStatus } from '../status.ts'
import { At, span } from './status-figure.tsx'
import { end, List, words } from './status-list.tsx'

export const DataAges = ({ status: { quotes }, now }: { status: SystemStatus; now: number }) => (
  <List
    title="Data age"
    count={quotes.length}
    columns={['Symbol', end('Age'), end('Price'), 'Traded', 'Updated', 'History to', words('State')]}
    empty="No prices needed yet."
    rows={quotes.map((quote) => [
      <span class="symbol">{quote.symbol}</span>,
      quote.age_seconds === null ? none : span(quote.age_seconds * 1000),
      price(quote.price, quote.currency ?? ''),
      <At iso={quote.at} now={now} />,
      <At iso={quote.fetched_at} now={now} />,
      quote.history_to === null ? none : day(quote.history_to),
      <State quote={quote} now={now} />,
    ])}
  />
)

const State = ({ quote, now }: { quote: SystemStatus['quotes'][number]; now: number }) => {
  const { stale, delisted, reason, retry_at } = quote
  const said = [
    delisted === null ? null : `delisted ${day(delisted)}`,
    reason,
    !stale && delisted === null && reason === null ? 'current' : null,
  ]
  return (
    <>
      {stale && <mark class="stale">{quote.price === null ? 'no price' : 'stale'}</mark>}{' '}
      {said.filter((part) => part !== null).join('; ')}
      {retry_at !== null && (
        <>
          ; next try <At iso={retry_at} now={now} />
        </>
      )}
    </>
  )
}

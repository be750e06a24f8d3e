import { day, none, price } from '../format.ts'
import type { SystemStatus } from '../status.ts'
import { At, span } from './status-figure.tsx'
import { end, List, words } from './status-list.tsx'
import { parts, t, translated } from '../words/words.ts'

export const DataAges = ({ status: { quotes }, now }: { status: SystemStatus; now: number }) => (
  <List
    title={t('Data age')}
    count={quotes.length}
    columns={[
      t('Symbol'),
      end(t('Age')),
      end(t('Price')),
      t('Traded'),
      t('Updated'),
      t('History to'),
      words(t('State')),
    ]}
    empty={t('No prices needed yet.')}
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
    delisted === null ? null : t('delisted {day}', { day: day(delisted) }),
    reason && translated(reason),
    !stale && delisted === null && reason === null ? t('current') : null,
  ]
  return (
    <>
      {stale && <mark class="stale">{quote.price === null ? t('no price') : t('stale')}</mark>}{' '}
      {said.filter((part) => part !== null).join('; ')}
      {retry_at !== null && <>{parts('; next try {at}', { at: <At iso={retry_at} now={now} /> })}</>}
    </>
  )
}

import type { SystemStatus } from '../status.ts'
import { At, whole } from './status-figure.tsx'
import { end, List, words } from './status-list.tsx'
import { type Label, parts, t, translated } from '../words/words.ts'

type Props = { status: SystemStatus; now: number }

/** Lists what the sources were asked and what they answered, and which of their endpoints may be called. */
export const SourceCalls = (props: Props) => (
  <>
    <Upstream {...props} />
    <Circuits {...props} />
    <Endpoints {...props} />
  </>
)

/** Says in a sentence whether every endpoint may be called. */
export function available({ circuits }: SystemStatus): string {
  const open = circuits.filter(({ open_until }) => open_until !== null)
  return open.length === 0
    ? t('All endpoints are available.')
    : t('Paused after too many failures: {endpoints}.', {
        endpoints: open.map(({ endpoint }) => translated(endpoint)).join(', '),
      })
}

const Upstream = ({ status: { upstream, upstream_since }, now }: Props) => (
  <List
    title={t('Calls to the source')}
    aside={
      upstream_since !== null && <>{parts('since {time}', { time: <At iso={upstream_since} now={now} /> })}</>
    }
    columns={[t('Source'), t('Endpoint'), t('Outcome'), end(t('Calls'))]}
    empty={t('None yet.')}
    rows={upstream.map(({ source, endpoint, outcome, count }) => [
      source,
      translated(endpoint),
      translated(outcome),
      whole(count),
    ])}
  />
)

const Circuits = ({ status: { circuits }, now }: Props) => (
  <List
    title={t('Circuits')}
    columns={[t('Source'), t('Endpoint'), words(t('State'))]}
    empty={t('No calls yet.')}
    rows={circuits.map(({ source, endpoint, open_until }) => [
      source,
      translated(endpoint),
      open_until === null ? (
        t('closed: calls are allowed')
      ) : (
        <strong class="gain-loss">
          {parts('open until {time}', { time: <At iso={open_until} now={now} /> })}
        </strong>
      ),
    ])}
  />
)

const Endpoints = ({ status: { endpoints, calls_from }, now }: Props) => (
  <List
    title={t('Endpoints')}
    aside={calls_from !== null && t('called from {place}', { place: calls_from })}
    columns={[t('Source'), t('Endpoint'), words(t('State')), t('Last good'), t('Last refused')]}
    empty={t('No calls yet.')}
    rows={endpoints.map(({ source, endpoint, health, last_good_at, last_refused_at, refused_by }) => [
      source,
      translated(endpoint),
      health === 'works' ? t('works') : <strong class="gain-loss">{t(states[health ?? 'unknown'])}</strong>,
      <At iso={last_good_at} now={now} />,
      <>
        <At iso={last_refused_at} now={now} /> {refused_by === null ? null : translated(refused_by)}
      </>,
    ])}
  />
)

const states = {
  'refuses us': 'answers, but refuses this place',
  down: 'down: it does not answer',
  unknown: 'not known yet',
} as const satisfies Record<string, Label>

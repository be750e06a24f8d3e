import { text } from '../../portfolio/decimal.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import type { Alert, DigestReader } from '../../storage/alerts.ts'
import type { NoticeChannel } from '../../storage/notice-channels.ts'
import { exact, price, when } from '../format.ts'
import { parts, t } from '../words/words.ts'
import { AlertKinds, alertNames, type AskedAlert, ChannelChoice, NewAlert } from './new-alert.tsx'
import { addressOf } from './portfolio-page.tsx'

type Props = {
  snapshot: Snapshot
  /** Those of whoever looks at the page. */
  alerts: readonly Alert[]
  /** Their weekly digest; null where they do not want it. */
  digest: Pick<DigestReader, 'channels'> | null
  /** By what notices reach them. */
  channels: readonly NoticeChannel[]
  asked: AskedAlert
  /** Why the digest cannot be sent as it was asked for. */
  digestFault?: string | undefined
  now: number
}

/** What somebody is told about a portfolio, and what of it they have been told. */
export const Alerts = ({ snapshot, alerts, digest, channels, asked, digestFault, now }: Props) => {
  const path = `/portfolios/${snapshot.portfolio.id}/alerts`
  return (
    <div class="page">
      <h1>{t('Alerts')}</h1>
      <p class="lead">
        {t(
          'You are told once per crossing: the figure must come back across its line before you are told again.',
        )}{' '}
        {channels.length > 0
          ? parts(
              'You are told by your {channels}, all or those you choose, and find what you were told in the {activity}.',
              {
                channels: <a href="/account/notices">{t('channels')}</a>,
                activity: <a href={`/portfolios/${snapshot.portfolio.id}/activity`}>{t('activity')}</a>,
              },
            )
          : parts('Nothing is sent yet: {add}. Until then, find your alerts in the {activity}.', {
              add: <a href="/account/notices">{t('add a channel')}</a>,
              activity: <a href={`/portfolios/${snapshot.portfolio.id}/activity`}>{t('activity')}</a>,
            })}
      </p>
      <section class="panel" aria-labelledby="alerts-title">
        <h2 id="alerts-title">{t('Your alerts')}</h2>
        {alerts.length === 0 && (
          <p class="aside">{t('None yet. Choose below what you want to be told; nobody else sees it.')}</p>
        )}
        {alerts.length > 0 && (
          <ul class="people">
            {alerts.map((alert) => (
              <li>
                <span>
                  {wordsOf(alert, snapshot)}{' '}
                  <small>
                    {stateOf(alert, now)} {byWords(alert.channels, channels)}
                  </small>
                </span>
                <form method="post" action={`${path}/${alert.id}/remove`}>
                  <button
                    class="button"
                    aria-label={t('Remove: {alert}', { alert: wordsOf(alert, snapshot) })}
                  >
                    {t('Remove')}
                  </button>
                </form>
              </li>
            ))}
          </ul>
        )}
      </section>
      <section class="panel" aria-labelledby="new-title" id="new">
        <h2 id="new-title">{asked.kind ? t(alertNames[asked.kind]) : t('Tell me when')}</h2>
        {asked.kind ? (
          <NewAlert {...{ snapshot, asked, path, channels }} kind={asked.kind} />
        ) : (
          <AlertKinds {...{ snapshot, path }} />
        )}
      </section>
      <section class="panel" aria-labelledby="digest-title">
        <h2 id="digest-title">{t('Weekly digest')}</h2>
        <p>
          {t(
            'After the last session of each week: your return beside the benchmarks’, the gap, your best and worst decision, and the ex-dates ahead.',
          )}
        </p>
        <form class="form" method="post" action={`${path}/digest`}>
          <ChannelChoice
            id="digest"
            {...{ channels }}
            chosen={digestFault === undefined ? (digest?.channels ?? null) : []}
            fault={digestFault}
          />
          <div class="actions">
            <button class={digest ? 'button' : 'button primary'} name="wanted" value="on">
              {digest ? t('Save') : t('Send me the digest')}
            </button>
            {digest && (
              <button class="button" name="wanted" value="off">
                {t('Stop the digest')}
              </button>
            )}
          </div>
        </form>
      </section>
    </div>
  )
}

/** Leads to the page, from those where somebody looks for it: the menu has no place for one more. */
export const ToAlerts = ({ portfolio }: { portfolio: { id: string } }) => (
  <a class="button" href={`/portfolios/${portfolio.id}/alerts`}>
    {t('Alerts')}
  </a>
)

/** Leads to the form of an alert on a holding’s price. */
export const AlertMe = ({ portfolio, symbol }: { portfolio: { id: string }; symbol: string }) => (
  <a
    class="button"
    href={addressOf(`/portfolios/${portfolio.id}/alerts`, { kind: 'price_below', subject: symbol })}
  >
    {t('Alert me')}
  </a>
)

/** By which channels an alert is told, where some were chosen and work. */
function byWords(chosen: string[] | null, channels: readonly NoticeChannel[]): string {
  const named = channels.filter(({ id }) => chosen?.includes(id)).map(({ label }) => label)
  return named.length === 0 ? '' : t('By {channels}.', { channels: named.join(', ') })
}

/** `KO below $50`, in the reader’s language. */
function wordsOf({ kind, subject, level }: Alert, { holdings, portfolio }: Snapshot): string {
  const percent = level === null ? '' : exact(text(level))
  const currency = holdings.find(({ symbol }) => symbol === subject)?.currency ?? portfolio.base_currency
  const line = level === null ? '' : price(text(level), currency)
  const of = subject ?? ''
  switch (kind) {
    case 'price_below':
      return t('{symbol} below {price}', { symbol: of, price: line })
    case 'price_above':
      return t('{symbol} above {price}', { symbol: of, price: line })
    case 'drawdown':
      return subject === null
        ? t('The portfolio {percent} % below its peak', { percent })
        : t('{symbol} {percent} % below its highest close', { symbol: of, percent })
    case 'weight_above':
      return t('{symbol} above {percent} % of the holdings', { symbol: of, percent })
    case 'drift':
      return t('{part} {percent} points off its target', { part: of, percent })
    case 'gap_zero':
      return t('Gap to {benchmark} crosses zero', { benchmark: of })
    case 'dividend_declared':
      return subject === null
        ? t('Any dividend declared')
        : t('Dividend of {symbol} declared', { symbol: of })
    case 'dividend_cut':
      return subject === null ? t('Any dividend cut') : t('Dividend of {symbol} cut', { symbol: of })
    case 'price_held':
      return t('A price held for review')
    case 'source_down':
      return t('No prices for a day')
  }
}

function stateOf({ kind, state, toldAt }: Alert, now: number): string {
  const told = toldAt === null ? null : t('Told {when}.', { when: when(toldAt, now) })
  const isWaitingForReturn = state.side === 'beyond' && kind !== 'gap_zero'
  const next = isWaitingForReturn
    ? t('Beyond its line now: waiting for the way back.')
    : state.side === null && state.known === null
      ? t('Waiting for a figure.')
      : t('Waiting.')
  return told === null ? next : `${told} ${next}`
}

import type { Channel } from '../../notices/channel.ts'
import { toldTo } from '../../portfolio/notice.ts'
import { channels as kinds, channelOf } from '../../notices/channels.ts'
import type { NoticeChannel } from '../../storage/notice-channels.ts'
import type { ToldNotice } from '../../storage/notices.ts'
import type { Listed } from '../../storage/snapshots.ts'
import { when } from '../format.ts'
import { readersLocale } from '../locale.ts'
import { t, translated } from '../words/words.ts'
import { deviceName } from './device-name.ts'
import { deliveredBy } from './told-entry.tsx'
import { ChannelForm, type TypedChannel } from './channel-form.tsx'

export type NoticesProps = TypedChannel & {
  channels: readonly NoticeChannel[]
  /** The latest, newest first. */
  told: readonly ToldNotice[]
  /** The id of the channel to this browser, if it is one of these; null for none. */
  here: string | null
  list: readonly Listed[]
  now: number
  /** What came of a test: null in place of a sentence when it was sent. */
  tried?: { id: string; said: string | null } | undefined
}

/** By what somebody is told things: their channels, the forms that make another, and what they were told. */
export const Notices = (props: NoticesProps) => {
  const { told } = props
  return (
    <div class="page">
      <h1>{t('Notifications')}</h1>
      <p class="lead">{t('Your alerts are sent to every channel that you add here.')}</p>
      <Channels {...props} />
      <Browser {...props} />
      <section class="panel part" aria-labelledby="add-title">
        <h2 id="add-title">{t('Add a channel')}</h2>
        {Object.values(kinds)
          .filter(({ kind }) => kind !== 'push')
          .map((channel: Channel) => (
            <ChannelForm channel={channel} typed={props.typed} faults={props.faults} />
          ))}
        <p class="aside">
          {t('A channel’s secrets are stored in your database, never shown again and never exported.')}
        </p>
      </section>
      {told.length > 0 && <Told {...props} />}
    </div>
  )
}

const Channels = ({ channels, here, now, tried }: NoticesProps) => (
  <section class="panel" aria-labelledby="channels-title">
    <h2 id="channels-title">{t('Channels')}</h2>
    {channels.length === 0 ? (
      <p>{t('There are none yet, so nothing is sent. Turn on this browser, or add a channel below.')}</p>
    ) : (
      <ul class="proofs">
        {channels.map((channel) => (
          <li>
            <span>
              {deviceName(channel.label)}
              {channel.id === here && ` (${t('this browser')})`}
              <small>
                {translated(channelOf(channel.kind)?.name ?? channel.kind)} · {translated(channel.target)} ·{' '}
                {channel.sentAt === null
                  ? t('nothing sent yet')
                  : t('last sent {when}', { when: when(channel.sentAt, now) })}
              </small>
              <State channel={channel} now={now} />
              {tried?.id === channel.id && (
                <small role="status">{tried.said === null ? t('Sent.') : translated(tried.said)}</small>
              )}
            </span>
            <form method="post" action={`/account/notices/${channel.id}/test`}>
              <button
                class="button"
                aria-label={t('Send a test to {name}', { name: deviceName(channel.label) })}
              >
                {t('Send a test')}
              </button>
            </form>
            <form method="post" action={`/account/notices/${channel.id}/remove`}>
              <button
                class="button"
                aria-label={t('Remove the channel {name}', { name: deviceName(channel.label) })}
              >
                {t('Remove channel')}
              </button>
            </form>
          </li>
        ))}
      </ul>
    )}
  </section>
)

/** What is wrong with a channel; nothing where what came last was sent. */
const State = ({ channel, now }: { channel: NoticeChannel; now: number }) => {
  const { stoppedAt, failedAt, failure } = channel
  if (failedAt === null || failure === null) return null
  return (
    <small class="doubt">
      {stoppedAt === null
        ? t('Failed {when}:', { when: when(failedAt, now) })
        : t('Given up {when}; a test that arrives turns it on again:', { when: when(stoppedAt, now) })}{' '}
      {translated(failure)}
    </small>
  )
}

/** The button by which this browser subscribes; the script that only this page loads does what it says. */
const Browser = ({ channels, here }: NoticesProps) => {
  const isOn = channels.some(({ id }) => id === here)
  return (
    <section class="panel part" aria-labelledby="browser-title">
      <h2 id="browser-title">{t('This browser')}</h2>
      <p>
        {isOn
          ? t('This browser shows notifications, also while no page of Yardstick is open.')
          : t(
              'This browser can show notifications, also while no page of Yardstick is open. On an iPhone or iPad, add Yardstick to the Home Screen first.',
            )}
      </p>
      <div data-push={isOn ? 'on' : 'off'}>
        {!isOn && (
          <div class="actions">
            <button type="button" class="button needs-script">
              {t('Turn on in this browser')}
            </button>
            <noscript>{t('Notifications in the browser need JavaScript.')}</noscript>
          </div>
        )}
        <p class="fault" role="alert"></p>
      </div>
    </section>
  )
}

const Told = ({ told, list, now }: NoticesProps) => (
  <section class="panel part" aria-labelledby="told-title">
    <h2 id="told-title">{t('What you were told')}</h2>
    <ul class="proofs">
      {told.map((each) => {
        const { title, body, address, at, portfolioId, deliveries } = toldTo(each, readersLocale())
        const about = list.find(({ id }) => id === portfolioId)?.name
        return (
          <li>
            <span>
              <a href={address}>{title}</a>
              <small>{[when(at, now), about].filter(Boolean).join(' · ')}</small>
              {body.split('\n').map((line) => (
                <small data-money>{line}</small>
              ))}
              <small>{deliveredBy(deliveries)}</small>
              {deliveries.flatMap(({ status, said }) =>
                said !== null && status !== 'sent' ? [<small class="doubt">{translated(said)}</small>] : [],
              )}
            </span>
          </li>
        )
      })}
    </ul>
  </section>
)

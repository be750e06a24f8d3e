import type { Child } from 'hono/jsx'
import { toldTo } from '../../portfolio/notice.ts'
import type { LoggedNotice } from '../../storage/activity-log.ts'
import { deviceName } from './device-name.ts'
import { readersLocale } from '../locale.ts'
import { parts, t } from '../words/words.ts'

/** What somebody was told about a portfolio, as an entry of its activity that nobody else sees. */
export function toldEntry(notice: LoggedNotice): { what: Child; details: Child } {
  const { title, body, address, deliveries } = toldTo(notice, readersLocale())
  return {
    what: parts('Yardstick told you: {title}', { title: <a href={address}>{title}</a> }),
    details: (
      <>
        {body.split('\n').map((line) => (
          <p class="aside" data-money>
            {line}
          </p>
        ))}
        <p class="aside">{deliveredBy(deliveries)}</p>
      </>
    ),
  }
}

/** By which channels a notice went, and how far it came: `Phone: sent, Home: on its way`. */
export function deliveredBy(deliveries: LoggedNotice['deliveries']): string {
  return deliveries.length === 0
    ? t('There was no channel to send it by.')
    : deliveries.map(({ channel, status }) => `${deviceName(channel)}: ${t(states[status])}`).join(', ')
}

const states = { waiting: 'on its way', sending: 'on its way', sent: 'sent', failed: 'not sent' } as const

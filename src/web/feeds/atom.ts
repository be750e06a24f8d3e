import type { LogEntry } from '../../storage/activity-log.ts'
import type { AuditRecord, LoggedTransaction } from '../../storage/audit.ts'
import { exact } from '../format.ts'
import { instant } from '../instant.ts'
import { actionVerbs } from '../views/recent-activity.tsx'
import { t } from '../words/words.ts'
import { transactionName } from './transaction-name.ts'
import { xmlText } from './xml.ts'

type Activity = {
  name: string
  /** The address that was asked, with the host. */
  address: URL
  /** Names the feed, so that it stays the same when its address is asked in another way. */
  id: string
  /** When there is no entry yet. */
  since: number
  entries: readonly LogEntry[]
  isPercentOnly: boolean
}

/**
 * Writes what was done to a portfolio, newest first (RFC 4287). Nobody is named; with percentages only, no amount, price,
 * count of shares or note is either, nor what the settings were changed to.
 */
export function atom({ name, address, id, since, entries, isPercentOnly }: Activity): string {
  const tag = `tag:${address.hostname},2026:${id}`
  const updated = Math.max(since, ...entries.map(({ at }) => at))
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>${xmlText(tag)}</id>
<title>${xmlText(name)}</title>
<updated>${instant(updated)}</updated>
<author><name>Yardstick</name></author>
<link rel="self" type="application/atom+xml" href="${xmlText(address.href)}"/>
${entries
  .flatMap(({ at, id: number, ...entry }) =>
    entry.kind === 'audit'
      ? [
          `<entry>
<id>${xmlText(`${tag}/${number}`)}</id>
<title>${xmlText(titleOf(entry.change))}</title>
<updated>${instant(at)}</updated>
<content type="text">${xmlText(contentOf(entry.change, isPercentOnly))}</content>
</entry>
`,
        ]
      : [],
  )
  .join('')}</feed>
`
}

/** `Added: buy TSLA, Mar 1, 2024` */
function titleOf(change: AuditRecord): string {
  switch (change.kind) {
    case 'portfolio':
      return t(change.action === 'create' ? 'Portfolio created' : 'Settings changed')
    case 'transaction': {
      const row = change.after ?? change.before
      const verb = t(actionVerbs[change.action])
      const done = `${verb.charAt(0).toUpperCase()}${verb.slice(1)}`
      return row === null ? done : `${done}: ${transactionName(row)}`
    }
    case 'import':
      return t(change.action === 'delete' ? 'Import undone' : 'File imported')
    case 'share units':
      return t('Trades checked against closing prices')
    case 'access':
    case 'unknown':
      return t('Something else changed')
  }
}

function contentOf(change: AuditRecord, isPercentOnly: boolean): string {
  if (change.kind === 'import') {
    const { accepted, duplicates, rejected } = change
    return t('Rows: {accepted} taken, {duplicates} skipped, {rejected} rejected.', {
      accepted,
      duplicates,
      rejected,
    })
  }
  if (change.kind !== 'transaction' || isPercentOnly) return `${titleOf(change)}.`
  const { before, after } = change
  const states = [
    before && after && t('before: {size}', { size: sizeOf(before) }),
    sizeOf((after ?? before)!),
  ]
  return states.filter(Boolean).toReversed().join('\n')
}

/** `10 shares at 400, amount 4,000 USD; fee 1` and the note. */
function sizeOf({ shares, price, amount, fee, currency, note }: LoggedTransaction): string {
  const parts = [
    shares !== null &&
      (price === null
        ? t('{n} shares', { n: exact(shares) })
        : t('{n} shares at {price}', { n: exact(shares), price: exact(price) })),
    shares === null && t('amount {amount}', { amount: exact(amount) }),
    Number(fee) !== 0 && t('fee {amount}', { amount: exact(fee) }),
    currency,
  ]
  return [parts.filter(Boolean).join(', '), note].filter(Boolean).join('\n')
}

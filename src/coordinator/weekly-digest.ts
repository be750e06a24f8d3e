import { announce } from '../jobs/tell.ts'
import { lastFinalBar, nextSession, previousSession } from '../market/hours/trading-hours.ts'
import { addDays, type Day, dayAt, weekday } from '../portfolio/day.ts'
import { noticeSaying } from '../portfolio/notice.ts'
import { TIME_ZONE } from '../portfolio/time.ts'
import { valuations } from '../portfolio/valuation.ts'
import { says } from '../snapshot/alerts/says.ts'
import { digest } from '../snapshot/digest.ts'
import { digestReaders, noteDigest } from '../storage/alerts.ts'
import { inOneTransaction } from '../storage/database.ts'
import { noticed } from '../storage/notices.ts'
import type { Home } from './home.ts'
import type { LedgerCache } from './ledger-cache.ts'
import type { Publication } from './snapshot-builder.ts'

/**
 * Tells those who want it how the week has gone, once after its last session, which is Thursday's before a Friday without
 * trading. Called again that evening, because it was killed or its message came twice, it sends what was written and not sent. A
 * week whose evening was missed is told by the next run, to those who wanted it by then: of several weeks the last one.
 */
export async function tellDigest(
  { db, env, id }: Home,
  ledgers: LedgerCache,
  published: () => Promise<Publication | null>,
  now: number,
): Promise<void> {
  const { day, sunday, isLate } = lastWeek(now)
  const readers = await digestReaders(db, id)
  if (readers.length === 0) return
  const due = readers.filter(({ toldFor, createdAt }) =>
    toldFor === null ? !isLate || dayAt(createdAt, TIME_ZONE) <= day : toldFor < day,
  )
  if (due.length === 0 && isLate) return
  const [read, shown] = due.length === 0 ? [null, null] : [await ledgers.ledger(), await published()]
  if (read && shown) {
    const { ledger } = read
    const { snapshot } = shown
    const from = previousSession(addDays(sunday, -6))
    const about = { id: noticeId(id, day), address: `/portfolios/${id}`, tag: `digest:${id}`, at: now }
    const { name: portfolio } = snapshot.portfolio
    const notice = noticeSaying(about, {
      title: isLate
        ? says('{portfolio}, last week', { portfolio })
        : says('{portfolio}, this week', { portfolio }),
      body: digest(ledger, valuations(ledger, day), snapshot, from),
    })
    await inOneTransaction(
      db,
      due.flatMap(({ account, channels: by }) => [
        noteDigest(db, id, account, day),
        ...noticed(db, { account, portfolio: id, by }, [notice]),
      ]),
    )
  }
  for (const { account } of readers) await announce(env, account, [noticeId(id, day)])
}

/** The last session of the last week that is over, the Sunday on which that ended, and whether a session came after it. */
function lastWeek(now: number): { day: Day; sunday: Day; isLate: boolean } {
  const { day } = lastFinalBar({ kind: 'index', timeZone: null }, now)
  const sunday = addDays(day, 7 - weekday(day))
  if (nextSession(day) >= sunday) return { day, sunday, isLate: false }
  const before = addDays(sunday, -7)
  return { day: previousSession(before), sunday: before, isLate: true }
}

function noticeId(portfolio: string, week: Day): string {
  return `digest:${portfolio}:${week}`
}

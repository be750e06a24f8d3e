import { cause, log } from '../jobs/log.ts'
import { announce } from '../jobs/tell.ts'
import { lastFinalBar, session } from '../market/hours/trading-hours.ts'
import { dayAt } from '../portfolio/day.ts'
import { decimal } from '../portfolio/decimal.ts'
import { type Notice, noticeSaying } from '../portfolio/notice.ts'
import type { Sentence } from '../portfolio/sentence.ts'
import { TIME_ZONE } from '../portfolio/time.ts'
import { valuations } from '../portfolio/valuation.ts'
import { type AlertKind, checked, crossingOf, type WantedAlert } from '../snapshot/alert.ts'
import { untold } from '../snapshot/alerts/crossing.ts'
import type { AlertFacts } from '../snapshot/alerts/family.ts'
import type { PortfolioFacts, Snapshot } from '../snapshot/snapshot.ts'
import {
  type Alert,
  alertRows,
  type AlertTaken,
  asAlerts,
  MOST_ALERTS,
  noteAlert,
  removeAlert,
  saveAlert,
  setDigest,
  DIGEST,
} from '../storage/alerts.ts'
import { inOneTransaction, type Statement } from '../storage/database.ts'
import { noticed } from '../storage/notices.ts'
import type { Home } from './home.ts'
import type { LedgerCache } from './ledger-cache.ts'
import { quoteMetadata } from './snapshot-builder.ts'

export type AlertSet = { status: 'ok'; value: Alert } | { status: 'missing' | 'too many' }

/** What was found in a snapshot: to be stored with it, and then told. */
export type Found = {
  statements: Statement[]
  after: Alert[] | null
  told: { account: string; id: string }[]
}

type Read = NonNullable<Awaited<ReturnType<LedgerCache['ledger']>>>

/**
 * The alerts on a portfolio, of all accounts. They are in memory from the first publication on, which reads them in the same
 * trip to D1 as everything else, so that later ones read nothing for them. What they tell is noted in the transaction that
 * stores the snapshot: a kill before it loses nothing, because the snapshot is made again, and after it the notice is there.
 */
export class PortfolioAlerts {
  private readonly home: Home
  /** Null until they are read, and again when D1 may have others. */
  known: Alert[] | null = null

  constructor(home: Home) {
    this.home = home
  }

  /** Reads every alert in a new snapshot. */
  foundIn(facts: Omit<AlertFacts, 'lastSession'>, now: number): Found {
    const before = this.known ?? []
    if (before.length === 0) return { statements: [], after: null, told: [] }
    const { db, id } = this.home
    const all = { ...facts, lastSession: lastSession(now) }
    const read = before.map((alert) => checkedOnce(alert, all))
    const after = read.map(({ alert, says }) => (says === null ? alert : { ...alert, toldAt: now }))
    const changed = after.filter((alert, i) => alert.state !== before[i]!.state)
    const notices = read.flatMap(({ alert, says }) =>
      says === null
        ? []
        : [
            {
              account: alert.accountId,
              by: alert.channels,
              notice: noticeOf(alert, says, facts.snapshot.portfolio, now),
            },
          ],
    )
    return {
      statements: [
        ...changed.map((alert) => noteAlert(db, alert)),
        ...notices.flatMap(({ account, by, notice }) =>
          noticed(db, { account, portfolio: id, by }, [notice]),
        ),
      ],
      after,
      told: notices.map(({ account, notice }) => ({ account, id: notice.id })),
    }
  }

  /**
   * Sends what was stored on its way. After a publication that was interrupted this is done again for all that was told today: it
   * may have been stored and not sent.
   */
  async tell({ after, told }: Found, wasInterrupted: boolean): Promise<void> {
    if (after === null) return
    this.known = after
    const today = dayAt(Date.now(), TIME_ZONE)
    const again = wasInterrupted ? after.filter(({ state }) => state.firedOn === today) : []
    const all = [
      ...told,
      ...again.map((alert) => ({ account: alert.accountId, id: crossingOf(alert.id, alert.state) })),
    ]
    for (const [account, own] of Map.groupBy(all, (each) => each.account))
      await announce(
        this.home.env,
        account,
        own.map(({ id }) => id),
      )
  }

  /** Sets an alert, whose first reading is of what is shown now: what is beyond its line already is no crossing. */
  async set(
    account: string,
    { kind, subject, level, channels }: WantedAlert,
    id: string | null,
    snapshot: Snapshot,
    { ledger, quotes, histories }: Read,
  ): Promise<AlertSet> {
    const all = await this.all()
    const own = all.filter(({ accountId }) => accountId === account)
    const replaced = own.find((each) => each.id === id)
    if (id !== null && !replaced) return { status: 'missing' }
    if (!replaced && own.length >= MOST_ALERTS) return { status: 'too many' }
    const now = Date.now()
    const today = dayAt(now, TIME_ZONE)
    const made: Alert = {
      id: replaced?.id ?? crypto.randomUUID(),
      accountId: account,
      kind,
      subject,
      level: level === null ? null : decimal(level),
      setOn: today,
      // its notices are numbered on
      state: { ...untold, fired: replaced?.state.fired ?? 0 },
      createdAt: replaced?.createdAt ?? now,
      toldAt: replaced?.toldAt ?? null,
      channels,
    }
    const { held } = quoteMetadata({ quotes, histories })
    const series = valuations(ledger, ledger.today)
    const facts = { ledger, series, before: null, snapshot, held, lastSession: lastSession(now) }
    const value = checkedOnce(made, facts).alert
    this.known = null
    await inOneTransaction(this.home.db, [saveAlert(this.home.db, this.home.id, value)])
    this.known = replaced ? all.map((each) => (each === replaced ? value : each)) : [...all, value]
    return { status: 'ok', value }
  }

  /** Takes what an account wants to be told from a file, by channels that it has here; the next snapshot says where each figure stands. */
  async takeIn(account: string, kept: readonly AlertTaken[]): Promise<void> {
    const { db, id } = this.home
    this.known = null
    await inOneTransaction(
      db,
      kept.slice(0, MOST_ALERTS + 1).map(({ kind, subject = null, level, set_on, at, by: channels }) =>
        kind === DIGEST
          ? setDigest(db, { portfolioId: id, account }, { channels }, at)
          : saveAlert(db, id, {
              id: crypto.randomUUID(),
              accountId: account,
              kind: kind as AlertKind,
              subject,
              level: level === undefined ? null : decimal(level),
              setOn: set_on ?? dayAt(at, TIME_ZONE),
              state: untold,
              createdAt: at,
              toldAt: null,
              channels,
            }),
      ),
    )
  }

  /** False where the account has no such alert here. */
  async remove(account: string, id: string): Promise<boolean> {
    const all = await this.all()
    const gone = all.find((each) => each.id === id && each.accountId === account)
    if (!gone) return false
    this.known = null
    await inOneTransaction(this.home.db, [removeAlert(this.home.db, this.home.id, id)])
    this.known = all.filter((each) => each !== gone)
    return true
  }

  private async all(): Promise<Alert[]> {
    return (this.known ??= asAlerts(await alertRows(this.home.db, this.home.id)))
  }
}

/** An alert that cannot be read must not keep a snapshot from being made. */
function checkedOnce(alert: Alert, facts: AlertFacts): { alert: Alert; says: readonly Sentence[] | null } {
  try {
    const { state, says } = checked(alert, alert.state, facts)
    return { alert: state === alert.state ? alert : { ...alert, state }, says }
  } catch (error) {
    log('an alert was not read', { alert: alert.id, kind: alert.kind, error: cause(error) })
    return { alert, says: null }
  }
}

function noticeOf(
  alert: Alert,
  says: readonly Sentence[],
  { id, name }: PortfolioFacts,
  now: number,
): Notice {
  const about = {
    id: crossingOf(alert.id, alert.state),
    address: `/portfolios/${id}/alerts`,
    tag: `alert:${alert.id}`,
    at: now,
  }
  return noticeSaying(about, { title: name, body: says })
}

function lastSession(now: number): number {
  return session(lastFinalBar({ kind: 'index', timeZone: null }, now).day)!.opens
}

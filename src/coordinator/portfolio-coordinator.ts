import { marketState } from '../market/hours/trading-hours.ts'
import { type Chart, concat } from '../metrics/chart.ts'
import type { Performance } from '../metrics/performance.ts'
import { type Picks, picks } from '../snapshot/picks.ts'
import { type PortfolioFacts, SHAPE, type Snapshot, type TradeMark } from '../snapshot/snapshot.ts'
import { type TransactionList, transactionList, type TransactionQuery } from '../snapshot/transaction-list.ts'
import { currencyPairs } from '../portfolio/currency.ts'
import { dayAt } from '../portfolio/day.ts'
import { dividendProposals } from '../portfolio/dividend-proposal.ts'
import type { Valued } from '../portfolio/revaluation.ts'
import type { Entry } from '../portfolio/entry.ts'
import { database, inOneTransaction } from '../storage/database.ts'
import {
  deletePortfolio,
  insertPortfolio,
  isTaken,
  type Portfolio,
  portfolioById,
  portfoliosOf,
  symbolsOf,
  updatePortfolio,
  watchPortfolio,
} from '../storage/portfolios.ts'
import { appendAudit, recentAuditEntries } from '../storage/audit.ts'
import { answerTo, rememberAnswer } from '../storage/idempotency.ts'
import { saveRefresh } from '../storage/refreshes.ts'
import {
  cachePortfolioList,
  cacheSnapshot,
  dropCached,
  saveSnapshot,
  type SettledChart,
  storedSnapshot,
} from '../storage/snapshots.ts'
import { firstDayOf, symbolsOfPortfolio, trackSymbols, untracked } from '../storage/tracked.ts'
import { allTransactions, type Recorded, recordUnits, transactionOf } from '../storage/transactions.ts'
import {
  acceptDividends,
  addTransaction,
  type Edit,
  editTransaction,
  type Editing,
  type Refused,
  removeTransaction,
  restoreTransaction,
} from './transaction-edits.ts'
import { backoff } from '../jobs/backoff.ts'
import { cause, log } from '../jobs/log.ts'
import { type Publication, publication } from './snapshot-builder.ts'
import { historyFrom, messagesOf, partOf, type Plan, plan, tasksOf } from '../jobs/refresh-plan.ts'
import {
  type Arrival,
  arrived,
  begun,
  expired,
  failedSymbols,
  idle,
  isUnderway,
  postponed,
  type RefreshState,
  revived,
  unsent,
  widened,
} from './refresh-state.ts'
import { PortfolioLedger, type PreparedRead } from './portfolio-ledger.ts'
import { TIME_ZONE } from '../portfolio/time.ts'
import { send } from '../jobs/queue.ts'
import { progress, regions, onlyQuotesChanged, type Signal } from './live-events.ts'
import { type ImportPreview, type ImportResult, importStatement } from './statement-import.ts'

/** The Refresh button takes what came in the last seconds for fresh. */
const JUST_NOW = 10_000
/** A page with an open socket renews its watch in this rhythm; a watch nobody renews lapses. */
const WATCH = 60 * 60_000
const RENEW = 30 * 60_000
/** While histories arrive one by one, the pages are brought up to date at most this often. */
const BETWEEN_SNAPSHOTS = 3_000
/**
 * While New York does not trade, quotes alone make a copy for KV once in five minutes: with a coin among them they move
 * every minute of the night, which is more writes than a day has. A little less, for rounds that come early; and what
 * no round of quotes takes along is written by the alarm.
 */
const BETWEEN_COPIES = 4.5 * 60_000
const LAST_COPY = 6 * 60_000
/** For so long a place may go on saying that KV has no copy, or hand out an old one, after it was given a new one. */
const SPREADING = 60_000
/** So many of the latest deeds are on the dashboard. */
const RECENT_ENTRIES = 5

export type Written<T> = { status: 'ok'; value: T; revision: number } | Refused
export type Imported =
  | { status: 'ok'; value: ImportResult; revision: number }
  | { status: 'previewed'; value: ImportPreview; revision: number }
  | { status: 'unreadable'; problem: string }
  | { status: 'missing' }

/** KV lacks copies: how often it has refused them in a row (0: a copy for quotes alone waits), and when it gets them. */
type PendingCopy = { tries: number; at: number }
/** A page of the transactions, and what stands above it. */
export type TransactionsRead = {
  portfolio: PortfolioFacts
  summary: Performance
  revision: number
  picks: Picks
  /** Every ticker there is a transaction of. */
  symbols: string[]
  /** Of all transactions, whatever is asked for. */
  count: number
  list: TransactionList
}

/**
 * Keeps one portfolio: every write to it passes through here, one at a time; it holds the refresh that is underway,
 * makes the snapshot and the chart, and tells the open pages. What it remembers in memory is a cache; all else is in
 * D1 and in its own storage, so that it may be killed at any line.
 */
export class PortfolioCoordinator extends PortfolioLedger {
  private last = Promise.resolve<unknown>(undefined)
  private published: (Publication & { at: number }) | null = null
  /** The ledger of the last publication and its daily series. */
  private valued: Valued | null = null
  /** When KV was last given what a reader did not find there. */
  private restored = 0

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'))
  }

  /**
   * Creates the portfolio that this object keeps, with a statement's rows in it if there is one, all at once. Where the
   * id is taken, nothing is written: the same form sent twice makes one portfolio.
   */
  create(portfolio: Portfolio, csv: string | null = null): Promise<{ revision: number }> {
    const { id, ownerId, benchmarks } = portfolio
    if (id !== this.id) throw new Error(`${this.id} cannot keep the portfolio ${id}`)
    return this.serialize(async () => {
      const db = database(this.env.DB)
      if (await isTaken(db, this.id)) return { revision: await this.revision() }
      const now = Date.now()
      const deed = { action: 'create', subject: 'portfolio', before: null, after: portfolio } as const
      const editing = { db, portfolio, actor: ownerId, now, today: dayAt(now, TIME_ZONE) }
      const edit = csv === null ? null : await importStatement(editing, csv, crypto.randomUUID())
      if (edit?.status === 'unreadable') throw new Error(`the first statement: ${edit.problem}`)
      await this.write(
        [
          ...insertPortfolio(db, portfolio),
          ...appendAudit(db, this.id, ownerId, [deed], now),
          ...(edit?.statements ?? trackSymbols(portfolio, benchmarks)),
        ],
        ownerId,
      )
      return { revision: await this.afterWrite('create') }
    })
  }

  change(
    actor: string,
    changes: Partial<Pick<Portfolio, 'name' | 'description' | 'baseCurrency' | 'benchmarks' | 'costBasis'>>,
  ): Promise<Written<Portfolio>> {
    return this.serialize(async () => {
      const db = database(this.env.DB)
      const now = Date.now()
      const before = await portfolioById(db, this.id)
      if (!before) return { status: 'missing' }
      const after = { ...before, ...changes }
      const transactions = await allTransactions(db, this.id)
      await this.write(
        [
          updatePortfolio(db, this.id, changes),
          ...appendAudit(
            db,
            this.id,
            actor,
            [{ action: 'update', subject: 'portfolio', before, after }],
            now,
          ),
          ...trackSymbols(after, symbolsOf(after, transactions)),
        ],
        before.ownerId,
      )
      return { status: 'ok', value: after, revision: await this.afterWrite('edit') }
    })
  }

  /** Takes the portfolio out of every list and route; its rows stay. */
  remove(actor: string): Promise<'done' | 'missing'> {
    return this.serialize(async () => {
      const db = database(this.env.DB)
      const before = await portfolioById(db, this.id)
      if (!before) return 'missing'
      const now = Date.now()
      await this.write(
        [
          deletePortfolio(db, this.id, now),
          ...appendAudit(
            db,
            this.id,
            actor,
            [{ action: 'delete', subject: 'portfolio', before, after: null }],
            now,
          ),
          ...trackSymbols(before, []),
        ],
        before.ownerId,
      )
      await this.afterWrite('delete')
      for (const socket of this.ctx.getWebSockets()) socket.close(1000, 'this portfolio was deleted')
      return 'done'
    })
  }

  /** The same `key` twice makes one row; with `askFirst` a row that is there already is not added but named. */
  add(actor: string, entry: Entry, key: string | null, askFirst = false): Promise<Written<Recorded>> {
    return this.edit(actor, key, (editing) => addTransaction(editing, entry, crypto.randomUUID(), askFirst))
  }

  replace(actor: string, transaction: string, version: number, entry: Entry): Promise<Written<Recorded>> {
    return this.edit(actor, null, (editing) => editTransaction(editing, transaction, version, entry))
  }

  async delete(actor: string, transaction: string): Promise<Written<null>> {
    const removed = await this.edit(actor, null, (editing) => removeTransaction(editing, transaction))
    return removed.status === 'ok' ? { ...removed, value: null } : removed
  }

  /** Undoes a deletion. */
  restore(actor: string, transaction: string): Promise<Written<Recorded>> {
    return this.edit(actor, null, (editing) => restoreTransaction(editing, transaction))
  }

  /** With `preview` answers what the import would do, and writes nothing. */
  import(actor: string, csv: string, preview: boolean): Promise<Imported> {
    return this.serialize(async () => {
      const editing = await this.editing(actor)
      if (!editing) return { status: 'missing' }
      const edit = await importStatement(editing, csv, crypto.randomUUID())
      if (edit.status !== 'ok') return edit
      const { value } = edit
      log('import', {
        portfolio: this.id,
        format: value.format,
        accepted: value.accepted,
        duplicates: value.duplicates,
        preview,
      })
      if (preview) return { status: 'previewed', value: edit.preview(), revision: await this.revision() }
      if (value.accepted === 0) return { status: 'ok', value, revision: await this.revision() }
      await this.write(edit.statements)
      return { status: 'ok', value, revision: await this.afterWrite('import') }
    })
  }

  /** Records proposed dividends (dividend-proposal.ts): all, or those named `QQQ@2012-03-16`. Answers how many. */
  acceptDividends(actor: string, wanted: string[] | 'all'): Promise<Written<number>> {
    return this.serialize(async () => {
      const editing = await this.editing(actor)
      if (!editing) return { status: 'missing' }
      const { ledger } = await this.readLedger(editing.portfolio, editing.today)
      const proposals = dividendProposals(ledger, ledger.today)
      const { statements, value } = await acceptDividends(
        editing,
        proposals,
        wanted === 'all' ? wanted : new Set(wanted),
      )
      if (value === 0) return { status: 'ok', value, revision: await this.revision() }
      await this.write(statements)
      return { status: 'ok', value, revision: await this.afterWrite('edit') }
    })
  }

  /**
   * Starts a refresh, or joins the one that is underway: however often it is asked, there is one. `force` is the
   * button; without it only what the policy calls due is fetched, and nothing may be.
   */
  refresh(reason: string, force: boolean): Promise<{ generation: number } | 'missing'> {
    return this.serialize(async () => {
      const portfolio = await portfolioById(database(this.env.DB), this.id)
      if (!portfolio) return 'missing'
      return { generation: await this.opened(reason, force) }
    })
  }

  latestRefresh(): RefreshState {
    return this.ctx.storage.kv.get<RefreshState>('refresh') ?? idle
  }

  /** The consumer brings outcomes for symbols of a generation. */
  arrived(generation: number, arrivals: Arrival[]): Promise<void> {
    return this.serialize(async () => {
      const before = this.latestRefresh()
      const after = arrived(before, generation, arrivals, Date.now())
      // late for its refresh, but what it brought is in D1
      if (after === before) await this.publish()
      else await this.keepRefresh(before, after)
    })
  }

  /** A message of that generation is tried again at `until`. */
  postponed(generation: number, reason: string, until: number): Promise<void> {
    return this.serialize(async () => {
      const before = this.latestRefresh()
      const after = postponed(before, generation, reason, until)
      if (after === before) return
      await this.keepRefresh(before, after)
      if (before.waiting !== after.waiting) await this.publish()
    })
  }

  /** Prices changed that this portfolio shows. */
  recompute(): Promise<void> {
    return this.serialize(async () => {
      await this.publish()
    })
  }

  /** For a reader whose KV copy is older than what it has seen, or `lost`: then KV is given a new one. */
  async snapshot(lost: boolean): Promise<Snapshot | null> {
    const now = await this.current(lost)
    return now && now.snapshot
  }

  /** A page of transactions with the figures beside it, behind any edit that is underway. */
  transactions(asked: TransactionQuery): Promise<TransactionsRead | null> {
    return this.serialize(async () => {
      const portfolio = await portfolioById(database(this.env.DB), this.id)
      if (!portfolio) return null
      if ((await this.remembered())?.snapshot.shape !== SHAPE) await this.publish()
      if (!this.published) return null
      const { portfolio: facts, summary, revision } = this.published.snapshot
      const rows = await this.rows(portfolio, revision)
      return {
        portfolio: facts,
        summary,
        revision,
        picks: picks(rows, portfolio.benchmarks),
        symbols: [...new Set(rows.flatMap(({ symbol }) => symbol ?? []))].toSorted(),
        count: rows.length,
        list: transactionList(rows, asked),
      }
    })
  }

  async chart(lost: boolean): Promise<Chart | null> {
    const now = await this.current(lost)
    return now && concat(JSON.parse(now.chart) as Chart, now.snapshot.last)
  }

  async trades(lost: boolean): Promise<TradeMark[] | null> {
    const now = await this.current(lost)
    return now && (JSON.parse(now.chart) as SettledChart).trades
  }

  /** The live channel. The Worker has made sure that the caller may see the portfolio. */
  override async fetch(request: Request): Promise<Response> {
    if (request.headers.get('upgrade') !== 'websocket') {
      return new Response('This address speaks WebSocket only.', { status: 426 })
    }
    const { searchParams } = new URL(request.url)
    const { 0: client, 1: server } = new WebSocketPair()
    this.ctx.acceptWebSocket(server)
    this.tell(server, progress(this.latestRefresh()))
    await this.serialize(async () => {
      try {
        await this.watch()
        const revision = await this.revision()
        // what the page missed between its making and this socket
        if (Number(searchParams.get('revision') ?? revision) < revision) {
          this.tell(server, { type: 'changed', revision, regions: [...regions] })
        }
        // a page opened on stale data asks for fresh ones
        await this.opened('opened', false)
      } catch (error) {
        // the socket stands all the same; the alarm watches, and cron or the button refresh
        log('opening failed', { portfolio: this.id, error: cause(error) })
      }
    })
    return new Response(null, { status: 101, webSocket: client })
  }

  override webSocketMessage(): void {
    // pages only listen; 'ping' is answered by the runtime without waking this object
  }

  override async webSocketClose(socket: WebSocket, code: number): Promise<void> {
    // 1005 and 1006 are what the runtime reports, not what one may say
    if (code !== 1005 && code !== 1006) socket.close(code)
    await this.unwatch(socket)
  }

  override async webSocketError(socket: WebSocket): Promise<void> {
    await this.unwatch(socket)
  }

  /** Due may be a snapshot never made, copies that KV refused, a refresh that was lost, a watch to renew. */
  override alarm(): Promise<void> {
    return this.serialize(async () => {
      try {
        if (this.isUnsettled()) await this.afterWrite('recovery')
        const owed = this.ctx.storage.kv.get<PendingCopy>('owed') ?? this.ctx.storage.kv.get<string>('relist')
        if (owed !== undefined) await this.retryCopy()
        const before = this.latestRefresh()
        const { state, revive } = expired(before, Date.now())
        if (revive.length > 0) {
          // the plan first: while D1 fails, the one revival is not spent
          const due = await this.planFor(true)
          const again = revived(state, tasksOf(due), Date.now())
          log('refresh revived', {
            portfolio: this.id,
            generation: state.generation,
            tasks: again.send.length,
          })
          await this.keepRefresh(before, again.state)
          await this.sendPlan(partOf(due, again.send), state.generation)
        } else if (state !== before) {
          await this.keepRefresh(before, state)
        }
        if (this.ctx.getWebSockets().length > 0) await this.watch()
      } finally {
        // an alarm that throws is retried six times and then gone for good
        await this.scheduleAlarm()
      }
    })
  }

  /** One thing at a time, also across awaits on D1, KV and the queue, where the runtime lets other calls in. */
  private serialize<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(work, work)
    this.last = turn.catch(() => undefined)
    return turn
  }

  private async editing(actor: string): Promise<Editing | null> {
    const db = database(this.env.DB)
    const portfolio = await portfolioById(db, this.id)
    const now = Date.now()
    return portfolio && { db, portfolio, actor, now, today: dayAt(now, TIME_ZONE) }
  }

  private edit(
    actor: string,
    key: string | null,
    make: (editing: Editing) => Promise<Edit<Recorded>>,
  ): Promise<Written<Recorded>> {
    return this.serialize(async () => {
      const editing = await this.editing(actor)
      if (!editing) return { status: 'missing' }
      const { db, now } = editing
      const before = key === null ? null : await answerTo(db, this.id, key)
      const done = before === null ? null : await transactionOf(db, this.id, before)
      if (done) return { status: 'ok', value: done, revision: await this.revision() }
      const edit = await make(editing)
      if (edit.status !== 'ok') return edit
      const { value } = edit
      if (edit.statements.length === 0) return { status: 'ok', value, revision: await this.revision() }
      await this.write([
        ...edit.statements,
        ...(key === null ? [] : rememberAnswer(db, this.id, key, value.id, now)),
      ])
      // it is in: nothing that may fail stands between here and the answer
      return { status: 'ok', value, revision: await this.afterWrite('edit') }
    })
  }

  /** The owner's portfolios for the switcher, which every page shows, when they have changed. */
  private async list(): Promise<void> {
    const owner = this.ctx.storage.kv.get<string>('relist')
    if (owner === undefined) return
    const all = await portfoliosOf(database(this.env.DB), owner)
    await cachePortfolioList(
      this.env.SNAPSHOTS,
      owner,
      all.map(({ id, name }) => ({ id, name })),
    )
    this.ctx.storage.kv.delete('relist')
    await this.scheduleAlarm()
  }

  /**
   * KV holds copies, and may refuse them: a write a second and key, a thousand a day. Whoever knows of a newer
   * revision is answered here meanwhile; what KV has not taken it is offered again by the alarm, ever more rarely.
   */
  private async copyToKv(copy: () => Promise<void>): Promise<void> {
    try {
      await copy()
    } catch (error) {
      const { kv } = this.ctx.storage
      const tries = (kv.get<PendingCopy>('owed')?.tries ?? 0) + 1
      log('copy failed', { portfolio: this.id, tries, error: cause(error) })
      kv.put<PendingCopy>('owed', { tries, at: Date.now() + backoff(tries) * 1000 })
      await this.scheduleAlarm()
    }
  }

  private async retryCopy(): Promise<void> {
    const portfolio = await portfolioById(database(this.env.DB), this.id)
    const known = portfolio && (await this.remembered())
    const hasChart = this.ctx.storage.kv.get<PendingCopy>('owed')?.tries === 0
    await this.copyToKv(async () => {
      if (!portfolio) await dropCached(this.env.SNAPSHOTS, this.id)
      else if (known) await this.cache(known, hasChart ? null : known.chart)
      await this.list()
      this.ctx.storage.kv.delete('owed')
    })
  }

  /** A null chart is the one that KV has. */
  private async cache({ snapshot }: Publication, chart: string | null): Promise<void> {
    await cacheSnapshot(this.env.SNAPSHOTS, this.id, { snapshot: JSON.stringify(snapshot), chart })
    const { kv } = this.ctx.storage
    kv.put('copied', Date.now())
    if (kv.get<PendingCopy>('owed')?.tries === 0) kv.delete('owed')
  }

  /**
   * Puts a copy for quotes alone off, where KV has been given one a short while ago. An open page knows of the newer
   * revision and is answered here; others see prices of a few minutes ago, and long before these would be marked as old.
   */
  private defersCopy(now: number): boolean {
    const { kv } = this.ctx.storage
    const copied = kv.get<number>('copied') ?? 0
    const owed = kv.get<PendingCopy>('owed')
    // what KV has refused is more than quotes
    if ((owed && owed.tries > 0) || now - copied >= BETWEEN_COPIES) return false
    if (marketState('nyse', now).phase === 'open') return false
    if (!owed) kv.put<PendingCopy>('owed', { tries: 0, at: copied + LAST_COPY })
    return true
  }

  /**
   * Notes first that a snapshot and perhaps prices will be due, so that a kill behind the write is made good. `relist`
   * names the owner whose list of portfolios changes.
   */
  private async write(statements: Parameters<typeof inOneTransaction>[1], relist?: string): Promise<void> {
    this.ctx.storage.kv.put('dirty', true)
    this.ctx.storage.kv.put('unplanned', true)
    if (relist !== undefined) this.ctx.storage.kv.put('relist', relist)
    await this.scheduleAlarm()
    await this.alter(statements)
  }

  /**
   * After a write: the new snapshot, and whatever prices it turns out to need. Answers the revision; when the snapshot
   * cannot be made, the one it will have at least, so that the writer's next read waits for no alarm. The write is in
   * whatever happens here; what fails is done again.
   */
  private async afterWrite(reason: string): Promise<number> {
    const { kv } = this.ctx.storage
    let revision = (kv.get<number>('revision') ?? 0) + 1
    try {
      revision = await this.publish()
      await this.copyToKv(() => this.list())
      if (revision > 0) await this.begin(reason, false)
      kv.delete('unplanned')
      await this.scheduleAlarm()
    } catch (error) {
      log('settling failed', { portfolio: this.id, error: cause(error) })
      kv.put('promised', revision)
    }
    return revision
  }

  /**
   * Makes snapshot and chart, keeps them where they changed, and tells the open pages. Answers the revision. While it
   * is at work `dirty` stands in storage: if it is killed or D1 fails, the alarm does it again, and then writes the
   * copies in KV though nothing may have changed since.
   */
  private async publish(): Promise<number> {
    const { kv } = this.ctx.storage
    const unfinished = kv.get<boolean>('dirty') ?? false
    kv.put('dirty', true)
    await this.scheduleAlarm()
    try {
      const portfolio = await portfolioById(database(this.env.DB), this.id)
      const revision = portfolio ? await this.makeSnapshot(portfolio, unfinished) : await this.withdraw()
      kv.put('revision', revision)
      kv.delete('failures')
      kv.delete('dirty')
      return revision
    } catch (error) {
      // whether D1 has the new one is not known: it is asked again
      this.published = null
      kv.put('failures', (kv.get<number>('failures') ?? 0) + 1)
      throw error
    } finally {
      await this.scheduleAlarm()
    }
  }

  /** A history that arrived may say that its symbol trades in another currency: then its rates are needed too. */
  private async fetchRates(portfolio: Portfolio, { ledger }: PreparedRead): Promise<void> {
    const pairs = currencyPairs(ledger)
    const db = database(this.env.DB)
    if (pairs.length === 0 || (await untracked(db, this.id, pairs)).length === 0) return
    await inOneTransaction(db, trackSymbols(portfolio, symbolsOf(portfolio, ledger.transactions)))
    await this.begin('rates', false)
  }

  /** Of a deleted portfolio nobody is shown anything. */
  private async withdraw(): Promise<0> {
    this.published = null
    await this.copyToKv(() => dropCached(this.env.SNAPSHOTS, this.id))
    return 0
  }

  private async makeSnapshot(portfolio: Portfolio, unfinished: boolean): Promise<number> {
    const db = database(this.env.DB)
    const now = Date.now()
    const before = await this.remembered()
    const read = await this.readLedger(portfolio, dayAt(now, TIME_ZONE))
    await this.fetchRates(portfolio, read)
    const comparable = before?.snapshot.shape === SHAPE ? before : null
    const revisionAfter = (before?.snapshot.revision ?? 0) + 1
    const deeds = await recentAuditEntries(db, this.id, RECENT_ENTRIES)
    const refresh = this.latestRefresh()
    const next = publication(read, portfolio, refresh, comparable, revisionAfter, deeds, this.valued)
    const { made, chartChanged, changed } = next
    this.valued = next.valued
    const { recognized } = read
    if (recognized.length > 0) {
      const after = { recognized: recognized.length }
      await this.alter([
        ...recordUnits(db, this.id, recognized),
        ...appendAudit(
          db,
          this.id,
          'system',
          [{ action: 'update', subject: 'share units', before: null, after }],
          now,
        ),
      ])
    }
    // a writer who was promised a revision would else ask for it in vain
    const isPromised = revisionAfter <= (this.ctx.storage.kv.get<number>('promised') ?? 0)
    if (before && changed.length === 0 && !isPromised) {
      if (unfinished) {
        await this.copyToKv(() => this.cache(before, before.chart))
        this.tellAll({ type: 'changed', revision: before.snapshot.revision, regions: [...regions] })
      }
      return before.snapshot.revision
    }
    const { revision } = made.snapshot
    const text = JSON.stringify(made.snapshot)
    const newChart = chartChanged || unfinished ? made.chart : null
    await saveSnapshot(db, this.id, { revision, snapshot: text, chart: newChart }, now)
    this.published = { ...made, at: now }
    const isPutOff = newChart === null && onlyQuotesChanged(changed) && this.defersCopy(now)
    if (!isPutOff) await this.copyToKv(() => this.cache(made, newChart))
    this.tellAll({ type: 'changed', revision, regions: changed })
    log('snapshot', { portfolio: this.id, revision, regions: changed, ms: Date.now() - now })
    return revision
  }

  private async remembered(): Promise<Publication | null> {
    if (this.published) return this.published
    const stored = await storedSnapshot(database(this.env.DB), this.id)
    if (stored)
      this.published = { snapshot: JSON.parse(stored.snapshot) as Snapshot, chart: stored.chart, at: 0 }
    return this.published
  }

  /** The one that has all that was written in it. */
  private async revision(): Promise<number> {
    if (this.isUnsettled()) return this.afterWrite('recovery')
    return (await this.remembered())?.snapshot.revision ?? 0
  }

  private current(lost: boolean): Promise<Publication | null> {
    // behind any edit that is underway, so that what was just written is in the answer
    return this.serialize(async () => {
      const portfolio = await portfolioById(database(this.env.DB), this.id)
      if (!portfolio) return null
      const known = await this.remembered()
      if (known?.snapshot.shape !== SHAPE) await this.publish()
      else if (this.isUnsettled()) {
        // the reader comes before the alarm; when D1 still does not take a new snapshot, the last one has to do
        await this.afterWrite('recovery')
        await this.remembered()
      } else if (lost && Math.abs(Date.now() - this.restored) > SPREADING) {
        this.restored = Date.now()
        await this.copyToKv(() => this.cache(known, known.chart))
      }
      return this.published
    })
  }

  /** With nothing to fetch, others may have brought newer prices since this portfolio was looked at. */
  private async opened(reason: string, force: boolean): Promise<number> {
    const generation = await this.begin(reason, force)
    if (!isUnderway(this.latestRefresh())) await this.publish()
    return generation
  }

  private async begin(reason: string, force: boolean): Promise<number> {
    const before = this.latestRefresh()
    const due = await this.planFor(force)
    const tasks = tasksOf(due)
    const now = Date.now()
    if (isUnderway(before)) {
      // joined; what an edit needs besides is added to it
      const more = force ? [] : tasks.filter((task) => !before.pending.includes(task))
      if (more.length > 0) {
        await this.keepRefresh(before, widened(before, more, now))
        await this.sendPlan(partOf(due, more), before.generation)
      }
      return before.generation
    }
    // the very first is always kept, so that whoever waits for it sees it done
    if (tasks.length === 0 && !force && before.generation > 0) return before.generation
    const state = begun(before, reason, tasks, now)
    await this.keepRefresh(before, state)
    await this.sendPlan(due, state.generation)
    return state.generation
  }

  private async planFor(force: boolean): Promise<Plan> {
    const db = database(this.env.DB)
    const [symbols, firstDay] = await Promise.all([symbolsOfPortfolio(db, this.id), firstDayOf(db, this.id)])
    const portfolio = await portfolioById(db, this.id)
    const wanted = symbols.map((symbol) => {
      // benchmarks and exchange rates are needed from the portfolio's own first day on
      const first = portfolio?.benchmarks.includes(symbol.symbol) ? firstDay : (symbol.firstDay ?? firstDay)
      return { ...symbol, from: first && historyFrom(first) }
    })
    return plan(wanted, Date.now(), { attention: 'watched', ...(force ? { freshFor: JUST_NOW } : {}) })
  }

  private async sendPlan(due: Plan, generation: number): Promise<void> {
    try {
      await send(this.env, messagesOf(due, { portfolio: this.id, generation }))
    } catch (error) {
      log('messages not sent', { portfolio: this.id, generation, error: cause(error) })
      const state = unsent(this.latestRefresh(), generation, Date.now())
      this.ctx.storage.kv.put('refresh', state)
      await this.scheduleAlarm()
    }
  }

  /**
   * Stores the refresh, tells the pages how far it is, and brings them up to date when it is time. The record of an
   * ended one goes first: if that fails, the refresh is still underway, and whoever ended it does so again.
   */
  private async keepRefresh(before: RefreshState, after: RefreshState): Promise<void> {
    if (!isUnderway(after) && after.status !== 'idle') await this.record(after)
    this.ctx.storage.kv.put('refresh', after)
    await this.scheduleAlarm()
    const ended = isUnderway(before) && !isUnderway(after)
    const answers = before.generation === after.generation && before.pending.length > after.pending.length
    const isDue = answers && Date.now() - (this.published?.at ?? 0) > BETWEEN_SNAPSHOTS
    if (ended || isDue) await this.publish()
    // which may be a newer one by now
    this.tellAll(progress(this.latestRefresh()))
  }

  private async record(ended: RefreshState): Promise<void> {
    const { generation, reason, total, failed, startedAt, finishedAt } = ended
    const status = ended.status === 'failed' ? 'failed' : 'done'
    await saveRefresh(database(this.env.DB), {
      portfolioId: this.id,
      generation,
      reason,
      status,
      done: total - failed.length,
      total,
      failed: failedSymbols(ended),
      startedAt: startedAt!,
      finishedAt: finishedAt!,
    })
    const ms = finishedAt! - startedAt!
    log('refresh', { portfolio: this.id, generation, reason, status, total, failed: failed.length, ms })
  }

  private async watch(): Promise<void> {
    const now = Date.now()
    // until D1 has it, it is tried again soon
    this.ctx.storage.kv.put('watch', now + backoff(1) * 1000)
    await this.scheduleAlarm()
    await watchPortfolio(database(this.env.DB), this.id, now + WATCH, now)
    this.ctx.storage.kv.put('watch', now + RENEW)
    await this.scheduleAlarm()
  }

  private unwatch(closing: WebSocket): Promise<void> {
    return this.serialize(async () => {
      // a page that is being opened counts: its socket is accepted before its answer is sent
      const others = this.ctx.getWebSockets().filter((socket) => socket !== closing)
      if (others.length > 0) return
      this.ctx.storage.kv.delete('watch')
      await watchPortfolio(database(this.env.DB), this.id, 0, Date.now())
    })
  }

  /** The snapshot is behind what was written, or the prices that it needs have not been planned. */
  private isUnsettled(): boolean {
    const { kv } = this.ctx.storage
    return (kv.get<boolean>('dirty') ?? kv.get<boolean>('unplanned')) === true
  }

  /** There is one alarm: it is set for the first of the things that may be due. */
  private async scheduleAlarm(): Promise<void> {
    const { kv } = this.ctx.storage
    const now = Date.now()
    const due = [
      this.isUnsettled() ? now + backoff((kv.get<number>('failures') ?? 0) + 1) * 1000 : null,
      kv.get<PendingCopy>('owed')?.at ??
        (kv.get<string>('relist') === undefined ? null : now + backoff(1) * 1000),
      this.latestRefresh().leaseUntil,
      kv.get<number>('watch') ?? null,
    ].filter((at) => at !== null)
    // what is overdue waits as well: an alarm that fails would else go off again at once, for as long as D1 is down
    const soon = now + backoff(1) * 1000
    const first = Math.min(...due)
    if (due.length > 0) await this.ctx.storage.setAlarm(first > now ? first : soon)
    else await this.ctx.storage.deleteAlarm()
  }

  private tellAll(signal: Signal): void {
    for (const socket of this.ctx.getWebSockets()) this.tell(socket, signal)
  }

  private tell(socket: WebSocket, signal: Signal): void {
    try {
      socket.send(JSON.stringify(signal))
    } catch {
      // it closed meanwhile; its page asks for everything when it comes back
    }
  }
}

import { type Chart, concat } from '../metrics/chart.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import type { TradeMark } from '../snapshot/trade-marks.ts'
import { watchedGroupsOfMembers } from '../storage/groups.ts'
import { memberAccounts } from '../storage/members.ts'
import type { Portfolio } from '../storage/portfolios.ts'
import { sharedBy } from '../storage/share-links.ts'
import type { SettledChart } from '../storage/snapshots.ts'
import { countBusyTime } from '../jobs/busy.ts'
import { handOver } from '../jobs/counters.ts'
import { isErasable } from '../storage/erasure.ts'
import { dropCached } from '../storage/snapshots.ts'
import { spend } from '../storage/usage.ts'
import { MINUTE } from '../portfolio/time.ts'
import { Home } from './home.ts'
import { KvCopies } from './kv-copies.ts'
import { LedgerCache } from './ledger-cache.ts'
import { LookUps } from './look-ups.ts'
import { LiveChannel, type Viewer } from './live-channel.ts'
import { breath } from './breath.ts'
import { LongImports } from './long-imports.ts'
import { EditWriter } from './edit-writer.ts'
import { PortfolioAlerts } from './portfolio-alerts.ts'
import { PortfolioEdits } from './portfolio-edits.ts'
import { PortfolioRecord } from './portfolio-record.ts'
import { LedgerReader, type Reader } from './ledger-reader.ts'
import { ListedReports } from './listed-reports.ts'
import { PortfolioReports } from './portfolio-reports.ts'
import { PortfolioWrites } from './portfolio-writes.ts'
import { RefreshRun } from './refresh-run.ts'
import type { Arrival, RefreshState } from './refresh-state.ts'
import type { Publication } from './snapshot-builder.ts'
import { SnapshotPublisher } from './snapshot-publisher.ts'
import { StatementDrafts } from './statement-drafts.ts'
import { StateStore } from './state-store.ts'
import { tellDigest } from './weekly-digest.ts'
import { extendRecord } from './track-record.ts'
import { tellGroups } from './watched-groups.ts'

/** Alerts on a portfolio that nobody looks at are read four times an hour while its prices move. */
const BETWEEN_CHECKS = 10 * MINUTE

/** What is asked when somebody wants to see the portfolio. */
type Asked = { portfolio: Portfolio | null; members: ReadonlySet<string> }

/**
 * Keeps one portfolio: every write to it passes through here, one at a time; it holds the refresh that is underway,
 * makes the snapshot and the chart, and tells the open pages. What it remembers in memory is a cache; all else is in
 * D1 and in its own storage, so that it may be killed at any line. The parts beside this file do the work; what the owner
 * writes and what is only calculated from the ledger are the classes that this one extends.
 */
export class PortfolioCoordinator extends PortfolioWrites {
  private last = Promise.resolve<unknown>(undefined)
  protected readonly home: Home
  private readonly store: StateStore
  protected readonly ledgers: LedgerCache
  protected readonly lookUps: LookUps
  private readonly copies: KvCopies
  protected readonly alerts: PortfolioAlerts
  private readonly publisher: SnapshotPublisher
  private readonly run: RefreshRun
  private readonly longImports: LongImports
  protected readonly writer: EditWriter
  protected readonly edits: PortfolioEdits
  protected readonly record: PortfolioRecord
  protected readonly drafts: StatementDrafts
  private readonly pages: LiveChannel
  private checkedAt = 0
  private readonly underway: { [What in keyof Asked]?: Promise<Asked[What]> } = {}

  static {
    for (const { prototype } of [LedgerReader, ListedReports, PortfolioReports]) countBusyTime(prototype)
    countBusyTime(PortfolioWrites.prototype)
    countBusyTime(this.prototype)
  }

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    const home = new Home(ctx.id.name, () => this.env)
    this.home = home
    this.store = new StateStore(ctx.storage)
    this.ledgers = new LedgerCache(home)
    this.lookUps = new LookUps(home)
    const copies = new KvCopies(home, this.store)
    this.copies = copies
    this.pages = new LiveChannel(home, ctx, this.store, {
      inTurn: (work) => this.inTurn(work),
      revision: () => this.publisher.revision(),
      refresh: () => this.run.open('opened', false),
    })
    const tellAll = this.pages.tellAll.bind(this.pages)
    this.alerts = new PortfolioAlerts(home)
    this.publisher = new SnapshotPublisher(home, this.store, this.ledgers, copies, this.alerts, {
      begin: (reason) => this.run.begin(reason, false),
      tellAll,
    })
    this.run = new RefreshRun(home, this.store, this.ledgers, {
      publish: () => this.publisher.publish(),
      publishedAt: () => this.publisher.publishedAt,
      tellAll,
    })
    this.drafts = new StatementDrafts(ctx.storage)
    this.longImports = new LongImports(home, this.store, this.ledgers, async ({ done, total }) => {
      tellAll({ type: 'writing', done, total })
      await breath()
    })
    this.writer = new EditWriter(home, this.store, this.ledgers, this.publisher, this.longImports)
    this.edits = new PortfolioEdits(home, this.writer, this.ledgers, this.publisher, tellAll)
    this.record = new PortfolioRecord(home, this.writer, this.ledgers, this.publisher)
  }

  /** One thing at a time, also across awaits on D1, KV and the queue, where the runtime lets other calls in. */
  protected inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(work, work)
    this.last = turn.catch(() => undefined)
    return turn
  }

  protected behindEdits<T>(work: () => Promise<T>): Promise<T> {
    return this.longImports.isUnderway && this.publisher.shown ? work() : this.inTurn(work)
  }

  protected async maySee(reader: Reader): Promise<boolean> {
    const portfolio = await this.together('portfolio', () => this.ledgers.portfolio())
    if (!portfolio) return false
    const { db, id } = this.home
    if (typeof reader !== 'string') return (await sharedBy(db, reader.link, Date.now()))?.portfolioId === id
    if (portfolio.ownerId === reader) return true
    return (await this.together('members', () => memberAccounts(db, id))).has(reader)
  }

  /** Many pages may open at once: who asks while the answer is on its way gets the same. */
  private together<K extends keyof Asked>(what: K, ask: () => Promise<Asked[K]>): Promise<Asked[K]> {
    const asked = this.underway[what] ?? ask().finally(() => delete this.underway[what])
    Object.assign(this.underway, { [what]: asked })
    return asked
  }

  protected publication(): Promise<Publication | null> {
    return this.publisher.anew()
  }

  /** Takes the portfolio out of every list and route; its rows stay for a while. */
  remove(actor: string): Promise<{ status: 'done' | 'missing' }> {
    return this.removed(actor, 'owner')
  }

  /** The same of a group. Its portfolios stay. */
  removeGroup(actor: string): Promise<{ status: 'done' | 'missing' }> {
    return this.removed(actor, 'group')
  }

  private removed(actor: string, needed: 'owner' | 'group'): Promise<{ status: 'done' | 'missing' }> {
    return this.changed(actor, needed, async () => {
      const status = await this.record.remove(actor)
      if (status === 'done') this.pages.closeAll()
      return { status }
    })
  }

  /**
   * Deletes a portfolio for good that was deleted long ago, or with its account: its rows, its copies, and what this object
   * keeps.
   */
  erase(): Promise<{ status: 'done' | 'missing' }> {
    return this.inTurn(async () => {
      if (!(await isErasable(this.home.db, this.home.id, Date.now()))) return { status: 'missing' }
      await this.eraseAll()
      return { status: 'done' }
    })
  }

  private async eraseAll(): Promise<void> {
    await this.store.beginErasure()
    this.pages.closeAll()
    // an owner's own groups were told when it was deleted, or are erased with it
    const groups = await watchedGroupsOfMembers(this.home.db, this.home.id, Date.now())
    await this.record.erase()
    tellGroups(
      this.home,
      groups.map(({ id }) => id),
    )
    this.publisher.forget()
    await dropCached(this.env.SNAPSHOTS, this.home.id)
    await this.store.erase()
  }

  /**
   * Starts a refresh, or joins the one that is underway: however often it is asked, there is one. `force` is the
   * button; without it only what the policy calls due is fetched, and nothing may be.
   */
  refresh(actor: Reader, reason: string, force: boolean): Promise<{ generation: number } | 'missing'> {
    return this.inTurn(async () => {
      if (!(await this.maySee(actor))) return 'missing'
      return { generation: await this.run.open(reason, force) }
    })
  }

  async latestRefresh(actor: string): Promise<RefreshState | null> {
    return (await this.maySee(actor)) ? this.store.refresh : null
  }

  /** The consumer brings outcomes for symbols of a generation. */
  arrived(generation: number, arrivals: Arrival[]): Promise<void> {
    return this.inTurn(() => this.run.arrived(generation, arrivals))
  }

  /** A message of that generation is tried again at `until`. */
  postponed(generation: number, reason: string, until: number): Promise<void> {
    return this.inTurn(() => this.run.postponed(generation, reason, until))
  }

  /** Prices changed that this portfolio shows. */
  async recompute(): Promise<void> {
    await this.inTurn(() => this.publisher.publish())
  }

  /** Prices changed that alerts may be about. Nobody looks at the portfolio, so it is done once in a while. */
  async checkAlerts(): Promise<void> {
    await this.inTurn(async () => {
      const now = Date.now()
      if (now - Math.max(this.checkedAt, this.store.state.savedAt) < BETWEEN_CHECKS) return
      this.checkedAt = now
      await this.publisher.publish()
    })
  }

  /** A session is over: the chart gets its day, and the track record its row. After the last one of a week its digest is told. */
  async afterTheClose(): Promise<void> {
    await this.inTurn(async () => {
      const revision = await this.publisher.publish()
      await extendRecord(this.home, this.ledgers, revision, Date.now())
      await tellDigest(this.home, this.ledgers, () => this.publisher.published(), Date.now())
    })
  }

  /** For a reader whose KV copy is older than what it has seen, or `lost`; behind any edit that is underway. */
  async snapshot(reader: Reader, lost: boolean): Promise<Snapshot | null> {
    return (await this.current(reader, lost))?.snapshot ?? null
  }

  async chart(reader: Reader, lost: boolean): Promise<Chart | null> {
    const now = await this.current(reader, lost)
    return now && concat(JSON.parse(now.chart) as Chart, now.snapshot.last)
  }

  async trades(reader: Reader, lost: boolean): Promise<TradeMark[] | null> {
    const now = await this.current(reader, lost)
    return now && (JSON.parse(now.chart) as SettledChart).trades
  }

  private current(reader: Reader, lost: boolean): Promise<Publication | null> {
    return this.behindEdits(async () => {
      if (!(await this.maySee(reader))) return null
      return this.longImports.isUnderway ? this.publisher.shown : this.publisher.current(lost)
    })
  }

  /** The live channel, of an account that may see the portfolio. */
  override async fetch(request: Request): Promise<Response> {
    if (request.headers.get('upgrade') !== 'websocket') {
      return new Response('This address accepts only WebSocket connections.', { status: 426 })
    }
    const { searchParams: asked } = new URL(request.url)
    const [seen, until] = [asked.get('revision'), asked.get('until')]
    const viewer = { account: asked.get('account') ?? '', session: asked.get('session') ?? '' }
    if (!(await this.maySee(viewer.account)))
      return new Response('There is no such portfolio.', { status: 404 })
    return this.pages.open(seen === null ? null : Number(seen), viewer, until === null ? null : Number(until))
  }

  /** Closes the pages of somebody who may see the portfolio no longer. */
  closePages(whose: Partial<Viewer>): void {
    // their alerts ended with that
    this.alerts.known = null
    this.pages.close(whose)
  }

  // pages only listen; 'ping' is answered by the runtime without waking this object
  override webSocketMessage(socket: WebSocket): void {
    socket.close(1008, 'this channel takes no messages')
  }

  override async webSocketClose(socket: WebSocket, code: number): Promise<void> {
    // a page may send any code, and the runtime reports codes that one must not send (RFC 6455, section 7.4)
    socket.close(code >= 3000 && code < 5000 ? code : 1000)
    await this.closed(socket)
  }

  override webSocketError(socket: WebSocket): Promise<void> {
    return this.closed(socket)
  }

  private closed(socket: WebSocket): Promise<void> {
    // that of a portfolio that is gone would leave something in storage again
    return this.inTurn(async () => (this.store.isEmpty ? undefined : this.pages.unwatch(socket)))
  }

  /** Due may be an erasure, a snapshot never made, copies that KV refused, a refresh that was lost, a watch to renew. */
  override alarm(): Promise<void> {
    spend('objectRequests')
    return this.inTurn(async () => {
      try {
        if (this.store.isErasing) return await this.eraseAll()
        await this.longImports.finish()
        await this.publisher.catchUp()
        await this.run.expire()
        this.pages.closeExpired(Date.now())
        if (this.pages.isOpen) await this.pages.watch()
      } finally {
        // an alarm that throws is retried six times and then gone for good
        await this.store.setAlarm()
        await handOver(this.env.DB, Date.now())
      }
    })
  }
}

import { cause, log } from '../jobs/log.ts'
import { HOUR, MINUTE } from '../portfolio/time.ts'
import { watchPortfolio } from '../storage/portfolios.ts'
import { type CoordinatorState, isUnsettled } from './coordinator-state.ts'
import type { Home } from './home.ts'
import { progress, regions, type Signal } from './live-events.ts'
import type { StateStore } from './state-store.ts'

/** A watch that nobody renews lapses; pages renew it twice in this time (coordinator-state.ts). */
const WATCH = HOUR

/** A watch that is renewed within so long, or is tried again, does not count as standing. */
const RENEWED_SOON = MINUTE

/** Who has a page open: the account, and the session, token or link that proved it. */
export type Viewer = { account: string; session: string }

/** What is remembered of a socket: when it was opened, and when what it was opened with expires. */
type Attached = { at: number; until: number | null }

/** A page that may be shown no longer knows by this code that it must not come back. */
const SIGNED_OUT = 4401

/** So many pages may one account have open of one portfolio. */
const MOST_PAGES = 20

/** What the channel asks of the coordinator on behalf of pages that have been opened. */
type Opening = {
  /** Runs behind whatever the coordinator is doing. */
  inTurn: (work: () => Promise<void>) => Promise<void>
  /** The revision that has all that was written in it. */
  revision: () => Promise<number>
  /** A page opened on stale data asks for fresh ones. */
  refresh: () => Promise<unknown>
}

/** The sockets of the open pages: they are told what changes, and as long as there is one the portfolio is watched. */
export class LiveChannel {
  private readonly home: Home
  private readonly ctx: DurableObjectState
  private readonly store: StateStore
  private readonly opening: Opening
  /** The pages that wait to be caught up, all of them in one turn; `seen` is the revision that each shows. */
  private waiting: { socket: WebSocket; seen: number | null }[] = []

  constructor(home: Home, ctx: DurableObjectState, store: StateStore, opening: Opening) {
    this.home = home
    this.ctx = ctx
    this.store = store
    this.opening = opening
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'))
  }

  /**
   * Accepts a page's socket. `seen` is the revision that the page shows; null when it does not say. The handshake waits
   * for nothing: what the page has missed it is told by a signal. Where other pages are open the portfolio is watched, so
   * its prices and its snapshot are current, and one more costs nothing but its socket.
   */
  open(seen: number | null, viewer: Viewer, until: number | null): Response {
    this.makeRoom(viewer.account)
    const { 0: client, 1: server } = new WebSocketPair()
    this.ctx.acceptWebSocket(server, tagsOf(viewer))
    server.serializeAttachment({ at: Date.now(), until } satisfies Attached)
    const { state } = this.store
    tell(server, { type: 'progress', ...progress(this.store.refresh) })
    if (isWatched(state) && !isUnsettled(state)) this.tellMissed(server, seen, state.revision)
    else {
      this.waiting.push({ socket: server, seen })
      if (this.waiting.length === 1) this.ctx.waitUntil(this.opening.inTurn(() => this.catchUp()))
    }
    return new Response(null, { status: 101, webSocket: client })
  }

  get isOpen(): boolean {
    return this.ctx.getWebSockets().length > 0
  }

  async watch(): Promise<void> {
    await this.store.apply({ type: 'watching', now: Date.now() })
    const now = Date.now()
    await watchPortfolio(this.home.db, this.home.id, now + WATCH, now)
    await this.store.apply({ type: 'watched', now })
  }

  /** A page that is being opened counts as open: its socket is accepted before its answer is sent. */
  async unwatch(closing: WebSocket): Promise<void> {
    if (this.ctx.getWebSockets().some((socket) => socket !== closing)) return
    await this.store.apply({ type: 'unwatched' })
    await watchPortfolio(this.home.db, this.home.id, 0, Date.now())
  }

  /** Closes the pages of an account, or of one of its sessions, because it may see the portfolio no longer. */
  close(whose: Partial<Viewer>): void {
    const [first, ...others] = tagsOf(whose)
    if (first === undefined) return
    for (const socket of this.ctx.getWebSockets(first)) {
      const tags = this.ctx.getTags(socket)
      if (others.every((tag) => tags.includes(tag))) socket.close(SIGNED_OUT, 'you were signed out')
    }
  }

  /** Closes the pages whose session has expired. */
  closeExpired(now: number): void {
    for (const socket of this.ctx.getWebSockets()) closeIfExpired(socket, now)
  }

  private makeRoom(account: string): void {
    const open = this.ctx
      .getWebSockets(...tagsOf({ account }))
      .filter(({ readyState }) => readyState === OPEN)
    if (open.length < MOST_PAGES) return
    const [oldest] = open.toSorted((a, b) => attachedTo(a).at - attachedTo(b).at)
    oldest!.close(1008, 'too many pages are open')
  }

  tellAll(signal: Signal): void {
    const [text, now] = [JSON.stringify(signal), Date.now()]
    for (const socket of this.ctx.getWebSockets()) {
      if (!closeIfExpired(socket, now)) send(socket, text)
    }
  }

  closeAll(): void {
    for (const socket of this.ctx.getWebSockets()) socket.close(1000, 'this portfolio was deleted')
  }

  private async catchUp(): Promise<void> {
    const pages = this.waiting
    this.waiting = []
    try {
      // those that came while the first was caught up find a watch that stands
      const stood = isWatched(this.store.state)
      if (!stood) await this.watch()
      const revision = await this.opening.revision()
      for (const { socket, seen } of pages) this.tellMissed(socket, seen, revision)
      if (!stood) await this.opening.refresh()
    } catch (error) {
      // the sockets stand all the same; the alarm watches, and cron or the button refresh
      log('opening failed', { portfolio: this.home.id, error: cause(error) })
    }
  }

  /** What the page missed between its making and its socket. */
  private tellMissed(socket: WebSocket, seen: number | null, revision: number): void {
    if (seen === null || seen >= revision) return
    tell(socket, { type: 'changed', revision, regions, refresh: progress(this.store.refresh) })
  }
}

const OPEN = 1

function tagsOf(viewer: Partial<Viewer>): string[] {
  return Object.entries(viewer).map(([kind, id]) => `${kind} ${id}`)
}

function attachedTo(socket: WebSocket): Attached {
  return (socket.deserializeAttachment() ?? { at: 0, until: null }) as Attached
}

function isWatched({ watchAt }: CoordinatorState): boolean {
  return watchAt !== null && watchAt > Date.now() + RENEWED_SOON
}

/** Closes a page whose session has expired; says whether it did. */
function closeIfExpired(socket: WebSocket, now: number): boolean {
  const { until } = attachedTo(socket)
  if (until === null || until > now) return false
  socket.close(SIGNED_OUT, 'your session has expired')
  return true
}

function tell(socket: WebSocket, signal: Signal): void {
  send(socket, JSON.stringify(signal))
}

function send(socket: WebSocket, text: string): void {
  try {
    socket.send(text)
  } catch {
    // it closed meanwhile; its page asks for everything when it comes back
  }
}

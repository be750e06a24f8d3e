/**
 * The states of one portfolio's refresh: idle → running (a generation, with a lease) → done or failed. These
 * functions are pure: the coordinator stores the state, sends the messages and sets the alarm. A message of an older
 * generation changes nothing.
 */
export type RefreshState = {
  generation: number
  status: 'idle' | 'queued' | 'running' | 'done' | 'failed'
  reason: string
  /** The tasks that were requested and are not answered yet. */
  pending: Task[]
  total: number
  /** One entry for each task. */
  failed: { symbol: string; reason: string }[]
  /** Milliseconds since 1970. */
  startedAt: number | null
  finishedAt: number | null
  /** Until then the refresh is assumed to be under way; after that the coordinator checks on it. */
  leaseUntil: number | null
  /** Why some tasks are tried again later; null while everything goes well. */
  waiting: string | null
  /** How many times lost messages were sent again. */
  revivals: number
}

/** One answer that a refresh waits for. A symbol's history brings its quote along. */
export type Task = `${'quote' | 'history'} ${string}`

export function taskOf(kind: 'quote' | 'history', symbol: string): Task {
  return `${kind} ${symbol}`
}

export function symbolOf(task: Task): string {
  return task.slice(task.indexOf(' ') + 1)
}

/** False for what no version of the app has stored: the refresh is then forgotten, and the next one begins anew. */
export function isRefresh(kept: unknown): kept is RefreshState {
  const { generation, status, pending, failed } = (kept ?? {}) as Partial<RefreshState>
  return (
    Number.isInteger(generation) &&
    typeof status === 'string' &&
    Array.isArray(pending) &&
    Array.isArray(failed)
  )
}

export const idle: RefreshState = {
  generation: 0,
  status: 'idle',
  reason: '',
  pending: [],
  total: 0,
  failed: [],
  startedAt: null,
  finishedAt: null,
  leaseUntil: null,
  waiting: null,
  revivals: 0,
}

/** How long a message that is not waiting for another attempt may take before it counts as lost. */
const LEASE = 5 * 60_000
const SOON = 30_000
/**
 * Whoever asks again after so long without a sign of life does not wait until the lease is over. A click is taken each half
 * minute, so that the next one counts.
 */
const SILENCE = 25_000
const REVIVALS = 1

export function isUnderway(state: RefreshState): boolean {
  return state.status === 'queued' || state.status === 'running'
}

/** Returns each symbol that failed once, although both its quote and its history may have failed. */
export function failedSymbols({ failed }: RefreshState): RefreshState['failed'] {
  return failed.filter(({ symbol }, i) => failed.findIndex((other) => other.symbol === symbol) === i)
}

/** Starts a new generation; without anything to request it is done at once. */
export function begun(
  state: RefreshState,
  reason: string,
  tasks: readonly Task[],
  now: number,
): RefreshState {
  const next: RefreshState = {
    generation: state.generation + 1,
    status: 'queued',
    reason,
    pending: [...tasks],
    total: tasks.length,
    failed: [],
    startedAt: now,
    finishedAt: null,
    leaseUntil: now + LEASE,
    waiting: null,
    revivals: 0,
  }
  return settled(next, now)
}

/** Adds tasks that a running refresh must also wait for. */
export function widened(state: RefreshState, tasks: readonly Task[], now: number): RefreshState {
  const added = tasks.filter((task) => !state.pending.includes(task))
  return {
    ...state,
    pending: [...state.pending, ...added],
    total: state.total + added.length,
    leaseUntil: now + LEASE,
  }
}

export type Arrival = { task: Task; failed: string | null }

/** Records answers. Those of another generation, and those that came before, are dropped. */
export function arrived(
  state: RefreshState,
  generation: number,
  arrivals: readonly Arrival[],
  now: number,
): RefreshState {
  if (generation !== state.generation || !isUnderway(state)) return state
  const news = arrivals.filter((arrival) => state.pending.includes(arrival.task))
  const answered = new Set(news.map((arrival) => arrival.task))
  const failed = news.flatMap(({ task, failed: reason }) =>
    reason === null ? [] : [{ symbol: symbolOf(task), reason }],
  )
  return settled(
    {
      ...state,
      status: 'running',
      waiting: null,
      pending: state.pending.filter((task) => !answered.has(task)),
      failed: [...state.failed, ...failed],
      leaseUntil: now + LEASE,
    },
    now,
  )
}

/** True for prices that came ahead of the histories that the refresh waits for: they are shown at once. */
export function arePricedAhead({ pending }: RefreshState, arrivals: readonly Arrival[]): boolean {
  return arrivals.some(
    ({ task, failed }) =>
      failed === null && task.startsWith('quote') && pending.includes(taskOf('history', symbolOf(task))),
  )
}

/** Records that a message is tried again at `until`: nothing is lost, and the reader may learn why it takes long. */
export function postponed(
  state: RefreshState,
  generation: number,
  reason: string,
  until: number,
): RefreshState {
  if (generation !== state.generation || !isUnderway(state)) return state
  return {
    ...state,
    status: 'running',
    waiting: reason,
    leaseUntil: Math.max(state.leaseUntil ?? 0, until + LEASE),
  }
}

/** The queue did not accept all messages. Nothing is under way, and what is pending is sent again soon. */
export function unsent(state: RefreshState, generation: number, now: number): RefreshState {
  if (generation !== state.generation || !isUnderway(state)) return state
  return { ...state, waiting: 'the queue did not accept the requests', leaseUntil: now + SOON }
}

/**
 * The lease has expired: the messages were lost. They are sent again once (`revive` names the tasks); after that the
 * pending tasks have failed.
 */
export function expired(state: RefreshState, now: number): { state: RefreshState; revive: Task[] } {
  if (!isUnderway(state) || state.leaseUntil === null || state.leaseUntil > now) return { state, revive: [] }
  if (state.revivals < REVIVALS) {
    return {
      state: { ...state, revivals: state.revivals + 1, leaseUntil: now + LEASE },
      revive: state.pending,
    }
  }
  const lost = state.pending.map((task) => ({ task, failed: 'no answer came in time' }))
  return { state: arrived(state, state.generation, lost, now), revive: [] }
}

/**
 * True when nothing was heard of the messages for a while, and no reason to wait is known: whoever asks for the refresh
 * again has them sent again. A queue that kept them brings them all the same, and they change nothing then.
 */
export function isSilent({ waiting, leaseUntil }: RefreshState, now: number): boolean {
  return waiting === null && leaseUntil !== null && now >= leaseUntil - LEASE + SILENCE
}

/**
 * Returns what to request again for a refresh whose messages were lost: those of its symbols that are still `due`.
 * The others have arrived another way since, or may not be requested now; a quote may have become a history.
 */
export function revived(
  state: RefreshState,
  due: readonly Task[],
  now: number,
): { state: RefreshState; send: Task[] } {
  const symbols = new Set(state.pending.map(symbolOf))
  const send = due.filter((task) => symbols.has(symbolOf(task)))
  const came = state.pending.filter((task) => !send.includes(task))
  const waiting = widened(state, send, now)
  return {
    state: arrived(
      waiting,
      state.generation,
      came.map((task) => ({ task, failed: null })),
      now,
    ),
    send,
  }
}

function settled(state: RefreshState, now: number): RefreshState {
  if (state.pending.length > 0) return state
  const allFailed = state.total > 0 && state.failed.length === state.total
  return { ...state, status: allFailed ? 'failed' : 'done', finishedAt: now, leaseUntil: null }
}

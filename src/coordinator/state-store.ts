import {
  type CoordinatorState,
  type Effect,
  type Event,
  next,
  nextAlarm,
  type PendingCopy,
  settledState,
} from './coordinator-state.ts'
import { countedStorage } from '../jobs/counted-storage.ts'
import { idle, isRefresh, type RefreshState } from './refresh-state.ts'

const STATE = 'state'
const REFRESH = 'refresh'
const ERASING = 'erasing'
const ERASE_AGAIN = 30_000

/** Keeps what the coordinator owes and its refresh in the object's own storage, and the one alarm with them. */
export class StateStore {
  private readonly storage: DurableObjectStorage

  constructor(storage: DurableObjectStorage) {
    this.storage = countedStorage(storage)
  }

  get state(): CoordinatorState {
    const kept = this.storage.kv.get(STATE)
    if (kept === undefined) return this.migrated()
    const state = { ...settledState, ...(kept as Partial<CoordinatorState>) }
    return isSound(state) ? state : lostState
  }

  get refresh(): RefreshState {
    const kept = this.storage.kv.get(REFRESH)
    return isRefresh(kept) ? kept : idle
  }

  /** The state is in storage before the first await, so that a kill behind it loses nothing. */
  async apply(event: Event): Promise<Effect[]> {
    const { state, effects } = next(this.state, event)
    this.storage.kv.put(STATE, state)
    await this.setAlarm()
    return effects
  }

  async keepRefresh(refresh: RefreshState): Promise<void> {
    this.storage.kv.put(REFRESH, refresh)
    await this.setAlarm()
  }

  async setAlarm(): Promise<void> {
    const now = Date.now()
    const at = this.isErasing ? now + ERASE_AGAIN : nextAlarm(this.state, this.refresh.leaseUntil, now)
    if (at === null) await this.storage.deleteAlarm()
    else await this.storage.setAlarm(at)
  }

  /** The object has nothing to remember: it is new, or its portfolio was erased. */
  get isEmpty(): boolean {
    return this.storage.kv.get(STATE) === undefined
  }

  get isErasing(): boolean {
    return this.storage.kv.get(ERASING) !== undefined
  }

  /** An erasure that is killed at any line is done again by the alarm. */
  async beginErasure(): Promise<void> {
    this.storage.kv.put(ERASING, true)
    await this.setAlarm()
  }

  /** Deletes everything that the object keeps, and its alarm last. */
  async erase(): Promise<void> {
    await this.storage.deleteAll()
    await this.storage.deleteAlarm()
  }

  /** An object of an earlier version has a key for each fact. They are read once. */
  private migrated(): CoordinatorState {
    const { kv } = this.storage
    if (formerKeys.every((key) => kv.get(key) === undefined)) return settledState
    const state: CoordinatorState = {
      ...settledState,
      revision: kv.get<number>('revision') ?? 0,
      isBehind: kv.get<boolean>('dirty') ?? false,
      isUnplanned: kv.get<boolean>('unplanned') ?? false,
      failures: kv.get<number>('failures') ?? 0,
      promised: kv.get<number>('promised') ?? 0,
      pendingCopy: kv.get<PendingCopy>('owed') ?? null,
      copiedAt: kv.get<number>('copied') ?? 0,
      watchAt: kv.get<number>('watch') ?? null,
    }
    kv.put(STATE, state)
    for (const key of formerKeys) kv.delete(key)
    return state
  }
}

/** Everything is made and planned anew when what was owed cannot be read. */
const lostState: CoordinatorState = {
  ...settledState,
  isBehind: true,
  isUnfinished: true,
  isUnplanned: true,
  isHalfWritten: true,
}

const kinds = {
  revision: 'number',
  highest: 'number',
  savedAt: 'number',
  isBehind: 'boolean',
  isUnfinished: 'boolean',
  isUnplanned: 'boolean',
  isHalfWritten: 'boolean',
  failures: 'number',
  promised: 'number',
  copiedAt: 'number',
} satisfies Partial<Record<keyof CoordinatorState, string>>

function isSound(state: CoordinatorState): boolean {
  const { pendingCopy, watchAt } = state
  return (
    Object.entries(kinds).every(([key, kind]) => typeof state[key as keyof CoordinatorState] === kind) &&
    (pendingCopy === null ||
      (typeof pendingCopy?.at === 'number' && typeof pendingCopy.tries === 'number')) &&
    (watchAt === null || typeof watchAt === 'number')
  )
}

const formerKeys = 'id revision dirty unplanned failures promised owed copied relist watch'.split(' ')

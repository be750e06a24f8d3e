import {
  type CoordinatorState,
  type Effect,
  type Event,
  next,
  nextAlarm,
  type PendingCopy,
  settledState,
} from './coordinator-state.ts'
import { idle, type RefreshState } from './refresh-state.ts'

const STATE = 'state'
const REFRESH = 'refresh'

/** Keeps what the coordinator owes and its refresh in the object's own storage, and the one alarm with them. */
export class StateStore {
  private readonly storage: DurableObjectStorage

  constructor(storage: DurableObjectStorage) {
    this.storage = storage
  }

  get state(): CoordinatorState {
    return this.storage.kv.get<CoordinatorState>(STATE) ?? this.migrated()
  }

  get refresh(): RefreshState {
    return this.storage.kv.get<RefreshState>(REFRESH) ?? idle
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
    const at = nextAlarm(this.state, this.refresh.leaseUntil, Date.now())
    if (at === null) await this.storage.deleteAlarm()
    else await this.storage.setAlarm(at)
  }

  /** An object of an earlier version has a key for each fact. They are read once. */
  private migrated(): CoordinatorState {
    const { kv } = this.storage
    const state: CoordinatorState = {
      ...settledState,
      revision: kv.get<number>('revision') ?? 0,
      isBehind: kv.get<boolean>('dirty') ?? false,
      isUnplanned: kv.get<boolean>('unplanned') ?? false,
      failures: kv.get<number>('failures') ?? 0,
      promised: kv.get<number>('promised') ?? 0,
      pendingCopy: kv.get<PendingCopy>('owed') ?? null,
      copiedAt: kv.get<number>('copied') ?? 0,
      listOwner: kv.get<string>('relist') ?? null,
      watchAt: kv.get<number>('watch') ?? null,
    }
    kv.put(STATE, state)
    for (const key of formerKeys) kv.delete(key)
    return state
  }
}

const formerKeys = 'id revision dirty unplanned failures promised owed copied relist watch'.split(' ')

import { type CoordinatorState, settledState } from '../../src/coordinator/coordinator-state.ts'

/** What a coordinator owes, as its storage has it. */
export function stateIn({ kv }: DurableObjectStorage): CoordinatorState {
  return kv.get<CoordinatorState>('state') ?? settledState
}

/** Leaves in a coordinator's storage what a kill would. */
export function plant(storage: DurableObjectStorage, owed: Partial<CoordinatorState>): void {
  storage.kv.put('state', { ...stateIn(storage), ...owed })
}

import type { SymbolState } from '../../portfolio/symbol-state.ts'
import type { Fetched } from '../source.ts'

/** So many symbols are not gone at the same minute. */
const TOO_MANY_AT_ONCE = 3

/**
 * Says whether an answer is none: it knows none of the symbols, though several of them had a history and no refusal until now.
 * Sources have sent empty lists as a success. Taken at its word, it would make each symbol one that is no longer quoted.
 */
export function isBlank(
  answers: ReadonlyMap<string, Fetched<unknown>>,
  states: readonly Pick<SymbolState, 'symbol' | 'fromDay' | 'retryAt'>[],
): boolean {
  const isUnknown = (answer: Fetched<unknown>) =>
    answer.status === 'rejected' && !answer.noData && answer.listedAs === undefined
  const wereQuoted = states.filter(
    ({ symbol, fromDay, retryAt }) => answers.has(symbol) && fromDay !== null && retryAt === null,
  )
  return wereQuoted.length >= TOO_MANY_AT_ONCE && [...answers.values()].every(isUnknown)
}

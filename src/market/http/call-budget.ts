import { AsyncLocalStorage } from 'node:async_hooks'

/**
 * The most calls that one invocation of the gateway sends out, retries included. A free Worker may send fifty, a
 * redirect counted as one more; half of them is plenty, and nobody waits for the other half.
 */
export const MOST_CALLS = 25

const budgets = new AsyncLocalStorage<{ left: number }>()

/** Does some work that may send out so many calls, wherever below it they are made. A part of it has no budget of its own. */
export function withBudget<T>(work: () => Promise<T>, calls: number = MOST_CALLS): Promise<T> {
  return budgets.getStore() ? work() : budgets.run({ left: calls }, work)
}

/** Takes one call from the budget of the present work. False when none is left; work without a budget is not limited. */
export function spendCall(): boolean {
  const budget = budgets.getStore()
  if (!budget) return true
  if (budget.left === 0) return false
  budget.left -= 1
  return true
}

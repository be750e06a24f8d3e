import type { ActionAnswer } from '../coordinator/action-answer.ts'
import type { Edited } from '../coordinator/edited.ts'
import { sourceOf } from '../jobs/source.ts'
import type { Day } from '../portfolio/day.ts'
import type { ProposedAction } from '../snapshot/proposed-actions.ts'
import { found, type ScopedContext } from './access/portfolio-scope.tsx'
import type { answerBody } from './api/answer-body.ts'
import type { Given } from './api/field.ts'
import type { AppContext } from './request.ts'
import { tickerMeant } from './ticker-question.ts'
import { type Typed, typedIn } from './transaction-form.ts'
import { english } from './words/words.ts'

/** What may be said of each kind of proposal. */
const answers = {
  spin_off: ['spin_off', 'split', 'dismissed'],
  renamed: ['renamed', 'exchange', 'sale', 'dismissed'],
  ended: ['exchange', 'sale', 'renamed', 'dismissed'],
} as const satisfies Record<ProposedAction['kind'], readonly string[]>

export type Does = ActionAnswer | { symbol: string; id: string; isDismissed: boolean }

export type Decided =
  | { status: 'decided'; proposal: ProposedAction; does: Does }
  | { status: 'refused'; faults: { field: string; reason: string }[] }
  /** Nothing of that name is asked, or is asked any more. */
  | { status: 'missing' }

type Asking = Pick<ScopedContext<'portfolio'>['var'], 'actor' | 'coordinator'> & { portfolio: { id: string } }

/** Reads what an answer makes: a row, another ticker, or that nothing is to be asked any more. Writes nothing. */
export async function decided(
  c: AppContext,
  { portfolio, actor, coordinator }: Asking,
  sent: Given<typeof answerBody>,
): Promise<Decided> {
  const { proposals, dismissed } = found(await coordinator.actionProposals(actor))
  const { answer } = sent
  const among = answer === 'restored' ? dismissed : proposals
  const proposal = among.find(({ id }) => id === sent.proposal)
  if (!proposal) return { status: 'missing' }
  const { symbol, id, kind } = proposal
  const does = (made: Does): Decided => ({ status: 'decided', proposal, does: made })
  const refused = (field: string, reason: string): Decided => ({
    status: 'refused',
    faults: [{ field, reason }],
  })
  if (answer === 'restored') return does({ symbol, id, isDismissed: false })
  const allowed: readonly string[] = answers[kind]
  if (!answer || !allowed.includes(answer))
    return refused('answer', english('the answer must be one of {answers}', { answers: allowed.join(', ') }))
  if (answer === 'dismissed') return does({ symbol, id, isDismissed: true })
  const typed: Typed = { ...typedIn({}), symbol, date: sent.date || proposal.day || '' }
  if (answer === 'split') return does(rowOf({ ...typed, type: 'split', ratio: proposal.ratio! }))
  if (answer === 'sale') {
    const paid = { shares: sent.shares || proposal.shares, price: sent.price ?? '' }
    return does(rowOf({ ...typed, type: 'sell', ...paid }))
  }
  const newTicker = sent.new_symbol || proposal.new_symbol || ''
  const asked = { typed: newTicker, currency: '', day: typed.date, portfolio }
  const meant = await tickerMeant(c, asked, {})
  if ('question' in meant) {
    const alike = meant.question.choices.map((each) => each.symbol).join(', ')
    const known = { source: sourceOf(c.env).name, symbol: meant.question.typed }
    return refused(
      'new_symbol',
      alike === ''
        ? english('{source} knows no {symbol}', known)
        : english('{source} knows no {symbol}; it may be one of {symbols}', { ...known, symbols: alike }),
    )
  }
  const { symbol: to } = meant
  if (answer === 'renamed') return does({ symbol, to })
  const { shares = '', cost_share = '', ratio = '', amount = '' } = sent
  const row =
    answer === 'spin_off'
      ? { type: answer, cost_share: cost_share || proposal.cost_share || '' }
      : { type: answer, ratio: ratio ?? '', amount: amount ?? '' }
  const withoutSplit = answer === 'spin_off' ? proposal.day : null
  return does(rowOf({ ...typed, ...row, new_symbol: to, shares: shares ?? '' }, withoutSplit))
}

function rowOf(entry: Typed, withoutSplit: Day | null = null): ActionAnswer {
  return { symbol: entry.symbol, entry, withoutSplit }
}

/** Does what was decided. */
export async function carriedOut({ actor, coordinator }: Asking, does: Does): Promise<Edited<null>> {
  if ('isDismissed' in does) return emptied(await coordinator.dismissAction(actor, does.id, does.isDismissed))
  if ('to' in does) {
    const renamed = await coordinator.rename(actor, { from: does.symbol, to: does.to, until: null })
    return renamed.status === 'refused'
      ? { status: 'refused', faults: [{ field: 'new_symbol', reason: renamed.reason }] }
      : emptied(renamed)
  }
  return emptied(await coordinator.bookAction(actor, does))
}

function emptied<Answer extends { status: string }>(answer: Answer): Answer & { value: null } {
  return { ...answer, value: null }
}

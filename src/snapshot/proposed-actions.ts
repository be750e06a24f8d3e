import {
  type ActionProposal,
  actionProposals,
  dismissedProposals,
  proposalName,
} from '../portfolio/action-proposal.ts'
import type { Day } from '../portfolio/day.ts'
import { text } from '../portfolio/decimal.ts'
import type { Ledger } from '../portfolio/ledger.ts'

/** What is proposed of a symbol, as JSON has it: the fields of its form are filled in as far as the source says them. */
export type ProposedAction = {
  id: string
  kind: ActionProposal['kind']
  symbol: string
  /** The split's day, or the first session that was missed; null for another ticker. */
  day: Day | null
  /** Those held. */
  shares: string
  /** The split that the source lists, new shares to old ones. */
  ratio: string | null
  /** The part of the price that left. */
  cost_share: string | null
  new_symbol: string | null
  /** The last price, in the currency that the symbol trades in. */
  price: string | null
}

export type ProposedActions = { proposals: ProposedAction[]; dismissed: ProposedAction[] }

/** What is proposed at the end of the ledger's day, and what of it was dismissed; of one symbol, or of all. */
export function proposedActions(ledger: Ledger, symbol?: string): ProposedActions {
  const listed = (found: ActionProposal[]) =>
    found
      .filter((each) => symbol === undefined || each.symbol === symbol)
      .map((each) => proposedAction(ledger, each))
  return { proposals: listed(actionProposals(ledger)), dismissed: listed(dismissedProposals(ledger)) }
}

function proposedAction(ledger: Ledger, proposal: ActionProposal): ProposedAction {
  const { symbol, kind } = proposal
  const last = ledger.markets.get(symbol)?.foreign?.prices ?? ledger.markets.get(symbol)?.prices
  return {
    id: proposalName(proposal),
    kind,
    symbol,
    day: kind === 'renamed' ? null : proposal.day,
    shares: text(proposal.shares),
    ratio: kind === 'spin_off' ? `${proposal.numerator}:${proposal.denominator}` : null,
    cost_share: kind === 'spin_off' ? text(proposal.costShare) : null,
    new_symbol: kind === 'renamed' ? proposal.newSymbol : null,
    price: text(last?.closes.at(-1) ?? null),
  }
}

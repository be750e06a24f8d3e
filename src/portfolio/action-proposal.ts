import type { Day } from './day.ts'
import type { Shares } from './decimal.ts'
import type { Ledger } from './ledger.ts'
import { rowsBySymbol, splitsOf } from './own-rows.ts'
import { positionOf } from './position.ts'
import { type SpinOffProposal, spinOffProposals } from './spin-off-proposal.ts'

/**
 * What the source shows of a company and the owner is asked about (finance.md, "What is proposed"): a split that may be a
 * spin-off, a ticker that the source answers for with another one, or shares that are held and no longer quoted.
 */
export type ActionProposal = { symbol: string; shares: Shares } & (
  | ({ kind: 'spin_off' } & SpinOffProposal)
  | { kind: 'renamed'; newSymbol: string }
  /** `day` is the first session that was missed. */
  | { kind: 'ended'; day: Day }
)

/** Its name among those that were dismissed: `GE@2023-01-04`, `FB@META`. A symbol has one at most of each. */
export function proposalName(proposal: ActionProposal): string {
  return `${proposal.symbol}@${proposal.kind === 'renamed' ? proposal.newSymbol : proposal.day}`
}

/**
 * Returns what is proposed at the end of the ledger's day and was not dismissed, by symbol. Nothing of it is in any
 * figure: a spin-off counts as the split that the source lists, and shares without a ticker at their last price. Of a group
 * it is what is proposed in its portfolios, each once.
 */
export function actionProposals(ledger: Ledger): ActionProposal[] {
  return proposed(ledger).filter((each) => !ledger.dismissedActions?.has(proposalName(each)))
}

/** Returns those that were dismissed and would be proposed again. */
export function dismissedProposals(ledger: Ledger): ActionProposal[] {
  return proposed(ledger).filter((each) => ledger.dismissedActions?.has(proposalName(each)))
}

/** Sentences for the owner about what is proposed. */
export function actionNotes(ledger: Ledger): string[] {
  return actionProposals(ledger).map((proposal) => noteOf(proposal))
}

function proposed(ledger: Ledger): ActionProposal[] {
  if (ledger.members) {
    const all = ledger.members.flatMap((each) => actionProposals(each.ledger))
    return [...new Map(all.map((each) => [proposalName(each), each])).values()]
  }
  const spunOff = spinOffProposals(ledger)
    .filter(({ day }) => day <= ledger.today)
    .map((each) => ({ kind: 'spin_off' as const, ...each, shares: sharesOf(ledger, each.symbol) }))
  const moved = [...ledger.markets].flatMap(([symbol, { byHand, delisted, prices }]): ActionProposal[] => {
    const newSymbol = ledger.listedAs?.get(symbol)
    const day = delisted !== undefined && delisted <= ledger.today ? delisted : null
    if (byHand || (newSymbol === undefined && day === null)) return []
    const shares = sharesOf(ledger, symbol)
    // a ticker without any price needs its new one for the past as well
    const isAsked =
      shares > 0n || (newSymbol !== undefined && prices.days.length === 0 && isTraded(ledger, symbol))
    if (!isAsked) return []
    return newSymbol === undefined
      ? [{ kind: 'ended', symbol, shares, day: day! }]
      : [{ kind: 'renamed', symbol, shares, newSymbol }]
  })
  return [...spunOff, ...moved]
}

function sharesOf({ transactions, markets, costBasis, today }: Ledger, symbol: string): Shares {
  const own = rowsBySymbol(transactions).get(symbol) ?? []
  return positionOf(symbol, own, splitsOf(markets.get(symbol)), costBasis, today).shares
}

function isTraded({ transactions }: Ledger, symbol: string): boolean {
  return rowsBySymbol(transactions).has(symbol)
}

function noteOf(proposal: ActionProposal): string {
  const { symbol } = proposal
  switch (proposal.kind) {
    case 'spin_off':
      return `${symbol}: the source lists a split of ${proposal.numerator} for ${proposal.denominator} on ${proposal.day}, which is how it lists spin-offs. It counts as a split until somebody says on the page of ${symbol} what it was.`
    case 'renamed':
      return `${symbol}: the source answers with ${proposal.newSymbol} for it. Its shares keep the prices that are stored until somebody says on the page of ${symbol} whether it is the same company.`
    case 'ended':
      return `${symbol}: no longer quoted since ${proposal.day}. Its shares count at their last price until somebody says on the page of ${symbol} what became of them.`
  }
}

import { cashBook } from '../portfolio/cash-book.ts'
import { unconvertedBy } from '../portfolio/currency.ts'
import type { Day } from '../portfolio/day.ts'
import { ratioOf, sum, text, toNumber } from '../portfolio/decimal.ts'
import { type Holding, holdings } from '../portfolio/holding.ts'
import type { Ledger, Member } from '../portfolio/ledger.ts'
import { remembered } from '../portfolio/remembered.ts'
import { gaps } from '../metrics/gap.ts'
import { changeOfAll } from '../metrics/today.ts'

/** What the snapshot of a group has besides that of a portfolio. */
export type GroupFacts = {
  /** What it consisted of when it was made (storage/groups.ts). */
  members: string
  portfolios: GroupPortfolio[]
}

/** One portfolio of a group; money is in the group's currency, and the gaps are to the group's benchmarks. */
type GroupPortfolio = {
  id: string
  name: string
  value: string | null
  cash: string | null
  /** Of the group's value. */
  weight: number | null
  day_change: string | null
  day_change_ratio: number | null
  vs_money: Record<string, string | null>
  /** Why it has no value. */
  reason: string | null
}

/** One portfolio's part of a holding. */
export type HoldingPart = {
  portfolio: string
  name: string
  shares: string
  market_value: string | null
  unrealized_gain: string | null
}

/** Returns the figures of each portfolio of a group, in the order of the group. */
export function groupPortfolios(members: readonly Member[]): GroupPortfolio[] {
  const rows = members.map((member) => ({ member, ...worthOf(member.ledger) }))
  const total = toNumber(sum(rows.map(({ value }) => value ?? 0n)))
  return rows.map(({ member: { id, name, ledger }, value, cash, reason }) => {
    const { change, base } = changeOfAll(ledger, valuedOn(ledger, ledger.today), ledger.today)
    const each = gaps(ledger, ledger.benchmarks, { asOf: ledger.today })
    return {
      id,
      name,
      value: text(value),
      cash: text(cash),
      weight: value !== null && total > 0 ? toNumber(value) / total : null,
      day_change: text(change),
      day_change_ratio: ratioOf(change, base),
      vs_money: Object.fromEntries(each.map(({ benchmark, gap }) => [benchmark, text(gap)])),
      reason,
    }
  })
}

/** What has no price is left out, as in the value of a portfolio. */
function worthOf(ledger: Ledger) {
  const reason = unconvertedBy(ledger, ledger.today)
  if (reason !== null) return { value: null, cash: null, reason }
  const cash = cashBook(ledger, ledger.today).at(-1)?.balance ?? 0n
  const held = valuedOn(ledger, ledger.today).map(({ value }) => value ?? 0n)
  return { value: sum([...held, cash]), cash, reason: null }
}

/** Returns what each portfolio of a group holds of each symbol; an empty map of a portfolio's own ledger. */
export function partsBySymbol({ members = [] }: Ledger, asOf: Day): Map<string, HoldingPart[]> {
  const parts = members.flatMap(({ id, name, ledger }) =>
    valuedOn(ledger, asOf)
      .filter(({ position }) => position.shares > 0n)
      .map(({ symbol, position, value, unrealizedGain }) => {
        const part: HoldingPart = {
          portfolio: id,
          name,
          shares: text(position.shares),
          market_value: text(value),
          unrealized_gain: text(unrealizedGain),
        }
        return { symbol, part }
      }),
  )
  return new Map(
    [...Map.groupBy(parts, ({ symbol }) => symbol)].map(([symbol, own]) => [
      symbol,
      own.map(({ part }) => part),
    ]),
  )
}

const valuedOn = remembered((ledger: Ledger, asOf: Day): Holding[] => holdings(ledger, asOf))

import type { Day } from '../portfolio/day.ts'
import { keptIn } from '../portfolio/foreign-cash.ts'
import type { Member } from '../portfolio/ledger.ts'
import { type PreparedLedger, prepareLedger, type RawLedger } from '../portfolio/prepared-ledger.ts'
import { unitedLedger } from '../portfolio/united-ledger.ts'
import { type GroupMember, groupMembersOf, textOfMembers } from '../storage/groups.ts'
import { type LedgerRead, type MarketPast, readLedger } from '../storage/ledger.ts'
import { dividendRuleOf, type Portfolio, symbolsOf } from '../storage/portfolios.ts'
import { type Recorded, transactionsOf } from '../storage/transactions.ts'
import type { Home } from './home.ts'
import { delisted } from './snapshot-builder.ts'

/** A group's rows, and the ledger that is the union of its members'. */
type GroupRead = LedgerRead & PreparedLedger & { members: string; currencies: string[] }

/** The portfolios of a group, each with its rows. */
type Read = { members: GroupMember[]; rows: ReadonlyMap<string, Recorded[]> }

/**
 * Reads what a group is the union of. The rows of a member are kept in memory until its log has another entry, so that an
 * edit of one costs the reading of that one.
 */
export class GroupReading {
  private readonly home: Home
  private readonly known = new Map<string, { of: string; rows: Recorded[] }>()

  constructor(home: Home) {
    this.home = home
  }

  /** Returns the transactions of all members in the order of entry of each. */
  async transactions(group: Portfolio): Promise<Recorded[]> {
    return allRows(await this.read(group))
  }

  /** Returns the currencies in which the portfolios keep their cash. */
  async currencies(group: Portfolio): Promise<string[]> {
    return currenciesOf(await this.read(group))
  }

  /** Returns the group with what the owners of its portfolios price. */
  async united(group: Portfolio): Promise<Portfolio> {
    return united(group, await this.read(group))
  }

  /** Each member is prepared in the group's currency, against the group's benchmarks; its cash stays in its own. */
  async ledger(group: Portfolio, today: Day, market: MarketPast | null): Promise<GroupRead> {
    const found = await this.read(group)
    const currencies = currenciesOf(found)
    const rows = { transactions: allRows(found), market, currencies }
    const read = await readLedger(this.home.db, united(group, found), today, rows)
    const gone = delisted(read)
    // what happened where the day has begun already has happened
    const until = read.transactions.reduce((day, { date }) => (date > day ? date : day), today)
    const prepared = found.members.map(({ portfolio }) => {
      const raw = rawOf(portfolio, found.rows.get(portfolio.id)!, { ...read.raw, today: until })
      return { portfolio, made: prepareLedger(raw, gone) }
    })
    const members = prepared.map(({ portfolio: { id, name, baseCurrency }, made }): Member => {
      return { id, name, ledger: keptIn(made.ledger, baseCurrency) }
    })
    return {
      ...read,
      ledger: unitedLedger(members, { ...read.raw, today: until }),
      notes: prepared.flatMap(({ portfolio, made }) =>
        made.notes.map((note) => `${portfolio.name}: ${note}`),
      ),
      // each portfolio's own object decides of its rows
      recognized: [],
      listed: [],
      members: textOfMembers(found.members),
      currencies,
    }
  }

  forget(): void {
    this.known.clear()
  }

  private async read(group: Portfolio): Promise<Read> {
    const { db } = this.home
    const members = await groupMembersOf(db, group)
    const ofNow = ({ portfolio, edition }: GroupMember) => `${edition} ${portfolio.baseCurrency}`
    const changed = members.filter((each) => this.known.get(each.portfolio.id)?.of !== ofNow(each))
    const fresh = await transactionsOf(
      db,
      changed.map(({ portfolio }) => portfolio.id),
    )
    for (const member of changed) {
      const { id, baseCurrency } = member.portfolio
      const rows = (fresh.get(id) ?? []).map((row) => inItsCurrency(row, baseCurrency))
      this.known.set(id, { of: ofNow(member), rows })
    }
    for (const id of this.known.keys())
      if (!members.some(({ portfolio }) => portfolio.id === id)) this.known.delete(id)
    return { members, rows: new Map([...this.known].map(([id, { rows }]) => [id, rows])) }
  }
}

/** Money without a symbol is in its portfolio's currency where it names none. */
function inItsCurrency(row: Recorded, currency: string): Recorded {
  return row.symbol === null && row.currency === null ? { ...row, currency } : row
}

/** What one owner prices by hand is so for the whole group (finance.md, "Groups"). */
function united(group: Portfolio, { members }: Read): Portfolio {
  return { ...group, ownInstruments: members.flatMap(({ portfolio }) => portfolio.ownInstruments) }
}

function currenciesOf({ members }: Read): string[] {
  return [...new Set(members.map(({ portfolio }) => portfolio.baseCurrency))]
}

function allRows({ members, rows }: Read): Recorded[] {
  return members.flatMap(({ portfolio }) => rows.get(portfolio.id)!)
}

/** One member's part of the group's rows: its own, and the markets that they need. */
function rawOf(portfolio: Portfolio, own: readonly Recorded[], whole: RawLedger): RawLedger {
  const { baseCurrency, benchmarks } = whole
  const recorded = new Set(own)
  const needed = new Set(symbolsOf({ ...portfolio, baseCurrency, benchmarks }, own))
  for (const { symbol } of own) if (symbol !== null) needed.add(symbol)
  // what nobody trades are benchmarks and exchange rates
  const traded = new Set(whole.transactions.flatMap(({ symbol, terms }) => [symbol, terms?.newSymbol]))
  return {
    ...whole,
    costBasis: portfolio.costBasis,
    dividendRule: dividendRuleOf(portfolio),
    transactions: whole.transactions.filter((row) => recorded.has(row as Recorded)),
    markets: new Map([...whole.markets].filter(([symbol]) => needed.has(symbol) || !traded.has(symbol))),
  }
}

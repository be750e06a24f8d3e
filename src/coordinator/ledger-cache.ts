import { addDays, type Day, dayAt } from '../portfolio/day.ts'
import { type PreparedLedger, prepareLedger } from '../portfolio/prepared-ledger.ts'
import { STALE_DAYS } from '../portfolio/price-history.ts'
import { MINUTE, TIME_ZONE } from '../portfolio/time.ts'
import { inOneTransaction, type Statement } from '../storage/database.ts'
import { membersNow } from '../storage/groups.ts'
import { type LedgerRead, type MarketPast, readLedger } from '../storage/ledger.ts'
import { type Portfolio, portfolioById } from '../storage/portfolios.ts'
import { allTransactions, type Recorded } from '../storage/transactions.ts'
import { GroupReading } from './group-reading.ts'
import type { Home } from './home.ts'
import type { OtherMarkets } from './look.ts'
import { delisted } from './snapshot-builder.ts'

/** A portfolio's rows, and the ledger made from them; of a group, what it consisted of (groups.ts). */
export type PreparedRead = LedgerRead & PreparedLedger & { members?: string; currencies?: string[] }

/** What is kept of a reading: the ledger, and how current its prices are. */
type Shown = Pick<PreparedRead, 'ledger' | 'transactions' | 'quotes' | 'histories' | 'members'>

type Kept = { read: Shown; writes: number; today: Day; readAt: number }

/** A portfolio that nobody watches hears of no new prices: for its API readers they are looked up once a minute. */
const UNWATCHED_FOR = MINUTE

/** So many looks at other symbols are kept. */
const OTHERS = 8

/** What a write changes in memory. An undefined field is read again; an absent one was not written. */
export type Written = { portfolio?: Portfolio | undefined; transactions?: Recorded[] | undefined }

/**
 * Keeps the portfolio and its transactions in the memory of the object, which is the only one to write them, and the
 * part of the market data that changes only with a new history. A reading is then one trip to D1 for three rows a
 * symbol.
 */
export class LedgerCache {
  private readonly home: Home
  private known: Written = {}
  private market: MarketPast | null = null
  private kept: Kept | null = null
  private readonly others = new Map<string, { read: OtherMarkets; readAt: number }>()
  private readonly group: GroupReading
  /** Looks whether the database was put back, and then has `forget` called. */
  verify: () => Promise<void> = async () => {}
  /** Counts the beginnings and ends of writes, so that a reading that began before one is not kept. */
  writes = 0

  constructor(home: Home) {
    this.home = home
    this.group = new GroupReading(home)
  }

  /** Returns null when there is no portfolio, or when it was deleted. */
  async portfolio(): Promise<Portfolio | null> {
    return this.known.portfolio ?? this.read('portfolio', () => portfolioById(this.home.db, this.home.id))
  }

  /** Returns the transactions in the order of entry; of a group, those of its members, which others write. */
  async transactions(): Promise<Recorded[]> {
    const portfolio = await this.portfolio()
    if (portfolio?.kind) return this.group.transactions(portfolio)
    const read = () => allTransactions(this.home.db, this.home.id)
    return this.known.transactions ?? (await this.read('transactions', read))
  }

  /** Returns in what the portfolios of a group keep their cash; nothing of a portfolio. */
  async currencies(): Promise<string[]> {
    const portfolio = await this.portfolio()
    return portfolio?.kind ? this.group.currencies(portfolio) : []
  }

  /** Returns what decides which symbols are asked for: a group has what its members' owners price. */
  async asked(portfolio: Portfolio): Promise<Portfolio> {
    return portfolio.kind ? this.group.united(portfolio) : portfolio
  }

  /**
   * The ledger that readers are shown: that of the last reading, as a publication makes one for every new price of a
   * watched portfolio. Returns null when there is no portfolio.
   */
  async ledger(): Promise<Shown | null> {
    const portfolio = await this.portfolio()
    if (!portfolio) return null
    const today = dayAt(Date.now(), TIME_ZONE)
    const { kept } = this
    const isCurrent =
      kept?.writes === this.writes && kept.today === today && Date.now() - kept.readAt < UNWATCHED_FOR
    if (isCurrent && !(await this.hasMoved(kept.read.members))) return kept.read
    await this.verify()
    const current = await this.portfolio()
    return current && this.ledgerOf(current, today)
  }

  /**
   * The markets of symbols with which the portfolio has nothing to do, in its currency and from a day on, as far as their
   * prices are stored, and what is known of their histories. They are kept for a minute once they are all there.
   */
  async otherMarkets(symbols: readonly string[], since: Day): Promise<OtherMarkets> {
    const portfolio = await this.portfolio()
    if (!portfolio) return { markets: new Map(), histories: new Map() }
    const today = dayAt(Date.now(), TIME_ZONE)
    const name = `${symbols.join(' ')} ${portfolio.baseCurrency} ${since} ${today}`
    const before = this.others.get(name)
    if (before && Date.now() - before.readAt < UNWATCHED_FOR) return before.read
    const about = { ...portfolio, benchmarks: [...symbols] }
    const read = await readLedger(this.home.db, about, today, { transactions: [], since })
    const { markets } = prepareLedger(read.raw, delisted(read)).ledger
    const found = { markets, histories: read.histories }
    // what is still to be fetched is looked for again
    const isWhole = symbols.every((symbol) => {
      const { fromDay = null, toDay = null } = read.histories.get(symbol) ?? {}
      const isCurrent = toDay !== null && toDay >= addDays(today, -STALE_DAYS)
      return isCurrent && fromDay !== null && fromDay <= since && markets.get(symbol)!.prices.days.length > 0
    })
    if (!isWhole) return found
    if (this.others.size >= OTHERS) this.others.clear()
    this.others.set(name, { read: found, readAt: Date.now() })
    return found
  }

  /**
   * Says whether a group consists of something else than it did: a member was edited, came or went, or its owner may see it
   * no longer. Never of a portfolio, which only this object writes.
   */
  async hasMoved(members: string | undefined): Promise<boolean> {
    const portfolio = await this.portfolio()
    return portfolio?.kind ? (await membersNow(this.home.db, portfolio)) !== members : false
  }

  /** Reads anew what others write: prices, histories and splits. */
  async ledgerOf(portfolio: Portfolio, today: Day): Promise<PreparedRead> {
    const { writes } = this
    const read: PreparedRead = portfolio.kind
      ? await this.group.ledger(portfolio, today, this.market)
      : await this.ownLedger(portfolio, today)
    this.market = read.market
    const prepared = { ...read, notes: [...read.notes, ...read.unreadable] }
    const { ledger, transactions, quotes, histories, members } = prepared
    const shown = { ledger, transactions, quotes, histories, ...(members !== undefined && { members }) }
    if (writes === this.writes) this.kept = { read: shown, writes, today, readAt: Date.now() }
    return prepared
  }

  private async ownLedger(portfolio: Portfolio, today: Day): Promise<PreparedRead> {
    const known = { transactions: await this.transactions(), market: this.market }
    const read = await readLedger(this.home.db, portfolio, today, known)
    return { ...read, ...prepareLedger(read.raw, delisted(read)) }
  }

  /** Executes all statements or none. When D1 does not say which, everything in memory is dropped. */
  async write(statements: readonly Statement[], after: Written): Promise<void> {
    const before = this.known
    this.known = {}
    this.writes++
    await inOneTransaction(this.home.db, statements)
    this.writes++
    this.known = { ...before, ...after }
  }

  /** Drops everything in memory, because the database was put back. */
  forget(): void {
    this.known = {}
    this.market = null
    this.kept = null
    this.group.forget()
    this.writes++
  }

  private async read<K extends keyof Written, T extends Written[K] | null>(
    key: K,
    from: () => Promise<T>,
  ): Promise<T> {
    const { writes } = this
    const found = await from()
    if (found !== null && writes === this.writes) this.known[key] = found as NonNullable<Written[K]>
    return found
  }
}

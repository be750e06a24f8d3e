import { totalReturn } from './benchmark.ts'
import { benchmarkOf, symbolsIn } from './benchmark-spelling.ts'
import { type Day, dayNumber, dayOf } from './day.ts'
import { fromNumber, type Money, over, type Shares, times } from './decimal.ts'
import type { Ledger, Market } from './ledger.ts'
import { withRows } from './prepared-ledger.ts'
import { historyOf } from './price-history.ts'
import type { Transaction } from './transaction.ts'
import { readWhatIf } from './what-if-spelling.ts'

/** A benchmark that is held: shares of its total-return index, 100 each at the first purchase. */
export class StandIn {
  private readonly ledger: Ledger
  private readonly benchmark: string
  private readonly since: Day
  private readonly symbol: string
  private readonly rows: Transaction[] = []
  private readonly level: (day: Day) => number | null
  private readonly scale: number
  private units: Shares = 0n

  constructor(ledger: Ledger, benchmark: string, since: Day) {
    this.ledger = ledger
    this.benchmark = benchmark
    this.since = since
    this.symbol = standIn(benchmark)
    this.level = totalReturn(ledger, benchmark)
    this.scale = 100 / (this.level(since) ?? 1)
  }

  /** Returns the money, or why there is no price. */
  buy(id: string, day: Day, money: Money): Money | string {
    const price = this.priceOn(day)
    if (price === null) return `no price for ${this.benchmark} on ${day}`
    const shares = over(money, price)
    this.units += shares
    this.rows.push(
      this.row(id, { type: 'buy', symbol: this.symbol, date: day, shares, price, amount: money }),
    )
    return money
  }

  /** Returns what it brings, at most what there is. */
  sell(id: string, day: Day, money: Money): Money | string {
    const price = this.priceOn(day)
    if (price === null) return `no price for ${this.benchmark} on ${day}`
    const all = times(this.units, price)
    const isAll = money >= all
    const [shares, amount] = isAll ? [this.units, all] : [over(money, price), money]
    if (shares === 0n) return 0n
    this.units -= shares
    this.rows.push(this.row(id, { type: 'sell', symbol: this.symbol, date: day, shares, price, amount }))
    return amount
  }

  external(type: 'deposit' | 'withdrawal', date: Day, amount: Money): void {
    if (amount > 0n) this.rows.push(this.row(`${date}-${this.rows.length}`, { type, date, amount }))
  }

  /** The ledger of some rows and these. */
  in(others: readonly Transaction[]): Ledger {
    const { ledger } = this
    const markets = new Map([...ledger.markets, [this.symbol, this.market()]])
    return withRows({ ...ledger, markets }, [...others, ...this.rows])
  }

  private priceOn(day: Day): Money | null {
    const level = this.level(day)
    const price = level === null ? 0n : fromNumber(level * this.scale)
    return price > 0n ? price : null
  }

  private row(
    id: string,
    of: Partial<Transaction> & Pick<Transaction, 'type' | 'date' | 'amount'>,
  ): Transaction {
    const { baseCurrency: currency } = this.ledger
    const none = { symbol: null, shares: null, price: null, fee: 0n, ratio: null, note: '' }
    return { id: `what-if:${of.type}:${id}`, ...none, currency, ...of }
  }

  private market(): Market {
    const { ledger, benchmark, symbol } = this
    const [first, last] = [dayNumber(this.since), dayNumber(ledger.today)]
    const days = daysOf(ledger, benchmark, first, last).filter((day) => this.priceOn(dayOf(day)) !== null)
    return {
      instrument: {
        symbol,
        name: benchmark,
        kind: 'other',
        exchange: '',
        currency: ledger.baseCurrency,
        timeZone: 'America/New_York',
      },
      prices: historyOf(
        days,
        days.map((day) => this.priceOn(dayOf(day))!),
      ),
      splits: [],
      dividends: [],
      quote: null,
    }
  }
}

/** The days on which a benchmark has another level: those of its closes; of a rate, all. */
function daysOf(ledger: Ledger, benchmark: string, first: number, last: number): number[] {
  if (benchmarkOf(benchmark).kind === 'rate')
    return Array.from({ length: last - first + 1 }, (_, i) => first + i)
  const days = new Set([first])
  for (const symbol of symbolsIn(benchmark))
    for (const day of ledger.markets.get(symbol)?.prices.days ?? [])
      if (day >= first && day <= last) days.add(day)
  return [...days].toSorted((a, b) => a - b)
}

/** The symbol under which a variant has what stands in another's place. No security is called so. */
export function standIn(benchmark: string): string {
  return `${benchmark}${INSTEAD}`
}

/** The same of a rule by its spelling; without anything in another's place, the spelling. */
export function standInOf(spelling: string): string {
  const rule = readWhatIf(spelling)
  return 'reason' in rule || !('benchmark' in rule) ? spelling : standIn(rule.benchmark)
}

export function isStandIn(symbol: string): boolean {
  return symbol.endsWith(INSTEAD)
}

const INSTEAD = ' instead'

import { Big } from 'big.js'
import { performance } from '../../src/metrics/performance.ts'
import { addDays, type Day, daysBetween } from '../../src/portfolio/day.ts'
import { text } from '../../src/portfolio/decimal.ts'
import { dividendProposals } from '../../src/portfolio/dividend-proposal.ts'
import { type Ledger, positions } from '../../src/portfolio/ledger.ts'
import { cashDays } from '../../src/portfolio/cash.ts'
import { holdingsOn } from '../../src/snapshot/holdings-table.ts'
import { valuations } from '../../src/portfolio/valuation.ts'
import { closes, ledger } from '../notation.ts'
import { costOf, type Evening, evenings, linesOf, sharesIn } from './account.ts'
import { once, type Prices, pricesOf, total, zero } from './market.ts'
import { type Case, follows } from './random-case.ts'
import { type DayOf, dietz, presentValue, roots, twr } from './returns.ts'

Big.DP = 40

/** The ledger of a case, as the tests of the engine make theirs. */
export function ledgerOf(of: Case): Ledger {
  return ledger(of.story.join('\n'), {
    markets: closes(
      Object.fromEntries(Object.entries(of.market).map(([symbol, items]) => [symbol, items.join(', ')])),
    ),
    delisted: new Map(Object.entries(of.delisted)),
    baseCurrency: of.baseCurrency,
    costBasis: of.costBasis,
    benchmarks: of.benchmarks,
  })
}

/**
 * The figures on which the engine and the plain calculation of this folder differ, a line each: decimals that are not
 * the same to the last digit, doubles that are further apart than 1e-9.
 */
export function disagreements(of: Case, own: Ledger = ledgerOf(of)): string[] {
  const found: string[] = []
  const differs = (what: string, ours: unknown, theirs: unknown) =>
    found.push(`${what}: the engine says ${String(ours)}, the reference ${String(theirs)}`)
  const exact = (what: string, ours: bigint | string | null, theirs: Big) => {
    const told = typeof ours === 'bigint' ? text(ours) : ours
    if (told !== plain(theirs)) differs(what, told, plain(theirs))
  }
  const near = (what: string, ours: number | string | null, theirs: number | null, scale = 1) => {
    if (ours === null || theirs === null) {
      if (ours !== theirs) differs(what, ours, theirs)
    } else if (!(Math.abs(Number(ours) - theirs) <= 1e-9 * (scale + Math.abs(theirs))))
      differs(what, ours, theirs)
  }

  const { asOf, from } = of
  const prices = pricesOf(of)
  const untilToday = evenings(of, prices, asOf > own.today ? asOf : own.today)
  const all = untilToday.filter(({ day }) => day <= asOf)
  const last = all.at(-1)!

  // positions, lots, gains and dividends
  const ours = positions(own, asOf)
  for (const [symbol, held] of Object.entries(last.held)) {
    const position = ours.find((each) => each.symbol === symbol)!
    exact(`shares of ${symbol}`, position.shares, sharesIn(held.lots))
    exact(`cost of ${symbol}`, position.cost, costOf(held.lots))
    exact(`realized gain of ${symbol}`, position.realizedGain, held.realized)
    exact(`dividends of ${symbol}`, position.dividends, held.dividends)
    const lots = position.lots.map((lot) => `${text(lot.shares)} {{${text(lot.cost)}, ${lot.date}}}`)
    const theirs = held.lots.map((lot) => `${plain(lot.shares)} {{${plain(lot.cost)}, ${lot.day}}}`)
    if (lots.join() !== theirs.join()) differs(`lots of ${symbol}`, lots.join(), theirs.join())
  }

  // cash
  const days = cashDays(own.transactions.filter(({ date }) => date <= asOf))
  const byDay = new Map(all.map((evening) => [evening.day, evening]))
  for (const { day, inferred, balance } of days) {
    exact(`inferred deposit of ${day}`, inferred, byDay.get(day)!.inferred)
    exact(`cash on ${day}`, balance, byDay.get(day)!.cash)
  }

  // value, day by day
  const series = valuations(own, asOf)
  series.days.forEach((day, i) => {
    exact(`value on ${day}`, series.value[i]!, byDay.get(day)!.value)
  })

  const inSeries = new Set(series.days)
  all.forEach(({ day, value }, i) => {
    if (i > 0 && value.cmp(all[i - 1]!.value) !== 0 && !inSeries.has(day))
      differs(`day ${day} of the series`, 'nothing', plain(value))
  })

  // holdings
  const table = holdingsOn(own, asOf)
  for (const row of [...table.holdings, ...table.closed]) {
    // of what is bought later there is nothing yet
    const lots = last.held[row.symbol]?.lots ?? []
    if (lots.length === 0) continue
    const price = last.prices[row.symbol]
    if (price === undefined) {
      if (row.market_value !== null) differs(`market value of ${row.symbol}`, row.market_value, 'nothing')
      continue
    }
    const value = once(sharesIn(lots).times(price))
    exact(`market value of ${row.symbol}`, row.market_value, value)
    exact(`unrealized gain of ${row.symbol}`, row.unrealized_gain, value.minus(costOf(lots)))
    const paid = total(lots.map((lot) => lot.paid))
    const grown = (growth: (day: Day) => Big, share: (i: number) => Big) =>
      paid.gt(0)
        ? total(lots.map(({ day }, i) => share(i).times(growth(day))))
            .div(paid)
            .toNumber() - 1
        : null
    const isCompared = lots.every(({ day }) => prices.price(row.symbol, day) !== undefined)
    const returned = isCompared
      ? grown(
          (day) => prices.growth(row.symbol, day, asOf),
          (i) => once(lots[i]!.shares.times(price)),
        )
      : null
    near(`total return of ${row.symbol}`, row.total_return, returned)
    for (const benchmark of of.benchmarks) {
      const theirs = grown(
        (day) => prices.returned(benchmark, day, asOf),
        (i) => lots[i]!.paid,
      )
      near(`${benchmark} beside ${row.symbol}`, row.benchmarks[benchmark]!, theirs)
      const lead = returned === null || theirs === null ? null : returned - theirs
      near(`${row.symbol} vs ${benchmark}`, row.vs[benchmark]!, lead, 1 + Math.abs(returned ?? 0))
    }
  }

  // the period and its returns
  const start = from === null || from < all[0]!.day ? null : all.find(({ day }) => day === from)!
  const period = start === null ? all : all.slice(all.indexOf(start))
  const flows = period.map((evening): DayOf => {
    const isOpening = evening === start
    return {
      day: evening.day,
      in: (isOpening ? evening.value : evening.deposits).toNumber(),
      out: isOpening ? 0 : evening.withdrawals.toNumber(),
      value: evening.value.toNumber(),
    }
  })
  const figures = performance(own, series, from)
  const after = start === null ? period : period.slice(1)
  const invested = total([
    start?.value ?? zero,
    ...after.map(({ deposits, withdrawals }) => deposits.minus(withdrawals)),
  ])
  exact('value', figures.value, last.value)
  exact('cash', figures.cash, last.cash)
  exact('invested', figures.invested, invested)
  exact('total gain', figures.total_gain, last.value.minus(invested))
  const realized = (evening: Evening | null) =>
    total(Object.values(evening?.held ?? {}).map((each) => each.realized))
  exact('realized gain', figures.realized_gain, realized(last).minus(realized(start)))
  const unrealized = (evening: Evening | null) =>
    total(
      Object.entries(evening?.held ?? {}).map(([symbol, { lots }]) => {
        const price = evening!.prices[symbol]
        return lots.length === 0 || !price ? zero : once(sharesIn(lots).times(price)).minus(costOf(lots))
      }),
    )
  exact('unrealized gain', figures.unrealized_gain, unrealized(last).minus(unrealized(start)))
  near('TWR', figures.twr, twr(flows) - 1)
  near('Modified Dietz', figures.modified_dietz, dietz(flows))
  const solved = xirrFault(flows, figures.xirr)
  if (solved) found.push(`XIRR: ${solved}`)

  // the benchmarks: units bought and sold, not more than there are
  for (const symbol of of.benchmarks) {
    let units = zero
    let unpaid = zero
    const paid = flows.map(({ day, in: deposits, out }): DayOf => {
      const level = prices.returned(symbol, flows[0]!.day, day)
      units = units.plus(new Big(deposits).div(level))
      const wanted = new Big(out).div(level)
      const sold = wanted.gt(units) ? units : wanted
      units = units.minus(sold)
      const got = wanted.gt(units.plus(sold)) ? sold.times(level) : new Big(out)
      unpaid = unpaid.plus(out).minus(got)
      return { day, in: deposits, out: got.toNumber(), value: units.times(level).toNumber() }
    })
    const value = paid.at(-1)!.value
    const theirs = figures.benchmarks[symbol]!
    // its money is in doubles, to a millionth of what moved: what is asked of it may be far more than came in
    const scale = 1e4 + total(flows.map((flow) => new Big(flow.in).plus(flow.out))).toNumber()
    near(`value in ${symbol}`, theirs.value, value, scale)
    near(`gap to ${symbol}`, theirs.gap, last.value.toNumber() - value, scale)
    near(`invested in ${symbol}`, theirs.invested, invested.plus(unpaid).toNumber(), scale)
    near(`return of ${symbol}`, theirs.twr, prices.returned(symbol, flows[0]!.day, asOf).toNumber() - 1)
    near(`Modified Dietz of ${symbol}`, theirs.modified_dietz, dietz(paid), 1e3)
    const fault = xirrFault(paid, theirs.xirr)
    if (fault) found.push(`XIRR of ${symbol}: ${fault}`)
  }

  // dividends by entitlement, of the whole ledger
  const proposals = dividendProposals(own, own.today).map(
    ({ symbol, exDay, shares, amount }) => `${exDay} ${symbol} ${text(shares)} ${text(amount)}`,
  )
  const due = entitlements(
    of,
    prices,
    untilToday.filter(({ day }) => day <= own.today),
  )
  if (proposals.join() !== due.join()) differs('dividends that are due', proposals.join(), due.join())

  if (follows.changeSinceSession) {
    const since = sessionBefore(of, prices, all)
    const then = all.find(({ day }) => day === since)
    const moved = all.filter(({ day }) => day > since)
    const net = total(moved.map(({ deposits, withdrawals }) => deposits.minus(withdrawals)))
    if (table.totals.day_change !== null)
      // each holding's change is rounded
      near(
        'today',
        table.totals.day_change,
        last.value
          .minus(then?.value ?? 0)
          .minus(net)
          .toNumber(),
        1e3,
      )
  }
  return found
}

function plain(amount: Big): string {
  return amount.cmp(0) === 0 ? '0' : amount.toFixed()
}

/** Why a rate is not the one to take; null when it is (finance.md, "XIRR"). */
function xirrFault(days: readonly DayOf[], rate: number | null): string | null {
  const span = daysBetween(days[0]!.day, days.at(-1)!.day)
  if (span < 365) return rate === null ? null : `${rate} after ${span} days`
  const all = roots(days)
  if (rate === null) return all.length === 0 ? null : `none, but ${all.join(', ')} solve the flows`
  const { value, gross } = presentValue(days)
  const x = Math.log1p(rate)
  // next to −100 % a double does not hold the rate any better
  const slack = 1e-9 + 2.5e-16 / (1 + rate)
  const isRoot = Math.abs(value(x)) <= 1e-9 * gross(x) || value(x - slack) * value(x + slack) <= 0
  if (Math.abs(x) <= 25 && !isRoot) return `${rate} does not solve the flows`
  const ratio = dietz(days)
  const near = ratio === null || ratio < -1 ? 0 : (1 + ratio) ** (365 / span) - 1
  // what reads −100.00 % is no root when there is another, and one beyond the scan is another
  const read = all.filter((root) => root > -0.999_95)
  const nearer = (read.length > 0 || x > 25 ? read : all).find(
    (root) => Math.abs(root - near) < Math.abs(rate - near) - 1e-9 * (1 + Math.abs(near) + Math.abs(rate)),
  )
  return nearer === undefined ? null : `${rate}, but ${nearer} is nearer to ${near}`
}

/** What the source lists for shares held at the close before, less what the ledger has (finance.md, "Dividends"). */
export function entitlements(of: Case, prices: Prices, all: readonly Evening[]): string[] {
  const lines = linesOf(of, prices)
  const today = all.at(-1)!.day
  const byDay = new Map(all.map((evening) => [evening.day, evening]))
  const heldOn = (symbol: string, day: Day) => sharesIn(byDay.get(day)?.held[symbol]?.lots ?? [])
  return Object.keys(all.at(-1)!.held)
    .flatMap((symbol) => {
      const own = lines.filter((line) => line.symbol === symbol || line.into === symbol)
      const first = own.map(({ day }) => day).toSorted()[0]!
      // what was due for shares held; whoever held none was paid something else
      const open = prices.known[symbol]!.dividends.filter(({ day }) => day > first && day <= today)
        .map(({ day, amount }) => {
          const shares = heldOn(symbol, addDays(day, -1))
          return { symbol, day, shares, paid: once(shares.times(amount)).round(2, 2) }
        })
        .filter(({ paid }) => paid.gt(0))
        .toSorted((a, b) => (a.day < b.day ? -1 : 1))
      const stands = ['dividend', 'reinvested', 'return_of_capital']
      const recorded = own.filter(({ type }) => stands.includes(type)).map(({ day }) => day)
      for (const day of recorded.toSorted()) {
        const age = (each: { day: Day }) => daysBetween(each.day, day)
        // the nearest before it; only where there is none, the nearest after it
        const event =
          open.findLast((each) => age(each) >= 0 && age(each) <= 60) ??
          open.find((each) => age(each) < 0 && age(each) >= -7)
        if (event) open.splice(open.indexOf(event), 1)
      }
      return open.map((each) => ({ ...each, told: `${plain(each.shares)} ${plain(each.paid)}` }))
    })
    .toSorted((a, b) => (a.day === b.day ? (a.symbol < b.symbol ? -1 : 1) : a.day < b.day ? -1 : 1))
    .map(({ symbol, day, told }) => `${day} ${symbol} ${told}`)
}

/**
 * The day before the latest session of what is held, or was when it was sold; of the benchmarks, where none of that is
 * quoted (finance.md, "Day change").
 */
function sessionBefore(of: Case, prices: Prices, all: readonly Evening[]): Day {
  const sessions = Object.entries(all.at(-1)!.held).flatMap(([symbol, { lots }]) => {
    const sales = linesOf(of, prices).filter(
      (line) => line.symbol === symbol && ['sell', 'transfer_out', 'exchange'].includes(line.type),
    )
    const until =
      lots.length > 0
        ? of.asOf
        : sales
            .map(({ day }) => day)
            .filter((day) => day <= of.asOf)
            .toSorted()
            .at(-1)
    return prices.known[symbol]!.closes.map(({ day }) => day).findLast((day) => day <= (until ?? '')) ?? []
  })
  const others = of.benchmarks.flatMap((symbol) => prices.priceDay(symbol, of.asOf) ?? [])
  const days: Day[] = sessions.length > 0 ? sessions : others
  return addDays(days.toSorted().at(-1) ?? of.asOf, -1)
}

import { totalReturn } from '../../src/portfolio/benchmark.ts'
import { cashEffect } from '../../src/portfolio/cash.ts'
import { dayNumber } from '../../src/portfolio/day.ts'
import { toNumber } from '../../src/portfolio/decimal.ts'
import type { Ledger } from '../../src/portfolio/ledger.ts'
import { heldSymbols } from '../../src/portfolio/market-values.ts'
import { lastIndexUpTo, noPrices } from '../../src/portfolio/price-history.ts'
import type { Valuations } from '../../src/portfolio/valuation.ts'

/** The chart's lines, as the floor has them. */
type Lines = Record<'value' | 'invested' | 'twr', Float64Array>

/**
 * The least that the chart's lines can cost: returns a function that makes them with doubles in flat arrays, from
 * numbers that are read already, and writes them as JSON. Nothing is exact and nothing is explained.
 */
export function floorOf(ledger: Ledger, { days }: Valuations): () => { text: string; lines: Lines } {
  const numbers = days.map(dayNumber)
  const at = new Map(days.map((day, i) => [day, i]))
  const symbols = heldSymbols(ledger, ledger.today).map(({ market, trades, shares }) => {
    const { prices = noPrices } = market ?? {}
    return {
      since: Int32Array.from(trades, ({ date }) => at.get(date)!),
      shares: Float64Array.from(shares, toNumber),
      closes: Float64Array.from(numbers, (day) => toNumber(prices.closes[lastIndexUpTo(prices, day)] ?? 0n)),
    }
  })
  const rows = {
    at: Int32Array.from(ledger.transactions, ({ date }) => at.get(date)!),
    effect: Float64Array.from(ledger.transactions, (row) => toNumber(cashEffect(row))),
    deposit: Uint8Array.from(ledger.transactions, ({ type }) => (type === 'deposit' ? 1 : 0)),
    withdrawal: Uint8Array.from(ledger.transactions, ({ type }) => (type === 'withdrawal' ? 1 : 0)),
  }
  // what a sale brings after a purchase of its day comes too late to pay for that
  const late = new Uint8Array(ledger.transactions.length)
  let bought: string | null = null
  ledger.transactions.forEach(({ type, date }, i) => {
    if (type === 'buy') bought = date
    if (bought === date && rows.effect[i]! > 0) late[i] = 1
  })
  const levels = ledger.benchmarks.map((symbol) => {
    const index = totalReturn(ledger, symbol)
    return Float64Array.from(days, (day) => index(day) ?? 0)
  })

  return () => {
    const value = new Float64Array(days.length)
    for (const { since, shares, closes } of symbols) {
      for (let trade = 0; trade < shares.length; trade++) {
        const until = since[trade + 1] ?? days.length
        for (let i = since[trade]!; i < until; i++) value[i]! += shares[trade]! * closes[i]!
      }
    }
    const deposits = new Float64Array(days.length)
    const withdrawals = new Float64Array(days.length)
    const invested = new Float64Array(days.length)
    const twr = new Float64Array(days.length)
    let [row, balance, put, index, before] = [0, 0, 0, 1, 0]
    for (let i = 0; i < days.length; i++) {
      let after = 0
      for (; row < rows.at.length && rows.at[row] === i; row++) {
        if (late[row]) after += rows.effect[row]!
        else balance += rows.effect[row]!
        if (rows.deposit[row]) deposits[i]! += rows.effect[row]!
        if (rows.withdrawal[row]) withdrawals[i]! -= rows.effect[row]!
      }
      if (balance < 0) {
        const inferred = Math.ceil(-balance * 100 - 1e-6) / 100
        deposits[i]! += inferred
        balance += inferred
      }
      balance += after
      put += deposits[i]! - withdrawals[i]!
      invested[i] = put
      value[i]! += balance
      const start = before + deposits[i]!
      if (start !== 0) index *= (value[i]! + withdrawals[i]!) / start
      twr[i] = index - 1
      before = value[i]!
    }
    const benchmarks = levels.map((level) => {
      let units = 0
      const worth = level.map((now, i) => {
        units += deposits[i]! / now
        units -= Math.min(units, withdrawals[i]! / now)
        return units * now
      })
      return { value: rounded(worth, 100), twr: rounded(level, 1e8, (now) => now / level[0]! - 1) }
    })
    const text = JSON.stringify({
      days,
      value: rounded(value, 100),
      invested: rounded(invested, 100),
      twr: rounded(twr, 1e8),
      benchmarks,
    })
    return { text, lines: { value, invested, twr } }
  }
}

/** Cents as whole numbers, ratios to eight decimals: as the chart has them. */
function rounded(
  line: Float64Array,
  unit: number,
  of: (value: number) => number = (value) => value,
): number[] {
  const whole = unit === 100 ? 1 : unit
  return Array.from(line, (value) => Math.round(of(value) * unit) / whole)
}

import { Big } from 'big.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cashDays } from '../../src/portfolio/cash.ts'
import { type Decimal, sum, text } from '../../src/portfolio/decimal.ts'
import { positions } from '../../src/portfolio/ledger.ts'
import type { CostBasis } from '../../src/portfolio/lot.ts'
import { dayTradesMarked } from './marked-day-trades.ts'
import { type History, ledgerOf, seeded, withTransfers } from './random-ledger.ts'

/**
 * The same history once more, from its text and in big.js: one loop over one list of lots, sorted before every
 * sale, quotients to 60 digits. Ours rounds each sale to 1e-10, so after 40 of them they agree to 1e-8.
 */
Big.DP = 60

type Own = { shares: Big; cost: Big; bought: string }

const order =
  'split transfer_in sell dividend interest deposit buy late fee tax withdrawal transfer_out'.split(' ')
const income = ['dividend', 'interest', 'deposit']

const rank = (line: string) => line.slice(0, 11) + String(order.indexOf(line.split(' ')[1]!)).padStart(2, '0')

const byRank = (lines: readonly string[]) =>
  lines.toSorted((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0))

function oracle({ text: story, market }: History, basis: CostBasis) {
  const lots: Record<string, Own[]> = {}
  let gain = new Big(0)
  let cash = new Big(0)
  const deposits: Record<string, string> = {}
  let late = new Big(0)
  const splits = Object.entries(market).flatMap(([symbol, items]) =>
    [...items.matchAll(/(\S+) split (\d+):1/g)].map(([, day, ratio]) => `${day} split ${symbol} ${ratio}`),
  )
  const all = byRank(dayTradesMarked([...splits, ...story.split('\n').filter(Boolean)]))
  all.forEach((line, i) => {
    const [day, type, ...words] = line.split(' ') as [string, string, ...string[]]
    if (type === 'split') {
      for (const lot of lots[words[0]!] ?? []) lot.shares = lot.shares.times(words[1]!)
    } else if (type === 'buy' || type === 'sell' || type === 'late') {
      const [shares, symbol, , price, , fee] = words as [string, string, string, string, string, string]
      const amount = new Big(shares).times(price)
      const own = (lots[symbol] ??= [])
      if (type === 'buy') {
        own.push({ shares: new Big(shares), cost: amount.plus(fee), bought: `${day} ${placed(i)}` })
        cash = cash.minus(amount).minus(fee)
      } else {
        gain = gain
          .plus(amount)
          .minus(fee)
          .minus(take(own, new Big(shares), basis))
        lots[symbol] = own.filter((lot) => lot.shares.gt(0))
        const got = amount.minus(fee)
        if (type === 'late' && got.gt(0)) late = late.plus(got)
        else cash = cash.plus(got)
      }
    } else if (type === 'transfer_in') {
      const acquired = words[2] === 'acquired' ? words[3]! : day
      const lot = {
        shares: new Big(words[0]!),
        cost: new Big(words.at(-1)!),
        bought: `${acquired} ${placed(i)}`,
      }
      ;(lots[words[1]!] ??= []).push(lot)
    } else if (type === 'transfer_out') {
      take(lots[words[1]!]!, new Big(words[0]!), basis)
      lots[words[1]!] = lots[words[1]!]!.filter((lot) => lot.shares.gt(0))
    } else {
      const amount = words.at(-1)!
      cash = income.includes(type) ? cash.plus(amount) : cash.minus(amount)
    }
    if (all[i + 1]?.startsWith(day)) return
    // the day is over: what is missing came in, in whole cents
    if (cash.lt(0)) {
      const missing = new Big(0).minus(cash).round(2, 3)
      deposits[day] = missing.toFixed()
      cash = cash.plus(missing)
    }
    // what was bought and sold on this day brought its money too late for it
    cash = cash.plus(late)
    late = new Big(0)
  })
  return { lots, gain, cash: cash.toFixed(), deposits }
}

/** Takes shares out of the lots, answers what they had cost. */
function take(own: Own[], shares: Big, basis: CostBasis): Big {
  if (basis === 'average') {
    const held = total(own, 'shares')
    const paid = total(own, 'cost')
    for (const lot of own) lot.cost = paid.times(lot.shares).div(held)
  }
  const dearest = (a: Own, b: Own) => b.cost.div(b.shares).cmp(a.cost.div(a.shares))
  const byDay = (a: Own, b: Own) => (a.bought < b.bought ? -1 : 1)
  const queue = own.toSorted((a, b) =>
    basis === 'lifo' ? byDay(b, a) : (basis === 'hifo' && dearest(a, b)) || byDay(a, b),
  )
  let wanted = shares
  let cost = new Big(0)
  for (const lot of queue) {
    const taken = wanted.lt(lot.shares) ? wanted : lot.shares
    const part = lot.cost.times(taken).div(lot.shares)
    cost = cost.plus(part)
    lot.cost = lot.cost.minus(part)
    lot.shares = lot.shares.minus(taken)
    wanted = wanted.minus(taken)
  }
  return cost
}

/** Lines of one day stay in their order. */
const placed = (i: number) => String(i).padStart(4, '0')

const total = (own: readonly Own[], what: 'shares' | 'cost') =>
  own.reduce((all, lot) => all.plus(lot[what]), new Big(0))

const near = (ours: Decimal, theirs: Big) => Math.abs(theirs.minus(text(ours)).toNumber()) < 1e-8

describe('another calculation of the same history, in big.js', () => {
  it.each(['fifo', 'lifo', 'hifo', 'average'] as const)(
    'agrees on shares, cost and gains under %s',
    (costBasis) => {
      fc.assert(
        fc.property(withTransfers, (told) => {
          const theirs = oracle(told, costBasis)
          const ours = positions(ledgerOf(told, { costBasis }), '9999-12-31')
          for (const { symbol, shares, cost } of ours) {
            const own = theirs.lots[symbol] ?? []
            expect(text(shares)).toBe(total(own, 'shares').toFixed())
            expect(near(cost, total(own, 'cost'))).toBe(true)
          }
          expect(near(sum(ours.map((held) => held.realizedGain)), theirs.gain)).toBe(true)
        }),
        seeded,
      )
    },
  )

  it('agrees on every deposit and the last balance exactly', () => {
    fc.assert(
      fc.property(withTransfers, (told) => {
        const theirs = oracle(told, 'fifo')
        const ours = cashDays(ledgerOf(told).transactions)
        const inferred = ours.filter((day) => day.inferred > 0n).map((day) => [day.day, text(day.inferred)])
        expect(Object.fromEntries(inferred)).toEqual(theirs.deposits)
        expect(text(ours.at(-1)?.balance ?? 0n)).toBe(theirs.cash)
      }),
      seeded,
    )
  })
})

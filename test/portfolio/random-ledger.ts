import * as fc from 'fast-check'
import { addDays, type Day } from '../../src/portfolio/day.ts'
import { text as plain } from '../../src/portfolio/decimal.ts'
import type { Ledger } from '../../src/portfolio/ledger.ts'
import { closes, dec, ledger } from '../notation.ts'

/** The same cases in every run. */
export const seeded = { seed: 20_240_102, numRuns: 150 }

const cents = (most: number) => fc.integer({ min: 1, max: most * 100 }).map((amount) => `${amount / 100}`)

const types = [
  'buy',
  'buy',
  'buy',
  'buy',
  'sell',
  'sell',
  'sell',
  'split',
  'dividend',
  'deposit',
  'withdrawal',
  'fee',
  'interest',
  'tax',
]
const transfers = ['transfer_in', 'transfer_out']
const others = ['return_of_capital', 'stock_dividend', 'reinvested', 'spin_off', 'exchange']

const stepOf = (types: readonly string[]) =>
  fc.record({
    later: fc.nat(4),
    type: fc.constantFrom(...types),
    symbol: fc.constantFrom('AAA', 'BBB'),
    /** Whether interest, a fee or a tax names its symbol. */
    isNamed: fc.boolean(),
    shares: fc.integer({ min: 1, max: 1e7 }).map((ten) => `${ten / 1e4}`),
    /** Of what is held, in percent; 100 sells all. */
    part: fc.oneof(fc.integer({ min: 1, max: 99 }), fc.constant(100)),
    price: cents(1000),
    fee: cents(10),
    amount: cents(5000),
    ratio: fc.constantFrom('2:1', '3:1', '5:1'),
    close: cents(1000),
  })

type Step = ReturnType<typeof stepOf> extends fc.Arbitrary<infer Of> ? Of : never

/** A history that sells only what it holds, in the notation; its splits are known to the source. */
export type History = { text: string; market: Record<string, string> }

const steps = (of: readonly string[]) => fc.array(stepOf(of), { minLength: 1, maxLength: 40 })
const anySteps = steps(types)
export const history: fc.Arbitrary<History> = anySteps.map(tell)
/** Every kind of transaction. */
export const everyKind: fc.Arbitrary<History> = steps([...types, ...transfers, ...others]).map(tell)
/** Shares also come from elsewhere, with their cost, and go there. */
export const withTransfers: fc.Arbitrary<History> = steps([...types, ...transfers]).map(tell)
export const withoutSplits: fc.Arbitrary<History> = anySteps.map((all) =>
  tell(all.filter((each) => each.type !== 'split')),
)
export const oneADay: fc.Arbitrary<History> = anySteps.map((all) =>
  tell(all.map((each) => ({ ...each, later: each.later + 1 }))),
)

export const ledgerOf = ({ text, market }: History, about: Partial<Ledger> = {}): Ledger =>
  ledger(text, { markets: closes(market), ...about })

function tell(steps: readonly Step[]): History {
  let day: Day = '2020-01-02'
  const story: string[] = []
  const market = { AAA: [`${day} 100`], BBB: [`${day} 50`] } as Record<string, string[]>
  const held: Record<string, bigint> = { AAA: 0n, BBB: 0n }
  for (const { later, type, symbol, isNamed, shares, part, price, fee, amount, ratio, close } of steps) {
    const next = addDays(day, type === 'split' ? later + 1 : later)
    if (next > day) {
      day = next
      for (const each of Object.values(market)) each.push(`${day} ${close}`)
    }
    const own = held[symbol]!
    // to whole 1e-8, the least there is of a share
    const sold = part === 100 ? own : ((own * BigInt(part)) / 10_000n) * 100n
    if (type === 'split') {
      if (own > dec('1000000')) continue
      held[symbol] = own * BigInt(ratio[0]!)
      market[symbol]!.push(`${day} split ${ratio}`)
    } else if (type === 'sell' && sold > 0n) {
      story.push(`${day} sell ${plain(sold)} ${symbol} @ ${price} fee ${fee}`)
      held[symbol] = own - sold
    } else if (type === 'transfer_in') {
      const acquired = isNamed ? ' acquired 2019-12-30' : ''
      story.push(`${day} transfer_in ${shares} ${symbol}${acquired} cost ${amount}`)
      held[symbol] = own + dec(shares)
    } else if (type === 'spin_off' || type === 'exchange') {
      const into = symbol === 'AAA' ? 'BBB' : 'AAA'
      // nothing else of the day is of shares that move
      if (own === 0n || story.at(-1)?.startsWith(day)) continue
      const given = type === 'spin_off' ? dec(shares) : (own / 100n / 2n) * 100n
      if (given === 0n) continue
      const terms = type === 'spin_off' ? 'takes 0.3' : `ratio 1:2${isNamed ? ` cash ${fee}` : ''}`
      story.push(`${day} ${type} ${symbol} into ${into} shares ${plain(given)} ${terms}`)
      if (type === 'exchange') held[symbol] = 0n
      held[into] = held[into]! + given
      day = addDays(day, 1)
      for (const each of Object.values(market)) each.push(`${day} ${close}`)
    } else if (type === 'stock_dividend') {
      // fewer than any split gives, so that it is not taken for one
      const more = (own / 1_000n) * BigInt(1 + ((Number(amount) % 50) | 0))
      const rounded = (more / 100n) * 100n
      if (rounded === 0n) continue
      story.push(`${day} stock_dividend ${plain(rounded)} ${symbol}`)
      held[symbol] = own + rounded
    } else if (type === 'reinvested') {
      story.push(`${day} reinvested ${shares} ${symbol} @ ${price}`)
      held[symbol] = own + dec(shares)
    } else if (type === 'transfer_out') {
      if (sold === 0n) continue
      story.push(`${day} transfer_out ${plain(sold)} ${symbol}`)
      held[symbol] = own - sold
    } else if (type === 'buy' || type === 'sell') {
      story.push(`${day} buy ${shares} ${symbol} @ ${price} fee ${fee}`)
      held[symbol] = own + dec(shares)
    } else {
      const isAside = type === 'interest' || type === 'fee' || type === 'tax'
      const names = type === 'dividend' || type === 'return_of_capital' || (isAside && isNamed)
      story.push(`${day} ${type} ${names ? `${symbol} ` : ''}${amount}`)
    }
  }
  return {
    text: story.join('\n'),
    market: Object.fromEntries(Object.entries(market).map(([symbol, items]) => [symbol, items.join(', ')])),
  }
}

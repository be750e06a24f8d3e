import type { Big } from 'big.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gap, type Gap, type GapBy } from '../../src/metrics/gap.ts'
import type { GapPart } from '../../src/metrics/gap-part.ts'
import { trail } from '../../src/metrics/gap-trail.ts'
import { addDays, type Day, daysBetween } from '../../src/portfolio/day.ts'
import { decimal, type Money, sum, text } from '../../src/portfolio/decimal.ts'
import { type Ledger, positions } from '../../src/portfolio/ledger.ts'
import { withAutomaticDividends } from '../../src/portfolio/prepared-ledger.ts'
import { closes, ledger, measured } from '../notation.ts'
import { type History, everyKind, ledgerOf, seeded, withTransfers } from '../portfolio/random-ledger.ts'
import { dividendsDue, explained, isDismissed, type World } from './gap-oracle.ts'

const total = ({ parts, cashDrag, fees, interest, uncovered }: Gap) =>
  sum([...parts.map((part) => part.gap), cashDrag, fees, interest, uncovered])

/** GAP_CASES and GAP_SEED say how many random ledgers, and which; a failure prints its seed. */
const random = {
  numRuns: Number(process.env.GAP_CASES ?? seeded.numRuns),
  seed: Number(process.env.GAP_SEED ?? seeded.seed),
}

/** One calculation of many: 14 digits and a millionth are the benchmark's own. */
const near = (ours: Money | null, theirs: Big, scale = theirs) => {
  const difference = theirs.minus(text(ours)!).abs().toNumber()
  return difference <= 2e-6 + 1e-12 * scale.abs().toNumber()
}

const index = fc.record({
  close: fc.integer({ min: 2000, max: 20_000 }),
  paid: fc.constantFrom(0, 0, 0, 1, 5),
})

type Chance = {
  told: History
  levels: { close: number; paid: number }[]
  rates: number[]
  euros: string[]
  basis: 'fifo' | 'lifo'
  /** What part of each sale is withdrawn that day, in percent. */
  drawn: number
  /** The day after which the benchmark is worth a tenth. */
  crash: number
  later: number
  asOf: number
  from: number | null
  /** By session, what AAA and BBB pay, in percent of the close. */
  paying: number[]
  automatic: World['automatic']
}

const ofLines = (of: fc.Arbitrary<History>, least: number) =>
  of.filter(({ text: story }) => story.split('\n').filter(Boolean).length >= least)

/** A random history with a benchmark that pays, shares and benchmark in euros or not, moved so that it spans a new year. */
const worldOf = (of: fc.Arbitrary<History>): fc.Arbitrary<World> =>
  fc
    .record({
      told: fc.oneof(ofLines(of, 1), ofLines(of, 12)),
      levels: fc.array(index, { minLength: 50, maxLength: 50 }),
      rates: fc.array(fc.integer({ min: 80, max: 130 }), { minLength: 50, maxLength: 50 }),
      euros: fc.subarray(['AAA', 'BBB', 'IDX']),
      basis: fc.constantFrom('fifo', 'lifo'),
      drawn: fc.constantFrom(0, 100, 100),
      crash: fc.oneof(fc.constant(0), fc.nat(12)),
      later: fc.integer({ min: 0, max: 360 }),
      asOf: fc.integer({ min: 0, max: 100 }),
      from: fc.option(fc.integer({ min: -5, max: 90 }), { freq: 2 }),
      paying: fc.array(fc.constantFrom(0, 0, 0, 0, 1, 4), { minLength: 50, maxLength: 50 }),
      automatic: fc.option(
        fc.record({ withholding: fc.constantFrom('0', '0.15'), dismissed: fc.constantFrom(2, 4, 1000) }),
        { freq: 2 },
      ),
    })
    .map(told)

const world = worldOf(withTransfers)
/** With kinds that the other calculation does not know. */
const anyWorld = worldOf(everyKind)

function told(chance: Chance): World {
  const { told, levels, rates, euros, basis, drawn, crash, later, asOf, from, paying, automatic } = chance
  const moved = (words: string) => words.replace(/\d{4}-\d\d-\d\d/g, (day) => addDays(day, later))
  const story = withdrawn(moved(told.text), drawn)
  const shares = Object.fromEntries(
    Object.entries(told.market).map(([symbol, items]) => [symbol, moved(items)]),
  )
  const days = [...new Set([...shares.AAA!.matchAll(/(\d{4}-\d\d-\d\d) \d/g)].map(([, day]) => day!))]
  const level = (i: number) => Math.round(levels[i]!.close / (i > crash ? 10 : 1))
  const market: Record<string, string> = {
    ...shares,
    IDX: days
      .flatMap((day, i) => {
        const { paid } = levels[i]!
        const close = level(i)
        const before = i > 0 ? level(i - 1) : 0
        const dividend = Math.round((before * paid) / 100) / 100
        return [`${day} ${close / 100}`, ...(dividend > 0 ? [`${day} dividend ${dividend}`] : [])]
      })
      .join(', '),
    'EURUSD=X': days.map((day, i) => `${day} ${rates[i]! / 100}`).join(', '),
  }
  for (const symbol of ['AAA', 'BBB']) {
    let session = symbol === 'AAA' ? 0 : 25
    market[symbol] = market[symbol]!.replace(/(\d{4}-\d\d-\d\d) ([\d.]+)(?=,|$)/g, (item, day, close) => {
      const amount = Math.round(Number(close) * paying[session++ % paying.length]!) / 100
      return amount > 0 ? `${item}, ${day} dividend ${amount}` : item
    })
  }
  for (const symbol of euros) market[symbol] = `in EUR, ${market[symbol]}`
  const traded = story.split('\n')
  const first = traded[0]!.slice(0, 10)
  const end = days.at(-1)!
  const at = (percent: number, last: Day) =>
    addDays(first, Math.round((daysBetween(first, last) * percent) / 100))
  const until = at(asOf < 50 ? 100 : asOf, end)
  const since = from === null ? null : at(from, until)
  return { story, market, benchmark: 'IDX', basis, asOf: until, from: since, automatic }
}

/** More than the benchmark has, when the shares did better. */
function withdrawn(story: string, percent: number): string {
  return story
    .split('\n')
    .flatMap((line) => {
      const [day, type, shares, , , price] = line.split(' ')
      const amount = (Number(shares) * Number(price) * percent) / 100
      return type === 'sell' && amount >= 0.01 ? [line, `${day} withdrawal ${amount.toFixed(2)}`] : [line]
    })
    .join('\n')
}

function ledgerIn(told: World): Ledger {
  const { story, market, benchmark, basis, automatic } = told
  const own = ledgerOf({ text: story, market }, { benchmarks: [benchmark], costBasis: basis })
  if (automatic === null) return own
  const dismissed = dividendsDue(told).filter((_, i) => isDismissed(told, i))
  const names = new Set(dismissed.map(({ symbol, day }) => `${symbol}@${day}`))
  const withholding = decimal(automatic.withholding)!
  return withAutomaticDividends({
    ...own,
    dividendRule: { counting: 'automatic', withholding, dismissed: names },
  })
}

const explain = (of: World, by: GapBy = 'symbol'): Gap =>
  gap(ledgerIn(of), of.benchmark, { asOf: of.asOf, from: of.from, by })

const of = (parts: readonly GapPart[], symbol: string) => parts.filter((part) => part.symbol === symbol)

describe('another calculation of the gap, in big.js', () => {
  it('agrees on every line, symbol and lot', () => {
    const seen = {
      capped: 0,
      period: 0,
      foreign: 0,
      charged: 0,
      earned: 0,
      named: 0,
      moved: 0,
      shared: 0,
      derived: 0,
      dismissed: 0,
      booked: 0,
    }
    fc.assert(
      fc.property(world, (told) => {
        const theirs = explained(told)
        seen.capped += Number(theirs.uncovered.abs().gt(1))
        const due = dividendsDue(told)
        seen.derived += Number(told.automatic !== null && due.length > 0)
        seen.dismissed += Number(told.automatic !== null && due.some((_, i) => isDismissed(told, i)))
        const others = told.story.replace(/^.* dividend .*$/gm, '')
        const isBooked = dividendsDue({ ...told, story: others }).length > due.length
        seen.booked += Number(told.automatic !== null && isBooked)
        seen.period += Number(told.from !== null)
        seen.foreign += Number(/in EUR/.test(told.market.AAA!))
        seen.charged += Number(theirs.fees.abs().gt(0))
        seen.earned += Number(theirs.interest.gt(0))
        seen.moved += Number(/ transfer_in .*\n[^]* transfer_out /.test(told.story))
        seen.named += Number(/ (tax|interest) [A-Z]/.test(told.story))
        seen.shared += Number(Object.keys(theirs.lots).length > 4)
        const found = explain(told)
        const scale = theirs.value.plus(
          Object.values(theirs.symbols).reduce((all, { paid }) => all.plus(paid), theirs.value),
        )
        const agrees = (ours: Money | null, their: Big) => {
          if (!near(ours, their, scale)) throw new Error(`${text(ours)}, but theirs is ${their.toFixed()}`)
        }
        agrees(found.value, theirs.value)
        agrees(found.benchmarkValue, theirs.benchmarkValue)
        agrees(found.gap, theirs.gap)
        agrees(found.cashDrag, theirs.cashDrag)
        agrees(found.fees, theirs.fees)
        agrees(found.interest, theirs.interest)
        agrees(found.uncovered, theirs.uncovered)
        for (const part of found.parts) {
          const their = theirs.symbols[part.symbol]!
          for (const figure of ['gap', 'value', 'paid', 'received', 'dividends'] as const)
            agrees(part[figure], their[figure])
        }
        const lots = explain(told, 'lot').parts
        expect(lots).toHaveLength(Object.keys(theirs.lots).length)
        for (const part of lots) {
          const their = theirs.lots[`${part.symbol} ${part.lot ?? 'none'}`]!
          for (const figure of ['gap', 'value', 'paid', 'received', 'dividends'] as const)
            agrees(part[figure], their[figure])
        }
      }),
      random,
    )
    // what makes a gap hard is among them, each often
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(random.numRuns / 20)
  }, 600_000)
})

describe('laws of the gap', () => {
  it('the parts add up to it exactly, however they are divided, and it is that of the headline', () => {
    fc.assert(
      fc.property(anyWorld, (told) => {
        const own = ledgerIn(told)
        const { value, benchmarks } = measured(own, told.from, told.asOf)
        const found = explain(told)
        expect(text(found.gap)).toBe(benchmarks.IDX!.gap)
        expect(text(found.value)).toBe(value)
        expect(text(found.benchmarkValue)).toBe(benchmarks.IDX!.value)
        for (const by of ['symbol', 'lot', 'year'] as const) expect(total(explain(told, by))).toBe(found.gap)
        // with positions that are known already
        const folded = positions(own, told.asOf)
        expect(gap(own, 'IDX', { asOf: told.asOf, from: told.from, by: 'lot' }, folded)).toEqual(
          explain(told, 'lot'),
        )
      }),
      random,
    )
  }, 600_000)

  it('lots and years add up to their symbol exactly', () => {
    fc.assert(
      fc.property(anyWorld, (told) => {
        const { parts } = explain(told)
        const byLot = explain(told, 'lot').parts
        const byYear = explain(told, 'year').parts
        for (const whole of parts) {
          const lots = of(byLot, whole.symbol)
          for (const figure of ['gap', 'value', 'paid', 'received', 'dividends'] as const) {
            expect(sum(lots.map((lot) => lot[figure]))).toBe(whole[figure])
          }
          const years = of(byYear, whole.symbol)
          expect(sum(years.map((year) => year.gap))).toBe(whole.gap)
          expect(years.at(-1)!.value).toBe(whole.value)
          expect(sum(years.map((year) => year.dividends))).toBe(whole.dividends)
        }
      }),
      random,
    )
  }, 600_000)

  it('the years up to one add up to the gap as of its end', () => {
    fc.assert(
      fc.property(anyWorld, (told) => {
        const byYear = explain(told, 'year').parts
        for (const { symbol, until } of byYear) {
          const then = of(explain({ ...told, asOf: until! }).parts, symbol)[0]!.gap
          const chained = sum(
            of(byYear, symbol)
              .filter((part) => part.until! <= until!)
              .map((part) => part.gap),
          )
          const apart = Math.abs(Number(then! - chained!)) / 1e10
          expect(apart).toBeLessThan(1e-5 + 1e-12 * Math.abs(Number(then) / 1e10))
        }
      }),
      random,
    )
  }, 600_000)

  it('every trail adds up to its figure', () => {
    fc.assert(
      fc.property(anyWorld, fc.constantFrom<GapBy>('symbol', 'lot', 'year'), (told, by) => {
        const own = ledgerIn(told)
        const found = explain(told, by)
        for (const part of [...found.parts, 'cashDrag', 'fees', 'interest', 'uncovered'] as const) {
          const made = trail(own, found, part)
          const carried = sum(made.flows.map((flow) => flow.carried))
          expect(made.value! + carried!).toBe(made.gap)
          // each for itself: what its flow would be at the end
          for (const { kind, amount, index: then, carried: grown } of made.flows) {
            const factor = made.index! / then! - (kind === 'before' ? 1 : 0)
            const expected = (Number(amount) / 1e10) * factor
            expect(Math.abs(Number(grown) / 1e10 - expected)).toBeLessThan(
              1e-5 + 1e-9 * Math.abs(Number(amount) / 1e10),
            )
          }
        }
      }),
      random,
    )
  }, 600_000)

  it('does not change through transactions after its day', () => {
    fc.assert(
      fc.property(anyWorld, (each) => {
        // a dividend that is recorded later stands for a derived one before it
        const told = { ...each, automatic: null }
        const lines = told.story.split('\n').filter((line) => line.slice(0, 10) <= told.asOf)
        const { parts, gap: whole } = explain({ ...told, story: lines.join('\n') })
        expect(explain(told)).toMatchObject({ gap: whole, parts })
      }),
      random,
    )
  }, 600_000)
})

describe('a symbol against itself', () => {
  const session = fc.record({
    close: fc.integer({ min: 5000, max: 20_000 }),
    /** In percent of the close before. */
    pays: fc.constantFrom(0, 0, 0, 1, 3),
    trades: fc.constantFrom('nothing', 'nothing', 'buy', 'sell', 'transfer_in', 'transfer_out'),
    shares: fc.integer({ min: 1, max: 500 }),
  })

  it('is 0 within each dividend × the move of its ex-day', () => {
    fc.assert(
      fc.property(fc.array(session, { minLength: 2, maxLength: 40 }), (sessions) => {
        const story = ['2024-01-01 deposit 1']
        const market: string[] = []
        const expected: { amount: number; move: number; close: number; at: number }[] = []
        let held = 0
        sessions.forEach(({ close, pays, trades, shares }, i) => {
          const day = addDays('2024-01-01', i)
          const price = close / 100
          const before = i > 0 ? sessions[i - 1]!.close / 100 : 0
          const each = Math.round(before * pays) / 100
          market.push(`${day} ${price}`)
          if (each > 0) {
            market.push(`${day} dividend ${each}`)
            if (held > 0) {
              const amount = Math.round(held * each * 100) / 100
              story.push(`${day} dividend X ${amount}`)
              expected.push({ amount, move: price / (before - each) - 1, close: price, at: i })
            }
          }
          // what is transferred is worth the close, whatever it had cost
          if (trades === 'transfer_in') {
            story.push(`${day} transfer_in ${shares} X cost ${pays}`)
            held += shares
          } else if (trades === 'transfer_out' && held > 0) {
            const moved = Math.min(held, shares)
            story.push(`${day} transfer_out ${moved} X`)
            held -= moved
          } else if (trades === 'buy') {
            story.push(`${day} buy ${shares} X @ ${price}`)
            held += shares
          } else if (trades === 'sell' && held > 0) {
            const sold = Math.min(held, shares)
            story.push(`${day} sell ${sold} X @ ${price}`)
            held -= sold
          }
        })
        const own = ledger(story.join('\n'), { markets: closes({ X: market.join(', ') }), benchmarks: ['X'] })
        const [part] = gap(own, 'X', { asOf: addDays('2024-01-01', sessions.length - 1) }).parts
        if (!part) return
        // what is paid in cash has missed the ex-day's move, and then went as X did, dividends and all
        const missed = expected.reduce((all, { amount, move, close, at }) => {
          let grown = sessions.at(-1)!.close / 100 / close
          for (let i = at + 1; i < sessions.length; i++) {
            const before = sessions[i - 1]!.close / 100
            grown *= before / (before - Math.round(before * sessions[i]!.pays) / 100)
          }
          return all - amount * move * grown
        }, 0)
        expect(Math.abs(Number(part.gap) / 1e10 - missed)).toBeLessThan(1e-5)
      }),
      random,
    )
  })
})

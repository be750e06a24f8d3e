import { Big } from 'big.js'
import { addDays, type Day, weekday } from '../../src/portfolio/day.ts'
import type { CostBasis } from '../../src/portfolio/lot.ts'

/** A ledger, its market and what is asked of it, all in the notation of the tests (test/notation.ts). */
export type Case = {
  story: string[]
  market: Record<string, string[]>
  delisted: Record<string, Day>
  baseCurrency: string
  costBasis: CostBasis
  benchmarks: string[]
  asOf: Day
  /** The day at whose close the period begins; null for the whole history. */
  from: Day | null
}

/**
 * What `finance.md` defines and the engine follows; a case with a feature that is off here is not made. Switch one on with
 * the change that builds it.
 */
export const follows = {
  /** Closes and rates are carried on however old, so that there may be gaps of more than a week. */
  carriedOn: true,
  /** Before its first close a share is worth what its latest trade paid. */
  pricePaid: true,
  /** Today's change is that since the close before the latest session, dividends and fees in it. */
  changeSinceSession: true,
}

/** A generator of numbers from 0 to 1 by Tommy Ettinger (mulberry32): the same ones for the same seed. */
export function chances(seed: number) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  /** Both included. */
  const int = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  return {
    int,
    maybe: (probability: number) => next() < probability,
    pick: <T>(...some: readonly T[]): T => some[int(0, some.length - 1)]!,
    shuffled: <T>(some: readonly T[]): T[] =>
      some
        .map((each) => ({ each, key: next() }))
        .toSorted((a, b) => a.key - b.key)
        .map(({ each }) => each),
    /** A decimal of so many places, evenly spread over its orders of magnitude. */
    decimal: (least: number, most: number, places: number) =>
      `${Number((least * (most / least) ** next()).toFixed(places))}`,
  }
}

type Chances = ReturnType<typeof chances>

const symbols = ['AAA', 'BBB', 'CCC']
const ratios = ['2:1', '3:1', '20:1', '3:2', '1:10']

/** The same case for the same seed. Whatever it sells is there to be sold. */
export function randomCase(seed: number): Case {
  const chance = chances(seed)
  const { int, maybe, pick } = chance
  const start = addDays('2015-01-01', int(0, 2500))
  const span = maybe(0.5) ? int(3, 40) : maybe(0.4) ? int(41, 200) : int(366, 600)
  const baseCurrency = pick('USD', 'USD', 'EUR')
  const currencies = ['USD', 'EUR', 'GBP'].filter((currency) => currency !== baseCurrency)
  const market: Case['market'] = {}
  const delisted: Case['delisted'] = {}
  for (const symbol of [...symbols, 'IDX']) {
    const currency = maybe(0.4) ? pick(...currencies) : baseCurrency
    const isGone = symbol === 'CCC' && maybe(0.3)
    const end = isGone ? int(0, span) : span
    const first = follows.pricePaid && /BBB|CCC/.test(symbol) && maybe(0.3) ? int(-10, span) : -10
    market[symbol] = [`in ${currency}`, ...listed(chance, start, first, end)]
    if (isGone) delisted[symbol] = addDays(start, end + 1)
  }
  for (const currency of currencies) {
    const places = { closes: [0.5, 2], places: 4 } as const
    market[`${currency}${baseCurrency}=X`] = [
      `in ${baseCurrency}`,
      ...closesOf(chance, start, -10, span, places),
    ]
  }
  const story = tell(chance, start, span, market, [...currencies, baseCurrency])
  const first = story.map((line) => line.slice(0, 10)).toSorted()[0]!
  const until = maybe(0.6) ? addDays(start, span) : addDays(start, int(0, span))
  const asOf = until < first ? first : until
  const from = addDays(start, int(-5, span))
  return {
    story: maybe(0.3) ? chance.shuffled(story) : story,
    market,
    delisted,
    baseCurrency,
    costBasis: pick('fifo', 'lifo', 'hifo', 'average'),
    benchmarks: pick(['IDX'], ['IDX', 'AAA']),
    asOf,
    from: maybe(0.5) || from > asOf ? null : from,
  }
}

/** Closes with weekends, holidays and halts between them, splits and dividends on any day. */
function listed(chance: Chances, start: Day, first: number, end: number): string[] {
  const { int, maybe, pick, decimal } = chance
  const scale = pick([5, 500], [5, 500], [0.0002, 0.05], [20_000, 400_000])
  const closes = closesOf(chance, start, first, end, { closes: scale, places: pick(2, 4, 6) })
  const any = () => addDays(start, int(first, Math.max(first, end)))
  const splits = Array.from({ length: pick(0, 0, 1, 2) }, () => `${any()} split ${pick(...ratios)}`)
  const paid = Array.from({ length: int(0, Math.ceil((end - first) / 60)) }, () => {
    const amount = decimal(scale[0]! / 1000, scale[1]! / 10, pick(2, 4))
    return amount === '0' || maybe(0.1) ? [] : [`${any()} dividend ${amount}`]
  })
  const daysOf = new Set<string>()
  // one of a kind on a day
  return [...closes, ...splits, ...paid.flat()]
    .filter((item) => {
      const key = item.split(' ').slice(0, 2).join(' ')
      const isNew = !/[a-z]/.test(key) || !daysOf.has(key)
      daysOf.add(key)
      return isNew
    })
    .toSorted((a, b) => (a.slice(0, 10) < b.slice(0, 10) ? -1 : a.slice(0, 10) > b.slice(0, 10) ? 1 : 0))
}

function closesOf(
  { int, maybe, decimal }: Chances,
  start: Day,
  first: number,
  end: number,
  about: { closes: readonly number[]; places: number },
): string[] {
  const isCoin = maybe(0.2)
  const density = maybe(0.5) ? 0.9 : 0.35
  const items: string[] = []
  let last = -Infinity
  let halted = -1
  for (let offset = first; offset <= Math.max(first, end); offset++) {
    const day = addDays(start, offset)
    const isDue = !follows.carriedOn && offset - last >= 7
    if (follows.carriedOn && maybe(0.02)) halted = offset + int(8, 40)
    const isOpen = isCoin || weekday(day) % 6 !== 0
    if (!isDue && items.length > 0 && (offset <= halted || !isOpen || !maybe(density))) continue
    last = offset
    const [least, most] = about.closes as [number, number]
    items.push(`${day} ${decimal(least, most, Math.max(about.places, least < 0.01 ? 6 : 0))}`)
  }
  return items
}

const zero = new Big(0)

/** What happens, day after day; holds what there is to sell, in today's share units. */
function tell(
  chance: Chances,
  start: Day,
  span: number,
  market: Case['market'],
  currencies: readonly string[],
): string[] {
  const { int, maybe, pick, decimal } = chance
  const held: Record<string, Big> = {}
  const bought: string[] = []
  const story: string[] = []
  const days = Array.from({ length: int(1, 25) }, () => int(0, span)).toSorted((a, b) => a - b)
  for (const offset of new Set(days)) {
    const day = addDays(start, offset)
    const own: string[] = []
    for (const symbol of symbols) {
      if (maybe(0.03) && (held[symbol] ?? zero).gt(0)) {
        own.push(`${day} split ${symbol} 7:3`)
        held[symbol] = held[symbol]!.times(7).div(3).round(10, 2)
      } else if (maybe(0.1)) {
        // what the source says too, as late or early as a broker books it
        const known = itemsOf(market[symbol]!, 'split').find(([at]) => within(at, day, 10))
        if (known) own.push(`${day} split ${symbol} ${known[1]}`)
      }
    }
    // what makes shares another symbol's has a day of its own
    const [old, ...others] = chance.shuffled(symbols)
    const [held_, into] = [held[old!] ?? zero, others[0]!]
    if (own.length === 0 && held_.gt('0.01') && maybe(0.1)) {
      const isSpunOff = maybe(0.4)
      const given = decimal(0.5, 900, pick(0, 2))
      const ratio = pick('1:1', '3:2', '1:4', '5:7')
      const [numerator, denominator] = ratio.split(':') as [string, string]
      const due = held_
        .div(factorAfter(market[old!]!, day)(1))
        .round(10, 2)
        .times(numerator)
        .div(denominator)
        .round(10, 2)
      // more cash than they had cost would leave what nobody quotes without any worth
      const isQuoted = market[into]!.some((item) => !/[a-z]/.test(item) && item.slice(0, 10) <= day)
      const cash = isQuoted && maybe(0.5) ? ` cash ${decimal(0.05, 900, 2)}` : ''
      // in lieu of what is left of a share
      const whole = due.round(0, 0)
      const told = cash && maybe(0.5) && whole.gt(0) ? ` shares ${whole.toFixed()}` : ''
      if (Number(given) === 0) continue
      story.push(
        isSpunOff
          ? `${day} spin_off ${old!} into ${into} shares ${given} takes ${decimal(0.01, 0.9, 2)}`
          : `${day} exchange ${old!} into ${into} ratio ${ratio}${told}${cash}`,
      )
      if (!isSpunOff) held[old!] = zero
      // a little less: what each lot gets is rounded
      const arrived = new Big(isSpunOff ? given : told ? whole : due)
      held[into] = (held[into] ?? zero).plus(
        factorAfter(market[into]!, day)(arrived.toFixed()).times('0.97').round(10, 0),
      )
      continue
    }
    for (let action = int(1, 5); action > 0; action--) {
      const symbol = pick(...symbols)
      const factor = factorAfter(market[symbol]!, day)
      const other = maybe(0.1) ? ` in ${pick(...currencies)}` : ''
      const kind = pick(
        'buy',
        'buy',
        'buy',
        'sell',
        'sell',
        'sell',
        'dividend',
        'deposit',
        'withdrawal',
        'fee',
        'interest',
        'tax',
        'transfer_in',
        'transfer_out',
        'reinvested',
        'return_of_capital',
        'stock_dividend',
      )
      if (kind === 'buy' || kind === 'reinvested') {
        const shares = decimal(0.01, 5000, pick(0, 2, 8))
        const price = decimal(0.05, 900, pick(2, 4))
        if (Number(shares) === 0) continue
        const fee = kind === 'buy' ? ` fee ${decimal(0.01, 9, 2)}` : ''
        own.push(`${day} ${kind} ${shares} ${symbol} @ ${price}${fee}${other}`)
        bought.push(`${symbol} ${day}`)
        held[symbol] = (held[symbol] ?? zero).plus(factor(shares).round(10, 2))
      } else if (kind === 'sell') {
        const left = held[symbol] ?? zero
        const part = maybe(0.4) ? left : left.times(int(1, 99)).div(100)
        const shares = part.div(factor(1)).round(8, 0)
        if (!shares.gt('0.000001')) continue
        const price = decimal(0.05, 900, pick(2, 4))
        const lots = bought.filter((lot) => lot.startsWith(symbol)).map((lot) => lot.split(' ')[1]!)
        const named =
          lots.length > 0 && maybe(0.3)
            ? ` lots ${pick(...lots)}${maybe(0.5) ? '' : `:${shares.div(2).round(8, 0).toFixed()}`}`
            : ''
        own.push(
          `${day} sell ${shares.toFixed()} ${symbol} @ ${price} fee ${decimal(0.01, 9, 2)}${named}${other}`,
        )
        const rest = left.minus(factor(shares.toFixed()).round(10, 2))
        // less than the least there is of a share is sold with the rest
        held[symbol] = rest.lt('0.00000001') ? zero : rest
      } else if (kind === 'transfer_in') {
        const shares = decimal(0.01, 5000, pick(0, 2, 8))
        if (Number(shares) === 0) continue
        // without its cost it needs a price
        const hasPrice = market[symbol]!.some((item) => !/[a-z]/.test(item) && item.slice(0, 10) <= day)
        const terms = !hasPrice || maybe(0.5) ? ` cost ${decimal(0.5, 9000, 2)}` : ''
        const acquired = maybe(0.5) ? ` acquired ${addDays(start, int(-9, offset))}` : ''
        own.push(`${day} transfer_in ${shares} ${symbol}${acquired}${terms}${terms ? other : ''}`)
        held[symbol] = (held[symbol] ?? zero).plus(factor(shares).round(10, 2))
      } else if (kind === 'transfer_out') {
        const left = held[symbol] ?? zero
        const shares = (maybe(0.3) ? left : left.times(int(1, 99)).div(100)).div(factor(1)).round(8, 0)
        if (!shares.gt('0.000001')) continue
        own.push(`${day} transfer_out ${shares.toFixed()} ${symbol}`)
        const rest = left.minus(factor(shares.toFixed()).round(10, 2))
        held[symbol] = rest.lt('0.00000001') ? zero : rest
      } else if (kind === 'return_of_capital') {
        if (market[symbol]!.length > 1)
          own.push(`${day} return_of_capital ${symbol} ${decimal(0.01, 5000, 2)}${other}`)
      } else if (kind === 'stock_dividend') {
        const left = held[symbol] ?? zero
        // fewer than any split gives, so that it is not taken for one
        const shares = left.times(int(3, 9)).div(100).div(factor(1)).round(8, 0)
        if (!shares.gt('0.001') || own.length > 0) continue
        own.push(`${day} stock_dividend ${shares.toFixed()} ${symbol}`)
        held[symbol] = left.plus(factor(shares.toFixed()).round(10, 2))
      } else if (kind === 'dividend') {
        const known = itemsOf(market[symbol]!, 'dividend').some(([at]) => within(at, day, 60))
        if (known || maybe(0.2)) own.push(`${day} dividend ${symbol} ${decimal(0.01, 500, 2)}${other}`)
      } else {
        const isAside = kind === 'fee' || kind === 'interest' || kind === 'tax'
        const named = isAside && maybe(0.5) ? `${symbol} ` : ''
        own.push(`${day} ${kind} ${named}${decimal(0.01, isAside ? 20 : 20_000, 2)}${other}`)
      }
    }
    story.push(...chance.shuffled(own))
  }
  return story.length > 0 ? story : [`${start} deposit 100`]
}

function itemsOf(items: readonly string[], kind: string): [Day, string][] {
  return items
    .map((item) => item.split(' '))
    .filter((words) => words[1] === kind)
    .map(([day, , what]) => [day!, what!])
}

function within(a: Day, b: Day, days: number): boolean {
  return Math.abs(Date.parse(a) - Date.parse(b)) <= days * 86_400_000
}

/** Converts shares of a day to today's units. */
function factorAfter(items: readonly string[], day: Day): (shares: string | number) => Big {
  const later = itemsOf(items, 'split').filter(([at]) => at > day)
  return (shares) =>
    later.reduce((all, [, ratio]) => {
      const [numerator, denominator] = ratio.split(':') as [string, string]
      return all.times(numerator).div(denominator)
    }, new Big(shares))
}

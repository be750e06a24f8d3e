import { addDays, addYears, type Day, dayNumber } from './day.ts'
import { type Decimal, divide, fromNumber, over, type Shares } from './decimal.ts'
import { nameOf } from './dividend-proposal.ts'
import type { Dividend } from './instrument.ts'
import { trading } from './kind.ts'
import { type Ledger, recordedSplits } from './ledger.ts'
import { type OwnRows, rowsBySymbol, splitsOf } from './own-rows.ts'
import { sharesAfter } from './position.ts'
import { recordedBetween } from './split.ts'

/** What was paid for a share on an ex-date, in today's units. */
export type PaidDividend = {
  exDay: Day
  perShare: Decimal
  currency: string
  /** True for what an owner recorded: what is withheld has been taken off already. */
  isNet: boolean
}

/** So many days may lie between an ex-date and the day a year after the one of its season. */
export const SEASON = 30

/** So many days before the last two years is looked for what a dividend of these repeats. */
const EARLIER = 3 * SEASON

/**
 * Returns what a symbol paid in about two years up to a day, oldest first: what the source lists, without what the
 * owner has dismissed; where it lists nothing, what was recorded (finance.md, "Income ahead").
 */
export function dividendsPaid(ledger: Ledger, symbol: string, asOf: Day): PaidDividend[] {
  const market = ledger.markets.get(symbol)
  const since = addDays(addYears(asOf, -2), -EARLIER)
  const listed = (market?.dividends ?? []).filter(({ day }) => day > since && day <= asOf)
  const paid =
    listed.length === 0 ? recordedOf(ledger, symbol, { since, asOf }) : listedOf(ledger, symbol, listed)
  const splits = recordedSplits(ledger).filter((each) => each.symbol === symbol)
  // what was paid before a split of which only the ledger knows was for the old shares
  return splits.length === 0
    ? paid
    : paid.map((each) => {
        const before = addDays(each.exDay, -1)
        const { numerator, denominator } = recordedBetween(splits, splitsOf(market), before, asOf)
        return { ...each, perShare: divide(each.perShare * denominator, numerator) }
      })
}

function listedOf(ledger: Ledger, symbol: string, listed: readonly Dividend[]): PaidDividend[] {
  const dismissed = ledger.dividendRule?.dismissed
  const traded = ledger.markets.get(symbol)?.instrument?.currency ?? ledger.baseCurrency
  return listed
    .filter(({ day: exDay }) => !dismissed?.has(nameOf({ symbol, exDay })))
    .map(({ day: exDay, amount, currency = traded }) => ({
      exDay,
      perShare: fromNumber(amount),
      currency,
      isNet: false,
    }))
    .toSorted((a, b) => (a.exDay < b.exDay ? -1 : 1))
}

/** What was received ÷ the shares held at the close before, day by day. */
function recordedOf(
  ledger: Ledger,
  symbol: string,
  { since, asOf }: { since: Day; asOf: Day },
): PaidDividend[] {
  const own = rowsBySymbol(ledger.transactions).get(symbol) ?? []
  const paid: PaidDividend[] = []
  for (const { type, date: exDay, amount, fee, recorded, derived, unconverted } of own) {
    if (type !== 'dividend' || derived || exDay <= since || exDay > asOf) continue
    if (unconverted !== undefined && !recorded) continue
    const shares = sharesBefore(ledger, symbol, own, exDay)
    if (shares === 0n) continue
    const { currency = ledger.baseCurrency, ...received } = recorded ?? { amount, fee }
    paid.push({ exDay, perShare: over(received.amount - received.fee, shares), currency, isNet: true })
  }
  return paid
}

function sharesBefore(ledger: Ledger, symbol: string, own: OwnRows, day: Day): Shares {
  const splits = splitsOf(ledger.markets.get(symbol))
  return own
    .filter(({ type, date }) => trading.has(type) && date < day)
    .reduce<Shares>((shares, trade) => sharesAfter(shares, trade, splits), 0n)
}

/**
 * Returns the dividends of about the last year up to a day that no later one has repeated: one for each season, however
 * the ex-dates move. Takes those of one symbol, oldest first.
 */
export function lastYearsPattern(paid: readonly PaidDividend[], asOf: Day): PaidDividend[] {
  const known = paid.filter(({ exDay }) => exDay <= asOf)
  const repeated = repeatedAmong(known)
  const since = addDays(asOf, -SEASON)
  return known.filter((each) => !repeated.has(each) && addYears(each.exDay, 1) > since)
}

function repeatedAmong(paid: readonly PaidDividend[]): Set<PaidDividend | null> {
  return new Set(ofTheYearBefore(paid))
}

/** For each, the one of its season a year before; null where there was none. */
export function ofTheYearBefore(paid: readonly PaidDividend[]): (PaidDividend | null)[] {
  const days = paid.map(({ exDay }) => dayNumber(exDay))
  return paid.map(({ exDay }) => {
    const then = dayNumber(addYears(exDay, -1))
    let nearest: PaidDividend | null = null
    let least = SEASON + 1
    for (let i = 0; i < days.length; i++) {
      const distance = Math.abs(then - days[i]!)
      if (distance >= least) continue
      nearest = paid[i]!
      least = distance
    }
    return nearest
  })
}

import { type Day, dayAt } from '../../portfolio/day.ts'
import { fromNumber, text } from '../../portfolio/decimal.ts'
import type {
  Bar,
  QuarantinedQuote,
  History,
  Instrument,
  StoredSymbol,
  Quote,
} from '../../portfolio/instrument.ts'
import { HOUR } from '../../portfolio/time.ts'
import { hoursOf, previousSession } from '../hours/trading-hours.ts'
import type { Quoted } from '../source.ts'
import { acceptedBars } from './accepted-bars.ts'
import { inverse } from './dismissed-split.ts'
import { isBySplits, isExplained, isNear, jumped, looksLikePence } from './price-jump.ts'
import { newSplits, RESTATED, withdrawnSplits } from './rebased-history.ts'
import { historyTakenOver, takenOver } from './takeover.ts'

/**
 * `ok`: the price is stored, and an earlier quarantine is lifted. `older`: the price traded a little before the
 * stored one, which happens because the source's machines differ; only the time of the request is stored.
 * `quarantined`: the price is held for review instead of stored.
 */
export type Verdict = { status: 'ok' } | { status: 'older' } | Quarantined
export type Quarantined = {
  status: 'quarantined'
  held: QuarantinedQuote
  /** The symbol's history may show a split that explains this price. */
  mayBeSplit: boolean
}

/** Single bars of a history may be left out (`left`, each with its reason). Its quote has a verdict of its own. */
type HistoryVerdict =
  | { status: 'ok'; history: History; left: { bar: Bar; reason: string }[]; quote: Verdict }
  | Quarantined

/** A repeated jump confirms the first when the two prices differ by no more than this factor. */
const AGAIN = 2
/** When two answers differ by more than this factor, a split of three for two may be the reason. */
const LEAP = 1.4

/**
 * Decides whether a price is accepted at an instant in milliseconds. It is not when it is no valid price, changes the
 * currency, is older than the stored one or lies in the future, or differs by more than a factor of five with no
 * split to explain it.
 *
 * A real jump is accepted as soon as one of these confirms it: a split, which may be reported later; the last stored
 * bar, which has passed `historyVerdict`; or the source itself, when it repeats the price on a later day. A price
 * that looks like pence for pounds is not accepted for being repeated, because sources repeat that mistake for days.
 */
export function quoteVerdict(known: StoredSymbol, quoted: Quoted, now: number): Verdict {
  const { instrument, quote } = quoted
  const today = dayAt(quote.at, instrument.timeZone)
  const price = Number(quote.price)
  const held = (reason: string, mayBeSplit = false) =>
    quarantined(known.held, { ...quote, reason, since: today }, mayBeSplit)
  if (!isPrice(price)) return held('it is not a valid price')
  if (quote.at > now + HOUR) return held('its time is in the future')
  const other = takenOver(known, quoted)
  if (other !== null) return ofOtherCompany(held(other))
  const currency = known.instrument?.currency ?? quote.currency
  if (quote.currency !== currency) return held(`its currency changed from ${currency} to ${quote.currency}`)

  const before = known.quote
  // a stored time that was wrong must not keep out every later price
  if (before && before.at <= now + HOUR && quote.at < before.at) {
    return quote.at < before.at - HOUR ? held('it is older than the price we have') : { status: 'older' }
  }
  const references = [
    ...(before ? [{ day: dayAt(before.at, instrument.timeZone), close: Number(before.price) }] : []),
    ...(known.lastBar ? [known.lastBar] : []),
  ]
  const latest = { day: today, close: price }
  const [reference] = references
  const isAgain = isRepeated(known.held, quote, today)
  const restated = isAgain ? null : restatedClose(known, { instrument, quote }, today)
  if (restated) return held(restated, true)
  if (!reference || references.some((bar) => isExplained(bar, latest, known.splits))) return { status: 'ok' }
  if (isAgain && !looksLikePence(reference.close, price, currency)) return { status: 'ok' }
  return held(jumped(reference, currency), true)
}

/**
 * Explains a price by a split. A split shows first in the previous close, which the source converts to new units
 * overnight. Until the history with the split arrives, a price in new units would be multiplied by the old number of
 * shares. Null when nothing points to a split.
 */
function restatedClose(known: StoredSymbol, { instrument, quote }: Quoted, today: Day): string | null {
  const { lastBar } = known
  if (lastBar === null || quote.previousClose === null || !isSplitAtTimes.has(instrument.kind)) return null
  const isSame = isNear(lastBar.close, Number(quote.previousClose), RESTATED)
  if (isSame || previousSession(today, hoursOf(instrument)) !== lastBar.day) return null
  return `the close of ${lastBar.day} is now given as ${quote.previousClose} ${quote.currency}, but was ${lastBar.close}`
}

/**
 * True for an accepted price that differs so much from the one before that a split may be the reason; the history
 * will tell.
 */
export function isLeap({ quote: before }: StoredSymbol, { instrument, quote }: Quoted): boolean {
  if (before === null || !isSplitAtTimes.has(instrument.kind)) return false
  return !isNear(Number(before.price), Number(quote.price), LEAP)
}

const isSplitAtTimes = new Set<Instrument['kind']>(['equity', 'etf', 'fund'])

/**
 * Decides whether a history that was requested from a day on is accepted. One in another currency, or with other
 * prices for stored days, is accepted only when it is repeated on a later day; one in another currency must also
 * replace everything that is stored. Single bars are left out: those that jump and come back within a week, those
 * that leap and come back at the next session, and a last bar that jumps, until the next session confirms it.
 */
export function historyVerdict(
  known: StoredSymbol,
  history: History,
  from: Day,
  now: number,
): HistoryVerdict {
  const { instrument, quote } = history
  const { currency } = instrument
  const today = dayAt(Math.min(quote.at, now), instrument.timeZone)
  const isAgain = isRepeated(known.held, quote, today)
  const held = (reason: string) => quarantined(known.held, { ...quote, reason, since: today })

  const other = historyTakenOver(known, history, from)
  if (other !== null) return ofOtherCompany(held(other))
  const stored = known.instrument?.currency ?? currency
  const isWhole = known.fromDay === null || from <= known.fromDay
  if (stored !== currency && !(isAgain && isWhole)) {
    return held(`its currency changed from ${stored} to ${currency}`)
  }
  const comparable = stored === currency ? known : { ...known, instrument: null, quote: null, lastBar: null }
  const withdrawn = withdrawnSplits(known, history, from)
  const reported = new Set([...history.splits, ...withdrawn].map(({ day }) => day))
  const splits = [...known.splits.filter(({ day }) => !reported.has(day)), ...history.splits]
  const news = [...newSplits(known, history), ...withdrawn.map(inverse)]
  const { lastBar } = comparable
  const same = lastBar && history.bars.find(({ day }) => day === lastBar.day)
  if (lastBar && same && !isBySplits(lastBar, same, news)) {
    const isPence = looksLikePence(lastBar.close, same.close, currency)
    if (!isAgain || isPence) return held(jumped(lastBar, currency))
  }

  const earlier = lastBar && lastBar.day < (history.bars[0]?.day ?? '') ? lastBar : null
  const { kept, left } = acceptedBars(history.bars, earlier, splits, currency)
  const latest = kept.at(-1) ?? lastBar
  return {
    status: 'ok',
    history: { ...history, bars: kept, quote: afterKept(quote, kept, left, instrument) },
    left,
    quote: quoteVerdict({ ...comparable, splits, lastBar: latest }, { instrument, quote }, now),
  }
}

/**
 * Returns the quote with the last accepted close as its previous close, when the source gives one that is left out.
 */
function afterKept(
  quote: Quote,
  kept: readonly Bar[],
  left: readonly { bar: Bar }[],
  { timeZone }: Instrument,
): Quote {
  const today = dayAt(quote.at, timeZone)
  const before = kept.findLast(({ day }) => day < today)
  const isLeft = left.some(({ bar }) => bar.day < today && bar.day > (before?.day ?? ''))
  return isLeft ? { ...quote, previousClose: before ? text(fromNumber(before.close)) : null } : quote
}

/** A quarantine for a reason found elsewhere, which the owner or another source has to settle. */
export function heldFor(known: StoredSymbol, { instrument, quote }: Quoted, reason: string): Quarantined {
  return quarantined(known.held, { ...quote, reason, since: dayAt(quote.at, instrument.timeZone) })
}

/** True when the source gave this price on an earlier day already. */
function isRepeated(held: QuarantinedQuote | null, quote: Quote, today: Day): boolean {
  return held !== null && held.since < today && isSameAgain(held, quote)
}

function isSameAgain(held: QuarantinedQuote, { price, currency }: Quote): boolean {
  return held.currency === currency && isNear(Number(held.price), Number(price), AGAIN)
}

/** Keeps the day of the first doubt while the source repeats the price. */
function quarantined(
  before: QuarantinedQuote | null,
  found: Quote & { reason: string; since: Day },
  mayBeSplit = false,
): Quarantined {
  const { price, currency, at, reason, since } = found
  const first = before !== null && before.since < since && isSameAgain(before, found) ? before.since : since
  return { status: 'quarantined', held: { price, currency, at, reason, since: first }, mayBeSplit }
}

function ofOtherCompany({ held, ...verdict }: Quarantined): Quarantined {
  return { ...verdict, held: { ...held, isOtherCompany: true } }
}

function isPrice(price: number): boolean {
  return price > 0 && Number.isFinite(price)
}

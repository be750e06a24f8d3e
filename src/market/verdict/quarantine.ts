import { type Day, dayAt } from '../../portfolio/day.ts'
import { fromNumber, text } from '../../portfolio/decimal.ts'
import type {
  Bar,
  QuarantinedQuote,
  History,
  Instrument,
  StoredSymbol,
  Quote,
  Split,
} from '../../portfolio/instrument.ts'
import { HOUR } from '../../portfolio/time.ts'
import { hoursOf, previousSession } from '../hours/trading-hours.ts'
import type { Quoted } from '../source.ts'
import { isBriefLeap } from './brief-leap.ts'
import { inverse } from './dismissed-split.ts'
import { historyTakenOver, takenOver } from './takeover.ts'

/**
 * `ok` is stored, and what was held is forgotten. `older` traded a little before the stored one, as two machines of
 * the source may differ: nothing is new but that it was asked. `quarantined` is held instead of stored.
 */
export type Verdict = { status: 'ok' } | { status: 'older' } | Quarantined
type Quarantined = {
  status: 'quarantined'
  held: QuarantinedQuote
  /** Its history may know of a split that explains it. */
  mayBeSplit: boolean
}

/** Of a history single bars may be held back (`left`, each with its reason); its quote has a verdict of its own. */
type HistoryVerdict =
  | { status: 'ok'; history: History; left: { bar: Bar; reason: string }[]; quote: Verdict }
  | Quarantined

/** Prices this far apart, either way, are not believed at once. */
const JUMP = 5
/** A jump is said again when it is no further than this from what was said before. */
const AGAIN = 2
/** A level that is left again after so many bars was a mistake of the source; one that stays longer is the price. */
const GLITCH = 5
/** A close that is told this far from what is stored of the same day has been brought to other share units. */
const RESTATED = 1.1
/** Prices of two answers so far apart may be a split of three for two. */
const LEAP = 1.4

/**
 * Is this price to be believed, at an instant in milliseconds? Not when it is no price, changes the currency, goes
 * back in time or lies in the future, or is more than five times off with no split to explain it.
 *
 * A jump that is real is accepted as soon as one of these says so: a split, perhaps reported later; the last stored
 * bar, which has passed `historyVerdict`; or the source itself, when it says the same on a later day. Only what looks
 * like pence for pounds is not believed for being repeated: sources keep that up for days.
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
  // a stored time that was wrong itself must not lock out every price to come
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
 * A split shows first in the close of the session before, which the source brings to new units overnight. Until the
 * history has come with it, a price in new units would be multiplied with old shares. Null when nothing speaks for it.
 */
function restatedClose(known: StoredSymbol, { instrument, quote }: Quoted, today: Day): string | null {
  const { lastBar } = known
  if (lastBar === null || quote.previousClose === null || !isSplitAtTimes.has(instrument.kind)) return null
  const isSame = isNear(lastBar.close, Number(quote.previousClose), RESTATED)
  if (isSame || previousSession(today, hoursOf(instrument)) !== lastBar.day) return null
  return `the close of ${lastBar.day} is now given as ${quote.previousClose} ${quote.currency}, but was ${lastBar.close}`
}

/** A price that is believed and yet so far from the one before that a split may be behind it: its history knows. */
export function isLeap({ quote: before }: StoredSymbol, { instrument, quote }: Quoted): boolean {
  if (before === null || !isSplitAtTimes.has(instrument.kind)) return false
  return !isNear(Number(before.price), Number(quote.price), LEAP)
}

const isSplitAtTimes = new Set<Instrument['kind']>(['equity', 'etf', 'fund'])

/**
 * Does this history, asked for from a later day than the stored bars begin, say that those before it have changed as
 * well? A split that is not stored re-bases them all, and so do one that the source has withdrawn and another currency; a
 * last close told a tenth off may be any of them, reported late.
 */
export function isRebased(known: StoredSymbol, history: History, from: Day): boolean {
  const { lastBar, instrument } = known
  const same = lastBar && history.bars.find(({ day }) => day === lastBar.day)
  return (
    newSplits(known, history).length > 0 ||
    withdrawnSplits(known, history, from).length > 0 ||
    (instrument !== null && instrument.currency !== history.instrument.currency) ||
    (!!same && !isNear(lastBar.close, same.close, RESTATED))
  )
}

/** Those that are not stored: they have happened since, or their ratio was corrected. */
export function newSplits({ splits }: StoredSymbol, history: History): Split[] {
  return history.splits.filter((split) => !splits.some((stored) => isSameSplit(stored, split)))
}

/** Those that are stored and that the source no longer lists, in a history that was asked for from a day on. */
export function withdrawnSplits({ splits }: StoredSymbol, history: History, from: Day): Split[] {
  const last = history.bars.at(-1)?.day ?? ''
  return splits.filter(
    (stored) =>
      stored.day >= from && stored.day <= last && !history.splits.some(({ day }) => day === stored.day),
  )
}

function isSameSplit(a: Split, b: Split): boolean {
  return a.day === b.day && a.numerator * b.denominator === b.numerator * a.denominator
}

/**
 * Is this history to be believed, which was asked for from a day on? In another currency, or at other prices for days
 * that are stored, not until it is repeated on a later day; in another currency, only when it replaces all that is
 * stored. Of its bars those are left out that jump and come back within a week, those that leap and are back at the next
 * session, and the last one when it jumps, until the next session confirms it.
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
  const told = new Set([...history.splits, ...withdrawn].map(({ day }) => day))
  const splits = [...known.splits.filter(({ day }) => !told.has(day)), ...history.splits]
  const news = [...newSplits(known, history), ...withdrawn.map(inverse)]
  const { lastBar } = comparable
  const same = lastBar && history.bars.find(({ day }) => day === lastBar.day)
  if (lastBar && same && !isBySplits(lastBar, same, news)) {
    const isPence = looksLikePence(lastBar.close, same.close, currency)
    if (!isAgain || isPence) return held(jumped(lastBar, currency))
  }

  const earlier = lastBar && lastBar.day < (history.bars[0]?.day ?? '') ? lastBar : null
  const { kept, left } = accepted(history.bars, earlier, splits, currency)
  const latest = kept.at(-1) ?? lastBar
  return {
    status: 'ok',
    history: { ...history, bars: kept, quote: afterKept(quote, kept, left, instrument) },
    left,
    quote: quoteVerdict({ ...comparable, splits, lastBar: latest }, { instrument, quote }, now),
  }
}

/** The quote with the last close that is kept as the one before it, where the source gives one that is left out. */
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

/** Bar by bar from the one before the first: a jump is kept when a split explains it or when the price stays there. */
function accepted(bars: readonly Bar[], before: Bar | null, splits: readonly Split[], currency: string) {
  const kept: Bar[] = []
  const left: { bar: Bar; reason: string }[] = []
  let last = before
  let end = 0
  for (let i = 0; i < bars.length; i = end) {
    const bar = bars[i]!
    if (last && isNear(last.close, bar.close) && isBriefLeap(last, bar, bars[i + 1], splits)) {
      left.push({ bar, reason: leapt(last, currency) })
      end = i + 1
      continue
    }
    const doubted = last && !isExplained(last, bar, splits) ? last : null
    end = doubted ? endOfLevel(bars, i, doubted) : i + 1
    const level = bars.slice(i, end)
    if (doubted && level.length < sessionsNeeded(doubted, bar, bars[end], currency)) {
      left.push(...level.map((each) => ({ bar: each, reason: jumped(doubted, currency) })))
    } else {
      kept.push(...level)
      last = level.at(-1)!
    }
  }
  return { kept, left }
}

/** How many sessions at its new level a jump needs to be believed. */
function sessionsNeeded(last: Bar, bar: Bar, next: Bar | undefined, currency: string): number {
  const isBack = next !== undefined && isNear(last.close, next.close)
  return isBack || (!next && looksLikePence(last.close, bar.close, currency)) ? GLITCH + 1 : 2
}

/** The index behind the last bar that stays where bar `i` jumped to. */
function endOfLevel(bars: readonly Bar[], i: number, last: Bar): number {
  let end = i + 1
  while (
    end < bars.length &&
    isNear(bars[i]!.close, bars[end]!.close) &&
    !isNear(last.close, bars[end]!.close)
  ) {
    end += 1
  }
  return end
}

/** Near as they are, or once the splits between them are taken into account. */
function isExplained(before: Bar, after: Bar, splits: readonly Split[]): boolean {
  const between = splits.filter(({ day }) => day > before.day && day <= after.day)
  return isNear(before.close, after.close) || isBySplits(before, after, between)
}

function isBySplits(before: Bar, after: Bar, splits: readonly Split[]): boolean {
  const ratio = splits.reduce((product, split) => (product * split.numerator) / split.denominator, 1)
  return isNear(before.close, after.close) || isNear(before.close / ratio, after.close)
}

function isNear(a: number, b: number, factor = JUMP): boolean {
  return a <= b * factor && b <= a * factor
}

/** Said before on an earlier day. */
function isRepeated(held: QuarantinedQuote | null, quote: Quote, today: Day): boolean {
  return held !== null && held.since < today && isSameAgain(held, quote)
}

function isSameAgain(held: QuarantinedQuote, { price, currency }: Quote): boolean {
  return held.currency === currency && isNear(Number(held.price), Number(price), AGAIN)
}

/** What trades in hundredths is now and then quoted in them as if they were the whole, or the other way round. */
function looksLikePence(before: number, after: number, currency: string): boolean {
  return hundredths.has(currency) && (isNear(before * 100, after, 1.5) || isNear(before, after * 100, 1.5))
}

const hundredths = new Set(['GBP', 'ZAR', 'ILS'])

/** The day of the first doubt is kept while the source goes on saying the same. */
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

function jumped(before: Bar, currency: string): string {
  return `it is more than five times above or below the ${before.close} ${currency} of ${before.day}, and no split is known`
}

function leapt(before: Bar, currency: string): string {
  return `it is far from the ${before.close} ${currency} of ${before.day}, and the next close is back near it`
}

function isPrice(price: number): boolean {
  return price > 0 && Number.isFinite(price)
}

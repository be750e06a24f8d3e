import type { Bar, Split } from '../../portfolio/instrument.ts'
import { isBriefLeap } from './brief-leap.ts'
import { isExplained, isNear, jumped, looksLikePence } from './price-jump.ts'

/**
 * A price level that lasts fewer bars than this was a mistake of the source; one that lasts longer is the real price.
 */
const GLITCH = 5

/**
 * Judges each bar against the one before it: a jump is accepted when a split explains it or when the price stays at
 * the new level.
 */
export function acceptedBars(
  bars: readonly Bar[],
  before: Bar | null,
  splits: readonly Split[],
  currency: string,
): { kept: Bar[]; left: { bar: Bar; reason: string }[] } {
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

/** The number of sessions that a jump must stay at its new level to be accepted. */
function sessionsNeeded(last: Bar, bar: Bar, next: Bar | undefined, currency: string): number {
  const isBack = next !== undefined && isNear(last.close, next.close)
  return isBack || (!next && looksLikePence(last.close, bar.close, currency)) ? GLITCH + 1 : 2
}

/** Returns the index behind the last bar that stays at the level to which bar `i` jumped. */
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

function leapt(before: Bar, currency: string): string {
  return `it is far from the ${before.close} ${currency} of ${before.day}, and the next close is back near it`
}

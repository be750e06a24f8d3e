import { daysBetween } from '../../src/portfolio/day.ts'
import { disagreements } from './agreement.ts'
import { type Case, follows } from './random-case.ts'

/** Leaves out whatever can be left out of a case that fails, so long as it fails in the same figure. */
export function smallest(of: Case): Case {
  const figure = figuresOf(of)[0]!
  let least = of
  for (;;) {
    const found = smaller(least).find((each) => figuresOf(each).includes(figure))
    if (!found) return least
    least = found
  }
}

/** The names of the figures that differ, without their days. */
function figuresOf(of: Case): string[] {
  try {
    return disagreements(of).map((sentence) => sentence.replace(/:.*/, '').replace(/\d{4}-\d\d-\d\d/, ''))
  } catch {
    // it sells what it does not hold any more, or has no price
    return []
  }
}

function smaller(of: Case): Case[] {
  const { story, market } = of
  const halved = [story.slice(0, story.length / 2), story.slice(story.length / 2)]
  const without = story.map((line) => story.filter((each) => each !== line))
  return [
    ...[...halved, ...without].filter(({ length }) => length > 0).map((some) => ({ ...of, story: some })),
    ...(of.from === null ? [] : [{ ...of, from: null }]),
    ...of.benchmarks.slice(1).map((each) => ({ ...of, benchmarks: of.benchmarks.filter((b) => b !== each) })),
    // at once what comes later, and the symbols that nothing is said of
    {
      ...of,
      market: mapped(market, (items) =>
        items.filter((item) => item.startsWith('in ') || item <= `${of.asOf}~`),
      ),
    },
    { ...of, market: mapped(market, (items, symbol) => (isNamed(symbol, of) ? items : items.slice(0, 1))) },
    ...Object.entries(market).flatMap(([symbol, items]) =>
      items.flatMap((_, i) =>
        i > 0 && mayGo(items, i) ? [{ ...of, market: { ...market, [symbol]: items.toSpliced(i, 1) } }] : [],
      ),
    ),
  ].filter((each) => JSON.stringify(each) !== JSON.stringify(of))
}

function mapped(
  market: Case['market'],
  shorten: (items: string[], symbol: string) => string[],
): Case['market'] {
  return Object.fromEntries(Object.entries(market).map(([symbol, items]) => [symbol, shorten(items, symbol)]))
}

function isNamed(symbol: string, { story, benchmarks, market }: Case): boolean {
  if (benchmarks.includes(symbol) || story.some((line) => line.split(' ').includes(symbol))) return true
  const currency = symbol.slice(0, 3)
  if (story.some((line) => line.endsWith(` in ${currency}`))) return true
  return (
    symbol.endsWith('=X') &&
    Object.values(market).some((items) => items[0] === `in ${currency}` && items.length > 1)
  )
}

/** A gap between closes may be what the engine does not follow yet. */
function mayGo(items: readonly string[], i: number): boolean {
  if (follows.carriedOn || !isClose(items[i]!)) return true
  const before = items.slice(0, i).findLast(isClose)
  const after = items.slice(i + 1).find(isClose)
  const last = items.filter(isClose).length === 1
  return (
    !last &&
    (before === undefined ||
      (after !== undefined && daysBetween(before.slice(0, 10), after.slice(0, 10)) <= 7))
  )
}

function isClose(item: string): boolean {
  return !/[a-z]/.test(item)
}

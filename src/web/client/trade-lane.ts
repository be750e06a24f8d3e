import type uPlot from 'uplot'
import type { TradeMark } from '../../snapshot/trade-marks.ts'
import { money, shares } from '../format.ts'
import { symbols } from './markers.ts'
import { t } from '../words/words.ts'

/** The lane below the lines has this height, with one row each for purchases, sales and dividends. */
export const LANE = 40
const ROW = 13

/** Marks that would be nearer to each other than this many CSS pixels become one. */
const APART = 13

export const kinds = [
  { type: 'buy', sign: symbols.buy, name: 'Bought' },
  { type: 'sell', sign: symbols.sell, name: 'Sold' },
  { type: 'dividend', sign: symbols.dividend, name: 'Dividend' },
] as const

export type Mark = { kind: number; x: number; trades: TradeMark[] }

/** Returns the marks of the days that are shown, placed in CSS pixels from the plot's left edge. */
export function marksOf(u: uPlot, trades: readonly TradeMark[]): Mark[] {
  const days = u.data[0]
  const [first, last] = [days[0]!, days.at(-1)!]
  const marks = new Map<string, Mark>()
  for (const trade of trades) {
    const at = Date.parse(trade.date) / 1000
    const kind = kinds.findIndex(({ type }) => type === trade.type)
    if (at < first || at > last || kind < 0) continue
    const slot = Math.floor(u.valToPos(at, 'x') / APART)
    const mark = marks.get(`${kind} ${slot}`)
    if (mark) mark.trades.push(trade)
    else marks.set(`${kind} ${slot}`, { kind, x: (slot + 0.5) * APART, trades: [trade] })
  }
  return [...marks.values()]
}

/**
 * Draws the marks. The area of a mark is in proportion to the money of its trades; the largest one shown has full
 * size.
 */
export function drawMarks(
  u: uPlot,
  marks: readonly Mark[],
  colorOf: (className: string) => string,
  ratio: number,
): void {
  const { ctx, bbox } = u
  const moneyOf = ({ trades }: Mark) =>
    trades.reduce(
      (sum, { amount, others }) => sum + Math.abs(Number(amount)) + Number(others?.amount ?? 0),
      0,
    )
  const most = Math.max(...marks.map(moneyOf), 0)
  ctx.save()
  kinds.forEach(({ type }, kind) => {
    ctx.fillStyle = colorOf(`marker-${type}`)
    for (const mark of marks.filter((each) => each.kind === kind)) {
      const radius = (2 + 4 * Math.sqrt(most > 0 ? moneyOf(mark) / most : 0)) * ratio
      const x = bbox.left + mark.x * ratio
      const y = bbox.top + bbox.height + (kind + 0.5) * ROW * ratio
      ctx.beginPath()
      if (type === 'dividend') ctx.arc(x, y, radius, 0, 2 * Math.PI)
      else {
        const up = type === 'buy' ? -1 : 1
        ctx.moveTo(x, y + up * radius)
        ctx.lineTo(x + radius, y - up * radius)
        ctx.lineTo(x - radius, y - up * radius)
      }
      ctx.fill()
    }
  })
  ctx.restore()
}

/**
 * Describes the marks under the pointer: `Bought 4.671 AMZN, 5 KO · Dividend $13.19 COST`. Null when there are none.
 */
export function describeMarks(marks: readonly Mark[], x: number): string | null {
  const near = marks.filter((mark) => Math.abs(mark.x - x) <= APART / 2)
  if (near.length === 0) return null
  return near
    .toSorted((a, b) => a.kind - b.kind)
    .map(({ kind, trades }) => {
      const each = trades
        .slice(-MOST)
        .map(({ shares: count, symbol, amount, currency }) =>
          count === null ? `${money(amount, currency)} ${symbol}` : `${shares(count)} ${symbol}`,
        )
      const all = trades.reduce((count, { others }) => count + 1 + (others?.count ?? 0), 0)
      const those =
        all > each.length
          ? t('{listed} and {n} more', { listed: each.join(', '), n: all - each.length })
          : each.join(', ')
      return `${kinds[kind]!.sign} ${t(kinds[kind]!.name)} ${those}`
    })
    .join(' · ')
}

const MOST = 4

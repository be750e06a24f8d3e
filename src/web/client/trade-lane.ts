import type uPlot from 'uplot'
import type { TradeMark } from '../../snapshot/snapshot.ts'
import { money, shares } from '../format.ts'
import { symbols } from './markers.ts'

/** Height of the lane below the lines: a row for purchases, one for sales, one for dividends. */
export const LANE = 40
const ROW = 13

/** So far apart are marks at least; what is nearer becomes one with a count. */
const APART = 26

export const kinds = [
  { type: 'buy', sign: symbols.buy, name: 'Bought' },
  { type: 'sell', sign: symbols.sell, name: 'Sold' },
  { type: 'dividend', sign: symbols.dividend, name: 'Dividend' },
] as const

export type Mark = { kind: number; x: number; trades: TradeMark[] }

/** Marks of the days that are shown, by their place in CSS pixels from the plot's left edge. */
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

export function drawMarks(
  u: uPlot,
  marks: readonly Mark[],
  font: string,
  color: string,
  ratio: number,
): void {
  const { ctx, bbox } = u
  ctx.save()
  ctx.font = font.replace(/^\d+/, String(10 * ratio))
  ctx.fillStyle = color
  ctx.textBaseline = 'middle'
  ctx.textAlign = 'center'
  for (const { kind, x, trades } of marks) {
    const { sign } = kinds[kind]!
    const words = trades.length === 1 ? sign : `${sign}${trades.length}`
    ctx.fillText(words, bbox.left + x * ratio, bbox.top + bbox.height + (kind + 0.5) * ROW * ratio)
  }
  ctx.restore()
}

/** `Bought 4.671 AMZN, 5 KO · Dividend $13.19 COST` of the marks under the pointer; null where there are none. */
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
      const more = trades.length > MOST ? ` and ${trades.length - MOST} more` : ''
      return `${kinds[kind]!.sign} ${kinds[kind]!.name} ${each.join(', ')}${more}`
    })
    .join(' · ')
}

const MOST = 4

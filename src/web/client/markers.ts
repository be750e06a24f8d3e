import type uPlot from 'uplot'

/** A trade or dividend of the portfolio: the index of its day on the line, and the words for it. */
export type Marker = { at: number; type: 'buy' | 'sell' | 'dividend'; words: string }

export const symbols: Record<Marker['type'], string> = { buy: '▲', sell: '▼', dividend: '●' }

/** Draws buys below the line, pointing up; sales above it, pointing down; and dividends on it. */
export function drawMarkers(
  u: uPlot,
  markers: readonly Marker[],
  colorOf: (className: string) => string,
  scale: number,
): void {
  const { ctx } = u
  const values = u.data[1] as (number | null)[]
  const [first, last] = [u.scales.x!.min ?? -Infinity, u.scales.x!.max ?? Infinity]
  const colors = {
    buy: colorOf('marker-buy'),
    sell: colorOf('marker-sell'),
    dividend: colorOf('marker-dividend'),
  }
  const around = colorOf('marker-halo')
  ctx.save()
  ctx.lineWidth = scale
  ctx.strokeStyle = around
  const drawn = new Set<string>()
  for (const { at, type } of markers) {
    const [day, value] = [u.data[0][at], values[at]]
    if (day === undefined || value == null || day < first || day > last || drawn.has(`${at} ${type}`))
      continue
    drawn.add(`${at} ${type}`)
    const [x, y] = [u.valToPos(day, 'x', true), u.valToPos(value, 'y', true)]
    const size = 4.5 * scale
    ctx.fillStyle = colors[type]
    ctx.beginPath()
    if (type === 'dividend') ctx.arc(x, y, 2.5 * scale, 0, 2 * Math.PI)
    else {
      const tip = type === 'buy' ? y + 5 * scale : y - 5 * scale
      const base = type === 'buy' ? tip + 1.6 * size : tip - 1.6 * size
      ctx.moveTo(x, tip)
      ctx.lineTo(x + size, base)
      ctx.lineTo(x - size, base)
      ctx.closePath()
    }
    ctx.fill()
    ctx.stroke()
  }
  ctx.restore()
}

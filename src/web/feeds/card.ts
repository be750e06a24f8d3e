import type { SharedView } from '../../snapshot/shared-view.ts'
import { day, money, signedMoney, signedPercent } from '../format.ts'
import { viewLines } from '../picture/view-lines.ts'
import { t } from '../words/words.ts'
import { xmlText } from './xml.ts'

const [WIDTH, HEIGHT, MARGIN] = [420, 220, 20]

/** Draws the name, what the portfolio is worth or its rate a year, what it is held against, and both lines. */
export function card(view: SharedView): string {
  const { name, asOf, currency, value, xirr, day: today, benchmarks } = view
  const [benchmark] = benchmarks
  const figure =
    currency === null ? t('{percent} a year', { percent: signedPercent(xirr) }) : money(value, currency)
  const amount = currency === null ? '' : `${signedMoney(today.amount, currency)} `
  const moved = t('{change} today', { change: `${amount}${signedPercent(today.ratio)}` })
  const against = benchmark && againstOf(benchmark, currency)
  const [own, other] = viewLines(view, { left: 0, right: WIDTH, top: 130, bottom: HEIGHT - 16 })
  const line = (points: readonly (readonly [number, number])[] | undefined, color: string, pen: number) =>
    points && points.length > 1
      ? `<polyline points="${thinned(points)
          .map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`)
          .join(' ')}" fill="none" stroke="${color}" stroke-width="${pen}"/>\n`
      : ''
  const text = (words: string, y: number, size: number, color: string, more = '') =>
    `<text x="${MARGIN}" y="${y}" font-size="${size}" fill="${color}"${more}>${xmlText(words)}</text>\n`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${xmlText(`${name}: ${figure}`)}" font-family="system-ui, sans-serif">
<title>${xmlText(`${name}: ${figure}`)}</title>
<rect width="${WIDTH}" height="${HEIGHT}" rx="12" fill="#faf9f6"/>
${line(other, '#2460d8', 1.5)}${line(own, '#1b1a17', 2)}${text(`${name} · ${day(asOf)}`, 34, 14, '#6f6a60')}${text(figure, 70, 30, '#1b1a17', ' font-weight="700"')}${text(moved, 94, 14, '#1b1a17')}${against ? text(against, 114, 14, '#6f6a60') : ''}</svg>
`
}

/** No more points than can be told apart. */
function thinned<T>(points: readonly T[]): T[] {
  const step = Math.ceil(points.length / (WIDTH! / 2))
  return points.filter((_, i) => (points.length - 1 - i) % step === 0)
}

/** `+$3,214.10 ahead of VOO` or, without amounts, `+12.3 % more than the same money in VOO`. */
function againstOf({ symbol, gap, lead }: SharedView['benchmarks'][number], currency: string | null): string {
  if (lead === null) return t('No comparison with {symbol} yet', { symbol })
  const size = currency === null || gap === null ? signedPercent(lead) : signedMoney(gap, currency)
  return t(
    lead < 0 ? '{size} behind the same money in {symbol}' : '{size} ahead of the same money in {symbol}',
    { size, symbol },
  )
}

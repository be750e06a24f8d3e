import type { SharedView } from '../../snapshot/shared-view.ts'
import { money, signedPercent } from '../format.ts'
import { t } from '../words/words.ts'
import { xmlText } from './xml.ts'

/** Draws one line of text: the name, and what the portfolio is worth, or its rate a year, beside that of the benchmark. */
export function badge({ name, currency, value, xirr, day, benchmarks: [benchmark] }: SharedView): string {
  const own =
    currency === null ? t('{percent} a year', { percent: signedPercent(xirr) }) : money(value, currency)
  const other =
    currency === null
      ? benchmark && `${benchmark.symbol} ${signedPercent(benchmark.xirr)}`
      : t('{change} today', { change: signedPercent(day.ratio) })
  const said = other ? `${own} · ${other}` : own
  const [left, right] = [width(name), width(said)]
  const text = (words: string, x: number, length: number, fill: string) =>
    `<text x="${x}" y="14" textLength="${length - 2 * SPACE}" fill="${fill}">${xmlText(words)}</text>`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img" aria-label="${xmlText(`${name}: ${said}`)}" font-family="Verdana, sans-serif" font-size="11">
<title>${xmlText(`${name}: ${said}`)}</title>
<rect width="${left + right}" height="20" rx="3" fill="#1b1a17"/>
<rect x="${left}" width="${right}" height="20" rx="3" fill="#2460d8"/>
<rect x="${left}" width="6" height="20" fill="#2460d8"/>
${text(name, SPACE, left, '#faf9f6')}
${text(said, left + SPACE, right, '#ffffff')}
</svg>
`
}

const SPACE = 8

/** A letter of that size is about so wide; `textLength` makes it so. */
function width(text: string): number {
  return Math.round(text.length * 7) + 2 * SPACE
}

import { arrows, day, points, pointsTone, price, signedMoney, money, signedPercent, tone } from '../format.ts'
import { type Marker, symbols } from './markers.ts'
import type { Line, Unit } from './line.ts'
import { t } from '../words/words.ts'

/**
 * Shows every line's value on the day under the pointer, and the portfolio's lead over each; otherwise the period.
 */
type Readout = {
  show: (days: readonly string[], lines: readonly Line[], unit: Unit, options: Options) => void
  point: (index: number | null) => void
  /** Returns the values in one sentence, for screen readers. */
  spoken: (index: number) => string
  clear: () => void
}

type Options = {
  markers: readonly Marker[]
  /** Inexact figures are not written; the last figures are always exact. */
  isExact: boolean
}

export function readout(element: HTMLElement, currency: string): Readout {
  let shown: {
    days: readonly string[]
    lines: readonly Line[]
    unit: Unit
    options: Options
  } | null = null
  let entries: { value: HTMLElement; gap: HTMLElement }[] = []
  const date = made('time', 'readout-day')
  const period = made('span', 'readout-period')
  const marks = made('span', 'readout-marks')

  const point = (index: number | null) => {
    if (!shown) return
    const { days, lines, unit, options } = shown
    const at = index ?? days.length - 1
    element.classList.toggle('idle', index === null)
    date.textContent = day(days[at]!)
    period.textContent = `${day(days[0]!)} – ${day(days.at(-1)!)}`
    marks.replaceChildren(...options.markers.filter((each) => each.at === at).map(mark))
    const own = lines[0]!.values[at] ?? null
    lines.forEach(({ values }, i) => {
      const value = values[at] ?? null
      const { value: valueCell, gap: gapCell } = entries[i]!
      if (!isKnown(at)) return void (valueCell.textContent = gapCell.textContent = '')
      valueCell.textContent = written(value, unit)
      if (i === 0) return
      // the difference of two drawdowns is not a lead
      if (unit === 'drawdown') return void (gapCell.textContent = '')
      const gap = own === null || value === null ? null : own - value
      const gapTone = unit !== 'money' ? pointsTone(gap) : tone(gap === null ? null : gap.toFixed(2))
      gapCell.className = `gain-${gapTone}`
      gapCell.textContent = gap === null ? '' : `${arrows[gapTone]} ${difference(gap, unit)}`
    })
  }
  const isKnown = (at: number) => shown!.options.isExact || at === shown!.days.length - 1
  const written = (value: number | null, unit: Unit) =>
    unit === 'percent' || unit === 'drawdown'
      ? signedPercent(value)
      : unit === 'price'
        ? price(value === null ? null : String(value), currency)
        : money(value === null ? null : value.toFixed(2), currency)
  const difference = (gap: number, unit: Unit) =>
    unit === 'money' ? signedMoney(gap.toFixed(2), currency) : t('{points} pp', { points: points(gap) })

  return {
    show(days, lines, unit, options) {
      shown = { days, lines, unit, options }
      entries = lines.map(() => ({ value: made('span', 'readout-value'), gap: made('span') }))
      element.replaceChildren(
        period,
        date,
        ...lines.map(({ name }, i) => {
          const { value, gap } = entries[i]!
          for (const cell of [value, gap]) cell.toggleAttribute('data-money', unit === 'money')
          const entry = made('span', 'readout-line')
          const label = made('span')
          label.textContent = name
          entry.append(made('span', `swatch series-${i}`), label, value, gap)
          return entry
        }),
        marks,
      )
      point(null)
    },
    point,
    spoken(index) {
      if (!shown) return ''
      const { days, lines, unit } = shown
      if (!isKnown(index)) return day(days[index]!)
      const values = lines.map(({ name, values }) => `${name} ${written(values[index] ?? null, unit)}`)
      return `${day(days[index]!)}: ${values.join(', ')}`
    },
    clear() {
      shown = null
      element.replaceChildren()
    },
  }
}

function mark({ type, words }: Marker): HTMLElement {
  const entry = made('span')
  entry.toggleAttribute('data-money', type === 'dividend')
  const symbol = made('span', `marker-${type}`)
  symbol.textContent = `${symbols[type]} `
  entry.append(symbol, words)
  return entry
}

function made(tag: string, className = ''): HTMLElement {
  const element = document.createElement(tag)
  element.className = className
  return element
}

import uPlot from 'uplot'
import { drawMarkers, type Marker } from './markers.ts'
import type { TradeMark } from '../../snapshot/snapshot.ts'
import { locales, points } from '../format.ts'
import type { Line, Unit } from './line.ts'
import { readout } from './readout.ts'
import { drawMarks, kinds, LANE, type Mark, marksOf, describeMarks } from './trade-lane.ts'

type Options = {
  /** Null trades are not marked, and there is no lane for them. */
  trades?: readonly TradeMark[] | null
  /** The line to which the gap is shaded. */
  against?: number | null
  markers?: readonly Marker[]
}

type Picture = {
  show: (days: readonly string[], lines: readonly Line[], unit: Unit, options: Options) => void
  /** A sentence where the lines would be. */
  say: (sentence: string) => void
  repaint: () => void
  end: () => void
}

/** Lines in the figure's `[data-plot]`, read out in its `[data-readout]`, trades told in its `[data-told]`. */
export function plot(figure: HTMLElement): Picture {
  const element = figure.querySelector<HTMLElement>('[data-plot]')!
  const line = figure.querySelector<HTMLElement>('[data-told]')
  const reading = readout(figure.querySelector<HTMLElement>('[data-readout]')!, figure.dataset.currency!)
  let drawn: { u: uPlot; shape: string } | null = null
  let markedOn: readonly Marker[] = []
  let trades: readonly TradeMark[] = []
  let marks: Mark[] = []
  const clear = () => {
    drawn?.u.destroy()
    drawn = null
    element.replaceChildren()
  }
  const point = (index: number | null) => {
    reading.point(index)
    const u = drawn?.u
    if (!u || !line || line.hidden) return
    const under = index === null ? null : describeMarks(marks, u.valToPos(u.data[0][index]!, 'x'))
    line.textContent = under ?? legend
    line.classList.toggle('quiet', under === null)
    line.toggleAttribute('data-money', under !== null)
    line.title = line.textContent
  }
  const lane: Lane = {
    draw(u, colorOf) {
      marks = marksOf(u, trades)
      drawMarks(u, marks, colorOf, uPlot.pxRatio)
    },
  }
  const resize = new ResizeObserver(() => drawn?.u.setSize(sizeOf(element)))
  resize.observe(element)
  followKeys(element, () => drawn?.u ?? null, reading.spoken)
  return {
    show(days, lines, unit, { trades: marked = null, against = null, markers = [] }) {
      markedOn = markers
      if (days.length < 2) {
        reading.clear()
        this.say(noLines)
        return
      }
      reading.show(days, lines, unit, markers)
      trades = marked ?? []
      if (line) line.hidden = marked === null
      const data = dataOf(days, lines)
      const shape = [unit, marked !== null, against, ...lines.map(({ name }) => name)].join(' ')
      if (drawn?.shape === shape) {
        drawn.u.setData(data)
      } else {
        clear()
        const about = { unit, against, figure, lane: marked === null ? null : lane }
        const options = optionsOf(element, lines, about, point)
        options.hooks!.draw!.push((u) =>
          drawMarkers(u, markedOn, (name) => colorOf(element, name), uPlot.pxRatio),
        )
        drawn = { u: new uPlot(options, data, element), shape }
      }
      point(null)
      describe(element, days.length, reading.spoken(days.length - 1), days.length - 1)
    },
    say(sentence) {
      clear()
      const message = document.createElement('p')
      message.className = 'plot-message'
      message.textContent = sentence
      element.append(message)
    },
    // the axis as well: its amounts are hidden with the others
    repaint: () => drawn?.u.redraw(false, true),
    end() {
      resize.disconnect()
      clear()
    },
  }
}

const noLines = 'No history for this range yet. Prices that are still loading appear as soon as they arrive.'
const legend = kinds.map(({ sign, name }) => `${sign} ${name}`).join('   ')

type Lane = { draw: (u: uPlot, colorOf: (className: string) => string) => void }

function sizeOf(element: HTMLElement): { width: number; height: number } {
  return { width: element.clientWidth, height: element.clientHeight }
}

function dataOf(days: readonly string[], lines: readonly Line[]): uPlot.AlignedData {
  return [days.map((day) => Date.parse(day) / 1000), ...lines.map(({ values }) => values)]
}

type About = { unit: Unit; against: number | null; figure: HTMLElement; lane: Lane | null }

function optionsOf(
  element: HTMLElement,
  lines: readonly Line[],
  { unit, against, figure, lane }: About,
  point: (index: number | null) => void,
): uPlot.Options {
  const style = getComputedStyle(element)
  // as large as the reader has text
  const size = Math.round(0.6875 * parseFloat(getComputedStyle(document.documentElement).fontSize))
  const font = `${size}px ${style.fontFamily}`
  const currency = figure.dataset.currency!
  const shaded = unit === 'money' || unit === 'percent' ? against : null
  // the canvas cannot read style sheets: an element that can lends it the colors
  const muted = () => getComputedStyle(element).color
  const rule = () => getComputedStyle(element).borderTopColor
  const end = lastPoint()
  return {
    ...sizeOf(element),
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
    padding: [unit === 'drawdown' ? 20 : 8, widest(lines, font) + 16, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
    scales: {
      y: {
        range: (_u, min, max) =>
          unit === 'drawdown' ? [Math.min(min * 1.08, -0.01), 0] : uPlot.rangeNum(min, max, 0.08, true),
      },
    },
    series: [
      {},
      ...lines.map((_line, i): uPlot.Series => ({
        stroke: () => seriesColor(element, i),
        width: i === 0 ? 2 : 1.5,
        points: { show: false },
        ...(i > 0 && { dash: [5, 4] }),
        ...(i === 0 &&
          shaded === null && {
            fill: (u) => shade(u, seriesColor(element, 0)),
            fillTo: (u) => (unit === 'drawdown' ? 0 : (u.scales.y!.min ?? 0)),
          }),
      })),
    ],
    // from the upper line down to the lower: the portfolio's lead in one color, the benchmark's in the other
    bands:
      shaded === null
        ? []
        : [
            { series: [1, shaded + 1], fill: () => tint(colorOf(element, 'gain-gain')) },
            { series: [shaded + 1, 1], fill: () => tint(colorOf(element, 'gain-loss')) },
          ],
    axes: [
      {
        font,
        stroke: muted,
        grid: { show: false },
        ticks: { stroke: rule, width: 1, size: 4 },
        values: dates,
        incrs,
        space: element.clientWidth < 500 ? 46 : 72,
        gap: 5 + (lane ? LANE : 0),
        size: 19 + size + (lane ? LANE : 0),
      },
      {
        font,
        stroke: muted,
        grid: { stroke: rule, width: 1 },
        ticks: { show: false },
        gap: 8,
        space: 40,
        size: (_u, values) => 16 + 0.6 * size * Math.max(0, ...(values ?? []).map((value) => value.length)),
        values: (_u, splits) => (hidden(unit) ? splits.map(() => '•••') : amounts(splits, unit, currency)),
      },
    ],
    hooks: {
      ready: [(u) => u.over.append(end), (u) => followTouch(u)],
      setCursor: [(u) => point(u.cursor.idx ?? null)],
      draw: [
        (u) => labelEnds(u, element, lines, font, (gap) => gapWords(gap, unit, currency)),
        (u) => place(end, u),
        (u) => lane?.draw(u, (name) => colorOf(element, name)),
      ],
    },
  }
}

function hidden(unit: Unit): boolean {
  return unit === 'money' && document.documentElement.dataset.privacy === 'on'
}

function seriesColor(element: HTMLElement, series: number): string {
  return colorOf(element, `series-${series}`)
}

function colorOf(element: HTMLElement, className: string): string {
  const probe = element.appendChild(document.createElement('i'))
  probe.className = className
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}

function tint(color: string): string {
  return color.replace('rgb(', 'rgba(').replace(')', ', 0.13)')
}

/** From the line's color down to nothing. Computed colors read `rgb(27, 26, 23)`. */
function shade(u: uPlot, color: string): CanvasGradient {
  const { top, height } = u.bbox
  const gradient = u.ctx.createLinearGradient(0, top, 0, top + height)
  gradient.addColorStop(0, color.replace('rgb(', 'rgba(').replace(')', ', 0.14)'))
  gradient.addColorStop(1, color.replace('rgb(', 'rgba(').replace(')', ', 0)'))
  return gradient
}

const DAY = 86_400
/** There is a value a day: two labels of one day would read the same. */
const incrs = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 30, 60, 90, 120, 180, 365, 730, 1825, 3650, 9125].map(
  (days) => days * DAY,
)

function dates(_u: uPlot, splits: number[], _axis: number, _space: number, step: number): string[] {
  return splits.map((seconds) => {
    const date = new Date(seconds * 1000)
    const write = (options: Intl.DateTimeFormatOptions) =>
      date.toLocaleDateString(locales().dates, { timeZone: 'UTC', ...options })
    if (step >= 365 * DAY) return write({ year: 'numeric' })
    if (step < 28 * DAY) return write({ month: 'short', day: 'numeric' })
    if (splits.at(-1)! - splits[0]! > 500 * DAY) return write({ month: 'short', year: 'numeric' })
    return date.getUTCMonth() === 0 ? write({ year: 'numeric' }) : write({ month: 'short' })
  })
}

function amounts(splits: number[], unit: Unit, currency: string): string[] {
  const step = Math.abs((splits[1] ?? 0) - (splits[0] ?? 0))
  const inMoney = unit === 'money' || unit === 'price'
  const large = inMoney && Math.max(...splits.map(Math.abs)) >= 10_000
  const format = new Intl.NumberFormat(locales().numbers, {
    ...(inMoney ? { style: 'currency', currency } : { style: 'percent' }),
    ...(large ? { notation: 'compact' } : {}),
    maximumFractionDigits: large ? 2 : decimalsOf(inMoney ? step : step * 100),
    minimumFractionDigits: 0,
  })
  return splits.map((value) => format.format(value).replace('-', '−'))
}

function decimalsOf(step: number): number {
  return step > 0 ? Math.min(4, Math.max(0, Math.ceil(-Math.log10(step)))) : 0
}

function widest(lines: readonly Line[], font: string): number {
  const context = document.createElement('canvas').getContext('2d')!
  context.font = `600 ${font}`
  const words = [...lines.map(({ name }) => name), ...(lines.length > 1 ? ['+$999.9K'] : [])]
  return Math.ceil(Math.max(...words.map((each) => context.measureText(each).width)))
}

/** Short, for the end of a benchmark's line: how far the portfolio is from it. */
function gapWords(gap: number, unit: Unit, currency: string): string {
  if (unit === 'percent') return `${points(gap)} pp`
  if (unit !== 'money' || hidden(unit)) return ''
  const format = new Intl.NumberFormat(locales().numbers, {
    style: 'currency',
    currency,
    notation: 'compact',
    maximumFractionDigits: 1,
    signDisplay: 'exceptZero',
  })
  return format.format(gap).replace('-', '−')
}

/** Names where the lines end, below a benchmark's how far the portfolio is from it; pushed apart where they would meet. */
function labelEnds(
  u: uPlot,
  element: HTMLElement,
  lines: readonly Line[],
  font: string,
  words: (gap: number) => string,
): void {
  const { ctx } = u
  const ratio = uPlot.pxRatio
  const line = 1.25 * parseFloat(font) * ratio
  const lastOf = (i: number) => {
    const values = u.data[i + 1] as (number | null)[]
    const at = values.findLastIndex((value) => value !== null)
    return at < 0 ? null : { at, value: values[at]! }
  }
  // from what is drawn now: the lines may be those of another range
  const own = lastOf(0)
  const ends = lines.flatMap(({ name }, i) => {
    const last = lastOf(i)
    if (!last) return []
    // of one day only: a portfolio without a price may end earlier
    const gap = i > 0 && own?.at === last.at ? words(own.value - last.value) : ''
    return [
      {
        rows: gap === '' ? [name] : [name, gap],
        color: seriesColor(element, i),
        x: u.data[0][last.at]!,
        y: u.valToPos(last.value, 'y', true),
      },
    ]
  })
  ends.sort((a, b) => a.y - b.y)
  const half = ({ rows }: (typeof ends)[number]) => (rows.length * line) / 2
  for (let i = 1; i < ends.length; i++) {
    const [before, end] = [ends[i - 1]!, ends[i]!]
    end.y = Math.max(end.y, before.y + half(before) + half(end))
  }
  const bottom = u.bbox.top + u.bbox.height
  for (let i = ends.length - 1; i >= 0; i--) {
    const [end, next] = [ends[i]!, ends[i + 1]]
    end.y = Math.min(end.y, (next ? next.y - half(next) : bottom + line / 2) - half(end))
  }
  ctx.save()
  const write = (weight: number) =>
    (ctx.font = `${weight} ${font.replace(/^\d+/, (size) => String(Number(size) * ratio))}`)
  ctx.textAlign = 'left'
  ctx.textBaseline = 'middle'
  for (const end of ends) {
    ctx.fillStyle = end.color
    end.rows.forEach((row, i) => {
      write(i === 0 ? 600 : 400)
      const y = end.y - half(end) + (i + 0.5) * line
      ctx.fillText(row, u.valToPos(end.x, 'x', true) + 8 * ratio, y)
    })
  }
  ctx.restore()
}

function lastPoint(): HTMLElement {
  const element = document.createElement('i')
  element.className = 'last-point series-0'
  return element
}

/** An element instead of paint, so that the style sheet can let it pulse. */
function place(element: HTMLElement, u: uPlot): void {
  const values = u.data[1]!
  const at = (values as (number | null)[]).findLastIndex((value) => value !== null)
  element.hidden = at < 0
  if (at < 0) return
  const x = u.valToPos(u.data[0][at]!, 'x')
  const y = u.valToPos(values[at]!, 'y')
  element.style.transform = `translate(${x}px, ${y}px)`
}

function describe(element: HTMLElement, days: number, text: string, at: number): void {
  element.ariaValueMin = '0'
  element.ariaValueMax = String(days - 1)
  element.ariaValueNow = String(at)
  element.ariaValueText = text
}

const steps: Record<string, (at: number, last: number) => number> = {
  ArrowLeft: (at) => at - 1,
  ArrowRight: (at) => at + 1,
  PageUp: (at) => at - 20,
  PageDown: (at) => at + 20,
  Home: () => 0,
  End: (_at, last) => last,
}

/** The crosshair by arrow keys, as a slider: each step says the values of its day. */
function followKeys(
  element: HTMLElement,
  chart: () => uPlot | null,
  spoken: (index: number) => string,
): void {
  const put = (u: uPlot, index: number) =>
    u.setCursor({ left: u.valToPos(u.data[0][index]!, 'x'), top: u.over.clientHeight / 2 })
  const leave = () => chart()?.setCursor({ left: -10, top: -10 })
  element.addEventListener('keydown', (event) => {
    const u = chart()
    if (!u || event.ctrlKey || event.metaKey || event.altKey) return
    const last = u.data[0].length - 1
    const step = steps[event.key]
    if (event.key === 'Escape') leave()
    if (!step) return
    event.preventDefault()
    const at = Math.max(0, Math.min(last, step(u.cursor.idx ?? last, last)))
    put(u, at)
    describe(element, last + 1, spoken(at), at)
  })
  element.addEventListener('blur', leave)
}

/** uPlot follows the mouse only. */
function followTouch(u: uPlot): void {
  const follow = ({ touches }: TouchEvent) => {
    const { left, top } = u.over.getBoundingClientRect()
    if (touches[0]) u.setCursor({ left: touches[0].clientX - left, top: touches[0].clientY - top })
  }
  u.over.addEventListener('touchstart', follow, { passive: true })
  u.over.addEventListener('touchmove', follow, { passive: true })
  u.over.addEventListener('touchend', () => u.setCursor({ left: -10, top: -10 }))
}

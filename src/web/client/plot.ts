import uPlot from 'uplot'
import { drawMarkers, type Marker } from './markers.ts'
import type { TradeMark } from '../../snapshot/snapshot.ts'
import { locales } from '../format.ts'
import type { Line, Unit } from './line.ts'
import { readout } from './readout.ts'
import { drawMarks, kinds, LANE, type Mark, marksOf, describeMarks } from './trade-lane.ts'

type Picture = {
  /** Null trades are not marked, and there is no lane for them. */
  show: (
    days: readonly string[],
    lines: readonly Line[],
    unit: Unit,
    trades: readonly TradeMark[] | null,
    markers?: readonly Marker[],
  ) => void
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
    draw(u, font, color) {
      marks = marksOf(u, trades)
      drawMarks(u, marks, font, color, uPlot.pxRatio)
    },
  }
  const resize = new ResizeObserver(() => drawn?.u.setSize(sizeOf(element)))
  resize.observe(element)
  followKeys(element, () => drawn?.u ?? null, reading.spoken)
  return {
    show(days, lines, unit, marked, markers = []) {
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
      const shape = [unit, marked !== null, ...lines.map(({ name }) => name)].join(' ')
      if (drawn?.shape === shape) {
        drawn.u.setData(data)
      } else {
        clear()
        const options = optionsOf(element, lines, unit, figure, point, marked === null ? null : lane)
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

const noLines = 'No history to draw here. What is still on its way appears as soon as it has been fetched.'
const legend = kinds.map(({ sign, name }) => `${sign} ${name}`).join('   ')

type Lane = { draw: (u: uPlot, font: string, color: string) => void }

function sizeOf(element: HTMLElement): { width: number; height: number } {
  return { width: element.clientWidth, height: element.clientHeight }
}

function dataOf(days: readonly string[], lines: readonly Line[]): uPlot.AlignedData {
  return [days.map((day) => Date.parse(day) / 1000), ...lines.map(({ values }) => values)]
}

function optionsOf(
  element: HTMLElement,
  lines: readonly Line[],
  unit: Unit,
  figure: HTMLElement,
  point: (index: number | null) => void,
  lane: Lane | null,
): uPlot.Options {
  const style = getComputedStyle(element)
  const font = `11px ${style.fontFamily}`
  // the canvas cannot read style sheets: an element that can lends it the colours
  const muted = () => getComputedStyle(element).color
  const rule = () => getComputedStyle(element).borderTopColor
  const end = lastPoint()
  return {
    ...sizeOf(element),
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
    padding: [8, widest(lines, font) + 16, 0, 0],
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
        ...(i === 0
          ? {
              fill: (u) => shade(u, seriesColor(element, 0)),
              fillTo: (u) => (unit === 'drawdown' ? 0 : (u.scales.y!.min ?? 0)),
            }
          : { dash: [5, 4] }),
      })),
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
        size: 30 + (lane ? LANE : 0),
      },
      {
        font,
        stroke: muted,
        grid: { stroke: rule, width: 1 },
        ticks: { show: false },
        gap: 8,
        space: 40,
        size: (_u, values) => 16 + 6.6 * Math.max(0, ...(values ?? []).map((value) => value.length)),
        values: (_u, splits) =>
          hidden(unit) ? splits.map(() => '•••') : amounts(splits, unit, figure.dataset.currency!),
      },
    ],
    hooks: {
      ready: [(u) => u.over.append(end), (u) => followTouch(u)],
      setCursor: [(u) => point(u.cursor.idx ?? null)],
      draw: [
        (u) => labelEnds(u, element, lines, font),
        (u) => place(end, u),
        (u) => lane?.draw(u, font, muted()),
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

/** From the line's colour down to nothing. Computed colours read `rgb(27, 26, 23)`. */
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
  return Math.ceil(Math.max(...lines.map(({ name }) => context.measureText(name).width)))
}

const LABEL_HEIGHT = 14

/** Names where the lines end, pushed apart where they would lie on each other. */
function labelEnds(u: uPlot, element: HTMLElement, lines: readonly Line[], font: string): void {
  const { ctx } = u
  // from what is drawn now: the lines may be those of another range
  const ends = lines.flatMap(({ name }, i) => {
    const values = u.data[i + 1] as (number | null)[]
    const at = values.findLastIndex((value) => value !== null)
    return at < 0
      ? []
      : [{ name, color: seriesColor(element, i), x: u.data[0][at]!, y: u.valToPos(values[at]!, 'y', true) }]
  })
  ends.sort((a, b) => a.y - b.y)
  const height = LABEL_HEIGHT * uPlot.pxRatio
  const bottom = u.bbox.top + u.bbox.height
  for (let i = 1; i < ends.length; i++) ends[i]!.y = Math.max(ends[i]!.y, ends[i - 1]!.y + height)
  for (let i = ends.length - 1; i >= 0; i--) {
    ends[i]!.y = Math.min(ends[i]!.y, (ends[i + 1]?.y ?? bottom + height / 2) - (ends[i + 1] ? height : 0))
  }
  ctx.save()
  ctx.font = `600 ${font.replace(/^\d+/, (size) => String(Number(size) * uPlot.pxRatio))}`
  ctx.textAlign = 'left'
  ctx.textBaseline = 'middle'
  for (const { name, color, x, y } of ends) {
    ctx.fillStyle = color
    ctx.fillText(name, u.valToPos(x, 'x', true) + 8 * uPlot.pxRatio, y)
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

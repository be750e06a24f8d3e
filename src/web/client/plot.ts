import uPlot from 'uplot'
import { drawMarkers, type Marker } from './markers.ts'
import type { TradeMark } from '../../snapshot/trade-marks.ts'
import type { Line, Unit } from './line.ts'
import { readout } from './readout.ts'
import { drawMarks, kinds, type Mark, marksOf, describeMarks } from './trade-lane.ts'
import { describe, followKeys, steps } from './crosshair.ts'
import { drawPin, isPinned, pin } from './scrub.ts'
import { colorOf } from './plot-color.ts'
import { type Lane, optionsOf, sizeOf } from './plot-options.ts'
import { t, type Label } from '../words/words.ts'

type Options = {
  /** Null when neither trades nor their lane are drawn. */
  trades?: readonly TradeMark[] | null
  /** The line to which the gap is shaded. */
  against?: number | null
  markers?: readonly Marker[]
  /** False when only the last figure of each line is exact enough to be written. */
  isExact?: boolean
}

type Picture = {
  show: (days: readonly string[], lines: readonly Line[], unit: Unit, options: Options) => void
  /** Shows a sentence in the place of the lines. */
  say: (sentence: string) => void
  /** Calls back once, when the reader first points at a day. */
  onPointing: (listener: () => void) => void
  repaint: () => void
  end: () => void
}

/**
 * Draws lines in the figure's `[data-plot]`, their values in `[data-readout]` and the trades in `[data-day-trades]`.
 */
export function plot(figure: HTMLElement): Picture {
  const element = figure.querySelector<HTMLElement>('[data-plot]')!
  const line = figure.querySelector<HTMLElement>('[data-day-trades]')
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
  let shown: readonly string[] = []
  followKeys(element, () => drawn?.u ?? null, reading.spoken)
  const pinHere = () => pin(element, shown[drawn?.u.cursor.idx ?? -1])
  element.addEventListener('click', pinHere)
  element.addEventListener('mousemove', ({ buttons }) => {
    if (isPinned() && buttons === 1) pinHere()
  })
  element.addEventListener('touchmove', () => {
    if (isPinned()) pinHere()
  })
  element.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') pin(element, null)
    else if (key === 'Enter' || (isPinned() && key in steps)) pinHere()
  })
  return {
    show(days, lines, unit, { trades: marked = null, against = null, markers = [], isExact = true }) {
      markedOn = markers
      shown = days
      if (days.length < 2) {
        reading.clear()
        this.say(t(noLines))
        return
      }
      reading.show(days, lines, unit, { markers, isExact })
      trades = marked ?? []
      if (line) line.hidden = marked === null
      const data = dataOf(days, lines)
      const shape = [unit, marked !== null, against, ...lines.map(({ name }) => name)].join(' ')
      if (drawn?.shape === shape) {
        drawn.u.setData(data)
        // the day under the crosshair has another position among the new days
        const { left = -10, top = -10 } = drawn.u.cursor
        drawn.u.setCursor({ left, top })
      } else {
        clear()
        const about = { unit, against, figure, lane: marked === null ? null : lane }
        const options = optionsOf(element, lines, about, point)
        options.hooks!.draw!.push((u) =>
          drawMarkers(u, markedOn, (name) => colorOf(element, name), uPlot.pxRatio),
        )
        options.hooks!.draw!.push((u) => drawPin(u, element, colorOf(element, 'series-0'), uPlot.pxRatio))
        drawn = { u: new uPlot(options, data, element), shape }
      }
      const { idx } = drawn.u.cursor
      const at = idx ?? days.length - 1
      point(idx ?? null)
      describe(element, days.length, reading.spoken(at), at)
    },
    say(sentence) {
      clear()
      const message = document.createElement('p')
      message.className = 'plot-message'
      message.textContent = sentence
      element.append(message)
    },
    onPointing(listener) {
      let isPointed = false
      for (const event of ['pointerenter', 'focus']) {
        element.addEventListener(event, () => {
          if (!isPointed) listener()
          isPointed = true
        })
      }
    },
    // the axis is redrawn too, because privacy hides its amounts with the others
    repaint: () => drawn?.u.redraw(false, true),
    end() {
      resize.disconnect()
      clear()
    },
  }
}

const noLines =
  'No history for this range yet. Prices that are still loading appear as soon as they arrive.' satisfies Label
const legend = kinds.map(({ sign, name }) => `${sign} ${t(name)}`).join('   ')

function dataOf(days: readonly string[], lines: readonly Line[]): uPlot.AlignedData {
  return [days.map((day) => Date.parse(day) / 1000), ...lines.map(({ values }) => values)]
}

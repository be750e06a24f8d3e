import type uPlot from 'uplot'
import { outdated } from './regions.ts'

/** What shows a day; the chart itself stays whole. */
const FIGURES = ['freshness', 'headline', 'why', 'holdings', 'allocation', 'recent']

/**
 * A click on the chart, or Enter at a day of it, has the figures of the page follow that day, until Escape. From then on they
 * follow the crosshair as it is dragged, or moved by the arrow keys.
 */
export function scrub(repaint: () => void): void {
  let soon = 0
  document.addEventListener('pin', (event) => {
    const { detail: day } = event as CustomEvent<string | null>
    const { dataset } = document.body
    if ((dataset.past ?? null) === day) return
    if (day === null) delete dataset.past
    else dataset.past = day
    // a browser refuses an address that changes a hundred times in half a minute
    clearTimeout(soon)
    soon = setTimeout(showAddress, STILL)
    repaint()
    outdated(FIGURES)
  })
}

/** Of a crosshair that has stood so long, the day is in the address. */
const STILL = 200

function showAddress(): void {
  const address = new URL(location.href)
  const { past } = document.body.dataset
  if (past === undefined) address.searchParams.delete('as_of')
  else address.searchParams.set('as_of', past)
  history.replaceState(history.state, '', address)
}

/** Says which day of a chart is chosen; null for the present again. Only the dashboard's has figures that follow it. */
export function pin(plot: HTMLElement, day: string | null | undefined): void {
  if (day !== undefined && plot.closest('#chart'))
    document.dispatchEvent(new CustomEvent('pin', { detail: day }))
}

export function isPinned(): boolean {
  return document.body.dataset.past !== undefined
}

/** Draws where the chosen day is. */
export function drawPin(u: uPlot, plot: HTMLElement, color: string, scale: number): void {
  const { past } = document.body.dataset
  if (past === undefined || !plot.closest('#chart')) return
  const x = u.valToPos(Date.parse(past) / 1000, 'x', true)
  const { left, top, width, height } = u.bbox
  if (x < left || x > left + width) return
  u.ctx.fillStyle = color
  u.ctx.fillRect(x - scale / 2, top, scale, height)
}

import type uPlot from 'uplot'
import { outdated } from './regions.ts'

/** What shows a day; the chart itself stays whole. */
const FIGURES = ['freshness', 'headline', 'why', 'holdings', 'allocation', 'recent']

/** A click on the chart, or Enter at a day of it, has the figures of the page follow that day, until Escape. */
export function scrub(repaint: () => void): void {
  document.addEventListener('pin', (event) => {
    const { detail: day } = event as CustomEvent<string | null>
    const { dataset } = document.body
    const address = new URL(location.href)
    if (day === null) {
      if (dataset.past === undefined) return
      delete dataset.past
      address.searchParams.delete('as_of')
    } else {
      dataset.past = day
      address.searchParams.set('as_of', day)
    }
    history.replaceState(history.state, '', address)
    repaint()
    outdated(FIGURES)
  })
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

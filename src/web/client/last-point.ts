import type uPlot from 'uplot'

export function lastPoint(): HTMLElement {
  const element = document.createElement('i')
  element.className = 'last-point series-0'
  return element
}

/** Marks the last point with an element instead of painting it, so that the style sheet can make it pulse. */
export function place(element: HTMLElement, u: uPlot): void {
  const values = u.data[1]!
  const at = (values as (number | null)[]).findLastIndex((value) => value !== null)
  element.hidden = at < 0
  if (at < 0) return
  const x = u.valToPos(u.data[0][at]!, 'x')
  const y = u.valToPos(values[at]!, 'y')
  element.style.transform = `translate(${x}px, ${y}px)`
}

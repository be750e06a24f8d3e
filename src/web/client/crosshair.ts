import type uPlot from 'uplot'

/** Moves the crosshair with the arrow keys, as on a slider. Each step announces the values of its day. */
export function followKeys(
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

export const steps: Record<string, (at: number, last: number) => number> = {
  ArrowLeft: (at) => at - 1,
  ArrowRight: (at) => at + 1,
  PageUp: (at) => at - 20,
  PageDown: (at) => at + 20,
  Home: () => 0,
  End: (_at, last) => last,
}

/** uPlot itself follows only the mouse. */
export function followTouch(u: uPlot): void {
  const follow = ({ touches }: TouchEvent) => {
    const { left, top } = u.over.getBoundingClientRect()
    if (touches[0]) u.setCursor({ left: touches[0].clientX - left, top: touches[0].clientY - top })
  }
  u.over.addEventListener('touchstart', follow, { passive: true })
  u.over.addEventListener('touchmove', follow, { passive: true })
  u.over.addEventListener('touchend', () => u.setCursor({ left: -10, top: -10 }))
}

export function describe(element: HTMLElement, days: number, text: string, at: number): void {
  element.ariaValueMin = '0'
  element.ariaValueMax = String(days - 1)
  element.ariaValueNow = String(at)
  element.ariaValueText = text
}

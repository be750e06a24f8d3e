export function seriesColor(element: HTMLElement, series: number): string {
  return colorOf(element, `series-${series}`)
}

export function colorOf(element: HTMLElement, className: string): string {
  const probe = element.appendChild(document.createElement('i'))
  probe.className = className
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}

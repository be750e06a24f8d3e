import { afterSwap } from './htmx.ts'

/** Writes the new name of a portfolio that was renamed elsewhere above the dashboard, in the menu and in the tab. */
export function renaming(): void {
  afterSwap(() => {
    const name = document.querySelector<HTMLElement>('#freshness')?.dataset.name
    if (name === undefined) return
    const heading = document.querySelector('.dashboard .topline h1')
    for (const place of [
      heading,
      ...document.querySelectorAll('#switcher :is(summary, [aria-current] > span)'),
    ])
      if (place) place.textContent = name
    if (heading) document.title = `${name} · Yardstick`
  })
}

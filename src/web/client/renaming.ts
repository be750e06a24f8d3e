import { afterSwap } from './htmx.ts'

/** A portfolio that is renamed elsewhere is called so here too: above its dashboard, in the switcher and in the tab. */
export function renaming(): void {
  afterSwap(() => {
    const name = document.querySelector<HTMLElement>('#freshness')?.dataset.name
    if (name === undefined) return
    const heading = document.querySelector('.topline h1')
    for (const place of [heading, ...document.querySelectorAll('#switcher :is(summary, [aria-current])')])
      if (place) place.textContent = name
    if (heading) document.title = `${name} · Yardstick`
  })
}

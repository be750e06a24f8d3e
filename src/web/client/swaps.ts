import { afterSwap, beforeSwap } from './htmx.ts'

/** Keeps opened details open through a swap, and flashes the figures that the swap has changed. */
export function swaps(): void {
  const before = new Map<string, string | null>()
  beforeSwap(({ fragment, target }) => {
    for (const { id } of target.querySelectorAll('details[id][open]')) {
      fragment.querySelector(`details#${CSS.escape(id)}`)?.setAttribute('open', '')
    }
    for (const [key, figure] of figures(target)) before.set(key, figure.textContent)
  })
  afterSwap(() => {
    flashing.disconnect()
    for (const [key, figure] of figures(document)) {
      if (!before.has(key) || before.get(key) === figure.textContent) continue
      // a flash that still runs starts again
      figure.classList.remove('flash')
      flashing.observe(figure)
    }
    before.clear()
  })
  document.addEventListener('animationend', ({ animationName, target }) => {
    if (animationName === 'flash') (target as Element).classList.remove('flash')
  })
}

/** Names a figure by the nearest id and its own name, which survive when the element is replaced. */
function* figures(root: ParentNode): Iterable<[string, Element]> {
  for (const figure of root.querySelectorAll<HTMLElement>('[data-live]')) {
    yield [`${figure.closest('[id]')?.id} ${figure.dataset.live}`, figure]
  }
}

/**
 * Flashes the figures that are in sight. An observer says of all of them at once, after the next layout, which these are;
 * measuring each one between changes of classes would cost a layout a figure.
 *
 * The style sheet sets the duration of the flash, and turns it off for readers who prefer reduced motion.
 */
const flashing = new IntersectionObserver((seen) => {
  flashing.disconnect()
  for (const { target, isIntersecting } of seen) if (isIntersecting) target.classList.add('flash')
})

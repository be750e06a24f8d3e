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
    for (const [key, figure] of figures(document)) {
      if (before.has(key) && before.get(key) !== figure.textContent) flash(figure)
    }
    before.clear()
  })
  document.addEventListener('animationend', ({ animationName, target }) => {
    if (animationName === 'flash') (target as Element).classList.remove('flash')
  })
}

/** Names a figure by the nearest id and its own name, which stay when the element is replaced. */
function* figures(root: ParentNode): Iterable<[string, Element]> {
  for (const figure of root.querySelectorAll<HTMLElement>('[data-live]')) {
    yield [`${figure.closest('[id]')?.id} ${figure.dataset.live}`, figure]
  }
}

/** The style sheet sets the duration, and turns it off for readers who prefer reduced motion. */
function flash(figure: Element): void {
  figure.classList.remove('flash')
  // reading the layout ends the running animation, so that the same figure can flash again
  figure.getBoundingClientRect()
  figure.classList.add('flash')
}

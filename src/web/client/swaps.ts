import { afterSwap, beforeSwap } from './htmx.ts'

/** What a swap must not lose: which details are open. What it must show: which figures changed. */
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

/** By a name that outlives the element: that of the nearest id and its own. */
function* figures(root: ParentNode): Iterable<[string, Element]> {
  for (const figure of root.querySelectorAll<HTMLElement>('[data-live]')) {
    yield [`${figure.closest('[id]')?.id} ${figure.dataset.live}`, figure]
  }
}

/** How long, and that it stays away for those who asked for less motion, is for the style sheet to say. */
function flash(figure: Element): void {
  figure.classList.remove('flash')
  // reading the layout ends the running animation, so that the same figure can flash again
  figure.getBoundingClientRect()
  figure.classList.add('flash')
}
